"""Bounds on connections, before any request is complete. Knows nothing of their content.

A connection that has not sent the head of a request costs a file descriptor, so it is closed after
a few seconds, and the oldest such connections are closed when new ones arrive.
"""

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_TIMEOUT_S = 10.0
MAX_CONNECTIONS = 512
MAX_CONNECTIONS_PER_CLIENT = 256
_SPARE_DESCRIPTORS = 128  # for decoders, the model, pages and the log
_REPEATED_LINE_S = 60.0


class Connections:
    """The open connections, oldest first. Used by one event loop.

    Args:
        total: Maximum number of connections.
        per_client: Maximum number of connections of one address.
    """

    def __init__(self, total: int, per_client: int) -> None:
        self._total, self._per_client = total, per_client
        self._clients: dict[BoundedConnection, str] = {}

    def admit(self, connection: "BoundedConnection", client: str) -> bool:
        """Count a new connection; if there are too many, closes one without a request."""
        is_over = len(self._clients) >= self._total
        if is_over or sum(other == client for other in self._clients.values()) >= self._per_client:
            oldest = next(self._idle(None if is_over else client), None)
            if oldest is None:
                return False
            oldest.abort()
            self.discard(oldest)
        self._clients[connection] = client
        return True

    def discard(self, connection: "BoundedConnection") -> None:
        """Forget a connection that is closed."""
        self._clients.pop(connection, None)

    def _idle(self, client: str | None) -> "Iterator[BoundedConnection]":
        return (
            connection
            for connection, owner in self._clients.items()
            if connection.is_idle and client in (None, owner)
        )


class BoundedConnection(H11Protocol):
    """One connection; closed unless the head of each request arrives in time."""

    open_connections = Connections(MAX_CONNECTIONS, MAX_CONNECTIONS_PER_CLIENT)
    _head_timer: asyncio.TimerHandle | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no request is in progress."""
        return self.cycle is None or self.cycle.response_complete

    def abort(self) -> None:
        """Close without sending the rest of the response."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called for each new connection."""
        super().connection_made(transport)
        client = self.client[0] if self.client else ""
        if self.open_connections.admit(self, client):
            self._await_head()
        else:
            self.abort()

    def data_received(self, data: bytes) -> None:
        """Called with each piece of a request."""
        super().data_received(data)
        if not self.is_idle:
            self._stop_awaiting()
        elif self._head_timer is None and not self.transport.is_closing():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called once the connection is closed."""
        self._stop_awaiting()
        self.open_connections.discard(self)
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_TIMEOUT_S, self.abort)

    def _stop_awaiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def max_connections() -> int:
    """The number of connections this process can hold, at most MAX_CONNECTIONS."""
    with suppress(ImportError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MAX_CONNECTIONS + _SPARE_DESCRIPTORS
        if soft != resource.RLIM_INFINITY and soft < wanted:
            soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != resource.RLIM_INFINITY:
            return max(1, min(MAX_CONNECTIONS, soft - _SPARE_DESCRIPTORS))
    return MAX_CONNECTIONS


class RepeatedLines(logging.Filter):
    """Passes the same message once a minute, so that no client can fill the log."""

    def __init__(self) -> None:
        super().__init__()
        self._passed_at: dict[Any, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message is passed on."""
        now = time.monotonic()
        if now - self._passed_at.get(record.msg, -_REPEATED_LINE_S) < _REPEATED_LINE_S:
            return False
        if len(self._passed_at) >= 100:
            self._passed_at.clear()
        self._passed_at[record.msg] = now
        return True
