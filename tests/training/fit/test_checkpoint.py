from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError, TrainingStopped
from catdog_sorter.training.fit import checkpoint
from catdog_sorter.training.fit.checkpoint import below, read_arrays, read_metadata, write_arrays

ARRAYS = {
    "a/x": np.arange(6, dtype=np.float32).reshape(2, 3).T,  # not contiguous
    "a/steps": np.array(7, dtype=np.int64),
    "b": np.zeros(0, dtype=np.uint32),
}


def test_arrays_and_metadata_come_back_as_they_were(tmp_path: Path) -> None:
    write_arrays(tmp_path / "c.safetensors", ARRAYS, {"history": "[]"})
    arrays, metadata = read_arrays(tmp_path / "c.safetensors")
    assert metadata == read_metadata(tmp_path / "c.safetensors") == {"history": "[]"}
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert (arrays[name].dtype, arrays[name].shape) == (array.dtype, array.shape)
        assert np.array_equal(arrays[name], array)


def test_an_older_file_stays_when_a_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "c.safetensors"
    write_arrays(file, ARRAYS, {})
    before = file.read_bytes()

    def half(arrays: object, path: Path, **_: object) -> None:
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", half)
    with pytest.raises(TrainingStopped, match=r"No space left on device.*Free some space"):
        write_arrays(file, {}, {})
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("content", [b"", b"\x80\x04nonsense", b"\xff" * 64])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "c.safetensors"
    file.write_bytes(content)
    for read in (read_arrays, read_metadata):
        with pytest.raises(TrainingError, match=r"c\.safetensors is damaged"):
            read(file)


def test_a_prefix_chooses_and_goes() -> None:
    assert below(ARRAYS, "a/").keys() == {"x", "steps"}
