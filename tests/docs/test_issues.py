"""Each row of the maintainers' page names a test that exists."""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
ROWS = [
    line
    for line in (TOP / "issues_and_solutions.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and line.count(" | ") == 3 and "| symptom |" not in line
]


def test_there_are_rows() -> None:
    assert len(ROWS) > 100


def test_every_test_that_is_named_exists() -> None:
    missing = []
    for path, name in re.findall(r"`(tests/[\w/]+(?:\.py)?)(?:/)?(?:::([\w:]+))?", "\n".join(ROWS)):
        file = TOP / path
        if not file.exists():
            missing.append(path)
        elif name:
            text = file.read_text(encoding="utf-8")
            missing += [
                f"{path}::{name}"
                for part in name.split("::")
                if not re.search(rf"^\s*(?:def|class) {part}\b", text, re.M)
            ]
    assert missing == []


def test_the_shortest_rows_come_first() -> None:
    text = (TOP / "issues_and_solutions.md").read_text(encoding="utf-8")
    for part in text.split("\n## ")[1:]:
        rows = [line for line in part.splitlines() if line in ROWS]
        assert rows == sorted(rows, key=len), part.partition("\n")[0]
