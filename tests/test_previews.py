import pytest

from catdog_sorter.previews import PreviewPolicy

POLICY = PreviewPolicy(160, {"160": 0.01, "320": 0.05})


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
    assert POLICY.suffices(side, p, 0.0) is suffices
    assert POLICY.suffices(side, 0.0, p) is suffices
