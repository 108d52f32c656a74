"""Detects features of this computer's processor."""

import platform
import sys
from functools import cache
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
# Products of 8-bit integers summed in one instruction, as Linux calls them on x86 and ARM.
_INT8_FLAGS = frozenset({"avx512_vnni", "avx_vnni", "asimddp"})


@cache
def has_int8_products(cpuinfo: Path = _CPUINFO) -> bool:
    """Whether the processor has exact 8-bit products, several times faster than single precision.

    Without such instructions ONNX Runtime adds pairs of products in 16 bits, which overflow. False
    if that is unknown: on Windows and on Macs with Intel processors.
    """
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    for line in text.splitlines():
        name, _, values = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return not _INT8_FLAGS.isdisjoint(values.split())
    return False
