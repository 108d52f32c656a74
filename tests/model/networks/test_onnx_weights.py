"""A bundle stores its weights once, in `model.onnx`, as they were trained."""

import pickle
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from catdog_sorter.model.arrays import Weights  # noqa: E402
from catdog_sorter.model.networks.onnx_weights import (  # noqa: E402
    expose_regions,
    name_weights,
    read_weights,
)

EPSILON = np.float32(1e-3)
PHOTOS = np.random.default_rng(5).uniform(-1, 1, (3, 3, 8, 8)).astype(np.float32)


def trained() -> Weights:
    """Two convolutions with batch-norm, the second depthwise, and a last layer, PyTorch's names."""
    rng = np.random.default_rng(1)
    weights = {"stem.0.weight": rng.normal(size=(4, 3, 3, 3))}
    weights["deep.0.weight"] = rng.normal(size=(4, 1, 3, 3))
    for layer in ("stem.1", "deep.1"):
        weights[f"{layer}.weight"] = rng.uniform(0.5, 2, 4)
        weights[f"{layer}.bias"] = rng.normal(size=4)
        weights[f"{layer}.running_mean"] = rng.normal(size=4)
        weights[f"{layer}.running_var"] = rng.uniform(0.5, 2, 4)
    weights["head.weight"] = rng.normal(size=(2, 4))
    weights["head.bias"] = rng.normal(size=2)
    arrays = {name: array.astype(np.float32) for name, array in weights.items()}
    arrays["deep.0.weight"][2] = 0  # a dead channel
    arrays["stem.1.weight"][1] = 0
    return arrays


def in_keras(weights: Weights) -> Weights:
    norms = {
        "weight": "gamma",
        "bias": "beta",
        "running_mean": "moving_mean",
        "running_var": "moving_variance",
    }
    arrays = {
        "stem/kernel": weights["stem.0.weight"].transpose(2, 3, 1, 0),
        "deep_depthwise/kernel": weights["deep.0.weight"].transpose(2, 3, 0, 1),
        "head/kernel": weights["head.weight"].T,
        "head/bias": weights["head.bias"],
    }
    for layer in ("stem", "deep"):
        for name, keras in norms.items():
            arrays[f"{layer}_norm/{keras}"] = weights[f"{layer}.1.{name}"]
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def exported(weights: Weights) -> "onnx.ModelProto":
    """The network as exporters write it: one batch-norm folded, the other as scale and shift."""
    scale = {
        layer: weights[f"{layer}.1.weight"] / np.sqrt(weights[f"{layer}.1.running_var"] + EPSILON)
        for layer in ("stem", "deep")
    }
    shift = {
        layer: weights[f"{layer}.1.bias"] - weights[f"{layer}.1.running_mean"] * scale[layer]
        for layer in scale
    }
    numbers = {
        "k1": weights["stem.0.weight"] * scale["stem"][:, None, None, None],
        "b1": shift["stem"],
        "k2": weights["deep.0.weight"],
        "m2": scale["deep"].reshape(1, 4, 1, 1),
        "a2": shift["deep"].reshape(1, 4, 1, 1),
        "h": weights["head.weight"].T.copy(),
        "hb": weights["head.bias"],
        "cells_kernel": weights["head.weight"][:, :, None, None],
        "half": np.float32(0.5),
    }
    nodes = [
        helper.make_node("Conv", ["photos", "k1", "b1"], ["a"], pads=[1] * 4),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("Conv", ["b", "k2"], ["c"], group=4),
        helper.make_node("Mul", ["c", "m2"], ["d"]),
        helper.make_node("Add", ["a2", "d"], ["e"]),
        helper.make_node("GlobalAveragePool", ["e"], ["f"]),
        helper.make_node("Flatten", ["f"], ["g"]),
        helper.make_node("MatMul", ["g", "h"], ["i"]),
        helper.make_node("Add", ["i", "hb"], ["whole"]),
        helper.make_node("Conv", ["e", "cells_kernel", "hb"], ["cells"]),
        helper.make_node("AveragePool", ["cells"], ["means"], kernel_shape=[3, 3]),
        helper.make_node("GlobalMaxPool", ["means"], ["highest"]),
        helper.make_node("Flatten", ["highest"], ["strongest"]),
        helper.make_node("Mul", ["strongest", "half"], ["part"]),
        helper.make_node("Add", ["whole", "part"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("photos", TensorProto.FLOAT, ["n", 3, 8, 8])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 2])],
        [numpy_helper.from_array(np.asarray(a, np.float32), name) for name, a in numbers.items()],
    )
    opset = [helper.make_opsetid("", 18)]
    return helper.make_model(graph, opset_imports=opset, ir_version=9)


def run(model: "onnx.ModelProto", output: str = "logits") -> np.ndarray:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    answer: np.ndarray = session.run([output], {"photos": PHOTOS})[0]
    return answer


@pytest.mark.parametrize("framework", ["torch", "keras"])
def test_a_model_contains_the_trained_weights_and_computes_the_same(
    framework: str, tmp_path: Path
) -> None:
    weights = trained() if framework == "torch" else in_keras(trained())
    counted = weights | {"stem.1.num_batches_tracked": np.array(7)}
    model = exported(trained())
    before = run(model)
    name_weights(model, counted if framework == "torch" else weights)
    onnx.checker.check_model(model)
    onnx.save(model, tmp_path / "model.onnx")
    np.testing.assert_allclose(run(model), before, atol=1e-5)
    found = read_weights(tmp_path / "model.onnx")
    assert found.keys() == weights.keys()
    for name, array in weights.items():
        np.testing.assert_array_equal(found[name], array)
    assert [node.op_type for node in model.graph.node].count("BatchNormalization") == 2
    used = {name for node in model.graph.node for name in node.input}
    assert {name for name in weights if "head.weight" not in name} <= used  # its layout differs


def test_nothing_is_kept_twice_but_what_has_another_shape() -> None:
    model = exported(trained())
    name_weights(model, trained())
    sizes = {each.name: tuple(each.dims) for each in model.graph.initializer}
    others = {name: size for name, size in sizes.items() if name.startswith("constant_")}
    assert sorted(others.values()) == [(), (2, 4, 1, 1), (4, 2)]


def test_weights_that_cannot_be_found_are_kept_beside_the_graph(tmp_path: Path) -> None:
    model = exported(trained())
    before = run(model)
    others = {"layer.weight": np.ones((5, 3), np.float32)}
    name_weights(model, others)
    onnx.save(model, tmp_path / "model.onnx")
    np.testing.assert_array_equal(run(model), before)
    assert read_weights(tmp_path / "model.onnx").keys() == others.keys()


def test_the_map_of_regions_is_a_second_output() -> None:
    model = exported(trained())
    before = run(model)
    assert expose_regions(model)
    onnx.checker.check_model(model)
    np.testing.assert_array_equal(run(model), before)
    cells = run(model, "regions")
    assert cells.shape == (3, 2, 6, 6)
    means = np.lib.stride_tricks.sliding_window_view(cells, (3, 3), axis=(2, 3)).mean(axis=(4, 5))
    whole = cells.mean(axis=(2, 3))  # the last layer is linear, so the mean of cells is the whole's
    np.testing.assert_allclose(whole + 0.5 * means.max(axis=(2, 3)), before, atol=1e-5)


def test_a_network_that_reads_only_the_whole_photo_has_no_regions() -> None:
    model = exported(trained())
    del model.graph.node[-6:]
    model.graph.node[-1].output[0] = "logits"
    assert not expose_regions(model)
    assert [each.name for each in model.graph.output] == ["logits"]


def written(tmp_path: Path, *tensors: "TensorProto") -> Path:
    model = exported(trained())
    del model.graph.initializer[:]
    model.graph.initializer.extend(tensors)
    onnx.save(model, tmp_path / "w")
    return tmp_path / "w"


@pytest.mark.parametrize(
    "content", [b"", b"not weights", pickle.dumps({"a": 1}), b"\xff" * 100, b"\x3a\xff\xff\xff\x7f"]
)
def test_a_folder_without_a_model_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "w").write_bytes(content)
    with pytest.raises(ValueError):
        read_weights(tmp_path / "w")


def test_numbers_of_other_kinds_and_none_at_all_are_refused(tmp_path: Path) -> None:
    for array in (np.ones(2, np.int64), np.ones(2, np.float64), np.array([b"a"], object)):
        with pytest.raises(ValueError):
            read_weights(written(tmp_path, numpy_helper.from_array(array, "a")))
    with pytest.raises(ValueError):
        read_weights(written(tmp_path, numpy_helper.from_array(np.ones(2), "constant_0")))


def test_weights_that_claim_too_much_or_lie_elsewhere_are_refused(tmp_path: Path) -> None:
    huge = TensorProto(name="a", data_type=TensorProto.FLOAT, dims=[1 << 40], raw_data=b"0000")
    with pytest.raises(ValueError):
        read_weights(written(tmp_path, huge))
    (tmp_path / "secret").write_bytes(b"0000")
    outside = TensorProto(name="a", data_type=TensorProto.FLOAT, dims=[1])
    outside.data_location = TensorProto.EXTERNAL
    outside.external_data.add(key="location", value="secret")
    with pytest.raises(ValueError):
        read_weights(written(tmp_path, outside))
