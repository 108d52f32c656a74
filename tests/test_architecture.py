"""docs/architecture.md describes the package, and there are no circular imports."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "catdog_sorter"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_folder_of_the_package_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)/` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert {name for name, _, _ in rows} == folders
    assert len(rows) == len(folders)


def test_every_single_module_is_named() -> None:
    (line,) = re.findall(r"^Single modules: .*$", PAGE, re.MULTILINE)
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert set(re.findall(r"`(\w+)`", line)) == modules


def test_there_are_no_circular_imports_not_even_for_types() -> None:
    graph = grimp.build_graph("catdog_sorter", cache_dir=None)
    modules = graph.modules - {"catdog_sorter"}  # its names are fetched when they are used
    imports = {
        module: graph.find_modules_directly_imported_by(module) & modules for module in modules
    }
    assert imports["catdog_sorter.gui.window"], "the graph is empty"
    TopologicalSorter(imports).prepare()


# Besides `moving`, which moves the user's files by the journal: what renames or removes files of
# the program's own, and where these lie.
_OWN_FILES = {
    "classification/cache.py": "the cache",
    "cluster/parts.py": "what it has just downloaded to a temporary folder",
    "model/registry.py": "models and the name of the one in use",
    "storage/database.py": "databases",
    "storage/files.py": "what it has just written, and hidden folders of its own",
    "training/fit/distillation.py": "features kept in the folder of a run",
    "training/fit/weight_averaging.py": "weights in the folder of a run",
    "training/measure/compare.py": "models and runs of a comparison",
    "training/run.py": "the folder of a run",
    "training/runs.py": "the folder of a run",
}
_OF_OS = frozenset("link remove removedirs rename renames replace rmdir symlink unlink".split())
_OF_SHUTIL = frozenset(("move", "rmtree"))
_OF_PATH = frozenset("hardlink_to rename rmdir symlink_to unlink".split())
_OF_QT = frozenset(("QDir", "QFile", "QSaveFile"))
_MOVERS = {"os": _OF_OS, "shutil": _OF_SHUTIL}
# Modules of `moving` that change a person's folders.
_EXECUTORS = frozenset(("emptied", "executor", "places", "transfer"))


def _moves_or_removes(module: ast.Module) -> Iterator[int]:
    """Lines with a name, called or not, of a function that renames or removes files."""
    names = {
        each.asname or each.name: each.name
        for node in ast.walk(module)
        if isinstance(node, ast.Import)
        for each in node.names
        if each.name in _MOVERS
    }
    called = {id(node.func): node for node in ast.walk(module) if isinstance(node, ast.Call)}
    for node in ast.walk(module):
        match node:
            case ast.ImportFrom(module=source, names=imported):
                of_source = _MOVERS.get(source or "", _OF_QT)
                is_ours = bool(source and source.startswith("catdog_sorter.moving"))
                of_source = _EXECUTORS if is_ours else of_source
                if any(each.name in (*of_source, "*") for each in imported):
                    yield node.lineno
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in names:
                if name in _MOVERS[names[owner]]:
                    yield node.lineno
            case ast.Attribute(value=ast.Name(id="session"), attr=name) if name in _EXECUTORS:
                yield node.lineno
            case ast.Attribute(value=ast.Name(id="dataclasses")):
                pass
            case ast.Attribute(attr="replace"):
                # `str.replace` takes two arguments, a date's names them, `Path.replace` takes one.
                call = called.get(id(node))
                names_target = call and any(word.arg == "target" for word in call.keywords)
                if call is None or names_target or (len(call.args) == 1 and not call.keywords):
                    yield node.lineno
            case ast.Attribute(attr=name) if name in _OF_PATH:
                yield node.lineno
            case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id=owner), name, *_]):
                constant = isinstance(name, ast.Constant) and name.value not in _OF_OS
                if owner in names and not constant:
                    yield node.lineno


@pytest.mark.parametrize(
    "line",
    [
        "import os; os.rename(a, b)",
        "import os as o; o.remove(a)",
        "import os; take = os.replace",
        "import os; getattr(os, 'rename')(a, b)",
        "import os; getattr(os, name)(a, b)",
        "import shutil; shutil.move(a, b)",
        "from os import unlink",
        "from os import *",
        "from shutil import move as take",
        "a.rename(b)",
        "a.replace(b)",
        "a.replace(target=b)",
        "take = a.replace",
        "map(Path.unlink, paths)",
        "from PySide6.QtCore import QFile",
        "from catdog_sorter.moving import executor",
        "from catdog_sorter.moving.session import executor",
        "from catdog_sorter.moving import session; session.executor.apply(plan)",
    ],
)
def test_no_way_to_move_or_remove_a_file_goes_unseen(line: str) -> None:
    assert list(_moves_or_removes(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "import os; os.stat(a)",
        "a.replace('x', 'y')",
        "a.replace(tzinfo=b)",
        "replace(a, b=1)",
        "getattr(os, 'O_PATH', 0)",
    ],
)
def test_calls_that_move_nothing_are_not_reported(line: str) -> None:
    assert not list(_moves_or_removes(ast.parse(line)))


def test_only_moving_can_move_the_users_files() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(_moves_or_removes(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert {name for name in found if name.startswith("moving/")} >= {"moving/places.py"}
    assert {name for name in found if not name.startswith("moving/")} == set(_OWN_FILES)
