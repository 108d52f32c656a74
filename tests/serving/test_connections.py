"""Clients that connect and send nothing, or hardly anything, do not block others."""

import logging
import socket
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("uvicorn", reason="needs the extra `serve`")

import contextlib

from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.serving import connections
from catdog_sorter.serving.connections import Connections, RepeatedLines
from tests.support.service import Service, everything, serving, status


class Connection:
    """A stub of BoundedConnection."""

    def __init__(self, idle: bool) -> None:
        self.is_idle, self.is_open = idle, True

    def abort(self) -> None:
        self.is_open = False


def test_the_oldest_idle_connection_is_closed() -> None:
    table = Connections(total=3, per_client=3)
    busy, first, second, new = (Connection(idle) for idle in (False, True, True, True))
    for each in (busy, first, second, new):
        assert table.admit(each, "a")
    assert [each.is_open for each in (busy, first, second, new)] == [True, False, True, True]


def test_one_client_does_not_displace_another() -> None:
    table = Connections(total=10, per_client=2)
    other = Connection(idle=True)
    assert table.admit(other, "other")
    mine = [Connection(idle=True) for _ in range(5)]
    assert all(table.admit(each, "mine") for each in mine)
    assert other.is_open
    assert [each.is_open for each in mine] == [False, False, False, True, True]


def test_a_connection_is_refused_while_all_others_are_busy() -> None:
    table = Connections(total=2, per_client=2)
    busy = [Connection(idle=False) for _ in range(2)]
    assert all(table.admit(each, "a") for each in busy)
    assert not table.admit(Connection(idle=True), "b")
    table.discard(busy[0])
    assert table.admit(Connection(idle=True), "b")


def test_a_repeated_line_passes_once() -> None:
    lines = RepeatedLines()
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "out of %s", ("files",), None)
    other = logging.LogRecord("x", logging.ERROR, "f", 1, "something else", None, None)
    assert [lines.filter(each) for each in (record, record, other, record)] == [
        True,
        False,
        True,
        False,
    ]


@pytest.fixture(scope="module")
def service(colour_bundle: ModelBundle) -> Iterator[Service]:
    with serving(colour_bundle) as service:
        yield service


def test_a_crowd_of_idle_connections_locks_nobody_out(service: Service) -> None:
    crowd = []
    try:
        for _ in range(connections.MAX_CONNECTIONS_PER_CLIENT + 100):
            one = service.connect()
            one.sendall(b"GET / HTTP/1.1\r\nX: ")
            crowd.append(one)
        assert service.client.get("/healthz").status_code == 200
    finally:
        for one in crowd:
            one.close()


def test_a_head_that_does_not_come_ends_the_connection(service: Service) -> None:
    with service.connect() as slow:
        slow.settimeout(connections.HEAD_TIMEOUT_S + 20)
        begun = time.monotonic()
        slow.sendall(b"GET /healthz HTTP/1.1\r\n")
        while time.monotonic() - begun < connections.HEAD_TIMEOUT_S / 2:
            slow.sendall(b"X: y\r\n")  # each piece is no reason to wait longer
            time.sleep(0.5)
        with contextlib.suppress(ConnectionResetError):
            assert everything(slow) == b""
        assert time.monotonic() - begun < connections.HEAD_TIMEOUT_S + 15


def test_announced_photos_that_do_not_come_take_no_room(service: Service) -> None:
    announced = (
        b"POST /classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 32000000\r\n"
        b"Content-Type: multipart/form-data; boundary=limit\r\n\r\n"
    )
    silent = [service.connect() for _ in range(20)]
    try:
        for one in silent:
            one.sendall(announced)
        time.sleep(0.5)
        assert service.classify(("a.png", b"no photo")).status_code == 200
    finally:
        for one in silent:
            one.close()


@pytest.mark.parametrize("origin", ["http://[:::", "http://[", "//", "\\x"])
def test_an_origin_that_is_not_an_address_is_refused(service: Service, origin: str) -> None:
    with socket.create_connection(service.connect().getpeername()) as asked:
        head = f"GET /healthz HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n"
        asked.sendall(f"{head}Connection: close\r\n\r\n".encode())
        assert status(everything(asked)) == 403
