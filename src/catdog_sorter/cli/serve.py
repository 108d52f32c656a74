"""`catdog-sort serve`: classifies photos over HTTP until it is stopped."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes
from catdog_sorter.errors import MissingExtra, UsageError
from catdog_sorter.text import shown

TOKEN_VARIABLE = "CATDOG_SORTER_TOKEN"
_PACKAGES = ("fastapi", "uvicorn", "python_multipart", "prometheus_client", "fastapi_offline")
_MIN_TOKEN_LENGTH = 16
_MAKE_ONE = 'Make one: python -c "import secrets; print(secrets.token_urlsafe())"'


def serve(
    ctx: typer.Context,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Address to listen on; any but a loopback one needs a token."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            metavar="PORT", min=0, max=65535, help="Port to listen on; 0 chooses a free one."
        ),
    ] = 8000,
    token_file: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help=f"File with the bearer token; or set {TOKEN_VARIABLE}.",
        ),
    ] = None,
    queue: Annotated[
        int,
        typer.Option(
            min=1, max=10_000, metavar="PHOTOS", help="Maximum number of photos in progress."
        ),
    ] = 64,
    max_mb: Annotated[
        float, typer.Option(min=0.001, max=1000, metavar="MB", help="Maximum size of a request.")
    ] = 32.0,
    max_megapixels: Annotated[
        float, typer.Option(min=0.001, max=300, metavar="MP", help="Maximum size of a photo.")
    ] = 100.0,
    timeout: Annotated[
        float,
        typer.Option(min=0.1, max=3600, metavar="SECONDS", help="Maximum duration of a request."),
    ] = 60.0,
    photo_timeout: Annotated[
        float,
        typer.Option(min=0.1, max=600, metavar="SECONDS", help="Maximum decode time per photo."),
    ] = 20.0,
    threshold: options.Threshold = None,
    backend: options.Engine = options.BackendName.ONNX,
    device: options.On = options.OnnxDevice.CPU,
    model: options.Model = None,
    no_config: options.NoConfig = False,
    quiet: options.Quiet = False,
) -> None:
    """Classify photos over HTTP until stopped with Ctrl-C.

    POST photos to /classify, or open / to drop some on a page; /docs describes the API. No photo
    is kept.
    """
    console = Console(quiet)
    with exit_codes(console):
        _check_installed()
        token = _token(token_file)
        from catdog_sorter.serving import run
        from catdog_sorter.serving.app import create_app
        from catdog_sorter.serving.batching import BatchingClassifier
        from catdog_sorter.serving.limits import ServiceLimits
        from catdog_sorter.serving.metrics import Metrics
        from catdog_sorter.serving.middleware import is_loopback

        if token is None and not is_loopback(host):
            raise UsageError(
                f"{shown(host)} is reachable from other computers, so it needs a token. Give "
                f"--token-file, or set {TOKEN_VARIABLE}. {_MAKE_ONE}"
            )
        bundle, engine = options.open_model(model, backend, device, console)
        limits = ServiceLimits(queue, max_mb, max_megapixels, timeout, photo_timeout)
        metrics = Metrics()
        classifier = BatchingClassifier(
            bundle, engine, options.thresholds_from(threshold), limits, metrics
        )
        with run.listen(host, port) as listening, classifier:
            where = run.address(listening)
            app = create_app(
                classifier, limits, metrics, token, lambda: console.say(f"Listening on {where}")
            )
            run.serve(app, listening)
        console.say("Stopped; all accepted requests were answered.")


def _check_installed() -> None:
    missing = [package for package in _PACKAGES if find_spec(package) is None]
    if missing:
        raise MissingExtra(
            f"The service needs packages that are not installed (missing: {', '.join(missing)}). "
            "Run `pip install 'catdog-sorter[serve]'`."
        )


def _token(file: str | None) -> str | None:
    """Read the bearer token; None without a file. Raises UsageError when it is invalid."""
    token = os.environ.get(TOKEN_VARIABLE)
    place = TOKEN_VARIABLE
    if file is not None:
        place = shown(file)
        try:
            token = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"The token in {place} cannot be read ({error}). {_MAKE_ONE}"
            ) from error
    if token is None:
        return None
    if len(token) < _MIN_TOKEN_LENGTH or not token.isascii() or not token.isprintable():
        raise UsageError(
            f"The token in {place} is invalid: it must be {_MIN_TOKEN_LENGTH} or more ASCII "
            f"characters on one line. "
            f"{_MAKE_ONE}"
        )
    return token
