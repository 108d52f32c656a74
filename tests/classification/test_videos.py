"""How the answers for frames are combined, and the verdicts on real videos."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter import Classifier, Label, Prediction, Sorter, Unreadable, UnreadablePhoto
from catdog_sorter.classification import cache as caches
from catdog_sorter.classification import pipeline, videos
from catdog_sorter.decoding.pool import DecodedFrame, DecodedPhoto, DecodedVideo, DecoderPool
from catdog_sorter.labels import Thresholds, decide
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.photos.find import Scope, find_photos
from tests.support.colours import draw, tree
from tests.support.films import film

THRESHOLDS = Thresholds(present=0.87, absent=0.28)
NOTHING, CAT = (0.001, 0.001), (0.995, 0.001)


def label(*seen: tuple[float, float]) -> Label:
    return decide(*videos.combined(seen), THRESHOLDS)


class TestWhatFramesAmountTo:
    def test_an_animal_in_two_frames_is_present_regardless_of_the_others(self) -> None:
        assert label(*[NOTHING] * 13, CAT, CAT) is Label.CAT

    def test_an_animal_in_a_single_frame_is_not_surely_present(self) -> None:
        assert label(*[NOTHING] * 14, CAT) is not Label.CAT

    def test_no_frame_shows_one(self) -> None:
        assert label(*[NOTHING] * 5) is Label.NEITHER

    def test_a_cat_at_first_and_a_dog_later(self) -> None:
        dog = CAT[::-1]
        assert label(NOTHING, CAT, CAT, CAT, dog, dog) is Label.BOTH

    def test_a_video_of_one_frame_is_that_frame(self) -> None:
        assert label(CAT) is Label.CAT


class Film:
    """A video whose frames contain their time, and a judge with an answer for each time."""

    def __init__(self, cat_from: float, cat_to: float) -> None:
        self._span = cat_from, cat_to
        self.asked: list[Sequence[float]] = []

    def decode(self, fractions: Sequence[float]) -> DecodedVideo:
        self.asked.append(fractions)
        frames = (
            DecodedFrame(DecodedPhoto(np.full((1, 1, 3), round(at * 200), np.uint8), 1.0), at * 10)
            for at in fractions
        )
        return DecodedVideo(tuple(frames), 10.0)

    def judge(self, pictures: Sequence[np.ndarray]) -> list[tuple[float, float]]:
        start, end = self._span
        return [CAT if start <= picture[0, 0, 0] / 200 <= end else NOTHING for picture in pictures]


class TestLooks:
    @pytest.mark.parametrize("span", [(0.0, 1.0), (2.0, 2.0)])
    def test_frames_that_agree_are_enough(self, span: tuple[float, float]) -> None:
        shown = Film(*span)
        videos.judge_video(shown.decode, shown.judge)
        assert [len(asked) for asked in shown.asked] == [5]

    def test_where_they_disagree_more_are_classified_each_once(self) -> None:
        shown = Film(0.45, 0.6)
        verdict = videos.judge_video(shown.decode, shown.judge)
        first, second = shown.asked
        assert len({*first, *second}) == len(first) + len(second) == 15
        assert decide(*verdict.answer[:2], THRESHOLDS) is Label.CAT
        assert 4.5 <= verdict.best.time_s <= 6


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    draw(folder / "a.png", "dog")
    film(folder / "b.mp4", ["neither", "neither", "cat", "cat", "neither", "neither"])
    film(folder / "c.avi", ["neither"])
    (folder / "d.mkv").write_bytes(b"\x1aE\xdf\xa3" + bytes(99))
    return folder


def classified(folder: Path, bundle: ModelBundle, **options: object) -> dict[str, str]:
    found = find_photos([folder], Scope(videos=True))
    results = pipeline.classify(found, bundle, open_backend(bundle, "onnx"), **options)
    return {r.path.name: r.label.value if isinstance(r, Prediction) else r.reason for r in results}


def test_photos_and_videos_each_get_their_label(clips: Path, colour_bundle: ModelBundle) -> None:
    labels = classified(clips, colour_bundle)
    assert "damaged" in labels.pop("d.mkv")
    assert labels == {"a.png": "dog", "b.mp4": "cat", "c.avi": "neither"}


def test_what_is_shown_of_a_video_is_the_frame_that_decides(
    clips: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if the answer comes from the cache."""
    monkeypatch.setattr(caches, "SETTLED_S", 0.0)
    backend = open_backend(colour_bundle, "onnx")
    for _ in range(2):
        posters: dict[str, DecodedPhoto] = {}
        with pipeline.open_cache(colour_bundle, backend, print) as cache:
            classified(
                clips,
                colour_bundle,
                cache=cache,
                show=lambda path, photo, posters=posters: posters.update({path.name: photo}),
            )
        assert posters.keys() == {"a.png", "b.mp4", "c.avi"}
        red, _, blue = posters["b.mp4"].pixels[8, 8].tolist()
        assert (red > 200, blue < 50) == (True, True)
        assert posters["b.mp4"].aspect == pytest.approx(64 / 48)


def test_an_answer_known_is_not_decoded_again(
    clips: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "SETTLED_S", 0.0)
    backend = open_backend(colour_bundle, "onnx")
    video = clips / "b.mp4"
    times = []
    for decode in (DecoderPool.decode_video, None):
        monkeypatch.setattr(DecoderPool, "decode_video", decode)
        with pipeline.open_cache(colour_bundle, backend, print) as cache:
            found = find_photos([video], Scope(videos=True))
            (result,) = pipeline.classify(found, colour_bundle, backend, cache=cache)
            assert isinstance(result, Prediction)
            times.append(result.time_s)
    assert times[0] == times[1] is not None
    assert 2 <= times[0] < 4


class TestThePublicApi:
    @pytest.fixture
    def classifier(self, colour_bundle: ModelBundle):
        with Classifier(colour_bundle.folder) as classifier:
            yield classifier

    def test_one_video(self, clips: Path, classifier: Classifier) -> None:
        prediction = classifier.classify_video(clips / "b.mp4")
        assert prediction.label is Label.CAT
        assert prediction.time_s is not None
        assert 2 <= prediction.time_s < 4
        assert classifier.classify(clips / "a.png").time_s is None

    def test_a_video_by_another_name(self, clips: Path, classifier: Classifier) -> None:
        os.rename(clips / "b.mp4", clips / "b")
        assert classifier.classify_video(clips / "b").label is Label.CAT

    def test_files_that_are_not_videos_are_refused(
        self, clips: Path, classifier: Classifier
    ) -> None:
        with pytest.raises(UnreadablePhoto, match="not a video"):
            classifier.classify_video(clips / "a.png")
        with pytest.raises(UnreadablePhoto, match="no such file"):
            classifier.classify_video(clips / "gone.mp4")

    def test_folders(self, clips: Path, classifier: Classifier) -> None:
        assert [r.path.name for r in classifier.classify_all([clips])] == ["a.png"]
        found = list(classifier.classify_all([clips], videos=True))
        assert [r.path.name for r in found] == ["a.png", "b.mp4", "c.avi", "d.mkv"]
        assert isinstance(found[3], Unreadable)

    def test_sort_and_undo(self, clips: Path, classifier: Classifier) -> None:
        before = tree(clips)
        with Sorter(classifier) as sorter:
            list(sorter.apply(sorter.plan([clips], videos=True)))
            assert set(tree(clips)) == {"dog/a.png", "cat/b.mp4", "c.avi", "d.mkv"}
            list(sorter.undo())
        assert tree(clips) == before
