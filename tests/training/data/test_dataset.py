from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.training.data import dataset
from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.data.samples import Sample, find_samples
from catdog_sorter.training.recipes import Augmentation, Recipe, with_settings
from tests.support.pictures import noise
from tests.support.training import store_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for number in range(20):
        noise(tmp_path / "Cats" / f"{number}.png", number)
        noise(tmp_path / "dog" / f"{number}.jpg", 100 + number)
    for number in range(10):
        noise(tmp_path / "OTHER" / "deep" / f"{number}.png", 200 + number)
    noise(tmp_path / "both" / "1.png", 300)
    noise(tmp_path / "unrelated" / "1.png", 400)
    return tmp_path


def test_the_store_gives_back_every_photo_shrunken(data: Path, tmp_path: Path) -> None:
    samples = find_samples(data)
    store = store_of(samples, tmp_path / "store", side=32)
    assert store.samples == tuple(samples)
    image = store.image(3)
    assert image.shape == (32, 48, 3)
    with Image.open(samples[3].path) as original:
        expected = np.asarray(original.convert("RGB").resize((48, 32), Image.Resampling.BILINEAR))
    assert np.abs(image.astype(int) - expected).max() <= 1


def test_small_photos_are_not_enlarged(tmp_path: Path) -> None:
    sample = Sample(noise(tmp_path / "a.png", 1, (20, 10)), frozenset())
    assert store_of([sample], tmp_path / "store", side=32).image(0).shape == (10, 20, 3)


def test_unreadable_photos_are_named_and_left_out(data: Path, tmp_path: Path) -> None:
    bad = data / "Cats" / "bad.png"
    bad.write_text("no picture")
    samples = find_samples(data)
    store = store_of(samples, tmp_path / "store")
    assert [item.path for item in store.unreadable] == [bad]
    assert bad not in [sample.path for sample in store.samples]
    assert len(store.samples) == len(samples) - 1


def test_copies_of_a_photo_stay_on_one_side(data: Path, tmp_path: Path) -> None:
    for number in range(20):
        with Image.open(data / "Cats" / f"{number}.png") as picture:
            picture.convert("RGB").resize((50, 33)).save(
                data / "Cats" / f"copy{number}.jpg", quality=80
            )
    store = store_of(find_samples(data), tmp_path / "store")
    training, validation = dataset.split(store, 0.3, seed=3)
    assert sorted(training + validation) == list(range(len(store.samples)))
    held_out = {store.samples[index].path.name for index in validation}
    cats = {n for n in held_out if n.endswith(".png") and (data / "Cats" / n).exists()}
    for name in {n for n in cats if store_path(store, validation, data / "Cats" / n)}:
        assert f"copy{Path(name).stem}.jpg" in held_out


def store_path(store: Store, indices: list[int], path: Path) -> bool:
    return any(store.samples[index].path == path for index in indices)


def test_the_split_follows_the_seed_and_holds_every_kind(data: Path, tmp_path: Path) -> None:
    store = store_of(find_samples(data), tmp_path / "store")
    first = dataset.split(store, 0.2, seed=1)
    assert first == dataset.split(store, 0.2, seed=1)
    assert first != dataset.split(store, 0.2, seed=2)
    kinds = {store.samples[index].animals for index in first[1]}
    assert {frozenset({"cat"}), frozenset({"dog"}), frozenset()} <= kinds


def test_photos_that_look_alike_form_one_group_through_a_third() -> None:
    hashes = np.array([0b0, 0b1111, 0b11111111, 2**40 - 1], dtype=np.uint64)
    assert dataset.same_photo_groups(hashes).tolist() == [0, 0, 0, 3]


def test_a_second_test_may_reject_photos_with_close_hashes() -> None:
    hashes = np.array([0, 0b1, 0b11, 0b111], dtype=np.uint64)
    asked: list[tuple[int, list[int]]] = []

    def alike(index: int, others: np.ndarray) -> np.ndarray:
        asked.append((index, others.tolist()))
        return others % 2 == index % 2

    assert dataset.same_photo_groups(hashes, alike).tolist() == [0, 1, 0, 1]
    assert asked == [(1, [0]), (2, [0, 1]), (3, [0, 1, 2])]


def test_batches_repeat_with_the_seed_and_change_with_the_epoch(data: Path, tmp_path: Path) -> None:
    store = store_of(find_samples(data), tmp_path / "store")
    recipe = with_settings(Recipe("test"), image_size=32, input_size=32, batch_size=8)
    indices = range(len(store.samples))

    def epoch(number: int, seed: int = 1):
        batches = list(dataset.training_batches(store, indices, recipe, seed, number))
        images, targets, composed = zip(*batches, strict=True)
        assert all(c.dtype == np.bool_ and len(c) == 8 for c in composed)
        return np.concatenate(images), np.concatenate(targets)

    images, targets = epoch(0)
    assert images.shape == (48, 32, 32, 3)
    assert images.dtype == np.uint8
    assert targets.shape == (48, 2)
    assert targets.dtype == np.float32
    np.testing.assert_array_equal(images, epoch(0)[0])
    np.testing.assert_array_equal(targets, epoch(0)[1])
    assert not np.array_equal(images, epoch(1)[0])
    assert not np.array_equal(images, epoch(0, seed=2)[0])
    recipe = with_settings(recipe, skip_epochs=3)
    later = epoch(0)[0]
    recipe = with_settings(recipe, skip_epochs=0)
    np.testing.assert_array_equal(later, epoch(3)[0])


def test_without_augmentation_every_photo_comes_once_with_its_label(
    data: Path, tmp_path: Path
) -> None:
    store = store_of(find_samples(data), tmp_path / "store")
    plain = Augmentation(
        whole_photo=1,
        flip=0,
        rotate=0,
        brightness=0,
        contrast=0,
        saturation=0,
        grey=0,
        shrink=0,
        jpeg=0,
        compose=0,
    )
    recipe = with_settings(Recipe("test"), image_size=32, batch_size=17, augmentation=plain)
    indices = range(len(store.samples))
    seen = []
    for images, targets, composed in dataset.training_batches(store, indices, recipe, 1, 0):
        assert not composed.any()
        seen += [(image.tobytes(), tuple(row)) for image, row in zip(images, targets, strict=True)]
    from catdog_sorter.decoding.pixels import resize

    wanted = {
        (resize(store.image(i), 32).tobytes(), tuple(store.targets([i], ("cat", "dog"))[0]))
        for i in indices
    }
    assert len(seen) == len(set(seen)) == 51
    assert set(seen) == wanted


def test_a_composed_photo_holds_both_animals(data: Path, tmp_path: Path) -> None:
    store = store_of(find_samples(data), tmp_path / "store")
    recipe = with_settings(
        Recipe("test"), image_size=32, batch_size=25, augmentation=Augmentation(compose=1)
    )
    cats_and_dogs = range(1, 41)
    batches = list(dataset.training_batches(store, cats_and_dogs, recipe, 1, 0))
    assert all(batch.composed.all() for batch in batches)
    targets = np.concatenate([batch.targets for batch in batches])
    assert 0.2 < np.mean(targets.sum(axis=1) == 2) < 0.8


def test_photos_only_learned_from_change_no_other_photos_side(data: Path, tmp_path: Path) -> None:
    samples = find_samples(data)
    plain = store_of(samples, tmp_path / "plain")
    _, judged = dataset.split(plain, 0.25, seed=3)
    other = Sample(noise(tmp_path / "more" / "1.png", 900), frozenset())
    copied = plain.samples[judged[0]].path
    copy = Sample(tmp_path / "more" / "copy.png", frozenset())
    Image.open(copied).save(copy.path)
    store = store_of([other, *samples, copy], tmp_path / "store")
    training, validation = dataset.split(store, 0.25, seed=3, only_learned={other, copy})
    assert [store.samples[i] for i in validation] == [plain.samples[i] for i in judged]
    learned = [store.samples[i] for i in training]
    assert other in learned
    assert copy not in learned  # it would give the answer away
    assert len(training) + len(validation) == len(store.samples) - 1


def test_insets_lie_in_photos_of_neither(tmp_path: Path) -> None:
    """Cats are red, scenes are black: an inset cat is surrounded by black and keeps its label."""
    samples = []
    for number, (colour, animals) in enumerate([((255, 0, 0), {"cat"}), ((0, 0, 0), set())] * 4):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (40, 40), colour).save(path)
        samples.append(Sample(path, frozenset(animals)))
    store = store_of(samples, tmp_path / "store")
    plain = Augmentation(
        compose=0, brightness=0, contrast=0, saturation=0, grey=0, shrink=0, jpeg=0, rotate=0,
        inset=1,
    )  # fmt: skip
    recipe = with_settings(Recipe("inset"), image_size=32, batch_size=8, augmentation=plain)
    ((images, targets, composed),) = dataset.training_batches(store, range(8), recipe, 1, 0)
    assert composed.all()
    red = images[..., 0].mean(axis=(1, 2)) / 255
    is_cat = targets[:, 0] == 1
    assert is_cat.sum() == 4
    assert ((red[is_cat] > 0.03) & (red[is_cat] < 0.55)).all()
    assert (red[~is_cat] == 0).all()
