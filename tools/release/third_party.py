"""Writes THIRD_PARTY.md: third-party work in the wheel, and the licences of dependencies.

    python tools/release/third_party.py

Reads pyproject.toml and what is installed, so install the extra `all` first. The part about what
is in the wheel is written by hand, in tools/release/bundled.md.
"""

import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parents[2]
PAGE = TOP / "THIRD_PARTY.md"
_BUNDLED = Path(__file__).with_name("bundled.md")
_NOT_FOR_USERS = ("all",)
_MAX_NAME_LENGTH = 60
# Licences that the packages' metadata omit, or state for their Python part only.
_KNOWN = {
    "av": "BSD-3-Clause; its wheels hold FFmpeg, LGPL-3.0, and the encoders x264 and x265, GPL-2.0",
    "imagecodecs": "BSD-3-Clause; its wheels hold codecs under permissive licences, no GPL",
    "pi-heif": "BSD-3-Clause; its wheels hold libheif and libde265, LGPL-3.0",
    "rawpy": "MIT; its wheels hold LibRaw, LGPL-2.1 or CDDL-1.0",
    "tensorflow": "Apache-2.0",
}


def direct() -> dict[str, list[Requirement]]:
    """The requirements in pyproject.toml, by extra; the key "" has those without an extra."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {
        extra: [Requirement(line) for line in lines]
        for extra, lines in groups.items()
        if extra not in _NOT_FOR_USERS
    }


def heading(extra: str) -> str:
    """The heading of an extra's table."""
    return f"### Extra `{extra}`" if extra else "### Always"


def page() -> str:
    """The whole file. Exits with advice if a package whose metadata it needs is not installed."""
    sections = [_BUNDLED.read_text(encoding="utf-8")]
    listed: set[str] = set()
    for extra, requirements in direct().items():
        names = dict.fromkeys(canonicalize_name(wanted.name) for wanted in requirements)
        indirect = sorted(_indirect(requirements).items())
        brought = {name: by for name, by in indirect if name not in names.keys() | listed}
        listed |= names.keys() | brought.keys()
        lines = [
            heading(extra),
            "",
            "| package | licence | brought by |",
            "| --- | --- | --- |",
            *(f"| {name} | {_licence(name)} | |" for name in names),
            *(
                f"| {name} | {_licence(name)} | {', '.join(sorted(by))} |"
                for name, by in brought.items()
            ),
        ]
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections)


def _indirect(requirements: list[Requirement]) -> dict[str, set[str]]:
    """Indirect dependencies on this computer, with the requirements that need them."""
    brought: dict[str, set[str]] = {}
    waiting = [
        wanted for wanted in requirements if wanted.marker is None or wanted.marker.evaluate()
    ]
    while waiting:
        parent = waiting.pop()
        for wanted in _needs(parent):
            name = canonicalize_name(wanted.name)
            if name not in brought:
                waiting.append(wanted)
            brought.setdefault(name, set()).add(canonicalize_name(parent.name))
    return brought


def _needs(parent: Requirement) -> Iterator[Requirement]:
    for line in _installed(parent.name).requires or ():
        wanted = Requirement(line)
        chosen = parent.extras or {""}
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in chosen):
            yield wanted


def _licence(name: str) -> str:
    if name in _KNOWN:
        return _KNOWN[name]
    about = _installed(name).metadata
    if expression := about.get("License-Expression"):
        return expression
    stated = about.get("License") or "UNKNOWN"
    if stated == "UNKNOWN" or "\n" in stated or len(stated) > _MAX_NAME_LENGTH:  # a whole text
        classifiers = [line for line in about.get_all("Classifier", ()) if "License ::" in line]
        stated = ", ".join(line.rpartition(" :: ")[2] for line in classifiers)
    return stated or "not stated; see the package"


def _installed(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        sys.exit(f"{name} is not installed. Run `pip install '.[all]'` first.")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
