"""The menus and keys of the window, in one table. Decides which key calls which function."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

from catdog_sorter.gui.dialogs.keys import KeysDialog
from catdog_sorter.gui.i18n import label_word, tr
from catdog_sorter.gui.layout import WindowLayout
from catdog_sorter.gui.photos.preview import LABEL_KEYS, MODEL_KEY, PhotoPanel
from catdog_sorter.gui.photos.review import HEAT_KEY
from catdog_sorter.gui.sorting import SortController
from catdog_sorter.labels import Label

Keys = str | QKeySequence.StandardKey | None


class Commands(Protocol):
    """The functions that actions call; the window implements them."""

    @property
    def panel(self) -> PhotoPanel: ...
    def choose_folder(self) -> None: ...
    def choose_photos(self) -> None: ...
    def paste(self) -> None: ...
    def look_again(self) -> None: ...
    def open_settings(self) -> None: ...
    def save_report(self) -> None: ...
    def open_watch(self) -> None: ...
    def undo(self) -> None: ...
    def select_all(self) -> None: ...
    def find_by_name(self) -> None: ...
    def open_corrections(self) -> None: ...
    def open_learn(self) -> None: ...
    def correct(self, label: Label | None) -> None: ...
    def step(self, by: int) -> bool: ...
    def open_photo(self) -> None: ...
    def show_in_folder(self) -> None: ...
    def copy_paths(self) -> None: ...
    def start_review(self) -> None: ...
    def close_review(self) -> None: ...
    def toggle_full_screen(self) -> None: ...


class Actions:
    """All actions of a window, in its menu bar; `label` and `photo` are those of the photos."""

    def __init__(
        self,
        window: WindowLayout,
        commands: Commands,
        sorting: SortController,
        steps: QUndoStack,
    ) -> None:
        self._window, self._commands = window, commands
        self._sorting, self._steps = sorting, steps
        self._all: list[QAction] = []
        bar = window.menuBar()
        self._fill_file(bar.addMenu(tr("&File")))
        self._fill_edit(bar.addMenu(tr("&Edit")))
        self.label = self._labels(bar.addMenu(tr("&Photo")))
        self._fill_view(bar.addMenu(tr("&View")))
        self._fill_help(bar.addMenu(tr("&Help")))

    def _add(
        self, menu: QMenu, text: str, keys: Keys, act: Callable[[], object], *only_in: QWidget
    ) -> QAction:
        """Add an action; `only_in`: its key holds only while one of these has the focus."""
        action = QAction(text, self._window)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: act())
        menu.addAction(action)
        if only_in:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        # The menu bar may be hidden, in full screen, and its keys go with it.
        for part in only_in or (self._window,):
            part.addAction(action)
        self._all.append(action)
        return action

    def _fill_file(self, menu: QMenu) -> None:
        window, does = self._window, self._commands
        self._add(menu, tr("Add a folder …"), "Ctrl+Shift+O", does.choose_folder)
        self._add(menu, tr("Add photos …"), "Ctrl+O", does.choose_photos)
        self._add(menu, tr("Paste"), QKeySequence.StandardKey.Paste, does.paste)
        self._add(menu, tr("Look again"), "Ctrl+R", does.look_again)
        self._add(menu, tr("Clear the window"), None, window.clear.click)
        menu.addSeparator()
        self._add(menu, tr("Sort …"), "Ctrl+Return", self._sorting.open_plan)
        self._add(menu, tr("Watch a folder …"), None, does.open_watch)
        self._add(menu, tr("Save report …"), "Ctrl+S", does.save_report)
        self._add(menu, tr("History …"), "Ctrl+H", self._sorting.open_history)
        self._add(menu, tr("Settings …"), "Ctrl+,", does.open_settings)
        menu.addSeparator()
        self._add(menu, tr("Quit"), "Ctrl+Q", window.close)

    def _fill_edit(self, menu: QMenu) -> None:
        does = self._commands
        self.undo = self._add(menu, tr("Undo"), QKeySequence.StandardKey.Undo, does.undo)
        self.redo = self._add(menu, tr("Redo"), None, self._steps.redo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._add(menu, tr("Select all photos"), "Ctrl+A", does.select_all)
        self._add(menu, tr("Search by name"), "Ctrl+F", does.find_by_name)
        menu.addSeparator()
        self._add(menu, tr("Corrections …"), None, does.open_corrections)
        self._add(menu, tr("Learn from corrections …"), None, does.open_learn)
        self._steps.undoTextChanged.connect(
            lambda text: self.undo.setText(
                tr("Undo {step}").format(step=text) if text else tr("Undo")
            )
        )

    def _labels(self, menu: QMenu) -> list[QAction]:
        window, does = self._window, self._commands
        parts = window.grid, window.preview, window.review
        made = [
            self._add(
                menu,
                tr("Label: {label}").format(label=label_word(label)),
                key,
                lambda label=label: does.correct(label),  # type: ignore[misc]
                *parts,
            )
            for label, key in LABEL_KEYS.items()
        ]
        made.append(
            self._add(menu, tr("Model's label"), MODEL_KEY, lambda: does.correct(None), *parts)
        )
        menu.addSeparator()
        self._add(menu, tr("Next photo"), "Ctrl+Right", lambda: does.step(1))
        self._add(menu, tr("Previous photo"), "Ctrl+Left", lambda: does.step(-1))
        menu.addSeparator()
        self.photo = [
            self._add(menu, tr("Open in its own program"), None, does.open_photo),
            self._add(menu, tr("Show in its folder"), None, does.show_in_folder),
            self._add(menu, tr("Copy path"), "Ctrl+Shift+C", does.copy_paths),
        ]
        return made

    def _fill_view(self, menu: QMenu) -> None:
        window, does = self._window, self._commands
        self._add(menu, tr("Review, least sure first"), "F5", does.start_review)
        self._add(menu, tr("Back to all photos"), "Escape", does.close_review, window.review)
        self._add(menu, tr("Full screen"), "F11", does.toggle_full_screen)
        menu.addSeparator()
        self._add(menu, tr("Zoom in"), "Ctrl++", lambda: does.panel.view.zoom_by(1))
        self._add(menu, tr("Zoom out"), "Ctrl+-", lambda: does.panel.view.zoom_by(-1))
        self._add(menu, tr("Fit the picture"), "Ctrl+0", lambda: does.panel.view.set_zoom(1))
        self._add(
            menu,
            tr("Every pixel (100%)"),
            "Z",
            lambda: does.panel.view.toggle_actual_size(),  # noqa: PLW0108 (the panel changes)
            *(window.grid, window.preview, window.review),
        )
        self._add(
            menu, tr("Where the model looks"), HEAT_KEY, window.review.heat.toggle, window.review
        )

    def _fill_help(self, menu: QMenu) -> None:
        self._add(menu, tr("Keys"), "F1", self.show_keys)

    def show_keys(self) -> None:
        """Show all keys in a dialog."""
        lines = [
            (", ".join(key.toString(key.SequenceFormat.NativeText) for key in keys), action.text())
            for action in self._all
            if (keys := action.shortcuts())
        ]
        walk = tr("in the review")
        lines += [
            (f"←, →, {tr('Space')}", f"{tr('Previous photo')}, {tr('Next photo')} ({walk})"),
            (tr("Enter"), tr("Open the photo large, and back")),
        ]
        dialog = KeysDialog(lines, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
