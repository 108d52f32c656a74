"""Blend a fine-tuned detector with its initial weights, calibrate it, and store it in 8 bits.

    python tools/train_default/finish_detector.py STORE start.onnx RUN/detector.onnx detector.onnx \\
        --keep-start 0.7

Blended weights are more accurate than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
models"). Slope and offset of the logits are fitted on the validation photos, and multiplied into
the last layers. All other layers are computed in 8-bit integers, whose ranges come from training
photos; weights have 7 bits, so that no processor saturates and all give the same answers. Prints
the average precision of the detector alone on the validation photos, and how far 8 bits move its
logits.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from groups import VOC, is_validation
from onnx import numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from pixel_store import PixelStore

from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.backends.onnx import OrtNetwork
from catdog_sorter.model.preprocessing import Preprocessing, to_batch
from catdog_sorter.training.measure.metrics import average_precision, calibrate

_CLASSES = 2
_RANGE_PHOTOS = 256


def blended(start: onnx.ModelProto, tuned: onnx.ModelProto, keep: float) -> onnx.ModelProto:
    """Average two networks: `keep` of the first one's weights and 1 - `keep` of the other's."""
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


class _Photos(CalibrationDataReader):  # type: ignore[misc]
    """Feeds training photos to the quantisation, one at a time."""

    def __init__(self, batches: Iterator[Floats32]) -> None:
        self._batches = batches

    def get_next(self) -> dict[str, Floats32] | None:
        batch = next(self._batches, None)
        return None if batch is None else {"photos": batch}


def in_single_precision(model: onnx.ModelProto) -> onnx.ModelProto:
    """Convert the network's weights to single precision, remove the casts, and name the nodes."""
    tensors = {t.name: t for t in model.graph.initializer}
    for node in [n for n in model.graph.node if n.op_type == "Cast"]:
        array = numpy_helper.to_array(tensors[node.input[0]]).astype(np.float32)
        model.graph.initializer.append(numpy_helper.from_array(array, node.output[0]))
        model.graph.initializer.remove(tensors[node.input[0]])
        model.graph.node.remove(node)
    for number, node in enumerate(model.graph.node):
        node.name = f"node_{number}"
    return model


def quantise(model: onnx.ModelProto, photos: Iterator[Floats32], target: Path) -> None:
    """Write the network with all layers but the last ones in 8-bit integers."""
    with tempfile.TemporaryDirectory() as folder:
        exact, prepared = Path(folder) / "exact.onnx", Path(folder) / "prepared.onnx"
        onnx.save(in_single_precision(model), exact)
        quant_pre_process(str(exact), str(prepared), skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        nodes = {out: node.name for node in graph.node for out in node.output}
        last = [nodes[node.input[0]] for node in graph.node if node.op_type == "Reshape"]
        quantize_static(
            str(prepared),
            str(target),
            _Photos(photos),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "Add", "Clip"],
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=last,
        )


def main() -> None:
    """Blend, fit, quantise, write."""
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
    learned = [n for n, photo in enumerate(store.photos) if not is_validation(photo)]

    def batches(numbers: list[int]) -> Iterator[Floats32]:
        for number in numbers:
            yield to_batch([np.asarray(store.image(number))], spec)

    def logits_by(network: OrtNetwork) -> Floats32:
        return np.concatenate([network.logits(b) for b in batches([n for n, _ in photos])])

    logits = logits_by(network)
    targets = np.array(
        [[p.label in (a, "both") for a in ("cat", "dog")] for _, p in photos], np.float32
    )
    voc = np.array([p.source in VOC for _, p in photos])
    for name, among in (("all", np.ones_like(voc)), ("VOC", voc)):
        once = np.ones((1, among.sum()))
        found = [average_precision(logits[among, k], targets[among, k], once)[0] for k in (0, 1)]
        print(f"average precision on {name} photos: cat {found[0]:.2%}, dog {found[1]:.2%}")
    fit = calibrate(logits, targets)
    slope, offset = np.float32(fit.scale), np.float32(fit.bias)
    scale_logits(model, slope, offset)
    for_ranges = random.Random(0).sample(learned, _RANGE_PHOTOS)
    quantise(model, batches(for_ranges), options.target)
    off = logits_by(OrtNetwork(str(options.target))) - (logits * slope + offset)
    print("root mean square change by 8 bits:", np.sqrt(np.square(off).mean(0)).round(3).tolist())


if __name__ == "__main__":
    main()
