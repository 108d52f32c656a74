"""`catdog-sort config`: shows and changes the settings that hold for all runs."""

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter import settings
from catdog_sorter.cli import option_defaults, options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.errors import CatdogError, UsageError
from catdog_sorter.storage.locations import config_file
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

app = typer.Typer(
    help="Show and change the settings for all runs.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # as in the command itself
    pretty_exceptions_enable=False,
)

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        show_default=False,
        help="Name of an option, such as threshold; or folder.LABEL.",
    ),
]
_HEADER = """\
# Defaults of `catdog-sort`; options on the command line override them.
# The keys are the names of the options, as in: threshold = 0.95
"""


@app.command()
def show(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", show_default=False, help="A folder whose settings file applies too."
        ),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show the effective settings and where each comes from."""
    console = Console()
    with exit_codes(console):
        if folder and not folder.is_dir():
            raise UsageError(f"{shown(folder)} is not a folder. Give one, or none.")
        found, _ = option_defaults.all_settings([folder] if folder else [])
        params = _params(ctx)
        option_defaults.defaults(ctx, params.values(), found)
        rows = {
            key: (found[key].value, found[key].place)
            if key in found
            else (_default(param), "default")
            for key, param in params.items()
        }
        if as_json:
            for key, (value, place) in rows.items():
                print(json_line({"key": key, "value": value, "from": place}))
            return
        for key, (value, place) in rows.items():
            text = "-" if value is None else json.dumps(value, ensure_ascii=False)
            print(f"{key:<14} {shown(text):<24} {place}")


@app.command()
def path() -> None:
    """Print the path of the settings file."""
    print(config_file())


@app.command("set")
def set_(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", show_default=False, help="Its value.")],
    quiet: options.Quiet = False,
) -> None:
    """Set a value for all runs."""
    console = Console(quiet)
    with exit_codes(console):
        with _changing(ctx) as content:
            table, name = _place(content, key)
            table[name] = _read(key, value)
        console.say(f"{shown(key)} is set in {shown(config_file())}.")


@app.command()
def unset(ctx: typer.Context, key: Key, quiet: options.Quiet = False) -> None:
    """Restore an option's default."""
    console = Console(quiet)
    with exit_codes(console):
        with _changing(ctx) as content:
            table, name = _place(content, key)
            if name not in table:
                raise UsageError(
                    f"{shown(key)} is not set in {shown(config_file())}. Run `catdog-sort config "
                    "show` to see the settings."
                )
            del table[name]
            if table is not content and not table:
                del content["folder"]
        console.say(f"{shown(key)} is reset to its default.")


@app.command()
def edit(ctx: typer.Context) -> None:
    """Open the file in your editor (VISUAL or EDITOR), then check it."""
    console = Console()
    with exit_codes(console):
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            raise UsageError(
                "Neither VISUAL nor EDITOR names an editor. Set one of them, or open "
                f"{config_file()} yourself."
            )
        file = config_file()
        if not file.exists():
            _write(file, _HEADER)
        try:
            subprocess.run([*shlex.split(editor), str(file)], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise UsageError(f"The editor {editor} failed ({error}). Choose another.") from error
        option_defaults.defaults(ctx, _params(ctx).values(), settings.user_settings())


def _params(ctx: typer.Context) -> dict[str, Any]:
    """Return for each key the option of the first command that has it."""
    commands: Any = ctx.find_root().command
    found: dict[str, Any] = {}
    for name in ("sort", "classify", "watch", "serve"):
        for param in commands.get_command(ctx, name).params:
            for option in param.opts:
                found.setdefault(option.removeprefix("--"), param)
    return {key: found[key] for key in settings.KEYS if key in found}


def _default(param: Any) -> Any:
    return param.default.value if isinstance(param.default, Enum) else param.default


def _place(content: "TOMLDocument", key: str) -> tuple[Any, str]:
    """Return the table that contains a key, and its name there."""
    if any("\ud800" <= letter <= "\udfff" for letter in key):
        raise UsageError(f"There is no setting {shown(key)}.")
    first, dot, label = key.partition(".")
    if not dot:
        return content, first
    if first != "folder":
        raise UsageError(f"There is no setting {shown(key)}. Only folder.LABEL contains a dot.")
    return content.setdefault("folder", {}), label


def _read(key: str, value: str) -> Any:
    """Parse a value as TOML; text may be given without quotes."""
    import tomllib

    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise UsageError(
            f"{shown(value)} is not valid UTF-8, which settings files require. Give it on the "
            "command line instead."
        )
    if settings.KEYS.get(key, (str,)) == (str,):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except ValueError:
        return value


@contextmanager
def _changing(ctx: typer.Context) -> "Iterator[TOMLDocument]":
    """Yield the file's content to change; then validate and write it, with its comments."""
    import tomlkit

    file = config_file()
    settings.user_settings()
    text = file.read_text(encoding="utf-8") if file.exists() else _HEADER
    content = tomlkit.parse(text)
    yield content
    changed = tomlkit.dumps(content)
    found = settings.parse_settings(None, changed.encode())
    option_defaults.defaults(ctx, _params(ctx).values(), found)
    _write(file, changed)


def _write(file: Path, text: str) -> None:
    """Replace the file atomically."""
    from catdog_sorter.storage.files import atomic_file

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(file) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CatdogError(
            f"{shown(file)} cannot be written ({error.strerror}). Free some space, or give "
            "yourself the right to write there."
        ) from error
