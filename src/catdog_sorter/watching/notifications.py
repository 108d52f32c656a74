"""File system notifications: the system reports that something in a folder may have changed.

A notification only says when to search. Others search the folder, so a lost or
superfluous one costs nothing but time.
"""

import logging
import os
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_sorter.errors import MissingExtra
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

# Their servers do not report what other computers change.
_NETWORK = frozenset(
    "nfs nfs4 cifs smb smb2 smb3 smbfs afs afpfs ncpfs 9p ceph davfs webdav glusterfs lustre "
    "virtiofs vboxsf prl_fs vmhgfs".split()
)

# watchdog logs to stderr when it ends.
logging.getLogger("watchdog").addHandler(logging.NullHandler())
# It warns when it starts to watch a new folder twice, which has no consequence.
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")


@contextmanager
def fs_notifications(
    top: Path,
    recursive: bool,
    outputs: Collection[Path],
    on_change: Callable[[Path], None],
    warn: Callable[[str], None],
) -> Iterator[bool]:
    """Call `on_change` with each real path where something may be new, in a thread of its own.

    Changes in the folders `outputs` are ignored. Yields whether notifications will come: where
    the system cannot send any, `warn` gets a sentence. Raises MissingExtra.
    """
    try:
        from watchdog import events
        from watchdog.observers import Observer
    except ImportError as error:
        raise MissingExtra(
            "Watching needs watchdog and psutil, which are not installed. Run `pip install "
            "'catdog-sorter[watch]'`, or use --poll."
        ) from error

    # Real paths: a link to a folder is not followed, and some systems report the real path.
    real_outputs = [Path(os.path.realpath(folder)) for folder in outputs]

    class Listener(events.FileSystemEventHandler):
        def on_any_event(self, event: "FileSystemEvent") -> None:
            path = Path(os.fsdecode(event.dest_path or event.src_path))
            if not any(path.is_relative_to(folder) for folder in real_outputs):
                on_change(path)

    # Without the events of opening and closing, which reading causes too, and of deleting.
    arriving: list[type[FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileMovedEvent,
        events.FileClosedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
    ]
    observer = Observer()
    try:
        real_top = os.path.realpath(top)
        observer.schedule(Listener(), real_top, recursive=recursive, event_filter=arriving)
        observer.start()
    except OSError as error:  # the number of folders that may be watched is limited
        warn(
            f"The system cannot report changes in {shown(top)} ({error.strerror}), so it is "
            "polled instead."
        )
        yield False
        return
    try:
        yield True
    finally:
        observer.stop()
        observer.join()


def is_on_network(folder: Path) -> bool:
    """Whether the folder is on another computer, according to the system."""
    try:
        import psutil
    except ImportError:  # the extra is not installed; `fs_notifications` says so
        return False
    real = Path(os.path.realpath(folder))
    if real.drive.startswith("\\\\"):
        return True
    # Of several file systems mounted at one place, the last one is visible.
    mounts = [m for m in psutil.disk_partitions(all=True) if real.is_relative_to(m.mountpoint)]
    if not mounts:
        return False
    deepest = max(len(Path(m.mountpoint).parts) for m in mounts)
    mount = [m for m in mounts if len(Path(m.mountpoint).parts) == deepest][-1]
    kind = mount.fstype.lower()
    return kind in _NETWORK or kind.startswith("fuse.") or "remote" in mount.opts.split(",")
