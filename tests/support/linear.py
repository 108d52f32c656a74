"""A learner without a framework: logistic regression on the mean colour of a photo."""

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Floats32
from catdog_sorter.training.fit.checkpoint import Arrays
from catdog_sorter.training.fit.initial_weights import InitialWeights


class LinearLearner:
    """Implements `Learner`; its dropout depends on the epoch's seed."""

    def __init__(self, outputs: int = 2, dropout: float = 0.0) -> None:
        self.kernel = np.zeros((3, outputs))
        self.bias = np.zeros(outputs)
        self.average = np.zeros((4, outputs))
        self.dropout = dropout
        self.rates: list[float] = []
        self._rng = np.random.default_rng(0)

    def begin_epoch(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def step(
        self,
        photos: npt.NDArray[np.uint8],
        targets: Floats32,
        rate: float,
        ema_decay: float,
        teacher_features: Floats32 | None = None,
    ) -> tuple[float, Floats32]:
        self.rates.append(rate)
        inputs = self.features(photos) * (self._rng.random((len(photos), 3)) >= self.dropout)
        logits = inputs @ self.kernel + self.bias
        loss = float(np.mean(np.logaddexp(0, logits) - targets * logits))
        slope = (0.5 * (1 + np.tanh(logits / 2)) - targets) / targets.size
        self.kernel -= rate * inputs.T @ slope
        self.bias -= rate * slope.sum(axis=0)
        self.average = ema_decay * self.average + (1 - ema_decay) * self._all()
        return loss, logits.astype(np.float32)

    def _all(self) -> npt.NDArray[np.float64]:
        return np.vstack([self.kernel, self.bias])

    def features(self, photos: npt.NDArray[np.uint8]) -> Floats32:
        return (photos.mean(axis=(1, 2)) / 127.5 - 1).astype(np.float32)

    def logits(self, photos: npt.NDArray[np.uint8]) -> Floats32:
        return (self.features(photos) @ self.average[:3] + self.average[3]).astype(np.float32)

    def set_head(self, kernel: Floats32, bias: Floats32) -> None:
        self.kernel, self.bias = kernel.astype(float), bias.astype(float)
        self.average = self._all()

    def logits_and_features(self, photos: npt.NDArray[np.uint8]) -> tuple[Floats32, Floats32]:
        return self.logits(photos), self.features(photos)

    def add_to_head(self, kernel: Floats32, bias: Floats32) -> None:
        self.kernel, self.bias = self.kernel + kernel, self.bias + bias
        self.average = self.average + np.vstack([kernel, bias])

    def match_features(self, kernel: Floats32, bias: Floats32, weight: float) -> None:
        raise NotImplementedError

    def weights(self) -> Arrays:
        return {"average": self.average}

    def set_weights(self, weights: Arrays) -> None:
        self.average = weights["average"].copy()

    def read_weights(self, initial: InitialWeights) -> Arrays:
        raise NotImplementedError

    def state(self) -> Arrays:
        return {"kernel": self.kernel, "bias": self.bias, "average": self.average}

    def restore(self, state: Arrays) -> None:
        self.kernel, self.bias = state["kernel"].copy(), state["bias"].copy()
        self.average = state["average"].copy()
