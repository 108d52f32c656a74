"""Blend a fine-tuned detector with what it began as, and let its logits be log-odds.

    python tools/train_default/finish_detector.py STORE start.onnx RUN/detector.onnx detector.onnx \\
        --keep-start 0.7

Blended weights know more than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
models"). Slope and offset of the logits are fitted on the validation photos. Prints the average
precision of the detector alone on these.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from groups import VOC, is_validation
from onnx import numpy_helper
from pixel_store import PixelStore

from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.backends.onnx import OrtNetwork
from catdog_sorter.model.preprocessing import Preprocessing, to_batch
from catdog_sorter.training.measure.metrics import average_precision, calibrate

_CLASSES = 2


def blended(start: onnx.ModelProto, tuned: onnx.ModelProto, keep: float) -> onnx.ModelProto:
    """The first network, with `keep` of its weights and 1 - `keep` of the other's."""
    others = {t.name: numpy_helper.to_array(t) for t in tuned.graph.initializer}
    for tensor in start.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype == np.float16:
            mean = keep * array.astype(np.float32) + (1 - keep) * others[tensor.name]
            tensor.CopyFrom(numpy_helper.from_array(mean.astype(np.float16), tensor.name))
    return start


def scale_logits(model: onnx.ModelProto, slope: Floats32, offset: Floats32) -> None:
    """Multiply and shift the logits of every box, in the last layers."""
    nodes = {out: node for node in model.graph.node for out in node.output}
    tensors = {t.name: t for t in model.graph.initializer}
    for reshape in (n for n in model.graph.node if n.op_type == "Reshape"):
        for place, source in enumerate(nodes[reshape.input[0]].input[1:3]):
            name = nodes[source].input[0]
            array = numpy_helper.to_array(tensors[name]).astype(np.float32)
            rows = array.reshape(_CLASSES, -1)  # each class has its anchors together
            rows = rows * slope[:, None] + (offset[:, None] if place == 1 else 0)
            half = rows.reshape(array.shape).astype(np.float16)
            tensors[name].CopyFrom(numpy_helper.from_array(half, name))


def main() -> None:
    """Blend, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("tuned", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--keep-start", type=float, default=0.7)
    options = parser.parse_args()
    model = blended(onnx.load(options.start), onnx.load(options.tuned), options.keep_start)
    onnx.save(model, options.target)
    network = OrtNetwork(str(options.target))
    spec = Preprocessing(network.shapes[0][-1])
    store = PixelStore(options.store)
    photos = [(n, photo) for n, photo in enumerate(store.photos) if is_validation(photo)]
    logits = np.concatenate(
        [network.logits(to_batch([np.asarray(store.image(n))], spec)) for n, _ in photos]
    )
    targets = np.array(
        [[p.label in (a, "both") for a in ("cat", "dog")] for _, p in photos], np.float32
    )
    voc = np.array([p.source in VOC for _, p in photos])
    for name, among in (("all", np.ones_like(voc)), ("VOC", voc)):
        once = np.ones((1, among.sum()))
        found = [average_precision(logits[among, k], targets[among, k], once)[0] for k in (0, 1)]
        print(f"average precision on {name} photos: cat {found[0]:.2%}, dog {found[1]:.2%}")
    fit = calibrate(logits, targets)
    scale_logits(model, np.float32(fit.scale), np.float32(fit.bias))
    onnx.save(model, options.target)


if __name__ == "__main__":
    main()
