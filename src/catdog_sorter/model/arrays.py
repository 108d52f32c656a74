"""The arrays of models and training, by their numbers. Photos are `decoding.pixels.Pixels`."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]  # of any precision
Floats32 = npt.NDArray[np.float32]
Floats64 = npt.NDArray[np.float64]
# A network's weights by their names in one framework.
Weights = dict[str, Floats32]
