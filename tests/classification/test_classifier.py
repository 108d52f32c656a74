"""The public classifier: its results and errors, and that importing it loads nothing."""

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import catdog_sorter
from catdog_sorter import (
    Classifier,
    Prediction,
    Unreadable,
    UnreadablePhoto,
    UsageError,
    Verdict,
)
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import COLOURS, draw

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def classifier(colour_bundle: ModelBundle) -> Iterator[Classifier]:
    with Classifier(colour_bundle.folder) as classifier:
        yield classifier


def block(label: str, mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (16, 12), COLOURS[label]).convert(mode)


def test_one_photo(classifier: Classifier, tmp_path: Path, colour_bundle: ModelBundle) -> None:
    path = draw(tmp_path / "a.png", "cat")
    answer = classifier.classify(path)
    assert isinstance(answer, Prediction)
    assert (answer.path, answer.label, answer.model) == (path, "cat", colour_bundle.id)
    assert answer.p_cat > 0.99
    assert answer.p_dog < 0.01
    assert classifier.classify(str(path)) == answer


def test_a_file_without_its_end_is_marked(classifier: Classifier, tmp_path: Path) -> None:
    path = draw(tmp_path / "a.jpg", "dog")
    assert not classifier.classify(path).incomplete
    path.write_bytes(path.read_bytes()[:-2])
    answer = classifier.classify(path)
    assert answer.incomplete and answer.label == "dog"
    assert list(classifier.classify_all([path])) == [answer]


def test_parts_of_a_uncertain_picture_count_wherever_it_is(
    uncertain: tuple[Path, ModelBundle],
) -> None:
    path, bundle = uncertain
    with Classifier(bundle.folder) as classifier:
        answers = [
            classifier.classify(path),
            *classifier.classify_all([path]),
            *classifier.classify_images([Image.open(path), np.asarray(Image.open(path))]),
        ]
    p_cats = [answer.p_cat for answer in answers if not isinstance(answer, Unreadable)]
    assert p_cats == [p_cats[0]] * 4
    assert p_cats[0] == pytest.approx(0.998, abs=0.001)  # 0.93 without its parts


def test_a_file_without_a_picture_raises_a_sentence(classifier: Classifier, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    with pytest.raises(UnreadablePhoto, match="not a picture in a supported format"):
        classifier.classify(tmp_path / "a.png")
    with pytest.raises(UnreadablePhoto, match="no such file"):
        classifier.classify(tmp_path / "b.png")


def test_many_photos_come_in_the_order_given(classifier: Classifier, tmp_path: Path) -> None:
    draw(tmp_path / "folder" / "deep" / "c.png", "both")
    draw(tmp_path / "folder" / "d.png", "neither")
    draw(tmp_path / "z.png", "cat")
    draw(tmp_path / "a.png", "dog")
    (tmp_path / "b.png").touch()
    names = ("z.png", "folder", "b.png", "none.png", "a.png", "z.png")
    results = list(classifier.classify_all(tmp_path / name for name in names))
    labels = [None if isinstance(result, Unreadable) else result.label for result in results]
    assert labels == ["cat", "neither", "both", None, None, "dog", "cat"]
    assert [result.path.name for result in results[3:5]] == ["b.png", "none.png"]


def test_pictures_in_memory(classifier: Classifier, colour_bundle: ModelBundle) -> None:
    images = [block(label) for label in COLOURS]
    arrays = [np.asarray(image) for image in images]
    # More than fit into one batch, from something that can be iterated over but once.
    verdicts = list(classifier.classify_images(iter([*images, *arrays] * 20)))
    assert [verdict.label for verdict in verdicts] == [*COLOURS] * 40
    assert isinstance(verdicts[0], Verdict)
    assert verdicts[0].model == colour_bundle.id
    assert list(classifier.classify_images([])) == []


def test_an_image_of_any_mode_is_turned_upright(classifier: Classifier) -> None:
    (palette, see_through) = classifier.classify_images([block("dog", "P"), block("dog", "RGBA")])
    assert palette.label == see_through.label == "dog"
    image = block("cat")
    image.paste(COLOURS["neither"], (8, 0, 16, 12))
    image.getexif()[0x0112] = 6
    sideways, upright = classifier.classify_images([image, image.transpose(Image.ROTATE_270)])
    assert sideways == upright


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4, 3), np.float32),
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((0, 4, 3), np.uint8),
    ],
)
def test_another_array_is_refused(classifier: Classifier, array: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"Give uint8 \(H, W, 3\), RGB"):
        list(classifier.classify_images([array]))


def test_an_image_whose_file_is_cut_off_raises_a_sentence(
    classifier: Classifier, tmp_path: Path
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    with Image.open(tmp_path / "a.png") as image, pytest.raises(UnreadablePhoto, match="cut off"):
        list(classifier.classify_images([image]))


def test_threads_may_share_it(classifier: Classifier, tmp_path: Path) -> None:
    paths = [draw(tmp_path / f"{label}.png", label) for label in COLOURS]
    with ThreadPoolExecutor(4) as pool:
        labels = [answer.label for answer in pool.map(classifier.classify, paths)]
    assert labels == [*COLOURS]


def test_a_threshold_of_ones_own(colour_bundle: ModelBundle) -> None:
    with Classifier(colour_bundle.folder, threshold=1.0) as strict:
        (verdict,) = strict.classify_images([block("cat")])
        assert verdict.label == "unsure"
    with pytest.raises(UsageError, match=r"0\.2 is not from 0\.5 to 1"):
        Classifier(colour_bundle.folder, threshold=0.2)
    with pytest.raises(UsageError, match="There is no backend jax"):
        Classifier(colour_bundle.folder, backend="jax")


def test_importing_the_package_loads_nothing() -> None:
    code = (
        "import sys, catdog_sorter\n"
        "print(sorted({'numpy', 'PIL', 'onnxruntime', 'typer'} & set(sys.modules)))\n"
        "print(all(hasattr(catdog_sorter, name) for name in catdog_sorter.__all__))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\nTrue\n"
    assert not hasattr(catdog_sorter, "nonsense")
    assert (Path(catdog_sorter.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("page", ["README.md", "docs/library.md"])
def test_the_examples_are_true(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(TOP)
    text = (TOP / page).read_text(encoding="utf-8")
    scripts = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
    assert scripts
    for script in scripts:
        exec(script, {})
        promised = re.findall(r"  # (.*)$", script, re.M)
        assert capsys.readouterr().out.splitlines() == promised
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.M | re.S))
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(session, {}, page, page, 0))
    assert runner.summarize(verbose=False).failed == 0, capsys.readouterr().out
