"""Every language has all texts, and the right one is chosen."""

import re
from datetime import datetime

import pytest

from catdog_sorter import languages
from catdog_sorter.languages import (
    LANGUAGES,
    accepted,
    best,
    catalogue,
    chosen,
    code_of,
    of_system,
)
from tools import translations

ADVICE = "Run `python tools/translations.py` and translate what it marks as unfinished."
TRANSLATED = [language for language in LANGUAGES if language != "en"]
MENUS = ("&File", "&Edit", "&Photo", "&View", "&Help")
SYSTEM = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def marks(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}|\(\*\.\w+\)|`[^`]+`", text))


def test_every_catalogue_belongs_to_a_language() -> None:
    assert {file.stem for file in languages.FOLDER.glob("*.ts")} == set(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_says_everything_and_loses_no_placeholder(language: str) -> None:
    file = translations.catalogue(language)
    known, wanted = languages.read(file), translations.texts()
    assert list(known) == list(wanted), ADVICE
    assert "unfinished" not in file.read_text("utf-8"), ADVICE
    for text, forms in known.items():
        number = LANGUAGES[language].forms if wanted[text] else 1
        assert len(forms) == number and all(forms), f"{text}: {ADVICE}"
        assert all(marks(form) == marks(text) for form in forms), text
        assert all(form.count("\n") == text.count("\n") for form in forms), text
        assert all(form == form.strip() for form in forms), text
    keys = [re.search("&(.)", known[menu][0]) for menu in MENUS]
    assert len({key[1].lower() for key in keys if key}) == len(MENUS), "Two menus share a key."


def test_the_form_of_a_word_follows_the_number() -> None:
    forms = {
        code: [catalogue(code).tr("{number} photos", number) for number in (0, 1, 2)]
        for code in ("en", "de", "fr", "it", "pt", "ja", "zh_CN")
    }
    assert forms == {
        "en": ["{number} photos"] * 3,
        "de": ["{number} Fotos", "{number} Foto", "{number} Fotos"],
        "fr": ["{number} photo", "{number} photo", "{number} photos"],
        "it": ["{number} foto"] * 3,
        "pt": ["{number} foto", "{number} foto", "{number} fotos"],
        "ja": ["{number} 枚の写真"] * 3,
        "zh_CN": ["{number} 张照片"] * 3,
    }


def test_numbers_and_dates_are_spelled_as_in_the_language() -> None:
    moment = datetime(2024, 12, 31, 18, 30)
    spelled = {
        code: [words.number(1234567), words.percent(0.5), words.date_and_time(moment)]
        for code, words in ((code, catalogue(code)) for code in ("en", "de", "ja"))
    }
    assert spelled == {
        "en": ["1,234,567", "50.0%", "2024-12-31 18:30"],
        "de": ["1.234.567", "50,0\N{NO-BREAK SPACE}%", "31.12.2024 18:30"],
        "ja": ["1,234,567", "50.0%", "2024/12/31 18:30"],
    }


def test_a_text_without_a_translation_stays_and_a_page_is_filled() -> None:
    german = catalogue("de")
    assert german.tr("no such text") == "no such text"
    assert german.fill("<p>{{cat}} & {{<b>}}</p>") == "<p>Katze & &lt;b&gt;</p>"


def test_a_sentence_keeps_its_names_and_numbers_in_every_language() -> None:
    german, english = catalogue("de"), catalogue("en")
    said = "'/a b/{1}.jpg' changed while it was being sorted, so it was left alone. "
    said += "Sort again when no other program writes to it."
    assert german.problem(said).startswith("„/a b/{1}.jpg“ hat sich während des Sortierens")
    assert english.problem(said) == said
    nested = "'/x' is damaged (malformed). The file is empty."
    assert german.problem(nested) == "„/x“ ist beschädigt (malformed). Die Datei ist leer."
    assert german.sources(nested)[0] == "'{1}' is damaged ({2}). {3}"
    assert german.problem("cat does not exist. Check the spelling, or give another path.") == (
        "cat gibt es nicht. Die Schreibweise prüfen oder einen anderen Pfad angeben."
    )
    for told in ("", "What no catalogue has: 3.", "cat"):
        assert english.problem(told) == told


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_with_gaps_is_found_again(language: str) -> None:
    words = catalogue(language)
    for source in translations.problems():
        told = re.sub(r"\{(\d+)\}", lambda gap: f"<{gap[1]}>", source)  # no sentence
        expected = re.sub(r"\{(\d+)\}", lambda gap: f"<{gap[1]}>", words.tr(source))
        assert words.problem(told) == expected, source


@pytest.mark.parametrize(
    ("name", "code"), [("de", "de"), ("de-AT", "de"), ("zh_CN", "zh_CN"), ("en_GB", "en")]
)
def test_a_language_is_named_by_its_code(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize("name", ["xx", "", "zh_TW", "German"])
def test_a_language_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="Choose from en, de"):
        code_of(name)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["de-AT", "en"], "de"),
        (["", "", "en-GB", "de-DE"], "en"),
        (["xx", "de_DE.UTF-8@euro"], "de"),
        (["zh-TW", "pt-BR"], "pt"),
        (["zh_Hans_SG"], "zh_CN"),
        (["C.UTF-8"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_there_is_counts(wanted: list[str], language: str) -> None:
    assert best(wanted) == language


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("de-CH, en;q=0.5, fr;q=0.8", ["de-CH", "fr", "en"]),
        ("en;q=0, de", ["de"]),
        ("de;q=much, fr;", ["fr"]),
        ("", [""]),
    ],
)
def test_a_browser_says_which_languages_it_wants_most(header: str, wanted: list[str]) -> None:
    assert accepted(header) == wanted


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "xx:es"}, "es"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "es"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "ja_JP"}, "ja"),
    ],
)
def test_the_system_has_a_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SYSTEM:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert best(of_system()) == language


def test_the_environment_counts_before_the_preference_and_that_before_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(languages.VARIABLE, raising=False)
    assert chosen(None, ["de-DE"]) == "de"
    assert chosen("en", ["de-DE"]) == "en"
    monkeypatch.setenv(languages.VARIABLE, "de")
    assert chosen("en", ["fr"]) == "de"
