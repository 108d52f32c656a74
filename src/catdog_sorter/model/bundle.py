"""Model bundles: a folder with everything a trained model needs. Loads, verifies and writes them.

`bundle.json` describes input and outputs and has the SHA-256 of every other file. `model.onnx` is
the network; its initialisers have the layer names of the framework that trained it, by which
PyTorch and TensorFlow load them. The optional `model-int8.onnx` is the same network in 8-bit
integers, for a first pass on processors that support it. The optional `detector.onnx` is a second
network that looks at photos of which the first is not certain. `model.registry` finds bundles.
Knows no framework.
"""

import hashlib
import json
import logging
import os
import re
import shutil
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.labels import RiskControl, Thresholds
from catdog_sorter.model import network_file
from catdog_sorter.model.calibration import Calibration
from catdog_sorter.model.preprocessing import Preprocessing
from catdog_sorter.model.test_time_augmentation import TestTimeAugmentation
from catdog_sorter.previews import PreviewLook, PreviewPolicy
from catdog_sorter.storage.files import atomic_folder, file_sha256
from catdog_sorter.storage.locations import shipped_weights
from catdog_sorter.text import shown

_log = logging.getLogger(__name__)

DESCRIPTION = "bundle.json"
ONNX = "model.onnx"
INT8 = "model-int8.onnx"
DETECTOR = "detector.onnx"
_FORMAT = 2
_MAX_INPUT = 2048
_MAX_ROTATION_SHARPNESS = 100.0
_MIN_CROP = 0.1  # photos are decoded so large that a crop fills the input
_MAX_NUMBER = 1e6  # far from where single precision ends
MAX_BYTES = 1 << 30
MAX_DESCRIPTION_BYTES = 4 << 20
_MAX_DEPTH = 20
_MAX_NAME_BYTES = 100
_SECTIONS = (
    Preprocessing | TestTimeAugmentation | Calibration | Thresholds | RiskControl | PreviewPolicy
)
_MIN_PREVIEW_INPUT = 32
# The errors that an arbitrary description can raise. ArithmeticError: a number too large for a
# float; RecursionError: brackets nested too deeply.
_NONSENSE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
_SHA256 = re.compile("[0-9a-f]{64}")
_PLAIN_NAME = re.compile(r"\w(?:[\w .+-]*[\w+-])?")
# Windows treats these as devices, with any suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d) *(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """A trained model.

    Attributes:
        folder: Its folder.
        name: The folder's name when it was written.
        architecture: One of `networks.architectures.NAMES`.
        framework: The framework that trained it, "torch" or "tf".
        outputs: The label of each logit: ("cat", "dog"), or ("dog",) for cat against dog.
        preprocessing: The network's input transform.
        test_time_augmentation: Which further views of a photo are classified, and when.
        calibration: Converts logits to probabilities.
        thresholds: Convert probabilities to labels.
        files: SHA-256 in hex by file name.
        risk_control: The promise of the thresholds for a library, if they were chosen for one.
        previews: When a preview replaces its photo; None if never.
        metrics: Validation figures, for display only.
        training: How it was trained, for display only.
    """

    folder: Path
    name: str
    architecture: str
    framework: str
    outputs: tuple[str, ...]
    preprocessing: Preprocessing
    test_time_augmentation: TestTimeAugmentation
    calibration: Calibration
    thresholds: Thresholds
    files: Mapping[str, str]
    risk_control: RiskControl | None = None
    previews: PreviewPolicy | None = None
    metrics: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Name and eight hex digits of a hash over everything that probabilities depend on."""
        files = [f"{name} {self.files[name]}" for name in sorted(self.files)]
        rest = self.outputs, self.preprocessing, self.test_time_augmentation, self.calibration
        small = [repr(self.previews)] if self.previews else []
        content = "\n".join([*files, repr(rest), *small])
        return f"{self.name}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"

    @property
    def high_res_side(self) -> int:
        """Pixels that the shorter side of a photo needs for all its views."""
        return self.test_time_augmentation.high_res_side(self.preprocessing)

    def file(self, name: str) -> Path:
        """Path of one of its files. Raises BundleError if there is no file of this name."""
        if name not in self.files:
            raise BundleError(f"The model {self.name} holds no {name}. Choose another backend.")
        return self.folder / name


def load_bundle(folder: Path, later: Collection[str] = ()) -> ModelBundle:
    """Read a bundle and verify its files.

    Args:
        folder: The folder of the bundle.
        later: Names of files that are not verified now; call `verify_file` before opening one.

    Raises:
        BundleError: something is missing, damaged, hostile or of another format.
    """
    bundle = read_description(folder)
    _log.info("Verifying the model %s in %s", bundle.id, folder)
    for name in bundle.files:
        if name not in later:
            verify_file(bundle, name)
    return bundle


def verify_file(bundle: ModelBundle, name: str) -> None:
    """Verify one file of a bundle. Raises BundleError when it is missing, damaged or hostile."""
    folder, path = bundle.folder, bundle.file(name)
    if problem := file_problem(path, bundle.files[name]):
        raise BundleError(f"{path} is damaged: {problem}. {_remedy(folder)}")
    if folder.parent == shipped_weights() or not name.endswith(".onnx"):
        return
    if problem := network_file.problem(path):
        raise BundleError(f"{path} {shown(problem)}, so it was not loaded. {_remedy(folder)}")


def read_description(folder: Path) -> ModelBundle:
    """Read a bundle's description without verifying files. Raises BundleError if invalid."""
    try:
        with (folder / DESCRIPTION).open("rb") as file:
            text = file.read(MAX_DESCRIPTION_BYTES + 1)
    except OSError as error:
        raise BundleError(f"The model in {folder} cannot be read: {error.strerror}.") from error
    return parse_description(folder, text)


def parse_description(folder: Path, text: bytes) -> ModelBundle:
    """Parse the text of a `bundle.json` in `folder`. Raises BundleError."""
    try:
        if len(text) > MAX_DESCRIPTION_BYTES:
            raise ValueError(f"more than {MAX_DESCRIPTION_BYTES >> 20} MiB")
        content = json.loads(text.decode("utf-8"))
        if _depth(content) > _MAX_DEPTH:
            raise ValueError("nested too deep")
        bundle = _from_json(folder, content)
        _refuse_nonsense(bundle)
    except _NONSENSE as error:
        raise BundleError(
            f"{folder / DESCRIPTION} is damaged ({error!r}). {_remedy(folder)}"
        ) from error
    return bundle


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def file_problem(path: Path, sha256: str) -> str | None:
    """Return why the file does not have this SHA-256, as a clause; None if it does."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return f"it is not a regular file of at most {MAX_BYTES >> 20:,} MiB"
        found = file_sha256(path)
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    return None if found == sha256 else "its SHA-256 is wrong"


def _from_json(folder: Path, content: Mapping[str, Any]) -> ModelBundle:
    if content["format"] != _FORMAT:
        raise BundleError(
            f"The model in {folder} has format {content['format']!r}; this version reads format "
            f"{_FORMAT}. Update catdog-sorter or train the model again."
        )
    if not all(map(_is_plain, content["files"])):
        raise ValueError("a name of a file that is a path, or no name everywhere")
    promise, small = content.get("risk_control"), content.get("previews")
    return ModelBundle(
        folder=folder,
        name=content["name"],
        architecture=content["architecture"],
        framework=content["framework"],
        outputs=tuple(content["outputs"]),
        preprocessing=Preprocessing(**content["preprocessing"]),
        test_time_augmentation=_augmentation(**content["test_time_augmentation"]),
        calibration=Calibration(**{k: tuple(v) for k, v in content["calibration"].items()}),
        thresholds=Thresholds(**content["thresholds"]),
        files=dict(content["files"]),
        risk_control=RiskControl(**promise) if promise else None,
        previews=_previews(**small) if small else None,
        metrics=content["metrics"],
        training=content["training"],
    )


def _augmentation(
    uncertainty_band: Sequence[Sequence[float]] = (), **others: Any
) -> TestTimeAugmentation:
    band = tuple((low, high) for low, high in uncertainty_band)
    return TestTimeAugmentation(**others, uncertainty_band=band)


def _previews(looks: Sequence[Mapping[str, Any]], **others: Any) -> PreviewPolicy:
    return PreviewPolicy(tuple(PreviewLook(**look) for look in looks), **others)


def _refuse_nonsense(bundle: ModelBundle) -> None:
    """Raise ValueError for values that would otherwise fail only with the first photo."""
    calibration = bundle.calibration
    texts = (bundle.name, bundle.architecture, bundle.framework)
    if sorted(bundle.outputs) not in (["cat", "dog"], ["dog"]):
        raise ValueError(f"outputs {bundle.outputs}")
    _refuse_unknown_input(bundle.preprocessing)
    _refuse_unknown_views(bundle.test_time_augmentation, len(bundle.outputs))
    _refuse_unknown_detector(bundle.test_time_augmentation)
    for look in bundle.previews.looks if bundle.previews else ():
        if type(look.size) is not int or not _MIN_PREVIEW_INPUT <= look.size <= _MAX_INPUT:
            raise ValueError(f"previews of size {look.size!r}")
    if not _are_usable(*calibration.scale, *calibration.bias):
        raise ValueError(f"the calibration {calibration}")
    if not len(calibration.scale) == len(calibration.bias) == len(bundle.outputs):
        raise ValueError("a calibration for other outputs")
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("a number where a text belongs")
    if not all(text.isprintable() for text in texts):
        raise ValueError("a name that could drive a terminal")
    if not all(map(_SHA256.fullmatch, bundle.files.values())):
        raise ValueError("a hash that is not a SHA-256")
    if not all(isinstance(part, dict) for part in (bundle.metrics, bundle.training)):
        raise ValueError("metrics or training without names")


def _refuse_unknown_input(spec: Preprocessing) -> None:
    """Raise ValueError for an unknown input transform."""
    if type(spec.size) is not int or not 1 <= spec.size <= _MAX_INPUT:
        raise ValueError(f"input size {spec.size!r}")
    known = Preprocessing(spec.size)
    if (spec.resize, spec.interpolation) != (known.resize, known.interpolation):
        raise ValueError(f"photos that are prepared by {spec.resize!r}, {spec.interpolation!r}")
    if not _are_usable(spec.scale, spec.offset) or spec.scale == 0:
        raise ValueError(f"preprocessing with {spec}")


def _refuse_unknown_views(policy: TestTimeAugmentation, outputs: int) -> None:
    """Raise ValueError for invalid views, or for views without an uncertainty band."""
    band = policy.uncertainty_band
    if type(policy.mirror) is not bool:
        raise ValueError(f"mirror {policy.mirror!r}")
    if band and not (policy.mirror and len(band) == outputs):
        raise ValueError("an uncertainty band, but no mirror image, or for other outputs")
    if not _are_usable(*(end for pair in band for end in pair)):
        raise ValueError(f"the uncertainty band {band}")
    if any(low >= high for low, high in band):
        raise ValueError(f"the uncertainty band {band}")
    sharpness, penalty = policy.rotation_sharpness, policy.rotation_penalty
    is_sharp = 0 < sharpness <= _MAX_ROTATION_SHARPNESS if sharpness or penalty else True
    if not is_sharp or not _are_usable(penalty) or (sharpness and not band):
        raise ValueError(f"rotations that count by {sharpness}, {penalty}, or with no band")
    shares = policy.crop_fraction, policy.crop_weight
    if any(shares) and not (band and all(_MIN_CROP <= each < 1 for each in shares)):
        raise ValueError(f"crops of {shares}, or with no band")


def _refuse_unknown_detector(policy: TestTimeAugmentation) -> None:
    """Raise ValueError for invalid settings of the detector."""
    side, weight = policy.detector_size, policy.detector_weight
    if not (side or weight):
        return
    if type(side) is not int or not 1 <= side <= _MAX_INPUT:
        raise ValueError(f"a detector of input size {side!r}")
    if not (_are_usable(weight) and weight > 0):
        raise ValueError(f"a detector that counts by {weight}")
    if not policy.uncertainty_band:
        raise ValueError("a detector with no uncertainty band")


def _are_usable(*numbers: float) -> bool:
    return all(abs(number) <= _MAX_NUMBER for number in numbers)


def _remedy(folder: Path) -> str:
    if folder.parent == shipped_weights():
        return "Install catdog-sorter again."
    return "Copy or train the model again."


def write_bundle(
    target: Path,
    contents: Mapping[str, Path],
    description: Mapping[str, Any],
    *,
    replace: bool = False,
) -> ModelBundle:
    """Write a bundle, whose folder appears complete or not at all.

    Args:
        target: The folder; its name is the model's name.
        contents: Source path by file name.
        description: The fields of `ModelBundle` except `folder`, `name` and `files`.
        replace: Whether an existing folder at `target` may be replaced.

    Returns:
        The bundle as it was read back.

    Raises:
        UsageError: `target` exists and must not be replaced.
        BundleError: the description is invalid.
        OSError: `target` cannot be written.
    """
    with atomic_folder(target, overwrite=replace) as unfinished:
        for name, source in contents.items():
            shutil.copyfile(source, unfinished / name)
        fields = {key: _plain(value) for key, value in description.items()}
        files = {name: file_sha256(unfinished / name) for name in sorted(contents)}
        whole = {"format": _FORMAT, "name": target.name, **fields, "files": files}
        text = json.dumps(whole, indent=2, allow_nan=False)
        (unfinished / DESCRIPTION).write_text(text + "\n", encoding="utf-8")
    return load_bundle(target)


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, _SECTIONS) else value


def plain_name(name: str) -> str:
    """The name, if it is a valid folder name on every system. Raises UsageError otherwise."""
    if not _is_plain(name):
        raise UsageError(f"{name!r} is not a name for a model. Use letters, digits and hyphens.")
    return name


def _is_plain(name: str) -> bool:
    is_plain = _PLAIN_NAME.fullmatch(name) and not _DEVICE.fullmatch(name)
    return bool(is_plain) and len(os.fsencode(name)) <= _MAX_NAME_BYTES
