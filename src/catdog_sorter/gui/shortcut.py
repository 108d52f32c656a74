"""Adds the program to the desktop menu: a `.desktop` file and an icon, for this user only.

Loads no Qt. Writes only these two files.
"""

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.storage.locations import expanded
from catdog_sorter.text import shown

_NAME = "catdog-sorter"
_ICON = Path(__file__).resolve().parents[1] / "assets" / "icon.svg"
_KINDS = "inode/directory;image/jpeg;image/png;image/webp;image/heif;image/avif;image/tiff;"


def install_shortcut() -> list[Path]:
    """Write the menu entry and its icon; returns the files. Raises UsageError if that fails."""
    if sys.platform in ("win32", "darwin"):
        raise UsageError(
            f"There is no menu of this kind here. Start `{_NAME}`, which was installed beside "
            "catdog-sort, or drag it to the task bar or dock."
        )
    data = Path(os.environ.get("XDG_DATA_HOME") or expanded("~/.local/share"))
    entry = data / "applications" / f"{_NAME}.desktop"
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{_NAME}.svg"
    try:
        for file in (entry, icon):
            file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_ICON, icon)
        entry.write_text(_entry(_command()), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{shown(data)} cannot be written ({error.strerror}). Set XDG_DATA_HOME to a folder "
            "you can write to."
        ) from error
    return [entry, icon]


def _command() -> list[str]:
    """Return the command of the program installed beside this Python, or this Python with `-m`."""
    program = Path(sys.executable).with_name(_NAME)
    if program.exists():
        return [str(program)]
    return [sys.executable, "-m", "catdog_sorter", "gui"]


def _entry(command: Sequence[str]) -> str:
    # `%` starts a field code in a desktop entry, so a literal one is doubled.
    words = shlex.join(command).replace("%", "%%")
    return f"""[Desktop Entry]
Type=Application
Version=1.5
Name=Cats and dogs
GenericName=Photo sorter
Comment=Tell cats from dogs in photos and sort them into folders
Exec={words} %F
Icon={_NAME}
Terminal=false
Categories=Graphics;Photography;
MimeType={_KINDS}
StartupWMClass={_NAME}
"""
