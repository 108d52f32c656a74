"""Checks the operators of an ONNX file without a runtime or an ONNX library.

Allows only operators whose work and memory depend on nothing but the file and the number of photos:
no loops or branches, no outputs whose size depends on input values, and no data from outside the
file. Whether the rest stays within limits is tested by `model.trial`.

The numbers of fields are those of `onnx.proto3`; the wire format is Protocol Buffers'.
"""

import mmap
from collections.abc import Iterator
from pathlib import Path

OUTSIDE = "takes data from outside of itself"
_NO_NETWORK = "is not an ONNX model, or is damaged"
_FUNCTIONS = "defines operators of its own"
_SUBGRAPH = "holds a loop or a branch"
_TOO_MANY = "has more parts than any network needs"
_MAX_FIELDS = 1_000_000
_MAX_VARINT_BYTES = 10
# Kinds of fields on the wire; groups (3 and 4) are obsolete, and ONNX has none.
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FIXED_BYTES = {_FIXED64: 8, _FIXED32: 4}

_DOMAINS = (b"", b"ai.onnx")
_SIZES_BY_VALUE = b"Pad"  # its second input says how large its output is
_OPERATORS = frozenset(
    b"""
    Abs Add AveragePool BatchNormalization Cast Ceil Clip Concat Constant Conv DequantizeLinear Div
    Dropout Elu Equal Erf Exp Flatten Floor Gather Gelu Gemm GlobalAveragePool GlobalMaxPool Greater
    HardSigmoid HardSwish Identity InstanceNormalization LayerNormalization LeakyRelu Less Log
    LogSoftmax MatMul Max MaxPool Mean Min Mul Neg PRelu Pad Pow QuantizeLinear Reciprocal ReduceMax
    ReduceMean ReduceMin ReduceProd ReduceSum Relu Reshape Selu Shape Sigmoid Sign Slice Softmax
    Softplus Split Sqrt Squeeze Sub Sum Tanh Transpose Unsqueeze Where
    """.split()
)


class _Damaged(ValueError):
    """The bytes are not a message."""


def problem(path: Path) -> str | None:
    """Return why a network must not be opened, as a clause after its name; None if it may be.

    Raises OSError if the file cannot be read.
    """
    with path.open("rb") as file:
        try:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            return _NO_NETWORK
        with content, memoryview(content) as view:
            try:
                return next(_Walk().model(view), None)
            except (_Damaged, UnicodeDecodeError):
                return _NO_NETWORK
            except _TooMany:
                return _TOO_MANY


class _TooMany(ValueError):
    """More fields than any network needs."""


class _Walk:
    """One pass over the fields of a file. Its methods yield problems; weights are skipped."""

    def __init__(self) -> None:
        self._fields = 0
        self._constants: set[bytes] = set()
        self._sizes: set[bytes] = set()

    def model(self, data: memoryview) -> Iterator[str]:
        has_graph = False
        for number, part in self._messages(data):
            if number == 7:
                has_graph = True
                yield from self.graph(part)
            elif number in (20, 25):  # training_info, functions
                yield from self._nodes(part, 7)
                yield _FUNCTIONS
        if not has_graph:
            yield _NO_NETWORK
        if self._sizes - self._constants:
            yield "takes the size of its tensors from its numbers"

    def graph(self, data: memoryview) -> Iterator[str]:
        yield from self._nodes(data, 1)
        for number, part in self._messages(data):
            if number == 5:
                yield from self._tensor(part)
                self._constants |= {bytes(name) for n, name in self._messages(part) if n == 8}
            elif number == 15:
                yield from self._sparse(part)

    def _nodes(self, data: memoryview, field: int) -> Iterator[str]:
        for number, part in self._messages(data):
            if number == field:
                yield from self._node(part)

    def _node(self, data: memoryview) -> Iterator[str]:
        inputs: list[bytes] = []
        outputs: list[bytes] = []
        operators: list[bytes] = []
        for number, part in self._messages(data):
            if number in (1, 2, 4):
                (inputs if number == 1 else outputs if number == 2 else operators).append(
                    bytes(part)
                )
            elif number == 5:
                yield from self._attribute(part)
            elif number == 7 and bytes(part) not in _DOMAINS:
                yield f"uses operators of {_text(part)}"
        for operator in operators:
            if operator not in _OPERATORS:
                yield f"uses the operator {_text(operator)}, which no network of this program has"
        if _SIZES_BY_VALUE in operators:
            self._sizes |= set(inputs[1:2])
        if b"Constant" in operators:
            self._constants |= set(outputs)

    def _attribute(self, data: memoryview) -> Iterator[str]:
        for number, part in self._messages(data):
            if number in (6, 11):  # a graph, or several
                yield _SUBGRAPH
            elif number in (5, 10):
                yield from self._tensor(part)
            elif number in (22, 23):
                yield from self._sparse(part)

    def _sparse(self, data: memoryview) -> Iterator[str]:
        for number, part in self._messages(data):
            if number in (1, 2):
                yield from self._tensor(part)

    def _tensor(self, data: memoryview) -> Iterator[str]:
        for number, value in self._all(data):
            if number == 13 or (number == 14 and value != 0):  # external_data, data_location
                yield OUTSIDE

    def _messages(self, data: memoryview) -> Iterator[tuple[int, memoryview]]:
        for number, value in self._all(data):
            if isinstance(value, memoryview):
                yield number, value

    def _all(self, data: memoryview) -> Iterator[tuple[int, memoryview | int]]:
        """Yield (number, value) of each field; 0 for fixed-length numbers, which are not needed."""
        at = 0
        while at < len(data):
            self._fields += 1
            if self._fields > _MAX_FIELDS:
                raise _TooMany
            key, at = _varint(data, at)
            number, kind = key >> 3, key & 7
            if kind == _VARINT:
                value, at = _varint(data, at)
                yield number, value
                continue
            if kind == _BYTES:
                length, at = _varint(data, at)
            elif kind in _FIXED_BYTES:
                length = _FIXED_BYTES[kind]
            else:
                raise _Damaged
            if at + length > len(data):
                raise _Damaged
            yield number, data[at : at + length] if kind == _BYTES else 0
            at += length


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """A variable-length integer, and the offset of its end."""
    value = 0
    for place in range(_MAX_VARINT_BYTES):
        if at + place >= len(data):
            break
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    raise _Damaged


def _text(data: bytes | memoryview) -> str:
    return bytes(data[:100]).decode(errors="replace")
