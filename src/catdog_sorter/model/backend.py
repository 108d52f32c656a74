"""The protocol of a backend: arrays in, logits out. It knows no paths, photos or labels."""

from typing import Protocol

import numpy as np
import numpy.typing as npt


class Backend(Protocol):
    """One network, ready to run.

    Attributes:
        name: The engine, and the device where there is a choice.
        batch_size: The fastest number of photos per call.
    """

    name: str
    batch_size: int

    @property
    def takes_any_size(self) -> bool:
        """Whether `logits` and `quick_logits` take squares of other sizes than the bundle's."""

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
            As `logits`, but a few tenths of a logit off; None if there is no faster way.
        """

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        """Run the bundle's detector; may be called like `logits`.

        Args:
            batch: preprocessed photos, float32 (N, 3, D, D), D the policy's `detector_size`.

        Returns:
            For each output the highest logit of any box, float32 (N, K); None without a detector.
        """

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        """Logits for the regions of photos; may be called like `logits`.

        Args:
            batch: preprocessed photos, float32 (N, 3, S, S).

        Returns:
            Logits of each cell of a coarse grid, float32 (N, K, H, W), for example 7 x 7 cells;
            None for a network without regional outputs.
        """
