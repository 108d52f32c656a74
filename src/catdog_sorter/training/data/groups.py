"""Details of labelled photos: their group and kind, and how large the animal is.

They are read from a `manifest.csv` beside the photos or above their folder. Decodes nothing.
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.errors import TrainingError
from catdog_sorter.text import shown

MANIFEST = "manifest.csv"
ANIMALS, EVERYDAY, DEPICTED, CONFUSABLE = "animals", "everyday", "depicted", "confusable"
GROUPS = (ANIMALS, EVERYDAY, DEPICTED, CONFUSABLE)
_CONFUSABLE_KINDS = frozenset({"muffin", "fried-chicken"})
# Words in the kind of a photo of another animal.
_ANIMAL_WORDS = frozenset(
    """
    alligator alpaca animal animals anteater antelope ant ants ape armadillo badger bat bear
    bears beaver bee bees beetle bird birds bison boar buffalo butterfly camel cameratrap
    capybara caterpillar centipede cheetah chicken chimpanzee cockroach cow coyote crab
    crocodile crow deer dolphin donkey dragonfly duck eagle elephant ferret fish flamingo
    fly fox frog gazelle giraffe goat goldfish goose gorilla grasshopper hamster hare
    hedgehog hen hippopotamus hog horse hummingbird hyena insect jackal jaguar jellyfish
    kangaroo koala lemur leopard lion lizard llama lobster lynx mammal meerkat mole mongoose
    monkey moose mosquito moth mouse octopus orangutan ostrich otter owl ox oyster panda
    panther parrot peacock pelican penguin pig pigeon piranha polecat porcupine possum puma
    rabbit raccoon ram rat reindeer reptile rhinoceros rooster salamander sandpiper scorpion
    seahorse seal shark sheep skunk sloth snail snake sparrow spider squid squirrel starfish
    stork swan swine tiger toad tortoise turkey turtle walrus warthog weasel whale wolf
    wombat woodpecker worm yak zebra canine feline wild wildcat cougar emu ibis okapi platypus
    """.split()
)
_NOT_ANIMALS = ("teddy-bear", "stamp-")


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """One row of a manifest.

    Attributes:
        group: One of `GROUPS`, of photos of neither; empty for others.
        kind: The content of a photo of neither, such as `fox` or `room-sofa`; may be empty.
        animal_share: Share of the frame that the animal fills, 0 to 1; None if unknown.
    """

    group: str = ""
    kind: str = ""
    animal_share: float | None = None


def group_of(kind: str) -> str:
    """The group of a photo of neither, by its kind; an unknown kind is in the group `everyday`."""
    if kind.startswith("depicted:"):
        return DEPICTED
    if kind in _CONFUSABLE_KINDS:
        return CONFUSABLE
    if kind.startswith(_NOT_ANIMALS):
        return EVERYDAY
    is_animal = _ANIMAL_WORDS & {word.lower() for word in kind.split("-")}
    return ANIMALS if is_animal or kind == "mixed" else EVERYDAY


def read_details(data: Path) -> dict[Path, PhotoDetails]:
    """Read the `manifest.csv` in the folder `data`, beside it or beside the file `data`.

    Its columns are file (relative to it), label, and, all optional, group, kind and animal_share.

    Returns:
        Details by absolute path; none without a manifest, or with one that is `data` itself and
        has no further columns.

    Raises:
        TrainingError: The manifest cannot be read.
    """
    absolute = Path(os.path.abspath(data))
    for folder in (absolute, absolute.parent):
        if (folder / MANIFEST).is_file():
            return _read(folder / MANIFEST)
    return {}


def _read(manifest: Path) -> dict[Path, PhotoDetails]:
    details = {}
    try:
        with manifest.open(newline="", encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                if row.get("file"):
                    details[Path(os.path.abspath(manifest.parent / row["file"]))] = _details(row)
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        raise TrainingError(
            f"{shown(manifest)} cannot be read ({error}). Correct it, or move it away to continue "
            "without groups."
        ) from error
    return details


def _details(row: Mapping[str, str | None]) -> PhotoDetails:
    kind, share = row.get("kind") or "", row.get("animal_share") or ""
    if row.get("label") != "neither":
        return PhotoDetails(animal_share=float(share) if share else None)
    return PhotoDetails(row.get("group") or group_of(kind), kind)
