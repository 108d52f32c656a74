"""Makes the settings in files the defaults of a command's options.

The command line comes first, then the folder's file, then the user's.
"""

import os
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from catdog_sorter.cli.console import Console, exit_codes
from catdog_sorter.errors import UsageError
from catdog_sorter.settings import (
    FOLDER_FILE,
    PATH_KEYS,
    Setting,
    folder_settings,
    nearest,
    user_settings,
)
from catdog_sorter.storage.locations import expanded
from catdog_sorter.text import shown

_NEWS = "catdog_sorter.settings.news"


def from_settings(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Set the defaults from settings files once both the paths and --no-config are parsed.

    It is the callback of both, in any order. A command without paths uses only the user's settings.
    """
    known = {**ctx.params, str(param.name): value}
    takers = [option.name for option in ctx.command.params if option.name in ("paths", "top")]
    are_known = all(name in known for name in takers)
    if are_known and known.get("no_config") is False and not ctx.resilient_parsing:
        with exit_codes(Console()):
            given = next((known[str(name)] for name in takers), None) or []
            paths = given if isinstance(given, list | tuple) else [given]
            settings, ctx.meta[_NEWS] = all_settings([Path(path) for path in paths])
            ctx.default_map = defaults(ctx, ctx.command.params, settings)
    return value


def mention(ctx: typer.Context, console: Console) -> None:
    """Print which settings come from a folder's file, as it may be from someone else."""
    if news := ctx.meta.get(_NEWS):
        console.say(news)


def all_settings(paths: list[Path]) -> tuple[dict[str, Setting], str]:
    """The settings for a run on `paths`, and the messages about folders' files."""
    settings = user_settings()
    files = [path / FOLDER_FILE for path in paths if os.path.isfile(path / FOLDER_FILE)]
    if len(paths) > 1:
        return settings, "\n".join(
            f"{shown(file)} is not used, as several paths are given." for file in files
        )
    own = folder_settings(paths[0]) if files else {}
    news = f"{shown(files[0])} sets {', '.join(own)}." if own else ""
    return {**settings, **own}, news


def defaults(
    ctx: typer.Context, params: Iterable[Any], settings: Mapping[str, Setting]
) -> dict[str, Any]:
    """Values by the parameters' names; settings of other commands are passed over.

    Raises UsageError for a value that its option does not take.
    """
    options = {name.removeprefix("--"): param for param in params for name in param.opts}
    defaults = {}
    for key, setting in settings.items():
        if key in options:
            value = _as_given(key, setting.value)
            _check(ctx, options[key], key, value, setting)
            defaults[options[key].name] = value
    return defaults


def _as_given(key: str, value: Any) -> Any:
    """Convert a value to the form that the option has on the command line."""
    if key == "folder":
        return [f"{label}={name}" for label, name in value.items()]
    return str(expanded(value)) if key in PATH_KEYS else value


def _check(ctx: typer.Context, param: Any, key: str, value: Any, setting: Setting) -> None:
    try:
        param.process_value(ctx, value)
    except typer.BadParameter as error:
        advice = f"{error.message.rstrip('.')}."
        if isinstance(param.default, Enum):
            advice = f"there is no {value}. {nearest(value, map(str, type(param.default)))}"
        raise UsageError(f"{setting.place}: {key}: {advice}") from error
