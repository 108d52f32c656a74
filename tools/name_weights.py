"""Put a bundle's weights into its `model.onnx`, in place of a file of their own.

    python tools/name_weights.py BUNDLE...

For bundles with `model.safetensors`: renames the ONNX model's initialisers to the layers' names,
makes its regions an output, checks that it computes the same and that the weights can be read back
bit for bit, then removes `model.safetensors`.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from safetensors.numpy import load_file

from catdog_sorter.model.backends.onnx import OrtNetwork
from catdog_sorter.model.bundle import DESCRIPTION, ONNX, load_bundle
from catdog_sorter.model.networks.onnx_weights import expose_regions, name_weights, read_weights
from catdog_sorter.storage.files import atomic_file, file_sha256

_WEIGHTS = "model.safetensors"
_MAX_DIFFERENCE = 2e-5  # of a logit, by rounding
_PHOTOS = 32


def convert(folder: Path) -> float:
    """Rewrite one bundle; returns the largest difference of a logit."""
    bundle = load_bundle(folder)
    weights = load_file(bundle.file(_WEIGHTS))
    side = bundle.preprocessing.size
    batch = np.random.default_rng(0).uniform(-1, 1, (_PHOTOS, 3, side, side)).astype(np.float32)
    before = OrtNetwork(str(folder / ONNX)).logits(batch)
    model = onnx.load(folder / ONNX)
    name_weights(model, weights)
    expose_regions(model)
    onnx.checker.check_model(model)
    with atomic_file(folder / ONNX) as unfinished:
        onnx.save(model, unfinished)
        _check_same(weights, read_weights(unfinished))
        off = float(np.abs(OrtNetwork(str(unfinished)).logits(batch) - before).max())
        if off > _MAX_DIFFERENCE:
            sys.exit(f"{folder}: logits differ by {off:.2g}. Nothing was changed.")
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    description["files"] = {ONNX: file_sha256(folder / ONNX)}
    with atomic_file(folder / DESCRIPTION) as unfinished:
        unfinished.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    (folder / _WEIGHTS).unlink()
    load_bundle(folder)
    return off


def _check_same(
    before: dict[str, npt.NDArray[np.generic]], after: dict[str, npt.NDArray[np.float32]]
) -> None:
    wanted = {name: array for name, array in before.items() if array.dtype == np.float32}
    if wanted.keys() != after.keys():
        sys.exit(f"Other weights: {sorted(wanted.keys() ^ after.keys())[:3]}")
    for name, array in wanted.items():
        if not np.array_equal(array, after[name]):
            sys.exit(f"{name} is not the same.")


def main() -> None:
    """Convert each bundle and say by how much its logits differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundles", type=Path, nargs="+")
    for folder in parser.parse_args().bundles:
        print(folder, convert(folder))


if __name__ == "__main__":
    main()
