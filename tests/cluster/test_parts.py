import json
import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra `ray`")

import pyarrow.parquet as pq

from catdog_sorter.classification import pipeline
from catdog_sorter.classification.corrections import Corrections, correct, load_corrections
from catdog_sorter.cluster.parts import PartWorker
from catdog_sorter.cluster.run import ClusterRun, prepare, run_parts
from catdog_sorter.errors import CatdogError, UsageError
from catdog_sorter.labels import Label
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.photos.find import find_photos
from catdog_sorter.reports.rows import RESULT_COLUMNS, result_values
from tests.support.colours import draw, tree

EXAMPLES = Path(__file__).parents[2] / "examples" / "photos"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    draw(folder / "b.png", "dog")
    (folder / "c.jpg").write_text("not a picture")
    draw(folder / "deep" / "d.png", "neither")
    return folder


@pytest.fixture
def job_for(tmp_path: Path, colour_bundle: ModelBundle):
    def job(
        *sources: object, part_size: int = 3, into: object = tmp_path / "verdicts"
    ) -> ClusterRun:
        words = [str(source) for source in sources]
        return prepare(words, str(into), colour_bundle, None, load_corrections(), part_size)

    return job


def do(job: ClusterRun) -> list[int]:
    worker = PartWorker(job.task)
    return [worker.unreadable_in(part) for part in job.listing.parts]


def rows(folder: Path) -> list[dict]:
    """The rows as in the other formats: without fields that have no value."""
    files = sorted(folder.glob("*.parquet"))
    found = [row for file in files for row in pq.read_table(file).to_pylist()]
    return [{name: row[name] for name in row if row[name] is not None} for row in found]


def test_parts_say_what_the_plain_run_says(
    pictures: Path, job_for, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    draw(pictures / os.fsdecode(b"caf\xe9.png"), "both")
    before = tree(pictures)
    assert do(job_for(pictures)) == [1, 0]
    found = find_photos([pictures])
    plain = [
        result_values(result)
        for result in pipeline.classify(found, colour_bundle, open_backend(colour_bundle))
    ]
    plain[3]["path"] = plain[3]["path"].replace("\udce9", "\\udce9")
    assert rows(tmp_path / "verdicts") == plain
    assert pq.read_schema(tmp_path / "verdicts" / "part-000000.parquet").names == [*RESULT_COLUMNS]
    assert tree(pictures) == before


def test_the_default_model_is_whole_for_uncertain_photos_too(tmp_path: Path) -> None:
    bundle = load_bundle(find_bundle(DEFAULT_MODEL))
    job = prepare([str(EXAMPLES)], str(tmp_path / "out"), bundle, None, load_corrections(), 100)
    assert do(job) == [0]
    found = pipeline.classify(find_photos([EXAMPLES]), bundle, open_backend(bundle))
    plain = [result_values(result) for result in found]
    assert any(0.01 < row["p_cat"] < 0.99 or 0.01 < row["p_dog"] < 0.99 for row in plain)
    labels = [(row["path"], row["label"]) for row in plain]
    assert [(row["path"], row["label"]) for row in rows(tmp_path / "out")] == labels


def test_urls_and_lists_say_the_same_and_name_what_is_missing(
    pictures: Path, job_for, tmp_path: Path
) -> None:
    names = [f"local://{pictures / 'a.png'}", str(pictures / "b.png"), f"local://{pictures / 'no'}"]
    names.append(str(pictures / "gone.jpg"))
    (tmp_path / "list.txt").write_text("\n".join(names))
    assert do(job_for(f"@{tmp_path / 'list.txt'}")) == [1, 1]
    found = rows(tmp_path / "verdicts")
    assert [row["path"] for row in found] == names
    assert [row.get("label") for row in found] == ["cat", "dog", None, None]
    assert "could not be fetched" in found[2]["error"]
    assert "no such file on" in found[3]["error"]


def test_a_correction_counts(pictures: Path, job_for, tmp_path: Path) -> None:
    correct([(pictures / "a.png", Label.BOTH)])
    do(job_for(f"local://{pictures}"))
    first = rows(tmp_path / "verdicts")[0]
    assert (first["label"], first["corrected"]) == ("both", True)


def test_a_part_is_done_again_only_when_it_is_missing_or_torn(
    pictures: Path, job_for, tmp_path: Path
) -> None:
    job = job_for(pictures, part_size=1)
    do(job)
    first, second, third, last = sorted((tmp_path / "verdicts").glob("*.parquet"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-5])
    kept = [os.stat(file).st_ino for file in (third, last)]
    assert do(job_for(pictures, part_size=1)) == [0, 0, 1, 0]
    assert [os.stat(file).st_ino for file in (third, last)] == kept
    assert [row.get("label") for row in rows(tmp_path / "verdicts")] == [
        "cat",
        "dog",
        None,
        "neither",
    ]


def test_the_output_may_be_a_url(pictures: Path, job_for, tmp_path: Path) -> None:
    assert do(job_for(pictures, into=f"local://{tmp_path / 'there'}")) == [1, 0]
    assert len(rows(tmp_path / "there")) == 4


def test_a_folder_resumes_only_the_same_run(
    pictures: Path, job_for, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    first = job_for(pictures)
    assert job_for(pictures) == first
    with pytest.raises(UsageError, match="differs from this one in its part size"):
        job_for(pictures, part_size=2)
    with pytest.raises(UsageError, match="in its model"):
        other = replace(colour_bundle, name="others")
        prepare([str(pictures)], str(tmp_path / "verdicts"), other, None, Corrections({}), 3)
    draw(pictures / "e.png", "cat")
    with pytest.raises(UsageError, match="in its photos"):
        job_for(pictures)


def test_a_folder_with_anything_else_is_refused(pictures: Path, job_for, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="contains files that do not belong to such a run"):
        job_for(pictures, into=pictures)
    (tmp_path / "verdicts").mkdir()
    (tmp_path / "verdicts" / "_manifest.json").write_text("{")
    with pytest.raises(UsageError, match="damaged"):
        job_for(pictures)
    with pytest.raises(UsageError, match="cannot be written"):
        job_for(pictures, into=pictures / "a.png" / "below")


def test_the_manifest_says_what_was_run(pictures: Path, job_for, tmp_path: Path) -> None:
    job_for(pictures)
    said = json.loads((tmp_path / "verdicts" / "_manifest.json").read_text())
    assert said["photos"]["number"] == 4
    assert said["corrections"] == "none"


def test_computers_with_other_releases_do_not_mix(pictures: Path, job_for) -> None:
    job = job_for(pictures)
    with pytest.raises(CatdogError, match="Install the same release on every computer"):
        PartWorker(replace(job.task, version="0.0.1")).unreadable_in(job.listing.parts[0])


def test_a_cluster_that_is_not_there_is_named(pictures: Path, job_for) -> None:
    pytest.importorskip("ray", reason="needs the extra `ray`")
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(CatdogError, match=f"The Ray cluster {address} cannot be used"):
        next(run_parts(job_for(pictures), address))
