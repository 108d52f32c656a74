"""Starts Qt with one window per user, and shows unexpected errors in the window.

Decides when a second start hands its photos to the first. Never touches a photo.
"""

import hashlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from catdog_sorter.gui import preferences
from catdog_sorter.gui.i18n import install, tr
from catdog_sorter.gui.window import Window
from catdog_sorter.storage import locations

NAME = "catdog-sorter"
ICON = Path(__file__).resolve().parents[1] / "assets" / "icon.svg"
_ANSWER_MS = 3_000
_SIGNALS_MS = 200


def run(paths: Sequence[Path], language: str | None = None) -> int:
    """Show the window with these photos and folders until it is closed; returns the exit code."""
    app = QApplication.instance() or QApplication([NAME])
    assert isinstance(app, QApplication)
    app.setApplicationName(NAME)
    app.setDesktopFileName(NAME)
    app.setWindowIcon(QIcon(str(ICON)))
    install(app, language, preferences.load(preferences.stored()).language)
    absolute = [Path(os.path.abspath(path)) for path in paths]
    if hand_over(absolute):
        return 0
    window = Window()
    window.setWindowIcon(app.windowIcon())
    server = listen(window, lambda given: _open(window, given))
    before = sys.excepthook
    sys.excepthook = _shown_in(window)
    _stop_on_signals(window)
    window.show()
    window.classify(absolute)
    try:
        return app.exec()
    finally:
        sys.excepthook = before
        server.close()


# --- One window per user -----------------------------------------------------------------------


def hand_over(paths: Sequence[Path]) -> bool:
    """Send the paths to the open window; returns False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_address())
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    socket.write(json.dumps([os.fsencode(path).hex() for path in paths]).encode())
    socket.flush()
    socket.waitForBytesWritten(_ANSWER_MS)
    socket.disconnectFromServer()
    if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(_ANSWER_MS)
    return True


def listen(parent: QObject, received_paths: Callable[[list[Path]], None]) -> QLocalServer:
    """Listen for the paths that later starts of the program send."""
    server = QLocalServer(parent)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(_address())  # left over when a window was killed
    server.listen(_address())

    def connected() -> None:
        socket = server.nextPendingConnection()
        received = bytearray()
        socket.readyRead.connect(lambda: received.extend(socket.readAll().data()))
        socket.disconnected.connect(lambda: received_paths(_paths(received)))
        socket.disconnected.connect(socket.deleteLater)

    server.newConnection.connect(connected)
    return server


def _paths(received: bytearray) -> list[Path]:
    try:
        return [Path(os.fsdecode(bytes.fromhex(word))) for word in json.loads(received)]
    except (ValueError, TypeError):
        return []


def _address() -> str:
    """Return the socket's name, unique per user and settings file."""
    place = os.fsencode(locations.window_file())
    return f"{NAME}-{hashlib.sha256(place).hexdigest()[:16]}"


def _open(window: Window, paths: list[Path]) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
    window.classify(paths)


# --- Around the window -------------------------------------------------------------------------


def _shown_in(
    window: Window,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Make an excepthook that shows errors of the window's code in the window."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if sys.stderr is not None:
            traceback.print_exception(kind, error, trace)
        text = tr(
            "Something went wrong in the window ({error}). No photo was lost; please report it."
        )
        window.say(text.format(error=f"{kind.__name__}: {error}"))

    return show


def _stop_on_signals(window: Window) -> None:
    """Close cleanly on Ctrl-C in the terminal and on logout."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.stop_and_close())
    # Python handles signals only while it runs, so wake it periodically.
    timer = QTimer(window, interval=_SIGNALS_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
