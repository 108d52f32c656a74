"""A real service for tests: the command, in a process of its own, and ways to ask it by hand."""

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
    """`client` asks it; `process` is the command."""

    client: httpx.Client
    process: "subprocess.Popen[str]"

    @property
    def url(self) -> str:
        return str(self.client.base_url)

    def classify(self, *photos: tuple[str, bytes], **options: object) -> httpx.Response:
        """Ask about photos, each a name and its bytes."""
        files = [("photos", photo) for photo in photos]
        return self.client.post("/classify", files=files, **options)

    def connect(self) -> socket.socket:
        """A connection to be used by hand."""
        parts = urlsplit(self.url)
        return socket.create_connection((parts.hostname, parts.port))


@contextmanager
def serving(bundle: ModelBundle, *words: object) -> Iterator[Service]:
    """The service, on any port that is free, with the tiny model that sees colours."""
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
    """A body of photos, with BOUNDARY between them."""
    head = b'Content-Disposition: form-data; name="photos"; filename="a.png"\r\n\r\n'
    parts = b"".join(b"--%s\r\n%s%s\r\n" % (BOUNDARY, head, content) for content in contents)
    return parts + b"--" + BOUNDARY + end


def head(body: bytes) -> bytes:
    """The head of a request with that body, which asks whether it may send it."""
    return (
        b"POST /classify HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n"
        b"Content-Type: multipart/form-data; boundary=%s\r\n\r\n" % (len(body), BOUNDARY)
    )


def status(answer: bytes) -> int:
    """The status of an answer as it comes from a connection."""
    return int(answer.split(b" ", 2)[1])


def everything(connection: socket.socket) -> bytes:
    """All that still comes."""
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))
