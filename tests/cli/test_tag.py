import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, sha256, tree, written

# As a photo manager writes it: keywords of its own, in its own way, and what no other knows.
SIDECAR = """<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
 <rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='4'
   xmlns:lr='http://ns.adobe.com/lightroom/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>
  <dc:subject><rdf:Bag><rdf:li>Grandma's</rdf:li></rdf:Bag></dc:subject>
  <lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Grandma's</rdf:li></rdf:Bag>
  </lr:hierarchicalSubject>
 </rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end='w'?>
"""


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    (folder / "a.xmp").write_text(SIDECAR)
    draw(folder / "b.jpg", "dog")
    (folder / "b.xmp").write_text("<!DOCTYPE x><x/>")
    draw(folder / "cat" / "c.png", "both")
    draw(folder / "d.png", "neither")
    return folder


@pytest.fixture
def tag(colour_bundle: ModelBundle):
    def run(*words: object):
        model = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, ["sort", "--yes", "--tag", *model, *map(str, words)])

    return run


def test_tag_and_undo(pictures: Path, tag, home: Path) -> None:
    before = tree(pictures)
    result = tag(pictures)
    assert result.exit_code == 1
    assert result.stdout == (
        "4 photos found = 2 tagged (1 both, 1 cat) + 1 left + 0 unreadable + "
        "1 skipped (1 could not be tagged)\n"
    )
    assert f"{pictures / 'b.jpg'}: Its sidecar '{pictures / 'b.xmp'}' was left as" in result.stderr
    changed = {name for name, content in tree(pictures).items() if before.get(name) != content}
    assert changed == {"a.xmp", "cat/c.png.xmp"}
    assert sha256(SIDECAR.encode()) in tree(home / "sidecars").values()

    again = tag(pictures)
    assert "0 tagged + 3 left" in again.stdout
    undone = CliRunner().invoke(app, ["undo", "1"])
    assert (undone.exit_code, undone.stdout) == (0, "3 files put back, 0 left alone.\n")
    assert tree(pictures) == before
    assert not (home / "sidecars").exists()


@pytest.mark.skipif(
    shutil.which("exiftool") is None,
    reason="exiftool is not installed; `apt-get install libimage-exiftool-perl`",
)
def test_exiftool_reads_the_tags_and_all_that_was_there(pictures: Path, tag) -> None:
    tag(pictures)
    sidecars = [pictures / "a.xmp", pictures / "cat" / "c.png.xmp"]
    told = subprocess.run(
        ["exiftool", "-json", "-struct", *map(str, sidecars)], capture_output=True, check=True
    )
    old, new = json.loads(told.stdout)
    assert old["Rating"] == 4
    assert old["Subject"] == ["Grandma's", "cat"]
    assert old["HierarchicalSubject"] == ["Places|Grandma's", "cat"]
    assert old["TagsList"] == ["cat"]
    for name in ("Subject", "HierarchicalSubject", "TagsList"):
        assert new[name] == ["cat", "dog"]
    checked = subprocess.run(
        ["exiftool", "-validate", "-warning", "-error", *map(str, sidecars)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Warning" not in checked.stdout and "Error" not in checked.stdout


def test_a_dry_run_writes_no_sidecar(pictures: Path, tag, home: Path) -> None:
    before = tree(pictures)
    result = tag(pictures, "--dry-run", "--no-cache")
    assert f"{pictures / 'a.png'} -> {pictures / 'a.xmp'}" in result.stdout
    assert "Nothing was changed; 2 photos would be tagged." in result.stdout
    assert tree(pictures) == before and written(home) == {}


def test_settings_that_name_folders_do_not_keep_from_tagging(
    pictures: Path, tag, home: Path
) -> None:
    (pictures / ".catdog-sort.toml").write_text('flat = true\n[folder]\ncat = "Cats"\n')
    (home / "config.toml").write_text(f'mode = "copy"\ninto = "{home}"\n')
    result = tag(pictures, "--dry-run")
    assert "Nothing was changed; 2 photos would be tagged." in result.stdout


@pytest.mark.parametrize(
    "words", [["--into", "x"], ["--flat"], ["--folder", "cat=x"], ["--mode", "copy"]]
)
def test_options_that_name_folders_make_no_sense_with_tags(pictures: Path, tag, words) -> None:
    result = tag(pictures, *words)
    assert result.exit_code == 2
    assert "leave out --tag" in result.stderr
