"""Shows the plan of a sort before it is applied, as pictures by folder, with its options.

Does not decide where photos go: it returns the plan on show, without the unticked photos.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.dialogs.plan_columns import Destination, PlanColumns
from catdog_sorter.gui.i18n import file_size, files, grouped, label_word, photos, tr
from catdog_sorter.gui.panels import named_problems
from catdog_sorter.gui.photos.preview import LABEL_KEYS
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.widgets import (
    FlowLayout,
    TickBox,
    button,
    fit_to_screen,
    labelled,
    named,
    set_text,
)
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import UNREADABLE, Label
from catdog_sorter.moving.late import LatePlan
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import GroupMove, Plan, Reason
from catdog_sorter.moving.sort import References
from catdog_sorter.moving.tagging import KEYWORDS
from catdog_sorter.text import shown

Index = QModelIndex | QPersistentModelIndex
_NARROW_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Scene:
    """The context of a plan in the window.

    Attributes:
        waiting: Number of photos that are not classified yet.
        selected: Number of selected photos; 0 where selecting makes no difference.
        folders: Where photos were found; paths are shown relative to these.
        catalogs: Folders of which another program keeps a database.
        has_links: Whether symbolic links lead to photos.
        left_out: Sentences on folders and files that were left alone.
        managed: Folders of which a program keeps a database, and that program.
    """

    waiting: int = 0
    selected: int = 0
    folders: Sequence[Path] = ()
    catalogs: Sequence[Path] = ()
    has_links: bool = False
    left_out: Sequence[str] = ()
    managed: Mapping[Path, str] = field(default_factory=dict)

    def relative(self, path: Path) -> str:
        """The path relative to the folder it was found in; absolute if it is elsewhere."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                return shown(Path(folder.name) / path.relative_to(folder))
        return shown(path)


class MovesModel(QAbstractTableModel):
    """The moves of a plan: label, from, to."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene
        self._rows: list[tuple[str, Path, Path]] = []

    def show_plan(self, plan: Plan) -> None:
        """Show the moves of this plan."""
        self.beginResetModel()
        self._rows = [(_word(g), m.source, m.target) for g in plan.groups for m in g.moves]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 3

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("label"), tr("from"), tr("to"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, source, target = self._rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (label, shown(source), shown(target))[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            relative = self._scene.relative
            return (label, relative(source), relative(target))[index.column()]
        return None


class PlanDialog(QDialog):
    """Asks before photos move.

    Signals:
        asked: Requests a plan for other `Preferences`, or for the selected photos.
        agreed: Carries the `Plan` to apply and its `Preferences`.
        relabelled: The path of a photo that was dragged to another folder, and its Label.
    """

    asked = Signal(object)
    agreed = Signal(object, object)
    relabelled = Signal(object, object)

    def __init__(
        self,
        preferences: Preferences,
        parent: QWidget,
        thumbnails: Thumbnails | None = None,
        scene: Scene | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sort"))
        self.preferences = preferences
        self.scene = scene or Scene()
        self.plan: Plan | None = None
        self.asked_for: messages.MakePlan | None = None
        self._planned: messages.Planned | None = None
        self._totals = QLabel(tr("Planning …"), wordWrap=True)
        self._totals.setTextFormat(Qt.TextFormat.PlainText)
        self.warnings = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.warnings.setObjectName("warning")
        self.moves = MovesModel(self.scene)
        self.table = _table(self.moves)
        self.columns = PlanColumns(thumbnails, self.scene.relative)
        self.columns.changed.connect(self._show_chosen)
        self.columns.relabelled.connect(self.relabelled)
        self._views = QStackedWidget()
        self._views.addWidget(self.columns)
        self._views.addWidget(self.table)
        self.go = button(tr("Move"), primary=True)
        self.go.setEnabled(False)
        self.go.setDefault(True)
        self.cancel = button(tr("Cancel"))
        self.go.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        self.hint = self._hint()
        row.addWidget(self.hint, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.addLayout(self._choosers())
        column.addWidget(self._totals)
        column.addWidget(self.warnings)
        column.addWidget(self._views, 1)
        column.addLayout(row)
        self.warnings.hide()
        fit_to_screen(self, 900, 620)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make room for the pictures in a narrow dialog."""
        self.hint.setVisible(event.size().width() >= _NARROW_WIDTH)
        super().resizeEvent(event)

    def _hint(self) -> QLabel:
        keys = ", ".join(LABEL_KEYS.values())
        words = tr(
            "Nothing has been moved yet. A click or Space leaves a photo out; drag it to another "
            "column, or press {keys}, to correct it."
        )
        hint = QLabel(words.format(keys=keys), wordWrap=True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return hint

    def _choosers(self) -> FlowLayout:
        self.mode = named(QComboBox(), tr("What to do"))
        for mode in Mode:
            self.mode.addItem(tr(mode.words.choice), mode)
        self.mode.setCurrentIndex(self.mode.findData(self.preferences.mode))
        self.target = named(QComboBox(), tr("Where"))
        self.target.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.target.setMinimumContentsLength(30)
        self.target.addItem(tr("in the folder you added"), None)
        if self.preferences.into is not None:
            self._add_target(self.preferences.into)
        self.target.addItem(tr("in another folder …"), "choose")
        self.flat = TickBox(tr("without sub-folders"))
        self.flat.setChecked(self.preferences.flat)
        self.only_selected = TickBox(
            tr("only the {photos} selected").format(photos=photos(self.scene.selected))
        )
        self.only_selected.setVisible(self.scene.selected > 0)
        self.break_catalogs = TickBox(tr("also photos another program keeps a database of"))
        self.break_catalogs.setToolTip(
            tr("That program will no longer find photos that are moved: {folders}").format(
                folders=", ".join(map(shown, self.scene.catalogs))
            )
        )
        self.break_links = TickBox(tr("also photos that links lead to"))
        self.break_links.setToolTip(tr("Links to photos that are moved will break."))
        self.with_late = TickBox()
        self.with_late.setChecked(True)
        self.with_late.hide()
        self.with_late.toggled.connect(self._show_chosen)
        self.as_list = TickBox(tr("as a list"))
        self.mode.currentIndexChanged.connect(self._changed)
        self.target.activated.connect(self._target_chosen)
        self.flat.toggled.connect(self._changed)
        for part in (self.only_selected, self.break_catalogs, self.break_links):
            part.toggled.connect(self._changed)
        self.as_list.toggled.connect(lambda on: self._views.setCurrentIndex(int(on)))
        row = FlowLayout(spacing=8)
        row.addWidget(labelled(tr("What to do"), self.mode))
        self._where = labelled(tr("Where"), self.target)
        row.addWidget(self._where)
        for part in (
            *(self.flat, self.only_selected, self.break_catalogs, self.break_links),
            *(self.with_late, self.as_list),
        ):
            row.addWidget(part)
        self._show_options()
        return row

    def _show_options(self) -> None:
        """Offer the options of this mode: keywords have no target, and only moves break links."""
        mode = self.preferences.mode
        for part in (self._where, self.flat):
            part.setVisible(mode is not Mode.TAG)
        self.break_catalogs.setVisible(mode is Mode.MOVE and bool(self.scene.catalogs))
        self.break_links.setVisible(mode is Mode.MOVE and self.scene.has_links)

    def staying(self, known: References) -> References:
        """Return the references that keep photos in place, given the current choices."""
        if self.preferences.mode is not Mode.MOVE:
            return References()
        return References(
            {} if self.break_links.isChecked() else known.links,
            frozenset() if self.break_catalogs.isChecked() else known.catalogs,
        )

    def set_target(self, folder: Path) -> None:
        """Make the label folders in this folder."""
        self._add_target(folder)
        self._changed()

    def _add_target(self, folder: Path) -> None:
        place = self._place_of(folder)
        if place < 0:
            place = max(0, self.target.count() - 1) if self.target.count() > 1 else 1
            self.target.insertItem(place, tr("in {folder}").format(folder=shown(folder)), folder)
        self.target.setCurrentIndex(place)

    def _place_of(self, folder: Path | None) -> int:
        """Return the index of this folder in the box; -1 if it is not offered."""
        places = range(self.target.count())
        return next((place for place in places if self.target.itemData(place) == folder), -1)

    def _target_chosen(self) -> None:
        if self.target.currentData() != "choose":
            self._changed()
            return
        # Until another folder is chosen, the box shows the present one.
        self.target.setCurrentIndex(self._place_of(self.preferences.into))
        start = self.preferences.into or next(iter(self.scene.folders), Path.home())
        picker = QFileDialog(self, tr("Where to make the folders"), str(start))
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.fileSelected.connect(lambda name: self.set_target(Path(name)))
        picker.open()

    def _changed(self) -> None:
        into = self.target.currentData()
        self.preferences = replace(
            self.preferences,
            mode=Mode(self.mode.currentData()),
            into=into if isinstance(into, Path) else None,
            flat=self.flat.isChecked(),
        )
        self.ask_again()

    def ask_again(self) -> None:
        """Request a plan with the current choices."""
        self._show_options()
        self.go.setEnabled(False)
        self._totals.setText(tr("Planning …"))
        self.asked.emit(self.preferences)

    def show_planned(self, planned: messages.Planned) -> None:
        """Show a plan."""
        self._planned = planned
        late = _size(planned.late)
        self.with_late.setText(tr("late companions too ({files})").format(files=files(late)))
        self.with_late.setVisible(late > 0)
        self.plan = planned.plan
        self.columns.show_plan(planned.plan, self._destinations())
        lists = [column.list for column in self.columns.columns.values()]
        for before, after in pairwise([self.as_list, *lists, self.table, self.cancel, self.go]):
            self.setTabOrder(before, after)
        self._show_chosen()

    def _destinations(self) -> Mapping[Label, Destination]:
        if self.preferences.mode is Mode.TAG:
            return {label: Destination(keywords=words) for label, words in KEYWORDS.items()}
        return {label: Destination(name) for label, name in self.preferences.folders.items()}

    def _show_chosen(self) -> None:
        """Show the plan without the unticked photos."""
        assert self._planned is not None
        whole = self._planned.plan
        unticked = self.columns.unticked
        groups = [group for group in whole.groups if group.moves[0].source not in unticked]
        late = self._planned.late if self.with_late.isChecked() else LatePlan()
        planned = replace(self._planned, plan=Plan(groups, whole.skips), late=late)
        self.plan = Plan([*groups, *late.groups], whole.skips)
        self.moves.show_plan(self.plan)
        words = described(planned, self.preferences, self.scene.waiting, len(unticked))
        self._totals.setText("\n".join([words, *self.scene.left_out]))
        self._warn()
        number = photos(len(groups)) if groups or not late.groups else files(_size(late))
        do = tr(self.preferences.mode.words.verb)
        set_text(self.go, tr("{do} {photos}").format(do=do, photos=number))
        self.go.setEnabled(bool(self.plan.groups))
        if self.plan.groups and not self.columns.has_focus():
            self.go.setFocus()

    def _warn(self) -> None:
        text = tr("Too little room in {folder}: {needed} are needed, {free} are free.")
        lines = [
            text.format(
                folder=shown(shortage.folder),
                needed=file_size(shortage.needed_bytes),
                free=file_size(shortage.free_bytes),
            )
            for shortage in (self._planned.shortages if self._planned else ())
        ]
        if self.preferences.mode is Mode.MOVE:
            said = tr(
                "{program} keeps a database of {folder}, and would miss photos that are moved. "
                "Copying, or writing keywords, leaves it intact."
            )
            lines += [
                said.format(program=program, folder=self.scene.relative(folder))
                for folder, program in self.scene.managed.items()
            ]
        if self.break_catalogs.isVisibleTo(self) and self.break_catalogs.isChecked():
            lines.append(self.break_catalogs.toolTip())
        if self.break_links.isVisibleTo(self) and self.break_links.isChecked():
            lines.append(self.break_links.toolTip())
        self.warnings.setText("\n".join(lines))
        self.warnings.setVisible(bool(lines))

    def _agree(self) -> None:
        if self.plan is not None:
            self.accept()
            self.agreed.emit(self.plan, self.preferences)


def described(
    planned: messages.Planned, preferences: Preferences, waiting: int = 0, unticked: int = 0
) -> str:
    """Summarise a plan: how many photos of each label go where, and why the others stay.

    Args:
        planned: The plan, without what was unticked.
        preferences: Names the folders.
        waiting: Number of photos that are not classified yet.
        unticked: Number of photos that were taken out of the plan.
    """
    plan = planned.plan
    moving = Counter(group.label for group in plan.groups)
    is_tagging = preferences.mode is Mode.TAG
    going = (
        tr("{label}: {photos}, {keywords}") if is_tagging else tr("{label}: {photos} to “{folder}”")
    )
    parts = [
        going.format(
            photos=photos(number),
            label=label_word(label),
            folder=shown(preferences.folders.get(label, "")),
            keywords=", ".join(KEYWORDS.get(label, ())),
        )
        for label in Label
        if (number := moving[label])
    ]
    lines = [", ".join(parts)] if parts else []
    if is_tagging:
        lines.insert(
            0, tr("The photos stay where they are; keywords are written beside them (XMP).")
        )
    companions = sum(len(group.moves) - 1 for group in plan.groups)
    if companions:
        lines.append(tr("With {n} companion files").format(n=grouped(companions)))
    if planned.late.groups:
        late = tr("Files that arrived later go to their photos, which were sorted earlier: {files}")
        lines.append(late.format(files=files(_size(planned.late))))
    reasons = Counter(skip.reason for skip in plan.skips)
    stays = {_why(reason, preferences.mode): reasons[reason] for reason in Reason}
    stays[tr(UNREADABLE)] = planned.totals.unreadable
    stays[tr("unticked")] = unticked
    left = [f"{grouped(number)} {words}" for words, number in stays.items() if number]
    if left:
        lines.append(tr("Not sorted: {list}").format(list="; ".join(left)))
    lines += named_problems(
        [
            (path, tr("a link leads here: {link}").format(link=shown(link)))
            for path, link in planned.linked
        ]
    )
    lines += named_problems([(failed.path, failed.reason) for failed in planned.refused])
    lines += named_problems(
        [
            (path, tr("its photo was sorted earlier, and is gone or changed since"))
            for path in planned.late.stuck
        ]
    )
    if waiting:
        lines.append(tr("Not classified yet: {photos}").format(photos=photos(waiting)))
    return "\n".join(lines) or tr("There is nothing to sort.")


def _size(late: LatePlan) -> int:
    return sum(len(group.moves) for group in late.groups)


def _word(group: GroupMove) -> str:
    return tr("arrived later") if group.is_late else label_word(group.label)


def _why(reason: Reason, mode: Mode) -> str:
    if mode is Mode.TAG and reason is Reason.IN_PLACE:
        return tr("have these keywords already")
    return tr(reason.words)


def _table(model: QAbstractTableModel) -> QTreeView:
    table = named(QTreeView(), tr("What goes where"))
    table.setModel(model)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setAlternatingRowColors(True)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    header = table.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(0, 90)
    return table
