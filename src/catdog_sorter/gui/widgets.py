"""Small widgets that all parts of the window share. They show and emit signals."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QWidget,
)

from catdog_sorter.gui.icons import icon

_TOAST_MS = 8_000
_MARGIN = 24
_TOAST_ROOM = 20
WidgetT = TypeVar("WidgetT", bound=QWidget)


def draw_fitted(painter: QPainter, pixmap: QPixmap, place: QRect) -> None:
    """Draw a picture as large as fits into `place`, in its middle."""
    size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(place.topLeft(), size)
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, pixmap)


def table_of(name: str, headers: Sequence[str]) -> QTreeWidget:
    """A table of rows, called `name` by screen readers, whose last column takes what is left."""
    table = named(QTreeWidget(), name)
    table.setRootIsDecorated(False)
    table.setAlternatingRowColors(True)
    table.setHeaderLabels(headers)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.header().setStretchLastSection(True)
    return table


def named(part: WidgetT, name: str) -> WidgetT:
    """Set the widget's name for screen readers, and return the widget."""
    part.setAccessibleName(name)
    return part


def button(text: str, tip: str = "", *, primary: bool = False, shows: str = "") -> QPushButton:
    """A button with its text and tool tip for screen readers; `shows` names its icon."""
    made = QPushButton(text)
    if shows:
        made.setIcon(icon(shows, on_accent=primary))
    made.setToolTip(tip)
    made.setAccessibleName(text.replace("&", ""))
    made.setAccessibleDescription(tip)
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    return made


def compact(made: QPushButton) -> QPushButton:
    """The button with less padding, for rows that have to fit a small window."""
    made.setProperty("compact", True)
    return made


def set_text(made: QPushButton, text: str) -> None:
    """Change a button's text, for the eye and for screen readers."""
    made.setText(text)
    made.setAccessibleName(text)


def announce(part: QWidget, text: str) -> None:
    """Make screen readers say the text, which `part` shows."""
    if part.accessibleName() != text:
        part.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.NameChanged))
        if hasattr(QAccessible.Event, "Announcement"):
            from PySide6.QtGui import QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, text))


def labelled(text: str, part: QWidget) -> QWidget:
    """The widget with a text before it, which screen readers take for its name."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    label = QLabel(text)
    label.setBuddy(part)
    row.addWidget(label)
    row.addWidget(part)
    return both


def fit_to_screen(dialog: QDialog, width: int, height: int) -> None:
    """Resize the dialog, to no more than the screen has room for."""
    screen = dialog.screen() or QGuiApplication.primaryScreen()
    room = screen.availableSize() - QSize(_MARGIN, 2 * _MARGIN)
    dialog.resize(QSize(width, height).boundedTo(room))


def scrolled(part: QWidget) -> QScrollArea:
    """The widget in an area that scrolls where the window is too low for it."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(part)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class Toast(QFrame):
    """A short message over the bottom of its parent, with one action, that goes away by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._over = parent
        self._act: Callable[[], None] | None = None
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.action = compact(button(""))
        self.action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action.clicked.connect(self._acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self.text)
        row.addWidget(self.action)
        self._timer = QTimer(self, singleShot=True, interval=_TOAST_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show the message, with a button that calls `act` when there is an `action` text."""
        self._act = act
        self.text.setText(text)
        announce(self, text)
        set_text(self.action, action)
        self.action.setVisible(bool(action))
        self._timer.start()
        self.show()
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        room = self._over.size()
        place = QPoint(room.width() - self.width(), 2 * (room.height() - self.height()))
        self.move(place / 2 - QPoint(0, _TOAST_ROOM))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _acted(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()


class FlowLayout(QLayout):
    """Widgets in a row that goes on in the next line where it is full."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 5) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, place: QRect) -> None:  # noqa: N802
        super().setGeometry(place)
        self._arrange(place, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, place: QRect, *, move: bool) -> int:
        """Place the widgets, centred in their lines; returns the height that they take, pixels."""
        y = place.y()
        for line in self._lines(place.width()):
            x, height = place.x(), max(item.sizeHint().height() for item in line)
            for item in line:
                size = item.sizeHint()
                if move:
                    top = y + (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, top), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - self.spacing() - place.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The visible items, as many a line as fit."""
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            if not lines or x + item.sizeHint().width() > width:
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += item.sizeHint().width() + self.spacing()
        return lines
