"""Cats and dogs for other programs. Looks at photos and pictures in memory; changes nothing."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.classification import pipeline, warm_start
from catdog_sorter.decoding.image import UnreadablePhoto, pixels_of
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import Decoders
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable, decide
from catdog_sorter.model.backends import AUTO
from catdog_sorter.photos.find import Photo, find_photos

Picture = Image.Image | npt.NDArray[np.uint8]
_NO_FILE = "There is no such file."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says of a picture in memory; `p_cat` and `p_dog` are calibrated, 0 to 1."""

    p_cat: float
    p_dog: float
    label: Label
    model: str


class Classifier:
    """A model, loaded and verified once, that says what photos and pictures show.

    `model`: a name that `catdog-sort models list` shows, or a bundle's folder; None is the one in
    use. `backend`: what runs it, "onnx", "torch" or "tf". `device`: what ONNX Runtime computes on,
    "cpu" or for example "cuda"; the CPU where that is not there. `threshold`: how sure to
    be that an animal is there, or is not, 0.5 to 1; None leaves it to the model.

    Photos are decoded in processes of their own, which a bad file may crash; use it in a `with`
    block, or `close` it, to end them. Its methods may be called from several threads at once. What
    people have corrected in the window, and their settings, do not count here: the same photo
    always gets the same answer.

    Raises UsageError for an unknown model or a bad value, BundleError for a damaged model,
    MissingExtra when the backend is not installed; all of them are CatdogError.
    """

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        *,
        backend: str = "onnx",
        device: str = AUTO,
        threshold: float | None = None,
    ) -> None:
        if threshold is not None and not 0.5 <= threshold <= 1:
            raise UsageError(f"The threshold {threshold} is not from 0.5 to 1. Choose one that is.")
        name = None if model is None else os.fspath(model)
        self._bundle, self._backend = warm_start.open_model(name, backend, device)
        asked = None if threshold is None else Thresholds.symmetric(threshold)
        self._thresholds = asked or self._bundle.thresholds
        self._decoders = Decoders()

    @property
    def model(self) -> str:
        """The model's name, and eight hex digits over all that decides its answers."""
        return self._bundle.id

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that decode; photos on disk can be classified no more."""
        self._decoders.close()

    def classify(self, photo: str | os.PathLike[str]) -> Prediction:
        """Say what one photo on disk shows.

        Raises UnreadablePhoto when the file gives no picture; `str(error)` says why.
        """
        path = Path(os.path.abspath(photo))
        if not path.exists():
            raise UnreadablePhoto(_NO_FILE)
        spec = self._bundle.preprocessing
        decoded = self._decoders.decode(path, spec.decode_side, spec.size)

        def load_high_res(_: int) -> Pixels:
            return self._decoders.read(path, self._bundle.high_res_side)

        verdict = self._verdicts([decoded.pixels], load_high_res)[0]
        return Prediction(path, verdict.p_cat, verdict.p_dog, verdict.label, verdict.model)

    def classify_all(
        self, photos: Iterable[str | os.PathLike[str]]
    ) -> Iterator[Prediction | Unreadable]:
        """Say what many photos show, on every core; results come in order, as they are known.

        Each file gives one result, a folder one for each photo in it and below. Paths in results
        are absolute. A photo that gives no picture is a value, `Unreadable`, and the rest goes on.
        Stop iterating to stop.
        """
        return pipeline.classify(_found(photos), self._bundle, self._backend, self._thresholds)

    def classify_images(self, images: Iterable[Picture]) -> Iterator[Verdict]:
        """Say what pictures in memory show, in order; takes as many at once as suit the model.

        A picture is a Pillow image, of any mode, turned upright by its EXIF orientation if it has
        one, or an array of upright RGB: uint8 (H, W, 3). Raises ValueError for another array,
        UnreadablePhoto when Pillow cannot give the pixels of an image it has opened.
        """
        remaining = iter(images)
        while batch := list(islice(remaining, self._backend.batch_size)):
            yield from self._verdicts([self._pixels(image) for image in batch])

    def _pixels(self, image: Picture) -> Pixels:
        if isinstance(image, Image.Image):
            return pixels_of(image, self._bundle.preprocessing.decode_side)
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
            raise ValueError(
                f"An array of {image.dtype} {image.shape} is no picture. Give uint8 (H, W, 3), RGB."
            )
        return image

    def _verdicts(
        self, images: list[Pixels], load_high_res: Callable[[int], Pixels] | None = None
    ) -> list[Verdict]:
        answers = pipeline.picture_probabilities(images, self._bundle, self._backend, load_high_res)
        return [
            Verdict(p_cat, p_dog, decide(p_cat, p_dog, self._thresholds), self.model)
            for p_cat, p_dog in answers
        ]


def _found(photos: Iterable[str | os.PathLike[str]]) -> Iterator[Photo | Unreadable]:
    for photo in photos:
        path = Path(os.path.abspath(photo))
        if path.is_dir():
            yield from find_photos([path])
        elif path.exists():
            yield Photo(path, path.parent)
        else:
            yield Unreadable(path, _NO_FILE)
