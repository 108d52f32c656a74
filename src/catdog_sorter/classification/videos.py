"""Classifies a video: chooses the moments to decode and combines the answers for the frames.

The constants come from `benchmarks/videos.py`. Decodes nothing and knows no network:
both are passed as functions.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import DecodedFrame, DecodedVideo
from catdog_sorter.labels import Answer, Thresholds

# Number of frames classified at first, and in all if those leave doubt.
FIRST_FRAMES, ALL_FRAMES = 5, 15
# Frames leave doubt between these probabilities, or if they differ this much.
UNCERTAIN = Thresholds.symmetric(0.98)
_MIN_SPREAD = 0.25
_FRAMES_THAT_COUNT = 2
_MIN_PROBABILITY = 1e-6

FrameProbabilities = tuple[float, float]  # calibrated `p_cat` and `p_dog`
DecodeFrames = Callable[[Sequence[float]], DecodedVideo]
JudgeFrames = Callable[[list[Pixels]], list[FrameProbabilities]]


@dataclass(frozen=True, slots=True)
class VideoVerdict:
    """The answer for a video, and the frame that shows an animal best.

    `is_incomplete`: some of its frames cannot be decoded.
    """

    answer: Answer
    best: DecodedFrame
    is_incomplete: bool


def moments(count: int) -> list[float]:
    """The midpoints of `count` equal parts of a video, as fractions of its length.

    If `count` is an odd multiple of a smaller count, they include the midpoints for that one.
    """
    return [(number + 0.5) / count for number in range(count)]


def judge_video(decode: DecodeFrames, judge: JudgeFrames) -> VideoVerdict:
    """Classify a few frames of a video, and more if they leave doubt.

    Args:
        decode: Returns the frames at these fractions of the length.
        judge: Returns calibrated `p_cat` and `p_dog` of each picture.

    Raises:
        UnreadablePhoto: The video has no usable frames, or too few.
    """
    video = decode(moments(FIRST_FRAMES))
    frames = list(video.frames)
    seen = judge([frame.photo.pixels for frame in frames])
    is_incomplete = video.is_incomplete
    if needs_more_frames(seen):
        more = decode([at for at in moments(ALL_FRAMES) if at not in moments(FIRST_FRAMES)])
        known = {frame.time_s for frame in frames}
        further = [frame for frame in more.frames if frame.time_s not in known]
        seen += judge([frame.photo.pixels for frame in further]) if further else []
        frames += further
        is_incomplete = is_incomplete or more.is_incomplete
    best = max(zip(seen, frames, strict=True), key=lambda pair: max(pair[0]))[1]
    return VideoVerdict(Answer(*combined(seen), best.time_s), best, is_incomplete)


def needs_more_frames(seen: Sequence[FrameProbabilities]) -> bool:
    """Whether these frames leave doubt."""
    return any(
        UNCERTAIN.absent < together < UNCERTAIN.present or min(alone) < _MIN_SPREAD <= max(alone)
        for together, alone in zip(combined(seen), zip(*seen, strict=True), strict=True)
    )


def combined(seen: Sequence[FrameProbabilities]) -> FrameProbabilities:
    """Combine the probabilities of frames.

    The result for each animal is the mean of its two highest logits: an animal in two frames is
    present, however many frames show none; an animal in a single frame may be.

    Args:
        seen: `p_cat` and `p_dog` of each frame, 0 to 1.
    """
    p_cat, p_dog = (_together(alone) for alone in zip(*seen, strict=True))
    return p_cat, p_dog


def _together(alone: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-mean_of_highest(alone, _FRAMES_THAT_COUNT)))


def mean_of_highest(alone: Sequence[float], count: int) -> float:
    """The mean of the highest logits of these probabilities."""
    highest = sorted(map(_logit, alone))[-count:]
    return sum(highest) / len(highest)


def _logit(p: float) -> float:
    p = min(max(p, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY)
    return math.log(p / (1 - p))
