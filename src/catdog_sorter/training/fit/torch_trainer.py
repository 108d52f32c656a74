"""PyTorch's part of training: a network, its averaged copy and its optimiser.

Reads batches of arrays; finds no photos, writes no files, prints nothing.
"""

import copy
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import UsageError
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.networks.architectures import for_training, in_torch_layout
from catdog_sorter.model.networks.torch import (
    add_to_head,
    before_head,
    build_network,
    frozen_modules,
    imagenet_weights,
    part_of,
    set_head,
)
from catdog_sorter.model.preprocessing import Preprocessing, normalise
from catdog_sorter.training.fit.checkpoint import Arrays, below
from catdog_sorter.training.fit.initial_weights import InitialWeights, fitting_weights
from catdog_sorter.training.recipes import Recipe

import torch  # isort: skip  (after networks.torch, which chooses how its threads wait)
from torch import nn  # isort: skip


class TorchLearner:
    """Implements `Learner`. Raises UsageError for a missing `device`."""

    def __init__(
        self, recipe: Recipe, initial: InitialWeights, seed: int, device: str = "cpu"
    ) -> None:
        self._recipe = recipe
        self._device = torch.device(_present(device))
        torch.manual_seed(seed)
        network = build_network(recipe.architecture, len(recipe.outputs))
        for module in network.modules():
            if isinstance(module, nn.Dropout):
                module.p = recipe.optimisation.dropout
        if not initial.is_random:
            weights = _read_weights(initial, network, recipe.architecture)
            network.load_state_dict(_tensors(weights), strict=False)
        self._frozen = list(frozen_modules(network, recipe.architecture, recipe.unfreeze))
        for module in self._frozen:
            module.requires_grad_(False)
        self._network = network.to(self._device).to(memory_format=torch.channels_last)
        self._average = copy.deepcopy(self._network).eval()
        self._feature_map: tuple[torch.Tensor, torch.Tensor, float] | None = None
        self._optimiser = torch.optim.AdamW(
            _parameter_groups(self._network, recipe), lr=recipe.optimisation.learning_rate
        )
        calibration = initial.calibration_for(recipe.outputs)
        self._scale = torch.tensor(calibration.scale, device=self._device)
        self._bias = torch.tensor(calibration.bias, device=self._device)
        self._spec = Preprocessing(recipe.data.image_size)

    def begin_epoch(self, seed: int) -> None:
        torch.manual_seed(seed)
        self._network.train()
        for module in self._frozen:
            module.eval()

    def match_features(self, kernel: Floats32, bias: Floats32, weight: float) -> None:
        self._feature_map = (
            torch.from_numpy(kernel.T.copy()).to(self._device),
            torch.from_numpy(bias).to(self._device),
            weight,
        )

    def step(
        self,
        photos: Pixels,
        targets: Floats32,
        rate: float,
        ema_decay: float,
        teacher_features: Floats32 | None = None,
    ) -> tuple[float, Floats32]:
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group["share_of_rate"]
        wanted = torch.from_numpy(targets).to(self._device)
        logits, pooled = self._with_pooled(self._network, photos)
        calibrated = logits * self._scale + self._bias
        loss = nn.functional.binary_cross_entropy_with_logits(calibrated, wanted)
        total = loss + self._penalty() if self._recipe.optimisation.l2 else loss
        if teacher_features is not None:
            wanted_features = torch.from_numpy(teacher_features).to(self._device)
            total = total + self._feature_error(pooled, wanted_features)
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self._update_average(ema_decay)
        return loss.item(), logits.detach().cpu().numpy()

    def _penalty(self) -> torch.Tensor:
        kernels = [p for p in self._network.parameters() if p.ndim > 1 and p.requires_grad]
        return (
            self._recipe.optimisation.l2
            * torch.stack([kernel.square().sum() for kernel in kernels]).sum()
        )

    def _feature_error(self, pooled: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        assert self._feature_map is not None
        kernel, bias, weight = self._feature_map
        known = ~wanted[:, 0].isnan()
        mapped = nn.functional.linear(pooled[known], kernel, bias)
        squares = (mapped - wanted[known]).square()
        return weight * squares.sum() / max(1, squares.numel())

    def _with_pooled(self, network: nn.Module, photos: Pixels) -> tuple[torch.Tensor, torch.Tensor]:
        """The logits, and the features before dropout."""
        taken: list[torch.Tensor] = []
        entrance = before_head(network, self._recipe.architecture)
        hook = entrance.register_forward_pre_hook(lambda _, inputs: taken.append(inputs[0]))
        logits = network(self._to_tensor(photos))
        hook.remove()
        return logits, taken[0]

    @torch.no_grad()
    def _update_average(self, decay: float) -> None:
        pairs = zip(
            self._average.state_dict().values(), self._network.state_dict().values(), strict=True
        )
        for mean, value in pairs:
            if mean.dtype.is_floating_point:
                mean.lerp_(value, 1.0 - decay)
            else:
                mean.copy_(value)

    @torch.inference_mode()
    def features(self, photos: Pixels) -> Floats32:
        _, pooled = self._with_pooled(self._average, photos)
        result: Floats32 = pooled.cpu().numpy()
        return result

    @torch.inference_mode()
    def logits(self, photos: Pixels) -> Floats32:
        result: Floats32 = self._average(self._to_tensor(photos)).cpu().numpy()
        return result

    @torch.inference_mode()
    def logits_and_features(self, photos: Pixels) -> tuple[Floats32, Floats32]:
        logits, pooled = self._with_pooled(self._average, photos)
        return logits.cpu().numpy(), pooled.cpu().numpy()

    def set_head(self, kernel: Floats32, bias: Floats32) -> None:
        tensors = self._on_device(kernel), self._on_device(bias)
        for network in (self._network, self._average):
            set_head(network, self._recipe.architecture, *tensors)

    def add_to_head(self, kernel: Floats32, bias: Floats32) -> None:
        tensors = self._on_device(kernel), self._on_device(bias)
        for network in (self._network, self._average):
            add_to_head(network, self._recipe.architecture, *tensors)

    def _on_device(self, array: Floats32) -> torch.Tensor:
        return torch.from_numpy(array).to(self._device)

    def weights(self) -> Arrays:
        return _arrays(self._average)

    def set_weights(self, weights: Arrays) -> None:
        self._average.load_state_dict(_tensors(weights))

    def read_weights(self, initial: InitialWeights) -> Arrays:
        return _read_weights(initial, self._average, self._recipe.architecture)

    def state(self) -> Arrays:
        state = {f"network/{name}": array for name, array in _arrays(self._network).items()}
        state |= {f"average/{name}": array for name, array in _arrays(self._average).items()}
        for index, values in self._optimiser.state_dict()["state"].items():
            for name, value in values.items():
                state[f"optimiser/{index}/{name}"] = np.array(value.cpu())
        return state

    def restore(self, state: Arrays) -> None:
        self._network.load_state_dict(_tensors(below(state, "network/")))
        self.set_weights(below(state, "average/"))
        moments: dict[int, dict[str, torch.Tensor]] = {}
        for name, tensor in _tensors(below(state, "optimiser/")).items():
            index, variable = name.split("/")
            moments.setdefault(int(index), {})[variable] = tensor
        self._optimiser.load_state_dict({**self._optimiser.state_dict(), "state": moments})

    def _to_tensor(self, photos: Pixels) -> torch.Tensor:
        """uint8 (N, S, S, 3) -> float32 (N, 3, S, S), channels last in memory."""
        scaled = torch.from_numpy(normalise(photos, self._spec))
        return scaled.to(self._device).permute(0, 3, 1, 2)


def _present(device: str) -> str:
    """Resolve `auto` to the best device. Raises UsageError for one that does not exist."""
    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if device == "auto":
        return next(name for name, is_there in there.items() if is_there)
    if not there[device]:
        raise UsageError(
            f"PyTorch finds no {device} device on this computer. Use --device auto or cpu."
        )
    return device


def _read_weights(initial: InitialWeights, network: nn.Module, architecture: str) -> Arrays:
    own = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    return fitting_weights(initial, architecture, own, _Source())


class _Source:
    """The `WeightSource` of PyTorch."""

    title = "PyTorch"

    @staticmethod
    def in_layout(architecture: str, weights: Mapping[str, Floats32]) -> dict[str, Floats32]:
        return for_training(architecture, in_torch_layout(architecture, weights))

    @staticmethod
    def imagenet(architecture: str) -> Arrays:
        weights = imagenet_weights(architecture)
        return {name: tensor.numpy() for name, tensor in weights.items()}

    @staticmethod
    def may_be_new(name: str, architecture: str) -> bool:
        is_new = part_of(name, architecture) == 0 or name.startswith("hidden.")
        return is_new or name.endswith("num_batches_tracked")


def _parameter_groups(network: nn.Module, recipe: Recipe) -> list[dict[str, object]]:
    """Weight decay for kernels only: it harms biases and batch-norm.

    The head has the full learning rate, each part below it a share of that above.
    """
    trained = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    groups = []
    for part in range(3):
        own = [p for name, p in trained if part_of(name, recipe.architecture) == part]
        share = recipe.optimisation.rate_decay**part
        for is_kernel, decay in ((True, recipe.optimisation.weight_decay), (False, 0.0)):
            parameters = [p for p in own if (p.ndim > 1) is is_kernel]
            if parameters:
                group = {"params": parameters, "weight_decay": decay, "share_of_rate": share}
                groups.append(group)
    return groups


def _arrays(network: nn.Module) -> Arrays:
    return {k: np.array(v.detach().cpu()) for k, v in network.state_dict().items()}


def _tensors(arrays: Mapping[str, npt.NDArray[np.generic]]) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(np.array(array)) for name, array in arrays.items()}
