import json
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from catdog_sorter.model.networks.weights import read_weights


def file_of(header: dict[str, Any], data: bytes = b"0000") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def tensor(dtype: str, shape: list[int], end: int = 4) -> bytes:
    return file_of({"a": {"dtype": dtype, "shape": shape, "data_offsets": [0, end]}})


def test_weights_are_read_by_name(tmp_path: Path) -> None:
    save_file({"a": np.ones(2, np.float32)}, tmp_path / "w")
    assert read_weights(tmp_path / "w")["a"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"not weights", pickle.dumps({"a": 1}), struct.pack("<Q", 1 << 60)),
        *(tensor("F32", [1 << 40], 1 << 42), tensor("F32", [1 << 62, 1 << 62])),
        *(tensor("F32", [-1]), tensor("BF16", [2]), tensor("F8_E4M3", [4]), tensor("BOOL", [4])),
        tensor("F32", [2]),
    ],
)
def test_what_holds_no_weights_or_claims_too_many_is_refused(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "w").write_bytes(content)
    with pytest.raises(ValueError):
        read_weights(tmp_path / "w")
