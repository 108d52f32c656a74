import pytest

from catdog_sorter.previews import PreviewLook, PreviewPolicy, is_worth_another_look

LOOK = PreviewLook(160, {"160": 0.01, "320": 0.05})


@pytest.mark.parametrize(
    ("side", "p", "suffices"),
    [
        (159, 0.001, False),
        (160, 0.01, True),
        (319, 0.02, False),
        (320, 0.05, True),
        (4000, 0.05, True),
        (4000, 0.06, False),
    ],
)
def test_the_larger_the_preview_the_more_doubt_it_may_leave(
    side: int, p: float, suffices: bool
) -> None:
    assert LOOK.suffices(side, p, 0.0) is suffices
    assert LOOK.suffices(side, 0.0, p) is suffices


def test_a_preview_that_likely_shows_an_animal_is_not_looked_at_again() -> None:
    assert is_worth_another_look(0.1, 0.2)
    assert not is_worth_another_look(0.6, 0.0)
    assert not is_worth_another_look(0.0, 0.6)


def test_a_policy_without_looks_is_refused() -> None:
    with pytest.raises(ValueError, match="looks"):
        PreviewPolicy(())
