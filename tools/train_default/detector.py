"""Make the `detector.onnx` of a bundle from the Open Images SSD.

    python tools/train_default/detector.py ssd.onnx detector.onnx

Input: float32 (N, 3, 300, 300), RGB / 127.5 - 1. Output `logits`: float32 (N, 2), of cat and dog,
each the highest of any of the 1,917 boxes. Nodes for other classes and the places of boxes are
left out. Weights are stored in half precision, as they were published, and computed with in
single precision.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from find_boxes import CLASSES, SIDE
from onnx import TensorProto, helper, numpy_helper

_ALL_CLASSES = 24
_INPUT, _LOGITS = "photos", "logits"


def make(ssd: onnx.ModelProto) -> onnx.ModelProto:
    """Make the network from photos to the highest logit of each class in `CLASSES`."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in ssd.graph.initializer}
    nodes = [node for node in ssd.graph.node if node.op_type in ("Conv", "Clip", "Add")]
    shapes = {out: node for node in ssd.graph.node for out in node.output}
    by_class = [shapes[name] for name in _concatenated(ssd)]
    first = ssd.graph.node[0]
    assert first.op_type == "Transpose", "the only one before the first layer"
    renamed = {first.output[0]: _INPUT}
    for node in ssd.graph.node:  # one map of 1 x 1 cells is reshaped from NCHW to itself
        if node.op_type == "Reshape" and node.output[0] in _read_by(nodes):
            renamed[node.output[0]] = node.input[0]
    for node in nodes:
        node.input[:] = [renamed.get(name, name) for name in node.input]
        node.ClearField("name")
    heads = []
    for reshape in by_class:
        source = shapes[reshape.input[0]]
        conv = source if source.op_type == "Conv" else shapes[source.input[0]]
        heads.append(conv.output[0])
        kernel, bias = conv.input[1:3]
        constants[kernel] = _of_classes(constants[kernel])
        constants[bias] = _of_classes(constants[bias])
    kept = _needed(nodes, heads)
    graph_nodes, tensors = [], []
    for name in dict.fromkeys(i for node in kept for i in node.input if i in constants):
        tensors.append(numpy_helper.from_array(constants[name].astype(np.float16), f"{name}_half"))
        graph_nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    graph_nodes += kept
    tensors.append(numpy_helper.from_array(np.array([0, len(CLASSES), -1]), "per_class"))
    for number, head in enumerate(heads):
        graph_nodes.append(helper.make_node("Reshape", [head, "per_class"], [f"boxes_{number}"]))
    every = [f"boxes_{number}" for number in range(len(heads))]
    graph_nodes.append(helper.make_node("Concat", every, ["all_boxes"], axis=2))
    graph_nodes.append(
        helper.make_node("ReduceMax", ["all_boxes"], [_LOGITS], axes=[2], keepdims=0)
    )
    graph = helper.make_graph(
        graph_nodes,
        "detector",
        [helper.make_tensor_value_info(_INPUT, TensorProto.FLOAT, ["N", 3, SIDE, SIDE])],
        [helper.make_tensor_value_info(_LOGITS, TensorProto.FLOAT, ["N", len(CLASSES)])],
        tensors,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def _concatenated(ssd: onnx.ModelProto) -> list[str]:
    """The tensors that are concatenated into the class predictions."""
    (node,) = (n for n in ssd.graph.node if "class_predictions" in n.output[0])
    return list(node.input)


def _read_by(nodes: list[onnx.NodeProto]) -> set[str]:
    return {name for node in nodes for name in node.input}


def _of_classes(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows (anchors * 24, ...) -> those of our classes (2 * anchors, ...), class by class."""
    by_anchor = rows.reshape(-1, _ALL_CLASSES, *rows.shape[1:])
    return np.concatenate([by_anchor[:, column] for column in CLASSES.values()])


def _needed(nodes: list[onnx.NodeProto], outputs: list[str]) -> list[onnx.NodeProto]:
    """The nodes that `outputs` depend on, in order."""
    needed, kept = set(outputs), []
    for node in reversed(nodes):
        if needed & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    return kept[::-1]


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    onnx.save(make(onnx.load(source)), target)
