"""The reason why Qt cannot be used in the tests of this environment; None if it can."""

from importlib.util import find_spec

from catdog_sorter.gui.start import qt_problem


def _problem() -> str | None:
    return qt_problem() or (None if find_spec("pytestqt") else "pytest-qt is not installed.")


QT_PROBLEM = _problem()
