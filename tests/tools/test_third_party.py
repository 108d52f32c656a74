"""THIRD_PARTY.md names every package that pyproject.toml asks for, under its extra."""

import re
import runpy
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = (TOP / "THIRD_PARTY.md").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(TOP / "tools" / "release" / "third_party.py"))
DIRECT = SCRIPT["direct"]()


@pytest.mark.parametrize("extra", DIRECT)
def test_the_list_is_that_of_pyproject(extra: str) -> None:
    _, found, rest = PAGE.partition(SCRIPT["heading"](extra) + "\n")
    table = rest.partition("\n#")[0]
    listed = re.findall(r"^\| (\S+) \| [^|]+ \| \|$", table, re.MULTILINE)
    wanted = {SCRIPT["canonicalize_name"](requirement.name) for requirement in DIRECT[extra]}
    assert found and set(listed) == wanted, "Run `python tools/release/third_party.py`."


def test_what_the_wheel_holds_of_others_is_credited() -> None:
    assets = {path.name for path in (TOP / "src" / "catdog_sorter" / "assets").iterdir()}
    assert assets == {"cat.jpg", "icon.svg"}  # the icon was drawn for this project
    assert "catdog_sorter/assets/cat.jpg" in PAGE
    for bundle in (TOP / "weights").glob("*/bundle.json"):
        for file in bundle.parent.iterdir():
            assert file == bundle or file.name in PAGE
