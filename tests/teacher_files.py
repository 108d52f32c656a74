"""Teachers for tests: real ONNX files that know the mean colour of a photo."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper


def write_teacher(path: Path, size: int | str = 16) -> Path:
    """Features: the mean of each channel."""
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["photos"], ["mean"]),
            helper.make_node("Flatten", ["mean"], ["features"]),
        ],
        "teacher",
        [helper.make_tensor_value_info("photos", TensorProto.FLOAT, [1, 3, size, size])],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, 3])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return path
