from pathlib import Path

from catdog_sorter.gui import app


def test_a_second_start_hands_its_photos_to_the_first(qtbot, window) -> None:
    assert not app.hand_over([Path("/a")])
    taken: list[list[Path]] = []
    server = app.listen(window, taken.append)
    paths = [Path("/some/ö photo.jpg"), Path("/caf\udce9.jpg")]
    assert app.hand_over(paths)
    qtbot.waitUntil(lambda: taken == [paths], timeout=60_000)
    server.close()
    assert not app.hand_over([Path("/a")])


def test_leftovers_of_a_killed_window_do_not_stop_the_next_one(qtbot, window) -> None:
    first = app.listen(window, lambda paths: None)
    second = app.listen(window, lambda paths: None)
    assert second.isListening()
    assert app.hand_over([])
    first.close()
    second.close()


def test_an_invalid_message_of_another_program_is_ignored(qtbot) -> None:
    assert app._paths(bytearray(b"\xff")) == []
    assert app._paths(bytearray(b"[1, 2]")) == []


def test_an_error_in_the_window_is_shown_in_it(window, capsys) -> None:
    app._shown_in(window)(ValueError, ValueError("odd"), None)
    assert "ValueError: odd" in window.banner.text.text()
    assert window.isVisible()
    assert "ValueError: odd" in capsys.readouterr().err
