"""Adds an 8-bit network to a bundle, for the first prediction of each photo.

    python tools/quantise.py BUNDLE PHOTOS

The ranges of the activations are calibrated on 256 photos below the folder PHOTOS, which should be
training photos of the model. Prints how much the logits of 256 others change. Whether the bundle
may keep the network depends on the labels: see `benchmarks/first_look.py`.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.model.backends.onnx import OrtNetwork
from catdog_sorter.model.bundle import DESCRIPTION, INT8, ONNX, ModelBundle, load_bundle
from catdog_sorter.model.preprocessing import Preprocessing, to_batch
from catdog_sorter.storage.files import atomic_file, file_sha256

_PHOTOS = 256
_SUFFIXES = {".webp", ".jpg", ".jpeg", ".png"}
_METHODS = {"minmax": CalibrationMethod.MinMax, "percentile": CalibrationMethod.Percentile}


class _Photos(CalibrationDataReader):  # type: ignore[misc]
    """Feeds photos to the calibration, one at a time."""

    def __init__(self, paths: list[Path], spec: Preprocessing, name: str) -> None:
        self._name = name
        self._batches = _batches(paths, spec)

    def get_next(self) -> dict[str, npt.NDArray[np.float32]] | None:
        batch = next(self._batches, None)
        return None if batch is None else {self._name: batch}


def _batches(paths: list[Path], spec: Preprocessing) -> Iterator[npt.NDArray[np.float32]]:
    for path in paths:
        yield to_batch([read_photo(path, spec.decode_side)], spec)


def quantise(bundle: ModelBundle, photos: list[Path], method: str, target: Path) -> None:
    """Write the bundle's network with int8 weights per channel and uint8 activations."""
    network = bundle.file(ONNX)
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / ONNX
        quant_pre_process(str(network), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(target),
            _Photos(photos, bundle.preprocessing, "photos"),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=_METHODS[method],
        )


def differences(bundle: ModelBundle, quick: Path, photos: list[Path]) -> npt.NDArray[np.float32]:
    """Logits of the 8-bit network minus those of the single-precision one, float32 (N, K)."""
    exact, approximate = OrtNetwork(str(bundle.file(ONNX))), OrtNetwork(str(quick))
    rows = [
        approximate.logits(batch) - exact.logits(batch)
        for batch in _batches(photos, bundle.preprocessing)
    ]
    return np.concatenate(rows)


def main() -> None:
    """Parse options, quantise, add the file to the bundle."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--method", choices=_METHODS, default="minmax")
    options = parser.parse_args()
    bundle = load_bundle(options.bundle)
    every = sorted(p for p in options.photos.rglob("*") if p.suffix.lower() in _SUFFIXES)
    chosen = random.Random(0).sample(every, 2 * _PHOTOS)
    target = bundle.folder / INT8
    with atomic_file(target) as unfinished:
        quantise(bundle, chosen[:_PHOTOS], options.method, unfinished)
        off = differences(bundle, unfinished, chosen[_PHOTOS:])
    description = json.loads((bundle.folder / DESCRIPTION).read_text(encoding="utf-8"))
    description["files"][INT8] = file_sha256(target)
    with atomic_file(bundle.folder / DESCRIPTION) as unfinished:
        unfinished.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    load_bundle(bundle.folder)
    for name, column in zip(bundle.outputs, off.T, strict=True):
        print(f"{name}: root mean square {np.sqrt(np.square(column).mean()):.3f}, "
              f"largest {np.abs(column).max():.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
