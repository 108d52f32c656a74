"""The contract of every framework's learner. `test_learners.py` runs this for each framework in
its own process: PyTorch and TensorFlow must not share one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.model.calibration import Calibration, sigmoid
from catdog_sorter.model.networks import inverted_residuals
from catdog_sorter.model.networks.architectures import NAMES, for_inference
from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.events import EpochEnded, Step
from catdog_sorter.training.fit import frameworks, loop
from catdog_sorter.training.fit.checkpoint import Arrays, read_arrays, write_arrays
from catdog_sorter.training.fit.initial_weights import (
    BUNDLED,
    InitialWeights,
    find_initial_weights,
)
from catdog_sorter.training.fit.learner import FitJob, Learner
from catdog_sorter.training.measure.metrics import log_loss
from catdog_sorter.training.recipes import Augmentation, Recipe, Scheduler, Unfreeze, with_settings
from tests.support.colours import draw, write_colour_bundle
from tests.support.pictures import noise
from tests.support.training import store_of

FRAMEWORK = os.environ["CATDOG_TESTED_FRAMEWORK"]
RESIDUAL = inverted_residuals.NAMES


def _last_blocks(architecture: str, name: str) -> list[str]:
    return [name.format(number) for number in inverted_residuals.last_blocks(architecture)]


HEADS = {
    "torch": {
        "mobilenetv2": "classifier.1.",
        "cnn": "logits.",
        "resnet50": "network.fc.",
        "efficientnet_b0": "network.classifier.1.",
        **dict.fromkeys(RESIDUAL, ("cells.", "whole.")),
    },
    "tf": dict.fromkeys(NAMES, "logits/") | dict.fromkeys(RESIDUAL, ("cells/", "whole/")),
}[FRAMEWORK]
LAST = {
    "torch": {
        "mobilenetv2": [f"features.{n}." for n in range(14, 19)],
        "cnn": ["block_3."],
        "resnet50": ["network.layer4."],
        "efficientnet_b0": [f"network.features.{n}." for n in (6, 7, 8)],
        **{name: [*_last_blocks(name, "blocks.{}."), "features.", "hidden."] for name in RESIDUAL},
    },
    "tf": {
        "mobilenetv2": [*(f"block_{n}_" for n in range(13, 17)), "Conv_1"],
        "cnn": ["block_3_"],
        "resnet50": ["conv5_"],
        "efficientnet_b0": ["block6", "block7", "top_"],
        **{name: [*_last_blocks(name, "blocks_{}_"), "features", "hidden/"] for name in RESIDUAL},
    },
}[FRAMEWORK]
CNN = with_settings(
    Recipe("tiny"),
    architecture="cnn",
    image_size=32,
    input_size=32,
    epochs=3,
    batch_size=4,
    warmup_epochs=0.5,
    dropout=0.5,
    l2=1e-4,
    ema_decay=0.9,
    augmentation=Augmentation(compose=0.0),
)


def small(architecture: str) -> Recipe:
    """The CNN's settings for another network, at its smallest size."""
    side = inverted_residuals.MIN_SIDE if architecture in RESIDUAL else 32
    return with_settings(CNN, architecture=architecture, image_size=side, input_size=side)


LAST_BY_PLATEAU = with_settings(
    CNN, unfreeze=Unfreeze.LAST, scheduler=Scheduler.PLATEAU, decay_epochs=1
)
# Its steps change what the gradient says, and nothing else.
PLAIN = with_settings(CNN, dropout=0.0, l2=0.0, weight_decay=0.0, rate_decay=0.5)
BOTH_HEADS = [("cat", "dog"), ("dog",)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("photos")
    samples = [
        Sample(noise(folder / f"{n}.png", n), frozenset({"cat"} if n % 2 else {"dog"}))
        for n in range(12)
    ]
    return store_of(samples, folder / "store", side=40)


@pytest.fixture(scope="module")
def colours(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Cats are red and dogs green."""
    folder = tmp_path_factory.mktemp("colours")
    samples = [
        Sample(draw(folder / f"{n}.png", label, shade=n), frozenset({label}))
        for n, label in enumerate(["cat", "dog"] * 6)
    ]
    return store_of(samples, folder / "store", side=40)


@pytest.fixture
def colour_model(tmp_path: Path) -> ModelBundle:
    bundle = write_colour_bundle(tmp_path)
    return replace(bundle, calibration=Calibration((2.0, 0.5), (-1.0, 3.0)))


def new_learner(recipe: Recipe, init: InitialWeights | None = None, seed: int = 3) -> Learner:
    return frameworks.open_learner(FRAMEWORK, recipe, init or InitialWeights("random"), seed, "cpu")


@cache
def _kept(recipe: Recipe) -> tuple[Learner, Arrays]:
    network = new_learner(recipe)
    return network, network.state()


def learner(recipe: Recipe) -> Learner:
    """A learner in its first state. Tests share one a recipe: tracing takes TensorFlow seconds."""
    network, initial = _kept(recipe)
    network.restore(initial)
    return network


def forgetful_learner(recipe: Recipe) -> Learner:
    """A learner with useless weights, unless it restores a checkpoint."""
    network, initial = _kept(recipe)
    network.restore({name: np.full_like(array, 7) for name, array in initial.items()})
    return network


@contextmanager
def untraced() -> Iterator[None]:
    """Run without a graph: faster for a single step of a large network, with the same result."""
    if FRAMEWORK == "torch":
        yield
        return
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(False)


def photos(recipe: Recipe, count: int = 4) -> np.ndarray:
    size = recipe.data.image_size
    return np.random.default_rng(5).integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def targets(recipe: Recipe, count: int = 4) -> np.ndarray:
    return np.eye(2, len(recipe.outputs), dtype=np.float32)[np.arange(count) % 2]


def epochs(events: Iterator[object]) -> list[EpochEnded]:
    return [replace(e, seconds=0.0) for e in events if isinstance(e, EpochEnded)]


def job(store: Store, folder: Path, recipe: Recipe = CNN) -> FitJob:
    folder.mkdir(exist_ok=True)
    return FitJob(recipe, store, range(8), range(8, 12), folder, seed=7)


@pytest.mark.parametrize("outputs", BOTH_HEADS)
def test_what_is_red_becomes_a_cat_and_what_is_green_a_dog(
    colours: Store, tmp_path: Path, outputs: tuple[str, ...]
) -> None:
    network = learner(with_settings(PLAIN, outputs=outputs))
    recipe = with_settings(PLAIN, outputs=outputs, epochs=12, learning_rate=6e-3, ema_decay=0.5)
    wanted = job(colours, tmp_path / "run", recipe)
    losses = [
        event.loss
        for event in loop.train(wanted, network, fit_head_first=False)
        if isinstance(event, Step)
    ]
    assert np.mean(losses[-4:]) < 0.5 * np.mean(losses[:4])
    shown = loop.over_photos(network.logits, colours, range(12), 32)
    p = sigmoid(shown)
    is_dog = np.arange(12) % 2 == 1
    assert (p[is_dog, -1] > 0.5).all() and (p[~is_dog, -1] < 0.5).all()
    if outputs == ("cat", "dog"):
        assert (p[~is_dog, 0] > 0.5).all() and (p[is_dog, 0] < 0.5).all()


@pytest.mark.parametrize(
    ("recipe", "resuming"),
    [
        (CNN, new_learner),
        (LAST_BY_PLATEAU, forgetful_learner),
        pytest.param(
            with_settings(
                small("mobilenetv2_regions"), unfreeze=Unfreeze.LAST, scheduler=Scheduler.PLATEAU
            ),
            forgetful_learner,
            marks=pytest.mark.slow,
        ),
    ],
    ids=["cnn", "last by plateau", "mobilenetv2_regions"],
)
def test_a_resumed_run_ends_where_an_unbroken_one_does(
    store: Store, tmp_path: Path, recipe: Recipe, resuming: Callable[[Recipe], Learner]
) -> None:
    whole = job(store, tmp_path / "whole", recipe)
    unbroken = epochs(loop.train(whole, learner(recipe), fit_head_first=True))
    broken = job(store, tmp_path / "broken", recipe)
    for event in loop.train(broken, learner(recipe), fit_head_first=True):
        if isinstance(event, Step) and (event.epoch, event.step) == (1, 2):
            break  # killed in the middle of the second epoch
    rest = epochs(loop.train(broken, resuming(recipe), fit_head_first=True, resume=True))
    assert [event.epoch for event in rest] == [1, 2]
    assert rest == unbroken[1:]
    for name in (loop.CHECKPOINT, loop.BEST):
        one, _ = read_arrays(whole.folder / name)
        other, _ = read_arrays(broken.folder / name)
        assert one.keys() == other.keys()
        assert [key for key in one if not np.array_equal(one[key], other[key])] == []


def test_another_seed_gives_another_network() -> None:
    one, same, other = (new_learner(CNN, seed=seed).weights() for seed in (1, 1, 2))
    assert all(np.array_equal(one[key], same[key]) for key in one)
    assert any(not np.array_equal(one[key], other[key]) for key in one)


def test_dropout_follows_from_the_seed_of_the_epoch() -> None:
    network = learner(CNN)
    drawn = []
    for seed in (1, 1, 2):
        network.begin_epoch(seed)
        drawn.append(network.step(photos(CNN), targets(CNN), 0.0, 0.0)[1])
    assert np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[0], drawn[2])


def changed(before: Arrays, after: Arrays) -> set[str]:
    return {key for key in before if not np.array_equal(before[key], after[key])}


@pytest.mark.parametrize(
    ("architecture", "unfreeze"),
    [
        *(("cnn", unfreeze) for unfreeze in Unfreeze),
        ("mobilenetv2", Unfreeze.LAST),
        *(
            pytest.param(architecture, unfreeze, marks=pytest.mark.slow)
            for architecture in NAMES
            for unfreeze in Unfreeze
            if architecture != "cnn" and (architecture, unfreeze) != ("mobilenetv2", Unfreeze.LAST)
        ),
    ],
)
def test_freezing_freezes(architecture: str, unfreeze: Unfreeze) -> None:
    """Only the parts that are not frozen change, weights and batch-norm statistics."""
    recipe = with_settings(small(architecture), unfreeze=unfreeze, l2=0.0)
    network = learner(recipe) if architecture == "mobilenetv2" else new_learner(recipe)
    before = network.weights()
    network.begin_epoch(1)
    with untraced():
        network.step(photos(recipe), targets(recipe), 1e-2, 0.0)
    names = changed(before, network.weights())
    head = HEADS[architecture]
    assert any(name.startswith(head) for name in names)
    heads = (head,) if isinstance(head, str) else head
    parts = heads if unfreeze is Unfreeze.HEAD else (*heads, *LAST[architecture])
    if unfreeze is Unfreeze.ALL:
        first = {"torch": ("stem", "features.0", "network.conv1", "network.features.0")}
        starts = first.get(FRAMEWORK, ("stem", "Conv1", "conv1", "stem_conv"))
        assert any(name.startswith(starts) for name in names)
    else:
        assert {name for name in names if not name.startswith(parts)} == set()
        for part in parts:
            assert any(name.startswith(part) for name in names), part


def test_fitting_the_head_tells_cats_from_dogs_and_changes_nothing_else(
    colours: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = with_settings(CNN, head_l2=1e-9)
    network = learner(CNN)
    before = network.weights()
    events = loop.train(job(colours, tmp_path / "run", recipe), network, fit_head_first=True)
    next(events)  # says that it begins
    monkeypatch.setattr(network, "step", stop_here)
    with pytest.raises(StopHere):
        next(events)
    assert {name for name in changed(before, network.weights()) if "logits" not in name} == set()
    p = sigmoid(loop.over_photos(network.logits, colours, range(8), recipe.data.input_size))
    assert log_loss(p, colours.targets(range(8), recipe.outputs)) < 0.1


class StopHere(Exception):
    """Raised before the first batch is learned."""


def stop_here(*_: object) -> None:
    raise StopHere


@pytest.mark.parametrize(
    "architecture", ["cnn", pytest.param("efficientnet_lite0", marks=pytest.mark.slow)]
)
def test_what_is_added_to_the_head_is_added_to_the_logits(architecture: str) -> None:
    recipe = small(architecture)
    network = learner(recipe)
    before, features = network.logits_and_features(photos(recipe))
    np.testing.assert_allclose(network.logits(photos(recipe)), before, atol=1e-6)
    np.testing.assert_allclose(network.features(photos(recipe)), features, atol=1e-6)
    kernel = np.random.default_rng(1).normal(size=(features.shape[1], 2)).astype(np.float32)
    bias = np.array([1.0, -2.0], dtype=np.float32)
    network.add_to_head(kernel, bias)
    expected = before + features @ kernel + bias
    np.testing.assert_allclose(network.logits(photos(recipe)), expected, atol=1e-4)


def test_parts_below_the_head_learn_at_their_share_of_the_rate() -> None:
    """Adam's first step has the size of the rate, for any gradient."""
    network = learner(PLAIN)
    before = network.weights()
    network.begin_epoch(1)
    network.step(photos(PLAIN), targets(PLAIN), 1e-2, 0.0)
    moved = {k: np.abs(array - before[k]).max() for k, array in network.weights().items()}
    kernels = {
        "torch": ("logits.weight", "block_3.0.0.weight", "block_1.0.0.weight"),
        "tf": ("logits/kernel", "block_3_0/kernel", "block_1_0/kernel"),
    }[FRAMEWORK]
    np.testing.assert_allclose([moved[name] for name in kernels], [1e-2, 5e-3, 2.5e-3], rtol=0.02)


@pytest.mark.parametrize(
    "name", [pytest.param("efficientnet_lite2", marks=[pytest.mark.slow] * (FRAMEWORK == "tf"))]
)
def test_kernels_with_batch_norm_multiplied_in_move_in_proportion_to_their_size(name: str) -> None:
    recipe = with_settings(small(name), unfreeze=Unfreeze.LAST, l2=0.0, weight_decay=0.0)
    initial = find_initial_weights(BUNDLED, name)
    network = new_learner(recipe, initial)
    before = for_inference(name, network.weights())
    in_layout = {"torch": inverted_residuals.folded, "tf": inverted_residuals.keras_from_torch}
    for key, array in in_layout[FRAMEWORK](initial.read()).items():
        np.testing.assert_allclose(before[key], array, rtol=1e-5, atol=1e-7)

    network.begin_epoch(1)
    with untraced():
        network.step(photos(recipe), targets(recipe), 1e-3, 0.0)

    after = for_inference(name, network.weights())
    sizes = []
    for kernel, axes in {
        "torch": {"blocks.20.expand.weight": (1, 2, 3), "blocks.20.project.weight": (1, 2, 3)},
        "tf": {"blocks_20_expand/kernel": (0, 1, 2), "blocks_20_project/kernel": (0, 1, 2)},
    }[FRAMEWORK].items():
        norms = np.sqrt(np.square(before[kernel]).sum(axis=axes))
        moved = np.abs(after[kernel] - before[kernel]).max(axis=axes) / norms
        learned = moved[moved > 1e-5]  # other channels see nothing in noise
        assert len(learned) > 20
        assert np.median(learned) == pytest.approx(1e-3, rel=0.6)
        sizes.append(norms.mean())
    assert max(sizes) > 10 * min(sizes)


def test_the_loss_is_that_of_calibrated_logits(colour_model: ModelBundle) -> None:
    """Training starts from the initial model's probabilities, so its calibration stays valid."""
    recipe = with_settings(PLAIN, unfreeze=Unfreeze.HEAD)  # batch-norm as at inference
    weights = learner(PLAIN).weights()
    write_arrays(path := colour_model.folder / "w.safetensors", weights, {})
    begun = new_learner(recipe, InitialWeights("mine", path, colour_model))
    logits = begun.logits(photos(recipe))
    scale, bias = np.array(colour_model.calibration.scale), np.array(colour_model.calibration.bias)
    expected = log_loss(sigmoid(logits * scale + bias), targets(recipe))
    begun.begin_epoch(1)
    with untraced():
        loss, _ = begun.step(photos(recipe), targets(recipe), 0.0, 0.0)
    assert loss == pytest.approx(expected, rel=1e-3)


def test_features_times_the_head_are_the_logits() -> None:
    network = learner(CNN)
    kernel = np.random.default_rng(1).normal(size=(192, 2)).astype(np.float32)
    bias = np.array([1.0, -2.0], dtype=np.float32)
    network.set_head(kernel, bias)
    expected = network.features(photos(CNN)) @ kernel + bias
    np.testing.assert_allclose(network.logits(photos(CNN)), expected, atol=1e-4)


def test_the_average_follows_at_the_asked_pace() -> None:
    network = learner(PLAIN)
    before = network.weights()
    network.begin_epoch(1)
    network.step(photos(CNN), targets(CNN), 1e-2, 0.75)
    trained = {k.removeprefix("network/"): v for k, v in network.state().items()
               if k.startswith("network/")}  # fmt: skip
    for name, mean in network.weights().items():
        if np.issubdtype(mean.dtype, np.floating):
            expected = 0.75 * before[name] + 0.25 * trained[name]
            np.testing.assert_allclose(mean, expected, rtol=1e-4, atol=1e-6, err_msg=name)


def test_an_l2_penalty_pulls_kernels_towards_zero() -> None:
    sizes = []
    for l2 in (0.0, 10.0):
        network = learner(with_settings(PLAIN, l2=l2))
        network.begin_epoch(1)
        with untraced():
            for _ in range(3):
                network.step(photos(CNN), targets(CNN), 4e-3, 0.0)
        sizes.append(sum(float(np.square(a).sum()) for a in network.weights().values()
                         if a.ndim == 4))  # fmt: skip
    assert sizes[1] < 0.98 * sizes[0]


@pytest.mark.parametrize(
    "architecture", ["cnn", pytest.param("mobilenetv2", marks=pytest.mark.slow)]
)
def test_initial_weights_replace_all_but_the_head(tmp_path: Path, architecture: str) -> None:
    recipe = small(architecture)
    source = learner(recipe).weights()
    write_arrays(tmp_path / "initial.safetensors", source, {})
    initial = InitialWeights("file", tmp_path / "initial.safetensors")
    one_output = with_settings(recipe, outputs=("dog",))
    loaded = new_learner(one_output, initial, seed=2).weights()
    head = HEADS[architecture]
    assert loaded.keys() == source.keys()
    assert {k for k in changed(source, loaded) if not k.startswith(head)} == set()
    assert any(k.startswith(head) and 1 in loaded[k].shape for k in loaded)


def test_initial_weights_of_the_other_framework_fit_mobilenetv2(tmp_path: Path) -> None:
    from catdog_sorter.model.networks.mobilenetv2 import keras_from_torch, torch_from_keras

    recipe = with_settings(small("mobilenetv2"), unfreeze=Unfreeze.LAST, l2=0.0)
    source = learner(recipe)
    own = {k: v for k, v in source.weights().items() if not k.endswith("num_batches_tracked")}
    there = keras_from_torch(own) if FRAMEWORK == "torch" else torch_from_keras(own)
    write_arrays(tmp_path / "initial.safetensors", there, {})
    initial = InitialWeights("file", tmp_path / "initial.safetensors")
    loaded = new_learner(recipe, initial, seed=2)
    with untraced():
        np.testing.assert_allclose(
            loaded.logits(photos(recipe)), source.logits(photos(recipe)), atol=1e-5
        )
    given = source.read_weights(initial)
    assert given.keys() == own.keys()
    for name, array in given.items():
        np.testing.assert_array_equal(array, own[name])


def test_weights_without_a_fitting_last_layer_are_those_before_it(tmp_path: Path) -> None:
    other = learner(with_settings(PLAIN, outputs=("dog",)))
    write_arrays(tmp_path / "initial.safetensors", other.weights(), {})
    wanted = learner(CNN)
    given = wanted.read_weights(InitialWeights("file", tmp_path / "initial.safetensors"))
    head = HEADS["cnn"]
    assert set(given) == {name for name in wanted.weights() if not name.startswith(head)}
    for name, array in given.items():
        np.testing.assert_array_equal(array, other.weights()[name])


@pytest.mark.slow
def test_a_network_of_regions_learns_at_several_sizes() -> None:
    """The network does not depend on the size of the pictures."""
    recipe = with_settings(
        CNN,
        architecture="mobilenetv2_regions",
        image_size=128,
        other_image_sizes=(96,),
        input_size=128,
        l2=0.0,
        dropout=0.0,
    )
    network = new_learner(recipe)
    network.begin_epoch(1)
    for size in (128, 96, 128):
        loss, logits = network.step(
            photos(with_settings(recipe, image_size=size)), targets(recipe), 1e-3, 0.9
        )
        assert np.isfinite(loss) and logits.shape == (4, 2)
    assert network.logits(photos(recipe)).shape == (4, 2)


def test_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    write_arrays(tmp_path / "other.safetensors", {"layer.weight": np.zeros(3, np.float32)}, {})
    with pytest.raises(TrainingError, match="does not fit"):
        new_learner(CNN, InitialWeights("file", tmp_path / "other.safetensors"))


def test_a_device_that_is_not_there_is_named() -> None:
    missing = {"torch": "mps", "tf": "cuda"}[FRAMEWORK]  # neither is on a Linux machine without GPU
    try:
        frameworks.open_learner(FRAMEWORK, CNN, InitialWeights("random"), 1, missing)
    except UsageError as error:
        assert missing in str(error) and "--device" in str(error)
    else:
        pytest.skip(f"this machine has {missing}")


@pytest.mark.parametrize(
    "architecture",
    [
        "cnn",
        *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES if name != "cnn"),
    ],
)
def test_the_exported_model_says_the_same(tmp_path: Path, architecture: str) -> None:
    from catdog_sorter.model.backends.onnx import OrtNetwork

    recipe = small(architecture)
    network = learner(recipe)
    network.begin_epoch(1)
    with untraced():  # statistics that are no identity
        network.step(photos(recipe), targets(recipe), 1e-3, 0.5)
    kept = for_inference(architecture, network.weights())
    exact = frameworks.write_onnx(FRAMEWORK, recipe, kept, tmp_path / "m.onnx")
    batch = np.ascontiguousarray(
        (photos(recipe, 3).astype(np.float32) / 127.5 - 1).transpose(0, 3, 1, 2)
    )
    exported = OrtNetwork(str(tmp_path / "m.onnx")).logits(batch)
    assert exported.shape == (3, 2)
    np.testing.assert_allclose(exported, exact(batch), atol=1e-4)
    np.testing.assert_allclose(exported, network.logits(photos(recipe, 3)), atol=1e-4)
    assert log_loss(sigmoid(exported), targets(recipe, 3)) > 0


WIDTH = 4


def matching() -> tuple[Learner, np.ndarray, np.ndarray]:
    """A learner that matches features, and the kernel and bias of their map."""
    network = learner(PLAIN)
    depth = network.features(photos(PLAIN)).shape[1]
    kernel = np.random.default_rng(6).standard_normal((depth, WIDTH)).astype(np.float32)
    bias = np.ones(WIDTH, np.float32)
    network.match_features(kernel, bias, weight=10.0)
    return network, kernel, bias


def test_features_come_nearer_to_those_of_the_teachers() -> None:
    seen = np.random.default_rng(7).standard_normal((8, WIDTH)).astype(np.float32)
    shown = photos(PLAIN, 8)

    def error_after(teacher_features: np.ndarray | None) -> float:
        network, kernel, bias = matching()
        network.begin_epoch(1)
        for _ in range(40):
            network.step(shown, targets(PLAIN, 8), 6e-3, 0.0, teacher_features)
        made = network.features(shown) @ kernel + bias
        return float(np.mean((made - seen) ** 2))

    assert error_after(seen) < 0.5 * error_after(None)


def test_rows_without_teacher_features_count_for_nothing() -> None:
    network, *_ = matching()
    initial = network.state()

    def weights(teacher_features: np.ndarray | None) -> Arrays:
        network.restore(initial)
        network.begin_epoch(1)
        shown = photos(PLAIN, 8), targets(PLAIN, 8)
        loss, _ = network.step(*shown, 1e-3, 0.0, teacher_features)
        assert np.isfinite(loss)
        return network.weights()

    nothing = np.full((8, WIDTH), np.nan, np.float32)
    partly = nothing.copy()
    partly[1] = 0.5
    other = partly.copy()
    other[1] = -0.5
    alone, same = weights(None), weights(nothing)
    assert all(np.allclose(alone[name], same[name], atol=1e-6) for name in alone)
    one, another = weights(partly), weights(other)
    assert all(np.isfinite(array).all() for array in one.values())
    assert any(not np.allclose(one[name], another[name], atol=1e-6) for name in one)
