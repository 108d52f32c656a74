"""The figures of the bundled models are in one file, from which the pages' tables are made."""

import json
import runpy
from pathlib import Path

TOP = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(TOP / "tools" / "figures.py"))
MEASURED = {
    "models": ["a", "b"],
    "photos": 10,
    "rows": {name: ["97.62% (91.7% to 99.3%; 82 of 84)", "0.00% (0.0% to 1.1%; 0 of 336)"]
             for name in SCRIPT["SHORT"].values()},
}  # fmt: skip


def test_every_page_has_the_figures_that_were_measured() -> None:
    advice = "Run `python tools/figures.py`."
    assert [page for page, _ in SCRIPT["changes"]()] == [], advice
    for page in SCRIPT["PAGES"]:
        assert "<!-- figures: " in page.read_text(encoding="utf-8"), page


def test_the_figures_are_of_the_default_model_first() -> None:
    from catdog_sorter.model.registry import DEFAULT_MODEL

    figures = json.loads(SCRIPT["FIGURES"].read_text(encoding="utf-8"))
    assert figures["models"][0] == DEFAULT_MODEL
    assert all(len(values) == len(figures["models"]) for values in figures["rows"].values())


def test_a_table_is_written_anew_between_its_marks() -> None:
    page = "before\n<!-- figures: short -->\nold\n<!-- end of figures -->\nafter\n"
    lines = SCRIPT["filled"](page, MEASURED).splitlines()
    assert lines[2] == "| | `a` | `b` |"
    assert lines[4].endswith("| 97.6 % (92 to 99) | 0 of 336 (at most 1.1 %) |")
    assert (lines[0], lines[-1]) == ("before", "after") and "old" not in lines


def test_a_model_measured_anew_takes_the_place_of_what_was_kept_of_it() -> None:
    kept = {"models": ["a", "b"], "photos": 9, "rows": {"x": ["1", "2"], "gone": ["3", "4"]}}
    new = {"models": ["b", "c"], "photos": 9, "rows": {"x": ["5", "6"]}}
    expected = {"models": ["a", "b", "c"], "photos": 9, "rows": {"x": ["1", "5", "6"]}}
    assert SCRIPT["merged"](kept, new) == expected
