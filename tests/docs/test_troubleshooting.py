"""Messages that the troubleshooting page quotes are messages of the program."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
QUOTED = re.findall(r'(?<![=\w])"([^"\n]{8,})"', PAGE)
# Said by Ray or by PyTorch, not by this program.
FOREIGN = {
    "Authentication token is missing",
    "The current node timed out during startup",
}


def messages() -> str:
    """The source, with adjacent string literals joined."""
    files = (TOP / "src").rglob("*.py")
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r'"\s*\n\s*f?"', "", source)


@pytest.mark.parametrize("quoted", sorted({*QUOTED} - FOREIGN))
def test_a_quoted_message_is_one_of_the_program(quoted: str) -> None:
    source = messages()
    for part in quoted.split("…"):
        words = part.strip(" .,")
        assert words in source, f"{words!r} is not in any message."


def test_messages_are_quoted() -> None:
    assert len(QUOTED) > 15
