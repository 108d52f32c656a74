"""Starts Qt, keeps to one window a person, and shows unexpected errors instead of dying of them.

Decides when a second start only hands its photos to the first. Never touches a photo.
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

from PySide6.QtCore import QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from catdog_sorter.gui.i18n import tr
from catdog_sorter.gui.window import Window
from catdog_sorter.storage import locations

NAME = "catdog-sorter"
_ASSETS = Path(__file__).resolve().parents[1] / "assets"
ICON = _ASSETS / "icon.svg"
_ANSWER_MS = 3_000
_SIGNALS_MS = 200


def run(paths: Sequence[Path]) -> int:
    """Show the window with these photos and folders until it is closed; returns the exit code."""
    app = QApplication.instance() or QApplication([NAME])
    assert isinstance(app, QApplication)
    app.setApplicationName(NAME)
    app.setDesktopFileName(NAME)
    app.setWindowIcon(QIcon(str(ICON)))
    _translate(app)
    absolute = [Path(os.path.abspath(path)) for path in paths]
    if hand_over(absolute):
        return 0
    window = Window()
    window.setWindowIcon(app.windowIcon())
    server = serve(window, lambda given: _take(window, given))
    before = sys.excepthook
    sys.excepthook = _shown_in(window)
    _stop_on_signals(window)
    window.show()
    window.look_at(absolute)
    try:
        return app.exec()
    finally:
        sys.excepthook = before
        server.close()


# --- One window a person -----------------------------------------------------------------------


def hand_over(paths: Sequence[Path]) -> bool:
    """Give the paths to the window that is open already; False when there is none."""
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


def serve(parent: QObject, taken: Callable[[list[Path]], None]) -> QLocalServer:
    """Take what later starts hand over."""
    server = QLocalServer(parent)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(_address())  # what a window that was killed has left
    server.listen(_address())

    def connected() -> None:
        socket = server.nextPendingConnection()
        received = bytearray()
        socket.readyRead.connect(lambda: received.extend(socket.readAll().data()))
        socket.disconnected.connect(lambda: taken(_paths(received)))
        socket.disconnected.connect(socket.deleteLater)

    server.newConnection.connect(connected)
    return server


def _paths(received: bytearray) -> list[Path]:
    try:
        return [Path(os.fsdecode(bytes.fromhex(word))) for word in json.loads(received)]
    except (ValueError, TypeError):
        return []


def _address() -> str:
    """The same for all starts of one person with one place for settings, and no others."""
    place = os.fsencode(locations.window_file())
    return f"{NAME}-{hashlib.sha256(place).hexdigest()[:16]}"


def _take(window: Window, paths: list[Path]) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
    window.look_at(paths)


# --- Around the window -------------------------------------------------------------------------


def _translate(app: QApplication) -> None:
    """Use the person's language where a translation lies in `assets`."""
    translator = QTranslator(app)
    if translator.load(QLocale(), NAME, "_", str(_ASSETS)):
        app.installTranslator(translator)


def _shown_in(
    window: Window,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """An error in the window's own code is shown in it, and the window stays."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if sys.stderr is not None:
            traceback.print_exception(kind, error, trace)
        text = tr(
            "Something went wrong in the window ({error}). No photo was lost; please report it."
        )
        window.say(text.format(error=f"{kind.__name__}: {error}"))

    return show


def _stop_on_signals(window: Window) -> None:
    """Ctrl-C in the terminal and a logout stop as cleanly as closing does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.stop_and_close())
    # Python sees a signal only when it runs: let it run from time to time.
    timer = QTimer(window, interval=_SIGNALS_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
