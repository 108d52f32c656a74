"""The socket of the service."""

import socket

import pytest

pytest.importorskip("uvicorn", reason="needs the extra `serve`")

from catdog_sorter.serving import run


def test_no_part_of_an_answer_waits_for_another_to_be_acknowledged() -> None:
    with (
        run.listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as connection,
    ):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
