"""docs/architecture.md describes the package, and no import goes in a circle."""

import re
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
