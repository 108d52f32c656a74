import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from catdog_sorter.classification.pipeline import classify, open_cache, region_probabilities
from catdog_sorter.decoding.image import read_photo
from catdog_sorter.decoding.pool import DecodedPhoto, DecoderPool
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable
from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.parallel import cores
from catdog_sorter.photos.find import Photo, find_photos
from catdog_sorter.previews import PreviewLook, PreviewPolicy, Previews
from tests.support.colours import COLOURS, draw

EXAMPLES = Path(__file__).parents[2] / "examples" / "photos"


class Counting:
    """A backend that records the sizes of its batches."""

    name = "counting"
    batch_size = 4
    takes_any_size = True

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def quick_logits(self, batch: object) -> None:
        return None

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        assert batch.dtype == np.float32
        assert batch.shape[1:] == (3, 8, 8)
        self.sizes.append(len(batch))
        return batch.mean(axis=(2, 3))[:, :2] * 10


class Rough(Counting):
    """Has a quick pass whose logits are too high."""

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> Any:
        return batch.mean(axis=(2, 3))[:, :2] * 10 + np.float32(0.5)


def test_probabilities_are_exact_near_the_thresholds_in_use(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "a.png", "dog")
    found = list(find_photos([tmp_path]))

    def p_dog(backend: Counting, thresholds: Thresholds | None) -> float:
        (result,) = classify(found, colour_bundle, backend, thresholds)
        assert isinstance(result, Prediction)
        return result.p_dog

    exact = p_dog(Counting(), None)
    assert p_dog(Rough(), None) > exact  # far from the bundle's own
    assert p_dog(Rough(), Thresholds.symmetric(exact)) == exact


def labels(results: Sequence[Prediction | Unreadable]) -> dict[str, str]:
    return {
        r.path.name: r.label.value if isinstance(r, Prediction) else "unreadable" for r in results
    }


def test_each_photo_gets_its_own_label(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    for label in ("cat", "dog", "both", "neither", "unsure"):
        draw(tmp_path / f"{label}.png", label)
    results = list(
        classify(find_photos([tmp_path]), colour_bundle, open_backend(colour_bundle, "onnx"))
    )
    assert labels(results) == {
        "both.png": "both",
        "cat.png": "cat",
        "dog.png": "dog",
        "neither.png": "neither",
        "unsure.png": "unsure",
    }
    assert {r.model for r in results if isinstance(r, Prediction)} == {colour_bundle.id}


def test_an_unreadable_photo_shifts_no_result(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    expected = {}
    for number in range(60):
        name = f"{number:02}.png"
        if number % 7 == 3:
            (tmp_path / name).write_text("no picture")
            expected[name] = "unreadable"
        else:
            expected[name] = ("cat", "dog")[number % 2]
            draw(tmp_path / name, expected[name])
    results = list(classify(find_photos([tmp_path]), colour_bundle, Counting()))
    assert labels(results) == expected
    assert [r.path.name for r in results] == sorted(expected)


def test_where_a_photo_cannot_be_read_the_next_picture_of_its_shot_is_classified(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    (tmp_path / "IMG_1.png").touch()
    draw(tmp_path / "IMG_E1.png", "dog")
    backend = open_backend(colour_bundle, "onnx")
    with open_cache(colour_bundle, backend, lambda problem: None) as cache:
        once = list(classify(find_photos([tmp_path]), colour_bundle, backend, cache=cache))
        assert labels(once) == {"IMG_1.png": "dog"}
        # Other empty files must not get its answer.
        draw(tmp_path / "IMG_E1.png", "cat")
        (tmp_path / "IMG_2.png").touch()
        again = list(classify(find_photos([tmp_path]), colour_bundle, backend, cache=cache))
        assert labels(again) == {"IMG_1.png": "cat", "IMG_2.png": "unreadable"}


def test_the_first_result_comes_before_the_last_photo_is_read(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    for number in range(200):
        draw(tmp_path / f"{number:03}.png", "cat")
    taken = []

    def watched():
        for photo in find_photos([tmp_path]):
            taken.append(photo)
            yield photo

    backend = Counting()
    results = classify(watched(), colour_bundle, backend)
    next(results)
    assert len(taken) < 200
    assert 1 in backend.sizes
    assert len(list(results)) == 199
    assert max(backend.sizes) == 4


def test_with_mirror_the_mean_of_both_sides_counts(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    """The left half is red; a network that sees only the left half is sure without a mirror."""
    photo = Image.new("RGB", (16, 16), "black")
    photo.paste("red", (0, 0, 8, 16))
    photo.save(tmp_path / "a.png")

    class LeftHalf:
        name = "left half"
        batch_size = 1

        def quick_logits(self, batch: object) -> None:
            return None

        def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
            return batch[..., :4].mean(axis=(2, 3))[:, :2] * 10

    def p_cat(bundle: ModelBundle) -> float:
        (result,) = classify(find_photos([tmp_path]), bundle, LeftHalf())
        assert isinstance(result, Prediction)
        return result.p_cat

    mirrored = replace(colour_bundle, test_time_augmentation=tta.TestTimeAugmentation(mirror=True))
    assert p_cat(colour_bundle) > 0.99
    assert p_cat(mirrored) == pytest.approx(0.5, abs=0.05)


def test_parts_of_a_uncertain_photo_count_too(uncertain: tuple[Path, ModelBundle]) -> None:
    path, bundle = uncertain
    (result,) = classify(find_photos([path.parent]), bundle, open_backend(bundle))
    assert isinstance(result, Prediction)
    first = 10 * (0.25 * 1 + 0.75 * (128 / 127.5 - 1))
    expected = (first + 10) / 2  # the reddest part is all red
    assert np.log(result.p_cat / (1 - result.p_cat)) == pytest.approx(expected, abs=0.1)


def test_a_photo_that_disappears_between_two_views_is_unreadable(
    uncertain: tuple[Path, ModelBundle],
) -> None:
    path, bundle = uncertain
    draw(path.with_name("b.png"), "cat")
    with Image.open(path) as image:  # a JPEG is decoded once more, and larger
        image.save(path, "JPEG", quality=100, subsampling=0)

    class Fleeting(DecoderPool):
        def read(self, path: Path, min_side: int) -> npt.NDArray[np.uint8]:
            path.unlink()
            return super().read(path, min_side)

    found = list(find_photos([path.parent]))
    gone, there = classify(found, bundle, open_backend(bundle), decoders=Fleeting())
    assert isinstance(gone, Unreadable)
    assert "removed" in gone.reason
    assert isinstance(there, Prediction)


class Previewing(DecoderPool):
    """Every photo has a preview of one colour, by the photo's name; None has no preview."""

    def __init__(self, colours: dict[str, tuple[int, int, int]], side: int = 160) -> None:
        super().__init__()
        self.decoded: list[str] = []
        self._colours, self._side = colours, side

    def preview(self, path: Path, size: int, wanted: Previews) -> DecodedPhoto | None:
        assert wanted is not Previews.NEVER
        colour = self._colours.get(path.stem)
        if colour is None:
            return None
        return DecodedPhoto(np.full((self._side, 120, 3), colour, np.uint8), 4 / 3)

    def decode(self, path: Path, *how: Any, **more: Any) -> DecodedPhoto:
        self.decoded.append(path.stem)
        return super().decode(path, *how, **more)


BLUE, RED = (0, 0, 255), (255, 0, 0)
# The model is 0.5 % and 5 % sure of a cat in these.
DARK, LESS_DARK = (60, 0, 0), (90, 0, 0)


@pytest.fixture
def preview_bundle(colour_bundle: ModelBundle) -> ModelBundle:
    look = PreviewLook(8, {"160": 0.01, "320": 0.06})
    return replace(colour_bundle, previews=PreviewPolicy((look,)))


def dogs(folder: Path, names: str) -> list[Photo]:
    return [Photo(draw(folder / f"{name}.png", "dog"), folder) for name in names]


def test_a_preview_that_surely_shows_neither_answers_for_its_photo(
    tmp_path: Path, preview_bundle: ModelBundle
) -> None:
    found, backend = dogs(tmp_path, "abcd"), open_backend(preview_bundle)

    def run(previews: Previews, show: Callable[..., None] | None = None) -> tuple[str, str, str]:
        decoders = Previewing({"a": BLUE, "b": RED, "c": LESS_DARK})
        seen = list(
            classify(
                found, preview_bundle, backend, decoders=decoders, show=show, previews=previews
            )
        )
        flagged = [r.path.stem for r in seen if isinstance(r, Prediction) and r.from_preview]
        return (
            " ".join(labels(seen).values()),
            "".join(flagged),
            "".join(sorted(decoders.decoded)),
        )

    decoded = "dog dog dog dog", "", "abcd"
    assert run(Previews.AUTO) == ("neither dog dog dog", "a", "bcd")
    assert run(Previews.ALWAYS) == ("neither dog dog dog", "a", "bcd")
    assert run(Previews.NEVER) == decoded
    # What is shown is decoded, and then may as well be judged by.
    assert run(Previews.AUTO, lambda *_: None) == decoded


def test_a_model_or_engine_that_is_not_made_for_previews_uses_none(
    tmp_path: Path, preview_bundle: ModelBundle, colour_bundle: ModelBundle
) -> None:
    class FixedSize(Counting):
        takes_any_size = False

    found = dogs(tmp_path, "a")
    larger = replace(
        preview_bundle, previews=PreviewPolicy((PreviewLook(16, {"160": 0.01, "320": 0.06}),))
    )
    for bundle, backend in (
        (larger, FixedSize()),
        (larger, open_backend(larger)),
        (colour_bundle, open_backend(colour_bundle)),
    ):
        decoders = Previewing({"a": BLUE})
        seen = classify(found, bundle, backend, decoders=decoders, previews=Previews.ALWAYS)
        assert labels(list(seen)) == {"a.png": "dog"}


@pytest.mark.parametrize(("side", "enough"), [(319, "a"), (320, "ab")])
def test_a_larger_preview_may_leave_a_little_more_doubt(
    side: int, enough: str, tmp_path: Path, preview_bundle: ModelBundle
) -> None:
    decoders = Previewing({"a": DARK, "b": LESS_DARK}, side)
    seen = classify(
        dogs(tmp_path, "ab"),
        preview_bundle,
        open_backend(preview_bundle),
        decoders=decoders,
        previews=Previews.AUTO,
    )
    assert "".join(r.path.stem for r in seen if r.label == "neither") == enough  # type: ignore[union-attr]


def test_a_preview_in_doubt_is_looked_at_again_at_another_size(
    tmp_path: Path, preview_bundle: ModelBundle
) -> None:
    first, second = PreviewLook(8, {"160": 0.001}), PreviewLook(16, {"160": 0.01})
    bundle = replace(preview_bundle, previews=PreviewPolicy((first, second)))

    class AnySize(Counting):
        def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
            self.sizes += len(batch) * [batch.shape[-1]]
            return batch.mean(axis=(2, 3))[:, :2] * 10

    backend = AnySize()
    decoders = Previewing({"a": BLUE, "b": DARK, "c": LESS_DARK, "d": RED})
    seen = classify(
        dogs(tmp_path, "abcd"), bundle, backend, decoders=decoders, previews=Previews.ALWAYS
    )
    assert " ".join(labels(list(seen)).values()) == "neither neither dog dog"
    assert backend.sizes.count(16) == 2, "neither for the sure one nor for the likely pet"


def test_a_preview_must_suffice_at_the_persons_thresholds_too(
    tmp_path: Path, preview_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if an earlier run with other thresholds has cached its answer."""
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    found, backend = dogs(tmp_path, "a"), open_backend(preview_bundle)
    for thresholds, label in ((None, "neither"), (Thresholds.symmetric(0.999), "dog")):
        with open_cache(preview_bundle, backend, pytest.fail, Previews.AUTO) as cache:
            seen = classify(
                *(found, preview_bundle, backend, thresholds, cache, Previewing({"a": DARK})),
                previews=Previews.AUTO,
            )
            assert labels(list(seen)) == {"a.png": label}


def test_no_other_run_gets_the_answer_of_a_preview(
    tmp_path: Path, preview_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    found, backend = dogs(tmp_path, "a"), open_backend(preview_bundle)
    for previews, colour, label in (
        (Previews.ALWAYS, BLUE, "neither"),
        (Previews.NEVER, BLUE, "dog"),
        (Previews.AUTO, RED, "dog"),
        (Previews.ALWAYS, RED, "neither"),
    ):
        with open_cache(preview_bundle, backend, pytest.fail, previews) as cache:
            (seen,) = classify(
                *(found, preview_bundle, backend, None, cache, Previewing({"a": colour})),
                previews=previews,
            )
            assert isinstance(seen, Prediction)
            assert (seen.label, seen.from_preview) == (label, label == "neither")


def test_nothing_found_gives_no_results(colour_bundle: ModelBundle) -> None:
    assert list(classify([], colour_bundle, Counting())) == []


def test_only_unreadable_photos_ask_the_network_nothing(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    (tmp_path / "a.jpg").touch()
    backend = Counting()
    (result,) = classify(find_photos([tmp_path]), colour_bundle, backend)
    assert isinstance(result, Unreadable)
    assert backend.sizes == []


def test_a_persons_threshold_replaces_the_models(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "a.png", "unsure")

    def label(thresholds: Thresholds | None) -> Label:
        (result,) = classify(find_photos([tmp_path]), colour_bundle, Counting(), thresholds)
        assert isinstance(result, Prediction)
        return result.label

    assert label(None) is Label.UNSURE
    assert label(Thresholds.symmetric(0.5)) is Label.CAT


def test_stopping_early_stops_reading(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    for number in range(100):
        draw(tmp_path / f"{number:03}.png", "cat")
    taken = []
    results = classify(
        (taken.append(photo) or photo for photo in find_photos([tmp_path])),
        colour_bundle,
        Counting(),
    )
    next(results)
    results.close()
    assert len(taken) < 100


@pytest.mark.parametrize("threads", [1, 3, 8])
def test_the_number_of_threads_changes_no_result(
    threads: int, tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        draw(tmp_path / f"{number:02}.png", ("cat", "dog", "both")[number % 3], shade=number)
    backend = open_backend(colour_bundle, "onnx")

    def results(count: int) -> list[Prediction | Unreadable]:
        monkeypatch.setattr("catdog_sorter.classification.pipeline.cores", lambda: count)
        return list(classify(find_photos([tmp_path]), colour_bundle, backend))

    assert results(threads) == results(2)


def test_to_stop_waits_neither_for_photos_that_hang_nor_for_those_that_are_queued(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    """Each core decodes a photo, after the first one, that takes until its decoder is killed."""
    begun: list[Path] = []
    ended = threading.Event()

    class Hanging(DecoderPool):
        def decode(self, path: Path, *how: Any, **more: Any) -> DecodedPhoto:
            if ended.is_set():
                raise UnreadablePhoto("Stopped.")
            begun.append(path)
            if path.name != "000.png":
                ended.wait()
            return DecodedPhoto(np.zeros((8, 8, 3), np.uint8), 1.0)

        def close(self) -> None:
            ended.set()

    for number in range(100):
        draw(tmp_path / f"{number:03}.png", "cat")
    backend = Counting()
    backend.batch_size = 16
    results = classify(find_photos([tmp_path]), colour_bundle, backend, decoders=Hanging())
    next(results)
    results.close()
    assert len(begun) <= 1 + cores()


def test_only_so_many_photos_are_in_memory(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first photo takes long, the others are processed, but their pixels are not kept."""
    alive: set[int] = set()
    most = 0
    lock = threading.Lock()

    class Tracked(np.ndarray):
        def __del__(self) -> None:
            alive.discard(id(self))

    def tracked_decode(
        _: DecoderPool, path: Path, min_side: int, size: int, **more: Any
    ) -> DecodedPhoto:
        nonlocal most
        if path.name == "000.png":
            time.sleep(0.5)
        pixels = np.zeros((size, size, 3), np.uint8).view(Tracked)
        with lock:
            alive.add(id(pixels))
            most = max(most, len(alive))
        return DecodedPhoto(pixels, 1.0)

    monkeypatch.setattr("catdog_sorter.classification.pipeline.DecoderPool.decode", tracked_decode)
    for number in range(60):
        (tmp_path / f"{number:03}.png").touch()
    backend = Counting()
    backend.batch_size = 1
    assert len(list(classify(find_photos([tmp_path]), colour_bundle, backend))) == 60
    assert most <= 2 * cores()


def test_cached_photos_are_not_classified_again(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    for number in range(30):
        draw(tmp_path / f"{number:02}.png", ("cat", "dog")[number % 2])
    (tmp_path / "07.png").write_text("no picture")

    def results(threshold: float) -> tuple[list[Prediction | Unreadable], int]:
        backend = Counting()
        with open_cache(colour_bundle, backend, pytest.fail) as cache:
            thresholds = Thresholds.symmetric(threshold)
            found = find_photos([tmp_path])
            return list(classify(found, colour_bundle, backend, thresholds, cache)), sum(
                backend.sizes
            )

    first, looked_at = results(0.9)
    again, looked_at_again = results(0.9)
    assert first == again
    assert (looked_at, looked_at_again) == (29, 0)
    draw(tmp_path / "03.png", "both")
    draw(tmp_path / "07.png", "dog")
    changed, looked_at = results(1.0)
    assert looked_at == 2
    assert set(labels(changed).values()) == {"unsure"}


def test_every_photo_is_shown_in_its_own_shape_known_or_not(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "a.png", "cat")
    Image.new("RGB", (10, 40), (0, 255, 0)).save(tmp_path / "b.png")
    (tmp_path / "c.png").write_text("no picture")
    backend = open_backend(colour_bundle, "onnx")
    shown: list[tuple[str, float, list[int]]] = []

    def show(path: Path, decoded: DecodedPhoto) -> None:
        shown.append((path.name, decoded.aspect, decoded.pixels[0, 0].tolist()))

    for _ in range(2):
        shown.clear()
        with open_cache(colour_bundle, backend, pytest.fail) as cache:
            found = find_photos([tmp_path])
            results = list(classify(found, colour_bundle, backend, cache=cache, show=show))
        assert labels(results) == {"a.png": "cat", "b.png": "dog", "c.png": "unreadable"}
        assert sorted(shown) == [("a.png", 16 / 12, [255, 0, 0]), ("b.png", 10 / 40, [0, 255, 0])]


def test_an_edit_is_seen_at_the_next_run(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    seen = []
    for label in ("cat", "dog", "both", "neither"):
        draw(tmp_path / "a.png", label)
        backend = Counting()
        with open_cache(colour_bundle, backend, pytest.fail) as cache:
            results = classify(find_photos([tmp_path]), colour_bundle, backend, None, cache)
            seen.append(labels(list(results))["a.png"])
        time.sleep(0.02)  # the clock of the file system ticks
    assert seen == ["cat", "dog", "both", "neither"]


def test_a_file_without_its_end_is_used_marked_and_not_remembered(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    photo = tmp_path / "a.jpg"
    Image.new("RGB", (160, 120), COLOURS["cat"]).save(photo)
    whole = photo.read_bytes()
    photo.write_bytes(whole[:-2])
    for _ in range(2):
        backend = Counting()
        with open_cache(colour_bundle, backend, lambda problem: None) as cache:
            (result,) = classify(find_photos([tmp_path]), colour_bundle, backend, cache=cache)
        assert isinstance(result, Prediction)
        assert result.label is Label.CAT and result.incomplete
        assert backend.sizes == [1]
    photo.write_bytes(whole)
    (result,) = classify(find_photos([tmp_path]), colour_bundle, Counting())
    assert isinstance(result, Prediction) and not result.incomplete


def test_the_regions_of_a_photo_say_where_each_animal_is(colour_bundle: ModelBundle) -> None:
    bundle = load_bundle(find_bundle(None))
    both = read_photo(EXAMPLES / "two-friends.jpg", bundle.preprocessing.decode_side)
    p_cat, p_dog = region_probabilities(both, bundle, open_backend(bundle))
    middle = p_cat.shape[1] // 2
    assert p_cat[:, :middle].max() > 0.9
    assert p_cat[:, middle + 1 :].max() < 0.3
    assert p_dog[:, middle:].max() > 0.9
    assert p_dog[:, :middle].mean() < p_dog[:, middle:].mean() / 3
    assert region_probabilities(both, colour_bundle, open_backend(colour_bundle)) is None
