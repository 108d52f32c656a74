import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.model.arrays import Weights
from catdog_sorter.model.networks.architectures import (
    in_keras_layout,
    in_torch_layout,
)
from catdog_sorter.model.networks.mobilenetv2 import (
    WITH_REGIONS,
    keras_from_torch,
    torch_from_keras,
)

torch = pytest.importorskip("torch", reason="needs the extra `torch`")

from catdog_sorter.model.networks.inverted_residuals_torch import NormedConvolution  # noqa: E402
from catdog_sorter.model.networks.torch import build_network  # noqa: E402

Layout = Callable[[str, Weights], Weights]


def random_network(architecture: str = "mobilenetv2") -> "torch.nn.Module":
    """A network with random batch-norm statistics, so that each must be converted."""
    torch.manual_seed(3)
    network = build_network(architecture, 2)
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.uniform_(-0.2, 0.2)
                module.running_var.uniform_(0.5, 1.5)
                module.weight.uniform_(0.8, 1.2)
                module.bias.uniform_(-0.2, 0.2)
            elif isinstance(module, NormedConvolution):
                module.mean.uniform_(-0.2, 0.2)
                module.variance.uniform_(0.5, 1.5)
                module.gamma.uniform_(0.8, 1.2)
                module.beta.uniform_(-0.2, 0.2)
    return network.eval()


def arrays_of(network: "torch.nn.Module") -> dict[str, np.ndarray]:
    return {
        name: tensor.numpy()
        for name, tensor in network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }


def test_the_way_to_keras_and_back_loses_nothing() -> None:
    arrays = arrays_of(random_network())
    back = torch_from_keras(keras_from_torch(arrays))
    assert back.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array)


def test_a_backbone_without_head_is_carried_over_too() -> None:
    keras = keras_from_torch(arrays_of(random_network()))
    backbone = {name: array for name, array in keras.items() if not name.startswith("logits")}
    assert not any(name.startswith("classifier") for name in torch_from_keras(backbone))


def test_a_missing_layer_is_an_error() -> None:
    keras = keras_from_torch(arrays_of(random_network()))
    del keras["block_5_expand/kernel"]
    with pytest.raises(KeyError, match="block_5_expand"):
        torch_from_keras(keras)


def test_odd_sizes_are_padded_below_and_right_only() -> None:
    """The corner shows a shift by one pixel at stride 2."""
    first = build_network("mobilenetv2", 1).features[0][0]
    with torch.no_grad():
        first.weight.zero_()
        first.weight[:, :, 0, 0] = 1.0
        image = torch.zeros(1, 3, 4, 4)
        image[0, :, 0, 0] = 1.0
        assert first(image)[0, 0].tolist() == [[3.0, 0.0], [0.0, 0.0]]


def test_the_network_with_regions_sees_the_same() -> None:
    """All weights of a plain network are converted, from either layout."""
    plain = random_network()
    regions = build_network(WITH_REGIONS, 2).eval()
    for weights in (arrays_of(plain), keras_from_torch(arrays_of(plain))):
        carried = in_torch_layout(WITH_REGIONS, weights)
        lacking, unknown = regions.load_state_dict(
            {name: torch.from_numpy(array) for name, array in carried.items()}, strict=False
        )
        assert not unknown
        assert {name.partition(".")[0] for name in lacking} == {"hidden", "cells", "whole"}
        photos = torch.rand(2, 3, 96, 96) * 2 - 1
        with torch.inference_mode():
            expected = plain.features(photos)
            torch.testing.assert_close(regions.seen(photos), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("layout", [in_torch_layout, in_keras_layout])
def test_a_plain_network_begins_with_what_one_with_regions_sees(layout: Layout) -> None:
    arrays = arrays_of(random_network())
    regions = in_torch_layout(WITH_REGIONS, arrays)
    expected = layout("mobilenetv2", arrays)
    found = layout("mobilenetv2", regions)
    assert expected.keys() - found.keys() <= {
        *("classifier.1.weight", "classifier.1.bias", "logits/kernel", "logits/bias"),
    }
    for name, array in found.items():
        np.testing.assert_array_equal(array, expected[name])


@pytest.mark.parametrize("outputs", [1, 2])
def test_the_region_that_says_most_counts_where_there_are_two_outputs(outputs: int) -> None:
    """With one output, the highest region would favour the dog."""
    network = build_network(WITH_REGIONS, outputs).eval()
    photos = torch.rand(1, 3, 96, 96)
    with torch.inference_mode():
        before = network(photos)
        network.cells.bias.add_(1.0)
        after = network(photos)
    torch.testing.assert_close(after - before, torch.full_like(before, (0.0, 0.5)[outputs - 1]))


_IN_KERAS = """
import sys
import numpy as np
from catdog_sorter.model.networks.tf import build_network, set_weights
folder, architecture = sys.argv[1:]
network = build_network(architecture, 2, 128)
set_weights(network, dict(np.load(f"{folder}/keras.npz")))
photos = np.load(f"{folder}/photos.npy")
np.save(f"{folder}/logits.npy", network.predict_on_batch(photos))
"""


@pytest.mark.parametrize("architecture", ["mobilenetv2", WITH_REGIONS, "efficientnet_lite0"])
def test_both_frameworks_compute_the_same(tmp_path: Path, architecture: str) -> None:
    """TensorFlow runs in its own process: both in one can crash."""
    network = random_network(architecture=architecture)
    np.savez(tmp_path / "keras.npz", **in_keras_layout(architecture, arrays_of(network)))
    photos = np.random.default_rng(0).uniform(-1, 1, (3, 128, 128, 3)).astype(np.float32)
    np.save(tmp_path / "photos.npy", photos)
    answer = subprocess.run(
        [sys.executable, "-c", _IN_KERAS, str(tmp_path), architecture],
        capture_output=True,
        text=True,
        check=False,
    )
    if "No module named 'keras'" in answer.stderr:
        pytest.skip("TensorFlow is not installed")
    assert answer.returncode == 0, answer.stderr
    with torch.inference_mode():
        ours = network(torch.from_numpy(photos).permute(0, 3, 1, 2)).numpy()
    theirs = np.load(tmp_path / "logits.npy")
    assert np.abs(ours).max() > 1e-3
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
