"""Host and origin checks, security headers and request metrics.

Decides by the headers alone; knows nothing of photos.
"""

import time
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catdog_sorter.serving.metrics import Metrics

# Only the service's own scripts run, and nothing is loaded from other origins.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def is_loopback(host: str) -> bool:
    """Whether the host is reachable from this computer only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class ServiceMiddleware:
    """Wraps the application.

    Args:
        app: The application.
        metrics: Counts the responses.
        counted_paths: The paths that are counted by name.
        any_name: Whether the Host header may name any host, rather than a loopback one only.
    """

    def __init__(
        self, app: ASGIApp, metrics: Metrics, counted_paths: Sequence[str], any_name: bool
    ) -> None:
        self._app, self._metrics, self._any_name = app, metrics, any_name
        self._paths = counted_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
                self._count(scope["path"], message["status"], time.perf_counter() - begun)
            await send(message)

        reason = self._refusal(Headers(scope=scope))
        app = JSONResponse({"error": reason}, 403) if reason else self._app
        await app(scope, receive, send_on)

    def _refusal(self, headers: Headers) -> str | None:
        """Return why a request is refused, as one from a page of another origin; None admits it."""
        host, origin = headers.get("host"), headers.get("origin")
        if host and not self._any_name and not is_loopback(_name_in(f"//{host}")):
            return (
                "This service is for the computer it runs on. Call it localhost, or start it with "
                "a token."
            )
        if origin and _netloc(origin) != host:
            return "Cross-origin requests are refused. Open the service's own page instead."
        return None

    def _count(self, path: str, status: int, seconds: float) -> None:
        known = path if path in self._paths else "other"
        self._metrics.requests.labels(known, status).inc()
        if known == "/classify":
            self._metrics.seconds.observe(seconds)


def _netloc(url: str) -> str | None:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None


def _name_in(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
