"""Small widgets that all parts of the window share. They show and emit signals."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QTreeWidget,
    QWidget,
)

from catdog_sorter.gui.icons import icon

_TOAST_MS = 8_000
_MARGIN = 24
_TOAST_ROOM = 20
WidgetT = TypeVar("WidgetT", bound=QWidget)


def paint_tick(painter: QPainter, box: QRect, palette: QPalette, *, is_ticked: bool) -> None:
    """Paint a box to tick, whose border stands out on light and on dark ground."""
    colour = palette.color(QPalette.ColorRole.Highlight if is_ticked else QPalette.ColorRole.Mid)
    ground = colour if is_ticked else palette.color(QPalette.ColorRole.Base)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 3, 3)
    if is_ticked:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 2))
        side = box.width()
        corners = ((0.26, 0.52), (0.44, 0.70), (0.76, 0.32))
        painter.drawPolyline([QPointF(box.x() + x * side, box.y() + y * side) for x, y in corners])
    painter.restore()


class TickBox(QCheckBox):
    """A check box whose border and focus are visible in light and dark colours."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, style = QPainter(self), self.style()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        paint_tick(painter, box, self.palette(), is_ticked=self.isChecked())
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        option.rect = style.subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        style.drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option, painter, self)


def draw_fitted(painter: QPainter, pixmap: QPixmap, place: QRect) -> None:
    """Draw a picture as large as fits into `place`, in its middle."""
    size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(place.topLeft(), size)
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, pixmap)


def table_of(name: str, headers: Sequence[str]) -> QTreeWidget:
    """Make a table called `name` for screen readers; its last column takes the remaining width."""
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


class _Button(QPushButton):
    """A button that Enter presses, also outside dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, tip: str = "", *, primary: bool = False, shows: str = "") -> QPushButton:
    """Make a button with its text and tool tip for screen readers; `shows` names its icon.

    A click does not take the keyboard focus, because letter keys label the photos.
    """
    made = _Button(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if shows:
        made.setIcon(icon(shows, on_accent=primary))
    made.setToolTip(tip)
    made.setAccessibleName(text.replace("&", ""))
    made.setAccessibleDescription(tip)
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    return made


def slider(name: str) -> QSlider:
    """Make a slider called `name` for screen readers; a click does not take the focus."""
    made = named(QSlider(Qt.Orientation.Horizontal), name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def compact(made: QPushButton) -> QPushButton:
    """Reduce the button's padding, for rows that have to fit a small window."""
    made.setProperty("compact", True)
    return made


def set_text(made: QPushButton, text: str) -> None:
    """Change a button's text, also for screen readers."""
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
    """Put a text before the widget, which is also its name for screen readers."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    label = QLabel(text)
    label.setBuddy(part)
    row.addWidget(label)
    row.addWidget(part)
    return both


def fit_to_screen(dialog: QDialog, width: int, height: int) -> None:
    """Resize the dialog, at most to the size of the screen."""
    screen = dialog.screen() or QGuiApplication.primaryScreen()
    room = screen.availableSize() - QSize(_MARGIN, 2 * _MARGIN)
    dialog.resize(QSize(width, height).boundedTo(room))


def scrolled(part: QWidget) -> QScrollArea:
    """Put the widget into an area that scrolls if the window is too low for it."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(part)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class Message(QFrame):
    """A message with buttons.

    Signals:
        left: The message was hidden while one of its buttons had the keyboard focus.
    """

    left = Signal()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        focused = QApplication.focusWidget()
        if self.isHidden() and focused is not None and self.isAncestorOf(focused):
            self.left.emit()


class Toast(Message):
    """A short message at the bottom of its parent, with one action, that disappears by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._over = parent
        self._act: Callable[[], None] | None = None
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.action = compact(button(""))
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
    """A row of widgets that continues in the next line when it is full."""

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
        """Place the widgets, centred in their lines; returns their height in pixels."""
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
        """Split the visible items into lines of this width."""
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
