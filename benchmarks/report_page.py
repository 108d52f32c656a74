"""Measures the size of a report of many photos, and how quickly a browser opens it.

    python benchmarks/report_page.py [PHOTOS]

Writes a report of PHOTOS (20,000) distinct thumbnails, made from the example photos, and opens it
in headless Chromium. Prints the size of the file, the time to write it, the time from the start of
loading until the first photos are drawn, and the time of a screenshot of the loaded page beyond
that of an empty page. Needs `chromium`.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from catdog_sorter.decoding.pool import DecodedPhoto
from catdog_sorter.labels import Label, Prediction
from catdog_sorter.reports.photos import PhotoReport
from catdog_sorter.reports.rows import PhotoOutcome, ReportRow

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "photos"
_SIDE = 224


def main(number: int) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit("Chromium is not installed. Run `apt-get install chromium`.")
    with tempfile.TemporaryDirectory() as folder:
        page, empty = Path(folder, "report.html"), Path(folder, "empty.html")
        empty.write_text("<!doctype html>")
        seconds = _write(page, number)
        size_mb = page.stat().st_size / 1e6
        print(f"{number:,} photos: {size_mb:.1f} MB, written in {seconds:.1f} s")
        _open(browser, empty, folder)  # the first start makes a profile
        base, whole = (_open(browser, file, folder) for file in (empty, page))
        document = _run(browser, folder, "--dump-dom", page.as_uri())
        drawn = re.search(r'data-drawn-ms="(\d+)"', document)
        print(f"first photos drawn after {int(drawn[1]) / 1000:.2f} s" if drawn else "not drawn")
        print(
            f"a screenshot takes {whole - base:.1f} s longer than of an empty page ({base:.1f} s)"
        )


def _write(page: Path, number: int) -> float:
    """Seconds to write the page, thumbnails included, classification excluded."""
    photos = []
    for path in sorted(_EXAMPLES.rglob("*.jpg")):
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB").resize((_SIDE, _SIDE)))
            photos.append((pixels, image.width / image.height))
    certainties = np.random.default_rng(0).beta(5, 1, number)
    start = time.perf_counter()
    with PhotoReport(page) as report:
        assert report.show
        rows = []
        for n, p_cat in enumerate(certainties.tolist()):
            pixels, aspect = photos[n % len(photos)]
            path = Path(f"/home/me/Pictures/{n // 500:03}/IMG_{n:05}.jpg")
            report.show(path, DecodedPhoto(np.roll(pixels, n, axis=1), aspect))
            label = Label.CAT if p_cat > 0.9 else Label.UNSURE
            row = Prediction(path, p_cat, 0.01, label, "model")
            rows.append(ReportRow(row, PhotoOutcome.SORTED, path.with_name("cat") / path.name))
        report.write("Many photos", [], rows)
    return time.perf_counter() - start


def _open(browser: str, page: Path, folder: str) -> float:
    """Seconds until the whole page is loaded and a screenshot is taken."""
    start = time.perf_counter()
    _run(browser, folder, f"--screenshot={folder}/screen.png", page.as_uri())
    return time.perf_counter() - start


def _run(browser: str, folder: str, *words: str) -> str:
    fixed = ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900")
    profile = f"--user-data-dir={folder}/profile"
    done = subprocess.run(
        [browser, *fixed, profile, *words], capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
