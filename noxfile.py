"""Runs the project's checks, tests, docs and benchmarks: `nox --list` names them.

Every session uses the environment that nox is installed in: PyTorch and TensorFlow take gigabytes,
so no session installs anything. Arguments after `--` go to the tool, as in
`nox -s test -- tests/moving`.
"""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import nox

nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "test", "docs"]

TYPED = ("PySide6", "av", "fastapi", "torch", "watchdog")
ALL = (*TYPED, "imagecodecs", "rawpy", "ray", "tensorflow")
BENCHMARK = ("speed", "--photos", "24", "--rounds", "1")


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types, layers, spelling, and the schemas of the workflows."""
    _run(session, "ruff", "check", ".")
    _run(session, "ruff", "format", "--check", ".")
    _run(session, "lint-imports")
    _run(session, "codespell")
    _check_schemas(session)
    session.notify("types")


@nox.session
def types(session: nox.Session) -> None:
    """Types; skipped without the extras whose packages have types."""
    if not all(map(find_spec, TYPED)):
        session.skip("Needs the extras `gui`, `serve`, `torch`, `video` and `watch`")
    _run(session, "mypy")


@nox.session
def unit(session: nox.Session) -> None:
    """The fast tests, in less than a minute."""
    _python(session, "-m", "pytest", "-m", "unit and not slow", *session.posargs)


@nox.session
def test(session: nox.Session) -> None:
    """All tests but the slow ones, a process for each core."""
    _python(session, "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """The slow tests: trainings, long crash runs, and the packages."""
    _python(session, "-m", "pytest", "-m", "slow", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation into build/site; a broken link is an error."""
    # The theme prints a long notice about another program otherwise.
    session.env["NO_MKDOCS_2_WARNING"] = "1"
    _run(session, "mkdocs", "build", "--strict", *session.posargs)


@nox.session
def wheels(session: nox.Session) -> None:
    """Build and check the source distribution and the wheel in dist."""
    shutil.rmtree("dist", ignore_errors=True)
    _python(session, "-m", "build", "--no-isolation")
    _python(session, "-m", "twine", "check", "--strict", *map(str, Path("dist").iterdir()))


@nox.session
def generate(session: nox.Session) -> None:
    """Write the files that commands write: man page, translations, list of licences."""
    _python(session, "tools/man_page.py")
    _python(session, "tools/translations.py")
    session.notify("licences")


@nox.session
def licences(session: nox.Session) -> None:
    """Write THIRD_PARTY.md; skipped without all extras, whose licences it lists."""
    if not all(map(find_spec, ALL)):
        session.skip("Needs the extra `all`")
    _python(session, "tools/release/third_party.py")


@nox.session
def bench(session: nox.Session) -> None:
    """Run a benchmark: `nox -s bench -- speed --photos 96`; by default a short one of speed."""
    name, *options = session.posargs or BENCHMARK
    _python(session, f"benchmarks/{name}.py", *options)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take all screenshots of the documentation anew."""
    _python(session, "tools/screenshots.py", "docs/screenshots", *session.posargs)


def _python(session: nox.Session, *words: str) -> None:
    session.run(sys.executable, *words, external=True)


def _run(session: nox.Session, tool: str, *words: str) -> None:
    """Run a tool of this environment, whether or not the environment is active."""
    found = shutil.which(tool, path=str(Path(sys.executable).parent))
    if found is None:
        session.error(f"{tool} is not installed. Run `pip install --group dev`.")
    session.run(found, *words, external=True)


def _check_schemas(session: nox.Session) -> None:
    folder = Path(".github")
    for schema, files in (
        ("vendor.github-workflows", folder.glob("workflows/*.yml")),
        ("custom.github-workflows-require-timeout", folder.glob("workflows/*.yml")),
        ("vendor.github-issue-forms", folder.glob("ISSUE_TEMPLATE/[!c]*.yml")),
        ("vendor.github-issue-config", folder.glob("ISSUE_TEMPLATE/config.yml")),
    ):
        _run(session, "check-jsonschema", "--builtin-schema", schema, *map(str, files))
