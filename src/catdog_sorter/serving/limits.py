"""How much the service takes at once, and how long it works on it. Knows nothing of HTTP."""

from dataclasses import dataclass

_MEGA = 1_000_000
# Enough for the largest request and some more of the same; the usual ones are much smaller.
_LARGEST_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may hold, and all of them together.

    `photos`: how many may wait or be looked at, in all requests; one request may hold as many.
    `timeout_s`: how long one request may take, from its first byte to the answer;
    `photo_timeout_s`: how long one photo may be decoded.
    """

    photos: int = 64
    request_megabytes: float = 32.0
    photo_megapixels: float = 100.0
    timeout_s: float = 60.0
    photo_timeout_s: float = 20.0

    @property
    def request_bytes(self) -> int:
        """The most one request may hold."""
        return int(self.request_megabytes * _MEGA)

    @property
    def photo_pixels(self) -> int:
        """The most one photo may say it has."""
        return int(self.photo_megapixels * _MEGA)


class Room:
    """Counts what is taken in, so that memory stays bounded. For one thread: the one that serves.

    In bytes there is room for eight requests of the largest size.
    """

    def __init__(self, limits: Limits) -> None:
        self._free_photos = limits.photos
        self._free_bytes = _LARGEST_AT_ONCE * limits.request_bytes

    def take(self, photos: int, size_bytes: int) -> bool:
        """Whether there was room; if so it is taken."""
        if photos > self._free_photos or size_bytes > self._free_bytes:
            return False
        self.give_back(-photos, -size_bytes)
        return True

    def give_back(self, photos: int, size_bytes: int) -> None:
        """What was taken is free again."""
        self._free_photos += photos
        self._free_bytes += size_bytes
