"""`catdog-sort doctor`: checks the installation and classifies a built-in picture."""

import json
import os
import platform
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import typer

from catdog_sorter.errors import EXIT_ENVIRONMENT, CatdogError, NoHomeError
from catdog_sorter.storage import locations
from catdog_sorter.text import percent, shown
from catdog_sorter.version import __version__

_PROOF = Path(__file__).resolve().parents[1] / "assets" / "cat.jpg"
_PACKAGES = ("numpy", "onnxruntime", "pillow", "pi-heif", "typer")
_EXTRAS = {
    "torch": "torch",
    "tf": "tensorflow",
    "gui": "PySide6",
    "raw": "rawpy",
    "formats": "imagecodecs",
    "video": "av",
    "watch": "watchdog",
    "ray": "ray",
    "serve": "fastapi",
}
_BACKENDS = {"onnx": "onnxruntime", "torch": "torch", "tf": "tensorflow"}
_TIMEOUT_S = 300


def doctor() -> None:
    """Check the installation.

    Classifies a built-in picture with every installed backend.
    """
    print(f"catdog-sort {__version__}, Python {platform.python_version()}, {platform.platform()}")
    print("packages:", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    for extra, module in _EXTRAS.items():
        state = "installed" if find_spec(module) else f"pip install 'catdog-sorter[{extra}]'"
        print(f"extra {extra + ':':<8} {state}")
    works = [_report("photos", *_formats())]
    try:
        locations.config_file()
    except NoHomeError as error:  # nothing else can work
        _report("home", False, str(error))
        raise typer.Exit(EXIT_ENVIRONMENT) from error
    works += [_report(f"model {name}", *_model(folder)) for name, folder in _models()]
    works += [_report(f"backend {name}", *_backend(name)) for name in _BACKENDS]
    works += [_report(name, *_writable(path)) for name, path in _places()]
    works.append(_report("settings", *_settings()))
    if not all(works):
        raise typer.Exit(EXIT_ENVIRONMENT)


def _report(what: str, is_fine: bool, details: str) -> bool:
    print(f"{'ok     ' if is_fine else 'PROBLEM'} {what}: {details}")
    return is_fine


def _version(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def _formats() -> tuple[bool, str]:
    from PIL import features

    wanted = {"JPEG": "jpg", "PNG": "zlib", "WebP": "webp", "AVIF": "avif", "TIFF": "libtiff"}
    missing = [name for name, feature in wanted.items() if not features.check(feature)]
    if missing:
        return False, (
            f"Pillow was built without {', '.join(missing)}. Install it again with `pip install "
            "--force-reinstall pillow`."
        )
    return True, f"{', '.join(wanted)}, HEIC, BMP and GIF can be read"


def _models() -> Iterator[tuple[str, Path]]:
    from catdog_sorter.model.registry import DEFAULT_MODEL, known_bundles

    known = known_bundles()
    known.setdefault(DEFAULT_MODEL, locations.shipped_weights() / DEFAULT_MODEL)
    yield from known.items()


def _model(folder: Path) -> tuple[bool, str]:
    from catdog_sorter.model.bundle import load_bundle

    try:
        return True, f"{load_bundle(folder).id} in {shown(folder)}"
    except CatdogError as error:
        return False, str(error)


def _backend(name: str) -> tuple[bool, str]:
    """Classify the built-in cat in a separate process: two frameworks in one can crash."""
    if name != "onnx" and not find_spec(_BACKENDS[name]):
        return True, f"not installed; pip install 'catdog-sorter[{name}]'"
    import subprocess

    from catdog_sorter.model.registry import DEFAULT_MODEL

    command = [sys.executable, "-P", "-m", "catdog_sorter", "classify", os.fspath(_PROOF)]
    try:
        answer = subprocess.run(
            [
                *command,
                "--model",
                DEFAULT_MODEL,
                "--backend",
                name,
                "--format",
                "jsonl",
                "--no-cache",
                "--no-config",
            ],
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return False, f"gave no answer within {_TIMEOUT_S} s"
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        return False, lines[-1] if lines else f"ended with code {error.returncode}"
    result = json.loads(answer.stdout)
    details = f"the built-in cat is '{result['label']}', cat {percent(result['p_cat'])}"
    return result["label"] == "cat", details


def _settings() -> tuple[bool, str]:
    from catdog_sorter.settings import user_settings

    try:
        keys = ", ".join(user_settings()) or "none"
    except CatdogError as error:
        return False, str(error)
    return True, f"{keys}, in {shown(locations.config_file())}"


def _places() -> Iterator[tuple[str, Path]]:
    yield "journal", locations.journal_file()
    yield "cache", locations.cache_file()
    yield "your models", locations.models_folder()
    yield "training runs", locations.runs_folder()


def _writable(path: Path) -> tuple[bool, str]:
    existing = next(parent for parent in (path, *path.parents) if parent.exists())
    if os.access(existing, os.W_OK):
        return True, shown(path)
    return False, (
        f"{shown(path)} cannot be written. Set {locations.HOME_VARIABLE} to a folder you can "
        "write to."
    )
