"""The bundled model gives the same verdicts in every engine."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from catdog_sorter.errors import BundleError, MissingExtra, UsageError
from catdog_sorter.model.backends import NAMES, open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.storage.locations import shipped_weights

EXAMPLES = Path(__file__).parents[3] / "examples" / "photos"
SHIPPED = sorted(path.parent.name for path in shipped_weights().glob("*/bundle.json"))
_PACKAGES = {"torch": "torch", "tf": "tensorflow"}


@cache
def verdicts(model: str, backend: str, device: str = "cpu") -> dict[str, tuple[str, float, float]]:
    """Run the real command in its own process, as frameworks must not share one."""
    words = ["classify", str(EXAMPLES), "--format", "jsonl", "--no-cache", "--model", model]
    words += ["--backend", backend, "--device", device]
    answer = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *words], capture_output=True, text=True, check=True
    )
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    return {row["path"]: (row["label"], row["p_cat"], row["p_dog"]) for row in rows}


@pytest.mark.parametrize("backend", ["torch", "tf"])
@pytest.mark.parametrize("model", SHIPPED)
def test_engines_agree_on_real_photos(model: str, backend: str) -> None:
    if find_spec(_PACKAGES[backend]) is None:
        pytest.skip(f"{_PACKAGES[backend]} is not installed")
    with_onnx, others = verdicts(model, "onnx"), verdicts(model, backend)
    assert others.keys() == with_onnx.keys()
    assert len(with_onnx) == 11
    for path, (label, p_cat, p_dog) in with_onnx.items():
        assert others[path][0] == label
        assert others[path][1:] == pytest.approx((p_cat, p_dog), abs=1e-4)


def test_a_first_look_in_8_bits_changes_no_label_of_real_photos() -> None:
    exact, quick = (verdicts("efficientnet_lite2", "onnx", device) for device in ("cpu", "auto"))
    assert quick.keys() == exact.keys()
    for path, (label, p_cat, p_dog) in exact.items():
        assert quick[path][0] == label
        assert quick[path][1:] == pytest.approx((p_cat, p_dog), abs=0.02)


_REGIONS = """
import sys
import numpy as np
from pathlib import Path
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import load_bundle
bundle = load_bundle(Path(sys.argv[1]))
side = bundle.preprocessing.size
batch = np.random.default_rng(2).uniform(-1, 1, (3, 3, side, side)).astype(np.float32)
backend = open_backend(bundle, sys.argv[2])
np.savez(sys.argv[3], logits=backend.logits(batch), regions=backend.regions(batch))
"""


@cache
def looked(model: str, backend: str, folder: Path) -> dict[str, np.ndarray]:
    file = folder / f"{model}-{backend}.npz"
    words = [str(shipped_weights() / model), backend, str(file)]
    subprocess.run([sys.executable, "-c", _REGIONS, *words], check=True)
    return dict(np.load(file))


@pytest.mark.parametrize("backend", ["torch", "tf"])
@pytest.mark.parametrize("model", SHIPPED)
def test_engines_agree_on_logits_and_on_where_they_looked(
    model: str, backend: str, tmp_path: Path
) -> None:
    if find_spec(_PACKAGES[backend]) is None:
        pytest.skip(f"{_PACKAGES[backend]} is not installed")
    with_onnx, others = looked(model, "onnx", tmp_path), looked(model, backend, tmp_path)
    assert with_onnx["regions"].shape[:2] == with_onnx["logits"].shape == (3, 2)
    assert min(with_onnx["regions"].shape[2:]) >= 7
    for name, off in (("logits", 1e-4), ("regions", 5e-4)):  # a cell's numbers round more
        assert others[name].dtype == np.float32
        np.testing.assert_allclose(others[name], with_onnx[name], atol=off)


def test_a_network_without_regions_has_no_map(colour_bundle: ModelBundle) -> None:
    batch = np.zeros((1, 3, 8, 8), np.float32)
    assert open_backend(colour_bundle).regions(batch) is None


def test_the_batch_does_not_change_a_photos_logits() -> None:
    backend = open_backend(load_bundle(find_bundle(None)), "onnx")
    size = load_bundle(find_bundle(None)).preprocessing.size
    batch = np.random.default_rng(0).uniform(-1, 1, (5, 3, size, size)).astype(np.float32)
    together = backend.logits(batch)
    assert together.shape == (5, 2)
    assert together.dtype == np.float32
    alone = np.concatenate([backend.logits(batch[i : i + 1]) for i in range(5)])
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_an_unknown_backend_names_the_known_ones(colour_bundle: ModelBundle) -> None:
    with pytest.raises(UsageError, match=", ".join(NAMES)):
        open_backend(colour_bundle, "abacus")


@pytest.mark.parametrize("name", ["onnx", "torch", "tf"])
def test_a_missing_package_is_advice(
    name: str, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"catdog_sorter.model.backends.{name}", None)
    with pytest.raises(MissingExtra, match=r"(pip install|Install)"):
        open_backend(colour_bundle, name)


def test_torch_and_torchvision_that_do_not_fit_are_advice(
    colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Mismatched(ModuleType):
        def __getattr__(self, name: str) -> object:
            if name == "build_network":
                raise RuntimeError("operator torchvision::nms does not exist")
            raise AttributeError(name)

    monkeypatch.delitem(sys.modules, "catdog_sorter.model.backends.torch", raising=False)
    monkeypatch.setitem(sys.modules, "catdog_sorter.model.networks.torch", Mismatched("mismatched"))
    with pytest.raises(MissingExtra, match=r"torchvision::nms.*pip install"):
        open_backend(colour_bundle, "torch")


def test_ctrl_c_while_an_engine_loads_is_no_engine_that_is_missing(
    colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> None:
        raise ImportError("initialization failed") from KeyboardInterrupt()

    monkeypatch.setattr("catdog_sorter.model.backends.import_module", interrupted)
    with pytest.raises(KeyboardInterrupt):
        open_backend(colour_bundle)


def test_the_error_for_an_unknown_architecture_has_advice(colour_bundle: ModelBundle) -> None:
    pytest.importorskip("torch", reason="needs the extra `torch`")
    with pytest.raises(BundleError, match="--backend onnx"):
        open_backend(colour_bundle, "torch")


def test_a_network_of_other_shapes_than_described_is_refused(colour_bundle: ModelBundle) -> None:
    larger = replace(colour_bundle, preprocessing=replace(colour_bundle.preprocessing, size=9))
    with pytest.raises(BundleError, match=r"shape .*8, 8\] .*needs \[None, 3, 9, 9\]"):
        open_backend(larger)
    with pytest.raises(BundleError, match=r"needs \[None, 1\]"):
        open_backend(replace(colour_bundle, outputs=("dog",)))


def test_a_network_that_fails_while_running_is_reported(colour_bundle: ModelBundle) -> None:
    with pytest.raises(BundleError, match="cannot run"):
        open_backend(colour_bundle).logits(np.zeros((1, 3, 5, 5), np.float32))


def test_a_file_that_is_not_an_onnx_model_is_refused(tmp_path: Path) -> None:
    from catdog_sorter.model.backends.onnx import OrtNetwork

    (tmp_path / "model.onnx").write_bytes(b"nonsense")
    with pytest.raises(BundleError, match="cannot load"):
        OrtNetwork(str(tmp_path / "model.onnx"))


def test_the_engine_tells_nobody_of_its_use(colour_bundle: ModelBundle, tmp_path: Path) -> None:
    """ONNX Runtime 1.32 stores its telemetry in the user's cache folder."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from catdog_sorter.model.backends import open_backend\n"
        "from catdog_sorter.model.bundle import load_bundle\n"
        "open_backend(load_bundle(Path(sys.argv[1])))"
    )
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code, colour_bundle.folder], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
