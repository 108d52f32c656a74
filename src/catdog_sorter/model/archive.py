"""Export and import models: a ZIP of `bundle.json` and the files it lists.

Decides what is accepted. A file is not trusted, loaded or listed as a model before its names, sizes
and hashes are verified, and nothing in it is ever executed. Never overwrites.
"""

import hashlib
import json
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from io import FileIO
from pathlib import Path
from typing import IO

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model import network_file, trial
from catdog_sorter.model.bundle import (
    DESCRIPTION,
    MAX_BYTES,
    MAX_DESCRIPTION_BYTES,
    ONNX,
    ModelBundle,
    load_bundle,
    parse_description,
    plain_name,
)
from catdog_sorter.model.registry import refuse_taken, writing
from catdog_sorter.storage.files import (
    atomic_file,
    atomic_folder,
    clear_unfinished,
    refuse_existing,
)
from catdog_sorter.storage.locations import models_folder
from catdog_sorter.text import shown

SUFFIX = ".catdog"
_WEIGHTS = (".onnx",)
_CHUNK_BYTES = 1 << 20
_MAX_MEMBERS = 16
_ENCRYPTED = 0x1 | 0x40  # The two kinds of encryption among a ZIP entry's flags.
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
# The errors of `zipfile` for truncated, damaged or malicious files.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, RuntimeError, ArithmeticError),
)


@dataclass(frozen=True, slots=True)
class _Member:
    """One file of a model to import; `size_bytes` is only what is claimed."""

    size_bytes: int
    open: Callable[[], IO[bytes]]


# --- Export ----------------------------------------------------------------------------------


def export_bundle(bundle: ModelBundle, target: Path) -> None:
    """Write a verified bundle to one file. The same bundle gives the same bytes.

    Raises:
        UsageError: `target` exists or cannot be written.
    """
    try:
        refuse_existing(target)
        with atomic_file(target, overwrite=False) as unfinished, unfinished.open("xb") as file:
            _write_zip(bundle, file)
    except FileExistsError as error:
        raise UsageError(
            f"{shown(target)} exists already. Remove it, or give another name."
        ) from error
    except OSError as error:
        raise UsageError(
            f"{shown(target)} cannot be written ({error.strerror}). Choose another file."
        ) from error


def _write_zip(bundle: ModelBundle, file: IO[bytes]) -> None:
    # Stored, not deflated: weights hardly shrink, and zlib's versions give different bytes.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in (DESCRIPTION, *sorted(bundle.files)):
            entry = zipfile.ZipInfo(name, _SAME_TIME)
            entry.create_system = 3  # Unix, wherever it is written: the bytes stay the same.
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.file_size = (bundle.folder / name).stat().st_size
            with (bundle.folder / name).open("rb") as source, archive.open(entry, "w") as copy:
                shutil.copyfileobj(source, copy, _CHUNK_BYTES)


# --- Import ----------------------------------------------------------------------------------


def import_bundle(source: Path, name: str | None = None, *, replace: bool = False) -> ModelBundle:
    """Import a model from a file by `export_bundle` or from a bundle's folder.

    Args:
        source: The file or folder, which is untrusted.
        name: Name of the imported model; None keeps its name.
        replace: Whether to replace one of the user's models of this name.

    Returns:
        The new bundle, verified and tested.

    Raises:
        UsageError: There is no such file, or the name is taken.
        BundleError: The file is damaged, hostile or of another format.
    """
    clear_unfinished(models_folder())
    with _members(source) as members:
        text = _description(source, members)
        described = parse_description(source, text)
        _refuse_other_files(source, described, members)
        called = described.name if name is None else name
        refuse_taken(called, may_replace=replace)
        target = models_folder() / called
        with writing(models_folder()), atomic_folder(target, overwrite=replace) as folder:
            _extract(source, described, members, folder)
            _refuse_unsafe_networks(source, folder, described.files)
            content = {**json.loads(text), "name": target.name}
            (folder / DESCRIPTION).write_text(json.dumps(content, indent=2) + "\n", "utf-8")
            _try_out(source, load_bundle(folder))
    return load_bundle(target)


@contextmanager
def _members(source: Path) -> Iterator[Mapping[str, _Member]]:
    """The files that an archive or folder claims to contain, by name. Raises UsageError."""
    with ExitStack() as stack:
        if source.is_dir():
            yield _folder_members(source)
        elif source.is_file():
            if source.stat().st_size > MAX_BYTES:
                raise _too_large(source)
            with _damage_named(source):
                archive = stack.enter_context(zipfile.ZipFile(source))
            yield _zip_members(source, archive)
        else:
            raise UsageError(
                f"There is no file {shown(source)}. Give a file that `catdog-sort models export` "
                "wrote, or the folder of a model."
            )


def _folder_members(source: Path) -> dict[str, _Member]:
    """List the files of a folder; refuses links, which could include any file of the disk."""
    files = [path for path in source.iterdir() if path.is_file() and not path.is_symlink()]
    wanted = [path for path in files if _is_allowed(path.name)]
    return {path.name: _Member(path.stat().st_size, partial(FileIO, path)) for path in wanted}


def _zip_members(source: Path, archive: zipfile.ZipFile) -> dict[str, _Member]:
    entries = archive.infolist()
    if len(entries) > _MAX_MEMBERS:
        raise _refusal(source, f"holds {len(entries):,} files")
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise _refusal(source, "holds two files of one name")
    for entry in entries:
        _refuse_odd_entry(source, entry)
    return {e.filename: _Member(e.file_size, partial(archive.open, e)) for e in entries}


def _refuse_odd_entry(source: Path, entry: zipfile.ZipInfo) -> None:
    what = f"holds {entry.orig_filename!r}, which"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise _refusal(source, f"{what} is a link or no file at all")
    if entry.filename != entry.orig_filename or not _is_allowed(entry.filename):
        raise _refusal(
            source, f"{what} is none of {DESCRIPTION} and weights named *{', *'.join(_WEIGHTS)}"
        )
    if entry.flag_bits & _ENCRYPTED:
        raise _refusal(source, f"{what} is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refusal(source, f"{what} is compressed in a way that is not used for models")


def _is_allowed(name: str) -> bool:
    """Accept only plain names, which stay in the folder, with suffixes of data files."""
    try:
        return name == DESCRIPTION or plain_name(name).endswith(_WEIGHTS)
    except UsageError:
        return False


def _description(source: Path, members: Mapping[str, _Member]) -> bytes:
    if DESCRIPTION not in members:
        raise _refusal(source, f"holds no {DESCRIPTION}")
    if sum(member.size_bytes for member in members.values()) > MAX_BYTES:
        raise _too_large(source)
    return b"".join(_chunks(source, members[DESCRIPTION], MAX_DESCRIPTION_BYTES))


def _refuse_other_files(
    source: Path, described: ModelBundle, members: Mapping[str, _Member]
) -> None:
    listed, held = set(described.files), set(members) - {DESCRIPTION}
    if missing := sorted(listed - held):
        raise _refusal(source, f"lacks {missing[0]!r}, which its {DESCRIPTION} lists")
    if not source.is_dir() and (extra := sorted(held - listed)):
        raise _refusal(source, f"holds {extra[0]!r}, which its {DESCRIPTION} does not list")
    if ONNX not in listed:
        raise _refusal(source, f"holds no {ONNX}")


def _extract(
    source: Path, described: ModelBundle, members: Mapping[str, _Member], folder: Path
) -> None:
    """Write the listed files into `folder` within the limit for all, and check each hash."""
    room_bytes = MAX_BYTES
    for name, expected in described.files.items():
        found = hashlib.sha256()
        with (folder / name).open("xb") as file:
            for chunk in _chunks(source, members[name], room_bytes):
                file.write(chunk)
                found.update(chunk)
                room_bytes -= len(chunk)
        if found.hexdigest() != expected:
            raise _refusal(source, f"holds {name!r} with a wrong SHA-256")


def _chunks(source: Path, member: _Member, max_bytes: int) -> Iterator[bytes]:
    """Read the bytes regardless of the claimed size. Raises BundleError beyond `max_bytes`."""
    with _damage_named(source), member.open() as file:
        while chunk := file.read(_CHUNK_BYTES):
            max_bytes -= len(chunk)
            if max_bytes < 0:
                raise _too_large(source)
            yield chunk


def _refuse_unsafe_networks(source: Path, folder: Path, names: Iterable[str]) -> None:
    """Refuse invalid networks before an engine opens them, with the name of the source."""
    for name in names:
        if name.endswith(".onnx") and (problem := network_file.problem(folder / name)):
            raise _refusal(source, f"holds {name!r}, which {shown(problem)}")


def _try_out(source: Path, bundle: ModelBundle) -> None:
    """Raise BundleError if the network does not match its description, or takes too long."""
    if problem := trial.problem(bundle):
        raise _refusal(source, f"holds a {ONNX} that {problem}")
    trial.remember(bundle)


@contextmanager
def _damage_named(source: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        reason = shown(str(error)) or "it ends too early"
        raise _refusal(source, f"is truncated or not a model ({reason})") from error


def _too_large(source: Path) -> BundleError:
    return _refusal(
        source,
        f"is larger than a model may be ({MAX_BYTES >> 20:,} MiB, of which "
        f"{MAX_DESCRIPTION_BYTES >> 20} MiB for {DESCRIPTION})",
    )


def _refusal(source: Path, reason: str) -> BundleError:
    return BundleError(
        f"{shown(source)} {reason}. Nothing was imported. Ask its author for the file again."
    )
