from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from catdog_sorter.errors import UsageError
from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.labels import Label
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.training.data import prepare
from catdog_sorter.training.data.prepare import Findings, PrepareOutcome
from catdog_sorter.training.data.samples import Sample
from tests.support.colours import draw
from tests.support.pictures import noise

CAT, DOG = frozenset({"cat"}), frozenset({"dog"})


def cat(path: Path) -> Sample:
    return Sample(path, CAT)


def dog(path: Path) -> Sample:
    return Sample(path, DOG)


def changed(path: Path, name: str, change) -> Path:
    """A changed copy of a picture beside it."""
    with Image.open(path) as picture:
        change(picture.convert("RGB")).save(path.with_name(name), quality=70)
    return path.with_name(name)


def found_in(samples: list[Sample], **options: bool) -> Findings:
    *looked, findings = prepare.examine(samples, **options)
    assert looked == [sample.path for sample in samples]
    assert isinstance(findings, Findings)
    return findings


def found(findings: Findings) -> dict[str, tuple[PrepareOutcome, str]]:
    """Name of a photo left out -> its outcome, and the photo that it resembles."""
    return {
        outcome.sample.path.name: (outcome.outcome, Path(outcome.detail).name)
        for outcome in findings.left_out
    }


COPIES = {
    "same bytes": lambda picture: picture,
    "half the size": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
    "cut": lambda picture: picture.crop((2, 1, picture.width - 1, picture.height - 1)),
}


@pytest.mark.parametrize("change", COPIES)
def test_a_changed_copy_is_left_out(tmp_path: Path, change: str) -> None:
    photo = noise(tmp_path / "a.png", 1, (300, 200))
    copy = changed(photo, "b.jpg", COPIES[change])
    other = noise(tmp_path / "c.png", 2, (300, 200))
    findings = found_in([cat(copy), cat(photo), cat(other)])
    assert findings.usable == (cat(photo), cat(other))
    assert found(findings) == {"b.jpg": (PrepareOutcome.DUPLICATE, "a.png")}


def test_of_copies_the_one_with_the_most_pixels_is_kept_then_the_first_by_path(
    tmp_path: Path,
) -> None:
    small = noise(tmp_path / "a.png", 1, (150, 100))
    large = changed(small, "c.png", lambda picture: picture.resize((300, 200)))
    as_large = changed(small, "b.png", lambda picture: picture.resize((300, 200)))
    findings = found_in([cat(large), cat(small), cat(as_large)])
    assert findings.usable == (cat(as_large),)
    assert {like for _, like in found(findings).values()} == {"b.png"}


def test_a_photo_is_kept_rather_than_a_link_to_it(tmp_path: Path) -> None:
    photo = noise(tmp_path / "b.png", 1)
    (tmp_path / "a.png").symlink_to(photo)
    findings = found_in([cat(tmp_path / "a.png"), cat(photo)])
    assert findings.usable == (cat(photo),)


def test_copies_under_different_labels_are_all_left_out(tmp_path: Path) -> None:
    photo = noise(tmp_path / "a.png", 1, (300, 200))
    copy = changed(photo, "b.jpg", COPIES["half the size"])
    again = changed(photo, "c.jpg", COPIES["brighter"])
    findings = found_in([cat(photo), dog(copy), cat(again)])
    assert findings.usable == ()
    assert found(findings) == {
        "a.png": (PrepareOutcome.CONTRADICTION, "b.jpg"),
        "b.jpg": (PrepareOutcome.CONTRADICTION, "a.png"),
        "c.jpg": (PrepareOutcome.CONTRADICTION, "b.jpg"),
    }


def test_duplicates_and_contradictions_can_be_kept(tmp_path: Path) -> None:
    photo = noise(tmp_path / "a.png", 1)
    samples = [cat(photo), cat(changed(photo, "b.png", COPIES["same bytes"])), dog(photo)]
    findings = found_in(samples, keep_duplicates=True)
    assert findings == Findings(tuple(samples), ())


def test_pale_pages_with_equal_hashes_are_not_duplicates(tmp_path: Path) -> None:
    pages = []
    for number, top in enumerate((20, 90, 160)):
        page = Image.new("RGB", (150, 200), "white")
        page.paste((0, 0, 0), (0, top, 150, top + 6))
        page.save(tmp_path / f"{number}.png")
        pages.append(cat(tmp_path / f"{number}.png"))
    hashes = {prepare.perceptual_hash(np.asarray(Image.open(page.path))) for page in pages}
    assert hashes == {0}
    assert found_in(pages).usable == tuple(pages)


def test_pictures_of_one_colour_are_like_no_other(tmp_path: Path) -> None:
    samples = [cat(draw(tmp_path / f"{n}.png", "cat", shade=n)) for n in range(2)]
    assert found_in(samples).usable == tuple(samples)


def test_unreadable_photos_are_named_and_the_others_are_used(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    samples = [cat(tmp_path / "empty.jpg"), cat(noise(tmp_path / "a.png", 1))]
    findings = found_in(samples)
    assert findings.usable == (samples[1],)
    (outcome,) = findings.left_out
    assert (outcome.outcome, outcome.detail) == (PrepareOutcome.UNREADABLE, "The file is empty.")


def test_nothing_but_unreadable_photos_gives_an_empty_plan(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    findings = found_in([cat(tmp_path / "empty.jpg")])
    assert not prepare.plan_folders(findings, tmp_path / "out").groups


def test_each_label_has_its_folder_and_names_never_clash(tmp_path: Path) -> None:
    names = {"cat": CAT, "dog": DOG, "both": CAT | DOG, "neither": frozenset()}
    samples = [
        Sample(noise(tmp_path / name / sub / "x.png", seed), animals)
        for seed, (name, animals) in enumerate(names.items())
        for sub in ("1", "2")
    ]
    noise(tmp_path / "cat" / "2" / "x.png", 9)
    (tmp_path / "cat" / "1" / "x.png.xmp").touch()
    plan = prepare.plan_folders(Findings(tuple(samples), ()), tmp_path / "out")
    targets = [move.target for group in plan.groups for move in group.moves]
    assert [str(target.relative_to(tmp_path / "out")) for target in targets] == [
        "cat/x.png",
        "cat/x.png.xmp",
        "cat/x (2).png",
        "dog/x.png",
        "both/x.png",
        "neither/x.png",
    ]
    assert [skip.label for skip in plan.skips] == [Label.DOG, Label.BOTH, Label.NEITHER]


def test_the_plan_holds_the_photos_as_they_were_read(tmp_path: Path) -> None:
    photo = noise(tmp_path / "data" / "a.png", 1)
    before = FileIdentity.of(photo.stat())
    findings = found_in([cat(photo)])
    noise(tmp_path / "b.png", 2).replace(photo)
    (group,) = prepare.plan_folders(findings, tmp_path / "out").groups
    assert group.moves[0].identity == before != FileIdentity.of(photo.stat())


def test_every_photo_has_one_outcome(tmp_path: Path) -> None:
    names = ["placed", "failed", "left", "copy", "there", "link"]
    samples = [cat(noise(tmp_path / f"{n}.png", seed)) for seed, n in enumerate(names)]
    samples[3] = cat(changed(samples[0].path, "copy.png", COPIES["half the size"]))
    (tmp_path / "out" / "cat").mkdir(parents=True)
    (tmp_path / "out" / "cat" / "there.png").write_bytes(samples[4].path.read_bytes())
    samples[5].path.rename(tmp_path / "real.png")
    samples[5].path.symlink_to(tmp_path / "real.png")
    findings = found_in(samples)
    plan = prepare.plan_folders(findings, tmp_path / "out")
    arrived = tmp_path / "out" / "cat" / "placed (2).png"
    placed, *_ = plan.groups
    results = [Moved(placed, arrived), MoveFailed(samples[1].path, "The drive is full.")]
    assert [
        (outcome.sample.path.stem, outcome.outcome, outcome.detail)
        for outcome in prepare.outcomes(samples, findings, plan, results)
    ] == [
        ("placed", PrepareOutcome.PLACED, str(arrived)),
        ("failed", PrepareOutcome.FAILED, "The drive is full."),
        ("left", PrepareOutcome.LEFT, str(tmp_path / "out" / "cat" / "left.png")),
        ("copy", PrepareOutcome.DUPLICATE, str(samples[0].path)),
        ("there", PrepareOutcome.ALREADY_THERE, ""),
        ("link", PrepareOutcome.LINK, ""),
    ]


@pytest.mark.parametrize(
    ("data", "dest", "sentence"),
    [
        ("data", "data", "are the same folder"),
        ("data", "elsewhere/../data", "are the same folder"),
        ("data", "link", "are the same folder"),
        ("data", "data/cat/out", "lies inside"),
        ("data", "link/out", "lies inside"),
        ("link", "data/out", "lies inside"),
        ("data", ".", "lie inside the destination"),
        ("labels.csv", "data", "lie inside the destination"),
        ("data", "labels.csv", "is a file"),
    ],
)
def test_a_destination_that_would_mix_results_and_originals_is_refused(
    tmp_path: Path, data: str, dest: str, sentence: str
) -> None:
    samples = [cat(noise(tmp_path / "data" / "cat" / "a.png", 1))]
    (tmp_path / "link").symlink_to("data")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "labels.csv").touch()
    with pytest.raises(UsageError, match=sentence):
        prepare.check_destination(tmp_path / data, samples, tmp_path / dest)


def test_a_destination_beside_the_photos_is_accepted(tmp_path: Path) -> None:
    samples = [cat(noise(tmp_path / "data" / "cat" / "a.png", 1))]
    (tmp_path / "labels.csv").touch()
    for dest in ("data2", "data.out", "out/data"):
        prepare.check_destination(tmp_path / "data", samples, tmp_path / dest)
    prepare.check_destination(tmp_path / "labels.csv", samples, tmp_path / "out")
