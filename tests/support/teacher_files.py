"""Teachers for tests: real ONNX files whose features are the mean colour of a photo."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper


def write_teacher(path: Path, size: int | str = 16, *, flat: bool = True) -> Path:
    """Write a teacher whose features are channel means; unless `flat`, (1, C, 1, 1)."""
    pooled = "mean" if flat else "features"
    nodes = [helper.make_node("GlobalAveragePool", ["photos"], [pooled])]
    if flat:
        nodes.append(helper.make_node("Flatten", ["mean"], ["features"]))
    graph = helper.make_graph(
        nodes,
        "teacher",
        [helper.make_tensor_value_info("photos", TensorProto.FLOAT, [1, 3, size, size])],
        [
            helper.make_tensor_value_info(
                "features", TensorProto.FLOAT, [1, 3] if flat else [1, 3, 1, 1]
            )
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return path
