"""The protocol of a backend: arrays in, logits out. It knows no paths, photos or labels."""

from typing import Protocol

import numpy as np
import numpy.typing as npt


class Backend(Protocol):
    """One network, ready to run.

    Attributes:
        name: the engine, and the device where there is a choice.
        batch_size: how many photos at a time suit it best.
        takes_any_size: whether `logits` and `quick_logits` take squares of other sizes than the
            bundle's, if the bundle names one for previews.
    """

    name: str
    batch_size: int
    takes_any_size: bool

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Run the network; may be called from several threads at once.

        Args:
            batch: preprocessed photos, float32 (N, 3, S, S).

        Returns:
            Logits, float32 (N, K), columns in the order of the bundle's outputs.
        """

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        """Approximate logits at a fraction of the cost; may be called like `logits`.

        Args:
            batch: preprocessed photos, float32 (N, 3, S, S).

        Returns:
            As `logits` does, a few tenths of a logit off; None where nothing is quicker.
        """

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        """Where in the photos the network sees each label; may be called like `logits`.

        Args:
            batch: preprocessed photos, float32 (N, 3, S, S).

        Returns:
            Logits of each cell of a coarse map, float32 (N, K, H, W), for example 7 x 7 cells;
            None for a network that reads a photo only as a whole.
        """
