"""Binds the socket and runs the server. Decides nothing about photos or responses."""

import logging
import socket
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from catdog_sorter.errors import UsageError
from catdog_sorter.serving import connections
from catdog_sorter.serving.connections import BoundedConnection

_WAITING_CONNECTIONS = 128


def listen(host: str, port: int) -> socket.socket:
    """Bind a socket; port 0 chooses a free one. Raises UsageError when it cannot be bound."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=_WAITING_CONNECTIONS)
        # Inherited by connections. Otherwise the body of a response waits until its headers are
        # acknowledged, which the client delays by 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise UsageError(
            f"Cannot listen on {host} port {port} ({error.strerror}). Another program may use it; "
            "choose another --port or --host."
        ) from error


def address(listening: socket.socket) -> str:
    """The URL of the service."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then finish accepted requests; a second SIGINT aborts.

    Raises KeyboardInterrupt when it was aborted.
    """
    total = connections.max_connections()
    BoundedConnection.open_connections = connections.Connections(
        total, min(total, connections.MAX_CONNECTIONS_PER_CLIENT)
    )
    for name in ("asyncio", "uvicorn.error"):
        logging.getLogger(name).addFilter(connections.RepeatedLines())
    config = uvicorn.Config(
        app,
        http=BoundedConnection,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,  # requests are private
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # the signal that ended it, raised again
        server.run([listening])
    if server.force_exit:
        raise KeyboardInterrupt
