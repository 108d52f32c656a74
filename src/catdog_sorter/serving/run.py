"""Listens, and serves until it is told to end. Decides nothing about photos or answers."""

import socket
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from catdog_sorter.errors import UsageError

_WAITING_CONNECTIONS = 128


def listen(host: str, port: int) -> socket.socket:
    """A socket on which to serve; port 0 is any that is free. Raises UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=_WAITING_CONNECTIONS)
        # Connections inherit it. Otherwise the body of an answer waits until its headers are
        # acknowledged, which an asker alone puts off for 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise UsageError(
            f"{host} port {port} cannot be listened on ({error.strerror}). Another program may "
            "hold it; choose another --port, or another --host."
        ) from error


def address(listening: socket.socket) -> str:
    """Where a browser finds it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then answer what was taken; a second SIGINT ends at once.

    Raises KeyboardInterrupt when it was ended so.
    """
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,  # who asks for what is nobody's business
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # the signal that ended it, raised once more
        server.run([listening])
    if server.force_exit:
        raise KeyboardInterrupt
