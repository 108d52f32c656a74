"""Writes docs/companions.md and docs/left-alone.md from the program's own tables.

python tools/photo_pages.py
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from catdog_sorter.photos.companions import (
    FORMS,
    STEM_SUFFIXES,
    UNFINISHED_SUFFIXES,
    WHOLE_NAME_ENDINGS,
    Role,
)
from catdog_sorter.photos.formats import RAW_SUFFIXES, UNSUPPORTED_SUFFIXES
from catdog_sorter.photos.ignore import IGNORE_FILE
from catdog_sorter.photos.left_alone import (
    BUNDLE_FILE,
    FILE_MANAGER_FILES,
    FOLDER_RULES,
    MANAGERS,
    SAVED_PAGE_ENDINGS,
    FolderKind,
    FolderRule,
    Manager,
)

DOCS = Path(__file__).resolve().parents[1] / "docs"

_COMPANIONS = """\
# Companion files

<!-- Written by tools/photo_pages.py from src/catdog_sorter/photos/companions.py. -->

A shot is one photo and all files that belong to it. It is classified, moved and restored as one. \
Names are compared without regard to case or to how accents are composed.

## Named after the whole photo

Every file whose name begins with `IMG_1.JPG.` belongs to `IMG_1.JPG`, whichever program made \
it: `IMG_1.JPG.xmp`, `IMG_1.JPG.dop`, `IMG_1.JPG.out.pp3`. So do files named after a companion \
(`IMG_1.MOV.json`), backups ({endings}), metadata files of macOS and Windows \
(`._IMG_1.JPG`, `IMG_1.JPG:Zone.Identifier`), duplicates by darktable (`IMG_1_01.JPG.xmp`) and, \
as edited versions, pictures (`IMG_1.HEIC.jpg`). Files that are still being written \
({unfinished}) stay.

## Named after the photo without its suffix

{suffixes}

Add more: `--companion .foo`, or `companion = [".foo"]` in the [settings](settings.md).

## Other names of one shot

{forms}

- **Google Takeout**: the JSON is found by all its names: `IMG_1.jpg.json`, \
`IMG_1.jpg.supplemental-metadata.json` cut anywhere, without the suffix of the photo, of the \
video, with names cut to 46 characters, and with the number in front (`IMG_1.jpg(1).json` of \
`IMG_1(1).jpg`). `IMG_1(1).jpg` and, in whatever language, `IMG_1-edited.jpg` without a JSON of \
its own, and of the same moment as `IMG_1.jpg`, are its edited versions.
- **GoPro**: `GL010001.LRV` belongs to the video `GX010001.MP4` or `GH010001.MP4`.
- **Live Photos** whose names don't match are found by the content identifier that an iPhone \
writes into both files.
- **Documents of photo editors** ({documents}) are edited versions of the picture of the same name.
- **RAW files** ({raws}) belong to the JPEG or HEIC of the same name.
- **Conversions**: of pictures with the same name, as `IMG_1.HEIC` and `IMG_1.JPG`, the others \
follow the first if their EXIF data say that they were taken at the same moment. So do the names \
marked with a star.

## Which file is classified

The ordinary picture decides the label; RAW files and edited versions move with it. \
`--separate-edits` classifies each edited version by itself. If the photo cannot be read, the next \
picture of the shot is classified.

Metadata count more than names: a RAW file or an edited version whose EXIF data have another \
camera or another time is a separate shot, and so is a RAW file that names a camera beside a \
JPEG that names none.

## What arrives late

A video, sidecar, RAW file or edited version that arrives after its photo was sorted follows it at \
the next run of the command line, the [window](window.md) or a [`Sorter`](library.md), and at once \
with [watch](watching.md). If the photo is gone or was changed since, companions stay and are \
listed, and pictures are separate shots. A JPEG that arrives after its RAW file is a separate \
shot, too.

## When names clash

All files of a shot get the same number after the name of the shot, so that they still belong \
together: `PXL_1 (2).MP.jpg`, `PXL_1 (2).MP`; `IMG_1 (2).HEIC`, `IMG_1 (2)_HEVC.MOV`.
"""

_LEFT_ALONE = """\
# What is left alone

<!-- Written by tools/photo_pages.py from src/catdog_sorter/photos/left_alone.py. -->

All folders are searched for photos, except those that belong to a program. These are not entered, \
and are counted and named once at the end. A folder that you name yourself is searched, unless it \
is inside a library or a document. Upper and lower case make no difference; a `#` at the end \
stands for any number, a `*` for anything.

{kinds}

A folder is also a document if it holds `{bundle}`, or if it lies beside a web page saved under \
its name (`Page.html`, {page_endings}).

## Files

A file counts as a photo by its suffix. Files without one, or with another program's, are \
ignored even if they can be decoded, unless you name them yourself. Hidden files and \
folders (`.name`) are skipped; `--include-hidden` includes them. Photos that are in iCloud only \
(`.IMG_1.JPG.icloud`) are counted and named.

## Exclude photos

- `--exclude GLOB`, once or more, or `exclude = ["GLOB"]` in the [settings](settings.md).
- A file `{ignore}` applies to its folder and all folders below.
- A file `.nomedia` excludes its folder and all folders below.

The first two use the syntax of a `.gitignore`, with at most four wildcards in a pattern: \
`*.png`, `Screenshots/`, `/2019/**`, `!keep.png`.

## Folders that another program keeps a database of

{managers}

The databases of Lightroom and digiKam list their folders, and are searched for them. \
The database would miss photos that are moved, so you are warned and asked before anything moves. \
`--yes` alone is not enough: the photos stay and are counted, and the rest is sorted. \
`--break-catalogs` moves them too; `--tag` and `--mode copy` leave such folders intact. Beside a \
library of Apple Photos, which may refer to photos outside of it, only a warning is printed. A \
program that leaves no trace in the folder, as darktable, PhotoPrism, or Immich with an external \
library, cannot be recognised: use `--tag` or `--mode copy` there.

## Links

Photos that a symbolic link in the same folders leads to, as in albums made of links, stay where \
they are, and are named: the link would break. `--break-links` moves them.

Links that a run has made (`--mode symlink`) break when the photos, or a folder above \
them, are renamed; with `--relative-links` they keep working if photos and links are moved \
together. Undo removes the links whose targets are unchanged, and names the others.

## Folders that are empty afterwards

A folder that a run has emptied is removed, unless you add `--keep-empty-folders`; a folder that \
was empty before stays. Undo restores the removed folders. Files that file managers leave there \
({file_managers}) are removed and restored with it, up to 1 MiB a file; a folder with any other \
file stays.
"""


def companions_page() -> str:
    """Content of docs/companions.md."""
    suffixes = _table(
        ("What", "Suffixes"), ((row.content, _listed(row.suffixes)) for row in STEM_SUFFIXES)
    )
    forms = _table(
        ("By", "File", "Belongs to", "As"),
        (
            (
                form.made_by,
                f"`{form.example}`{' *' if form.only_same_moment else ''}",
                f"`{form.belongs_to}`",
                _ROLES[form.role],
            )
            for form in FORMS
            if form.belongs_to
        ),
    )
    return _COMPANIONS.format(
        endings=_listed(f"IMG_1.JPG{ending}" for ending in WHOLE_NAME_ENDINGS),
        unfinished=_listed(UNFINISHED_SUFFIXES),
        suffixes=suffixes,
        forms=forms,
        documents=_listed(sorted(UNSUPPORTED_SUFFIXES)),
        raws=_listed(sorted(RAW_SUFFIXES)),
    )


_ROLES = {
    Role.COVER: "one shot",
    Role.ORIGINAL: "its original",
    Role.EDIT: "edited version",
    Role.COMPANION: "companion",
}


def left_alone_page() -> str:
    """Content of docs/left-alone.md."""
    kinds = []
    for kind in FolderKind:
        rules = [rule for rule in FOLDER_RULES if rule.kind is kind]
        if rules and kind is not FolderKind.NOMEDIA:
            rows = ((rule.whose, "; ".join(_signs(rule))) for rule in rules)
            title = kind.noun(2)
            kinds.append(f"## {title[0].upper()}{title[1:]}\n\n" + _table(("Of", "Known by"), rows))
    return _LEFT_ALONE.format(
        kinds="\n\n".join(kinds),
        bundle=BUNDLE_FILE.as_posix(),
        page_endings=_listed(f"Page{ending}" for ending in SAVED_PAGE_ENDINGS),
        ignore=IGNORE_FILE,
        file_managers=_listed(name.strip() for name in FILE_MANAGER_FILES),
        managers=_table(("Program", "Known by"), ((m.program, _marks(m)) for m in MANAGERS)),
    )


def _signs(rule: FolderRule) -> Iterator[str]:
    if rule.names:
        yield f"called {_listed(rule.names)}"
    if rule.suffixes:
        yield f"suffix {_listed(rule.suffixes)}"
    if rule.only_with:
        yield f"and holding one of {_listed(rule.only_with)}"
    if rule.markers:
        yield f"holding {_listed(rule.markers)}"
    if rule.all_markers:
        yield f"holding all of {_listed(rule.all_markers)}"


def _marks(manager: Manager) -> str:
    return _listed(
        (*manager.names, *(f"*{suffix}" for suffix in manager.suffixes), *manager.inside)
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    (DOCS / "companions.md").write_text(companions_page(), encoding="utf-8")
    (DOCS / "left-alone.md").write_text(left_alone_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
