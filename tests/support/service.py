"""A real service for tests: the command in its own process, and hand-written requests."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from catdog_sorter.model.bundle import ModelBundle

BOUNDARY = b"limit"


@dataclass(frozen=True)
class Service:
    """`client` sends requests; `process` is the command."""

    client: httpx.Client
    process: "subprocess.Popen[str]"

    @property
    def url(self) -> str:
        return str(self.client.base_url)

    def classify(self, *photos: tuple[str, bytes], **options: object) -> httpx.Response:
        """Classify photos, each a name and its bytes."""
        files = [("photos", photo) for photo in photos]
        return self.client.post("/classify", files=files, **options)

    def connect(self) -> socket.socket:
        """Open a connection for hand-written requests."""
        parts = urlsplit(self.url)
        return socket.create_connection((parts.hostname, parts.port))


@contextmanager
def serving(bundle: ModelBundle, *words: object) -> Iterator[Service]:
    """Start the service on a free port, with the tiny model of `colours`."""
    command = [sys.executable, "-m", "catdog_sorter", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--model", str(bundle.folder), *map(str, words)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stderr.readline()
        assert said.startswith("Listening on http://"), said + process.stderr.read()
        with httpx.Client(base_url=said.split()[-1], timeout=600) as client:
            yield Service(client, process)
    finally:
        process.kill()
        process.communicate()


def form(*contents: bytes, end: bytes = b"--\r\n") -> bytes:
    """The body of a form with photos, separated by BOUNDARY."""
    head = b'Content-Disposition: form-data; name="photos"; filename="a.png"\r\n\r\n'
    parts = b"".join(b"--%s\r\n%s%s\r\n" % (BOUNDARY, head, content) for content in contents)
    return parts + b"--" + BOUNDARY + end


def head(body: bytes) -> bytes:
    """The head of a request with this body, with `Expect: 100-continue`."""
    return (
        b"POST /classify HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n"
        b"Content-Type: multipart/form-data; boundary=%s\r\n\r\n" % (len(body), BOUNDARY)
    )


def status(answer: bytes) -> int:
    """The status of a raw response."""
    return int(answer.split(b" ", 2)[1])


def everything(connection: socket.socket) -> bytes:
    """Read a connection until it is closed."""
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))
