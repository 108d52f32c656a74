"""Recognises folders that belong to programs, by the tables below. Opens no file.

docs/left-alone.md is generated from these tables.
"""

import os
from collections.abc import Collection, Set
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path, PurePath
from typing import assert_never

from catdog_sorter.text import canonical_name

# --- The tables ------------------------------------------------------------------------------


class FolderKind(StrEnum):
    """Why a folder is not entered."""

    LIBRARY = "library"
    DOCUMENT = "document"
    TRASH = "trash"
    SNAPSHOT = "snapshot"
    CACHE = "cache"
    PROGRAM = "program data"
    VERSIONED = "version control"
    NOMEDIA = "nomedia"
    EXCLUDED = "excluded"

    def noun(self, number: int) -> str:
        """The noun for such folders after their number."""
        one, many = self._one_and_many
        return one if number == 1 else many

    @property
    def _one_and_many(self) -> tuple[str, str]:
        match self:
            case FolderKind.LIBRARY:
                return "library of a photo or video program", "libraries of photo or video programs"
            case FolderKind.DOCUMENT:
                return "document that is a folder", "documents that are folders"
            case FolderKind.TRASH:
                return "trash folder", "trash folders"
            case FolderKind.SNAPSHOT:
                return "backup or snapshot", "backups or snapshots"
            case FolderKind.CACHE:
                return "folder of thumbnails or a cache", "folders of thumbnails or caches"
            case FolderKind.PROGRAM:
                return "folder of programs' data", "folders of programs' data"
            case FolderKind.VERSIONED:
                return "folder under version control", "folders under version control"
            case FolderKind.NOMEDIA:
                return "folder with a .nomedia file", "folders with a .nomedia file"
            case FolderKind.EXCLUDED:
                return "excluded folder", "excluded folders"
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class FolderRule:
    """Folders that are not entered, by their name or by their content.

    A name may include its parent's, as in `android/data`; a # at its end matches any number, a *
    anything. With `only_with`, names and suffixes count only if the folder contains one of these.
    One of `markers` inside is enough by itself, and so are all of `all_markers` together.
    """

    kind: FolderKind
    whose: str
    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    all_markers: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FOLDER_RULES = (
    FolderRule(
        FolderKind.LIBRARY,
        "Apple Photos, iPhoto, Aperture, Photo Booth",
        names=("photo booth library", "iphoto library"),
        suffixes=_words(
            ".photoslibrary .photolibrary .aplibrary .migratedphotolibrary .migratedaplibrary "
            ".photoboothlibrary .apvault"
        ),
        markers=("AlbumData.xml", "Library.iPhoto", "Library6.iPhoto", "ApertureData.xml"),
    ),
    FolderRule(
        FolderKind.LIBRARY,
        "Apple Photos, whatever its library is called",
        all_markers=("database", "originals", "resources"),
    ),
    FolderRule(
        FolderKind.LIBRARY,
        "Lightroom, Capture One, ACDSee, Tropy",
        names=("captureone", "[originals]"),
        suffixes=_words(".lrlibrary .lrdata .lrcat-data .cocatalog .tropy"),
    ),
    FolderRule(
        FolderKind.LIBRARY,
        "Immich, PhotoPrism, PhotoStructure, Hydrus",
        markers=(".immich", ".ppstorage", ".photostructure", "client.caches.db"),
    ),
    FolderRule(
        FolderKind.LIBRARY,
        "Nextcloud and ownCloud servers",
        names=("appdata_oc*",),
        markers=(".ncdata", ".ocdata"),
    ),
    FolderRule(FolderKind.LIBRARY, "Picasa: what it has edited", names=(".picasaoriginals",)),
    FolderRule(FolderKind.LIBRARY, "Eagle", suffixes=(".library",), only_with=("metadata.json",)),
    FolderRule(
        FolderKind.LIBRARY,
        "Final Cut Pro, iMovie, Logic, GarageBand, Music, TV",
        suffixes=_words(
            ".fcpbundle .fcpproject .fcpcache .imovielibrary .imovieproject .imovieproj "
            ".imoviemobile .rcproject .theater .dvdproj .logicx .band .garageband .musiclibrary "
            ".tvlibrary .tunelibrary .eyetv"
        ),
    ),
    FolderRule(
        FolderKind.DOCUMENT,
        "Keynote, Pages, Numbers, TextEdit and others",
        suffixes=_words(
            ".key .pages .numbers .rtfd .webarchive .textbundle .scriv .ulysses .graffle .oo3 "
            ".mindnode .sketch .hype .epub .ibooks .iba .nmbtemplate .kth .playground "
            ".xcassets .iconset .xcodeproj .xcworkspace .docset .dtbase2 .dtsparse .paper "
            ".goodnotes .notability .procreate .aep .prproj .drp .pxd .pxm .screenflow .cmproj "
            ".fcpxmld"
        ),
    ),
    FolderRule(FolderKind.DOCUMENT, "Live Photos exported as one", suffixes=(".pvt", ".livephoto")),
    FolderRule(
        FolderKind.DOCUMENT,
        "Notes and books: Obsidian, Zotero, Calibre, Anki",
        names=("collection.media",),
        markers=(".obsidian", "zotero.sqlite", "metadata_db_prefs_backup.json"),
    ),
    FolderRule(
        FolderKind.TRASH,
        "macOS",
        names=("network trash folder", "trash", ".trash", ".trashes"),
    ),
    FolderRule(
        FolderKind.TRASH,
        "Windows",
        names=("$recycle.bin", "recycle.bin", "recycler", "recycled", "recycle bin"),
    ),
    FolderRule(
        FolderKind.TRASH,
        "NAS: Synology, QNAP and others",
        names=(
            *("#recycle", "@recycle", "@recyclebin", "#trash", ".recycle", ".recycle.bin"),
            *("recyclebin", "trashbox", ".trashbin", ".deleted", "network recycle bin*"),
        ),
    ),
    FolderRule(
        FolderKind.TRASH,
        "Linux, digiKam",
        names=(".dtrash", ".trash-#"),
    ),
    FolderRule(FolderKind.TRASH, "Nextcloud and ownCloud servers", names=("files_trashbin",)),
    FolderRule(
        FolderKind.TRASH,
        "Resilio Sync, MEGA, Insync, GoodSync",
        names=_words(".syncarchive .synctrash .debris .insync-trash _gsdata_"),
    ),
    FolderRule(
        FolderKind.TRASH,
        "What a check of the file system found",
        names=("lost+found", "lost.dir", "found.#"),
    ),
    FolderRule(
        FolderKind.SNAPSHOT,
        "NAS and file systems",
        names=_words(
            "@recently-snapshot #snapshot #snapshots ~snapshot ~snapshots @snapshot @snapshots "
            "@sharesnap timeshift timeshift-btrfs .snapshot .snapshots .~snapshot .snap .ckpt .zfs "
            ".stversions .sync @gmt-* files_versions"
        ),
    ),
    FolderRule(
        FolderKind.SNAPSHOT,
        "Windows, Synology, rsnapshot, rdiff-backup, Back In Time",
        names=_words(
            "filehistory windowsimagebackup backintime hourly.# daily.# weekly.# monthly.# yearly.#"
        ),
        suffixes=(".hbk",),
        markers=("rdiff-backup-data",),
    ),
    FolderRule(
        FolderKind.SNAPSHOT,
        "Time Machine, iTunes, virtual machines, disk images",
        names=("mobilesync", ".mobilebackups"),
        suffixes=_words(
            ".backupdb .backupbundle .sparsebundle .inprogress .vmwarevm .pvm .utm .parallels"
        ),
    ),
    FolderRule(
        FolderKind.CACHE,
        "NAS: Synology, QNAP, Western Digital",
        names=_words(
            "@eadir @tmp @sharebin @appdata @appstore @database @docker @transcode @synodrive "
            "@synologydrive @activebackup .synologyworkingdirectory .@__thumb .@upload_cache "
            ".@metadata .wdmc"
        ),
    ),
    FolderRule(
        FolderKind.CACHE,
        "macOS",
        names=(
            *("__macosx", "temporary items", "ipod photo cache", ".temporaryitems", ".fseventsd"),
            *(".documentrevisions-v100", ".spotlight-v100", ".appledouble"),
        ),
    ),
    FolderRule(
        FolderKind.CACHE,
        "Windows, OneDrive, Google Drive, FreeFileSync",
        names=(
            *("temporary internet files", "inetcache", "onedrivetemp", ".tmp.drivedownload"),
            ".tmp.driveupload",
        ),
        suffixes=(".ffs_tmp",),
    ),
    FolderRule(
        FolderKind.CACHE,
        "Adobe Bridge, SILKYPIX, iTunes, Steam, Xcode",
        names=(
            *("bridge cache", "adobe bridge cache", "silkypix_ds", "album artwork"),
            *("appcache", "librarycache", "deriveddata"),
        ),
    ),
    FolderRule(
        FolderKind.CACHE,
        "Any program",
        names=(
            *("cache", "caches", "_cache", ".cache", "thumbnail cache", "thumbnails", "thumbs"),
            *(
                ".thumbnails",
                ".thumb",
                ".thumbs",
                "_thumbnails",
                "_thumbs",
                ".thumbdata*",
                ".xvpics",
            ),
        ),
        suffixes=(".cache", ".noindex"),
        markers=("CACHEDIR.TAG",),
    ),
    FolderRule(
        FolderKind.PROGRAM,
        "macOS",
        names=("library",),
        only_with=(
            *("Application Support", "Application Scripts", "Caches", "Containers", "Cookies"),
            *("Group Containers", "HTTPStorages", "Keychains", "LaunchAgents", "Logs", "Mail"),
            *("Messages", "Mobile Documents", "Preferences", "Safari", "WebKit", "CloudStorage"),
        ),
    ),
    FolderRule(
        FolderKind.PROGRAM,
        "macOS programs and parts of them",
        suffixes=_words(
            ".app .appex .framework .bundle .plugin .kext .component .vst .vst3 .qlgenerator "
            ".prefpane .saver .scptd .workflow .pkg .mpkg .dsym .lproj .nib .xpc"
        ),
    ),
    FolderRule(
        FolderKind.PROGRAM,
        "Windows",
        names=(
            *("appdata", "application data", "local settings", "programdata", "program files"),
            *("program files (x86)", "system volume information", "windowsapps", "windows.old"),
            *("$windows.~bt", "$windows.~ws", "msocache", "perflogs"),
        ),
    ),
    FolderRule(FolderKind.PROGRAM, "Windows itself", names=("windows",), only_with=("System32",)),
    FolderRule(
        FolderKind.PROGRAM,
        "Linux",
        names=_words(
            ".config .local .var .mozilla .thunderbird .wine .steam .npm .cargo .gradle .vscode"
        ),
    ),
    FolderRule(
        FolderKind.PROGRAM,
        "Android",
        names=(
            *("android/data", "android/obb", "whatsapp stickers", "whatsapp profile photos"),
            "media/wallpaper",
        ),
    ),
    FolderRule(
        FolderKind.PROGRAM,
        "Mail and messages: Apple Mail, Thunderbird, Messages, Signal, Telegram",
        names=("imapmail", "mail downloads", "tdata"),
        suffixes=(".mbox", ".mbx", ".olm", ".sbd"),
        markers=("chat.db",),
    ),
    FolderRule(
        FolderKind.PROGRAM,
        "Games, media servers, containers and development",
        names=(
            *("steamapps", "plex media server", "overlay2", "packagecache", "node_modules"),
            *("site-packages", "dist-packages", "__pycache__", ".venv", ".tox"),
        ),
        markers=("pyvenv.cfg", "conda-meta"),
    ),
    FolderRule(
        FolderKind.VERSIONED,
        "Git, Subversion, Mercurial and others",
        names=_words(".git .svn .hg .bzr .jj .pijul _darcs"),
        markers=_words(".git .svn .hg .bzr .jj .pijul _darcs .fslckout"),
    ),
    FolderRule(FolderKind.NOMEDIA, "Folders that a person excludes", markers=(".nomedia",)),
)
# A browser saves the pictures of a page in a folder of the page's name with one of these endings.
# Windows knows these, in all its languages.
SAVED_PAGE_ENDINGS = _words(
    "_files .files -dateien _dateien -filer _archivos _arquivos _bestanden _bylos _datoteke "
    "_dosyalar _elemei _failid _fails _fajlovi _ficheiros _fichiers _file _fitxategiak _fitxers "
    "_pliki _soubory _tiedostot"
)
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
# The files of Finder, Explorer and Dolphin in a folder that looks empty to the user.
FILE_MANAGER_FILES = (
    *(".DS_Store", "._.DS_Store", ".localized", "Icon\r"),
    *("Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".directory"),
)
# The file by which macOS shows a folder as one document or program.
BUNDLE_FILE = Path("Contents") / "Info.plist"


@dataclass(frozen=True, slots=True)
class Manager:
    """A program whose database refers to photos by path, recognised by a file beside them.

    `is_certain`: the database surely contains the photos around that file.
    """

    program: str
    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    is_certain: bool = True


_GIT_ANNEX = Manager("git-annex", inside=(".git/annex",))
MANAGERS = (
    Manager("digiKam", names=("digikam4.db",)),
    Manager("Lightroom", suffixes=(".lrcat",)),
    Manager("Capture One", names=("CaptureOne",), suffixes=(".cosessiondb",)),
    Manager("Nikon NX Studio", names=("NKSC_PARAM",)),
    Manager("SILKYPIX", names=("SILKYPIX_DS",)),
    Manager("Exposure", names=("Exposure Software",)),
    Manager("gThumb", names=(".comments",)),
    Manager("TagSpaces", names=(".ts",)),
    _GIT_ANNEX,
    Manager("Immich", names=(".immich",)),
    Manager("PhotoStructure", names=(".photostructure",)),
    Manager("Apple Photos", suffixes=(".photoslibrary",), is_certain=False),
)

# --- Asking the tables -----------------------------------------------------------------------

_WILD = ("#", "*")
_BY_NAME = {name: rule for rule in FOLDER_RULES for name in rule.names if not name.endswith(_WILD)}
_BY_PATTERN = [(name, rule) for rule in FOLDER_RULES for name in rule.names if name.endswith(_WILD)]
_STARTS_OF_PATTERNS = tuple(name[:-1] for name, _ in _BY_PATTERN)
_BY_SUFFIX = {suffix: rule for rule in FOLDER_RULES for suffix in rule.suffixes}
_BY_MARKER = {canonical_name(marker): rule for rule in FOLDER_RULES for marker in rule.markers}
_BY_ALL_MARKERS = [(frozenset(rule.all_markers), rule) for rule in FOLDER_RULES if rule.all_markers]
_FILE_MANAGER_NAMES = frozenset(map(canonical_name, FILE_MANAGER_FILES))
_MANAGER_BY_NAME = {canonical_name(name): one for one in MANAGERS for name in one.names}
_MANAGER_BY_SUFFIX = {suffix: manager for manager in MANAGERS for suffix in manager.suffixes}


def kind_by_name(name: str, parent: str = "") -> FolderKind | None:
    """Return why a folder `name`, in a folder named `parent`, is not entered; None if it is."""
    rule = _rule(name, parent)
    return rule.kind if rule and not rule.only_with else None


def kind_of_target(folder: PurePath) -> FolderKind | None:
    """Return why searches would ignore photos sorted into this folder; None if they would not.

    Takes a path below the target folder and checks all its parts.
    """
    names = ("", *folder.parts)
    kinds = (kind_by_name(name, parent) for parent, name in pairwise(names))
    return next((kind for kind in kinds if kind), None)


def kind_by_content(name: str, entries: Set[str], parent: str = "") -> FolderKind | None:
    """Return why a folder with these entries (hidden ones too) is not entered; None if it is."""
    keys = set(map(canonical_name, entries))
    for marker in _BY_MARKER.keys() & keys:
        return _BY_MARKER[marker].kind
    rule = _rule(name, parent)
    if rule and not keys.isdisjoint(map(canonical_name, rule.only_with)):
        return rule.kind
    return next((rule.kind for markers, rule in _BY_ALL_MARKERS if keys >= markers), None)


def belongs_to_page(folder: str, files: Collection[str]) -> bool:
    """Whether the folder contains the pictures of a saved web page beside it."""
    lower = canonical_name(folder)
    stems = [lower[: -len(end)] for end in SAVED_PAGE_ENDINGS if lower.endswith(end)]
    if not stems:
        return False
    keys = set(map(canonical_name, files))
    return any(f"{stem}{suffix}" in keys for stem in stems for suffix in _PAGE_SUFFIXES)


def is_in_library(folder: Path) -> bool:
    """Whether a folder on this path is a library or document by its name."""
    rules = (_BY_SUFFIX.get(os.path.splitext(part.lower())[1]) for part in folder.parts)
    kinds = (FolderKind.LIBRARY, FolderKind.DOCUMENT)
    return any(rule.kind in kinds for rule in rules if rule and not rule.only_with)


def _rule(name: str, parent: str) -> FolderRule | None:
    key = canonical_name(name)
    return (
        _BY_NAME.get(key)
        or _BY_SUFFIX.get(os.path.splitext(key)[1])
        or _BY_NAME.get(f"{canonical_name(parent)}/{key}")
        or _rule_by_pattern(key)
    )


def _rule_by_pattern(key: str) -> FolderRule | None:
    if not key.startswith(_STARTS_OF_PATTERNS):
        return None
    for pattern, rule in _BY_PATTERN:
        rest = key.removeprefix(pattern[:-1])
        if len(rest) < len(key) and (pattern.endswith("*") or rest.isdecimal()):
            return rule
    return None


def is_of_file_manager(name: str) -> bool:
    """Whether file managers create files of this name on their own."""
    return canonical_name(name) in _FILE_MANAGER_NAMES


def manager_of(folder: Path, entries: Set[str]) -> Manager | None:
    """Return the program that keeps a database of this folder, by the folder's content."""
    keys = set(map(canonical_name, entries))
    for name in _MANAGER_BY_NAME.keys() & keys:
        return _MANAGER_BY_NAME[name]
    for suffix, manager in _MANAGER_BY_SUFFIX.items():
        if any(key.endswith(suffix) for key in keys):
            return manager
    for manager in MANAGERS:
        for path in manager.inside:
            if path.partition("/")[0] in entries and os.path.exists(folder / path):
                return manager
    return None


def is_archive(folder: Path) -> bool:
    """Whether the user keeps photos under version control here."""
    return any(os.path.exists(folder / path) for path in _GIT_ANNEX.inside)


def manager_around(folder: Path) -> tuple[Path, Manager] | None:
    """Return the nearest parent folder of which a program keeps a database."""
    for parent in folder.parents:
        try:
            entries = set(os.listdir(parent))
        except OSError:
            continue
        if manager := manager_of(parent, entries):
            return parent, manager
    return None


# --- What a search left alone ----------------------------------------------------------------

_EXAMPLES = 3


@dataclass(slots=True)
class LeftAlone:
    """How many folders or files of a kind were left alone, and the first few of them."""

    count: int = 0
    examples: list[Path] = field(default_factory=list)

    def add(self, path: Path) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(path)


@dataclass(slots=True)
class Survey:
    """What a search found besides photos.

    `links`: a link to each linked photo, by the photo's real path. `managed`: folders of which a
    program keeps a database. `excluded`: how many files the user's rules left out. `orphans`: files
    named like companions without a photo in their folder. `placeholders`: files for photos that
    are only in a cloud. `videos`: how many were passed over. `unsupported_videos`: of formats that
    are not read.
    """

    left_alone: dict[FolderKind, LeftAlone] = field(default_factory=dict)
    managed: list[tuple[Path, Manager]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    excluded: int = 0
    orphans: list[Path] = field(default_factory=list)
    placeholders: LeftAlone = field(default_factory=LeftAlone)
    videos: int = 0
    unsupported_videos: LeftAlone = field(default_factory=LeftAlone)

    @property
    def catalogs(self) -> frozenset[Path]:
        """The folders of which a program surely keeps a database."""
        return frozenset(folder for folder, manager in self.managed if manager.is_certain)

    @property
    def by_kind(self) -> list[tuple[FolderKind, LeftAlone]]:
        """All that was left alone, by kind."""
        return [(kind, self.left_alone[kind]) for kind in FolderKind if kind in self.left_alone]

    def leave_alone(self, folder: Path, kind: FolderKind) -> None:
        """Count a folder that is not entered."""
        self.left_alone.setdefault(kind, LeftAlone()).add(folder)
