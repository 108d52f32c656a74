"""docs/architecture.md describes the package, and no import goes in a circle."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

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


def test_no_import_goes_in_a_circle_not_even_for_types() -> None:
    graph = grimp.build_graph("catdog_sorter", cache_dir=None)
    modules = graph.modules - {"catdog_sorter"}  # its names are fetched when they are used
    imports = {
        module: graph.find_modules_directly_imported_by(module) & modules for module in modules
    }
    assert imports["catdog_sorter.gui.window"], "the graph is empty"
    TopologicalSorter(imports).prepare()


# Besides `moving`, which moves a person's files by the journal: what renames or removes files of
# the program's own, and where these lie.
_OWN_FILES = {
    "classification/cache.py": "the cache",
    "cluster/parts.py": "what it has just downloaded to a temporary folder",
    "gui/worker/stored_thumbnails.py": "thumbnails",
    "model/registry.py": "models and the name of the one in use",
    "storage/database.py": "databases",
    "storage/files.py": "what it has just written, and hidden folders of its own",
    "training/fit/distillation.py": "features kept in the folder of a run",
    "training/measure/compare.py": "models and runs of a comparison",
    "training/run.py": "the folder of a run",
    "training/runs.py": "the folder of a run",
}
_OF_OS = {
    "link",
    "remove",
    "removedirs",
    "rename",
    "renames",
    "replace",
    "rmdir",
    "symlink",
    "unlink",
}
_OF_SHUTIL = {"move", "rmtree"}
_OF_PATH = {"hardlink_to", "rename", "rmdir", "symlink_to", "unlink"}


def _moves_or_removes(module: ast.Module) -> Iterator[int]:
    """Lines that call what renames or removes files; `Path.replace` has one argument."""
    for call in ast.walk(module):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        owner, name = ast.unparse(call.func.value), call.func.attr
        of_path = name in _OF_PATH or (
            name == "replace" and len(call.args) + len(call.keywords) == 1
        )
        known = {"os": name in _OF_OS, "shutil": name in _OF_SHUTIL}
        if known.get(owner, of_path and owner not in ("dataclasses",)):
            yield call.lineno


def test_only_moving_can_move_a_persons_files() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(_moves_or_removes(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert {name for name in found if name.startswith("moving/")} >= {"moving/places.py"}
    assert {name for name in found if not name.startswith("moving/")} == set(_OWN_FILES)
