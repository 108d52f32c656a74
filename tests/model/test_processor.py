"""The processor's features by the system's description."""

from pathlib import Path

import pytest

from catdog_sorter.model import processor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model name : A\nflags\t\t: fpu sse2 avx512_vnni\n", True),
        ("flags : fpu avx2 avx_vnni\n", True),
        ("Features\t: fp asimd asimddp\n", True),
        ("flags : fpu sse2 avx2\n", False),
        ("model name : avx512_vnni\nflags : fpu\n", False),
        ("", False),
    ],
)
def test_8_bit_products_are_used_only_if_the_processor_lists_them(
    text: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor.sys, "platform", "linux")
    (tmp_path / "cpuinfo").write_text(text)
    assert processor.has_int8_products(tmp_path / "cpuinfo") is expected


def test_a_system_that_does_not_say_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor.sys, "platform", "win32")
    assert not processor.has_int8_products(tmp_path / "missing")


@pytest.mark.parametrize(("machine", "expected"), [("arm64", True), ("x86_64", False)])
def test_apple_s_own_processors_have_it(
    machine: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor.sys, "platform", "darwin")
    monkeypatch.setattr(processor.platform, "machine", lambda: machine)
    assert processor.has_int8_products(tmp_path / machine) is expected
