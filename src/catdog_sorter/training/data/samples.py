"""Finds labelled photos and reads their labels. Decodes nothing, moves nothing.

Three layouts are supported: labelled folders, files named by their label, and a CSV.
"""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.errors import TrainingError
from catdog_sorter.labels import TRUE_LABELS
from catdog_sorter.photos.find import EACH_PICTURE, Scope, find_photos
from catdog_sorter.photos.formats import PHOTO_SUFFIXES
from catdog_sorter.text import counted, shown

LABELS_BY_NAME: dict[str, frozenset[str]] = {
    "cat": frozenset({"cat"}),
    "cats": frozenset({"cat"}),
    "dog": frozenset({"dog"}),
    "dogs": frozenset({"dog"}),
    "both": frozenset({"cat", "dog"}),
    "cat and dog": frozenset({"cat", "dog"}),
    "cats and dogs": frozenset({"cat", "dog"}),
    "dog and cat": frozenset({"cat", "dog"}),
    "dogs and cats": frozenset({"cat", "dog"}),
    "neither": frozenset(),
    "none": frozenset(),
    "nothing": frozenset(),
    "other": frozenset(),
    "others": frozenset(),
}
LABEL_OF = {LABELS_BY_NAME[label]: label for label in TRUE_LABELS}
_LAYOUTS = (
    "Three layouts are supported: folders named cat and dog, and optionally neither and both; "
    "files named like cat.0.jpg and dog.0.jpg; or a CSV file with a path and a label in each row."
)
_MIN_PER_ANIMAL = 5
_DELIMITERS = ",;\t"
_MAX_NAMED = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled photo; `animals` is a subset of {"cat", "dog"}."""

    path: Path
    animals: frozenset[str]


def find_samples(data: Path, *, to_train: bool = True) -> list[Sample]:
    """Return the labelled photos of `data`, absolute, each once, in a stable order.

    A folder that holds `cat` and `dog`, and perhaps `neither` (or `other`) and `both`, in any
    capitalisation and plural; a folder of files named like `cat.0.jpg` and `dog.0.jpg`; or a CSV
    file with a path and a label in each row. Raises TrainingError with advice for anything else,
    and, `to_train`, for too few photos of an animal.
    """
    if os.path.isfile(data):
        if data.suffix.lower() in PHOTO_SUFFIXES:
            raise TrainingError(f"{shown(data)} is a photo. Give labelled photos. {_LAYOUTS}")
        samples = _listed_in_csv(data)
    elif os.path.isdir(data):
        samples = _in_labelled_folders(data) or _named_by_label(data)
    else:
        raise TrainingError(
            f"{shown(data)} does not exist. Check the spelling, or give another folder or CSV file."
        )
    if not samples:
        raise TrainingError(_advice_on_layouts(data))
    if to_train:
        holder = f"{shown(data)} holds"
        check_enough(samples, holder, lambda animal: _how_to_add(animal, samples, data))
    return samples


def passed_over(data: Path, samples: Sequence[Sample]) -> str:
    """A sentence on photos and folders directly in `data` without a label; may be empty."""
    used = {sample.path for sample in samples}
    photos = [path.name for path in _photos(data, recursive=False) if path not in used]
    folders = [path.name for path in _folders(data) if animals_of(path.name) is None]
    parts = []
    if photos:
        parts.append(f"{counted(len(photos), 'photo')} directly in it ({_some(photos)})")
    if folders:
        parts.append(f"{counted(len(folders), 'folder')} ({_some(folders)})")
    if not parts:
        return ""
    left_out = f"Without a label in {shown(data)}: {', '.join(parts)}."
    if not folders:
        return left_out
    one = shown(folders[0])
    return (
        f"{left_out} {one} is not one of the labels cat, dog, both and neither, so its photos are "
        f"not used. Move it into a folder of one of these names, for example to cat/{one}."
    )


def taken_for(data: Path) -> str:
    """A sentence on the labels of folders with other names, such as `Cats`; may be empty."""
    others = []
    for folder in _folders(data):
        animals = animals_of(folder.name)
        if animals is not None and folder.name.lower() != LABEL_OF[animals]:
            others.append(f"{shown(folder.name)} as {LABEL_OF[animals]}")
    return f"Labels of other folder names: {', '.join(others)}." if others else ""


def animals_of(label: str) -> frozenset[str] | None:
    """Return the animals of a label, in any capitalisation; None if it is not a label."""
    return LABELS_BY_NAME.get(" ".join(label.lower().replace("_", " ").replace("-", " ").split()))


def labelled_photos(folder: Path) -> list[Sample]:
    """Find the photos in `folder` and below, labelled by its name, if that is a label."""
    animals = animals_of(folder.name)
    if animals is None:
        return []
    return [Sample(path, animals) for path in _photos(folder, recursive=True)]


def _in_labelled_folders(data: Path) -> list[Sample]:
    return [sample for folder in _folders(data) for sample in labelled_photos(folder)]


def _named_by_label(data: Path) -> list[Sample]:
    """The layout of Kaggle's Dogs vs. Cats: label, number and suffix, separated by dots."""
    samples = []
    for path in _photos(data, recursive=False):
        label, *rest = path.name.split(".")
        animals = animals_of(label)
        if animals is not None and len(rest) > 1:
            samples.append(Sample(path, animals))
    return samples


def _folders(data: Path) -> list[Path]:
    """The visible folders directly in `data`; none when it is a file."""
    if os.path.isfile(data):
        return []
    try:
        inside = sorted(data.iterdir())
    except OSError as error:
        raise TrainingError(
            f"{shown(data)} cannot be opened ({error.strerror}). Give yourself the right to read "
            "it, or give another folder."
        ) from error
    return [path for path in inside if not path.name.startswith(".") and os.path.isdir(path)]


def _photos(data: Path, recursive: bool) -> Iterator[Path]:
    """Find photos and unreadable folders, which the decoder reports."""
    if os.path.isfile(data):
        return iter(())
    return (item.path for item in find_photos([data], Scope(recursive, grouping=EACH_PICTURE)))


def _some(names: Sequence[str]) -> str:
    more = ", ..." if len(names) > _MAX_NAMED else ""
    return ", ".join(shown(name) for name in names[:_MAX_NAMED]) + more


def _listed_in_csv(file: Path) -> list[Sample]:
    """Read the labelled photos of a CSV file, with paths relative to its folder.

    A first row without a label and photo is a header. Path and label are separated by a comma, a
    semicolon or a tab.
    """
    samples: dict[Path, frozenset[str]] = {}
    missing: list[tuple[int, str]] = []
    for number, row in enumerate(_rows(file), start=1):
        if not any(row):
            continue
        path, animals = Path(os.path.abspath(file.parent / row[0])), _label_in(row)
        if animals is None:
            if number == 1 and not os.path.isfile(path):
                continue
            raise TrainingError(_at(file, number) + _no_label(row))
        if not os.path.isfile(path):
            missing.append((number, row[0]))
        if samples.setdefault(path, animals) != animals:
            raise TrainingError(
                f"{_at(file, number)}{shown(row[0])} has another label in an earlier row. Keep one."
            )
    if missing:
        raise TrainingError(_advice_on_missing(file, missing))
    return [Sample(path, animals) for path, animals in samples.items()]


def _rows(file: Path) -> list[list[str]]:
    """Split each row into stripped cells by the delimiter that gives the most labels."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as text:
            lines = list(text)
        tables = [list(csv.reader(lines, delimiter=delimiter)) for delimiter in _DELIMITERS]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TrainingError(
            f"{shown(file)} cannot be read as a CSV of paths and labels ({error}). Save it as "
            "UTF-8; if it is an archive, unpack it and give the folder."
        ) from error
    stripped = [[[cell.strip() for cell in row] for row in table] for table in tables]
    return max(stripped, key=_how_well_split)


def _how_well_split(table: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Count the rows with a label, and the rows of two cells and more."""
    labelled = sum(_label_in(row) is not None for row in table)
    return labelled, sum(len(row) > 1 for row in table)


def _label_in(row: Sequence[str]) -> frozenset[str] | None:
    return animals_of(row[1]) if len(row) > 1 else None


def _at(file: Path, row: int) -> str:
    return f"{shown(file)}, row {row}: "


def _no_label(row: Sequence[str]) -> str:
    label = row[1] if len(row) > 1 else ""
    return f"{label!r} is not a label. Write a path, a comma and one of cat, dog, both or neither."


def _advice_on_missing(file: Path, missing: Sequence[tuple[int, str]]) -> str:
    number, name = missing[0]
    more = f", and so in {counted(len(missing) - 1, 'other row')}" * (len(missing) > 1)
    return (
        f"{_at(file, number)}there is no {shown(name)}{more}. Paths are relative to the CSV's "
        "folder. Correct the path, or remove the row."
    )


def _advice_on_layouts(data: Path) -> str:
    found = f"{shown(data)} holds no photo with a label. {_LAYOUTS}"
    inner = [folder for folder in _folders(data) if _holds_labels(folder)]
    if inner:
        return f"{found} {shown(inner[0])} has such a layout: give that folder."
    return f"{found} {passed_over(data, [])}".rstrip()


def _holds_labels(folder: Path) -> bool:
    """Whether folders or file names here are labelled with both animals."""
    labelled = [animals_of(inner.name) for inner in _folders(folder)]
    labelled += [sample.animals for sample in _named_by_label(folder)]
    return LABELS_BY_NAME["cat"] in labelled and LABELS_BY_NAME["dog"] in labelled


def check_enough(
    samples: Sequence[Sample], holder: str, advice: Callable[[str], str] = lambda animal: ""
) -> None:
    """Raise TrainingError if there are too few photos of an animal to train on.

    `holder` begins the message, as in "data holds". `advice(animal)` is a sentence on how to add
    photos.
    """
    counts = {
        animal: sum(sample.animals == {animal} for sample in samples) for animal in ("cat", "dog")
    }
    for animal, count in counts.items():
        if count < _MIN_PER_ANIMAL:
            found = " and ".join(f"{counted(n, 'photo')} of a {name}" for name, n in counts.items())
            raise TrainingError(
                f"{holder} {found}; at least {_MIN_PER_ANIMAL} of each are needed. "
                f"{advice(animal)}".rstrip()
            )


def _how_to_add(animal: str, samples: Sequence[Sample], data: Path) -> str:
    if os.path.isfile(data):
        return f"Add rows that end in {animal}."
    if all(sample.path.parent == Path(os.path.abspath(data)) for sample in samples):
        how = f"Name those of a {animal} like {animal}.0.jpg."
    else:
        how = f"Put those of a {animal} in {shown(data / animal)}."
    return f"{how} {passed_over(data, samples)}"
