"""The parts of a comparison without training; `end_to_end/test_retrain.py` runs a whole one."""

from pathlib import Path

import pytest

from catdog_sorter.errors import TrainingError
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.model.registry import refuse_taken
from catdog_sorter.training.data.samples import Sample, find_samples
from catdog_sorter.training.measure import compare
from catdog_sorter.training.measure.compare import ComparisonRequest, System, SystemResult
from catdog_sorter.training.recipes import RECIPES
from tests.support.colours import draw
from tests.support.pictures import noise

RESULT = SystemResult(
    "cnn-tf", 0.76, 0.9, 0.88, 0.915, 0.25, 0.02, 660_000, 2_600_000, 600.0, 40, 812.3
)


def request(samples: list[Sample], folder: Path, **more: object) -> ComparisonRequest:
    wanted = {"test": None, "systems": [], "seed": 1} | more
    return ComparisonRequest(samples=samples, folder=folder, **wanted)  # type: ignore[arg-type]


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    for number in range(20):
        noise(tmp_path / "data" / "cat" / f'a "{number}", b.png', number)
        noise(tmp_path / "data" / "dog" / f"{number}.png", 100 + number)
    noise(tmp_path / "data" / "dog" / "copy.png", 100, size=(90, 60))
    return find_samples(tmp_path / "data")


def test_the_split_is_kept_and_can_be_read_again(samples: list[Sample], tmp_path: Path) -> None:
    (ready, compared) = compare.compare(request(samples, tmp_path / "run"))
    assert isinstance(ready, compare.SplitReady) and isinstance(compared, compare.Compared)
    training = find_samples(tmp_path / "run" / "train.csv")
    test = find_samples(tmp_path / "run" / "test.csv", to_train=False)
    assert (len(training), len(test)) == (ready.training, ready.test)
    assert set(training) | set(test) == set(samples)
    assert not set(training) & set(test)
    assert len(test) >= 4
    twins = {tmp_path / "data" / "dog" / name for name in ("0.png", "copy.png")}
    assert len(twins & {sample.path for sample in test}) in (0, 2)


def test_given_test_photos_are_used_for_the_evaluation(
    samples: list[Sample], tmp_path: Path
) -> None:
    given = [Sample(draw(tmp_path / "t.png", "cat"), frozenset({"cat"}))]
    ready, _ = compare.compare(request(samples, tmp_path / "run", test=given))
    assert (ready.training, ready.test) == (41, 1)


def test_another_comparison_in_the_folder_is_not_mixed_with(
    samples: list[Sample], tmp_path: Path
) -> None:
    list(compare.compare(request(samples, tmp_path / "run")))
    with pytest.raises(TrainingError, match="--resume"):
        list(compare.compare(request(samples, tmp_path / "run")))
    list(compare.compare(request(samples, tmp_path / "run", resume=True)))
    with pytest.raises(TrainingError, match="the same photos"):
        list(compare.compare(request(samples[:-1], tmp_path / "run", resume=True)))


def test_a_training_that_fails_is_named(samples: list[Sample], tmp_path: Path) -> None:
    wanted = request(
        samples, tmp_path / "run", systems=[System("cnn", "torch")], options=("--lr", "nonsense")
    )
    with pytest.raises(TrainingError, match=r"training of cnn-torch failed.*--resume"):
        list(compare.compare(wanted))


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("framework", ["torch", "tf"])
def test_no_system_takes_the_name_of_a_model_that_came_with_the_program(
    tmp_path: Path, recipe: str, framework: str
) -> None:
    refuse_taken(compare.model_folder(tmp_path / "comparison", System(recipe, framework)).name)


def test_the_table_sets_the_studys_figure_beside_ours() -> None:
    lines = compare.markdown([RESULT]).splitlines()
    assert lines[0].startswith("| system | study | accuracy |")
    assert lines[2] == (
        "| cnn-tf | 76.0% | 90.00% | 88.00% to 91.50% | 0.250 | 0.020 | 0.66 M | 2.6 MB "
        "| 10.0 min, 40 epochs | 812 |"
    )


def test_systems_are_timed_in_turn(colour_bundle: ModelBundle) -> None:
    order: list[str] = []

    class Engine:
        def __init__(self, name: str) -> None:
            self.name = name

        def logits(self, batch: object) -> object:
            order.append(self.name)
            return batch

    names = ["a", "b"]
    speeds = compare._photos_per_second(
        dict.fromkeys(names, colour_bundle), {name: Engine(name) for name in names}
    )
    assert order[:4] == ["a", "b", "a", "b"]
    assert speeds.keys() == {"a", "b"} and all(value > 0 for value in speeds.values())


def test_results_are_written_with_a_page_that_shows_them(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `torch` or `tf`")
    page = compare.write_results(tmp_path, compare.Compared((RESULT,)))
    assert {path.name for path in tmp_path.iterdir()} == {
        "comparison.md", "comparison.json", "comparison.png", "report.html",
    }  # fmt: skip
    assert "cnn-tf" in page.read_text() and "data:image/png" in page.read_text()
