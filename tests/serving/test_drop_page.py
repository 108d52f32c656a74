"""What a real browser makes of the pages: nothing is loaded from elsewhere, nothing refused."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw

pytest.importorskip("fastapi")
pytest.importorskip("httpx")

from tests.support.service import serving

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="chromium is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="pipes are handed on by number"),
]
TOKEN = "a-token-that-only-clients-have"


class Browser:
    """Speaks the DevTools protocol: messages of JSON, each with a zero byte at its end."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, os.fdopen(from_browser, "rb", buffering=0)
        self._number, self._rest, self._session = 0, b"", {}
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        for domain in ("Network", "Log", "Runtime", "DOM", "Page"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """What the browser answers to one call; what it tells meanwhile is kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **self._session}
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (said := self._next()).get("id") != self._number:
            self._keep(said)
        assert "error" not in said, said
        return said["result"]

    def until(self, expression: str) -> None:
        """Wait until JavaScript finds it true; for ever is the time limit of every test."""
        wait = f"new Promise(r => setInterval(() => ({expression}) && r(), 50))"
        self.call("Runtime.evaluate", expression=wait, awaitPromise=True)

    def text(self, selector: str) -> str:
        found = self.call(
            "Runtime.evaluate", expression=f"document.querySelector({selector!r}).innerText"
        )
        return found["result"]["value"]

    def choose(self, *files: Path) -> None:
        """As a person who chooses files for the page's input."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector="#files")["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = self._from.read(1 << 16)
            assert more, "the browser has ended"
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def _keep(self, said: dict[str, Any]) -> None:
        if said.get("method") == "Network.requestWillBeSent":
            self.requests.append(said["params"]["request"]["url"])
        if said.get("method") == "Log.entryAdded":
            self.complaints.append(said["params"]["entry"]["text"])
        if said.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(said["params"]))


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    options = "--headless --no-sandbox --disable-gpu --remote-debugging-pipe --no-first-run"
    # The browser reads from 3 and writes to 4.
    command = f'exec "$0" {options} --user-data-dir="$1" 3<&{theirs_in} 4>&{theirs_out}'
    process = subprocess.Popen(
        ["bash", "-c", command, str(BROWSER), str(folder)],
        pass_fds=(theirs_in, theirs_out),
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(ours_out, ours_in)
    finally:
        process.kill()
        process.wait()
        os.close(ours_out)


def test_dropped_photos_are_answered_and_the_interface_is_shown(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    photos = [draw(tmp_path / f"{label}.png", label) for label in ("cat", "dog")]
    (tmp_path / "<b>none.png").write_text("no picture")
    (tmp_path / "token").write_text(TOKEN)
    words = ("--token-file", tmp_path / "token")
    with serving(colour_bundle, *words) as service, browser(tmp_path / "profile") as page:
        page.call("Page.navigate", url=f"{service.url}/")
        page.until("document.readyState === 'complete' && document.querySelector('#files')")
        page.choose(*photos, tmp_path / "<b>none.png")
        page.until("!document.querySelector('#token').hidden")
        page.complaints = [text for text in page.complaints if "401" not in text]
        for word in ("wrong", TOKEN):
            enter = f"document.querySelector('#word').value = {word!r}; "
            enter += "document.querySelector('#token button').click()"
            page.call("Runtime.evaluate", expression=enter)
            if word != TOKEN:
                page.until("!document.querySelector('#wrong').hidden")
                page.complaints = [text for text in page.complaints if "401" not in text]
        page.until("document.querySelector('#state').innerText.startsWith('3 of 3')")
        said = page.text("#photos").split()
        assert {"cat", "dog", "unreadable", "<b>none.png"} <= set(said)

        page.call("Page.navigate", url=f"{service.url}/docs")
        page.until("document.querySelectorAll('.opblock').length === 3")
        assert "/classify" in page.text("#swagger-ui")
        assert page.complaints == []
        places = {url for url in page.requests if not url.startswith(("blob:", "data:"))}
        assert {url for url in places if not url.startswith(service.url)} == set()
