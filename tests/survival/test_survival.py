"""The small form of `benchmarks/survival`: kills, faults, damaged files and many photos."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from benchmarks.survival import edits, faults, kills, mutants, soak
from benchmarks.survival.__main__ import tried_orders
from benchmarks.survival.stage import serving
from catdog_sorter.model.bundle import ModelBundle

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


@pytest.fixture(scope="module")
def server() -> Iterator["Popen[str]"]:
    with serving() as server:
        yield server


def test_no_kill_loses_a_photo_and_all_can_be_undone(
    tmp_path: Path, colour_bundle: ModelBundle, server: "Popen[str]"
) -> None:
    tried = list(kills.kill(tmp_path / "s", colour_bundle.folder, server, 50, seed=1, photos=8))
    assert sum(one.kills for one in tried) >= 50


def test_no_fault_loses_a_photo_and_each_run_says_what_failed(
    tmp_path: Path, colour_bundle: ModelBundle, server: "Popen[str]"
) -> None:
    injected = list(faults.inject(tmp_path / "s", colour_bundle.folder, server, 50, 1, photos=6))
    assert sum(one.hits > 0 for one in injected) >= 5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="exchanges files in one step")
def test_no_edit_of_another_program_is_lost(
    tmp_path: Path, colour_bundle: ModelBundle, server: "Popen[str]"
) -> None:
    tried = list(edits.edit(tmp_path / "s", colour_bundle.folder, server, 25, seed=1, photos=5))
    assert not [one.what for one in tried if one.lost]
    assert sum(one.edits for one in tried) >= 25


@pytest.mark.parametrize("what", faults.MEDDLINGS)
@pytest.mark.parametrize("mode", ["move", "copy", "tag"])
def test_another_program_in_the_last_instant_loses_nothing(
    what: str, mode: str, tmp_path: Path, colour_bundle: ModelBundle, server: "Popen[str]"
) -> None:
    setting = kills.Setting(mode, "system call", "same drive")
    injected = faults.meddle(tmp_path / "s", colour_bundle.folder, server, setting, what, nth=2)
    assert injected.hits == 1


@pytest.mark.parametrize("error", faults.DATABASE_ERRORS)
def test_a_failing_journal_stops_the_run_with_its_totals(
    error: str, tmp_path: Path, colour_bundle: ModelBundle, server: "Popen[str]"
) -> None:
    """Table, run and intentions are committed; recording the outcome fails."""
    with faults.open_stage(tmp_path / "s", colour_bundle.folder, server) as stage:
        stage.plant(10)
        before = stage.snapshot()
        fault = {"operation": "transaction", "error": error, "when": "before"}
        answer = stage.sort(fault={**fault, "nth": 4, "lasting": True})
        assert answer.code == 3
        assert "catdog-sort: '" in answer.stderr and "Traceback" not in answer.stderr
        assert answer.report.summary["sorted"] == 6, "what was sorted until then is said"
        stage.undo_everything()
        assert stage.snapshot() == before


def test_damaged_files_of_all_formats_are_decoded_or_named(tmp_path: Path) -> None:
    tally = mutants.decode_all(mutants.damaged(mutants.seeds(), 700, seed=1), tmp_path, 60.0)
    assert tally.files == 700
    assert tally.given_up == 0
    assert tally.decoded > 50 and tally.unreadable > 200, "damage of every degree"
    assert len(tally.formats) == 10


def test_many_photos_are_sorted_and_undone(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    assert "lost 0" in soak.sort_and_undo(tmp_path, colour_bundle.folder, 300).line


@pytest.mark.slow
def test_kills_and_faults_in_every_setting(
    tmp_path: Path, colour_bundle: ModelBundle, server: "Popen[str]"
) -> None:
    model = colour_bundle.folder
    assert list(kills.kill(tmp_path / "k", model, server, 120, seed=2))
    assert list(faults.inject(tmp_path / "f", model, server, 300, seed=2))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twenty_thousand_photos_take_no_more_memory_than_a_thousand(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    few = soak.sort_and_undo(tmp_path / "few", colour_bundle.folder, 1_000)
    many = soak.sort_and_undo(tmp_path / "many", colour_bundle.folder, 20_000)
    assert many.sort_mb <= 1.1 * few.sort_mb
    assert many.sort_mb < 400
    # An undo of few photos is over before its memory is read often: its peak may be missed.
    assert many.undo_mb <= few.undo_mb + 8


def test_the_harness_plays_orders() -> None:
    assert "1 of 40 steps" in tried_orders(1)
