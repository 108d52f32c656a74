"""Stores a network's weights once: as initialisers of its ONNX model, under the framework's names.

Exporters fold batch-norm into the convolutions and rename weights. `name_weights` reverts that, so
that PyTorch and TensorFlow can load a bundle from `model.onnx` and continue training; ONNX Runtime
folds batch-norm again at load time. Nothing in such a file is executed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from catdog_sorter.model.arrays import Floats32, Weights
from catdog_sorter.model.networks.architectures import has_keras_names

LOGITS, REGIONS = "logits", "regions"
# Initialisers that are not weights: shapes, bounds, constants of the architecture.
_CONSTANT = "constant_"
_EPSILONS = (1e-3, 1.001e-5, 1e-5)
# Relative tolerance for an exporter's rounding when it folds batch-norm into a kernel.
_ROUNDING = 1e-4
# Names of batch-norm's gamma, beta, mean and variance, and what comes before them.
_NORMS = (
    (".", ("weight", "bias", "running_mean", "running_var")),
    (".", ("gamma", "beta", "mean", "variance")),
    ("/", ("gamma", "beta", "moving_mean", "moving_variance")),
)
_KERAS_DEPTHWISE = ("depthwise/kernel", "dwconv/kernel")


def read_weights(file: Path) -> Weights:
    """The weights in an ONNX model, under its framework's names and in its order of axes.

    Raises:
        ValueError: the file is not an ONNX model, or has no weights, or weights that are not
        floats.
    """
    try:
        model = onnx.load(file, load_external_data=False)
        arrays = {
            each.name: np.array(numpy_helper.to_array(each))  # a copy, which may be written to
            for each in model.graph.initializer
            if not each.name.startswith(_CONSTANT)
        }
    except Exception as error:  # a damaged file makes its reader raise anything
        raise ValueError(str(error)) from error
    if not arrays:
        raise ValueError("no weights")
    for name, array in arrays.items():
        if array.dtype != np.float32:
            raise ValueError(f"{name} holds {array.dtype}")
    if not has_keras_names(arrays):
        return arrays
    return {name: _in_keras_axes(name, array) for name, array in arrays.items()}


def name_weights(model: onnx.ModelProto, weights: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Replace the initialisers of an exported model by exactly these weights; it computes the same.

    Kernels and batch-norms are matched by value. Weights that the graph does not use directly, for
    example because the exporter computed constants from them, are added as unused initialisers.

    Args:
        model: float32, changed in place.
        weights: what the model was exported from, under PyTorch's or Keras' names and in their
            order of axes; numbers that are not float32 (counters) are left out.
    """
    wanted = {
        name: np.asarray(array, dtype=np.float32)
        for name, array in weights.items()
        if array.dtype == np.float32
    }
    if has_keras_names(wanted):
        wanted = {name: _in_onnx_axes(name, array) for name, array in wanted.items()}
    _Naming(model, wanted).run()


class _Naming:
    """A model whose initialisers are being renamed."""

    def __init__(self, model: onnx.ModelProto, wanted: Mapping[str, Floats32]) -> None:
        self._graph = model.graph
        self._wanted = wanted
        self._norms = list(_norms(wanted))
        self._numbers = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self._used: set[str] = set()

    def run(self) -> None:
        """Rename the weights that are found, and add the others as unused initialisers."""
        for node in list(self._graph.node):
            if node.op_type == "Conv" and len(self._numbers.get(node.input[1], ())):
                self._name_convolution(node)
        self._name_equal()
        self._name_constants()
        needed = {name for node in self._graph.node for name in node.input}
        kept = {k: v for k, v in self._numbers.items() if k in needed and k not in self._wanted}
        del self._graph.initializer[:]
        for name, array in {**kept, **self._wanted}.items():
            self._graph.initializer.append(numpy_helper.from_array(array, name))

    def _name_convolution(self, node: onnx.NodeProto) -> None:
        chain, scale, shift = self._affine(node)
        kernel = self._numbers[node.input[1]] * scale[:, None, None, None]
        for name, array in self._wanted.items():
            if name in self._used or array.shape != kernel.shape:
                continue
            if _equal(array, kernel) and self._name_plain(node, chain, name, shift):
                return
            ratio = _ratio(kernel, array)
            if ratio is not None and self._name_normed(node, chain, name, ratio, shift):
                return

    def _affine(self, node: onnx.NodeProto) -> tuple[list[onnx.NodeProto], Floats32, Floats32]:
        """The nodes after a convolution that only scale and shift each channel.

        Returns those nodes, and their combined scale and shift, the bias included.
        """
        channels = self._numbers[node.input[1]].shape[0]
        scale = np.ones(channels, np.float32)
        shift = np.zeros(channels, np.float32)
        if len(node.input) > 2:
            shift = self._numbers[node.input[2]]
        chain: list[onnx.NodeProto] = []
        last = node
        while True:
            after = [each for each in self._graph.node if last.output[0] in each.input]
            if len(after) != 1 or after[0].op_type not in ("Mul", "Add"):
                return chain, scale, shift
            others = [name for name in after[0].input if name != last.output[0]]
            numbers = self._numbers.get(others[0]) if others else None
            if numbers is None or numbers.size != channels:
                return chain, scale, shift
            flat = numbers.reshape(channels)
            if after[0].op_type == "Mul":
                scale, shift = scale * flat, shift * flat
            else:
                shift = shift + flat
            last = after[0]
            chain.append(last)

    def _name_plain(
        self, node: onnx.NodeProto, chain: list[onnx.NodeProto], kernel: str, shift: Floats32
    ) -> bool:
        """A convolution without batch-norm: its kernel, and its bias if it has one."""
        bias = None
        if shift.any():
            bias = next((n for n, a in self._free_vectors(kernel, shift) if _equal(a, shift)), None)
            if bias is None:
                return False
        self._replace(node, chain, [kernel, *([bias] if bias else [])])
        return True

    def _name_normed(
        self, node: onnx.NodeProto, chain: list[onnx.NodeProto], kernel: str, ratio: Floats32,
        shift: Floats32,
    ) -> bool:  # fmt: skip
        """Restore the batch-norm of a convolution into which it was folded."""
        biases = [None, *(name for name, _ in self._free_vectors(kernel, shift))]
        for names in self._norms:
            gamma, beta, mean, variance = (self._wanted[name] for name in names)
            if names[0] in self._used or gamma.shape != ratio.shape:
                continue
            for epsilon in _EPSILONS:
                expected = gamma / np.sqrt(variance + np.float32(epsilon))
                if not _equal(expected, ratio, where=~np.isnan(ratio)):
                    continue
                for bias in biases:
                    own = self._wanted[bias] if bias else np.float32(0)
                    if _equal(beta + (own - mean) * expected, shift):
                        inputs = [kernel, *([bias] if bias else [])]
                        self._replace(node, chain, inputs, names, epsilon)
                        return True
        return False

    def _free_vectors(self, kernel: str, like: Floats32) -> Iterator[tuple[str, Floats32]]:
        """Candidates for this kernel's bias, those of the same layer first."""
        layer = kernel.rpartition("/" if "/" in kernel else ".")[0]
        names = sorted(self._wanted, key=lambda name: not name.startswith(layer))
        for name in names:
            if name not in self._used and self._wanted[name].shape == like.shape:
                yield name, self._wanted[name]

    def _replace(
        self,
        node: onnx.NodeProto,
        chain: list[onnx.NodeProto],
        inputs: list[str],
        norm: tuple[str, ...] = (),
        epsilon: float = 0.0,
    ) -> None:
        target = chain[-1].output[0] if chain else node.output[0]
        for each in chain:
            self._graph.node.remove(each)
        del node.input[1:]
        node.input.extend(inputs)
        self._used |= {*inputs, *norm}
        if not norm:
            node.output[0] = target
            return
        node.output[0] = f"{target}_before_norm"
        after = helper.make_node(
            "BatchNormalization", [node.output[0], *norm], [target], epsilon=epsilon
        )
        self._graph.node.insert(list(self._graph.node).index(node) + 1, after)

    def _name_equal(self) -> None:
        """Rename initialisers that equal a weight, such as those of the last layer."""
        free = [name for name in self._wanted if name not in self._used]
        names = {}
        for number, array in self._numbers.items():
            for name in free:
                if array.dtype == np.float32 and np.array_equal(array, self._wanted[name]):
                    names[number] = name
                    break
        self._rename(names)
        self._used |= set(names.values())

    def _name_constants(self) -> None:
        others = [name for name in self._numbers if name not in self._wanted]
        self._rename({name: f"{_CONSTANT}{index}" for index, name in enumerate(others)})

    def _rename(self, names: Mapping[str, str]) -> None:
        for node in self._graph.node:
            for index, name in enumerate(node.input):
                node.input[index] = names.get(name, name)
        self._numbers = {names.get(name, name): array for name, array in self._numbers.items()}


def _norms(weights: Mapping[str, Floats32]) -> Iterator[tuple[str, ...]]:
    """Names of gamma, beta, mean and variance of each batch-norm."""
    for mark, parts in _NORMS:
        for name in weights:
            if name.endswith(f"{mark}{parts[-1]}"):
                layer = name.removesuffix(parts[-1])
                if all(f"{layer}{part}" in weights for part in parts):
                    yield tuple(f"{layer}{part}" for part in parts)


def _ratio(folded: Floats32, kernel: Floats32) -> Floats32 | None:
    """Factor of each channel of `kernel`, NaN where that is all 0; None if they do not match."""
    given, own = (each.reshape(len(each), -1).astype(np.float64) for each in (folded, kernel))
    square = (own * own).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (given * own).sum(axis=1) / square
    ratio[square == 0] = np.nan
    off = np.abs(given - np.nan_to_num(ratio)[:, None] * own).max()
    found: Floats32 = ratio.astype(np.float32)
    return found if off <= _ROUNDING * max(np.abs(given).max(), 1e-9) else None


def _equal(one: Floats32, other: Floats32, where: npt.NDArray[np.bool_] | None = None) -> bool:
    if where is not None:
        one, other = one[where], other[where]
    largest = max(float(np.abs(other).max(initial=0)), 1e-9)
    return bool(np.abs(one - other).max(initial=0) <= _ROUNDING * largest)


def _in_onnx_axes(name: str, array: Floats32) -> Floats32:
    """A Keras array with a kernel's axes as (out, in, height, width)."""
    if array.ndim != 4:
        return array
    is_depthwise = name.endswith(_KERAS_DEPTHWISE)  # (height, width, channels, 1)
    return np.ascontiguousarray(array.transpose((2, 3, 0, 1) if is_depthwise else (3, 2, 0, 1)))


def _in_keras_axes(name: str, array: Floats32) -> Floats32:
    if array.ndim != 4:
        return array
    is_depthwise = name.endswith(_KERAS_DEPTHWISE)
    return np.ascontiguousarray(array.transpose((2, 3, 0, 1) if is_depthwise else (2, 3, 1, 0)))


def expose_regions(model: onnx.ModelProto) -> bool:
    """Make the map of region logits the model's second output, `regions`.

    It is float32 (N, K, H, W) and computed for the logits anyway. Returns whether there is one.
    """
    graph = model.graph
    pools = [node for node in graph.node if node.op_type == "AveragePool"]
    if len(pools) != 1 or len(graph.output) != 1:
        return False
    inferred = onnx.shape_inference.infer_shapes(model).graph
    known = {value.name: value for value in (*inferred.value_info, *inferred.output)}
    name = pools[0].input[0]
    if name not in known:
        return False
    sizes = [each.dim_value for each in known[name].type.tensor_type.shape.dim]
    outputs = known[graph.output[0].name].type.tensor_type.shape.dim[-1].dim_value
    if len(sizes) != 4 or sizes[1] != outputs:
        return False
    for node in graph.node:
        for names in (node.input, node.output):
            for index, each in enumerate(names):
                names[index] = REGIONS if each == name else each
    shape = [graph.input[0].type.tensor_type.shape.dim[0].dim_param or "photos", *sizes[1:]]
    graph.output.append(helper.make_tensor_value_info(REGIONS, onnx.TensorProto.FLOAT, shape))
    return True
