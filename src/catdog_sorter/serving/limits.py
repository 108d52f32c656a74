"""Bounds on the size, number and duration of requests. Knows nothing of HTTP."""

from dataclasses import dataclass

_MEGA = 1_000_000
# In bytes; usual requests are much smaller than the largest.
_MAX_FULL_REQUESTS = 8


@dataclass(frozen=True, slots=True)
class ServiceLimits:
    """Bounds on one request, and on all of them together.

    Attributes:
        photos: Maximum number of photos in progress, in all requests; one request may hold as many.
        request_megabytes: Maximum size of one request.
        photo_megapixels: Maximum size of one photo.
        timeout_s: Maximum duration of one request, from its first byte to the response.
        photo_timeout_s: Maximum decode time per photo.
    """

    photos: int = 64
    request_megabytes: float = 32.0
    photo_megapixels: float = 100.0
    timeout_s: float = 60.0
    photo_timeout_s: float = 20.0

    @property
    def request_bytes(self) -> int:
        """Maximum size of one request."""
        return int(self.request_megabytes * _MEGA)

    @property
    def photo_pixels(self) -> int:
        """Maximum number of pixels a photo may declare."""
        return int(self.photo_megapixels * _MEGA)


class CapacityLimiter:
    """Counts photos and bytes in progress, so that memory stays bounded. Not thread-safe.

    The bytes suffice for eight requests of the largest size.
    """

    def __init__(self, limits: ServiceLimits) -> None:
        self._free_photos = limits.photos
        self._free_bytes = _MAX_FULL_REQUESTS * limits.request_bytes

    def acquire(self, photos: int, size_bytes: int) -> bool:
        """Reserve capacity; returns False, and reserves none, when there is too little."""
        if photos > self._free_photos or size_bytes > self._free_bytes:
            return False
        self.release(-photos, -size_bytes)
        return True

    def release(self, photos: int, size_bytes: int) -> None:
        """Free reserved capacity."""
        self._free_photos += photos
        self._free_bytes += size_bytes
