"""The addresses of the service, what each takes and gives, and how each refusal is worded."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from secrets import compare_digest
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from catdog_sorter import __version__
from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import Label
from catdog_sorter.serving.batching import Answer, Looker
from catdog_sorter.serving.limits import Limits, Room
from catdog_sorter.serving.metrics import Meters
from catdog_sorter.serving.middleware import Door
from catdog_sorter.serving.uploads import FIELD, Upload, announced_bytes, read_uploads

_PAGES = Path(__file__).parent / "pages"
_COUNTED = ("/", "/classify", "/healthz", "/metrics", "/docs", "/openapi.json")
_BUSY = "The service has as many photos as it can hold. Send this again in a second."
_ASKER_WENT = 499  # what servers write of it; nobody is there to read it
_REFUSALS = {
    400: "The form cannot be read.",
    401: "The token is missing or wrong.",
    403: "Asked by a page from elsewhere, or by a name that is not this computer's.",
    408: "The photos did not arrive in time.",
    413: "Too many bytes for one request.",
    415: "Not a form.",
    422: "The form holds no photo, too many, or something else.",
    429: "There is no room now; ask again after the seconds in Retry-After.",
    500: "A mistake in the service.",
    503: "No photo can be looked at.",
    504: "The photos could not be looked at in time.",
}

Result = TypeVar("Result")
Probability = Annotated[float, Field(ge=0, le=1)]


class Seen(BaseModel):
    """What one photo shows; both probabilities are calibrated, each of its own."""

    name: str
    label: Label
    p_cat: Probability
    p_dog: Probability


class NotSeen(BaseModel):
    """Why one photo gave no picture: a sentence."""

    name: str
    error: str


class Classified(BaseModel):
    """One entry for each photo, in the order in which they came."""

    model: str
    photos: list[Seen | NotSeen]


class Health(BaseModel):
    """That photos are looked at, and by which model."""

    status: str
    model: str


class Problem(BaseModel):
    """Why a request was refused, and what to do: sentences."""

    error: str


def create_app(
    looker: Looker,
    limits: Limits,
    meters: Meters,
    token: str | None = None,
    started: Callable[[], None] = lambda: None,
) -> ASGIApp:
    """The service. `token`: what an asker has to know; None lets in all of this computer.

    `started` is called when signals to end are heard. The looker must be at work by then.
    """

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        started()
        yield

    app = FastAPI(
        title="catdog-sorter",
        version=__version__,
        description="Says of photos whether they show a cat, a dog, both or neither. None is kept.",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    known = [Depends(_asks_for(token))] if token else []
    _add_classify(app, looker, limits, known)
    _add_state(app, looker, meters, known)
    _add_pages(app)
    _add_refusals(app)
    return Door(app, meters, _COUNTED, any_name=token is not None)


def _asks_for(token: str) -> Callable[..., None]:
    scheme = HTTPBearer(auto_error=False, description="The token the service was started with.")

    def check(given: Annotated[HTTPAuthorizationCredentials | None, Depends(scheme)]) -> None:
        if given is None or not compare_digest(given.credentials.encode(), token.encode()):
            raise HTTPException(
                401,
                "This service asks for its token. Send the header `Authorization: Bearer TOKEN`.",
                {"WWW-Authenticate": "Bearer"},
            )

    return check


def _refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": Problem, "description": _REFUSALS[code]} for code in codes}


def _unknown(known: list[Any]) -> tuple[int, ...]:
    """The refusal of those who have to know a token, where there is one."""
    return (401,) if known else ()


def _add_classify(app: FastAPI, looker: Looker, limits: Limits, known: list[Any]) -> None:
    room = Room(limits)

    @app.post(
        "/classify",
        summary="Say what photos show",
        dependencies=known,
        responses=_refusals(400, *_unknown(known), 403, 408, 413, 415, 422, 429, 500, 503, 504),
        openapi_extra={"requestBody": _form(limits)},
    )
    async def classify(request: Request) -> Classified:
        """Answer for each photo, in order. One that gives no picture is an entry with an error."""
        deadline = asyncio.get_running_loop().time() + limits.timeout_s
        with _taken(room, 1, announced_bytes(request, limits)):
            uploads = await _in_time(read_uploads(request, limits), deadline, 408)
            with _taken(room, len(uploads) - 1, 0):
                looking = _look(request, looker, uploads)
                answers = await _in_time(looking, deadline, 504)
        photos = [_entry(up.name, answer) for up, answer in zip(uploads, answers, strict=True)]
        return Classified(model=looker.model, photos=photos)


def _form(limits: Limits) -> dict[str, Any]:
    photos = {
        "type": "array",
        "items": {"type": "string", "format": "binary"},
        "minItems": 1,
        "maxItems": limits.photos,
    }
    schema = {
        "type": "object",
        "properties": {FIELD: photos},
        "required": [FIELD],
        "additionalProperties": False,
    }
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}


@contextmanager
def _taken(room: Room, photos: int, size_bytes: int) -> Iterator[None]:
    if not room.take(photos, size_bytes):
        raise HTTPException(429, _BUSY, {"Retry-After": "1"})
    try:
        yield
    finally:
        room.give_back(photos, size_bytes)


async def _in_time(work: Awaitable[Result], deadline: float, status: int) -> Result:
    """What `work` gives, unless the deadline, in the loop's seconds, comes first."""
    try:
        async with asyncio.timeout_at(deadline):
            return await work
    except TimeoutError as error:
        # A connection on which photos still trickle in is of no more use.
        raise HTTPException(status, _REFUSALS[status], {"Connection": "close"}) from error


async def _look(request: Request, looker: Looker, uploads: list[Upload]) -> list[Answer]:
    """An answer for each; all that wait are given up when the asker goes or time runs out."""
    answers = asyncio.gather(
        *(asyncio.wrap_future(looker.look(upload.name, upload.content)) for upload in uploads)
    )
    gone = asyncio.ensure_future(_disconnected(request))
    either: tuple[asyncio.Future[Any], ...] = (answers, gone)
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not answers.done():
            raise ClientDisconnect
        return answers.result()
    finally:
        for work in either:
            work.cancel()
        await asyncio.gather(*either, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _entry(name: str, answer: Answer) -> Seen | NotSeen:
    """Rounded as on the command line, so that both say the same."""
    if isinstance(answer, str):
        return NotSeen(name=name, error=answer)
    return Seen(
        name=name,
        label=answer.label,
        p_cat=round(answer.p_cat, 6),
        p_dog=round(answer.p_dog, 6),
    )


def _add_state(app: FastAPI, looker: Looker, meters: Meters, known: list[Any]) -> None:
    @app.get(
        "/healthz", summary="Say whether photos can be looked at", responses=_refusals(403, 503)
    )
    async def healthz() -> Health:
        """Needs no token."""
        if looker.trouble is not None:
            raise HTTPException(503, looker.trouble)
        return Health(status="ok", model=looker.model)

    @app.get(
        "/metrics",
        summary="Give the counters, for Prometheus",
        dependencies=known,
        response_class=PlainTextResponse,
        responses=_refusals(403, *_unknown(known)),
    )
    async def metrics() -> Response:
        return Response(generate_latest(meters.registry), media_type=CONTENT_TYPE_LATEST)


def _add_pages(app: FastAPI) -> None:
    # Swagger UI as that package brings it; FastAPI's own page would load it from elsewhere.
    app.mount("/swagger", StaticFiles(packages=[("fastapi_offline", "static")]))
    app.mount("/pages", StaticFiles(directory=_PAGES))

    @app.get("/", include_in_schema=False)
    async def drop() -> FileResponse:
        return FileResponse(_PAGES / "drop.html")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> FileResponse:
        return FileResponse(_PAGES / "docs.html")


def _add_refusals(app: FastAPI) -> None:
    """Every refusal is JSON with a sentence."""

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)

    @app.exception_handler(CatdogError)
    async def broken(_: Request, error: CatdogError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 503)

    @app.exception_handler(ClientDisconnect)
    async def gone(_: Request, __: ClientDisconnect) -> JSONResponse:
        return JSONResponse({"error": "The asker has gone."}, _ASKER_WENT)

    @app.exception_handler(Exception)
    async def mistaken(_: Request, __: Exception) -> JSONResponse:
        return JSONResponse({"error": _REFUSALS[500]}, 500)
