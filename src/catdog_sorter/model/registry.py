"""The bundled models and the user's own, and the one that is used by default.

Knows the places of bundles; `model.bundle` reads their content.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model.bundle import DESCRIPTION, ModelBundle, load_bundle, plain_name
from catdog_sorter.storage.files import atomic_file, set_aside
from catdog_sorter.storage.locations import (
    HOME_VARIABLE,
    models_folder,
    name_in_use_file,
    shipped_weights,
)
from catdog_sorter.text import shown

DEFAULT_MODEL = "efficientnet_lite2"


def known_bundles() -> dict[str, Path]:
    """Folders of all bundles by name; the user's own take precedence over bundled ones."""
    found = {}
    for parent in (shipped_weights(), models_folder()):
        if parent.is_dir():
            for folder in sorted(parent.iterdir()):
                is_unfinished = folder.name.startswith(".")
                if not is_unfinished and (folder / DESCRIPTION).is_file():
                    found[folder.name] = folder
    return found


def find_bundle(name: str | None) -> Path:
    """Find a bundle.

    Args:
        name: Its name or the path of its folder; None for the model in use.

    Raises:
        UsageError: There is no such model.
        BundleError: The model in use is missing.
    """
    known = known_bundles()
    wanted = name or name_in_use()
    if wanted in known:
        return known[wanted]
    if name is None:
        raise BundleError(_gone(wanted))
    folder = Path(name)
    if (folder / DESCRIPTION).is_file():
        return folder
    raise UsageError(
        f"There is no model {name}. Choose one of {', '.join(sorted(known)) or 'none'}, or give "
        f"the path of a folder with a {DESCRIPTION}."
    )


def _gone(name: str) -> str:
    if name == DEFAULT_MODEL:
        return (
            f"The bundled model {name} is not in {shipped_weights()}. Install catdog-sorter again."
        )
    return (
        f"The model {shown(name)}, which you chose to use, is no longer in {models_folder()}. Run "
        f"`catdog-sort models use {DEFAULT_MODEL}`, or choose one with --model."
    )


def name_in_use() -> str:
    """The name of the default model, which may be missing. Raises BundleError."""
    file = name_in_use_file()
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip() or DEFAULT_MODEL
    except FileNotFoundError:
        return DEFAULT_MODEL
    except OSError as error:
        raise BundleError(
            f"{file}, which names the default model, cannot be read ({error.strerror}). Remove "
            "it, or choose a model with --model."
        ) from error


def use_model(name: str) -> ModelBundle:
    """Verify a model and make it the default.

    Raises:
        UsageError: There is no such model.
        BundleError: It is damaged, or the choice cannot be written.
    """
    bundle = load_bundle(_known(name))
    file = name_in_use_file()
    with writing(file.parent):
        if name == DEFAULT_MODEL:  # Store no choice: a later version may have another default.
            file.unlink(missing_ok=True)
            return bundle
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(file) as unfinished:
            unfinished.write_text(name + "\n", encoding="utf-8")
    return bundle


def refuse_taken(name: str, *, may_replace: bool = False) -> None:
    """Refuse a name for a new model that another one has.

    Args:
        name: the new model's.
        may_replace: Whether one of the user's models may be replaced; bundled ones never are.

    Raises:
        UsageError: the name is taken, or no folder can be called so everywhere.
    """
    plain_name(name)
    if (shipped_weights() / name / DESCRIPTION).is_file():
        raise UsageError(
            f"A model named {name} comes with catdog-sorter. Choose another name with --name."
        )
    if name in known_bundles() and not may_replace:
        raise UsageError(
            f"A model named {name} already exists. Choose another name with --name, or add "
            "--replace."
        )


def own_folder(name: str) -> Path:
    """The folder of one of the user's models. Raises UsageError for a bundled or unknown one."""
    folder = _known(name)
    if folder.parent != models_folder():
        raise UsageError(
            f"{name} comes with catdog-sorter and cannot be removed alone. Run `catdog-sort "
            "models use NAME` to use another model."
        )
    return folder


def remove_model(name: str) -> None:
    """Remove one of the user's models; if it was in use, the bundled default is used again."""
    folder = own_folder(name)
    is_in_use = name_in_use() == name
    with writing(folder.parent):
        hidden = set_aside(folder)
        if is_in_use:
            name_in_use_file().unlink(missing_ok=True)
        shutil.rmtree(hidden)


def _known(name: str) -> Path:
    known = known_bundles()
    if name not in known:
        raise UsageError(
            f"There is no model {shown(name)}. Choose one of {', '.join(sorted(known))}."
        )
    return known[name]


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Convert an error of the file system in `folder` to a BundleError."""
    try:
        yield
    except OSError as error:
        raise BundleError(
            f"{folder} cannot be written ({error.strerror}). Free some space there, or set "
            f"{HOME_VARIABLE} to a folder you can write to."
        ) from error
