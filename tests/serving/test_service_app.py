"""Cases that are hard to cause from outside: clients that disconnect, timeouts, failures."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future

import pytest

pytest.importorskip("fastapi", reason="needs the extra `serve`")
pytest.importorskip("httpx")

import httpx

from catdog_sorter.errors import CatdogError
from catdog_sorter.serving.app import create_app
from catdog_sorter.serving.batching import VerdictOrReason
from catdog_sorter.serving.limits import CapacityLimiter, ServiceLimits
from catdog_sorter.serving.metrics import Metrics
from tests.support.service import form

FORM = {"Content-Type": "multipart/form-data; boundary=limit", "Host": "localhost"}


class Stub:
    """Classifies nothing; `answers` are the futures it returned, which `prepare` may resolve."""

    model = "stub"
    last_error = None

    def __init__(
        self, prepare: Callable[[Future[VerdictOrReason]], None] = lambda answer: None
    ) -> None:
        self._prepare = prepare
        self.answers: list[Future[VerdictOrReason]] = []

    def classify(self, name: str, content: bytes) -> Future[VerdictOrReason]:
        answer: Future[VerdictOrReason] = Future()
        self._prepare(answer)
        self.answers.append(answer)
        return answer


def ask(stub: Stub, content: object = form(b"x"), times: int = 1, **limits: float):
    """The last of several equal responses of a service with `stub`."""
    app = create_app(stub, ServiceLimits(**limits), Metrics())

    async def asked():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for _ in range(times):
                answer = await client.post("/classify", content=content, headers=FORM)
            return answer

    return asyncio.run(asked())


def test_time_for_an_answer_ends_and_what_waits_is_given_up() -> None:
    stub = Stub()
    # Twice, with room for one: the first one's place is free again.
    answer = ask(stub, times=2, timeout_s=2, photos=1)
    assert (answer.status_code, [*answer.json()]) == (504, ["error"])
    assert [answer.cancelled() for answer in stub.answers] == [True, True]


def test_time_to_send_photos_ends() -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"--limit"
        await asyncio.Event().wait()

    answer = ask(Stub(), endless(), timeout_s=0.1)
    assert (answer.status_code, answer.headers["Connection"]) == (408, "close")


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (CatdogError("Close other programs."), 503, "Close other programs."),
        (ZeroDivisionError("secret"), 500, "Internal error."),
    ],
)
def test_a_part_that_fails_is_a_sentence(error: Exception, code: int, sentence: str) -> None:
    answer = ask(Stub(lambda answer: answer.set_exception(error)))
    assert (answer.status_code, answer.json()) == (code, {"error": sentence})


def test_the_photos_of_a_client_that_disconnected_are_cancelled() -> None:
    stub, sent = Stub(), []
    events = [{"type": "http.request", "body": form(b"x", b"y")}, {"type": "http.disconnect"}]
    headers = [(name.lower().encode(), value.encode()) for name, value in FORM.items()]

    async def receive():
        return events.pop(0)

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/classify", "headers": headers}
    scope |= {"query_string": b"", "scheme": "http", "server": ("localhost", 80)}
    asyncio.run(create_app(stub, ServiceLimits(), Metrics())(scope, receive, send))
    assert sent[0]["status"] == 499
    assert [answer.cancelled() for answer in stub.answers] == [True, True]


def test_no_photo_touches_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was asked for")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    stub = Stub(lambda answer: answer.set_result("PhotoVerdict."))
    answer = ask(stub, form(b"x" * 20_000_000))
    assert answer.json()["photos"] == [{"name": "a.png", "error": "PhotoVerdict."}]


def test_room_is_counted_in_photos_and_in_bytes() -> None:
    capacity = CapacityLimiter(ServiceLimits(photos=9, request_megabytes=1))
    assert all(capacity.acquire(1, 1_000_000) for _ in range(8))
    assert not capacity.acquire(1, 1)
    assert capacity.acquire(1, 0)
    assert not capacity.acquire(1, 0)
    capacity.release(1, 1_000_000)
    assert capacity.acquire(1, 1)


@pytest.mark.parametrize(
    ("header", "tag", "word"),
    [
        ("de-AT,en;q=0.5", "de", "Katzen und Hunde"),
        ("zh-CN", "zh-CN", "猫和狗"),
        ("xx", "en", "Cats and dogs"),
        ("", "en", "Cats and dogs"),
    ],
)
def test_the_page_is_in_the_language_of_the_browser(header: str, tag: str, word: str) -> None:
    app = create_app(Stub(), ServiceLimits(), Metrics())

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/", headers={"Accept-Language": header})

    page = asyncio.run(asked())
    assert f'<html lang="{tag}">' in page.text and f"<h1>{word}</h1>" in page.text
    assert (page.headers["Content-Language"], page.headers["Vary"]) == (tag, "Accept-Language")
    assert "{{" not in page.text
