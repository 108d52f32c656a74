import os
from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.settings import FOLDER_FILE, folder_settings, parse_settings, user_settings


def parsed(text: str) -> dict[str, object]:
    found = parse_settings(Path("config.toml"), text.encode())
    return {key: (setting.value, setting.line) for key, setting in found.items()}


def in_folder(folder: Path, text: str) -> dict[str, object]:
    (folder / FOLDER_FILE).write_text(text)
    return {key: setting.value for key, setting in folder_settings(folder).items()}


def test_values_come_with_their_lines() -> None:
    text = '# threshold = 1\nmode = "copy"\n\nthreshold = 0.9\n[folder]\ncat = "Cats"\n'
    assert parsed(text) == {
        "mode": ("copy", 2),
        "threshold": (0.9, 4),
        "folder": ({"cat": "Cats"}, 5),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("treshold = 1", "config.toml, line 1: there is no setting treshold. Did you mean thres"),
        ("x = 1", "there is no setting x. Known are: threshold, "),
        ('flat = "yes"', "flat must be true or false, not 'yes'"),
        ("threshold = true", "threshold must be a number, not True"),
        ("mode = 1", 'mode must be text, as in "text", not 1'),
        ('folder = "Cats"', "folder must be a table"),
        ('[folder]\ncta = "Cats"', "line 1: there is no label cta. Did you mean cat?"),
        ('[folder]\ncat = "../up"', "'../up' is not a valid folder name for cat"),
        ('into = "Sorted"', "into must be an absolute path"),
        ("flat = \n", "config.toml is not valid TOML (Invalid value (at line 1, column 8))"),
        ("x = " + "[" * 20_000, "config.toml is not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_the_nearest_right_word(
    text: str, sentence: str
) -> None:
    with pytest.raises(UsageError) as error:
        parsed(text)
    assert sentence in str(error.value)


def test_bytes_that_are_not_text_are_refused_with_a_sentence() -> None:
    with pytest.raises(UsageError, match="is not valid TOML"):
        parse_settings(Path("config.toml"), b"\xff\xfe")


def test_without_files_nothing_is_set(tmp_path: Path) -> None:
    assert user_settings() == folder_settings(tmp_path) == {}


def test_a_folder_may_set_what_stays_within_it(tmp_path: Path) -> None:
    text = 'threshold = 0.9\nflat = true\nrecursive = false\n[folder]\ncat = "Cats"\n'
    assert set(in_folder(tmp_path, text)) == {"threshold", "flat", "recursive", "folder"}


@pytest.mark.parametrize(
    "text",
    [
        'into = "/somewhere"',
        'model = "/theirs"',
        'mode = "symlink"',
        'backend = "torch"',
        'device = "cuda"',
        "no-cache = true",
        '[folder]\ncat = "/somewhere"',
        '[folder]\ncat = "a/../../up"',
        '[folder]\ncat = ".hidden"',
        '[folder]\ncat = "cats/.hidden"',
        '[folder]\ncat = "#recycle"',
        '[folder]\ncat = "cats/lost+found"',
        '[folder]\ncat = "x.photoslibrary"',
        '[folder]\ncat = "X.PhotosLibrary/cats"',
        '[folder]\ncat = "android/data"',
    ],
)
def test_a_folder_may_set_nothing_that_reaches_further(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        in_folder(tmp_path, text)


def test_what_is_no_small_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    (tmp_path / FOLDER_FILE).write_text("#" * 70_000)
    with pytest.raises(UsageError, match="not a file of at most 64 KiB"):
        folder_settings(tmp_path)
    (tmp_path / FOLDER_FILE).unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / FOLDER_FILE)
        with pytest.raises(UsageError, match="not a file of at most 64 KiB"):
            folder_settings(tmp_path)
