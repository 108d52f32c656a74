"""Assigns photos to groups, and to training or validation. Pure.

The group decides a photo's weight in a user's library, and how often training draws it.
"""

import hashlib

from pixel_store import Photo

KAGGLE = ("kaggle", "kaggle200")
VOC = ("voc", "voc2007")
ANIMALS = (
    "camoclear", "animalface", "bigcat", "animals10", "animalset", "fastbears", "beastdata",
    "birdsbeasts", "zwierzaki", "zukan", "toddler", "kerasanimals", "megadetector", "hymenoptera",
    "panda", "panda1k", "kangaroo", "monkey10", "isample",
)  # fmt: skip
EVERYDAY = (
    "memes", "openmedia", "party", "coolcoder", "facemask", "houses", "bsds500", "noryx",
    "receipts", "grocery", "clothing", "intel", "carpetshop", "cocotiny", "demo",
)  # fmt: skip
CONFUSABLE = ("chickenmuffin", "friedchicken")
_PACS_ANIMALS = ("horse", "elephant", "giraffe")
# Kinds of animals held out of training, to measure kinds that were never trained on.
UNSEEN_KINDS = (
    "deer", "camel", "otter", "skunk", "hippopotamus", "antelope", "hamster", "koala-bear",
    "red-panda", "alligator", "moose", "swan", "gorilla", "armadillo", "rooster", "hyena",
    "raccoon", "porcupine", "capybara", "bathing-cap", "house-bathroom",
)  # fmt: skip
# Share of each group that is for validation.
_VALIDATION = {
    "kaggle": 0.05, "web": 0.10, "voc_pet": 0.30, "both": 0.40, "both_composed": 0.15,
    "voc": 0.25, "animal": 0.20, "everyday": 0.18, "depicted": 0.25, "confusable": 0.2,
    "other": 0.10,
}  # fmt: skip


def group(photo: Photo) -> str:
    """Return the group of a photo."""
    if photo.label == "both":
        return "both_composed" if photo.source == "synth" else "both"
    if photo.label != "neither":
        if photo.source in VOC:
            return "voc_pet"
        return "kaggle" if photo.source in KAGGLE else "web"
    if photo.kind.startswith("depicted:"):
        return "depicted"
    if photo.source in VOC:
        return "voc"
    if photo.source in ANIMALS or (photo.source == "pacs" and photo.kind in _PACS_ANIMALS):
        return "animal"
    if photo.source in CONFUSABLE:
        return "confusable"
    return "everyday" if photo.source in EVERYDAY else "other"


def is_validation(photo: Photo) -> bool:
    """Whether a photo of `train` is for validation; the hash of its name decides."""
    if is_unseen(photo):
        return True
    digest = hashlib.sha256(photo.file.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < _VALIDATION[group(photo)]


def is_unseen(photo: Photo) -> bool:
    """Whether its kind is held out of training."""
    return photo.label == "neither" and photo.kind in UNSEEN_KINDS
