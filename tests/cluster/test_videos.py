"""Videos in the parts of a cluster run, from folders and from stores."""

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra `ray`")
pytest.importorskip("fsspec", reason="needs the extra `ray`")

import pyarrow.parquet as pq

from catdog_sorter.classification.corrections import load_corrections
from catdog_sorter.cluster.parts import PartWorker
from catdog_sorter.cluster.run import prepare
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw
from tests.support.films import film


@pytest.mark.parametrize("scheme", ["", "local://"])
def test_videos_are_listed_and_judged(
    tmp_path: Path, colour_bundle: ModelBundle, scheme: str
) -> None:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    film(folder / "a.mov", ["dog"])  # of a Live Photo
    film(folder / "b.mp4", ["neither", "dog", "dog", "neither"])
    for videos, expected in ((False, {"a.png": "cat"}), (True, {"a.png": "cat", "b.mp4": "dog"})):
        into = tmp_path / f"verdicts-{videos}"
        job = prepare(
            [f"{scheme}{folder}"],
            str(into),
            colour_bundle,
            None,
            load_corrections(),
            part_size=9,
            videos=videos,
        )
        assert [PartWorker(job.task).unreadable_in(part) for part in job.listing.parts] == [0]
        rows = pq.read_table(into / "part-000000.parquet").to_pylist()
        assert {Path(row["path"]).name: row["label"] for row in rows} == expected
        assert [row["time_s"] is not None for row in rows] == [False, True][: len(rows)]
