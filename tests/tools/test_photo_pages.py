"""The pages on companions and on folders left alone are generated from the program's tables."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADVICE = "Run `python tools/photo_pages.py`."


@pytest.mark.parametrize(
    ("page", "function"),
    [("companions.md", "companions_page"), ("left-alone.md", "left_alone_page")],
)
def test_pages_are_in_step_with_the_tables(page: str, function: str) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "photo_pages.py"))
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == tool[function](), ADVICE
