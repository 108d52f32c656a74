"""The choice of device, with sessions that claim a device but compute on the CPU."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest

from catdog_sorter.errors import BundleError
from catdog_sorter.model import trial
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends import onnx, open_backend
from catdog_sorter.model.bundle import DESCRIPTION, DETECTOR, INT8, ONNX, ModelBundle, load_bundle
from catdog_sorter.storage.files import file_sha256
from tests.support.colours import add_detector, write_colour_model

CUDA, COREML = "CUDAExecutionProvider", "CoreMLExecutionProvider"
Open = Callable[..., tuple[Backend, list[str]]]


@pytest.fixture
def opened(colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the network with the providers `there`; `faults` maps some to their fault."""
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


def test_without_a_device_the_cpu_computes_without_a_message(opened: Open) -> None:
    for device in ("auto", "cpu"):
        network, told = opened(device)
        assert (network.name, network.batch_size, told) == ("onnx on cpu", 1, [])


def test_an_available_device_is_used_unless_the_cpu_is_chosen(opened: Open) -> None:
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


@pytest.fixture
def quick_bundle(colour_bundle: ModelBundle, tmp_path: Path) -> ModelBundle:
    """A bundle with an exact network and a quick one with slightly lower logits."""
    folder = shutil.copytree(colour_bundle.folder, tmp_path / "quick")
    write_colour_model(folder / INT8, 9.0)
    description = json.loads((folder / DESCRIPTION).read_text())
    description["files"][INT8] = file_sha256(folder / INT8)
    (folder / DESCRIPTION).write_text(json.dumps(description))
    return load_bundle(folder)


@pytest.fixture
def detecting_bundle(colour_bundle: ModelBundle, tmp_path: Path) -> ModelBundle:
    """A bundle with a detector whose logits for red are below the network's."""
    folder = shutil.copytree(colour_bundle.folder, tmp_path / "detecting")
    add_detector(folder, 4.0)
    return load_bundle(folder)


RED = np.stack([np.full((8, 8), value, np.float32) for value in (1, -1, -1)])[None]


@pytest.mark.parametrize(
    ("device", "has_products", "expected"),
    [("auto", True, 9.0), ("auto", False, None), ("cpu", True, None)],
)
def test_the_int8_network_is_used_where_the_processor_is_made_for_it(
    device: str,
    has_products: bool,
    expected: float | None,
    quick_bundle: ModelBundle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(onnx, "has_int8_products", lambda: has_products)
    network = open_backend(quick_bundle, device=device)
    found = network.quick_logits(RED)
    assert (None if found is None else found[0, 0]) == expected
    assert network.logits(RED)[0, 0] == 10
    assert ("int8" in network.name) == (expected is not None)


def test_a_model_without_an_int8_network_is_computed_exactly(colour_bundle: ModelBundle) -> None:
    assert open_backend(colour_bundle).quick_logits(RED) is None


def test_the_exact_network_is_opened_and_verified_when_it_is_first_asked(
    quick_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx, "has_int8_products", lambda: True)
    network = open_backend(quick_bundle)
    with quick_bundle.file(ONNX).open("ab") as file:
        file.write(b"more")
    assert network.quick_logits(RED)[0, 0] == 9
    with pytest.raises(BundleError, match="is damaged: its SHA-256 is wrong"):
        network.logits(RED)


@pytest.mark.parametrize("device", ["cpu", "auto"])
def test_the_detector_is_opened_and_verified_when_it_is_first_asked(
    device: str, detecting_bundle: ModelBundle
) -> None:
    network = open_backend(detecting_bundle, device=device)
    found = network.detector_logits(RED)
    assert found is not None and found[0, 0] == 4
    with detecting_bundle.file(DETECTOR).open("ab") as file:
        file.write(b"more")
    assert found is not None and network.detector_logits(RED) is not None, "open already"
    with pytest.raises(BundleError, match="is damaged: its SHA-256 is wrong"):
        open_backend(detecting_bundle, device=device).detector_logits(RED)


def test_a_detector_of_another_input_is_refused(detecting_bundle: ModelBundle) -> None:
    file = detecting_bundle.folder / DESCRIPTION
    description = json.loads(file.read_text())
    description["test_time_augmentation"]["detector_size"] = 9
    file.write_text(json.dumps(description))
    bundle = load_bundle(detecting_bundle.folder)
    with pytest.raises(BundleError, match=r"needs \[None, 3, 9, 9\]"):
        open_backend(bundle).detector_logits(np.zeros((1, 3, 9, 9), np.float32))
    assert "needs [None, 3, 9, 9]" in str(trial.problem(bundle))


def test_a_model_without_a_detector_has_no_logits_of_one(colour_bundle: ModelBundle) -> None:
    assert open_backend(colour_bundle).detector_logits(RED) is None


def test_a_detector_is_tried_with_its_model(detecting_bundle: ModelBundle) -> None:
    assert trial.problem(detecting_bundle) is None
