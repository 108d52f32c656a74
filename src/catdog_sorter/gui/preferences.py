"""The user's preferences in the window, stored between runs. Decides the defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings

from catdog_sorter.design import Theme
from catdog_sorter.gui.photos.grid import MAX_PICTURE_SIDE, MIN_PICTURE_SIDE, PICTURE_SIDE
from catdog_sorter.labels import Label, Thresholds
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting
from catdog_sorter.storage import locations

_MAX_RECENT = 5


@dataclass(frozen=True, slots=True)
class Preferences:
    """The options of a sort and the theme.

    Attributes:
        model: A model by name or folder; None for the one in use.
        threshold: 0.5 to 1; None for the model's own.
        folders: The folder name of each label that is sorted.
        into: Where these folders are made; None for the folder each photo was found in.
        flat: Whether sub-folders are dropped.
        mode: What to do with the photos.
        theme: Light, dark or as the system.
        videos: Whether videos are found too.
        language: The language of the window; None for the system's.
    """

    model: str | None = None
    threshold: float | None = None
    folders: Mapping[Label, str] = field(default_factory=lambda: dict(DEFAULT_FOLDERS))
    into: Path | None = None
    flat: bool = False
    mode: Mode = Mode.MOVE
    theme: Theme = Theme.SYSTEM
    videos: bool = False
    language: str | None = None

    @property
    def sorting(self) -> Sorting:
        return Sorting(self.folders, self.into, self.flat)

    @property
    def thresholds(self) -> Thresholds | None:
        return None if self.threshold is None else Thresholds.symmetric(self.threshold)


def stored() -> QSettings:
    """The file of the window's preferences."""
    return QSettings(str(locations.window_file()), QSettings.Format.IniFormat)


def load(settings: QSettings) -> Preferences:
    """The stored preferences; invalid values fall back to the defaults."""
    folders = {label: str(settings.value(f"folder/{label}", "") or "") for label in Label}
    threshold = _number(settings.value("threshold"))
    theme = str(settings.value("theme", Theme.SYSTEM))
    return Preferences(
        model=str(settings.value("model", "")) or None,
        threshold=threshold if threshold is not None and 0.5 <= threshold <= 1 else None,
        folders={label: name for label, name in folders.items() if name} or dict(DEFAULT_FOLDERS),
        theme=Theme(theme) if theme in list(Theme) else Theme.SYSTEM,
        videos=str(settings.value("videos", "false")) == "true",
        language=str(settings.value("language", "") or "") or None,
    )


def save(settings: QSettings, preferences: Preferences) -> None:
    """Store the preferences except mode and target, which the plan dialog offers each time."""
    settings.setValue("model", preferences.model or "")
    settings.setValue("threshold", "" if preferences.threshold is None else preferences.threshold)
    for label in Label:
        settings.setValue(f"folder/{label}", preferences.folders.get(label, ""))
    settings.setValue("theme", preferences.theme.value)
    settings.setValue("videos", "true" if preferences.videos else "false")
    settings.setValue("language", preferences.language or "")


def picture_side(settings: QSettings) -> int:
    """Return the size of the pictures in the grid, in pixels."""
    side = _number(settings.value("side"))
    return (
        PICTURE_SIDE if side is None else round(min(max(side, MIN_PICTURE_SIDE), MAX_PICTURE_SIDE))
    )


def recent_folders(settings: QSettings) -> list[Path]:
    """Return the folders that were opened last, the latest first."""
    names = settings.value("recent")
    if isinstance(names, str):  # the file's format returns a list of one as text
        names = [names]
    return [Path(name) for name in names if name] if isinstance(names, list) else []


def add_recent(settings: QSettings, paths: Sequence[Path]) -> None:
    """Put the folders among these paths at the top of the recent ones."""
    folders = [path for path in paths if path.is_dir()]
    known = [path for path in recent_folders(settings) if path not in folders]
    settings.setValue("recent", [str(path) for path in [*folders, *known][:_MAX_RECENT]])


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
