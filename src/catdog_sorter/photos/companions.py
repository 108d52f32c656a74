"""Groups files with their photo by the rules in the tables below. Opens no file itself.

Where names are not enough, as for a RAW file of the same shot, `Captures` gives the metadata.
docs/companions.md is generated from these tables.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from itertools import chain
from typing import Protocol

from catdog_sorter.photos.capture import Capture
from catdog_sorter.photos.formats import PHOTO_SUFFIXES, RAW_SUFFIXES, UNSUPPORTED_SUFFIXES
from catdog_sorter.text import canonical_name

# --- The tables ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StemSuffixes:
    """Files that are named after a photo without its suffix: `IMG_1.xmp` beside `IMG_1.jpg`."""

    content: str
    suffixes: tuple[str, ...]


_MOTION_SUFFIXES = (".mov", ".mp4", ".m4v", ".mp", ".mv")
STEM_SUFFIXES = (
    StemSuffixes("Video of a Live Photo or motion photo", _MOTION_SUFFIXES),
    StemSuffixes("Low-resolution copy of such a video", (".lrf", ".lrv")),
    StemSuffixes("XMP: ratings, keywords, edits", (".xmp",)),
    StemSuffixes("Edits made in Apple's apps", (".aae",)),
    StemSuffixes("Edits: Adobe Camera Raw", (".acr",)),
    StemSuffixes("Edits: ART", (".arp", ".out.arp")),
    StemSuffixes("Edits: Canon Digital Photo Professional", (".vrd", ".dr4")),
    StemSuffixes("Edits: Capture One", (".cos", ".cot", ".cof", ".comask")),
    StemSuffixes("Edits: DxO PhotoLab", (".dop",)),
    StemSuffixes("Edits: Luminar", (".lmnr",)),
    StemSuffixes("Edits: Nikon", (".nksc", ".nxd", ".ndf")),
    StemSuffixes("Edits: ON1", (".on1", ".onphoto")),
    StemSuffixes("Edits: RawTherapee", (".pp3", ".out.pp3")),
    StemSuffixes("Edits: LightZone, UFRaw, Sigma", (".lzn", ".ufraw", ".x3i")),
    StemSuffixes("Edits: Hasselblad, Olympus, Zoner", (".phos", ".oes", ".data-zps")),
    StemSuffixes("Metadata of Takeout, PhotoPrism and others", (".json", ".yml", ".yaml", ".xml")),
    StemSuffixes("Metadata kept by exiftool, exiv2 and others", (".mie", ".exv", ".exif", ".iptc")),
    StemSuffixes("Captions", (".txt", ".srt", ".vtt")),
    StemSuffixes("Checksums", (".md5", ".sha1", ".sha256")),
    StemSuffixes("Thumbnail made by a camera", (".thm",)),
    StemSuffixes("Voice memo made by a camera", (".wav", ".amr")),
)


class Role(Enum):
    """The role of a file in its shot, by the form of its name."""

    COVER = "cover"
    ORIGINAL = "original"
    EDIT = "edit"
    COMPANION = "companion"


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern by which programs name files after a shot, matched against the canonical stem.

    The groups `shot` and `rest` of `pattern`, which is compiled when first used, make up the name
    of the shot. `only_same_moment`: such names are common, so the metadata of both files must
    have the same time.
    """

    role: Role
    made_by: str
    example: str
    belongs_to: str
    pattern: str
    only_same_moment: bool = False


_NUMBER = r"(?P<rest>(?: ?\(\d+\))?)"
# "edited" in the languages in which Google Takeout writes it.
_EDITED = (
    "edited|effects|edytowane|bearbeitet|bewerkt|編集済み|modificato|modifié|ha editado|"
    "editado|editada|editat|redigeret|redigerad|redigert|muokattu|upravené|upraveno|szerkesztve|"
    "szerkesztett|diedit|düzenlendi|изменено|отредактировано|відредаговано|已修改|已编辑|已編輯|수정됨"
)
_RAW = "|".join(suffix[1:] for suffix in sorted(RAW_SUFFIXES))
FORMS = (
    Form(
        Role.COVER,
        "Pixel, RAW and JPEG",
        "PXL_1.RAW-01.COVER.jpg",
        "",
        r"(?P<shot>.+)\.raw-01(?:\.mp)?\.cover(?P<rest>)",
    ),
    Form(
        Role.ORIGINAL,
        "Pixel, RAW and JPEG",
        "PXL_1.RAW-02.ORIGINAL.dng",
        "PXL_1.RAW-01.COVER.jpg",
        r"(?P<shot>.+)\.raw-02(?:\.mp)?\.original(?P<rest>)",
    ),
    Form(
        Role.COVER,
        "Pixel, portrait and other modes",
        "PXL_1.PORTRAIT-01.COVER.jpg",
        "",
        r"(?P<shot>.+)\.[a-z_]+-01(?:\.mp)?\.cover(?P<rest>)",
    ),
    Form(
        Role.ORIGINAL,
        "Pixel, portrait and other modes",
        "PXL_1.PORTRAIT-02.ORIGINAL.jpg",
        "PXL_1.PORTRAIT-01.COVER.jpg",
        r"(?P<shot>.+)\.[a-z_]+-02(?:\.mp)?\.original(?P<rest>)",
    ),
    Form(
        Role.COVER,
        "Pixel, motion photo",
        "PXL_1.MP.jpg",
        "PXL_1.dng",
        r"(?P<shot>.+)\.mp(?P<rest>)",
    ),
    Form(
        Role.ORIGINAL,
        "Pixel, osxphotos",
        "IMG_1_original.jpg",
        "IMG_1.jpg",
        rf"(?P<shot>.+)[._-]original{_NUMBER}",
    ),
    Form(
        Role.ORIGINAL,
        "Lumia",
        "WP_1_Pro__highres.jpg",
        "WP_1_Pro.jpg",
        r"(?P<shot>.+)__highres(?P<rest>)",
    ),
    Form(
        Role.EDIT,
        "Apple",
        "IMG_E1.JPG",
        "IMG_1.HEIC",
        r"(?P<shot>img_)e(?P<rest>\d.*)",
    ),
    Form(
        Role.EDIT,
        "Google Takeout, osxphotos",
        "IMG_1-edited.jpg",
        "IMG_1.jpg",
        rf"(?P<shot>.+?)(?: - |[-_ ])\(?(?:{unicodedata.normalize('NFC', _EDITED)})\)?{_NUMBER}",
    ),
    Form(
        Role.EDIT,
        "osxphotos",
        "IMG_1_preview.jpeg",
        "IMG_1.jpeg",
        rf"(?P<shot>.+)_preview{_NUMBER}",
    ),
    Form(
        Role.EDIT,
        "Lightroom, Camera Raw",
        "IMG_1-Edit.tif",
        "IMG_1.CR2",
        rf"(?P<shot>.+?)(?:(?:-edit(?:-\d+)?)+|-enhanced(?:-nr|-sr|-rd)*(?:-\d+)?){_NUMBER}",
    ),
    Form(
        Role.EDIT,
        "Lightroom, merged",
        "IMG_1-HDR.dng",
        "IMG_1.CR2",
        rf"(?P<shot>.+?)(?:-hdr|-pano)+(?:-\d+)?{_NUMBER}",
        only_same_moment=True,
    ),
    Form(
        Role.EDIT,
        "Xiaomi and others",
        "IMG_1_edit_234.jpg",
        "IMG_1.jpg",
        rf"(?P<shot>.+?)[_ ]edit(?:_\d+)?{_NUMBER}",
    ),
    Form(
        Role.EDIT,
        "DxO PhotoLab, DxO PureRAW",
        "IMG_1-CR2_DxO_DeepPRIME.dng",
        "IMG_1.CR2",
        rf"(?P<shot>.+?)(?:-(?:{_RAW}))?[-_]dxo(?:[-_ ].+)?(?P<rest>)",
    ),
    Form(
        Role.EDIT,
        "Topaz",
        "IMG_1-DeNoiseAI-standard.tif",
        "IMG_1.CR2",
        r"(?P<shot>.+?)-(?:denoiseai|sharpenai|gigapixel|topaz)(?:[-_ ].+)?(?P<rest>)",
    ),
    Form(
        Role.EDIT,
        "Shotwell",
        "IMG_1_CR2_shotwell.jpg",
        "IMG_1.CR2",
        rf"(?P<shot>.+?)(?:_(?:{_RAW}))?_(?:shotwell|embedded|modified){_NUMBER}",
    ),
    Form(
        Role.EDIT,
        "digiKam",
        "IMG_1_v1.jpg",
        "IMG_1.jpg",
        rf"(?P<shot>.+?)(?:_v\d+)+{_NUMBER}",
        only_same_moment=True,
    ),
    Form(
        Role.EDIT,
        "Snapseed",
        "IMG_1-01.jpeg",
        "IMG_1.jpg",
        rf"(?P<shot>.+?)(?:-\d\d)+{_NUMBER}",
        only_same_moment=True,
    ),
    Form(
        Role.EDIT,
        "Google Photos on a phone",
        "PXL_1~2.jpg",
        "PXL_1.jpg",
        r"(?P<shot>.+)~\d+(?P<rest>)",
    ),
    Form(
        Role.COMPANION,
        "Apple, edits of a portrait",
        "IMG_O1.aae",
        "IMG_1.HEIC",
        r"(?P<shot>img_)o(?P<rest>\d.*)",
    ),
    Form(
        Role.COMPANION,
        "Live Photos by icloudpd and others",
        "IMG_1_HEVC.MOV",
        "IMG_1.HEIC",
        rf"(?P<shot>.+)[._-](?:hevc|heic|live|livephoto|motion|video){_NUMBER}",
    ),
    Form(
        Role.COMPANION,
        "Sony, with videos",
        "C0001M01.XML",
        "C0001.MP4",
        r"(?P<shot>c\d{4})m01(?P<rest>)",
    ),
    Form(
        Role.COMPANION,
        "Syncthing, conflicts",
        "IMG_1.sync-conflict-20260102-030405-ABCDEFG.xmp",
        "IMG_1.jpg",
        r"(?P<shot>.+)\.sync-conflict-[\w-]+(?P<rest>)",
    ),
    Form(
        Role.COMPANION,
        "Dropbox and Nextcloud, conflicts",
        "IMG_1 (conflicted copy 2026-01-02).xmp",
        "IMG_1.jpg",
        r"(?P<shot>.+) \([^()]*conflicted copy[^()]*\)(?P<rest>)",
    ),
)
_LIVE_VIDEO = next(form for form in FORMS if form.example == "IMG_1_HEVC.MOV")
_TAKEOUT_EDIT = next(form for form in FORMS if form.example == "IMG_1-edited.jpg")
_EDITED_WORDS = unicodedata.normalize("NFC", _EDITED).split("|")
# A quick check before the forms are tried: most names do not match it.
_LIKELY_FORMS = (
    r"\.mp|\.[a-z_]+-0[12]|\.original|\.(?:hevc|heic|live|motion|video|sync)|^img_[eo]\d|~\d|"
    r"[-_ ]\(?(?:[a-z]|[^\0-\x7f])|^c\d{4}m"
)
_TWO_DIGITS = r"-\d\d(?: ?\(\d+\))?"  # only at the end of a stem, as dates contain them too
_LIKELY_FORM = re.compile(rf"{_LIKELY_FORMS}|{_TWO_DIGITS}$")
# Matches if any picture of a folder may follow another; searched in all names, one a line.
_MAY_FOLLOW = re.compile(
    rf"{_LIKELY_FORMS}|{_TWO_DIGITS}\.\w+\s*$|"
    rf"(?:{'|'.join(map(re.escape, (*RAW_SUFFIXES, *UNSUPPORTED_SUFFIXES)))})\s*$|"
    rf"(?:{'|'.join(map(re.escape, PHOTO_SUFFIXES))})\.\w+\s*$",
    re.IGNORECASE | re.MULTILINE,
)

# Still being written by another program, which a move would break.
UNFINISHED_SUFFIXES = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".opdownload",
    ".!ut",
    ".!qb",
    ".!bt",
    ".!sync",
    ".aria2",
    ".fdmdownload",
    ".filepart",
    ".tmp",
    ".temp",
    ".icloud",
)
WHOLE_NAME_ENDINGS = (
    "_original",  # by exiftool
    "~",  # by editors
)
APPLE_DOUBLE = "._"  # macOS keeps the attributes of `a.jpg` in `._a.jpg` on foreign drives
# Separates a file's name from its stream's on NTFS (`a.jpg:Zone.Identifier`), which other systems
# store as a file of that name; some of them replace the colon.
_STREAM = re.compile("[:\uf03a\uf022]")
_ENDINGS = tuple(map(canonical_name, WHOLE_NAME_ENDINGS))
_DARKTABLE_DUPLICATE = re.compile(r"(.+)_\d\d+(\.[^.]+)\.xmp")
_TAKEOUT_CUT = 46  # characters before `.json`
_TAKEOUT_STEM = 47  # characters before the suffix of a photo
_TAKEOUT_EXTRA = ".supplemental-metadata"
_TAKEOUT_NUMBERED = re.compile(r"(.+(?<! ))(\(\d+\))\.json")
_MIN_EXTRA = 3  # `sup` or longer is not part of a photo's own name
# A Pixel's a.MP.jpg has the video a.MP; a.RAW-01.MP.COVER.jpg has a.RAW-01.MP.COVER.
_MOTION_VIDEO = re.compile(r"\.m[pv](?:~\d+|\.cover)?(?: \(\d+\))?$")
_APPLE_LETTER = re.compile(r"(img_)[eo](?=\d)", re.IGNORECASE)
_GOPRO_SMALL = re.compile(r"gl(\d{6}.*)")
_OUR_NUMBER = re.compile(r" \(\d+\)$")  # see `numbered`
_TAKEOUT_COPY = re.compile(r"(.+(?<! ))\(\d+\)")
_TAKEOUT_WORD = re.compile(r"(.+)-[^-_.()\d]+((?:\(\d+\))?)")
# The longest file name that ext4, APFS, NTFS and exFAT all accept, in the strictest unit.
_MAX_NAME_BYTES = 255


@dataclass(frozen=True, slots=True)
class Grouping:
    """The user's choices: `suffixes` besides `STEM_SUFFIXES`, and edits as separate shots."""

    suffixes: tuple[str, ...] = ()
    separate_edits: bool = False

    def all_suffixes(self) -> frozenset[str]:
        """The suffixes of files that belong to the photo of the same stem."""
        own = (suffix for row in STEM_SUFFIXES for suffix in row.suffixes)
        return frozenset(own) | {
            canonical_name(f".{suffix.removeprefix('.')}") for suffix in self.suffixes
        }


class Captures(Protocol):
    """Metadata of files, by file name."""

    def capture(self, name: str) -> Capture:
        """Read when and with which camera it was taken."""

    def photo_identifiers(self, name: str) -> frozenset[str]:
        """Read the identifiers that the video of this Live Photo may have."""

    def video_identifier(self, name: str) -> str | None:
        """Read the identifier of the photo to which this video belongs."""


class NamesOnly:
    """Returns no metadata, so that names decide."""

    def capture(self, name: str) -> Capture:
        return Capture()

    def photo_identifiers(self, name: str) -> frozenset[str]:
        return frozenset()

    def video_identifier(self, name: str) -> str | None:
        return None


# --- Grouping --------------------------------------------------------------------------------


def groups(
    names: Iterable[str],
    photos: set[str],
    grouping: Grouping | None = None,
    captures: Captures | None = None,
    videos: Set[str] = frozenset(),
) -> Iterator[tuple[str, ...]]:
    """Yield (photo, companions...) in the order of `names`; no file is in two groups.

    Pictures among the companions come in the order in which they replace an unreadable photo.
    `videos` that are not part of a photo lead a group of their own.
    """
    grouping, captures = grouping or Grouping(), captures or NamesOnly()
    pictures: list[str] = []
    others: list[str] = []
    for name in names:
        (pictures if name in photos else others).append(name)
    folder = _Folder(pictures, grouping, captures)
    folder.join(others)
    lone = [
        name
        for name in others
        if name in videos and name not in folder.followers and not _is_part(name, captures)
    ]
    if not lone:
        yield from folder.groups(pictures)
        return
    films = _Folder(lone, grouping, captures)
    films.join([name for name in others if name not in folder.followers and name not in videos])
    order = {name: number for number, name in enumerate(chain(pictures, others))}
    found = chain(folder.groups(pictures), films.groups(lone))
    yield from sorted(found, key=lambda group: order[group[0]])


def _is_motion(name: str) -> bool:
    return canonical_name(name).endswith(_MOTION_SUFFIXES)


def _is_part(video: str, captures: Captures) -> bool:
    """Whether this is the video of a Live Photo whose photo is elsewhere."""
    form = _form(canonical_name(_stem(video)))
    is_named_so = form is not None and form[0] is _LIVE_VIDEO
    return is_named_so or (_is_motion(video) and captures.video_identifier(video) is not None)


def may_follow(picture: str) -> bool:
    """Whether a picture of this name may belong to another picture; most do not."""
    return _MAY_FOLLOW.search(picture) is not None


def follows_name(companion: str, photo: str) -> bool:
    """Whether the companion belongs to this very file, as `a.jpg.xmp` does to `a.jpg`."""
    return canonical_name(companion).startswith(f"{canonical_name(photo)}.")


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].rstrip().lower()


def _form(stem: str) -> tuple[Form, str] | None:
    """The form that matches this canonical stem, and the name of the shot."""
    if not _LIKELY_FORM.search(stem):
        return None
    for form in FORMS:
        if found := re.fullmatch(form.pattern, stem):
            return form, found["shot"] + found["rest"]
    return _cut_edit(stem)


def _cut_edit(stem: str) -> tuple[Form, str] | None:
    """The form of an edited version whose long name Takeout has truncated: `...-edi.jpg`."""
    copy = _TAKEOUT_COPY.fullmatch(stem)
    title = copy[1] if copy else stem
    shot, dash, cut = title.rpartition("-")
    length = len(_OUR_NUMBER.sub("", shot)) + len(dash + cut)
    if not dash or not cut or length != _TAKEOUT_STEM:
        return None
    if not any(word.startswith(cut) for word in _EDITED_WORDS):
        return None
    return _TAKEOUT_EDIT, shot + stem[len(title) :]


class _Kind(IntEnum):
    """Why a file follows another; the order of the members of a group."""

    WHOLE_NAME = 0
    STEM = 1
    TWIN = 2
    EDIT = 3


class _Index:
    """Files by the canonical form of a part of their names."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def add(self, key: str, name: str) -> None:
        self._files.setdefault(key, []).append(name)

    def find(self, key: str, like: str) -> str | None:
        """A file with this key: one that matches the case of `like`, or the first."""
        files = self._files.get(key)
        if not files:
            return None
        return next((name for name in files if like.startswith(_stem(name))), files[0])

    def alike(self) -> Iterator[list[str]]:
        """The lists of files that share a key."""
        return (files for files in self._files.values() if len(files) > 1)

    def find_of_kind(self, key: str, like: str) -> str | None:
        """A file with this key: one with the suffix of `like`, or the first."""
        files = self._files.get(key)
        if not files:
            return None
        return next((name for name in files if _suffix(name) == _suffix(like)), files[0])


@dataclass(slots=True)
class _Pictures:
    """The pictures of a folder by their role in a shot, each with its stem or its shot."""

    raws: list[tuple[str, str]] = field(default_factory=list)
    originals: list[tuple[str, str]] = field(default_factory=list)
    edits: list[tuple[str, str, Form | None]] = field(default_factory=list)
    stems: _Index = field(default_factory=_Index)
    covers: _Index = field(default_factory=_Index)
    raw_stems: _Index = field(default_factory=_Index)


class _Folder:
    """The files of one folder. `followers`: the files that belong to another one."""

    def __init__(self, pictures: list[str], grouping: Grouping, captures: Captures) -> None:
        self._pictures = pictures
        self._grouping = grouping
        self._captures = captures
        self._suffixes = grouping.all_suffixes()
        self._children: dict[str, list[tuple[_Kind, str]]] = {}
        self._whole, self._stems, self._shots = _Index(), _Index(), _Index()
        self._cut: dict[tuple[str, str], str] = {}
        self.followers: set[str] = set()

    def join(self, others: list[str]) -> None:
        """Attach pictures to the lead of their shot, and `others` to the file they belong to."""
        stems = {canonical_name(_stem(name)) for name in self._pictures}
        # Most folders have no such pictures.
        if len(stems) < len(self._pictures) or _MAY_FOLLOW.search("\n".join(self._pictures)):
            self.join_pictures()
        if others and self._pictures:
            self.join_companions(others)

    def groups(self, names: list[str]) -> Iterator[tuple[str, ...]]:
        """The leads among `names`, each followed by the files that belong to it."""
        if not self.followers:
            yield from ((name,) for name in names)
            return
        for name in names:
            if name not in self.followers:
                yield (name, *self.members(name))

    def members(self, name: str) -> Iterator[str]:
        """The files that belong to this one, each followed by those that belong to it."""
        for _, child in sorted(self._children.get(name, ()), key=lambda child: child[0]):
            yield child
            yield from self.members(child)

    def _join(self, name: str, owner: str, kind: _Kind) -> None:
        self.followers.add(name)
        self._children.setdefault(owner, []).append((kind, name))

    # Pictures of one shot.

    def join_pictures(self) -> None:
        """Attach RAW files and edited versions to the lead of their shot."""
        if not self._grouping.separate_edits:
            self._join_whole_names()
        found = self._by_role()
        stems, covers = found.stems, found.covers
        for name, stem in found.raws:
            lead = stems.find(stem, name) or covers.find(stem, name)
            if lead and self._is_twin(lead, name):
                self._join(name, lead, _Kind.TWIN)
        for name, shot in found.originals:
            lead = covers.find(shot, name) or stems.find(shot, name)
            if lead and self._may_be_one_shot(lead, name):
                self._join(name, lead, _Kind.TWIN)
        for name, shot, form in found.edits:
            lead = stems.find_of_kind(shot, name) or found.raw_stems.find(shot, name)
            lead = lead or covers.find(shot, name)
            if lead and self._is_edit(name, lead, form):
                self._join(name, lead, _Kind.EDIT)
        if not self._grouping.separate_edits:
            self._join_conversions(stems)

    def _by_role(self) -> "_Pictures":
        """The pictures that are not attached yet."""
        found = _Pictures()
        for name in self._pictures:
            if name in self.followers:
                continue
            stem = canonical_name(_stem(name))
            form, shot = _form(stem) or (None, stem)
            role = form.role if form else None
            is_edit = role is Role.EDIT or _suffix(name) in UNSUPPORTED_SUFFIXES
            if is_edit and not self._grouping.separate_edits:
                found.edits.append((name, shot, form))
            elif role is Role.ORIGINAL:
                found.originals.append((name, shot))
            elif _suffix(name) in RAW_SUFFIXES:
                found.raws.append((name, stem))
                found.raw_stems.add(stem, name)
            else:
                found.stems.add(stem, name)
                if role is Role.COVER:
                    found.covers.add(shot, name)
        return found

    def _join_whole_names(self) -> None:
        """Attach `a.heic.jpg` to `a.heic`."""
        whole = {canonical_name(name): name for name in self._pictures}
        for name in self._pictures:
            if lead := whole.get(canonical_name(_stem(name))):
                self._join(name, lead, _Kind.EDIT)

    def _join_conversions(self, stems: "_Index") -> None:
        """Attach `a.jpg` to `a.heic` if both were taken at the same moment."""
        for lead, *others in stems.alike():
            for name in others:
                if self._is_same_moment(lead, name):
                    self._join(name, lead, _Kind.EDIT)

    def _compared(self, one: str, other: str) -> bool | None:
        return self._captures.capture(one).is_same_shot(self._captures.capture(other))

    def _is_same_moment(self, one: str, other: str) -> bool:
        times = self._captures.capture(one).time, self._captures.capture(other).time
        return None not in times and self._compared(one, other) is True

    def _is_edit(self, name: str, lead: str, form: Form | None) -> bool:
        if form and form.only_same_moment:
            return self._is_same_moment(lead, name)
        return self._may_be_one_shot(lead, name)

    def _may_be_one_shot(self, one: str, other: str) -> bool:
        return self._compared(one, other) is not False

    def _is_twin(self, picture: str, raw: str) -> bool:
        """Compare the metadata: cameras reuse numbers, so an equal name is not enough."""
        answer = self._compared(picture, raw)
        if answer is not None:
            return answer
        is_stripped = self._captures.capture(picture).is_without_origin
        return not (is_stripped and self._captures.capture(raw).camera)

    # Files that are not pictures.

    def join_companions(self, others: list[str]) -> None:
        """Attach all other files to the picture or file that they are named after."""
        self._index_pictures()
        rest = [name for name in others if not self._join_by_name(name)]
        for name in others:
            if name in self.followers:
                self._whole.add(canonical_name(name), name)
        rest = [name for name in rest if not self._join_by_name(name)]
        self._join_videos([name for name in rest if _is_motion(name)])
        if not self._grouping.separate_edits:
            self._join_takeout_copies()

    def _index_pictures(self) -> None:
        # A stem that several pictures share refers to the lead first.
        for name in sorted(self._pictures, key=self.followers.__contains__):
            full, stem = canonical_name(name), canonical_name(_stem(name))
            self._whole.add(full, name)
            self._stems.add(stem, name)
            if (form := _form(stem)) and form[0].role in (Role.COVER, Role.EDIT):
                self._shots.add(form[1], name)
            if len(name) > _TAKEOUT_CUT:
                for cut, number in _takeout_cuts(name):
                    self._cut.setdefault((canonical_name(cut), number), name)

    def _join_by_name(self, name: str) -> bool:
        key = canonical_name(name)
        if key.endswith(UNFINISHED_SUFFIXES):
            return False
        kind = _Kind.WHOLE_NAME
        if numbered := _TAKEOUT_NUMBERED.fullmatch(key):
            owner = self._by_takeout(name, numbered[1], numbered[2])
        elif (owner := self._by_whole_name(name, key)) is None:
            owner, kind = self._by_stem(name, key), _Kind.STEM
        if owner:
            self._join(name, owner, kind)
        return owner is not None

    def _by_whole_name(self, name: str, key: str) -> str | None:
        if key.startswith(APPLE_DOUBLE):
            return self._whole.find(key.removeprefix(APPLE_DOUBLE), name)
        for base in _before_dots(key):
            if owner := self._whole.find(base, name):
                return owner
        for ending in _ENDINGS:
            if key.endswith(ending) and (owner := self._whole.find(key[: -len(ending)], name)):
                return owner
        for stream in _STREAM.finditer(key):
            if owner := self._whole.find(key[: stream.start()], name):
                return owner
        if duplicate := _DARKTABLE_DUPLICATE.fullmatch(key):
            return self._whole.find(duplicate[1] + duplicate[2], name)
        return self._by_takeout(name, _stem(key), "") if key.endswith(".json") else None

    def _by_takeout(self, name: str, base: str, number: str) -> str | None:
        """The owner by Takeout's names: `a.jpg(1).json` for `a(1).jpg`, and truncated names."""
        for title, may_lack_suffix in _takeout_titles(base):
            root, suffix = os.path.splitext(title)
            owner = self._whole.find(f"{root}{number}{suffix}", name)
            if not owner and may_lack_suffix:
                owner = self._stems.find(f"{title}{number}", name)
            if owner:
                return owner
        return self._cut.get((base, number))

    def _by_stem(self, name: str, key: str) -> str | None:
        for base in _before_dots(key):
            if key[len(base) :] not in self._suffixes:
                continue
            form = _form(base)
            for shot in (base, *(form[1:] if form else ()), *_gopro_stems(base)):
                if owner := self._stems.find(shot, name) or self._shots.find(shot, name):
                    return owner
        return self._stems.find(key, name) if _MOTION_VIDEO.search(key) else None

    def _join_videos(self, videos: list[str]) -> None:
        """Attach videos to photos by the content identifier that an iPhone writes into both."""
        wanted = {
            identifier: name
            for name in videos
            if (identifier := self._captures.video_identifier(name))
        }
        for photo in self._pictures if wanted else ():
            if photo not in self.followers:
                for identifier in self._captures.photo_identifiers(photo) & wanted.keys():
                    self._join(wanted.pop(identifier), photo, _Kind.STEM)

    def _join_takeout_copies(self) -> None:
        """Attach Takeout's edits of `a.jpg`: `a(1).jpg` or, in any language, `a-edited.jpg`.

        Such an edit has no JSON of its own, and was taken at the same moment.
        """
        for name in self._pictures:
            stem, suffix = os.path.splitext(canonical_name(name))
            if name in self.followers:
                continue
            if word := _TAKEOUT_WORD.fullmatch(stem):
                title = word[1] + word[2]
            elif copy := _TAKEOUT_COPY.fullmatch(stem):
                title = copy[1]
            else:
                continue
            lead = self._whole.find(f"{title}{suffix}", name)
            if not lead or lead in self.followers or self._has_json(name):
                continue
            if self._has_json(lead) and self._is_same_moment(lead, name):
                self._join(name, lead, _Kind.EDIT)

    def _has_json(self, name: str) -> bool:
        return any(
            canonical_name(child).endswith(".json") for _, child in self._children.get(name, ())
        )


def _before_dots(name: str) -> Iterator[str]:
    """Yield the part before each dot, the longest first."""
    at = name.rfind(".")
    while at > 0:
        yield name[:at]
        at = name.rfind(".", 0, at)


def _gopro_stems(stem: str) -> Iterator[str]:
    """Yield the stems of the videos of which GoPro's `GL010001.LRV` may be the small copy."""
    if found := _GOPRO_SMALL.fullmatch(stem):
        yield from (f"g{letter}{found[1]}" for letter in "xh")


def _takeout_titles(base: str) -> Iterator[tuple[str, bool]]:
    """Yield the names that a JSON may refer to, and whether the photo's suffix may be missing."""
    yield base, True
    title, dot, extra = base.rpartition(".")
    if dot and _TAKEOUT_EXTRA.startswith(f".{extra}"):
        yield title, len(extra) >= _MIN_EXTRA or len(base) == _TAKEOUT_CUT


def _takeout_cuts(photo: str) -> Iterator[tuple[str, str]]:
    """Yield a long name truncated as before `.json`, and the number between the two."""
    photo = unicodedata.normalize("NFC", photo)
    yield photo[:_TAKEOUT_CUT], ""
    stem, suffix = os.path.splitext(photo)
    if copy := _TAKEOUT_COPY.fullmatch(stem):
        yield f"{copy[1]}{suffix}"[:_TAKEOUT_CUT], stem[len(copy[1]) :]


# --- Numbers for names that clash ------------------------------------------------------------


def numbered(names: Sequence[str], number: int) -> list[str]:
    """The names of a group, photo first, with ` (number)` after the name of the shot.

    They still belong together: `PXL_1 (2).MP.jpg`, `PXL_1 (2).MP`. A name that would get too long
    loses the end of the shot's name. Number 1 leaves all names as they are.
    """
    if number == 1:
        return list(names)
    suffix = f" ({number})"
    cuts = [_json_cut(name, names[0]) for name in names]
    whole = [name for name, cut in zip(names, cuts, strict=True) if cut is None]
    splits = _splits(whole)
    if len(whole) < len(names):
        splits = [_not_in_a_letter(name, _TAKEOUT_CUT - len(suffix)) for name in whole]
    tails = [len(os.fsencode(name[at:])) for name, at in zip(whole, splits, strict=True)]
    room_bytes = _MAX_NAME_BYTES - len(suffix) - max(tails)
    new = {
        name: _trimmed(name[:at], room_bytes) + suffix + name[at:]
        for name, at in zip(whole, splits, strict=True)
    }
    for name, cut in zip(names, cuts, strict=True):
        if cut is not None:  # truncated where Takeout would do it
            new[name] = list(_takeout_cuts(new[names[0]]))[cut][0] + _after_cut(name, cut)
    return [new[name] for name in names]


def _json_cut(name: str, photo: str) -> int | None:
    """The index in `_takeout_cuts` of the photo that this JSON is named after; None if none."""
    if not canonical_name(name).endswith(".json") or len(photo) <= _TAKEOUT_CUT:
        return None
    for index, (cut, number) in enumerate(_takeout_cuts(photo)):
        if canonical_name(_stem(name)) == canonical_name(cut + number):
            return index
    return None


def _after_cut(name: str, cut: int) -> str:
    return name[_stem(name).rindex("(") :] if cut else os.path.splitext(name)[1]


def _splits(names: Sequence[str]) -> list[int]:
    """The position in each name where the name of the shot ends."""
    keys = list(_shots(names[0]))
    for key in keys:
        splits = [_end_of_shot(name, key) for name in names]
        if all(splits):
            return splits
    return [_end_of_shot(name, keys[0]) or len(_stem(name)) for name in names]


def _shots(photo: str) -> Iterator[str]:
    """Yield the possible names of the shot, the likeliest first."""
    stem = canonical_name(_stem(photo))
    form = _form(stem)
    if form and form[0].role is Role.COVER:
        yield form[1]
    yield stem
    if form:
        yield form[1]
    if copy := _TAKEOUT_COPY.fullmatch(form[1] if form else stem):
        yield copy[1]


def _end_of_shot(name: str, shot: str) -> int:
    """The length of the shot's name in `name`, 0 if absent; `IMG_10.mov` is not of `IMG_1`."""
    if name.startswith(APPLE_DOUBLE):
        end = _end_of_shot(name[len(APPLE_DOUBLE) :], shot)
        return end and end + len(APPLE_DOUBLE)
    if found := _APPLE_LETTER.match(name):
        end = _end_of_shot(found[1] + name[found.end() :], shot)
        if end:
            return end + 1
    for end in range(1, len(name) + 1):
        ends_there = end == len(name) or not (
            name[end].isalnum() or unicodedata.combining(name[end])
        )
        if ends_there and canonical_name(name[:end]) == shot:
            return end
    return 0


def _not_in_a_letter(name: str, at: int) -> int:
    while 0 < at < len(name) and unicodedata.combining(name[at]):
        at -= 1
    return at


def _trimmed(shot: str, room_bytes: int) -> str:
    while len(os.fsencode(shot)) > room_bytes and len(shot) > 1:
        shot = shot[:-1]
    return shot
