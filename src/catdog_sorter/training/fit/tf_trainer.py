"""TensorFlow's part of training: a Keras network, its averaged copy and its optimiser.

Reads batches of arrays; finds no photos, writes no files, prints nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import UsageError
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.networks.architectures import in_keras_layout, step_scales
from catdog_sorter.model.networks.tf import (
    add_to_head,
    build_network,
    features_of,
    freeze,
    freeze_constants,
    imagenet_weights,
    named_variables,
    part_of,
    set_head,
)
from catdog_sorter.model.preprocessing import Preprocessing, normalise
from catdog_sorter.training.fit.checkpoint import Arrays, below
from catdog_sorter.training.fit.initial_weights import InitialWeights, fitting_weights
from catdog_sorter.training.recipes import Recipe

import keras  # isort: skip  (after networks.tf, which chooses Keras' engine)
import tensorflow as tf  # isort: skip


class _Part(NamedTuple):
    """A part of the network with its own learning rate.

    `step_scales`: factors of the optimiser's steps, for variables where they are not 1.
    """

    optimiser: Any
    variables: list[Any]
    share_of_rate: float
    step_scales: list[tuple[Any, Any]]

    def apply(self, gradients: list[Any]) -> None:
        """Take one step."""
        before = [tf.identity(variable) for variable, _ in self.step_scales]
        self.optimiser.apply(gradients, self.variables)
        for (variable, scale), old in zip(self.step_scales, before, strict=True):
            variable.assign(old + scale * (variable - old))


def _parts(network: keras.Model, recipe: Recipe, scales: Mapping[str, Floats32]) -> Iterator[_Part]:
    """The head has the full learning rate, each part below it a share of that above.

    `scales`: of steps, by the name of the variable.
    """
    scaled = [(v, tf.constant(scales[n])) for n, v in named_variables(network) if n in scales]
    for number in range(3):
        variables = [
            variable
            for layer in network.layers
            if part_of(layer.name, recipe.architecture) == number
            for variable in layer.trainable_variables
        ]
        if not variables:
            continue
        optimiser = keras.optimizers.AdamW(
            recipe.optimisation.learning_rate,
            weight_decay=recipe.optimisation.weight_decay,
            epsilon=1e-8,
        )
        # Weight decay for kernels only: it harms biases and batch-norm.
        optimiser.exclude_from_weight_decay(var_list=[v for v in variables if len(v.shape) <= 1])
        optimiser.build(variables)
        own = [
            (variable, scale) for variable, scale in scaled if any(variable is v for v in variables)
        ]
        yield _Part(optimiser, variables, recipe.optimisation.rate_decay**number, own)


class TfLearner:
    """Implements `Learner`. Raises UsageError for a missing `device`."""

    def __init__(
        self, recipe: Recipe, initial: InitialWeights, seed: int, device: str = "cpu"
    ) -> None:
        _choose(device)
        keras.utils.set_random_seed(seed)
        tf.config.experimental.enable_op_determinism()
        self._recipe = recipe
        self._spec = Preprocessing(recipe.data.image_size)
        self._network = self._build(
            None if recipe.data.other_image_sizes else recipe.data.image_size
        )
        weights: Arrays = {}
        if not initial.is_random:
            weights = _read_weights(initial, self._network, recipe.architecture)
            _assign(self._network, _arrays(self._network) | weights)
            freeze_constants(self._network)
        freeze(self._network, recipe.architecture, recipe.unfreeze)
        self._average = self._build(recipe.data.input_size)
        _copy(self._network, self._average)
        scales = step_scales(recipe.architecture, weights)
        self._parts = list(_parts(self._network, recipe, scales))
        self._calibration = initial.calibration_for(recipe.outputs)
        pooled = features_of(self._network, recipe.architecture)
        self._with_pooled = keras.Model(self._network.input, [self._network.output, pooled])
        self._feature_map: tuple[Any, Any, float] | None = None
        inner = features_of(self._average, recipe.architecture)
        self._readable = keras.Model(self._average.input, [self._average.output, inner])
        # Traced for each size, because the number of cells must be known.
        self._step = tf.function(self._traced_step)
        self._infer = tf.function(self._readable, reduce_retracing=True)

    def _build(self, size: int | None) -> keras.Model:
        recipe = self._recipe
        return build_network(
            recipe.architecture, len(recipe.outputs), size, recipe.optimisation.dropout
        )

    def begin_epoch(self, seed: int) -> None:
        for layer in self._network.layers:
            if isinstance(layer, keras.layers.Dropout) and layer.rate > 0:
                layer.seed_generator.state.assign([seed % 2**32, 0])

    def match_features(self, kernel: Floats32, bias: Floats32, weight: float) -> None:
        self._feature_map = tf.constant(kernel), tf.constant(bias), weight

    def step(
        self,
        photos: Pixels,
        targets: Floats32,
        rate: float,
        ema_decay: float,
        teacher_features: Floats32 | None = None,
    ) -> tuple[float, Floats32]:
        for part in self._parts:
            part.optimiser.learning_rate.assign(rate * part.share_of_rate)
        loss, logits = self._step(
            tf.constant(normalise(photos, self._spec)),
            tf.constant(targets),
            tf.constant(1.0 - ema_decay, tf.float32),
            None if teacher_features is None else tf.constant(teacher_features),
        )
        return float(loss), logits.numpy()

    def _traced_step(
        self, photos: Any, targets: Any, share: Any, teacher_features: Any | None
    ) -> tuple[Any, Any]:
        """`share` of each new weight enters the average."""
        with tf.GradientTape() as tape:
            logits, pooled = self._with_pooled(photos, training=True)
            calibrated = logits * self._calibration.scale + self._calibration.bias
            losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=targets, logits=calibrated)
            loss = tf.reduce_mean(losses)
            total = loss + self._penalty() if self._recipe.optimisation.l2 else loss
            if teacher_features is not None:
                total += self._feature_error(pooled, teacher_features)
        gradients = tape.gradient(total, [part.variables for part in self._parts])
        for part, given in zip(self._parts, gradients, strict=True):
            part.apply(given)
        for (_, mean), (_, new) in zip(
            named_variables(self._average), named_variables(self._network), strict=True
        ):
            mean.assign(mean + share * (new - mean))
        return loss, logits

    def _feature_error(self, pooled: Any, wanted: Any) -> Any:
        assert self._feature_map is not None
        kernel, bias, weight = self._feature_map
        known = tf.logical_not(tf.math.is_nan(wanted))
        mapped = pooled @ kernel + bias
        squares = tf.square(tf.where(known, mapped - tf.where(known, wanted, 0.0), 0.0))
        count = tf.maximum(1, tf.math.count_nonzero(known, dtype=tf.int32))
        return weight * tf.reduce_sum(squares) / tf.cast(count, tf.float32)

    def _penalty(self) -> Any:
        kernels = [v for v in self._network.trainable_variables if len(v.shape) > 1]
        return self._recipe.optimisation.l2 * tf.add_n(
            [tf.reduce_sum(tf.square(v)) for v in kernels]
        )

    def features(self, photos: Pixels) -> Floats32:
        return self.logits_and_features(photos)[1]

    def logits_and_features(self, photos: Pixels) -> tuple[Floats32, Floats32]:
        logits, features = self._infer(tf.constant(normalise(photos, self._spec)))
        return logits.numpy(), features.numpy()

    def logits(self, photos: Pixels) -> Floats32:
        return self.logits_and_features(photos)[0]

    def set_head(self, kernel: Floats32, bias: Floats32) -> None:
        for network in (self._network, self._average):
            set_head(network, self._recipe.architecture, kernel, bias)

    def add_to_head(self, kernel: Floats32, bias: Floats32) -> None:
        for network in (self._network, self._average):
            add_to_head(network, self._recipe.architecture, kernel, bias)

    def weights(self) -> Arrays:
        return _arrays(self._average)

    def set_weights(self, weights: Arrays) -> None:
        _assign(self._average, weights)

    def read_weights(self, initial: InitialWeights) -> Arrays:
        return _read_weights(initial, self._average, self._recipe.architecture)

    def state(self) -> Arrays:
        state = {f"network/{name}": array for name, array in _arrays(self._network).items()}
        state |= {f"average/{name}": array for name, array in _arrays(self._average).items()}
        for name, variable in self._moments():
            state[name] = np.asarray(variable)
        return state

    def restore(self, state: Arrays) -> None:
        _assign(self._network, below(state, "network/"))
        self.set_weights(below(state, "average/"))
        for name, variable in self._moments():
            variable.assign(state[name])

    def _moments(self) -> Iterator[tuple[str, Any]]:
        for number, part in enumerate(self._parts):
            for index, variable in enumerate(part.optimiser.variables):
                yield f"optimiser/{number}/{index}", variable


def _choose(device: str) -> None:
    """Make only the requested device visible to TensorFlow."""
    graphics = tf.config.list_physical_devices("GPU")
    if device == "cpu":
        tf.config.set_visible_devices([], "GPU")
    elif device != "auto" and not graphics:
        raise UsageError(
            f"TensorFlow finds no {device} device on this computer. Use --device auto or cpu."
        )


def _read_weights(initial: InitialWeights, network: keras.Model, architecture: str) -> Arrays:
    own = {name: tuple(variable.shape) for name, variable in named_variables(network)}
    return fitting_weights(initial, architecture, own, _Source())


class _Source:
    """The `WeightSource` of TensorFlow."""

    title = "TensorFlow"
    in_layout = staticmethod(in_keras_layout)
    imagenet = staticmethod(imagenet_weights)

    @staticmethod
    def may_be_new(name: str, architecture: str) -> bool:
        layer = name.partition("/")[0]
        return part_of(layer, architecture) == 0 or layer == "hidden"


def _copy(source: keras.Model, target: keras.Model) -> None:
    for (_, new), (_, old) in zip(named_variables(source), named_variables(target), strict=True):
        old.assign(new)
    freeze_constants(target)


def _assign(network: keras.Model, weights: Arrays) -> None:
    for name, variable in named_variables(network):
        variable.assign(weights[name])


def _arrays(network: keras.Model) -> Arrays:
    return {name: np.array(variable) for name, variable in named_variables(network)}
