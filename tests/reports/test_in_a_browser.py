"""Reports in a real browser."""

import os
import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding.pool import DecodedPhoto
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.languages import LANGUAGES, catalogue
from catdog_sorter.moving.plan import Reason
from catdog_sorter.reports.photos import PhotoReport
from catdog_sorter.reports.rows import PhotoOutcome, ReportRow
from tests.support.browser import BROWSER, browser
from tests.support.pages import marked_language, untranslated

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="chromium is not installed; `apt-get install chromium`"
)

HOSTILE = (
    "<img src=x onerror=document.title='taken'>.jpg",
    '"><svg onload="document.title=`taken`">.jpg',
    "<a href='javascript:alert(1)'>.jpg",
)


def opened(page: Path, folder: Path, **chosen: str) -> str:
    """The document after the page was loaded and its script was run."""
    assert BROWSER
    done = subprocess.run(
        [
            *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"),
            *(f"--user-data-dir={folder}", "--dump-dom", f"{page.as_uri()}#{urlencode(chosen)}"),
        ],
        capture_output=True,
        check=True,
    )
    assert b"Uncaught" not in done.stderr and b"Refused" not in done.stderr, done.stderr
    return done.stdout.decode()


def test_printing_prints_all_that_is_chosen(tmp_path: Path) -> None:
    shades = np.random.default_rng(1).integers(0, 255, (300, 3), np.uint8)
    rows = [
        ReportRow(Prediction(Path(f"/p/d{n}.jpg"), 0.0, 0.99, Label.DOG, "m"), PhotoOutcome.LEFT)
        for n in range(len(shades))
    ]
    page = tmp_path / "report.html"
    with PhotoReport(page) as report:
        assert report.show
        for row, shade in zip(rows, shades, strict=True):
            picture = np.broadcast_to(shade, (224, 224, 3))
            report.show(row.path, DecodedPhoto(np.ascontiguousarray(picture), 1.5))
        report.write("Photos", [], rows)
    assert BROWSER
    subprocess.run(
        [
            *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'it.pdf'}"),
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "it.pdf").read_bytes().count(b"/Subtype /Image") == len(shades)


def test_with_a_filter_chosen_printing_prints_only_its_photos(tmp_path: Path) -> None:
    page_file = tmp_path / "report.html"
    shades = np.random.default_rng(1).integers(0, 255, (40, 3), np.uint8)
    with PhotoReport(page_file) as report:
        assert report.show
        rows = []
        for n, shade in enumerate(shades):
            label, p_cat = (Label.DOG, 0.0) if n < 3 else (Label.CAT, 0.99)
            rows.append(ReportRow(Prediction(Path(f"/p/{n}.jpg"), p_cat, 0.99 - p_cat, label, "m")))
            picture = np.ascontiguousarray(np.broadcast_to(shade, (224, 224, 3)))
            report.show(rows[-1].path, DecodedPhoto(picture, 1.5))
        report.write("Photos", [], rows)
    with browser(tmp_path / "profile") as page:
        page.open(f"{page_file.as_uri()}#show=dog")
        assert page.printed().count(b"/Subtype /Image") == 3


def test_the_bar_leaves_the_screen_of_a_phone_to_the_photos(tmp_path: Path) -> None:
    page_file = tmp_path / "report.html"
    with PhotoReport(page_file) as report:
        report.write_dated("Photos", "0", all_there_is(tmp_path) * 20)
    with browser(tmp_path / "profile") as page:
        page.resize(360, 740)
        page.open(page_file.as_uri())
        page.value("scrollTo(0, 2000)")
        page.until("scrollY >= 2000")
        assert page.value("document.querySelector('#bar').getBoundingClientRect().bottom") < 740 / 4


def names(document: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'class="name">([^<]*)<', document)]


def test_the_page_draws_filters_searches_and_runs_nothing_from_a_name(tmp_path: Path) -> None:
    rows = [
        ReportRow(Unreadable(Path("/p/<", "script><script>document.title='taken'"), "It is odd."))
    ]
    rows += [
        ReportRow(
            Prediction(Path("/p", name), 0.99 - n / 100, 0.0, Label.CAT, "m"), PhotoOutcome.LEFT
        )
        for n, name in enumerate(HOSTILE)
    ]
    rows += [
        ReportRow(
            Prediction(Path(f"/p/garden/d{n}.jpg"), 0.0, 0.99, Label.DOG, "m"), PhotoOutcome.LEFT
        )
        for n in range(1000)
    ]
    page = tmp_path / os.fsdecode("räport #1.html")
    with PhotoReport(page) as report:
        assert report.show
        for row in rows[1:]:
            report.show(row.path, DecodedPhoto(np.zeros((224, 224, 3), np.uint8), 1.5))
        report.write("<b>My</b> photos", [], rows)

    everything = opened(page, tmp_path / "profile")
    assert "<title>p: &lt;b&gt;My&lt;/b&gt; photos</title>" in everything
    drawn = names(everything)
    assert drawn[:3] == list(reversed(HOSTILE))  # the least sure first
    assert 3 < len(drawn) < 200  # only what is near the screen
    assert everything.count('src="data:image/jpeg;base64,') == len(drawn)
    assert re.findall(r'aria-pressed="(\w+)">([^<]*)<', everything) == [
        ("true", "all 1,004"),
        ("false", "cat 3"),
        ("false", "dog 1,000"),
        ("false", "unreadable 1"),
    ]

    found = opened(page, tmp_path / "profile", show="dog", search="GARDEN d99", order="name")
    assert names(found) == ["d99.jpg", *(f"d{n}.jpg" for n in range(990, 1000))]
    assert "<h2>dog: 11</h2>" in found


def test_a_photo_is_opened_large_walked_and_closed_and_what_is_shown_is_saved(
    tmp_path: Path,
) -> None:
    rows = []
    page_file = tmp_path / "report.html"
    with PhotoReport(page_file) as report:
        assert report.show
        for number, name in enumerate(("a.png", "gone.png", "=c.png")):
            photo = tmp_path / name
            Image.new("RGB", (400, 300), (90 * number, 20, 20)).save(photo)
            rows.append(ReportRow(Prediction(photo, 0.9 + number / 100, 0.0, Label.CAT, "m")))
            report.show(photo, DecodedPhoto(np.zeros((224, 224, 3), np.uint8), 1.5))
        report.write("Photos", [], rows)
    (tmp_path / "gone.png").unlink()
    with browser(tmp_path / "profile") as page:
        page.open(page_file.as_uri())
        page.value("document.querySelector('.photo').focus()")
        page.press("Enter")
        page.until("document.querySelector('#large img').naturalWidth === 400")
        assert "a.png · cat, 90.0% sure" in page.text("#large p")
        assert page.text("#large div span") == "1 of 3"
        page.press("ArrowRight")
        page.until("document.querySelector('#large img').src.startsWith('data:')")
        assert "gone.png" in page.text("#large p"), "the small picture is left of it"
        page.press("Escape")
        page.until("!document.querySelector('#large').open")
        page.value("document.querySelector('.photo').focus()")
        page.press("ArrowRight")
        assert page.value("document.activeElement.title").endswith("gone.png")
        page.value("choose('search', '.png')")
        assert page.saved_table()[0].startswith('"path","label","p_cat","p_dog"')
        assert page.saved_table()[1].split(",")[:2] == [f'"{tmp_path / "a.png"}"', '"cat"']
        page.resize(360, 640)
        page.until("innerWidth === 360")
        assert page.value("document.documentElement.scrollWidth") <= 360
        assert page.value("document.querySelectorAll('.line')[1].children.length") == 2
        expected = ("blob:", "ERR_FILE_NOT_FOUND")  # of the photo that is gone
        assert [text for text in page.complaints if not any(e in text for e in expected)] == []
        assert {url.split(":")[0] for url in page.requests} <= {"file", "data", "about"}


def all_there_is(folder: Path) -> list[ReportRow]:
    """Rows with every label, outcome and note."""
    shown = [
        Prediction(folder / "1.jpg", 0.6, 0.3, Label.UNSURE, "m", time_s=7.0),
        Prediction(folder / "2.jpg", 0.9, 0.0, Label.CAT, "m", corrected=True),
        Prediction(folder / "3.jpg", 0.9, 0.9, Label.BOTH, "m", incomplete=True),
    ]
    rows = [ReportRow(row, outcome) for row in shown for outcome in PhotoOutcome]
    skipped = Prediction(folder / "4.jpg", 0.0, 0.9, Label.DOG, "m")
    rows += [
        ReportRow(skipped, PhotoOutcome.SKIPPED, None, reason.words, reason.value)
        for reason in Reason
    ]
    return [*rows, ReportRow(Unreadable(folder / "5.jpg", ""))]


def test_no_text_of_the_page_is_left_untranslated(tmp_path: Path) -> None:
    page_file = tmp_path / "report.html"
    with PhotoReport(page_file, texts=marked_language()) as report:
        title = report.texts.tr("Run {number}").format(number=1)
        report.write_dated(title, "0", all_there_is(tmp_path))
    with browser(tmp_path / "profile") as page:
        page.open(page_file.as_uri())
        page.value("document.querySelector('.photo').click()")
        names = rf"{re.escape(str(tmp_path))}|{tmp_path.name}|\d\.jpg|CSV"
        assert untranslated(page, names) == []
        page.value("choose('search', '5.jpg')")
        assert untranslated(page, names) == []
        page.value("choose('search', 'none')")
        assert "⟦No photo matches.⟧" in page.text("#count")


def test_a_problem_is_told_in_the_language_with_its_names(tmp_path: Path) -> None:
    page_file = tmp_path / "report.html"
    sentence = "/a (b) does not exist. Check the spelling, or give another path."
    words = catalogue("de")
    with PhotoReport(page_file, texts=words) as report:
        report.write("Fotos", [], [ReportRow(Unreadable(tmp_path / "5.jpg", sentence))])
    with browser(tmp_path / "profile") as page:
        page.open(page_file.as_uri())
        assert words.problem(sentence) in page.text(".photo")
        assert "/a (b)" in page.text(".photo")
        assert page.value("problem('no such sentence')") == "no such sentence"


def test_the_page_spells_numbers_and_forms_as_the_program_does(tmp_path: Path) -> None:
    page_file = tmp_path / "report.html"
    numbers, shares = [0, 1, 2, 999, 1000, 1234567], [0.0, 0.123, 0.9999, 1.0]
    with browser(tmp_path / "profile") as page:
        for code in LANGUAGES:
            words = catalogue(code)
            with PhotoReport(page_file, texts=words) as report:
                report.write("Photos", [], [])
            page.open(page_file.as_uri())
            assert page.value("document.documentElement.lang") == words.tag
            assert page.value(f"{numbers}.map(grouped)") == [words.number(n) for n in numbers]
            assert page.value(f"{shares}.map(percent)") == [words.percent(p) for p in shares]
            forms = page.value(f"{numbers}.map((n) => tr('sorted', n))")
            assert forms == [words.tr("sorted", n) for n in numbers]
            rules = "new Intl.PluralRules(document.documentElement.lang)"
            ones = page.value(f"{numbers[:4]}.map((n) => {rules}.select(n) === 'one')")
            assert ones == [n in words.language.singular for n in numbers[:4]]
