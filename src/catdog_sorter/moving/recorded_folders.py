"""Checks that undo uses the same folders as the run, and not others of the same name.

Reads the journal and the disk; changes nothing.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from catdog_sorter.file_identity import FolderAnchor, FolderId
from catdog_sorter.moving.journal import Entry, Journal
from catdog_sorter.moving.places import Folders, UnsafeTransfer, anchor_of, folder_id, is_folder
from catdog_sorter.text import shown


def folder_ids(folders: Iterable[Path]) -> dict[Path, FolderId]:
    """The ids of these folders and their parents, as far as they exist."""
    paths = {path for folder in folders for path in (folder, *folder.parents)}
    return {path: known for path in paths if (known := folder_id(path))}


def run_folders(journal: Journal, run_id: int) -> Folders:
    """The folders of a run, opened only if they are still the same.

    A recorded folder that is gone and has to be made anew is forgotten first.
    """

    def forget(folder: Path) -> None:
        journal.replace_folder_ids(run_id, {folder: None})

    return Folders(RecordedFolders(journal, run_id).anchor, forget)


class RecordedFolders:
    """The folders of one run, as they were at the time of the run."""

    def __init__(self, journal: Journal, run_id: int) -> None:
        self._journal, self._run_id = journal, run_id

    def anchor(self, folder: Path) -> FolderAnchor:
        """The folder, or the nearest recorded one above it that exists; nothing below is a link.

        Raises:
            UnsafeTransfer: Another folder is there now, or its drive is not connected.
        """
        missing: FolderId | None = None
        for path, known in self._journal.folder_ids_above(self._run_id, folder):
            now = folder_id(path)
            if now is None:
                missing = missing or known
                continue
            if missing and missing.volume != known.volume:
                raise UnsafeTransfer(
                    f"The drive with '{shown(folder)}' is not connected. Connect it and try again."
                )
            with suppress(OSError):
                status = os.stat(path)
                if is_folder(status, now, known):
                    return FolderAnchor(len(path.parts), status.st_dev, status.st_ino)
            raise UnsafeTransfer(
                f"The folder '{shown(path)}' is not the folder that run {self._run_id} used, or "
                "its drive is not connected, so its photos were left alone. To use it all the "
                f"same, run `catdog-sort undo {self._run_id} --moved "
                f"'{shown(path)}={shown(path)}'`."
            )
        return anchor_of(folder)

    def obstacle(self, entry: Entry) -> str | None:
        """Return why a file cannot be moved back from its target; None if it can."""
        try:
            self.anchor(entry.target.parent)
            self.anchor(entry.source.parent)
        except UnsafeTransfer as error:
            return str(error)
        return None
