"""The report of a run: a page of thumbnails, or the same data as CSV or JSON lines.

Decides its content and order. Never changes a photo, and replaces only earlier reports.
"""

import base64
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import IO, Any

from catdog_sorter.decoding.pool import DecodedPhoto
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import UNREADABLE, Label, Prediction
from catdog_sorter.languages import ENGLISH, Catalogue, marked
from catdog_sorter.photos.find import refuse_as_output
from catdog_sorter.reports.page import PAGE_KIND, page, report_file, unwritable
from catdog_sorter.reports.rows import (
    COLUMNS,
    REQUIRED,
    PhotoOutcome,
    ReportRow,
    csv_lines,
    json_lines,
)
from catdog_sorter.reports.thumbnails import ReportThumbnails
from catdog_sorter.storage.outputs import csv_kind, json_lines_kind, refuse_other_file
from catdog_sorter.text import moment, shown

# Kinds that need the user's attention come first.
KINDS_IN_ORDER = (Label.UNSURE, Label.CAT, Label.DOG, Label.BOTH, Label.NEITHER, UNREADABLE)
PAGE, CSV, JSON_LINES = ".html", ".csv", ".jsonl"
# A screenful or two: the browser shows the first photos before it has read the pictures of all.
_BLOCK = 50
_OUTPUT_KINDS = {
    PAGE: PAGE_KIND,
    CSV: csv_kind("report", COLUMNS),
    JSON_LINES: json_lines_kind("report", REQUIRED, COLUMNS),
}


class PhotoReport:
    """One report, written to `file` at the end; use it in a `with` block.

    `kind`, or the suffix, chooses the format. With a `stream` it is written there, and `file` is
    only its name. `texts` are those of a page; CSV and JSON are in English. Raises UsageError at
    once for an unknown suffix, an existing file that is not a report, or a path that cannot be
    written.
    """

    def __init__(
        self,
        file: Path,
        kind: str | None = None,
        stream: IO[str] | None = None,
        texts: Catalogue = ENGLISH,
    ) -> None:
        self.file = file
        self.texts = texts
        self._stream = stream
        self._kind = kind or file.suffix.lower()
        if self._kind not in (PAGE, CSV, JSON_LINES):
            raise UsageError(
                f"The name {shown(file)} does not end in the suffix of a report. Give a name that "
                f"ends in {PAGE}, {CSV} or {JSON_LINES}."
            )
        if not stream:
            refuse_as_output(file)
        self._refuse_other_files()
        folder = Path(tempfile.gettempdir()) if stream else file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._thumbnails = ReportThumbnails(folder)
        except OSError as error:
            raise unwritable(file, error) from error

    def __enter__(self) -> "PhotoReport":
        return self

    def __exit__(self, *_: object) -> None:
        self._thumbnails.close()

    @property
    def show(self) -> Callable[[Path, DecodedPhoto], None] | None:
        """The function that receives the photos for a page; None for formats without pictures."""
        return self._keep if self._kind == PAGE else None

    def _keep(self, path: Path, photo: DecodedPhoto) -> None:
        try:
            self._thumbnails.add(path, photo)
        except OSError as error:
            raise unwritable(self.file, error) from error

    def write(
        self, title: str, facts: Sequence[tuple[str, str]], rows: Iterable[ReportRow]
    ) -> None:
        """Write all of it; `facts` (name, value) stand at the top of a page.

        Raises UsageError when it cannot be written; then an earlier report is still there.
        """
        self._refuse_other_files()
        with self._opened() as writing:
            if self._kind == PAGE:
                for line in _lines(title, facts, rows, self._thumbnails, self.texts):
                    print(line, file=writing)
                return
            is_csv = self._kind == CSV
            write = csv_lines(writing, COLUMNS) if is_csv else json_lines(writing)
            for row in rows:
                write(row.values())

    def write_dated(
        self,
        title: str,
        model: str,
        rows: Iterable[ReportRow],
        facts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """As `write`, with the date after the title, and the model and the time as facts."""
        tr, now = self.texts.tr, datetime.now().astimezone()
        made = self.texts.date_and_time(now)
        facts = [*facts, (tr("Model"), model), (tr("Report made"), made)]
        self.write(f"{title}, {self.texts.date(now)}", facts, rows)

    def _opened(self) -> AbstractContextManager[IO[str]]:
        return nullcontext(self._stream) if self._stream else report_file(self.file)

    def _refuse_other_files(self) -> None:
        if not self._stream:
            refuse_other_file(self.file, _OUTPUT_KINDS[self._kind])


# --- The page --------------------------------------------------------------------------------


def _lines(
    title: str,
    facts: Sequence[tuple[str, str]],
    rows: Iterable[ReportRow],
    thumbnails: ReportThumbnails,
    texts: Catalogue,
) -> Iterator[str]:
    in_order = sorted(rows, key=_least_confident_first)
    count = Counter(map(kind_of, in_order))
    parts = [
        f"{texts.number(count[kind])} {texts.tr(kind)}" for kind in KINDS_IN_ORDER if count[kind]
    ]
    total = f"{texts.number(len(in_order))}{' = ' if parts else ''}{' + '.join(parts)}"
    facts = [*facts, (texts.tr("Photos"), total)]
    folder = _common_folder(in_order)
    title = f"{shown(folder.name)}: {title}" if folder and folder.name else title
    return page(
        title,
        facts,
        _asset("photos.css") + _asset("lightbox.css"),
        _body(in_order, thumbnails, texts),
        _script(),
        texts.tag,
    )


def _common_folder(rows: Sequence[ReportRow]) -> Path | None:
    """The common parent folder of all photos; None if they are on several drives."""
    folders = {row.result.path.parent for row in rows}
    try:
        return Path(os.path.commonpath(folders)) if folders else None
    except ValueError:
        return None


def _body(
    rows: Sequence[ReportRow], thumbnails: ReportThumbnails, texts: Catalogue
) -> Iterator[str]:
    """Yield the body; the script comes before the pictures, to run before they are loaded."""
    yield texts.fill(_asset("photos.html"))
    errors = {row.values().get("error", "") for row in rows}
    told = (text for error in errors for text in texts.sources(error))
    words = texts.for_script({*marked(_script()), "all", *KINDS_IN_ORDER, *PhotoOutcome, *told})
    yield f'<script type="application/json" id="texts">{words}</script>'
    yield f'<script type="application/json" id="photos">{_data(rows)}</script>'
    yield f"<script>{_script()}</script>"
    for number, start in enumerate(range(0, len(rows), _BLOCK)):
        yield f'<script type="text/plain" id="pictures-{number}">'
        for row in rows[start : start + _BLOCK]:
            yield base64.b64encode(thumbnails.of(row.found_at or row.path)).decode("ascii")
        yield "</script>"


def kind_of(row: ReportRow) -> str:
    """Return the label, or `unreadable`."""
    return row.result.label.value if isinstance(row.result, Prediction) else UNREADABLE


def _confidence(row: ReportRow) -> float:
    return row.result.confidence if isinstance(row.result, Prediction) else 0.0


def _least_confident_first(row: ReportRow) -> tuple[int, float]:
    return KINDS_IN_ORDER.index(kind_of(row)), _confidence(row)


def _data(rows: Sequence[ReportRow]) -> str:
    """Write the rows as JSON for a script element, which a file name cannot end."""
    plain = {"kinds": KINDS_IN_ORDER, "block": _BLOCK, "photos": [_plain(row) for row in rows]}
    written = json.dumps(plain, separators=(",", ":"))  # ASCII
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _plain(row: ReportRow) -> list[Any]:
    """List name, folder, kind, confidence, p_cat, p_dog, notes, outcome, target, error, time, URL.

    `notes`: the sum of 1 for a label set by the user and 2 for an incomplete file. `time`: of a
    video's picture.
    """
    values = row.values()
    return [
        shown(row.path.name),
        shown(row.path.parent),
        kind_of(row),
        round(_confidence(row), 6),
        values.get("p_cat"),
        values.get("p_dog"),
        int(values.get("corrected", False)) + 2 * int(values.get("incomplete", False)),
        values.get("outcome", ""),
        shown(row.target) if row.target else "",
        values.get("error", ""),
        moment(values["time_s"]) if "time_s" in values else "",
        Path(os.path.abspath(row.place)).as_uri(),
    ]


def _script() -> str:
    return _asset("texts.js") + _asset("lightbox.js") + _asset("photos.js")


def _asset(name: str) -> str:
    return (resources.files("catdog_sorter.reports") / name).read_text(encoding="utf-8")
