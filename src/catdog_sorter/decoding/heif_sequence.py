"""Converts the first picture of a HEIF image sequence to a HEIC file with one picture.

A sequence without a primary picture is structured like a video: by ISO/IEC 23008-12 and 14496-12
the box `moov` leads to the first picture's data and its HEVC configuration, which go into `meta`.
"""

import struct

from catdog_sorter.decoding.boxes import box, boxes, full_box, only

_HEVC = (b"hvc1", b"hev1")
_SAMPLE_ENTRY_BYTES = 78  # of a visual sample entry, before the boxes in it
_MAX_PICTURE_BYTES = 256 << 20
# The matrix of a track, without offsets, and its number of anticlockwise quarter turns.
_ONE = 1 << 16
_TURNS = {(0, _ONE, -_ONE, 0): 3, (-_ONE, 0, 0, -_ONE): 2, (0, -_ONE, _ONE, 0): 1}


def first_picture(content: bytes) -> bytes:
    """A HEIC file with the first picture of a sequence without a primary picture.

    Raises:
        LookupError: It has a primary picture, or no sequence of HEVC pictures.
        struct.error: It is truncated.
    """
    kinds = {kind for kind, _, _ in boxes(content, 0, len(content))}
    if b"meta" in kinds or b"moov" not in kinds:
        raise LookupError("no sequence without a main picture")
    movie = only(content, 0, len(content), b"moov")
    for kind, start, end in boxes(content, *movie):
        if kind == b"trak":
            try:
                return _still(content, start, end)
            except LookupError:
                continue
    raise LookupError("no track of HEVC pictures")


def _still(content: bytes, start: int, end: int) -> bytes:
    table = (start, end)
    for kind in (b"mdia", b"minf", b"stbl"):
        table = only(content, *table, kind)
    width, height, configuration = _description(content, *table)
    data = _first_sample(content, *table)
    turns = _turns(content, *only(content, start, end, b"tkhd"))
    properties = [configuration, full_box(b"ispe", struct.pack(">II", width, height))]
    if turns:
        properties.append(box(b"irot", bytes([turns])))
    return _heic(data, properties)


def _description(content: bytes, start: int, end: int) -> tuple[int, int, bytes]:
    """Width, height and the box `hvcC` of the pictures."""
    first, last = only(content, start, end, b"stsd")
    for kind, begin, stop in boxes(content, first + 8, last):
        if kind in _HEVC:
            width, height = struct.unpack_from(">HH", content, begin + 24)
            at = only(content, begin + _SAMPLE_ENTRY_BYTES, stop, b"hvcC")
            return width, height, box(b"hvcC", content[slice(*at)])
    raise LookupError("no HEVC")


def _first_sample(content: bytes, start: int, end: int) -> bytes:
    sizes, _ = only(content, start, end, b"stsz")
    same, count = struct.unpack_from(">II", content, sizes + 4)
    size = same or struct.unpack_from(">I", content, sizes + 12)[0]
    try:
        (offset,) = struct.unpack_from(">I", content, only(content, start, end, b"stco")[0] + 8)
    except LookupError:
        (offset,) = struct.unpack_from(">Q", content, only(content, start, end, b"co64")[0] + 8)
    if not count or not 0 < size <= _MAX_PICTURE_BYTES or offset + size > len(content):
        raise LookupError("the first picture is not there")
    return content[offset : offset + size]


def _turns(content: bytes, start: int, end: int) -> int:
    matrix = start + (52 if content[start] else 40)
    a, b, _, c, d = struct.unpack_from(">5i", content, matrix)
    return _TURNS.get((a, b, c, d), 0)


def _heic(data: bytes, properties: list[bytes]) -> bytes:
    """One HEVC picture as a file of its own."""
    brand = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    essential = bytes(0x80 | number for number in range(1, len(properties) + 1))
    associations = struct.pack(">IHB", 1, 1, len(properties)) + essential
    before, after = (
        [
            full_box(b"hdlr", bytes(4), b"pict", bytes(13)),
            full_box(b"pitm", struct.pack(">H", 1)),
        ],
        [
            full_box(
                b"iinf",
                struct.pack(">H", 1),
                full_box(b"infe", struct.pack(">HH", 1, 0), b"hvc1\0", version=2),
            ),
            box(b"iprp", box(b"ipco", *properties), full_box(b"ipma", associations)),
        ],
    )

    def meta(offset: int) -> bytes:
        place = struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(data))
        return full_box(b"meta", *before, full_box(b"iloc", place), *after)

    offset = len(brand) + len(meta(0)) + 8
    return brand + meta(offset) + box(b"mdat", data)
