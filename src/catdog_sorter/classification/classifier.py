"""The public classifier: photos and videos on disk, pictures in memory. Changes nothing."""

import os
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.classification import pipeline, warm_start
from catdog_sorter.closeable import Closeable
from catdog_sorter.decoding.image import pixels_of
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.decoding.video import require
from catdog_sorter.errors import UnreadablePhoto, UsageError
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable, decide
from catdog_sorter.model.backends import AUTO
from catdog_sorter.photos.find import Photo, Scope, find_photos
from catdog_sorter.previews import Previews

Picture = Image.Image | npt.NDArray[np.uint8]
_NO_FILE = "There is no such file."


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for a picture or video in memory.

    Attributes:
        p_cat: Calibrated probability that it shows a cat, 0 to 1.
        p_dog: Calibrated probability that it shows a dog, 0 to 1; both may be high.
        label: The label by the thresholds in use.
        model: Id of the model, see `Classifier.model`.
        incomplete: Its file is truncated or has trailing data; False for arrays and images.
        time_s: When a video shows an animal best, in seconds; None for a picture.
    """

    p_cat: float
    p_dog: float
    label: Label
    model: str
    incomplete: bool = False
    time_s: float | None = None


class Classifier(Closeable):
    """A model, loaded and verified once, that classifies photos, videos and pictures in memory.

    Worker processes decode the photos, so that a bad file cannot crash the caller. Use the
    classifier in a `with` block, or `close` it, to end them. Its methods may be called from several
    threads at once. Corrections made in the window and settings files are ignored: the same photo
    always gets the same answer.

    Args:
        model: A name from `catdog-sort models list`, or a bundle's folder; None for the model in
            use.
        backend: The engine: "onnx", "torch" or "tf".
        device: The device for ONNX Runtime, as "cpu" or "cuda"; "auto" selects the best one. The
            CPU is used if the device is missing.
        threshold: Probability from which an animal counts as present, 0.5 to 1; below one minus
            `threshold` it counts as absent. None for the model's own thresholds.
        previews: When the preview embedded in a photo may answer for it, if it surely shows neither
            animal: "auto" for photos straight from a camera, "always" for edited ones too, "never".

    Raises:
        UsageError: Unknown model, backend, device or value of `previews`, or a threshold out of
            range.
        BundleError: The model is damaged, or does not run in this backend.
        MissingExtra: The backend is not installed.
    """

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        *,
        backend: str = "onnx",
        device: str = AUTO,
        threshold: float | None = None,
        previews: str = Previews.AUTO,
    ) -> None:
        if threshold is not None and not 0.5 <= threshold <= 1:
            raise UsageError(f"The threshold {threshold} is not from 0.5 to 1. Choose one that is.")
        if previews not in list(Previews):
            raise UsageError(
                f"{previews!r} is not a value of previews. Choose {', '.join(Previews)}."
            )
        self._previews = Previews(previews)
        name = None if model is None else os.fspath(model)
        self._bundle, self._backend = warm_start.open_model(name, backend, device)
        asked = None if threshold is None else Thresholds.symmetric(threshold)
        self._thresholds = asked or self._bundle.thresholds
        self._decoders = DecoderPool()

    @property
    def model(self) -> str:
        """Id of the model: its name and eight hex digits of a hash over all it depends on."""
        return self._bundle.id

    def close(self) -> None:
        """End the worker processes; photos on disk can no longer be classified."""
        self._decoders.close()

    def classify(self, photo: str | os.PathLike[str]) -> Prediction:
        """Classify one photo on disk.

        Args:
            photo: Path of the file.

        Returns:
            The prediction, with the absolute path.

        Raises:
            UnreadablePhoto: The file cannot be decoded; `str(error)` says why.
            BundleError: The network cannot run.
        """
        return self._classify(Path(os.path.abspath(photo)), is_video=False)

    def classify_video(self, video: str | os.PathLike[str]) -> Prediction:
        """Classify one video on disk by a few frames, and by more if these leave doubt.

        Args:
            video: Path of the file; its name does not matter.

        Returns:
            The prediction, with the absolute path; its `time_s` is when the video shows an animal
            best.

        Raises:
            UnreadablePhoto: The file has no usable frames; `str(error)` says why.
            BundleError: The network cannot run.
            MissingExtra: The extra `video` is not installed.
        """
        require()
        return self._classify(Path(os.path.abspath(video)), is_video=True)

    def _classify(self, path: Path, is_video: bool) -> Prediction:
        if not path.exists():
            raise UnreadablePhoto(_NO_FILE)
        result = pipeline.classify_one(
            path,
            self._bundle,
            self._backend,
            self._thresholds,
            self._decoders,
            is_video,
            self._previews,
        )
        if isinstance(result, Unreadable):
            raise UnreadablePhoto(result.reason)
        return result

    def classify_all(
        self, photos: Iterable[str | os.PathLike[str]], *, videos: bool = False
    ) -> Iterator[Prediction | Unreadable]:
        """Classify many photos on every core.

        Args:
            photos: Paths of files and folders; folders are searched recursively.
            videos: Also search folders for videos; needs the extra `video`.

        Yields:
            One result for each photo, in order, as soon as it is known, with the absolute path. A
            photo that cannot be decoded is an `Unreadable`; the others are classified. Stop
            iterating to stop.

        Raises:
            BundleError: The network cannot run.
            MissingExtra: The extra `video` is not installed.
        """
        if videos:
            require()
        return self.classify_found(_found(photos, Scope(videos=videos)))

    def classify_found(
        self, found: Iterable[Photo | Unreadable]
    ) -> Generator[Prediction | Unreadable, None, None]:
        """Classify the results of `find_photos`, one result for each item, in order.

        Args:
            found: Photos, and `Unreadable` items, which are passed on.

        Yields:
            One result for each item, as soon as it is known. Stop iterating to stop.

        Raises:
            BundleError: The network cannot run.
        """
        return pipeline.classify(
            found, self._bundle, self._backend, self._thresholds, previews=self._previews
        )

    def classify_images(self, images: Iterable[Picture]) -> Iterator[Verdict]:
        """Classify pictures in memory, in batches of the model's size.

        Args:
            images: Pillow images of any mode, which are rotated by their EXIF orientation, or
                arrays of upright RGB, uint8 (H, W, 3).

        Yields:
            One verdict for each picture, in order.

        Raises:
            ValueError: An array has another dtype or shape.
            UnreadablePhoto: Pillow cannot decode an opened image.
            BundleError: The network cannot run.
        """
        remaining = iter(images)
        while batch := list(islice(remaining, self._backend.batch_size)):
            yield from self._verdicts([self._pixels(image) for image in batch])

    def _pixels(self, image: Picture) -> Pixels:
        if isinstance(image, Image.Image):
            return pixels_of(image, self._bundle.preprocessing.decode_side)
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
            raise ValueError(
                f"An array of {image.dtype} {image.shape} is not a picture. "
                "Give uint8 (H, W, 3), RGB."
            )
        return image

    def _verdicts(self, images: list[Pixels]) -> list[Verdict]:
        answers = pipeline.picture_probabilities(
            images, self._bundle, self._backend, thresholds=self._thresholds
        )
        return [
            Verdict(p_cat, p_dog, decide(p_cat, p_dog, self._thresholds), self.model)
            for p_cat, p_dog in answers
        ]


def _found(photos: Iterable[str | os.PathLike[str]], scope: Scope) -> Iterator[Photo | Unreadable]:
    for photo in photos:
        path = Path(os.path.abspath(photo))
        if path.is_dir():
            yield from find_photos([path], scope)
        elif path.exists():
            yield Photo(path, path.parent)
        else:
            yield Unreadable(path, _NO_FILE)
