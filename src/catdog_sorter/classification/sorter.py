"""The public sorter: plans a sort, carries it out, and undoes it.

Uses the same code and journal as `catdog-sort`, so the two can be mixed.
"""

import os
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.classification.classifier import Classifier
from catdog_sorter.classification.corrections import corrected, load_corrections
from catdog_sorter.closeable import Closeable
from catdog_sorter.decoding.video import require
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, Unreadable, is_folder_name
from catdog_sorter.moving.journal import Run, open_journal
from catdog_sorter.moving.late import LateFiles, LatePlan, late_files, plan_late
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
from catdog_sorter.moving.plan import GroupMove, Plan, Skip
from catdog_sorter.moving.session import MovingSession
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, References, Sorting, Totals, plan_sorting
from catdog_sorter.moving.tagging import plan_tags
from catdog_sorter.photos.find import Scope, find_photos
from catdog_sorter.photos.left_alone import Survey
from catdog_sorter.storage.spool import Spool

AnyPath = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class SortPlan:
    """The plan of a sort, before anything is moved; pass it to `Sorter.apply`.

    The collections can be iterated again and again; large ones are stored in temporary files.

    Attributes:
        verdicts: The result for each photo, in the order of the search.
        groups: The photos to sort with their companions; a group moves as a whole or not at all.
        skips: The photos that stay where they are, and why.
        late: In mode "move", files that arrived after their photo was sorted, and follow it.
        stuck: Such files that stay because their photo is no longer where it was sorted to.
        failed: In mode "tag", the photos whose sidecar cannot be changed.
        mode: What happens to the photos of `groups`.
        unreadable: How many of the verdicts are `Unreadable`.
    """

    verdicts: Collection[Prediction | Unreadable]
    groups: Collection[GroupMove]
    skips: Collection[Skip]
    late: Collection[GroupMove]
    stuck: Collection[Path]
    failed: Collection[MoveFailed]
    mode: Mode
    unreadable: int

    @property
    def totals(self) -> Totals:
        """A new count of the photos, in which all photos to be sorted still count as left."""
        return Totals.of(Plan(self.groups, self.skips), self.unreadable)


class Sorter(Closeable):
    """Sorts photos into a folder for each label, or writes keywords into their sidecars.

    A sorter behaves as `catdog-sort sort`: the user's corrections take precedence over the model,
    every move is recorded in the journal first, and only one run may move photos at a time. It
    ignores settings files and the answer cache. Use it in a `with` block, or `close` it, to end the
    worker processes.

    Args:
        classifier: Classifies the photos; it stays open. None opens the model in use with the
            first plan.
        into: The parent folder of the labels' folders; None for the folder in which each photo
            was found.
        folders: Folder names by label; photos of other labels stay where they are.
        flat: Drop the sub-folders of the photos.
        mode: "move", "copy", "hardlink", "symlink", "relative symlink", or "tag", which leaves the
            photos where they are and writes keywords into XMP sidecars.

    Raises:
        UsageError: An unknown mode or label, a folder name outside the target folder, or folders
            with mode "tag".
    """

    def __init__(
        self,
        classifier: Classifier | None = None,
        *,
        into: AnyPath | None = None,
        folders: Mapping[str, str] | None = None,
        flat: bool = False,
        mode: str = Mode.MOVE,
    ) -> None:
        self._classifier = classifier
        self._owned: Classifier | None = None
        self._mode = _checked_mode(mode)
        if self._mode is Mode.TAG and (into is not None or folders is not None or flat):
            raise UsageError('mode="tag" makes no folders, so leave out into, folders and flat.')
        names = DEFAULT_FOLDERS if folders is None else _checked_folders(folders)
        self._sorting = Sorting(names, None if into is None else Path(into), flat)
        self._sorting.check()

    def close(self) -> None:
        """End the worker processes, unless the classifier was passed in."""
        if self._owned is not None:
            self._owned.close()
            self._owned = None

    def plan(
        self,
        paths: Iterable[AnyPath],
        *,
        recursive: bool = True,
        include_hidden: bool = False,
        exclude: Iterable[str] = (),
        break_links: bool = False,
        break_catalogs: bool = False,
        videos: bool = False,
        on_verdict: Callable[[Prediction | Unreadable], object] | None = None,
    ) -> SortPlan:
        """Find photos, classify them on every core and plan where they go. Sorts nothing.

        Finishes a run that was killed, which may restore the rest of an interrupted group.

        Args:
            paths: Folders and files; photos in an output folder count as sorted already.
            recursive: Include sub-folders.
            include_hidden: Include hidden files and folders.
            exclude: Patterns of files to leave out, as in a .gitignore, relative to `paths`.
            break_links: Also move photos that symbolic links lead to, which breaks the links.
            break_catalogs: Also move photos in another program's database, which will then miss
                them.
            videos: Sort videos too; needs the extra `video`.
            on_verdict: Called with each verdict as soon as it is known, to show progress.

        Returns:
            The plan.

        Raises:
            UsageError: A path does not exist.
            BundleError: The model is damaged, or the network cannot run.
            CatdogError: Another run is moving photos, or a database cannot be used.
            MissingExtra: The extra `video` is not installed.
        """
        if videos:
            require()
        tops = [Path(path) for path in paths]
        survey = Survey()
        scope = Scope(recursive, include_hidden, tuple(exclude), videos=videos)
        with MovingSession():
            pass  # finishes interrupted runs: planning before that could split a group permanently
        is_tagging = self._mode is Mode.TAG
        skip = (lambda folder: False) if is_tagging else self._sorting.is_sorted(tops)
        found = Spool(find_photos(tops, scope, skip=skip, survey=survey))
        late = LateFiles()
        if self._mode is Mode.MOVE:
            with open_journal() as journal:
                late = late_files(found, survey.orphans, journal, scope.grouping)
        if late.pictures:
            found = Spool(item for item in found if item.path not in late.pictures)
        verdicts = Spool[Prediction | Unreadable]()
        unreadable = 0

        def classified() -> Generator[Prediction | Unreadable, None, None]:
            nonlocal unreadable
            results = corrected(self._opened().classify_found(found), load_corrections())
            with closing(results):
                for result in results:
                    verdicts.append(result)
                    unreadable += isinstance(result, Unreadable)
                    if on_verdict is not None:
                        on_verdict(result)
                    yield result

        with closing(classified()) as results:
            if is_tagging:
                plan, failed = plan_tags(found, results)
            else:
                references = References()
                if self._mode is Mode.MOVE:
                    references = References.of(survey, break_links, break_catalogs)
                plan = plan_sorting(found, results, self._sorting, references)
                failed = Spool[MoveFailed]()
        following = LatePlan()
        if late.files:
            with open_journal() as journal:
                following = plan_late(late.files, journal, scope.grouping)
        return SortPlan(
            verdicts,
            plan.groups,
            plan.skips,
            following.groups,
            following.stuck,
            failed,
            self._mode,
            unreadable,
        )

    def apply(
        self, plan: SortPlan, *, command: str = "catdog_sorter.Sorter"
    ) -> Generator[Moved | MoveFailed, None, None]:
        """Carry out a plan. Photos move only while the result is iterated.

        To stop, stop iterating and `close` the generator: every file is then at one of its two
        places, and `undo` restores the files that were moved.

        Args:
            plan: A plan of this or of another sorter.
            command: The command line that the history shows for the run.

        Yields:
            One outcome for each group of the plan, in its order, and then for each of `late`. A
            photo that cannot be moved yields a `MoveFailed`; the others are moved.

        Raises:
            CatdogError: Another run is moving photos, or the journal cannot be used.
        """
        with MovingSession() as session:
            if not plan.groups:
                session.note_empty_run(plan.mode, command)
            moves = Plan(plan.groups, plan.skips)
            with closing(session.apply(moves, plan.mode, command)) as outcomes:
                yield from outcomes
            if plan.late:
                following = session.apply(
                    Plan(plan.late, ()), plan.mode, command, resumed=session.runs()[0]
                )
                with closing(following) as outcomes:
                    yield from outcomes

    def undo(self, run: int | None = None) -> Generator[Restored | NotRestored, None, None]:
        """Restore the files of a run. They move only while the result is iterated.

        Args:
            run: Number of the run; None for the last one, even if it moved nothing.

        Yields:
            One outcome for each file. A file that was changed, moved or deleted since is left
            alone and yields a `NotRestored`; the others are restored.

        Raises:
            UsageError: There is no such run, or nothing of it is left to restore.
            CatdogError: Another run is moving photos, or the journal cannot be used.
        """
        with MovingSession() as session, closing(session.undo(run)) as outcomes:
            yield from outcomes

    def history(self) -> list[Run]:
        """List the runs, including those of `catdog-sort` and of the window.

        Returns:
            The runs, the latest first.

        Raises:
            CatdogError: The journal cannot be read.
        """
        with open_journal() as journal:
            return journal.runs()

    def _opened(self) -> Classifier:
        if self._classifier is not None:
            return self._classifier
        if self._owned is None:
            self._owned = Classifier()
        return self._owned


def _checked_mode(mode: str) -> Mode:
    try:
        return Mode(mode)
    except ValueError:
        raise UsageError(f"There is no mode {mode}. Choose {', '.join(Mode)}.") from None


def _checked_folders(folders: Mapping[str, str]) -> dict[Label, str]:
    for label, name in folders.items():
        if label not in list(Label):
            raise UsageError(f"There is no label {label}. Choose from {', '.join(Label)}.")
        if not is_folder_name(name):
            raise UsageError(
                f"{name!r} is not the name of a folder below the target folder. Choose another "
                "name, and name the target folder by into."
            )
    return {Label(label): name for label, name in folders.items()}
