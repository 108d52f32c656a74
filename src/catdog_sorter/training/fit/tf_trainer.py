"""TensorFlow's part of training: one Keras network, its averaged twin and its optimiser.

Reads batches of arrays; finds no photos, writes no files, prints nothing.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.networks.architectures import in_keras_layout
from catdog_sorter.model.networks.mobilenetv2 import KERAS_HEAD
from catdog_sorter.model.networks.tf import (
    build_network,
    freeze,
    imagenet_weights,
    named_variables,
    settle_constants,
)
from catdog_sorter.model.preprocessing import Preprocessing, normalise
from catdog_sorter.training.fit.checkpoint import Arrays, below
from catdog_sorter.training.fit.initial_weights import InitialWeights, select_fitting
from catdog_sorter.training.fit.learner import Floats
from catdog_sorter.training.recipes import Recipe

import keras  # isort: skip  (after networks.tf, which chooses Keras' engine)
import tensorflow as tf  # isort: skip


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
        if not initial.is_random:
            weights = _read_weights(initial, self._network, recipe.architecture)
            _assign(self._network, _arrays(self._network) | weights)
            settle_constants(self._network)
        freeze(self._network, recipe.architecture, recipe.unfreeze)
        self._average = self._build(recipe.data.input_size)
        _copy(self._network, self._average)
        self._optimiser = keras.optimizers.AdamW(
            recipe.optimisation.learning_rate,
            weight_decay=recipe.optimisation.weight_decay,
            epsilon=1e-8,
        )
        # Weight decay for kernels only: on biases and batch-norm it does harm.
        self._optimiser.exclude_from_weight_decay(
            var_list=[v for v in self._network.trainable_variables if len(v.shape) <= 1]
        )
        self._optimiser.build(self._network.trainable_variables)
        pooled = self._network.get_layer("mean").output
        self._with_pooled = keras.Model(self._network.input, [self._network.output, pooled])
        self._feature_map: tuple[Any, Any, float] | None = None
        inner = self._average.get_layer("mean").output
        self._backbone = keras.Model(self._average.input, inner)
        # Traced anew for each size: how many cells a region is must be known.
        self._step = tf.function(self._traced_step)
        self._infer = tf.function(self._average, reduce_retracing=True)
        self._infer_features = tf.function(self._backbone, reduce_retracing=True)

    def _build(self, size: int | None) -> keras.Model:
        recipe = self._recipe
        return build_network(
            recipe.architecture, len(recipe.outputs), size, recipe.optimisation.dropout
        )

    def begin_epoch(self, seed: int) -> None:
        for layer in self._network.layers:
            if isinstance(layer, keras.layers.Dropout) and layer.rate > 0:
                layer.seed_generator.state.assign([seed % 2**32, 0])

    def match_features(self, kernel: Floats, bias: Floats, weight: float) -> None:
        self._feature_map = tf.constant(kernel), tf.constant(bias), weight

    def step(
        self,
        photos: Pixels,
        targets: Floats,
        rate: float,
        ema_decay: float,
        teacher_features: Floats | None = None,
    ) -> tuple[float, Floats]:
        self._optimiser.learning_rate.assign(rate)
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
            losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=targets, logits=logits)
            loss = tf.reduce_mean(losses)
            total = loss + self._penalty() if self._recipe.optimisation.l2 else loss
            if teacher_features is not None:
                total += self._feature_error(pooled, teacher_features)
        variables = self._network.trainable_variables
        self._optimiser.apply(tape.gradient(total, variables), variables)
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

    def features(self, photos: Pixels) -> Floats:
        return self._on_batch(self._infer_features, photos)

    def logits(self, photos: Pixels) -> Floats:
        return self._on_batch(self._infer, photos)

    def _on_batch(self, infer: Callable[[Any], Any], photos: Pixels) -> Floats:
        result: Floats = infer(tf.constant(normalise(photos, self._spec))).numpy()
        return result

    def set_head(self, kernel: Floats, bias: Floats) -> None:
        for network in (self._network, self._average):
            head = network.get_layer(KERAS_HEAD)
            head.kernel.assign(kernel)
            head.bias.assign(bias)

    def weights(self) -> Arrays:
        return _arrays(self._average)

    def set_weights(self, weights: Arrays) -> None:
        _assign(self._average, weights)

    def read_weights(self, initial: InitialWeights) -> Arrays:
        return _read_weights(initial, self._average, self._recipe.architecture)

    def state(self) -> Arrays:
        state = {f"network/{name}": array for name, array in _arrays(self._network).items()}
        state |= {f"average/{name}": array for name, array in _arrays(self._average).items()}
        for index, variable in enumerate(self._optimiser.variables):
            state[f"optimiser/{index}"] = np.asarray(variable)
        return state

    def restore(self, state: Arrays) -> None:
        _assign(self._network, below(state, "network/"))
        self.set_weights(below(state, "average/"))
        for index, variable in enumerate(self._optimiser.variables):
            variable.assign(state[f"optimiser/{index}"])


def _choose(device: str) -> None:
    """Let TensorFlow see only what was asked for."""
    graphics = tf.config.list_physical_devices("GPU")
    if device == "cpu":
        tf.config.set_visible_devices([], "GPU")
    elif device != "auto" and not graphics:
        raise UsageError(
            f"TensorFlow finds no {device} device on this computer. Use --device auto or cpu."
        )


def _read_weights(initial: InitialWeights, network: keras.Model, architecture: str) -> Arrays:
    weights = _from_imagenet(architecture) if initial.is_imagenet else initial.read()
    try:
        named = in_keras_layout(architecture, weights)
    except (KeyError, ValueError) as error:
        raise TrainingError(
            f"{initial} does not fit {architecture} in TensorFlow ({error}). Choose other starting "
            "weights, or train with the framework they come from."
        ) from error
    own = {name: tuple(variable.shape) for name, variable in named_variables(network)}
    return dict(select_fitting(initial, own, named, lambda name: name.startswith(f"{KERAS_HEAD}/")))


def _from_imagenet(architecture: str) -> dict[str, Floats]:
    try:
        return imagenet_weights(architecture)
    except KeyError:
        raise UsageError(
            f"There are no ImageNet weights of {architecture}. Use --init random."
        ) from None
    except Exception as error:  # Keras wraps what its download raises in a plain Exception
        raise TrainingError(
            f"The ImageNet weights could not be fetched ({error}). They need a network; "
            "`--init bundled` and `--init random` do not."
        ) from error


def _copy(source: keras.Model, target: keras.Model) -> None:
    for (_, new), (_, old) in zip(named_variables(source), named_variables(target), strict=True):
        old.assign(new)
    settle_constants(target)


def _assign(network: keras.Model, weights: Arrays) -> None:
    for name, variable in named_variables(network):
        variable.assign(weights[name])


def _arrays(network: keras.Model) -> Arrays:
    return {name: np.array(variable) for name, variable in named_variables(network)}
