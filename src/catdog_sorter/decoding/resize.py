"""Resizes a photo to the network's input size, the same way in every process.

Does not load numpy, so that a worker starts in less than half the time.
"""

from PIL import Image


def stretched(image: Image.Image, size: int) -> Image.Image:
    """The whole picture at `size` x `size` pixels; the same object if it has that size."""
    if image.size == (size, size):
        return image
    return image.resize((size, size), Image.Resampling.BILINEAR)
