import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.model.networks.mobilenetv2 import (
    REGION_WEIGHT,
    keras_from_torch,
    region_side,
    torch_from_keras,
)

torch = pytest.importorskip("torch")


def random_network(outputs: int = 2, architecture: str = "mobilenetv2") -> "torch.nn.Module":
    """A network whose batch-norm statistics are no identity, so that each must be carried over."""
    from catdog_sorter.model.networks.torch import build_network

    torch.manual_seed(3)
    network = build_network(architecture, outputs)
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.uniform_(-0.2, 0.2)
                module.running_var.uniform_(0.5, 1.5)
                module.weight.uniform_(0.8, 1.2)
                module.bias.uniform_(-0.2, 0.2)
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
    """A shift by one pixel at stride 2 would show in the corner."""
    from catdog_sorter.model.networks.torch import build_network

    first = build_network("mobilenetv2", 1).features[0][0]
    with torch.no_grad():
        first.weight.zero_()
        first.weight[:, :, 0, 0] = 1.0
        image = torch.zeros(1, 3, 4, 4)
        image[0, :, 0, 0] = 1.0
        assert first(image)[0, 0].tolist() == [[3.0, 0.0], [0.0, 0.0]]


def test_a_region_is_four_sevenths_of_a_side() -> None:
    sides = {cells: region_side(cells) for cells in (1, 2, 4, 5, 6, 7, 8, 14)}
    assert sides == {1: 1, 2: 1, 4: 2, 5: 3, 6: 3, 7: 4, 8: 5, 14: 8}


def test_the_region_that_says_most_counts_beside_the_whole_photo() -> None:
    """Each output has a region of its own."""
    network = random_network(architecture="mobilenetv2_regions")
    cells = torch.zeros(1, 1280, 7, 7)
    cells[0, 0, :2, :2] = 49.0  # a cat in a corner
    cells[0, 1, 3:, 3:] = 49.0  # and a dog over a region in another
    network.features = torch.nn.Identity()
    with torch.no_grad():
        network.classifier[1].weight.zero_()
        network.classifier[1].weight[0, 0] = 1.0
        network.classifier[1].weight[1, 1] = 1.0
        network.classifier[1].bias.copy_(torch.tensor([-1.0, -2.0]))
        logits = network(cells)[0].tolist()
    wholes, regions = (4.0, 16.0), (49.0 * 4 / 16, 49.0)
    expected = [
        whole + REGION_WEIGHT * (region - whole) + bias
        for whole, region, bias in zip(wholes, regions, (-1.0, -2.0), strict=True)
    ]
    assert logits == pytest.approx(expected)


def test_cat_against_dog_alone_is_read_from_the_whole_photo() -> None:
    """The highest region of one output would speak for the dog, never for the cat."""
    plain = random_network(outputs=1)
    regions = random_network(outputs=1, architecture="mobilenetv2_regions")
    photos = torch.rand(2, 3, 96, 96)
    with torch.no_grad():
        assert torch.equal(plain(photos), regions(photos))


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


@pytest.mark.parametrize("architecture", ["mobilenetv2", "mobilenetv2_regions"])
def test_both_frameworks_compute_the_same(tmp_path: Path, architecture: str) -> None:
    """TensorFlow runs in a process of its own: both in one can crash."""
    network = random_network(architecture=architecture)
    np.savez(tmp_path / "keras.npz", **keras_from_torch(arrays_of(network)))
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
