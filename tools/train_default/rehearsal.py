"""Store the default model's features and logits of training photos, for rehearsal in `retrain`.

    python tools/train_default/rehearsal.py STORE weights/efficientnet_lite2

STORE is the training store that `pixel_store.py` builds. Writes `rehearsal.safetensors` into the
folder of the model: for each photo the numbers that its last layer reads, and its logits. Validation
photos are left out. To be repeated for each new network.
"""

import argparse
import random
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from groups import is_validation
from pixel_store import PixelStore

from catdog_sorter.model.bundle import ONNX, load_bundle
from catdog_sorter.model.preprocessing import to_batch
from catdog_sorter.training.fit.rehearsal import Rehearsal, write_rehearsal

PHOTOS = {"cat": 200, "dog": 200, "both": 40, "neither": 360}
SEED = 21


def with_features(network: onnx.ModelProto) -> onnx.ModelProto:
    """Add the input of the network's last layer as a second output."""
    last = next(node for node in network.graph.node if node.op_type == "Gemm")
    features = onnx.helper.make_tensor_value_info(last.input[0], onnx.TensorProto.FLOAT, None)
    logits = next(output for output in network.graph.output if output.name == "logits")
    del network.graph.output[:]
    network.graph.output.extend([features, logits])
    return network


def main() -> None:
    """Draw photos, run the network on each, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    store, bundle = PixelStore(options.store), load_bundle(options.model)
    rng = random.Random(SEED)
    chosen = [
        number
        for label, count in PHOTOS.items()
        for number in rng.sample(
            [n for n, p in enumerate(store.photos) if p.label == label and not is_validation(p)],
            count,
        )
    ]
    network = with_features(onnx.load(bundle.file(ONNX)))
    session = ort.InferenceSession(network.SerializeToString())
    entrance = session.get_inputs()[0].name
    rows = [
        session.run(None, {entrance: to_batch([store.image(number)], bundle.preprocessing)})
        for number in chosen
    ]
    features, logits = (np.concatenate(column) for column in zip(*rows, strict=True))
    file = write_rehearsal(Rehearsal(features, logits), bundle)
    print(f"{file}: {len(chosen)} photos, {file.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
