from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from safetensors.torch import load_file, save_file  # noqa: E402
from test_dataset import noise, store_of  # noqa: E402

from catdog_sorter.errors import TrainingError  # noqa: E402
from catdog_sorter.probabilities import sigmoid  # noqa: E402
from catdog_sorter.training import torch_trainer  # noqa: E402
from catdog_sorter.training.dataset import Sample, Store  # noqa: E402
from catdog_sorter.training.events import EpochEnded, Step  # noqa: E402
from catdog_sorter.training.metrics import log_loss  # noqa: E402
from catdog_sorter.training.recipes import Recipe  # noqa: E402
from conftest import draw  # noqa: E402

RECIPE = Recipe("tiny", image_size=32, input_size=32, epochs=3, batch_size=4, warmup_epochs=0.5)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("photos")
    samples = [
        Sample(noise(folder / f"{n}.png", n), frozenset({"cat"} if n % 2 else {"dog"}))
        for n in range(12)
    ]
    return store_of(samples, folder / "store", side=40)


@pytest.fixture(scope="module")
def learnable(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Cats are red and dogs green."""
    folder = tmp_path_factory.mktemp("colours")
    samples = []
    for number in range(12):
        label = ("cat", "dog")[number % 2]
        draw(folder / f"{number}.png", label, shade=number)
        samples.append(Sample(folder / f"{number}.png", frozenset({label})))
    return store_of(samples, folder / "store", side=40)


def job(store: Store, folder: Path, recipe: Recipe = RECIPE) -> torch_trainer.Job:
    folder.mkdir(exist_ok=True)
    return torch_trainer.Job(recipe, store, range(8), range(8, 12), folder, seed=7)


def run_to_the_end(wanted: torch_trainer.Job, resume: bool = False) -> list[EpochEnded]:
    network = torch_trainer.initial_network(wanted.recipe, None, wanted.seed)
    events = list(torch_trainer.train(wanted, network, resume))
    return [event for event in events if isinstance(event, EpochEnded)]


def assert_same_tensors(one: Path, other: Path) -> None:
    a, b = load_file(one), load_file(other)
    assert a.keys() == b.keys()
    for name, tensor in a.items():
        assert torch.equal(tensor, b[name]), name


def test_a_resumed_run_ends_where_an_unbroken_one_does(store: Store, tmp_path: Path) -> None:
    whole = run_to_the_end(job(store, tmp_path / "whole"))
    broken = job(store, tmp_path / "broken")
    network = torch_trainer.initial_network(RECIPE, None, broken.seed)
    for event in torch_trainer.train(broken, network):
        if isinstance(event, Step) and (event.epoch, event.step) == (1, 2):
            break  # killed in the middle of the second epoch
    rest = run_to_the_end(broken, resume=True)
    assert [event.epoch for event in rest] == [1, 2]
    assert rest == whole[1:]
    for name in (torch_trainer.CHECKPOINT, torch_trainer.BEST):
        assert_same_tensors(tmp_path / "whole" / name, tmp_path / "broken" / name)


def test_another_seed_gives_another_network(store: Store, tmp_path: Path) -> None:
    first = run_to_the_end(job(store, tmp_path / "a"))
    other = run_to_the_end(replace(job(store, tmp_path / "b"), seed=8))
    assert first != other


class MeanColour(torch.nn.Module):
    """A network whose features are the mean of each colour."""

    def __init__(self) -> None:
        super().__init__()
        self.features = torch.nn.Conv2d(3, 3, 1)
        self.classifier = torch.nn.Sequential(torch.nn.Dropout(), torch.nn.Linear(3, 2))

    def forward(self, photos: "torch.Tensor") -> "torch.Tensor":
        return self.classifier(self.features(photos).mean(dim=(2, 3)))


def test_fitting_the_head_lowers_the_loss_and_changes_nothing_else(
    learnable: Store, tmp_path: Path
) -> None:
    torch.manual_seed(1)
    network = MeanColour()
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    torch_trainer.fit_head(job(learnable, tmp_path / "run"), network)
    logits = torch_trainer.photo_logits(network, learnable, range(8), RECIPE.input_size)
    assert log_loss(sigmoid(logits), learnable.targets(range(8), RECIPE.outputs)) < 0.1
    changed = {k for k, v in network.state_dict().items() if not torch.equal(v, before[k])}
    assert changed == {"classifier.1.weight", "classifier.1.bias"}


def test_training_lowers_the_loss_from_a_random_head(
    learnable: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch_trainer, "fit_head", lambda job, network: None)
    recipe = replace(RECIPE, epochs=20, learning_rate=1e-3, dropout=0.0)
    network = torch_trainer.initial_network(recipe, None, 7)
    losses = [
        event.loss
        for event in torch_trainer.train(job(learnable, tmp_path / "run", recipe), network)
        if isinstance(event, Step)
    ]
    assert np.mean(losses[-8:]) < 0.8 * np.mean(losses[:8])


def test_the_best_epoch_is_kept(store: Store, tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=4, learning_rate=0.05, ema_decay=0.0)
    wanted = job(store, tmp_path / "run", recipe)
    network = torch_trainer.initial_network(recipe, None, 7)
    kept: dict[int, bytes] = {}
    losses = []
    for event in torch_trainer.train(wanted, network):
        if isinstance(event, EpochEnded):
            losses.append(event.validation_loss)
            kept[event.epoch] = (wanted.folder / torch_trainer.BEST).read_bytes()
    assert kept[3] == kept[int(np.argmin(losses))]


def test_the_learning_rate_warms_up_and_falls_to_zero() -> None:
    recipe = Recipe("r", epochs=2, learning_rate=1.0, warmup_epochs=0.5)
    rates = [torch_trainer.learning_rate(recipe, step, 10) for step in range(20)]
    assert rates[:5] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert rates[5:] == sorted(rates[5:], reverse=True)
    assert 0 < rates[-1] < 0.02


def test_resuming_without_a_checkpoint_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no checkpoint"):
        run_to_the_end(job(store, tmp_path / "new"), resume=True)


def test_starting_weights_replace_all_but_the_head(tmp_path: Path) -> None:
    source = torch_trainer.initial_network(RECIPE, None, 1)
    torch_trainer.save_network(source, tmp_path / "start.safetensors")
    one_output = replace(RECIPE, outputs=("dog",))
    network = torch_trainer.initial_network(one_output, tmp_path / "start.safetensors", 2)
    assert torch.equal(network.features[5].conv[0][0].weight, source.features[5].conv[0][0].weight)
    assert network.classifier[1].weight.shape == (1, 1280)


@pytest.mark.parametrize("content", [b"", b"nonsense" * 100])
@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_damaged_starting_weights_are_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    start = tmp_path / f"start{suffix}"
    start.write_bytes(content)
    with pytest.raises(TrainingError, match="no usable starting weights"):
        torch_trainer.initial_network(RECIPE, start, 1)


def test_weights_of_another_architecture_are_refused(tmp_path: Path) -> None:
    save_file({"layer.weight": torch.zeros(3)}, tmp_path / "other.safetensors")
    with pytest.raises(TrainingError, match="does not fit this architecture"):
        torch_trainer.initial_network(RECIPE, tmp_path / "other.safetensors", 1)


def test_pickles_are_never_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "evil.npz", **{"Conv1/kernel": np.array([object()], dtype=object)})
    with pytest.raises(TrainingError, match="no usable starting weights"):
        torch_trainer.initial_network(RECIPE, tmp_path / "evil.npz", 1)
