from pathlib import Path
from types import SimpleNamespace

import pytest

from catdog_sorter.errors import TrainingStopped
from catdog_sorter.training.estimate import check_disk, estimate, fitting
from catdog_sorter.training.recipes import RECIPES, Unfreeze, with_settings
from catdog_sorter.training.run import MIN_HELD_OUT_PHOTOS, epochs_for

FINETUNE = RECIPES["finetune"]
GB = 1_000_000_000


def test_batches_shrink_until_they_fit_into_half_of_the_memory() -> None:
    everything = with_settings(FINETUNE, unfreeze=Unfreeze.ALL)
    batches = [
        fitting(everything, "torch", memory).data.batch_size for memory in (64 * GB, 8 * GB, 4 * GB)
    ]
    assert batches == sorted(batches, reverse=True)
    assert batches[0] == FINETUNE.data.batch_size and 4 <= batches[-1] < batches[0]
    assert fitting(with_settings(everything, batch_size=2), "torch", GB).data.batch_size == 2
    for memory, batch in zip((64 * GB, 8 * GB), batches, strict=False):
        used = estimate(with_settings(everything, batch_size=batch), "torch", 300, has_start=True)
        assert used.memory_bytes <= memory / 2


def test_more_work_has_a_longer_estimate() -> None:
    few, many = (estimate(FINETUNE, "torch", count, has_start=True) for count in (300, 3000))
    assert few.minutes < many.minutes
    assert few.disk_bytes < many.disk_bytes
    every_layer = estimate(
        with_settings(FINETUNE, unfreeze=Unfreeze.ALL), "torch", 300, has_start=True
    )
    assert every_layer.minutes > few.minutes
    assert every_layer.memory_bytes > few.memory_bytes
    large = with_settings(FINETUNE, image_size=384, input_size=384)
    assert estimate(large, "torch", 300, has_start=True).minutes > few.minutes


def test_tensorflow_needs_more_memory_and_so_gets_smaller_batches() -> None:
    torch, tf = (estimate(FINETUNE, name, 300, has_start=True) for name in ("torch", "tf"))
    assert tf.memory_bytes > torch.memory_bytes + GB
    everything = with_settings(FINETUNE, unfreeze=Unfreeze.ALL)
    sizes = [fitting(everything, name, 8 * GB).data.batch_size for name in ("torch", "tf")]
    assert sizes[1] < sizes[0]


def test_a_drive_with_too_little_room_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = estimate(FINETUNE, "torch", 300, has_start=True)
    check_disk(needed, tmp_path / "runs" / "mine")
    full = SimpleNamespace(free=needed.disk_bytes - 1)
    monkeypatch.setattr("shutil.disk_usage", lambda place: full if place == tmp_path else None)
    with pytest.raises(TrainingStopped, match=r"needs about 0\.\d GB.*Free some space"):
        check_disk(needed, tmp_path / "runs" / "mine")


def test_few_photos_and_the_last_layer_alone_need_no_epochs() -> None:
    assert epochs_for(FINETUNE, MIN_HELD_OUT_PHOTOS - 1, has_start=True) == 0
    assert epochs_for(FINETUNE, MIN_HELD_OUT_PHOTOS, has_start=True) > 0
    head = with_settings(FINETUNE, unfreeze=Unfreeze.HEAD)
    assert epochs_for(head, 5000, has_start=True) == 0
    assert epochs_for(head, 5000, has_start=False) == FINETUNE.optimisation.epochs
