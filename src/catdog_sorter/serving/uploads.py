"""Reads uploaded photos from a request into memory, within the limits. Decodes nothing.

Refuses with an HTTPException whose detail is a readable sentence.
"""

import asyncio
import logging
import sys
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from catdog_sorter.serving.limits import ServiceLimits
from catdog_sorter.text import counted

# It logs every malformed form to stderr.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())

FIELD = "photos"
BODY_PAUSE_S = 15.0
_CLOSE = {"Connection": "close"}  # a connection that is still uploading cannot be reused
_FORM = "multipart/form-data"
_HOW = f"With curl, write -F {FIELD}=@FILE, once for each photo."


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded photo: the client's name for it, and its bytes."""

    name: str
    content: bytes


class _InMemory(MultiPartParser):
    """Keeps photos in memory, without a temporary file."""

    spool_max_size = sys.maxsize
    is_complete = False

    def on_end(self) -> None:
        """Note the boundary after the last part."""
        self.is_complete = True


def check_announced(request: Request, limits: ServiceLimits) -> None:
    """Refuse a request by its head alone if it is not a form, or announces too many bytes."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise HTTPException(415, f"Photos are taken as {_FORM}, not as {kind or 'nothing'}. {_HOW}")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.request_bytes:
        raise _too_large(limits)


async def read_uploads(
    request: Request, limits: ServiceLimits, reserve: Callable[[int], None]
) -> list[Upload]:
    """Read the photos of a request.

    Args:
        request: Its body is read.
        limits: What it may hold.
        reserve: Called with the number of bytes of each piece that has arrived; may refuse.

    Returns:
        The photos in their order, at least one.
    """
    body = _bounded(request, limits, reserve)
    parser = _InMemory(request.headers, body, max_files=limits.photos)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        if error.message.startswith("Too many files"):
            raise HTTPException(
                422, f"There are more than {counted(limits.photos, 'photo')}. Send fewer at once."
            ) from error
        raise HTTPException(400, f"The form cannot be read: {error.message} {_HOW}") from error
    if not parser.is_complete:
        raise HTTPException(400, "The form is cut off: its end is missing. Send it again.")
    uploads = [_upload(field, value) for field, value in form.multi_items()]
    if not uploads:
        raise HTTPException(422, f"The form holds no photo. {_HOW}")
    return uploads


async def _bounded(
    request: Request, limits: ServiceLimits, reserve: Callable[[int], None]
) -> AsyncGenerator[bytes, None]:
    """Yield the body; refuses one that exceeds the limit or pauses for too long."""
    taken = 0
    stream = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(BODY_PAUSE_S):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise HTTPException(408, "The photos arrive too slowly.", _CLOSE) from error
        if chunk is None:
            return
        taken += len(chunk)
        if taken > limits.request_bytes:
            raise _too_large(limits)
        reserve(len(chunk))
        yield chunk


def _upload(field: str, value: UploadFile | str) -> Upload:
    if field != FIELD or isinstance(value, str):
        kind = "text" if isinstance(value, str) else "a file"
        raise HTTPException(422, f"The field {field!r} is {kind}, where only photos belong. {_HOW}")
    return Upload(value.filename or "", value.file.read())


def _too_large(limits: ServiceLimits) -> HTTPException:
    return HTTPException(
        413,
        f"The request is larger than {limits.request_megabytes:g} MB. Send fewer photos at once, "
        "or smaller ones.",
    )
