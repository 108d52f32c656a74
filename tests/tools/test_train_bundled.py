"""The steps that train the bundled models fit together. Nothing is trained here."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools/train_default/train_bundled.py"


@pytest.fixture(scope="module")
def bundled() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_bundled", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_each_step_reads_what_is_given_or_an_earlier_step_made(bundled):
    made = {"store", *bundled.descriptions(1.0)}
    for step in bundled.steps(Path("/data"), Path("/backbones")):
        for word in step.words[2:]:
            if "/" in word and not word.startswith(("/", "models")):
                assert word.split("/")[0] in made, f"{step.name} reads {word}"
        made.add(step.name)
    models = ("efficientnet_lite2", "mobilenetv2-torch", "mobilenetv2-tf")
    assert {f"models/{name}" for name in models} <= made


def test_each_script_has_the_options_that_its_step_gives(bundled):
    checked = 0
    for step in bundled.steps(Path("/data"), Path("/backbones")):
        if step.words[1] == "-m":
            continue
        text = Path(step.words[1]).read_text(encoding="utf-8")
        for word in step.words[2:]:
            if word.startswith("--"):
                assert f'"{word}"' in text, f"{step.name}: {word}"
                checked += 1
    assert checked > 50


def test_no_step_reads_the_photos_that_are_for_reporting(bundled):
    words = {w for step in bundled.steps(Path("/data"), Path("/backbones")) for w in step.words}

    assert "/data/train" in words
    assert not {"test", "library", "/data/test", "/data/library"} & words


def test_a_share_makes_every_training_shorter(bundled):
    def pictures(share: float) -> list[int]:
        return [
            int(step.words[step.words.index("--pictures") + 1])
            for step in bundled.steps(Path("/data"), Path("/backbones"), share)
            if "--pictures" in step.words
        ]

    assert pictures(0.01) == [count // 100 for count in pictures(1)]


def test_a_model_says_how_it_was_trained(bundled):
    described = bundled.descriptions(1.0)

    assert json.loads(json.dumps(described)) == described
    for step in bundled.steps(Path("/data"), Path("/backbones")):
        if "write_model.py" in step.words[1]:
            assert step.words[step.words.index("--training") + 1] in described
