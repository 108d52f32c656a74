import shutil
from pathlib import Path

import pytest

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import (
    DEFAULT_MODEL,
    find_bundle,
    known_bundles,
    name_in_use,
    refuse_taken,
    remove_model,
    use_model,
)
from catdog_sorter.storage.locations import models_folder, name_in_use_file, shipped_weights
from tests.support.colours import tree


@pytest.fixture
def copy(colour_bundle: ModelBundle, tmp_path: Path) -> Path:
    return Path(shutil.copytree(colour_bundle.folder, tmp_path / "colours"))


def own_models() -> set[str]:
    return {name for name, folder in known_bundles().items() if folder.parent == models_folder()}


def test_a_bundle_is_found_by_name_and_by_path(copy: Path) -> None:
    assert find_bundle(str(copy)) == copy
    own = models_folder() / "mine"
    shutil.copytree(copy, own)
    assert find_bundle("mine") == own


def test_an_unknown_model_names_the_known_ones(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    with pytest.raises(UsageError, match=r"no model nonsense.*mine"):
        find_bundle("nonsense")


def test_an_unfinished_folder_is_not_a_model(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / ".mine-x7k")
    shutil.copytree(copy, models_folder() / "mine")
    assert own_models() == {"mine"}


def test_the_shipped_model_is_used_until_another_is_chosen(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    assert find_bundle(None) == shipped_weights() / DEFAULT_MODEL
    assert use_model("mine").folder == models_folder() / "mine"
    assert find_bundle(None) == models_folder() / "mine"
    use_model(DEFAULT_MODEL)
    assert find_bundle(None) == shipped_weights() / DEFAULT_MODEL
    assert not name_in_use_file().exists()


def test_a_chosen_model_that_is_missing_is_reported_and_not_replaced(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    use_model("mine")
    shutil.rmtree(models_folder() / "mine")
    with pytest.raises(BundleError, match=f"mine.*`catdog-sort models use {DEFAULT_MODEL}`"):
        find_bundle(None)


def test_a_damaged_or_unknown_model_is_not_put_into_use(copy: Path, home: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    (models_folder() / "mine" / "model.onnx").write_bytes(b"")
    before = tree(home)
    with pytest.raises(BundleError, match="SHA-256 is wrong"):
        use_model("mine")
    with pytest.raises(UsageError, match=r"no model nonsense.*mine"):
        use_model("nonsense")
    assert tree(home) == before


def test_a_place_that_cannot_be_written_is_advice(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    name_in_use_file().mkdir()
    with pytest.raises(BundleError, match="cannot be read"):
        name_in_use()
    with pytest.raises(BundleError, match="CATDOG_SORTER_HOME"):
        use_model("mine")


def test_removing_the_model_in_use_restores_the_bundled_default(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    shutil.copytree(copy, models_folder() / "other")
    use_model("mine")
    remove_model("mine")
    assert own_models() == {"other"}
    assert name_in_use() == DEFAULT_MODEL
    assert {name.split("/")[0] for name in tree(models_folder())} == {"other"}
    assert not name_in_use_file().exists()


def test_removing_another_model_leaves_the_one_in_use(copy: Path) -> None:
    for name in ("mine", "other"):
        shutil.copytree(copy, models_folder() / name)
    use_model("mine")
    remove_model("other")
    assert name_in_use() == "mine"


def test_a_damaged_model_can_be_removed(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    (models_folder() / "mine" / "bundle.json").write_text("{")
    remove_model("mine")
    assert list(models_folder().iterdir()) == []


def test_removing_a_link_leaves_what_it_points_to(copy: Path) -> None:
    models_folder().mkdir()
    (models_folder() / "mine").symlink_to(copy)
    remove_model("mine")
    assert list(models_folder().iterdir()) == []
    load_bundle(copy)


def test_shipped_models_are_not_removed() -> None:
    with pytest.raises(UsageError, match="comes with catdog-sorter"):
        remove_model(DEFAULT_MODEL)
    load_bundle(shipped_weights() / DEFAULT_MODEL)


def test_a_name_that_is_taken_is_refused(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    refuse_taken("new")
    refuse_taken("mine", may_replace=True)
    with pytest.raises(UsageError, match=r"model named mine already.*--name.*--replace"):
        refuse_taken("mine")
    for may_replace in (False, True):
        with pytest.raises(UsageError, match=r"comes with catdog-sorter.*--name"):
            refuse_taken(DEFAULT_MODEL, may_replace=may_replace)
    with pytest.raises(UsageError, match="is not a name"):
        refuse_taken("../mine")
