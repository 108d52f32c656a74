from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from catdog_sorter.model import network_file
from catdog_sorter.model.network_file import problem
from catdog_sorter.storage.locations import shipped_weights
from tests.support.networks import colour_network, looping_network


def written(network: onnx.ModelProto, folder: Path) -> Path:
    (folder / "model.onnx").write_bytes(network.SerializeToString())
    return folder / "model.onnx"


def with_nodes(*nodes: onnx.NodeProto) -> onnx.ModelProto:
    network = colour_network()
    network.graph.node.extend(nodes)
    return network


def branch(depth: int) -> onnx.NodeProto:
    inner = helper.make_node("Identity", ["flat"], ["a"]) if depth == 0 else branch(depth - 1)
    graph = helper.make_graph([inner], "branch", [], [helper.make_empty_tensor_value_info("a")])
    return helper.make_node("If", ["flat"], ["a"], then_branch=graph, else_branch=graph)


def test_the_shipped_networks_may_be_opened() -> None:
    networks = list(shipped_weights().glob("*/model.onnx"))
    assert len(networks) >= 3
    assert [problem(path) for path in networks] == [None] * len(networks)


def test_a_network_of_common_operators_may_be_opened(tmp_path: Path) -> None:
    assert problem(written(colour_network(), tmp_path)) is None


@pytest.mark.parametrize("depth", [0, 3])
def test_branches_and_loops_are_refused(depth: int, tmp_path: Path) -> None:
    assert problem(written(with_nodes(branch(depth)), tmp_path)) == "holds a loop or a branch"
    assert problem(written(looping_network(), tmp_path)) == "holds a loop or a branch"


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (helper.make_node("ConstantOfShape", ["flat"], ["big"]), "the operator ConstantOfShape"),
        (helper.make_node("Expand", ["flat", "sizes"], ["big"]), "the operator Expand"),
        (helper.make_node("Relu", ["flat"], ["big"], domain="com.evil"), "operators of com.evil"),
        (helper.make_node("Pad", ["flat", "flat"], ["big"]), "size of its tensors from its numb"),
    ],
)
def test_operators_whose_work_depends_on_a_photo_or_on_others_are_refused(
    node: onnx.NodeProto, reason: str, tmp_path: Path
) -> None:
    assert reason in (problem(written(with_nodes(node), tmp_path)) or "")


def test_padding_by_constants_may_be_opened(tmp_path: Path) -> None:
    network = with_nodes(helper.make_node("Pad", ["flat", "pads"], ["big"]))
    pads = numpy_helper.from_array(np.zeros(4, np.int64), "pads")
    network.graph.initializer.append(pads)
    assert problem(written(network, tmp_path)) is None
    del network.graph.initializer[-1]
    network.graph.node.append(helper.make_node("Constant", [], ["pads"], value=pads))
    assert problem(written(network, tmp_path)) is None


def test_operators_that_a_file_defines_are_refused(tmp_path: Path) -> None:
    network = colour_network()
    network.functions.add(name="mine", domain="own")
    assert problem(written(network, tmp_path)) == "defines operators of its own"


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x3a\xff\xff\xff\xff\xff\x7f", b"\x0b"])
def test_a_file_that_is_not_a_network_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(content)
    assert problem(tmp_path / "model.onnx") == "is not an ONNX model, or is damaged"


def test_a_network_cut_off_anywhere_raises_nothing(tmp_path: Path) -> None:
    whole = colour_network().SerializeToString()
    for length in range(1, len(whole)):
        (tmp_path / "model.onnx").write_bytes(whole[:length])
        problem(tmp_path / "model.onnx")


def test_a_file_of_countless_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_file, "_MAX_FIELDS", 100)
    many = [helper.make_node("Relu", ["flat"], [f"r{number}"]) for number in range(100)]
    reason = problem(written(with_nodes(*many), tmp_path))
    assert reason == "has more parts than any network needs"


def test_data_outside_is_found_in_numbers_of_every_kind(tmp_path: Path) -> None:
    far = helper.make_tensor("far", TensorProto.FLOAT, [2], [0.0] * 2)
    far.data_location = TensorProto.EXTERNAL
    several = helper.make_node("Constant", [], ["far"])
    several.attribute.add(name="several", tensors=[far])
    assert problem(written(with_nodes(several), tmp_path)) == network_file.OUTSIDE
