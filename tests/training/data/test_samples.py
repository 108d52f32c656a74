import os
from pathlib import Path

import pytest

from catdog_sorter.errors import TrainingError
from catdog_sorter.training.data import samples
from catdog_sorter.training.data.samples import Sample
from tests.support.colours import draw

CAT, DOG = frozenset({"cat"}), frozenset({"dog"})


def fill(*folders: Path, count: int = 5) -> None:
    """Put photos into each folder; their content does not matter here."""
    for folder in folders:
        for number in range(count):
            draw(folder / f"{number}.png", "cat")


def kinds(found: list[Sample]) -> dict[str, int]:
    labels = [samples.LABEL_OF[sample.animals].value for sample in found]
    return {label: labels.count(label) for label in labels}


@pytest.fixture
def csv_of(tmp_path: Path):
    """Writes a CSV beside ten photos: each row has a photo's name and the given text."""
    fill(tmp_path / "a", tmp_path / "b, c")
    rows = [f"a/{n}.png,Cats\n" for n in range(5)]
    rows += [f'"b, c/{n}.png", dog \n' for n in range(5)]

    def write(before: str = "", after: str = "", encoding: str = "utf-8") -> Path:
        file = tmp_path / "labels.csv"
        file.write_bytes((before + "".join(rows) + after).encode(encoding))
        return file

    return write


def test_folders_give_the_labels(tmp_path: Path) -> None:
    names = ["Cats", "dog", "OTHER/deep", "Cats_and_Dogs", "nothing", "unrelated", ".cat"]
    fill(*(tmp_path / name for name in names))
    found = samples.find_samples(tmp_path)
    assert kinds(found) == {"cat": 5, "both": 5, "neither": 10, "dog": 5}
    assert found == samples.find_samples(tmp_path)


def test_kaggles_flat_layout(tmp_path: Path) -> None:
    for number in range(5):
        draw(tmp_path / f"cat.{number}.jpg", "cat")
        draw(tmp_path / f"dog.{number}.jpg", "dog")
    draw(tmp_path / "catalogue.jpg", "cat")
    draw(tmp_path / "other.jpg", "cat")
    found = samples.find_samples(tmp_path)
    assert {(sample.path.name, *sample.animals) for sample in found} == {
        *((f"cat.{n}.jpg", "cat") for n in range(5)),
        *((f"dog.{n}.jpg", "dog") for n in range(5)),
    }
    assert samples.passed_over(tmp_path, found) == (
        f"Without a label in {tmp_path}: 2 photos directly in it (catalogue.jpg, other.jpg)."
    )


def test_files_beside_labelled_folders_are_named_and_not_used(tmp_path: Path) -> None:
    fill(tmp_path / "cat", tmp_path / "dog", tmp_path, tmp_path / "misc")
    (tmp_path / "notes.txt").touch()
    found = samples.find_samples(tmp_path)
    assert kinds(found) == {"cat": 5, "dog": 5}
    assert samples.passed_over(tmp_path, found) == (
        f"Without a label in {tmp_path}: 5 photos directly in it "
        "(0.png, 1.png, 2.png, ...), 1 folder (misc). misc is not one of the labels cat, dog, both "
        "and neither, so its photos are not used. Move it into a folder of one of these names, for "
        "example to cat/misc."
    )


def test_there_is_no_message_when_all_photos_have_a_label(tmp_path: Path) -> None:
    fill(tmp_path / "cat", tmp_path / "dog")
    assert samples.passed_over(tmp_path, samples.find_samples(tmp_path)) == ""


def test_a_photo_that_cannot_be_reached_is_a_sample_so_that_it_gets_named(tmp_path: Path) -> None:
    fill(tmp_path / "cat", tmp_path / "dog")
    (tmp_path / "cat" / "gone.jpg").symlink_to("nowhere.jpg")
    assert Sample(tmp_path / "cat" / "gone.jpg", CAT) in samples.find_samples(tmp_path)


@pytest.mark.parametrize(
    ("photos", "advice"),
    [
        ("cat/{}.png", "Put those of a dog in .*dog."),
        ("cat.{}.png", "Name those of a dog like dog.0.jpg."),
    ],
)
def test_a_missing_class_is_named_with_what_was_found(
    tmp_path: Path, photos: str, advice: str
) -> None:
    for number in range(6):
        draw(tmp_path / photos.format(number), "cat")
    draw(tmp_path / "IMG_1.png", "dog")
    sentence = f"holds 6 photos of a cat and 0 photos of a dog; at least 5 .*{advice}.*IMG_1.png"
    with pytest.raises(TrainingError, match=sentence):
        samples.find_samples(tmp_path)


def test_the_error_for_an_unknown_layout_names_the_layouts(tmp_path: Path) -> None:
    fill(tmp_path / "Katzen", tmp_path)
    with pytest.raises(TrainingError, match=r"Three layouts .*5 photos .*1 folder .Katzen"):
        samples.find_samples(tmp_path)


def test_photos_one_folder_deeper_are_pointed_out(tmp_path: Path) -> None:
    for number in range(5):
        draw(tmp_path / "train" / f"cat.{number}.jpg", "cat")
        draw(tmp_path / "train" / f"dog.{number}.jpg", "dog")
    with pytest.raises(TrainingError, match="train has such a layout: give that folder"):
        samples.find_samples(tmp_path)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"nowhere does not exist"):
        samples.find_samples(tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_locked_folder_is_refused(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    try:
        with pytest.raises(TrainingError, match="cannot be opened"):
            samples.find_samples(locked)
    finally:
        locked.chmod(0o700)


def test_a_csv_of_paths_and_labels(csv_of, tmp_path: Path) -> None:
    other = draw(tmp_path / "elsewhere" / "c.png", "cat")
    found = samples.find_samples(csv_of(after=f"\n{other},neither\nelsewhere/../a/0.png,cat\n"))
    assert len(found) == 11
    assert found[0] == Sample(tmp_path / "a" / "0.png", CAT)
    assert found[5] == Sample(tmp_path / "b, c" / "0.png", DOG)
    assert found[-1] == Sample(other, frozenset())


@pytest.mark.parametrize("before", ["", "path,label\n", "\ufeffFile, What it shows, by whom\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_as_spreadsheets_write_it(
    tmp_path: Path, before: str, line_end: str, delimiter: str
) -> None:
    fill(tmp_path)
    fill(tmp_path / "b")
    rows = "".join(f"{n}.png,Cat\nb/{n}.png,DOG\n" for n in range(5))
    text = (before + rows).replace(",", delimiter).replace("\n", line_end)
    (tmp_path / "labels.csv").write_bytes(text.encode())
    assert kinds(samples.find_samples(tmp_path / "labels.csv")) == {"cat": 5, "dog": 5}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("x.png,horse\n", "row 11: 'horse' is not a label"),
        ("x.png\n", "row 11: '' is not a label"),
        ("x.png,1\n", "row 11: '1' is not a label"),
        ("a/0.png,dog\n", "row 11: a/0.png has another label in an earlier row"),
        ("./a/0.png,dog\n", "row 11: ./a/0.png has another label in an earlier row"),
        ("x.png,dog\n", "row 11: there is no x.png. Paths are relative to the CSV's folder"),
        ("x.png,dog\n\ny,cat\n", "row 11: there is no x.png, and so in 1 other row"),
        ("a,dog\n", "row 11: there is no a"),
    ],
)
def test_a_wrong_row_of_a_csv_is_named(csv_of, rows: str, sentence: str) -> None:
    with pytest.raises(TrainingError, match=sentence):
        samples.find_samples(csv_of(after=rows))


def test_a_wrong_label_in_the_first_row_is_not_mistaken_for_a_header(
    csv_of, tmp_path: Path
) -> None:
    draw(tmp_path / "x.png", "cat")
    with pytest.raises(TrainingError, match="row 1: 'hores' is not a label"):
        samples.find_samples(csv_of(before="x.png,hores\n"))


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_csv_in_another_encoding_is_refused(csv_of, encoding: str) -> None:
    with pytest.raises(TrainingError, match="Save it as UTF-8"):
        samples.find_samples(csv_of(after="Kätzchen.png,cat\n", encoding=encoding))


def test_a_file_that_is_not_csv_is_refused(tmp_path: Path) -> None:
    picture = draw(tmp_path / "labels.png", "cat")
    with pytest.raises(
        TrainingError, match=r"labels\.png is a photo\. .* folders named cat and dog"
    ):
        samples.find_samples(picture)
    picture = picture.rename(tmp_path / "labels.csv")
    with pytest.raises(TrainingError, match="cannot be read as a CSV"):
        samples.find_samples(picture)


def test_the_error_for_an_empty_csv_names_the_layouts(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").touch()
    with pytest.raises(TrainingError, match="Three layouts are supported"):
        samples.find_samples(tmp_path / "labels.csv")


def test_the_error_for_a_csv_with_too_few_photos_advises_to_add_rows(tmp_path: Path) -> None:
    draw(tmp_path / "a.png", "cat")
    (tmp_path / "labels.csv").write_text("a.png,cat\n")
    with pytest.raises(TrainingError, match=r"holds 1 photo of a cat and .*Add rows that end in"):
        samples.find_samples(tmp_path / "labels.csv")


def test_folders_of_other_names_are_named_with_what_they_count_as(tmp_path: Path) -> None:
    fill(tmp_path / "Cats", tmp_path / "dog", tmp_path / "other", tmp_path / "Minka")
    sentence = samples.taken_for(tmp_path)
    assert sentence == "Labels of other folder names: Cats as cat, other as neither."
    assert {sample.path.parent.name for sample in samples.find_samples(tmp_path)} == {
        "Cats", "dog", "other",
    }  # fmt: skip
    assert "Minka is not one of the labels" in samples.passed_over(
        tmp_path, samples.find_samples(tmp_path)
    )
    fill(tmp_path / "plain" / "cat", tmp_path / "plain" / "dog")
    assert samples.taken_for(tmp_path / "plain") == ""
