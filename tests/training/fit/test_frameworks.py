import sys
from importlib import util
from types import ModuleType

import pytest

from catdog_sorter.errors import MissingExtra
from catdog_sorter.training.fit import frameworks
from catdog_sorter.training.fit.initial_weights import InitialWeights
from catdog_sorter.training.recipes import RECIPES


@pytest.mark.parametrize("framework", ["torch", "tf"])
def test_what_is_not_installed_is_named_with_the_command_that_installs_it(
    framework: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = util.find_spec
    monkeypatch.setattr(frameworks, "find_spec", lambda n: None if n == "onnx" else real(n))
    with pytest.raises(MissingExtra, match=rf"missing: .*onnx.*catdog-sorter\[{framework}\]"):
        frameworks.check_installed(framework)


def test_asking_what_is_installed_imports_no_framework() -> None:
    before = set(sys.modules)
    for framework in frameworks.TITLES:
        try:
            frameworks.check_installed(framework)
        except MissingExtra:
            continue
    assert not {"torch", "tensorflow"} & (set(sys.modules) - before)


def test_torch_and_torchvision_that_do_not_fit_are_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mismatched(ModuleType):
        def __getattr__(self, name: str) -> object:
            if not name.startswith("__"):
                raise RuntimeError("operator torchvision::nms does not exist")
            raise AttributeError(name)

    module = "catdog_sorter.training.fit.torch_trainer"
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "catdog_sorter.model.networks.torch", Mismatched("mismatched"))
    with pytest.raises(MissingExtra, match=r"torchvision::nms.*fresh environment"):
        frameworks.open_learner("torch", RECIPES["cnn"], InitialWeights("random"), 1, "cpu")
