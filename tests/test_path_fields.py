import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from pathlib import Path

import pytest

from catdog_sorter.path_fields import as_text


@as_text("path")
@dataclass(frozen=True, slots=True)
class Place:
    path: Path
    name: str = ""


def test_a_path_kept_as_text_is_a_path_to_everybody() -> None:
    place = Place(Path("a") / "b\udcff.jpg", "x")
    assert place.path == Path("a/b\udcff.jpg")
    assert place == Place(Path("a/b\udcff.jpg"), "x")
    assert place != Place(Path("a/c.jpg"), "x")
    assert len({place, Place(Path("a/b\udcff.jpg"), "x")}) == 1
    assert replace(place, name="y").path == place.path
    assert replace(place, path=Path("z")) == Place(Path("z"), "x")
    assert pickle.loads(pickle.dumps(place)) == place
    assert repr(Path("z")) in repr(Place(Path("z")))


def test_it_stays_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Place(Path("a")).path = Path("b")  # type: ignore[misc]
