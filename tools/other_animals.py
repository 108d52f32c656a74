"""Collects photos of wild and farm animals that no training used, to count false alarms.

    python tools/other_animals.py RESOURCES OUTPUT
    catdog-sort evaluate OUTPUT

RESOURCES is the folder of `.rcc` files (`usr/share/gcompris-qt/rcc`) in Debian's package
gcompris-qt-data, unpacked by `dpkg-deb -x`; OUTPUT gets a folder `neither` with the animals of
three of its activities, without cats and dogs. Needs the extra `gui`, as the files are Qt
resources. They are for evaluation only: do not train on them.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QDirIterator, QFile, QIODevice, QResource

FOLDERS = {
    "erase": "resource",
    "explore_farm_animals": "resource/animals",
    "explore_world_animals": "resource/animals",
}
PETS = {"cat", "dog", "kitten"}


def main(resources: Path, output: Path) -> None:
    """Write the photos to `output`/neither."""
    target = output / "neither"
    target.mkdir(parents=True)
    for activity, inside in FOLDERS.items():
        if not QResource.registerResource(str(resources / f"{activity}.rcc")):
            sys.exit(f"{resources / activity}.rcc cannot be read. Give the folder of .rcc files.")
        found = QDirIterator(f":/gcompris/src/activities/{activity}/{inside}", ["*.webp"])
        while found.hasNext():
            photo = QFile(found.next())
            name = Path(photo.fileName())
            if name.stem not in PETS:
                photo.open(QIODevice.OpenModeFlag.ReadOnly)
                (target / f"{activity}_{name.name}").write_bytes(photo.readAll().data())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
