"""Measures accuracy and cost on videos, and compares rules for combining frames.

    python benchmarks/videos.py DATA [--fit 120] [--report 160] [--keep FOLDER] [--real FILE ...]

DATA holds `train/`, `test/`, `library/` and `manifest.csv`. Clips are composed from its photos
(`video_clips.py`) and encoded. Rules are fitted on clips of photos in `train/` that
the default model was validated on; the program's own rule is evaluated on clips of `test/` and
`library/`. `--keep` stores the model's output for each frame in FOLDER, and reuses it. With
`--real` the named videos are classified too.
"""

import argparse
import csv
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import video_clips

from catdog_sorter import Classifier, Label, UnreadablePhoto
from catdog_sorter.classification import videos
from catdog_sorter.classification.pipeline import judge_frames
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.decoding.video import read_frames
from catdog_sorter.labels import Thresholds, decide
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.preprocessing import to_batch
from catdog_sorter.model.registry import find_bundle

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "train_default"))
from groups import is_validation
from pixel_store import Photo as TrainingPhoto

SIZES = (
    ("1280 x 720, H.264", (1280, 720), "libx264"),
    ("1920 x 1080, H.264", (1920, 1080), "libx264"),
    ("3840 x 2160, H.264", (3840, 2160), "libx264"),
    ("3840 x 2160, HEVC", (3840, 2160), "libx265"),
)
PREVALENCE = 0.07  # prevalence of pets that the model's thresholds were chosen for
RULES = {"highest": 1, "mean of 2 highest": 2, "mean of 3 highest": 3, "mean of all": 99}
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """The true label of a clip, and the model's output for its frames."""

    kind: str
    label: str
    times: list[float]
    p: list[list[float]]
    dur: float

    def look(self, count: int) -> list[tuple[float, float]]:
        """The frames at this number of moments: the last one at or before each."""
        chosen = set()
        for at in videos.moments(count):
            before = [n for n, t in enumerate(self.times) if t <= at * self.dur + 1e-6]
            chosen.add(before[-1] if before else 0)
        return [(self.p[n][0], self.p[n][1]) for n in sorted(chosen)]


def photos_of(data: Path, is_fit: bool) -> dict[str, list[Path]]:
    """Photos by label: held-out ones of `train/`, or those for reports."""
    found: dict[str, list[Path]] = {"cat": [], "dog": [], "neither": []}
    with open(data / "manifest.csv", newline="") as file:
        for row in csv.DictReader(file):
            top = row["file"].split("/")[0]
            photo = TrainingPhoto(row["file"], row["label"], row["source"], row["kind"])
            is_wanted = is_validation(photo) if top == "train" else not is_fit
            if row["label"] in found and (top == "train") == is_fit and is_wanted:
                found[row["label"]].append(data / row["file"])
    return found


def look_at(
    clips: Sequence[video_clips.Clip], keep: Path | None, bundle: ModelBundle
) -> list[Seen]:
    """Encode each clip, and classify its frames."""
    backend = open_backend(bundle)
    rows = json.loads(keep.read_text()) if keep and keep.exists() else []

    def one(numbered: tuple[int, video_clips.Clip]) -> dict[str, object]:
        number, clip = numbered
        file = Path(folder) / f"{number}.mp4"
        video_clips.write(clip, file)
        fractions = videos.moments(videos.ALL_FRAMES)
        decoded = pool.decode_video(file, bundle.high_res_side, fractions)
        file.unlink()
        p = judge_frames([frame.photo.pixels for frame in decoded.frames], bundle, backend)
        times = [frame.time_s for frame in decoded.frames]
        about = {"kind": clip.kind, "label": clip.label, "dur": decoded.duration_s}
        return {**about, "times": times, "p": p}

    with (
        tempfile.TemporaryDirectory() as folder,
        DecoderPool() as pool,
        ThreadPoolExecutor(2) as threads,
    ):
        for row in threads.map(one, islice(enumerate(clips), len(rows), None)):
            rows.append(row)
            if keep:
                keep.write_text(json.dumps(rows))
    names = ("kind", "label", "times", "p", "dur")
    return [Seen(*(row[name] for name in names)) for row in rows[: len(clips)]]


# --- Which rule ------------------------------------------------------------------------------


def compare_rules(seen: Sequence[Seen]) -> None:
    """Print the results of each calibrated rule, on clips weighted as in a library."""
    truth = np.array([[clip.label in (pet, "both") for pet in ("cat", "dog")] for clip in seen])
    is_neither = ~truth.any(axis=1)
    share = is_neither.mean()
    weights = np.where(is_neither, (1 - PREVALENCE) / share, PREVALENCE / (1 - share))
    print("| rule | frames | log loss | calibrated | scale | bias |\n|" + " --- |" * 6)
    for count in (videos.FIRST_FRAMES, videos.ALL_FRAMES):
        for name, highest in RULES.items():
            logits = np.array(
                [
                    [
                        videos.mean_of_highest(p, highest)
                        for p in zip(*clip.look(count), strict=True)
                    ]
                    for clip in seen
                ]
            )
            scale, bias = fitted(logits, truth, weights)
            losses = [loss(logits, truth, weights, *pair) for pair in ((1, 0), (scale, bias))]
            cells = [f"{value:.4f}" for value in losses] + [f"{scale:.2f}", f"{bias:.2f}"]
            print(f"| {name} | {count} | {' | '.join(cells)} |")


def loss(
    logits: Numbers, truth: npt.NDArray[np.bool_], weights: Numbers, scale: float, bias: float
) -> float:
    """The weighted mean log loss of calibrated logits (N, 2)."""
    z = np.where(truth, 1, -1) * (scale * logits + bias)
    return float((np.logaddexp(0, -z) * weights[:, None]).mean())


def fitted(logits: Numbers, truth: npt.NDArray[np.bool_], weights: Numbers) -> tuple[float, float]:
    """Scale and bias of the lowest loss, slightly regularised to 1 and 0, by damped Newton."""
    beta, centre, ridge = np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1e-3
    x = np.stack([logits, np.ones_like(logits)], axis=-1).reshape(-1, 2)
    y, w = truth.reshape(-1).astype(float), np.repeat(weights, 2) / truth.size
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (w * (p - y)) + 2 * ridge * (beta - centre)
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + 2 * ridge * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        beta = beta - step / max(1.0, float(np.abs(step).max()))
    return float(beta[0]), float(beta[1])


# --- How right -------------------------------------------------------------------------------


def report(seen: Sequence[Seen], thresholds: Thresholds) -> None:
    """Print the results for clips of each kind, and for all of them with simpler rules."""
    print("| clips | number | right | wrong | unsure | taken for neither | more frames |")
    print("|" + " --- |" * 7)
    by_kind = {kind: [c for c in seen if c.kind == kind] for kind in video_clips.KINDS}
    for name, clips in {**by_kind, "all": list(seen)}.items():
        for what, some in (
            ("with a pet", [c for c in clips if c.label != "neither"]),
            ("without", [c for c in clips if c.label == "neither"]),
        ):
            verdicts = [verdict(clip) for clip in some]
            second = sum(is_second for _, is_second in verdicts)
            _row(f"{name}, {what}", some, [p for p, _ in verdicts], thresholds, second)
    some = [c for c in seen if c.label != "neither"]
    none = [c for c in seen if c.label == "neither"]
    for what, clips in (("with a pet", some), ("without", none)):
        middle = [c.look(1)[0] for c in clips]
        _row(f"all, {what}: middle frame alone", clips, middle, thresholds, 0)
        highest = [
            (max(p for p, _ in frames), max(p for _, p in frames))
            for frames in (c.look(videos.ALL_FRAMES) for c in clips)
        ]
        _row(f"all, {what}: highest of 15", clips, highest, thresholds, len(clips))


def verdict(clip: Seen) -> tuple[tuple[float, float], bool]:
    """The program's probabilities of a clip, and whether it took a second look."""
    frames = clip.look(videos.FIRST_FRAMES)
    if not videos.needs_more_frames(frames):
        return videos.combined(frames), False
    return videos.combined(clip.look(videos.ALL_FRAMES)), True


def _row(
    name: str,
    clips: Sequence[Seen],
    answers: Sequence[tuple[float, float]],
    thresholds: Thresholds,
    second: int,
) -> None:
    count: Counter[str] = Counter()
    for clip, answer in zip(clips, answers, strict=True):
        label = decide(*answer, thresholds)
        if label.value == clip.label:
            count["right"] += 1
        elif label is Label.UNSURE:
            count["unsure"] += 1
        else:
            count["neither" if label is Label.NEITHER else "wrong"] += 1
    cells = [count[key] for key in ("right", "wrong", "unsure", "neither")]
    print(f"| {name} | {len(clips)} | {' | '.join(map(str, cells))} | {second} |")


def cost(clip: video_clips.Clip, bundle: ModelBundle) -> None:
    """Print the processor time of both looks at a clip, by frame size."""
    backend = open_backend(bundle)
    print("| frames | decoding 5 | decoding 15 | network, each |\n|" + " --- |" * 4)
    for name, size, encoder in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "a.mp4"
            video_clips.write(clip, file, size, encoder)
            taken = []
            for count in (videos.FIRST_FRAMES, videos.FIRST_FRAMES, videos.ALL_FRAMES):
                begun = time.process_time()
                read = read_frames(file, bundle.high_res_side, videos.moments(count))
                taken.append(time.process_time() - begun)
        pictures = [np.asarray(frame.image) for frame in read.frames]
        begun = time.process_time()
        backend.logits(to_batch(pictures, bundle.preprocessing))
        each = (time.process_time() - begun) / len(pictures)
        print(f"| {name} | {taken[1]:.2f} s | {taken[2]:.2f} s | {each:.3f} s |")


def try_real(files: Sequence[Path]) -> None:
    """Print the labels of real videos, and the time for each."""
    print("| file | verdict | cat | dog | at, s | took, s |\n|" + " --- |" * 6)
    with Classifier() as classifier:
        for file in files:
            begun = time.perf_counter()
            try:
                answer = classifier.classify_video(file)
            except UnreadablePhoto as error:
                print(f"| {file.name} | {error} | | | | |")
                continue
            seconds = time.perf_counter() - begun
            p = f"{answer.p_cat:.1%} | {answer.p_dog:.1%}"
            print(f"| {file.name} | {answer.label} | {p} | {answer.time_s:.1f} | {seconds:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--fit", type=int, default=120)
    parser.add_argument("--report", type=int, default=160)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--real", type=Path, nargs="*", default=[])
    asked = parser.parse_args()
    bundle = load_bundle(find_bundle(None))
    for name, number, seed in (("fit", asked.fit, 1), ("report", asked.report, 2)):
        clips = video_clips.compose(number, photos_of(asked.data, name == "fit"), seed)
        keep = asked.keep / f"{name}.json" if asked.keep else None
        seen = look_at(clips, keep, bundle)
        print(f"{len(seen)} clips, {name}, model {bundle.id}")
        compare_rules(seen) if name == "fit" else report(seen, bundle.thresholds)
    cost(clips[0], bundle)
    if asked.real:
        try_real(asked.real)


if __name__ == "__main__":
    main()
