from pathlib import Path

from catdog_sorter.gui.panels import named_problems


def test_photos_with_one_problem_share_a_line() -> None:
    problems = [(Path(f"/p/{n}.jpg"), "The drive is full.") for n in range(5)]
    problems.insert(1, (Path("/p/x.jpg"), "It is gone."))
    assert named_problems(problems) == [
        "0.jpg, 1.jpg, 2.jpg + 2: The drive is full.",
        "/p/x.jpg: It is gone.",
    ]


def test_the_photos_of_further_problems_are_counted() -> None:
    problems = [(Path(f"/p/{n}.jpg"), f"Reason {n // 2}.") for n in range(14)]
    lines = named_problems(problems)
    assert (len(lines), lines[-1]) == (6, "... and 4 photos more.")
