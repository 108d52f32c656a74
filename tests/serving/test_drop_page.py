"""The pages in a real browser: nothing is loaded from other hosts, and nothing is blocked."""

import shutil
import sys
from pathlib import Path

import pytest

from catdog_sorter.languages import catalogue
from catdog_sorter.model.bundle import ModelBundle
from tests.support.browser import BROWSER, browser
from tests.support.colours import draw
from tests.support.pages import said

pytest.importorskip("fastapi", reason="needs the extra `serve`")
pytest.importorskip("httpx")

from tests.support.service import serving
from tools import translations

DATA = Path(__file__).parents[1] / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="chromium is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="pipes are handed on by number"),
]
TOKEN = "a-token-that-only-clients-have"


def test_dropped_photos_are_answered_and_the_interface_is_shown(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    photos = [draw(tmp_path / f"{label}.png", label) for label in ("cat", "dog")]
    (tmp_path / "<b>none.png").write_text("no picture")
    (tmp_path / "token").write_text(TOKEN)
    words = ("--token-file", tmp_path / "token")
    with serving(colour_bundle, *words) as service, browser(tmp_path / "profile") as page:
        page.call("Page.navigate", url=f"{service.url}/")
        page.until("document.readyState === 'complete' && document.querySelector('#files')")
        page.choose(*photos, tmp_path / "<b>none.png")
        page.until("!document.querySelector('#token').hidden")
        page.complaints = [text for text in page.complaints if "401" not in text]
        for word in ("wrong", TOKEN):
            enter = f"document.querySelector('#word').value = {word!r}; "
            enter += "document.querySelector('#token button').click()"
            page.call("Runtime.evaluate", expression=enter)
            if word != TOKEN:
                page.until("!document.querySelector('#wrong').hidden")
                page.complaints = [text for text in page.complaints if "401" not in text]
        page.until("document.querySelector('#state').innerText.startsWith('3 of 3')")
        said = page.text("#photos").split()
        assert {"cat", "dog", "unreadable", "<b>none.png"} <= set(said)

        page.call("Page.navigate", url=f"{service.url}/docs")
        page.until("document.querySelectorAll('.opblock').length === 4")
        assert "/classify" in page.text("#swagger-ui")
        assert page.complaints == []
        places = {url for url in page.requests if not url.startswith(("blob:", "data:"))}
        assert {url for url in places if not url.startswith(service.url)} == set()


def test_the_token_is_asked_for_before_a_photo_is_dropped(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(TOKEN)
    words = ("--token-file", tmp_path / "token")
    with serving(colour_bundle, *words) as service, browser(tmp_path / "profile") as page:
        page.open(f"{service.url}/")
        page.until("!document.querySelector('#token').hidden")
        assert page.value("document.querySelector('#wrong').hidden"), "none was given yet"
        enter = "document.querySelector('#word').value = {!r}; "
        enter += "document.querySelector('#token button').click()"
        page.value(enter.format("wrong"))
        page.until("!document.querySelector('#wrong').hidden")
        assert page.text("#wrong") == "That is not the token."
        page.value(enter.format(TOKEN))
        page.until("document.querySelector('#token').hidden")
        assert page.text("#state") == "No photo is kept."
        assert not any(url.endswith("/classify") for url in page.requests)


def test_the_card_of_a_broken_file_says_why_and_is_no_taller_than_a_photo(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    photo, broken = draw(tmp_path / "a.png", "cat"), tmp_path / "b.png"
    broken.write_bytes(photo.read_bytes()[:40])
    (tmp_path / "c.png").write_text("no picture")
    with serving(colour_bundle) as service, browser(tmp_path / "profile") as page:
        page.open(f"{service.url}/")
        page.choose(photo, broken, tmp_path / "c.png")
        page.until("document.querySelector('#state').innerText.startsWith('3 of 3')")
        for number in (2, 3):
            reason = page.text(f"#photos li:nth-child({number}) .share")
            assert len(reason) > 10 and "cat" not in reason
        page.value("photos[2].parts.share.textContent = 'A long reason. '.repeat(30)")
        for width in (1200, 360):
            page.resize(width, 740)
            heights = page.value(
                "[...document.querySelectorAll('#photos li')].map((one) => one.offsetHeight)"
            )
            assert max(heights[1:]) <= heights[0], width


def test_answers_are_filtered_opened_large_saved_and_fit_a_phone(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    photos = [draw(tmp_path / f"{name}.png", name) for name in ("cat", "dog", "neither")]
    heic = shutil.copy(DATA / "quadrants.heic", tmp_path / "phone.heic")
    (tmp_path / "=1+1.png").write_text("no picture")
    with serving(colour_bundle) as service, browser(tmp_path / "profile") as page:
        page.open(f"{service.url}/")
        page.choose(*photos, heic, tmp_path / "=1+1.png")
        page.until("document.querySelector('#state').innerText.startsWith('5 of 5')")
        page.until("document.querySelectorAll('#photos img')[3].naturalWidth > 16")
        assert "not a picture" in page.text("#photos li:nth-child(5)")
        heading = page.text("#kinds").split("\n")
        assert heading[0] == "all 5" and "cat 1" in heading and "unreadable 1" in heading

        page.value("document.querySelectorAll('#photos button')[0].focus()")
        page.press("ArrowRight")
        page.press("Enter")
        page.until("document.querySelector('#large').open")
        assert page.text("#large p") == "dog.png · dog · cat 0.0%, dog 99.9%"
        page.press("ArrowRight")
        page.press("ArrowRight")
        page.until("document.querySelector('#large img').naturalWidth > 16")
        assert page.text("#large p").startswith("phone.heic")
        page.press("Escape")
        page.until("!document.querySelector('#large').open")

        rows = page.saved_table()
        assert rows[0] == '"name","label","p_cat","p_dog","error"'
        assert rows[1].startswith('"cat.png","cat","0.99')
        assert rows[5].startswith('"\'=1+1.png","unreadable"')
        page.value("[...document.querySelectorAll('#kinds button')][1].click()")
        assert (
            page.value("[...document.querySelectorAll('#photos li')].filter(x => !x.hidden).length")
            == 1
        )

        page.resize(360, 640)
        assert page.value("document.documentElement.scrollWidth") <= 360
        assert [text for text in page.complaints if "blob:" not in text] == []


def test_printing_prints_all_that_is_chosen_and_counts_follow_the_answers(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    cats = [draw(tmp_path / f"cat{n}.png", "cat", shade=n) for n in range(40)]
    dogs = [draw(tmp_path / f"dog{n}.png", "dog", shade=n) for n in range(3)]
    with serving(colour_bundle) as service, browser(tmp_path / "profile") as page:
        page.open(f"{service.url}/")
        page.value(
            "new MutationObserver((all) => { window.made = (window.made || 0) + all.length; })"
            ".observe(document.querySelector('#kinds'), {childList: true})"
        )
        page.choose(*cats, *dogs)
        page.until("document.querySelector('#state').innerText.startsWith('43 of 43')")
        page.until("[...document.querySelectorAll('#photos img')].every((x) => x.naturalWidth)")
        assert page.text("#kinds").split("\n") == ["all 43", "cat 40", "dog 3"]
        assert page.value("window.made") == 1, "the buttons are made once, not with each answer"
        assert page.printed().count(b"/Subtype /Image") == 43
        page.value("document.querySelector('#kinds [value=dog]').click()")
        assert page.printed().count(b"/Subtype /Image") == 3


def test_a_dropped_folder_is_searched_and_other_files_are_left_out(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    draw(folder / "a.png", "cat")
    draw(folder / "deep" / "b.png", "dog")
    draw(folder / ".hidden" / "c.png", "dog")
    (folder / "notes.txt").write_text("no photo")
    with serving(colour_bundle) as service, browser(tmp_path / "profile") as page:
        page.open(f"{service.url}/")
        page.drop(folder)
        page.until("document.querySelector('#state').innerText.startsWith('2 of 2')")
        assert page.text("#kinds").split("\n") == ["all 2", "cat 1", "dog 1"]


def test_the_page_answers_in_the_language_of_the_browser(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    photos = [draw(tmp_path / "1.png", "cat"), tmp_path / "2.png"]
    photos[1].write_text("no picture")
    with serving(colour_bundle) as service, browser(tmp_path / "profile") as page:
        headers = {"Accept-Language": "de"}
        page.call("Network.setExtraHTTPHeaders", headers=headers)
        page.open(f"{service.url}/")
        page.choose(*photos)
        words = catalogue("de")
        page.until("document.querySelector('#state').innerText.startsWith('2 von 2')")
        page.value("document.querySelector('#photos button').click()")
        assert page.text("#large p").startswith("1.png · Katze · Katze 99,9\N{NO-BREAK SPACE}%, ")
        known = {text for text in translations.texts() if words.tr(text) != text}
        assert not known & set(said(page))
