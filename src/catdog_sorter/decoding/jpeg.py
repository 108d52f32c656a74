"""Recognises the kinds of JPEG that no decoder here supports, by their first bytes."""

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ENDS = (0xD9, 0xDA)
START_BYTES = 1 << 17


def unsupported_kind(start: bytes) -> str | None:
    """The name of an unsupported kind of JPEG, by its first bytes; None if it is supported."""
    at = 2
    while start[at : at + 1] == b"\xff" and at + 9 < len(start):
        marker, length = start[at + 1], int.from_bytes(start[at + 2 : at + 4], "big")
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _FRAMES:
            precision, height = start[at + 4], int.from_bytes(start[at + 5 : at + 7], "big")
            if precision != 8:
                return f"JPEG with {precision} bits"
            return None if height else "JPEG without a height"
        if marker in _ENDS or length < 2:
            return None
        at += 2 + length
    return None
