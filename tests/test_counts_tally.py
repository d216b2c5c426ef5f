"""The rules that bring a coding's figures to one number of the dead and hurt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from benchmarks.tally import Figure, of_incident, tally

DAY = date(2024, 5, 6)


def figure(kind: Any, value: int, quote: str, sentence: int = 1, **known: Any) -> Figure:
    """A figure of which only what is given is known."""
    unknown: dict[str, Any] = {"around": quote, "names": frozenset(), "sex": None, "age": None, "young": None}
    when = (DAY, DAY)
    return Figure(
        kind, value, quote, sentence=sentence, **{**unknown, "start": 0, "actor": None, "when": when, **known}
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([], {}, id="nothing is told"),
        pytest.param(
            [figure("killed", 3, "three people"), figure("killed", 1, "a man", 2, sex="male")],
            {"killed": 3},
            id="a whole and its parts",
        ),
        pytest.param(
            [figure("killed", 1, "a man", sex="male"), figure("killed", 1, "a woman", 2, sex="female")],
            {"killed": 2},
            id="two persons told apart",
        ),
        pytest.param(
            [
                figure("killed", 1, "a man", sex="male"),
                figure("killed", 1, "Ole Brandt", 2, names=frozenset({"brandt"})),
            ],
            {"killed": 1},
            id="a person and then the name",
        ),
        pytest.param(
            [figure("injured", 1, "a man", sex="male"), figure("killed", 1, "he", 2, sex="male")],
            {"injured": 0, "killed": 1},
            id="whoever was hurt has died",
        ),
        pytest.param(
            [figure("injured", 1, "one man"), figure("injured", 2, "two others")],
            {"injured": 3},
            id="others add to the figure of the same sentence",
        ),
        pytest.param(
            [figure("killed", 5, "five people"), figure("killed", 1, "the gunman", 2)],
            {"killed": 6},
            id="whoever did it died as well",
        ),
        pytest.param(
            [
                figure("killed", 5, "five people", around="five people, including him"),
                figure("killed", 1, "himself", 2),
            ],
            {"killed": 5},
            id="whoever did it is among them already",
        ),
        pytest.param([figure("killed", 0, "nobody")], {"killed": 0}, id="nobody"),
    ],
)
def test_figures_are_brought_to_one_number(told: list[Figure], expected: dict[str, int]) -> None:
    assert tally(told) == expected


def test_other_days_and_late_recalls_are_other_incidents() -> None:
    first = figure("injured", 2, "two people")
    month_before = figure("killed", 4, "four people", 2, when=(date(2024, 4, 1), date(2024, 4, 1)))
    year = figure("killed", 40, "40 people", 3, when=(date(2024, 1, 1), date(2024, 12, 31)))
    late = figure("killed", 9, "nine people", 30, when=None)
    assert of_incident([first, month_before, year, late]) == [first]
