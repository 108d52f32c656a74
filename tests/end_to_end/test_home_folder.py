"""A whole home folder: only the user's own photos are planned."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw
from tests.support.output import printed

OWN = {
    "Pictures/2023/IMG_1.jpg": ["IMG_1_HEVC.MOV", "IMG_1.AAE", "IMG_O1.aae", "IMG_E1.jpg"],
    "Pictures/2023/DSC_1.jpg": ["DSC_1.NEF", "DSC_1.jpg.xmp", "DSC_1.NEF.dop", "DSC_1.wav"],
    "Pictures/Pixel/PXL_1.RAW-01.COVER.jpg": ["PXL_1.RAW-02.ORIGINAL.dng"],
    "Takeout/Google Photos/cat.jpg": ["cat.jpg.supplemental-meta.json", "cat-edited.jpg"],
    "Takeout/Google Photos/" + "x" * 42 + ".jpg": ["x" * 42 + "-edit.jpg"],
    "Pictures/Pixel/PXL_2.jpg": ["PXL_2~2.jpg", "PXL_2.MP4"],
    "Downloads/photo (1).jpg": [],
    "Library of cats/a.png": [],
    "Desktop/tmp/b.png": [],
    "Dropbox/Camera Uploads/c.jpg": ["c.jpg:Zone.Identifier"],
    "Pictures/DJI/DJI_1.jpg": ["DJI_1.DNG", "DJI_1.MP4", "DJI_1.LRF", "DJI_1.SRT"],
    "Pictures/Raw/a.jpg": ["a.nef", "a.nef.pp3", "a-NEF_DxO.dng", "a-DeNoiseAI.tif", "a.jpg.webp"],
}
# They would be moved, but a program or an album names them by their paths.
STAYING = {
    "Pictures/digiKam/2020/a.jpg": "catalog",
    "Pictures/Lightroom originals/b.jpg": "catalog",
    "Pictures/All/c.jpg": "linked",
    "Pictures/Album/c.jpg": "link",
}
NOT_OWN = (
    "Pictures/Photos Library.photoslibrary/originals/A/1.jpg",
    "Pictures/Old.photolibrary/Masters/2.jpg",
    "Pictures/Lightroom/Catalog Previews.lrdata/3.jpg",
    "Pictures/Work.cocatalog/Originals/4.jpg",
    "Pictures/@eaDir/5.jpg/SYNOPHOTO_THUMB_XL.jpg",
    "Pictures/#recycle/6.jpg",
    "Pictures/~snapshot/hourly.0/7.jpg",
    "Pictures/@GMT-2024.01.01-00.00.00/7.jpg",
    "Pictures/IMG_7.pvt/7.jpg",
    "Pictures/Thumbnails/7.jpg",
    "Servers/cloud/appdata_oc1a2b/preview/7.jpg",
    "Pictures/private/8.jpg",
    "Documents/Talk.key/Data/9.jpg",
    "Documents/Note.rtfd/10.png",
    "Documents/Recipe_files/11.jpg",
    "Library/Messages/Attachments/12.jpg",
    "Library/Caches/Browser/13.jpg",
    "AppData/Local/App/14.png",
    "Applications/Tool.app/Contents/Resources/15.png",
    "Movies/Film.fcpbundle/16.jpg",
    "Mail/Inbox.mbox/17.jpg",
    "found.000/FILE0001.jpg",
    ".cache/thumbnails/18.png",
    ".local/share/Trash/files/19.jpg",
    "Servers/immich/thumbs/20.jpeg",
    "code/site/node_modules/logo/21.png",
    "code/model/images/22.png",
    "Dropbox/.dropbox.cache/23.jpg",
    "Sync/.stversions/24.jpg",
    "OneDriveTemp/25.jpg",
    "Music/iTunes/Album Artwork/26.jpg",
    "MobileSync/Backup/a1/27.jpg",
    "WhatsApp/Media/WhatsApp Profile Photos/28.jpg",
    "Downloads/f_000022",
)


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_dry_run_plans_only_the_users_own_photos(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    home = tmp_path / "me"
    for number, (name, companions) in enumerate(OWN.items()):
        draw(home / name, "cat", shade=number)
        for companion in companions:
            (home / name).with_name(companion).write_bytes(b"belongs to it")
    for number, name in enumerate(NOT_OWN, 100):
        draw(home / name if "." in Path(name).name else home / "f.png", "cat", shade=number)
    (home / "f.png").rename(home / "Downloads" / "f_000022")
    (home / "Pictures/private/.nomedia").touch()
    (home / "Servers/immich/thumbs/.immich").touch()
    (home / "Documents/Recipe.html").touch()
    (home / "code/model/.git").mkdir()
    (home / "Pictures/2023/.DS_Store").touch()
    (home / "Pictures/2023/.IMG_9.HEIC.icloud").touch()
    for number, name in enumerate(STAYING, 200):
        if STAYING[name] != "link":
            draw(home / name, "cat", shade=number)
    (home / "Pictures/Album").mkdir()
    (home / "Pictures/Album/c.jpg").symlink_to("../All/c.jpg")
    (home / "Pictures/digiKam/digikam4.db").touch()
    with closing(sqlite3.connect(home / "Pictures/Lightroom/Catalog.lrcat")) as catalog, catalog:
        catalog.execute("CREATE TABLE AgLibraryRootFolder (absolutePath)")
        place = f"{home}/Pictures/Lightroom originals/"
        catalog.execute("INSERT INTO AgLibraryRootFolder VALUES (?)", [place])
    words = ["sort", home, "--dry-run", "--json", "--model", colour_bundle.folder]
    ended = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *map(str, words)], capture_output=True, check=True
    )
    report = printed(ended.stdout)
    planned = {Path(source).relative_to(home).as_posix() for source, _ in report.moves}
    companions = {str(Path(name).with_name(c)) for name in OWN for c in OWN[name]}
    assert planned == OWN.keys() | companions
    skipped = {Path(row["path"]): row["reason"] for row in report.lines if "reason" in row}
    assert report.summary["sorted"] == 0
    assert skipped == {home / name: STAYING[name] for name in STAYING}
    assert ended.stderr.count(b" keeps a database of ") == 2
    counted = {entry["kind"]: entry["folders"] for entry in report.summary["left_alone"]}
    assert report.summary["icloud_only"] == 1
    visible = [
        name for name in NOT_OWN if not name.startswith("Downloads") and "/." not in f"/{name}"
    ]
    assert sum(counted.values()) == len(visible) - 1  # two lie in Library
