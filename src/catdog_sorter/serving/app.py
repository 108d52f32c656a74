"""The HTTP routes: their parameters, responses and error messages."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import compare_digest
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from catdog_sorter import design, languages
from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import Label
from catdog_sorter.languages import Catalogue
from catdog_sorter.parallel import cores
from catdog_sorter.serving.batching import BatchingClassifier, VerdictOrReason
from catdog_sorter.serving.limits import CapacityLimiter, ServiceLimits
from catdog_sorter.serving.metrics import Metrics
from catdog_sorter.serving.middleware import ServiceMiddleware
from catdog_sorter.serving.uploads import FIELD, Upload, check_announced, read_uploads
from catdog_sorter.version import __version__

_PAGES = Path(__file__).parent / "pages"
_SHARED = Path(__file__).parents[1] / "reports"
_COUNTED = ("/", "/classify", "/thumbnail", "/healthz", "/metrics", "/docs", "/openapi.json")
_BUSY = "The service is at capacity. Retry in a second."
_CLIENT_CLOSED_REQUEST = 499  # nginx's code; the client is gone and never sees it
_REFUSALS = {
    400: "The form is malformed.",
    401: "The token is missing or wrong.",
    403: "Cross-origin request, or a Host header that does not name this computer.",
    404: "The file does not hold a picture that can be shown.",
    408: "The photos did not arrive in time.",
    413: "The request is too large.",
    415: "The body is not a multipart form.",
    422: "The form holds no photo, too many, or something else.",
    429: "At capacity; retry after the seconds in Retry-After.",
    500: "Internal error.",
    503: "Photos cannot be classified.",
    504: "The photos could not be classified in time.",
}

Awaited = TypeVar("Awaited")
Probability = Annotated[float, Field(ge=0, le=1)]


class PhotoVerdict(BaseModel):
    """The verdict on one photo or video; both probabilities are calibrated and independent."""

    name: str
    label: Label
    p_cat: Probability
    p_dog: Probability
    incomplete: bool = Field(
        False, description="The file is truncated or has extra data at its end; left out if false."
    )
    time_s: float | None = Field(
        None,
        ge=0,
        description="Of a video, the second that shows an animal best; left out of photos.",
    )


class PhotoError(BaseModel):
    """Why one photo could not be read, as a sentence."""

    name: str
    error: str


class ClassifyResponse(BaseModel):
    """One entry per photo, in the order of the upload."""

    model: str
    photos: list[PhotoVerdict | PhotoError]


class Health(BaseModel):
    """The service's state and its model."""

    status: str
    model: str


class ErrorResponse(BaseModel):
    """Why a request was refused and what to do, as sentences."""

    error: str


def create_app(
    classifier: BatchingClassifier,
    limits: ServiceLimits,
    metrics: Metrics,
    token: str | None = None,
    started: Callable[[], None] = lambda: None,
) -> ASGIApp:
    """Build the ASGI application.

    Args:
        classifier: Must be started before the first request.
        limits: What a request may hold.
        metrics: Counts requests and photos.
        token: The bearer token that clients must send; None admits every client on this computer.
        started: Called once the server handles signals.
    """

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        started()
        yield

    app = FastAPI(
        title="catdog-sorter",
        version=__version__,
        description="Tells whether photos show a cat, a dog, both or neither. No photo is kept.",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    known = [Depends(_require(token))] if token else []
    capacity = CapacityLimiter(limits)
    _add_classify(app, classifier, limits, capacity, known)
    _add_thumbnail(app, classifier, limits, capacity, known)
    _add_state(app, classifier, metrics, known)
    _add_pages(app)
    _add_refusals(app)
    return ServiceMiddleware(app, metrics, _COUNTED, any_name=token is not None)


def _require(token: str) -> Callable[..., None]:
    scheme = HTTPBearer(auto_error=False, description="The token the service was started with.")

    def check(given: Annotated[HTTPAuthorizationCredentials | None, Depends(scheme)]) -> None:
        if given is None or not compare_digest(given.credentials.encode(), token.encode()):
            raise HTTPException(
                401,
                "This service needs its token. Send the header `Authorization: Bearer TOKEN`.",
                {"WWW-Authenticate": "Bearer"},
            )

    return check


def _refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": ErrorResponse, "description": _REFUSALS[code]} for code in codes}


def _unknown(known: list[Any]) -> tuple[int, ...]:
    """Return the check that refuses clients without the token, if one is set."""
    return (401,) if known else ()


def _add_classify(
    app: FastAPI,
    classifier: BatchingClassifier,
    limits: ServiceLimits,
    capacity: CapacityLimiter,
    known: list[Any],
) -> None:
    @app.post(
        "/classify",
        summary="Classify photos",
        response_model_exclude_unset=True,
        dependencies=known,
        responses=_refusals(400, *_unknown(known), 403, 408, 413, 415, 422, 429, 500, 503, 504),
        openapi_extra={"requestBody": _form(limits.photos)},
    )
    async def classify(request: Request) -> ClassifyResponse:
        """Return one entry per photo, in order; an unreadable photo has an error instead."""
        async with _received(request, limits, capacity) as (uploads, reservation, deadline):
            reservation.add(len(uploads) - 1, 0)
            classifying = _classify(request, classifier, uploads)
            answers = await _in_time(classifying, deadline, 504)
        photos = [_entry(up.name, answer) for up, answer in zip(uploads, answers, strict=True)]
        return ClassifyResponse(model=classifier.model, photos=photos)


def _add_thumbnail(
    app: FastAPI,
    classifier: BatchingClassifier,
    limits: ServiceLimits,
    capacity: CapacityLimiter,
    known: list[Any],
) -> None:
    slots = asyncio.Semaphore(cores())

    @app.post(
        "/thumbnail",
        summary="Make a small picture of a photo",
        response_class=Response,
        dependencies=known,
        responses={
            200: {"content": {"image/jpeg": {}}, "description": "A JPEG."},
            **_refusals(400, *_unknown(known), 403, 404, 408, 413, 415, 422, 429, 500, 504),
        },
        openapi_extra={"requestBody": _form(1)},
    )
    async def thumbnail(request: Request) -> Response:
        """Return a JPEG of at most 512 pixels, for formats that browsers do not show."""
        async with _received(request, limits, capacity) as (uploads, _, deadline):
            if len(uploads) != 1:
                raise HTTPException(422, "Send one photo a request.")
            async with slots:
                name, content = uploads[0].name, uploads[0].content
                making = asyncio.to_thread(classifier.thumbnail, name, content)
                made = await _in_time(making, deadline, 504)
        if isinstance(made, str):
            raise HTTPException(404, made)
        return Response(made, media_type="image/jpeg")


def _form(most: int) -> dict[str, Any]:
    photos = {
        "type": "array",
        "items": {"type": "string", "format": "binary"},
        "minItems": 1,
        "maxItems": most,
    }
    schema = {
        "type": "object",
        "properties": {FIELD: photos},
        "required": [FIELD],
        "additionalProperties": False,
    }
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}


class _Reservation:
    """The capacity that one request takes, as its photos arrive; freed at the end."""

    def __init__(self, capacity: CapacityLimiter) -> None:
        self._capacity, self._photos, self._bytes = capacity, 0, 0

    def __enter__(self) -> "_Reservation":
        return self

    def add_bytes(self, size_bytes: int) -> None:
        """Reserve the bytes that have arrived, and with the first of them one photo."""
        self.add(0 if self._photos else 1, size_bytes)

    def add(self, photos: int, size_bytes: int) -> None:
        """Reserve more. Raises HTTPException if there is too little left."""
        if not self._capacity.acquire(photos, size_bytes):
            raise HTTPException(429, _BUSY, {"Retry-After": "1"})
        self._photos += photos
        self._bytes += size_bytes

    def __exit__(self, *_: object) -> None:
        self._capacity.release(self._photos, self._bytes)


@asynccontextmanager
async def _received(
    request: Request, limits: ServiceLimits, capacity: CapacityLimiter
) -> AsyncIterator[tuple[list[Upload], "_Reservation", float]]:
    """Read the uploads of a request, with capacity for one photo reserved until the block ends.

    Yields the uploads, their reservation, and the deadline of the request (event loop time, s).
    """
    deadline = asyncio.get_running_loop().time() + limits.timeout_s
    check_announced(request, limits)
    with _Reservation(capacity) as reservation:
        reading = read_uploads(request, limits, reservation.add_bytes)
        yield await _in_time(reading, deadline, 408), reservation, deadline


async def _in_time(work: Awaitable[Awaited], deadline: float, status: int) -> Awaited:
    """Await `work` until the deadline (event loop time, seconds).

    Raises HTTPException with `status` when the deadline passes.
    """
    try:
        async with asyncio.timeout_at(deadline):
            return await work
    except TimeoutError as error:
        # A connection that is still uploading cannot be reused.
        raise HTTPException(status, _REFUSALS[status], {"Connection": "close"}) from error


async def _classify(
    request: Request, classifier: BatchingClassifier, uploads: list[Upload]
) -> list[VerdictOrReason]:
    """Classify all uploads; cancels what waits when the client disconnects or time runs out."""
    answers = asyncio.gather(
        *(
            asyncio.wrap_future(classifier.classify(upload.name, upload.content))
            for upload in uploads
        )
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


def _entry(name: str, answer: VerdictOrReason) -> PhotoVerdict | PhotoError:
    """Make the entry of a photo, with numbers rounded as on the command line."""
    if isinstance(answer, str):
        return PhotoError(name=name, error=answer)
    notes: dict[str, Any] = {"incomplete": True} if answer.incomplete else {}
    if answer.time_s is not None:
        notes["time_s"] = answer.time_s
    return PhotoVerdict(
        name=name,
        label=answer.label,
        p_cat=round(answer.p_cat, 6),
        p_dog=round(answer.p_dog, 6),
        **notes,
    )


def _add_state(
    app: FastAPI, classifier: BatchingClassifier, metrics: Metrics, known: list[Any]
) -> None:
    @app.get(
        "/healthz", summary="Report whether photos can be classified", responses=_refusals(403, 503)
    )
    async def healthz() -> Health:
        """Return the service's state; needs no token."""
        if classifier.last_error is not None:
            raise HTTPException(503, classifier.last_error)
        return Health(status="ok", model=classifier.model)

    @app.get(
        "/metrics",
        summary="Export the counters for Prometheus",
        dependencies=known,
        response_class=PlainTextResponse,
        responses=_refusals(403, *_unknown(known)),
    )
    async def prometheus() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _add_pages(app: FastAPI) -> None:
    # Swagger UI from that package; FastAPI's own page would load it from a CDN.
    app.mount("/swagger", StaticFiles(packages=[("fastapi_offline", "static")]))

    @app.get("/pages/design.css", include_in_schema=False)
    async def tokens() -> Response:
        return Response(design.css(), media_type="text/css")

    @app.get("/pages/texts.js", include_in_schema=False)
    async def texts() -> FileResponse:
        return FileResponse(_SHARED / "texts.js")

    @app.get("/pages/lightbox.{kind}", include_in_schema=False)
    async def shared(kind: Literal["js", "css"]) -> FileResponse:
        return FileResponse(_SHARED / f"lightbox.{kind}")

    app.mount("/pages", StaticFiles(directory=_PAGES))

    @app.get("/", include_in_schema=False)
    async def drop(accept_language: Annotated[str, Header()] = "") -> HTMLResponse:
        words = languages.catalogue(languages.best(languages.accepted(accept_language)))
        about = {"Content-Language": words.tag, "Vary": "Accept-Language"}
        return HTMLResponse(_drop_page(words), headers=about)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> FileResponse:
        return FileResponse(_PAGES / "docs.html")


def _drop_page(words: Catalogue) -> str:
    """Fill the page in with the texts of one language, and of all reasons that may occur."""
    page = words.fill((_PAGES / "drop.html").read_text("utf-8"))
    page = page.replace('lang="en"', f'lang="{words.tag}"', 1)
    return page.replace('id="texts">', f'id="texts">{words.for_script()}', 1)


def _add_refusals(app: FastAPI) -> None:
    """Answer every refused request with JSON that contains a sentence."""

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)

    @app.exception_handler(CatdogError)
    async def broken(_: Request, error: CatdogError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 503)

    @app.exception_handler(ClientDisconnect)
    async def gone(_: Request, __: ClientDisconnect) -> JSONResponse:
        return JSONResponse({"error": "The client has disconnected."}, _CLIENT_CLOSED_REQUEST)

    @app.exception_handler(Exception)
    async def mistaken(_: Request, __: Exception) -> JSONResponse:
        return JSONResponse({"error": _REFUSALS[500]}, 500)
