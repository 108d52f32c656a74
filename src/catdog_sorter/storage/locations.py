"""The places of the bundled weights and of the program's files.

`CATDOG_SORTER_HOME` puts all files that runs write into one folder.
"""

import os
from collections.abc import Callable
from pathlib import Path

from catdog_sorter.errors import NoHomeError
from catdog_sorter.text import shown

HOME_VARIABLE = "CATDOG_SORTER_HOME"
_NO_HOME = (
    "There is no home folder to keep settings, models and the history of moves in: HOME is not "
    "set, and the system does not know this user, as is usual in containers. Set HOME or "
    f"{HOME_VARIABLE} to a folder that lasts, as in {HOME_VARIABLE}=/data/catdog-sorter."
)
EXAMPLES = (
    *("portrait.jpg", "walk.jpg", "two-friends.jpg", "wool.jpg", "branch.jpg", "breakfast.jpg"),
)
_PACKAGE = Path(__file__).resolve().parents[1]


def chosen_home() -> Path | None:
    """The folder that the user chose for all files; None without a choice.

    Raises:
        NoHomeError: It is a relative path.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    if not chosen:
        return None
    if not (home := expanded(chosen)).is_absolute():
        raise NoHomeError(
            f"{HOME_VARIABLE} is the relative path '{shown(chosen)}', so commands in different "
            "folders would not share the history of moves. Set it to an absolute path."
        )
    return home


def shipped_weights() -> Path:
    """The folder of shipped bundles: inside the wheel, or at the top of a checkout."""
    packed = _PACKAGE / "weights"
    return packed if packed.is_dir() else _PACKAGE.parents[1] / "weights"


def example_photos() -> list[Path]:
    """The example photos that come with the program: in the wheel, or at the top of a checkout."""
    packed = _PACKAGE / "examples"
    folder = packed if packed.is_dir() else _PACKAGE.parents[1] / "examples" / "photos"
    return [folder / name for name in EXAMPLES if (folder / name).exists()]


def journal_file() -> Path:
    """The durable record of moves."""
    return _state() / "journal.sqlite3"


def sidecar_backups_folder() -> Path:
    """Backups of the sidecars that a run changed, as recorded in the journal."""
    return _state() / "sidecars"


def cache_file() -> Path:
    """Answers of earlier runs; deleting it loses only time."""
    if home := chosen_home():
        return home / "cache.sqlite3"
    from platformdirs import user_cache_path

    return _folder(user_cache_path) / "cache.sqlite3"


def thumbnails_folder() -> Path:
    """The folder of a Linux desktop's thumbnails, for all programs; deleting it loses only time."""
    if home := chosen_home():
        return home / "thumbnails"
    return Path(os.environ.get("XDG_CACHE_HOME") or expanded("~/.cache")) / "thumbnails"


def tried_models_file() -> Path:
    """List of the models that were tested; deleting it loses only time."""
    return cache_file().with_name("tried-models.txt")


def corrections_file() -> Path:
    """The user's corrected labels; as durable as the journal."""
    return _state() / "corrections.sqlite3"


def config_file() -> Path:
    """The user's settings for all runs."""
    if home := chosen_home():
        return home / "config.toml"
    from platformdirs import user_config_path

    return _folder(user_config_path) / "config.toml"


def window_file() -> Path:
    """Size, choices and theme of the window."""
    return _data() / "window.ini"


def lock_file() -> Path:
    """The lock file of the run that moves photos."""
    return _state() / "moving.lock"


def models_folder() -> Path:
    """The bundles that the user trained or imported."""
    return _data() / "models"


def name_in_use_file() -> Path:
    """The file with the name of the model in use; absent while it is the bundled default."""
    return _data() / "model-in-use.txt"


def runs_folder() -> Path:
    """Logs, figures and checkpoints of training runs."""
    return _data() / "runs"


def make_private(folder: Path) -> None:
    """Create a folder that only this user may open, unless it exists. Raises OSError.

    Files in it contain the names of photos.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _state() -> Path:
    if home := chosen_home():
        return home
    from platformdirs import user_state_path

    return _folder(user_state_path)


def _data() -> Path:
    if home := chosen_home():
        return home
    from platformdirs import user_data_path

    return _folder(user_data_path)


def expanded(path: str | os.PathLike[str]) -> Path:
    """The path with a leading `~` expanded. Raises NoHomeError if the home folder is unknown."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise NoHomeError(_NO_HOME) from error


def _folder(find: Callable[..., Path]) -> Path:
    try:
        folder = find("catdog-sorter", appauthor=False)
    except RuntimeError as error:
        raise NoHomeError(_NO_HOME) from error
    if not folder.is_absolute():  # older versions leave "~" as it is
        raise NoHomeError(_NO_HOME)
    return folder
