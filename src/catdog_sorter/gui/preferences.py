"""What a person chose in the window, kept between runs. Decides the defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings

from catdog_sorter.gui.theme import Theme
from catdog_sorter.labels import Label, Thresholds
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting
from catdog_sorter.storage import locations


@dataclass(frozen=True, slots=True)
class Choices:
    """`model` None is the one in use; `threshold` None leaves it to the model (else 0.5 to 1)."""

    model: str | None = None
    threshold: float | None = None
    folders: Mapping[Label, str] = field(default_factory=lambda: dict(DEFAULT_FOLDERS))
    into: Path | None = None
    flat: bool = False
    mode: Mode = Mode.MOVE
    theme: Theme = Theme.SYSTEM

    @property
    def sorting(self) -> Sorting:
        return Sorting(self.folders, self.into, self.flat)

    @property
    def thresholds(self) -> Thresholds | None:
        return None if self.threshold is None else Thresholds.symmetric(self.threshold)


def stored() -> QSettings:
    """The file that remembers the window."""
    return QSettings(str(locations.window_file()), QSettings.Format.IniFormat)


def load(settings: QSettings) -> Choices:
    """The choices of the last time; what cannot be understood counts as not chosen."""
    folders = {label: str(settings.value(f"folder/{label}", "") or "") for label in Label}
    threshold = _number(settings.value("threshold"))
    theme = str(settings.value("theme", Theme.SYSTEM))
    return Choices(
        model=str(settings.value("model", "")) or None,
        threshold=threshold if threshold is not None and 0.5 <= threshold <= 1 else None,
        folders={label: name for label, name in folders.items() if name} or dict(DEFAULT_FOLDERS),
        theme=Theme(theme) if theme in list(Theme) else Theme.SYSTEM,
    )


def save(settings: QSettings, choices: Choices) -> None:
    """Keep the choices that hold from run to run; mode and target are asked each time."""
    settings.setValue("model", choices.model or "")
    settings.setValue("threshold", "" if choices.threshold is None else choices.threshold)
    for label in Label:
        settings.setValue(f"folder/{label}", choices.folders.get(label, ""))
    settings.setValue("theme", choices.theme.value)


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
