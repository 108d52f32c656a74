"""Figures are checked as matplotlib figures and as files."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

matplotlib = pytest.importorskip("matplotlib", reason="needs the extra `torch` or `tf`")

from matplotlib.axes import Axes  # noqa: E402
from matplotlib.colors import same_color  # noqa: E402
from matplotlib.figure import Figure as Sheet  # noqa: E402
from PIL import Image  # noqa: E402

from catdog_sorter.errors import UsageError  # noqa: E402
from catdog_sorter.labels import Thresholds, decide  # noqa: E402
from catdog_sorter.training.events import EpochEnded  # noqa: E402
from catdog_sorter.training.figures import draw, drawing, photo_grids  # noqa: E402
from catdog_sorter.training.figures import verdicts as verdict_figures  # noqa: E402
from catdog_sorter.training.measure.evaluate import EvaluatedPhoto  # noqa: E402
from tests.support.pictures import noise  # noqa: E402

CAT, DOG, BOTH, NEITHER = (
    frozenset({"cat"}),
    frozenset({"dog"}),
    frozenset({"cat", "dog"}),
    frozenset[str](),
)
EPOCHS = [
    EpochEnded(0, 0.5, 0.80, 0.3, 0.90, 1e-3, 60.0),
    EpochEnded(1, 0.3, 0.90, 0.1, 0.95, 1e-4, 60.0),
    EpochEnded(2, 0.2, 0.95, 0.2, 0.96, 1e-5, 60.0),
]
ROWS = [
    {
        "name": "new",
        "accuracy": 0.987,
        "accuracy_low": 0.98,
        "accuracy_high": 0.992,
        "studied": None,
        "photos_per_second": 85.0,
        "parameters": 2_230_000,
        "training_seconds": 2400.0,
    },
    {
        "name": "old, between $5 and $6",
        "accuracy": 0.83,
        "accuracy_low": 0.81,
        "accuracy_high": 0.85,
        "studied": 0.8215,
        "photos_per_second": 240.5,
        "parameters": None,
        "training_seconds": 30.0,
    },
]


@contextmanager
def watched() -> Iterator[dict[str, Sheet]]:
    """The drawn sheets by file name; the files are written too."""
    drawn: dict[str, Sheet] = {}
    real = drawing.save

    def save(
        sheet: Sheet, file: Path, title: str, caption: str, palette: bool = False
    ) -> drawing.Figure:
        drawn[file.name] = sheet
        return real(sheet, file, title, caption, palette)

    with pytest.MonkeyPatch.context() as patch:
        for module in (draw, verdict_figures, photo_grids):
            patch.setattr(module, "save", save)
        yield drawn


@pytest.fixture
def sheets() -> Iterator[dict[str, Sheet]]:
    with watched() as drawn:
        yield drawn


Verdicts = tuple[list[draw.Figure], dict[str, Sheet]]


def judge(path: Path, animals: frozenset[str], p_cat: float, p_dog: float) -> EvaluatedPhoto:
    return EvaluatedPhoto(path, animals, p_cat, p_dog, decide(p_cat, p_dog, Thresholds(0.9, 0.1)))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[EvaluatedPhoto]:
    """Two errors, cat3 the larger one, and one unsure photo."""
    folder = tmp_path_factory.mktemp("photos")
    rows = [
        ("cat1", CAT, 0.99, 0.01),
        ("cat2", CAT, 0.97, 0.02),
        ("cat3", CAT, 0.01, 0.98),
        ("dog1", DOG, 0.02, 0.99),
        ("dog2", DOG, 0.30, 0.95),
        ("both1", BOTH, 0.95, 0.92),
        ("neither1", NEITHER, 0.03, 0.02),
        ("neither2", NEITHER, 0.93, 0.04),
    ]
    return [
        judge(noise(folder / f"{name}.png", seed), animals, p_cat, p_dog)
        for seed, (name, animals, p_cat, p_dog) in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def verdicts(judged: list[EvaluatedPhoto], tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    with watched() as drawn:
        return draw.draw_verdicts(judged, tmp_path_factory.mktemp("verdicts")), drawn


def names(drawn: Sequence[draw.Figure]) -> list[str]:
    return [figure.file.name for figure in drawn]


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def tiles(sheet: Sheet) -> list[tuple[str, str]]:
    """File name and verdict of every photo shown, in order."""
    return [
        (axes.get_xlabel(), axes.get_title().splitlines()[0])
        for axes in sheet.axes
        if axes.get_title()
    ]


def test_a_training_gives_three_pictures_with_words(tmp_path: Path) -> None:
    drawn = draw.draw_training(EPOCHS, tmp_path / "new" / "folder")
    assert names(drawn) == ["curves-loss.png", "curves-accuracy.png", "learning-rate.png"]
    for figure in drawn:
        assert figure.title
        assert figure.caption.endswith(".")
        with Image.open(figure.file) as picture:
            assert picture.format == "PNG"
            assert picture.width == 768
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 10


def test_a_run_without_a_finished_epoch_has_no_curves(tmp_path: Path) -> None:
    assert draw.draw_training([], tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_epoch_of_the_lowest_validation_loss_is_starred(
    tmp_path: Path, sheets: dict[str, Sheet]
) -> None:
    loss, accuracy, _ = draw.draw_training(EPOCHS, tmp_path)
    for name, height in (("curves-loss.png", 0.1), ("curves-accuracy.png", 0.95)):
        star = sheets[name].axes[0].lines[-1]
        assert (star.get_marker(), star.get_label()) == ("*", "epoch 2: lowest validation loss")
        assert (list(star.get_xdata()), list(star.get_ydata())) == ([2], [height])
    assert "0.1000, came after epoch 2" in loss.caption
    assert "95.00 % on the validation photos after epoch 2" in accuracy.caption


@pytest.mark.parametrize(
    ("last", "scale"), [(1e-5, "log"), (1e-4, "log"), (5e-4, "linear"), (0.0, "linear")]
)
def test_learning_rates_that_span_are_drawn_on_a_log_scale(
    tmp_path: Path, sheets: dict[str, Sheet], last: float, scale: str
) -> None:
    draw.draw_training([EPOCHS[0], replace(EPOCHS[1], learning_rate=last)], tmp_path)
    assert sheets["learning-rate.png"].axes[0].get_yscale() == scale


def test_verdicts_give_six_pictures(verdicts: Verdicts) -> None:
    drawn, _ = verdicts
    assert all(figure.file.stat().st_size > 5_000 for figure in drawn)
    assert names(drawn) == [
        "confusion.png",
        "most-wrong.png",
        "least-sure.png",
        "reliability.png",
        "coverage.png",
        "predictions.png",
    ]


def test_a_figure_these_photos_cannot_give_is_left_out(
    judged: list[EvaluatedPhoto], tmp_path: Path
) -> None:
    assert draw.draw_verdicts([], tmp_path) == []
    right_about_neither = [photo for photo in judged if photo.path.stem == "neither1"]
    drawn = names(draw.draw_verdicts(right_about_neither, tmp_path))
    assert drawn == ["confusion.png", "least-sure.png", "reliability.png", "predictions.png"]


def test_the_confusion_counts_every_kind_of_photo_under_every_label(verdicts: Verdicts) -> None:
    drawn, sheets = verdicts
    axes = sheets["confusion.png"].axes[0]
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert rows == ["cat\n3 photos", "dog\n2 photos", "both\n1 photo", "neither\n2 photos"]
    columns = [label.get_text() for label in axes.get_xticklabels()]
    assert columns[0] == "predicted\ncat"
    assert columns[-1] == "predicted\nunsure"
    cells = {text.get_position(): text.get_text() for text in axes.texts if "%" not in str(text)}
    assert [[cells[(x, y)] for x in range(5)] for y in range(4)] == [
        ["2", "1", "0", "0", "0"],
        ["0", "1", "0", "0", "1"],
        ["0", "0", "1", "0", "0"],
        ["1", "0", "0", "1", "0"],
    ]
    assert "67 %" in words(axes)
    assert "Of 8 photos 5 have the right label (green), 2 a wrong one" in drawn[0].caption


def test_kinds_without_photos_get_no_row(
    judged: list[EvaluatedPhoto], tmp_path: Path, sheets: dict[str, Sheet]
) -> None:
    draw.draw_verdicts([photo for photo in judged if photo.animals == DOG], tmp_path)
    rows = [label.get_text() for label in sheets["confusion.png"].axes[0].get_yticklabels()]
    assert rows == ["dog\n2 photos"]


def test_each_animal_keeps_its_colour_in_the_reliability_diagram(
    verdicts: Verdicts, judged: list[EvaluatedPhoto]
) -> None:
    _, sheets = verdicts
    cat, dog, cats, dogs = sheets["reliability.png"].axes
    for points, bars, animal in ((cat, cats, "cat"), (dog, dogs, "dog")):
        assert same_color(points.containers[0].lines[0].get_color(), drawing.COLOURS[animal])
        assert same_color(bars.patches[0].get_facecolor(), drawing.COLOURS[animal])
        assert bars.get_xlabel() == f"predicted probability of a {animal}"
        assert sum(bar.get_height() for bar in bars.patches) == len(judged)


def test_the_coverage_names_what_each_threshold_sorts(verdicts: Verdicts) -> None:
    _, sheets = verdicts
    (legend,) = sheets["coverage.png"].legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "0.5: 75.0 % sorted, 66.67 % of them right",
        "0.9: 62.5 % sorted, 60.00 % of them right",
        "0.99: 12.5 % sorted, 100.00 % of them right",
    ]


def test_the_worst_mistake_comes_first(verdicts: Verdicts) -> None:
    _, sheets = verdicts
    assert tiles(sheets["most-wrong.png"]) == [
        ("cat3.png", "✗ cat, predicted dog"),
        ("neither2.png", "✗ neither, predicted cat"),
    ]


def test_the_least_confident_photo_comes_first_right_or_wrong(
    verdicts: Verdicts, judged: list[EvaluatedPhoto]
) -> None:
    _, sheets = verdicts
    shown = tiles(sheets["least-sure.png"])
    assert shown[:3] == [
        ("dog2.png", "? dog, unsure"),
        ("both1.png", "✓ both"),
        ("neither2.png", "✗ neither, predicted cat"),
    ]
    assert len(shown) == len(judged)


def test_the_colour_of_a_title_shows_whether_the_verdict_is_right(verdicts: Verdicts) -> None:
    _, sheets = verdicts
    colours = {
        axes.get_title()[0]: axes.title.get_color()
        for axes in sheets["predictions.png"].axes
        if axes.get_title()
    }
    assert colours == {"✓": drawing.RIGHT, "✗": drawing.WRONG, "?": drawing.UNSURE}


def test_the_sample_does_not_depend_on_the_order_of_the_photos(tmp_path: Path) -> None:
    many = [judge(tmp_path / f"{n}.jpg", CAT, 0.99, n / 1000) for n in range(50)]
    mixed = random.Random(2).sample(many, len(many))
    first = photo_grids.draw_predictions(many, tmp_path / "first.png")
    second = photo_grids.draw_predictions(mixed, tmp_path / "second.png")
    assert first is not None
    assert second is not None
    assert first.file.read_bytes() == second.file.read_bytes()


def test_a_missing_photo_leaves_a_tile_with_its_name(
    judged: list[EvaluatedPhoto], tmp_path: Path, sheets: dict[str, Sheet]
) -> None:
    gone = replace(judged[0], path=tmp_path / "gone.jpg")
    photo_grids.draw_predictions([gone, judged[1]], tmp_path / "predictions.png")
    by_name = {axes.get_xlabel(): axes for axes in sheets["predictions.png"].axes}
    assert words(by_name["gone.jpg"]) == ["unreadable"]
    assert not by_name["gone.jpg"].images
    assert by_name["cat2.png"].images
    assert words(by_name["cat2.png"]) == []


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("$x^2$ $", r"\$x^2\$ \$"),
        (r"$\undefined{$", r"\$\undefined{\$"),
        (os.fsdecode(b"caf\xe9\n.jpg"), r"caf\xe9\n.jpg"),
        ("ネコ.jpg", "ネコ.jpg"),
        ("a" * 40 + ".jpg", "a" * 12 + "…" + "a" * 9 + ".jpg"),
    ],
)
def test_any_name_is_shown_as_it_is(
    tmp_path: Path, sheets: dict[str, Sheet], name: str, label: str
) -> None:
    photo_grids.draw_predictions([judge(tmp_path / name, CAT, 0.99, 0.01)], tmp_path / "grid.png")
    assert sheets["grid.png"].axes[0].get_xlabel() == label


def test_twenty_photos_full_of_detail_make_a_small_file(tmp_path: Path) -> None:
    detailed = Image.effect_noise((400, 400), 90).convert("RGB")
    detailed.save(tmp_path / "noise.jpg")
    photos = [judge(tmp_path / "noise.jpg", CAT, 0.99, 0.01)] * 30
    figure = photo_grids.draw_predictions(photos, tmp_path / "grid.png")
    assert figure is not None
    assert figure.file.stat().st_size < 600_000


def test_figures_do_not_depend_on_the_users_matplotlib_settings(tmp_path: Path) -> None:
    plain = draw.draw_training(EPOCHS, tmp_path / "plain")
    theirs = {"axes.facecolor": "black", "font.size": 30, "savefig.dpi": 30, "text.usetex": True}
    with matplotlib.rc_context(theirs):
        styled = draw.draw_training(EPOCHS, tmp_path / "styled")
        assert matplotlib.rcParams["font.size"] == 30
    for one, other in zip(plain, styled, strict=True):
        assert one.file.read_bytes() == other.file.read_bytes()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match=r"file/curves-loss\.png cannot be written"):
        draw.draw_training(EPOCHS, tmp_path / "file")


def test_a_comparison_shows_each_system_in_its_own_row(
    tmp_path: Path, sheets: dict[str, Sheet]
) -> None:
    figure = draw.draw_comparison(ROWS, tmp_path / "side-by-side.png")
    assert figure.file.is_file()
    accuracy, speed, size, training = sheets["side-by-side.png"].axes
    assert [label.get_text() for label in accuracy.get_yticklabels()] == [
        "new",
        r"old, between \$5 and \$6",
    ]
    assert words(accuracy) == ["98.70 %", "83.00 %"]
    assert words(speed) == ["85", "240"]
    assert words(size) == ["2.23 M", "not measured"]
    assert words(training) == ["40 min", "30 s"]
    start, end = accuracy.get_xlim()
    assert 0.75 <= start <= 0.81
    assert 1 <= end < 1.05
    assert accuracy.yaxis_inverted()


def test_large_and_small_numbers_stay_readable(tmp_path: Path, sheets: dict[str, Sheet]) -> None:
    large = {"photos_per_second": 12_345.6, "parameters": 999_999, "training_seconds": 86_400.0}
    small = {"photos_per_second": 0.25, "parameters": 7, "training_seconds": 3.2}
    draw.draw_comparison([ROWS[0] | large, ROWS[0] | small], tmp_path / "both.png")
    assert [words(axes) for axes in sheets["both.png"].axes[1:]] == [
        ["12,346", "0.25"],
        ["1000 k", "7"],
        ["24.0 h", "3 s"],
    ]


def test_the_figure_of_a_study_is_marked_where_there_is_one(
    tmp_path: Path, sheets: dict[str, Sheet]
) -> None:
    draw.draw_comparison(ROWS, tmp_path / "both.png")
    draw.draw_comparison(ROWS[:1], tmp_path / "new.png")
    legend = sheets["both.png"].axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["published by a study"]
    assert sheets["new.png"].axes[0].get_legend() is None


def test_drawing_needs_no_screen_and_no_pyplot() -> None:
    code = (
        "import sys, catdog_sorter.training.figures.draw; print('matplotlib.pyplot' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout == "False\n"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (0.001, "< 1 %"),
        (0.5, "50 %"),
        (0.994, "99 %"),
        (0.9999, "> 99 %"),
        (1, "100 %"),
    ],
)
def test_only_what_is_certain_is_written_as_certain(share: float, text: str) -> None:
    assert drawing.percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.95, "95 %"), (0.9995, "99.95 %"), (0.1 + 0.2, "30 %"), (1.0, "100 %")]
)
def test_ticks_have_no_more_digits_than_they_need(share: float, text: str) -> None:
    assert drawing.tick_in_percent(share) == text
