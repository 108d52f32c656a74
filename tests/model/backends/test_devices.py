"""Which device computes, judged by sessions that claim to run on one and compute on the CPU."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest

from catdog_sorter.errors import BundleError
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle

CUDA, COREML = "CUDAExecutionProvider", "CoreMLExecutionProvider"
Open = Callable[..., tuple[Backend, list[str]]]


@pytest.fixture
def opened(colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the network where `there` are these providers; `faults` maps some to what ails them."""
    real = ort.InferenceSession

    def opened(device: str, *there: str, **faults: str) -> tuple[Backend, list[str]]:
        class Session:
            def __init__(
                self, path: str, options: Any, providers: list[Any], enable_fallback: bool
            ) -> None:
                assert not enable_fallback, "it would write to stdout, among the results"
                names = [name if isinstance(name, str) else name[0] for name in providers]
                self.fault = faults.get(names[0], "")
                if self.fault == "refused":
                    raise RuntimeError("no such device")
                self.names = names[1:] if self.fault == "left out" else names
                self.session = real(path, options, ["CPUExecutionProvider"])
                self.get_inputs, self.get_outputs = (
                    self.session.get_inputs,
                    self.session.get_outputs,
                )

            def get_providers(self) -> list[str]:
                return self.names

            def run(self, *words: Any) -> Any:
                if self.fault == "full":
                    raise RuntimeError("out of memory")
                off = np.float32(0.01 if self.fault == "coarse" else 0)
                return [self.session.run(*words)[0] + off]

        monkeypatch.setattr(ort, "InferenceSession", Session)
        monkeypatch.setattr(
            ort, "get_available_providers", lambda: [*there, "CPUExecutionProvider"]
        )
        told: list[str] = []
        return open_backend(colour_bundle, "onnx", device, told.append), told

    return opened


def test_without_a_device_the_cpu_computes_and_nothing_is_said(opened: Open) -> None:
    for device in ("auto", "cpu"):
        network, told = opened(device)
        assert (network.name, network.batch_size, told) == ("onnx on cpu", 1, [])


def test_a_device_that_is_there_is_used_unless_the_cpu_is_asked_for(opened: Open) -> None:
    for device in ("auto", "cuda"):
        network, told = opened(device, CUDA)
        assert (network.name, told) == ("onnx on cuda", [])
        assert network.batch_size > 1
    assert opened("cpu", CUDA)[0].name == "onnx on cpu"


@pytest.mark.parametrize("fault", ["refused", "left out", "full", "coarse"])
def test_a_device_that_fails_or_computes_otherwise_is_replaced_with_one_sentence(
    fault: str, opened: Open
) -> None:
    for device in ("auto", "cuda"):
        network, told = opened(device, CUDA, **{CUDA: fault})
        assert network.name == "onnx on cpu"
        assert len(told) == 1
        assert "cannot use cuda here" in told[0]


def test_the_next_device_is_tried_before_the_cpu(opened: Open) -> None:
    network, told = opened("auto", COREML, CUDA, **{CUDA: "refused"})
    assert (network.name, told) == ("onnx on coreml", [])
    network, told = opened("auto", COREML, CUDA, **{CUDA: "full", COREML: "coarse"})
    assert network.name == "onnx on cpu"
    assert len(told) == 1
    assert "cannot use cuda, coreml here" in told[0]


def test_a_device_that_fails_later_is_advice(opened: Open) -> None:
    network, _ = opened("auto", CUDA)
    with pytest.raises(BundleError, match="Use `--device cpu`"):
        network.logits(np.zeros((1, 3, 5, 5), np.float32))
