"""The rules that bring a coding's figures to one number of the dead and hurt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from benchmarks.tally import Figure, of_incident, tally, with_recalled

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
            [figure("injured", 1, "one man"), figure("injured", 2, "two others", start=20)],
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
        pytest.param(
            [figure("killed", 5, "five people"), figure("killed", 1, "Ivo Tarn", 2, doer=True)],
            {"killed": 6},
            id="an event's actor died as well",
        ),
        pytest.param(
            [figure("killed", 5, "five people", around="five people are dead"), figure("killed", 1, "the gunman", 2)],
            {"killed": 5},
            id="the dead are all of the dead",
        ),
        pytest.param(
            [
                figure("injured", 2, "one who was hit and a fourth victim", start=10),
                figure("injured", 1, "a fourth victim", start=30),
            ],
            {"injured": 2},
            id="a part of the figure before",
        ),
        pytest.param(
            [figure("injured", 1, "a deputy"), figure("injured", 1, "his girlfriend", 2, sex="female")],
            {"injured": 2},
            id="an officer and a relative",
        ),
        pytest.param(
            [figure("killed", 2, "two"), figure("injured", 3, "three others"), figure("injured", 5, "five people", 4)],
            {"killed": 2, "injured": 3},
            id="a total of the dead and the hurt",
        ),
        pytest.param(
            [figure("injured", 1, "a girl", sex="female"), figure("injured", 1, "the other victim", 2)],
            {"injured": 1},
            id="the other victim was told of",
        ),
    ],
)
def test_figures_are_brought_to_one_number(told: list[Figure], expected: dict[str, int]) -> None:
    assert tally(told) == expected


def test_whoever_was_struck_and_did_not_die_is_hurt() -> None:
    assert tally([figure("killed", 2, "two of them")], struck=5) == {"killed": 2, "injured": 3}
    assert tally([figure("killed", 2, "two"), figure("injured", 4, "four")], struck=5) == {"killed": 2, "injured": 4}
    assert tally([], struck=5) == {}


def test_the_background_of_the_same_day_is_the_incident() -> None:
    first = figure("killed", 1, "a man")
    same = figure("injured", 3, "three others", start=50)
    before = figure("injured", 9, "nine people", when=(date(2023, 1, 9), date(2023, 1, 9)))
    undated = figure("injured", 8, "eight people", when=None)
    assert with_recalled([first], [same, before, undated]) == [first, same]
    assert with_recalled([], [same]) == []


def test_a_sentence_of_another_day_is_no_part_of_it() -> None:
    first = figure("injured", 2, "two people")
    dated = figure("killed", 4, "four people", 2, when=(date(2024, 4, 1), date(2024, 4, 1)))
    beside = figure("injured", 20, "20 people", 2, when=None)
    month = figure("killed", 8, "eight people", 3, when=None, beside=((date(2023, 12, 1), date(2023, 12, 31)),))
    said = figure("killed", 1, "a boy", 4, when=None, beside=((date(2024, 5, 20), date(2024, 5, 20)),))
    assert of_incident([first, dated, beside, month, said]) == [first, said]


def test_other_days_and_late_recalls_are_other_incidents() -> None:
    first = figure("injured", 2, "two people")
    month_before = figure("killed", 4, "four people", 2, when=(date(2024, 4, 1), date(2024, 4, 1)))
    year = figure("killed", 40, "40 people", 3, when=(date(2024, 1, 1), date(2024, 12, 31)))
    late = figure("killed", 9, "nine people", 30, when=None)
    assert of_incident([first, month_before, year, late]) == [first]
