"""Every place that shows a member of an enum to the user has words for all members."""

import json
import tomllib
from collections import Counter
from enum import Enum
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app, classify, doctor, evaluate, options, report, retrain
from catdog_sorter.cli.console import Console
from catdog_sorter.cli.report import sorted_rows
from catdog_sorter.cli.summary import SortOutcome, mention_left_alone, sum_up
from catdog_sorter.labels import TRUE_LABELS, UNREADABLE, Label, Prediction
from catdog_sorter.model import backends
from catdog_sorter.model.networks import architectures
from catdog_sorter.moving.journal import Attribute, RunState, open_journal
from catdog_sorter.moving.modes import FOLDER_MODES, Mode
from catdog_sorter.moving.outcomes import MoveFailed
from catdog_sorter.moving.plan import Plan, Reason, Skip
from catdog_sorter.moving.sort import Totals
from catdog_sorter.photos.left_alone import FolderKind, Survey
from catdog_sorter.reports.photos import CSV, JSON_LINES, KINDS_IN_ORDER, PAGE
from catdog_sorter.reports.rows import PhotoOutcome
from catdog_sorter.storage.spool import Spool
from catdog_sorter.training.data.prepare import PrepareOutcome
from catdog_sorter.training.fit import frameworks

PHOTO = Path("/p/a.jpg")


def values(names: type[Enum]) -> set[str]:
    return {name.value for name in names}


def summary(mode: Mode, plan: Plan, failed: int, capsys: pytest.CaptureFixture[str]) -> str:
    problems = Spool(MoveFailed(PHOTO, "No room.") for _ in range(failed))
    outcome = SortOutcome(Totals.of(plan, 0), Spool(), problems)
    sum_up(Console(), plan, outcome, Spool(), mode, False, "model", None, Survey())
    written = capsys.readouterr()
    return written.out + written.err


@pytest.mark.parametrize("mode", Mode)
def test_the_totals_and_problems_of_a_sort_say_what_its_mode_does(
    mode: Mode, capsys: pytest.CaptureFixture[str]
) -> None:
    text = summary(mode, Plan((), ()), 1, capsys)
    assert f"found = 0 {mode.words.total} + " in text
    assert f"1 photo could not be {mode.words.total}:" in text
    assert mode.outcome is (PhotoOutcome.TAGGED if mode is Mode.TAG else PhotoOutcome.SORTED)


@pytest.mark.parametrize("reason", Reason)
def test_a_skipped_photo_is_named_by_its_reason_in_the_totals_and_the_report(
    reason: Reason, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = Plan((), (Skip(PHOTO, Label.CAT, reason),))
    has_failed = reason is Reason.SIDECAR  # those are counted among the failed
    text = summary(Mode.TAG if has_failed else Mode.MOVE, plan, int(has_failed), capsys)
    assert ("1 skipped (1 " in text) is not reason.is_left
    assert (f"(1 {reason.words})" in text) is not (reason.is_left or has_failed)
    prediction = Prediction(PHOTO, 1.0, 0.0, Label.CAT, "model")
    (row,) = sorted_rows([prediction], plan, (), (), Mode.MOVE)
    assert row.outcome is (PhotoOutcome.LEFT if reason.is_left else PhotoOutcome.SKIPPED)
    assert row.error == ("" if reason.is_left else reason.words)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("state", RunState)
def test_the_history_lists_a_run_of_every_mode_and_state(mode: Mode, state: RunState) -> None:
    with open_journal() as journal:
        run = journal.begin("catdog-sort .", mode)
        journal.close_run(run.id, state)
    assert f"{mode}, {state.words}" in CliRunner().invoke(app, ["history"]).stdout


@pytest.mark.parametrize("attribute", Attribute)
def test_a_sort_says_which_attribute_another_drive_did_not_keep(
    attribute: Attribute, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = SortOutcome(Totals.of(Plan((), ()), 0), Spool(), Spool())
    outcome.not_kept = Counter({attribute: 2})
    sum_up(Console(), Plan((), ()), outcome, Spool(), Mode.MOVE, False, "model", None, Survey())
    sentence = f"The {attribute} of 2 photos could not be kept on another drive."
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("kind", FolderKind)
def test_folders_that_are_left_alone_are_counted_by_what_they_are(
    kind: FolderKind, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = Survey()
    for number in (1, 2):
        survey.leave_alone(Path(f"/p/{number}"), kind)
        mention_left_alone(Console(), survey)
        assert f"Left alone: {number} {kind.noun(number)} (" in capsys.readouterr().err
    assert kind.noun(1) != kind.noun(2) or kind is FolderKind.PROGRAM


@pytest.mark.parametrize("outcome", PrepareOutcome)
def test_every_outcome_reads_well_behind_a_number(outcome: PrepareOutcome) -> None:
    assert outcome.counted(1200).startswith("1,200 ")
    assert outcome.counted(2).removesuffix("s") in (
        outcome.counted(1).replace("1 ", "2 "),
        f"2 {outcome}",
    )


def test_labels_have_their_place_in_reports_and_measures() -> None:
    assert set(KINDS_IN_ORDER) == {*Label, UNREADABLE}
    assert set(evaluate._OF) == set(TRUE_LABELS) == {*Label} - {Label.UNSURE}


def test_the_drop_page_has_every_label_and_the_docs_every_outcome() -> None:
    pages = resources.files("catdog_sorter.serving") / "pages"
    kinds = json.dumps([*Label, UNREADABLE])
    assert f"const KINDS = {kinds};" in (pages / "drop.js").read_text("utf-8")
    docs = Path(__file__).parents[2] / "docs" / "reports.md"
    assert ", ".join(f"`{outcome}`" for outcome in PhotoOutcome) in docs.read_text("utf-8")


def test_options_offer_all_existing_choices() -> None:
    from catdog_sorter.model.backends import onnx

    by_option = {Mode.RELATIVE_SYMLINK}  # --relative-links
    assert values(options.ModeName) == set(FOLDER_MODES) - by_option
    assert values(options.BackendName) == set(backends.NAMES)
    assert values(options.OnnxDevice) == set(onnx.DEVICES)
    assert values(classify.ResultKind) == {*Label, UNREADABLE}
    assert {f".{name}" for name in values(report.ReportFormat)} == {PAGE, CSV, JSON_LINES}
    assert values(retrain.Framework) == set(frameworks.TITLES)
    assert values(retrain.Architecture) == set(architectures.NAMES)
    assert values(retrain.TrainingDevice) == set(frameworks.DEVICES)


def test_doctor_knows_every_extra() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert set(doctor._EXTRAS) == set(project["project"]["optional-dependencies"]) - {"all"}
    assert set(doctor._BACKENDS) == set(backends.NAMES)
