"""Networks of inverted residuals: table, gradient, and batch-norm folded into the weights."""

import numpy as np
import pytest

from catdog_sorter.model.networks import inverted_residuals

torch = pytest.importorskip("torch", reason="needs the extra `torch`")

from torch.nn import functional as F  # noqa: E402, N812

from catdog_sorter.model.networks.inverted_residuals_torch import (  # noqa: E402
    InvertedResiduals,
    NormedConvolution,
)


@pytest.mark.parametrize(
    ("architecture", "blocks", "last"),
    [
        ("mobilenetv2_regions", 17, 320),
        ("efficientnet_lite0", 16, 320),
        ("efficientnet_lite1", 21, 320),
        ("efficientnet_lite2", 21, 352),
    ],
)
def test_the_table_has_the_released_networks_blocks(
    architecture: str, blocks: int, last: int
) -> None:
    table = inverted_residuals.blocks(architecture)

    assert len(table) == blocks
    assert table[-1].outputs == last


def test_every_convolution_is_named() -> None:
    network = InvertedResiduals("efficientnet_lite0", 2)
    names = [n for n, m in network.named_modules() if isinstance(m, NormedConvolution)]

    assert names == list(inverted_residuals.convolutions("efficientnet_lite0"))


@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("side", [12, 13])
def test_the_gradient_of_fixed_depthwise_kernels_is_pytorchs(
    kernel: int, stride: int, side: int
) -> None:
    torch.manual_seed(0)
    convolution = NormedConvolution(4, 4, kernel, stride, groups=4)
    photos = torch.randn(2, 4, side, side, requires_grad=True)
    expected = convolution.eval()(photos)
    upstream = torch.randn_like(expected)
    (wanted,) = torch.autograd.grad(expected, photos, upstream)

    found = convolution.train()(photos)
    (given,) = torch.autograd.grad(found, photos, upstream)

    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(given, wanted, rtol=1e-4, atol=1e-5)


def test_folding_changes_no_logit() -> None:
    torch.manual_seed(0)
    network = InvertedResiduals("efficientnet_lite0", 2).eval()
    for module in network.modules():
        if isinstance(module, NormedConvolution):
            module.mean.uniform_(-0.1, 0.1)
            module.variance.uniform_(0.5, 2.0)
    photos = torch.rand(1, 3, 64, 64) * 2 - 1
    with torch.inference_mode():
        expected = network(photos)

    network.fold()

    with torch.inference_mode():
        torch.testing.assert_close(network(photos), expected, rtol=1e-4, atol=1e-5)


def test_training_begins_with_kernels_of_one_size_and_the_same_logits() -> None:
    torch.manual_seed(0)
    network = InvertedResiduals("efficientnet_lite0", 2).eval()
    for module in network.modules():
        if isinstance(module, NormedConvolution):
            module.variance.uniform_(0.5, 2.0)
            module.weight.data *= torch.logspace(-1, 1, len(module.weight))[:, None, None, None]
    photos = torch.rand(1, 3, 64, 64) * 2 - 1
    with torch.inference_mode():
        expected = network(photos)
    arrays = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    given = inverted_residuals.folded(arrays)

    made = inverted_residuals.for_training(given)

    norms = made["blocks.0.depthwise.weight"].reshape(32, -1)
    np.testing.assert_allclose(np.square(norms).sum(axis=1), 1, rtol=1e-5)
    assert all(array.min() > 0 for name, array in made.items() if name.endswith("variance"))
    for name, array in inverted_residuals.folded(made).items():
        np.testing.assert_allclose(array, given[name], rtol=1e-5, atol=1e-7)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in made.items()})
    with torch.inference_mode():
        torch.testing.assert_close(network(photos), expected, rtol=1e-4, atol=1e-5)


def test_the_map_has_a_cell_for_every_32_pixels() -> None:
    network = InvertedResiduals("efficientnet_lite0", 2).eval()
    with torch.inference_mode():
        logits, cells = network.read(network.seen(torch.zeros(1, 3, 96, 96)))

    assert logits.shape == (1, 2)
    assert cells.shape == (1, 2, 3, 3)


def test_padding_is_tensorflows() -> None:
    convolution = NormedConvolution(1, 1, 3, 2).eval()
    photos = torch.rand(1, 1, 8, 8)
    with torch.inference_mode():
        found = convolution(photos)
        scale = 1 / (1 + inverted_residuals.EPSILON) ** 0.5
        expected = F.conv2d(F.pad(photos, (0, 1, 0, 1)), convolution.weight, stride=2) * scale

    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
