"""Hooks of mkdocs that build the site from this repository: see `hooks` in mkdocs.yml.

Adds the pages outside `docs/` and the reference of the command line, turns links between files of
the repository into links of the site, and takes the address of the repository from pyproject.toml.
"""

import logging
import os
import posixpath
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))

import cli_reference

TOP = Path(__file__).resolve().parents[1]
# Pages outside docs/: path in the repository -> path on the site.
PAGES = {
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
    "SECURITY.md": "project/security.md",
    "THIRD_PARTY.md": "project/third-party.md",
    "issues_and_solutions.md": "project/issues-and-solutions.md",
    "weights/README.md": "project/model-card.md",
    "tools/train_default/README.md": "project/default-model.md",
    "benchmarks/speed.md": "project/benchmarks-of-speed.md",
    "benchmarks/comparison/README.md": "project/comparison.md",
    "examples/README.md": "project/example-photos.md",
}
PICTURES = {".png", ".jpg", ".svg"}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_log = logging.getLogger("mkdocs.hooks")


def on_config(config: Any) -> Any:
    """Take the address of the repository from pyproject.toml."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    config["repo_url"] = project["urls"]["Homepage"]
    config["repo_name"] = project["name"]
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages and pictures outside `docs/`."""
    files.append(File.generated(config, "reference/cli.md", content=cli_reference.page()))
    for path, page in PAGES.items():
        files.append(File.generated(config, page, content=(TOP / path).read_text("utf-8")))
    own = [path.relative_to(TOP).as_posix() for path in (TOP / "docs").rglob("*.md")]
    for picture in sorted({each for path in (*PAGES, *own) for each in _pictures_of(path)}):
        source = str(TOP / picture)
        files.append(File.generated(config, _site_path(picture), abs_src_path=source))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Turn links to files of the repository into links of the site."""
    source = next((path for path, to in PAGES.items() if to == page.file.src_uri), None)
    source = source or f"docs/{page.file.src_uri}"
    return _LINK.sub(
        lambda match: _link(match, source, page.file.src_uri, str(config.repo_url)), markdown
    )


def _link(match: "re.Match[str]", source: str, page: str, repository: str) -> str:
    bang, text, link = match.groups()
    target, hash_, anchor = link.partition("#")
    if ":" in target or not target:
        return match[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    if path == "README.md":
        path = "docs/README.md"
    is_generated = path == "docs/reference/cli.md"
    if not is_generated and not (TOP / path).exists():
        _log.warning("%s links to %s, which is not there.", source, path)
    site_path = _site_path(path)
    if not site_path:
        kind = "tree" if (TOP / path).is_dir() else "blob"
        return f"[{text}]({repository}/{kind}/main/{path})"
    relative = os.path.relpath(site_path, posixpath.dirname(page) or ".").replace(os.sep, "/")
    return f"{bang}[{text}]({relative}{hash_}{anchor})"


def _site_path(path: str) -> str:
    """Path on the site of a file of the repository; "" if it is not on the site."""
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return f"project/{path}" if PurePosixPath(path).suffix in PICTURES else ""


def _pictures_of(page: str) -> Iterator[str]:
    """Paths of pictures outside docs/ that a page shows."""
    for bang, _, link in _LINK.findall((TOP / page).read_text("utf-8")):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
        if bang and not path.startswith("docs/"):
            yield path
