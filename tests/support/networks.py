"""Tiny ONNX networks, good and hostile."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_OPSET, _IR_VERSION = 18, 9


def colour_network(inputs: int = 8, outputs: int = 2) -> onnx.ModelProto:
    """Photos (N, 3, inputs, inputs) -> logits (N, outputs)."""
    return _network([], "flat", [], inputs, outputs)


def looping_network() -> onnx.ModelProto:
    """A network with a loop of 2^62 iterations."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go2"]), helper.make_node("Abs", ["s"], ["s2"])],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("s", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("go2", TensorProto.BOOL, []),
            helper.make_tensor_value_info("s2", TensorProto.FLOAT, None),
        ],
    )
    turns = numpy_helper.from_array(np.array(2**62), "turns")
    yes = numpy_helper.from_array(np.array(True), "yes")
    loop = helper.make_node("Loop", ["turns", "yes", "flat"], ["turned"], body=body)
    return _network([loop], "turned", [turns, yes])


def huge_network(side: int = 60_000) -> onnx.ModelProto:
    """A network that pads each photo to `side` pixels: 43 GB of memory."""
    pads = numpy_helper.from_array(np.array([0, 0, 0, 0, 0, 0, side, side]), "pads")
    nodes = [
        helper.make_node("Pad", ["photos", "pads"], ["padded"]),
        helper.make_node("GlobalMaxPool", ["padded"], ["highest"]),
        helper.make_node("Flatten", ["highest"], ["large"]),
    ]
    return _network(nodes, "large", [pads])


def slow_network(side: int = 800, layers: int = 500) -> onnx.ModelProto:
    """A network of common operators that takes very long for one photo."""
    pads = numpy_helper.from_array(np.array([0, 0, 0, 0, 0, 0, side, side]), "pads")
    kernel = numpy_helper.from_array(np.zeros((3, 3, 15, 15), np.float32), "kernel")
    nodes = [helper.make_node("Pad", ["photos", "pads"], ["layer0"])]
    nodes += [
        helper.make_node("Conv", [f"layer{n}", "kernel"], [f"layer{n + 1}"], pads=[7] * 4)
        for n in range(layers)
    ]
    nodes += [
        helper.make_node("GlobalMaxPool", [f"layer{layers}"], ["highest"]),
        helper.make_node("Flatten", ["highest"], ["late"]),
    ]
    return _network(nodes, "late", [pads, kernel])


def nan_network() -> onnx.ModelProto:
    """A network whose logits are NaN."""
    below = numpy_helper.from_array(np.array([-1.0], np.float32), "below")
    nodes = [
        helper.make_node("Log", ["below"], ["nan"]),
        helper.make_node("Add", ["flat", "nan"], ["bad"]),
    ]
    return _network(nodes, "bad", [below])


def _network(
    nodes: list[onnx.NodeProto],
    last: str,
    numbers: list[onnx.TensorProto],
    inputs: int = 8,
    outputs: int = 2,
) -> onnx.ModelProto:
    """Mean colours `flat`, then `nodes`, then a linear layer on `last`."""
    weights = helper.make_tensor("weights", TensorProto.FLOAT, [outputs, 3], [0.5] * 3 * outputs)
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["photos"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["flat"]),
            *nodes,
            helper.make_node("Gemm", [last, "weights"], ["logits"], transB=1),
        ],
        "network",
        [helper.make_tensor_value_info("photos", TensorProto.FLOAT, ["n", 3, inputs, inputs])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", outputs])],
        [weights, *numbers],
    )
    opset = [helper.make_opsetid("", _OPSET)]
    return helper.make_model(graph, opset_imports=opset, ir_version=_IR_VERSION)
