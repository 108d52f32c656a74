"""A real, small training from the window, in its own process."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.classification.corrections import correct
from catdog_sorter.gui.dialogs.learn import LearnDialog, compared
from catdog_sorter.gui.window import Window
from catdog_sorter.labels import Label
from catdog_sorter.model.registry import DEFAULT_MODEL, known_bundles, name_in_use
from tests.support.colours import draw
from tests.support.windows import idle

SMALL = [
    *("--recipe", "cnn", "--epochs", "1", "--image-size", "32"),
    *("--batch-size", "4", "--init", "random"),
]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_corrections_teach_a_model_that_can_then_be_used(
    qtbot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="needs the extra `torch`")
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(1)  # photos that resemble each other are never split
    (tmp_path / "p").mkdir()
    for number in range(20):
        photo = tmp_path / "p" / f"{number}.png"
        Image.fromarray(random.integers(0, 255, (48, 48, 3), np.uint8)).save(photo)
        correct([(photo, (Label.CAT, Label.DOG)[number % 2])])
    window.learn_options = SMALL
    window.open_learn()
    dialog = window.findChild(LearnDialog)
    qtbot.waitUntil(dialog.begin.isEnabled, timeout=60_000)
    assert "20 photos you have corrected" in dialog.words.text()
    dialog.begin.click()
    qtbot.waitUntil(dialog.use.isVisible, timeout=800_000)
    assert re.search(
        r"Of 20 photos you corrected, .* labels \d+ .* new one \d+", dialog.words.text()
    )
    assert "20 photos with a label you corrected" in dialog.log.toPlainText()
    assert "my-model" in known_bundles()
    assert name_in_use() == DEFAULT_MODEL
    dialog.use.click()
    qtbot.waitUntil(lambda: name_in_use() == "my-model", timeout=60_000)
    idle(qtbot, window)


def test_too_few_corrections_give_the_message_of_the_command_line(
    qtbot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "cat").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)  # a folder of this name here is none of the window's business
    correct([(draw(tmp_path / "a.png", "cat"), Label.CAT)])
    window.open_learn()
    dialog = window.findChild(LearnDialog)
    qtbot.waitUntil(dialog.begin.isEnabled, timeout=60_000)
    dialog.begin.click()
    qtbot.waitUntil(lambda: "No model was trained" in dialog.words.text(), timeout=60_000)
    assert "at least 5 of each are needed" in dialog.log.toPlainText()
    dialog.close()


def test_learning_without_a_framework_says_what_to_install(
    qtbot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.gui.dialogs.learn.find_spec", lambda name: None)
    window.open_learn()
    dialog = window.findChild(LearnDialog)
    assert "pip install 'catdog-sorter[torch]'" in dialog.words.text()
    assert not dialog.begin.isEnabled()
    dialog.close()


def test_both_models_are_compared_on_the_same_photos() -> None:
    before = {"labels_by_truth": {"cat": {"cat": 3, "unsure": 2}, "dog": {"dog": 1, "cat": 4}}}
    after = {"labels_by_truth": {"cat": {"cat": 5, "unsure": 0}, "dog": {"dog": 4, "cat": 1}}}
    assert "Of 10 photos you corrected, the current model labels 4" in compared(before, after)
    assert "the new one 9" in compared(before, after)
    assert "could not be compared" in compared(before, {})
