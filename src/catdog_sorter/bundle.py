"""Model bundles: a folder with everything a trained model needs. Loads, verifies and writes them.

`bundle.json` says what the model takes and gives and carries the SHA-256 of every other file:
`model.onnx`, and the framework's native weights. Knows no framework.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.labels import Thresholds
from catdog_sorter.locations import models_folder, shipped_weights
from catdog_sorter.preprocess import Preprocessing
from catdog_sorter.probabilities import Calibration

DESCRIPTION = "bundle.json"
ONNX = "model.onnx"
TORCH_WEIGHTS = "model.safetensors"
DEFAULT_MODEL = "mobilenetv2-torch"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """A trained model as it lies in `folder`; `files` maps file name to SHA-256 in hex."""

    folder: Path
    name: str
    architecture: str
    framework: str
    outputs: tuple[str, ...]
    preprocessing: Preprocessing
    calibration: Calibration
    thresholds: Thresholds
    files: Mapping[str, str]
    metrics: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Name and eight hex digits over all that decides a photo's probabilities."""
        files = [f"{name} {self.files[name]}" for name in sorted(self.files)]
        said = "\n".join([*files, repr((self.outputs, self.preprocessing, self.calibration))])
        return f"{self.name}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"

    def file(self, name: str) -> Path:
        """Path of one of its files. Raises BundleError when the bundle has none of this name."""
        if name not in self.files:
            raise BundleError(f"The model {self.name} holds no {name}. Choose another backend.")
        return self.folder / name


def known_bundles() -> dict[str, Path]:
    """Folders of all bundles by name; a person's own come before shipped ones of the same name."""
    found = {}
    for parent in (shipped_weights(), models_folder()):
        if parent.is_dir():
            for folder in sorted(parent.iterdir()):
                if (folder / DESCRIPTION).is_file():
                    found[folder.name] = folder
    return found


def find_bundle(name: str | None) -> Path:
    """The folder of the bundle of this name or at this path; the default one for None."""
    known = known_bundles()
    wanted = name or DEFAULT_MODEL
    if wanted in known:
        return known[wanted]
    if name is None:
        raise BundleError(
            f"The bundled model {DEFAULT_MODEL} is not in {shipped_weights()}. Install "
            "catdog-sorter again."
        )
    folder = Path(name)
    if (folder / DESCRIPTION).is_file():
        return folder
    raise UsageError(
        f"There is no model {name}. Known are: {', '.join(sorted(known)) or 'none'}; or give the "
        f"path of a folder that holds a {DESCRIPTION}."
    )


def load_bundle(folder: Path) -> ModelBundle:
    """Read a bundle and verify every file. Raises BundleError when anything is missing or off."""
    try:
        content = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        bundle = _from_json(folder, content)
    except OSError as error:
        raise BundleError(f"The model in {folder} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BundleError(
            f"{folder / DESCRIPTION} is damaged ({error!r}). {_remedy(folder)}"
        ) from error
    for name, expected in bundle.files.items():
        _verify(folder / name, expected)
    return bundle


def _from_json(folder: Path, content: Mapping[str, Any]) -> ModelBundle:
    if content["format"] != _FORMAT:
        raise BundleError(
            f"The model in {folder} has format {content['format']}; this version reads format "
            f"{_FORMAT}. Update catdog-sorter or train the model again."
        )
    if any(Path(name).name != name for name in content["files"]):
        raise ValueError("a file name with a folder in it")
    return ModelBundle(
        folder=folder,
        name=content["name"],
        architecture=content["architecture"],
        framework=content["framework"],
        outputs=tuple(content["outputs"]),
        preprocessing=Preprocessing(**content["preprocessing"]),
        calibration=Calibration(**{k: tuple(v) for k, v in content["calibration"].items()}),
        thresholds=Thresholds(**content["thresholds"]),
        files=dict(content["files"]),
        metrics=content["metrics"],
        training=content["training"],
    )


def _verify(path: Path, expected: str) -> None:
    try:
        found = file_sha256(path)
    except OSError as error:
        raise BundleError(
            f"{path} of the model cannot be read: {error.strerror}. {_remedy(path.parent)}"
        ) from error
    if found != expected:
        raise BundleError(f"{path} is damaged: its SHA-256 is wrong. {_remedy(path.parent)}")


def _remedy(folder: Path) -> str:
    if folder.parent == shipped_weights():
        return "Install catdog-sorter again."
    return "Copy or train the model again."


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_bundle(
    target: Path, contents: Mapping[str, Path], description: Mapping[str, Any]
) -> ModelBundle:
    """Put the files `contents` (name -> where it lies now) and their description into `target`.

    `description` holds the fields of `ModelBundle` but `folder`, `name` and `files`. The folder
    appears complete or not at all. Raises UsageError if it exists.
    """
    refuse_existing(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, source in contents.items():
            shutil.copyfile(source, unfinished / name)
        fields = {key: _plain(value) for key, value in description.items()}
        files = {name: file_sha256(unfinished / name) for name in sorted(contents)}
        whole = {"format": _FORMAT, "name": target.name, **fields, "files": files}
        text = json.dumps(whole, indent=2, allow_nan=False)
        (unfinished / DESCRIPTION).write_text(text + "\n", encoding="utf-8")
        unfinished.chmod(0o755)
        os.rename(unfinished, target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return load_bundle(target)


def refuse_existing(target: Path) -> None:
    """Raises UsageError when there is something at `target` already."""
    if target.exists():
        raise UsageError(f"{target} exists already. Remove it, or give the model another name.")


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, Preprocessing | Calibration | Thresholds) else value
