#!/bin/sh
# Runs a command of the active environment, or else of .venv: git starts hooks without either.
environment=${VIRTUAL_ENV:-$PWD/.venv}
PATH="$environment/bin:$environment/Scripts:$PATH" exec "$@"
