"""Krippendorff's alpha against published values and another implementation, and what coders are compared on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.evaluate.agreement import Agreement, Coded, FieldAgreement, Scale, agreement
from dateline.evaluate.agreement.alpha import Unit, alpha
from dateline.evaluate.agreement.units import NOT_STATED, units
from dateline.model import Coding, EventMention
from evaluate_cases import SECOND, coding, count, date, event, place, sentence, who

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): two observers of binary values (section A), two of
# nominal ones (section B), and four with values missing (section C), by each scale.
BINARY = ("0100000000", "1110010010")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
PUBLISHED: tuple[tuple[Scale, float], ...] = (
    ("nominal", 0.743),
    ("ordinal", 0.815),
    ("interval", 0.849),
    ("ratio", 0.797),
)


def of(observers: Sequence[str], read: type = str) -> list[Unit]:
    columns = zip(*observers, strict=True)
    return [Unit(n, tuple(read(v) for v in column if v != ".")) for n, column in enumerate(columns)]


def test_the_published_values_of_two_observers() -> None:
    assert alpha(of(BINARY), "nominal").value == pytest.approx(0.095, abs=5e-4)
    assert alpha(of(NOMINAL), "nominal").value == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(("scale", "value"), PUBLISHED)
def test_the_published_values_of_four_observers_with_values_missing(scale: Scale, value: float) -> None:
    assert alpha(of(FOUR, int), scale).value == pytest.approx(value, abs=5e-4)


values = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=3, max_size=3), min_size=2, max_size=25
).filter(lambda rows: len({v for row in rows if sum(x is not None for x in row) > 1 for v in row if v is not None}) > 1)


@settings(deadline=None)
@given(values, st.sampled_from([scale for scale, _ in PUBLISHED]))
def test_another_implementation_gives_the_same(rows: list[list[int | None]], scale: Scale) -> None:
    pairable = [row for row in rows if sum(v is not None for v in row) > 1]
    data = np.array([[nan if v is None else v for v in row] for row in pairable]).T
    theirs = krippendorff.alpha(reliability_data=data, level_of_measurement=scale)
    ours = alpha([Unit(n, tuple(v for v in row if v is not None)) for n, row in enumerate(rows)], scale)
    assert ours.value == pytest.approx(theirs, abs=6e-5)


def test_sets_differ_by_what_they_have_in_common() -> None:
    one, two, other = frozenset("ab"), frozenset("a"), frozenset("c")
    # Values: ab, a | c, c. Within: 1 - 1/2 * 2/3 = 2/3, twice. Expected: ab-a 2/3, ab-c and a-c 1, each as often as
    # it can be drawn: 2 * (2/3 + 2 + 2).
    drawn = alpha([Unit(0, (one, two)), Unit(1, (other, other))], "sets").value
    assert drawn == pytest.approx(1 - 3 * (2 * 2 / 3) / (2 * (2 / 3 + 2 + 2)), abs=5e-5)
    assert alpha([Unit(0, (frozenset(), frozenset())), Unit(1, (one, one))], "sets").value == 1


def test_what_does_not_vary_shows_no_agreement() -> None:
    assert alpha([Unit(n, ("a", "a")) for n in range(9)], "nominal").value is None
    assert alpha([], "nominal").value is None
    assert alpha([Unit(0, ("a",)), Unit(1, ("b",))], "nominal").value is None


def test_the_interval_holds_the_value_and_is_the_same_again() -> None:
    data = of([line * 8 for line in FOUR], int)
    found = alpha(data, "ordinal", resamples=500, seed=7)
    assert found.low is not None and found.high is not None and found.value is not None
    assert found.low < found.value < found.high
    assert found == alpha(data, "ordinal", resamples=500, seed=7)
    assert found != alpha(data, "ordinal", resamples=500, seed=8)
    wider = alpha(data, "ordinal", resamples=500, seed=7, level=0.99)
    assert wider.low is not None and wider.low < found.low


def test_reports_are_drawn_and_not_units() -> None:
    # All units of a report agree or none does: drawn one by one they would seem to tell more than they do.
    apart = [Unit(n, ("a", "b") if n < 20 else ("a", "a") if n < 60 else ("b", "b")) for n in range(100)]
    together = [replace(unit, report=unit.report // 20) for unit in apart]
    one, other = (alpha(data, "nominal", resamples=400) for data in (apart, together))
    assert one.value == other.value
    assert None not in (one.low, one.high, other.low, other.high)
    assert other.high - other.low > 1.5 * (one.high - one.low)  # type: ignore[operator]


def test_a_draw_is_what_the_drawn_reports_give() -> None:
    # With two reports and one of them alone undefined, what is drawn is the first twice, both, or the second twice.
    found = alpha([Unit(0, ("a", "b")), Unit(1, ("a", "a"))], "nominal", resamples=200, level=0.98)
    assert (found.value, found.low, found.high) == (0, -0.5, 0)


BEATING = event("ASSAULT", "beat", place=place("Lyon", country="FR"), date=date("2024-01-17"))
HELD = event("COERCE", "detained", mode="arrest", counts=(count("arrested", 12),), actors=(who("police"),))
MARCH = event("PROTEST", "marched")


def made(who: str, *events: EventMention, id: str = "r1", when: str = "2024-05-02") -> Coded:
    return Coded(who, when, coding(*events, id=id))


def field(found: Agreement, name: str) -> FieldAgreement:
    return next(one for one in found.fields if one.field == name)


def test_rows_of_several_coders_are_one_event() -> None:
    found = units({"Ada": coding(BEATING, HELD), "Bo": coding(HELD, MARCH), "Cy": coding(BEATING)})
    assert found.rows == (frozenset({"Ada", "Cy"}), frozenset({"Bo"}), frozenset({"Ada", "Bo"}))
    # Two sentences: the first is told of by two, the second by other two.
    assert found.fields["event"] == (
        {"Ada": True, "Bo": False, "Cy": True},
        {"Ada": True, "Bo": True, "Cy": False},
    )
    assert [set(unit) for unit in found.fields["type"]] == [{"Ada", "Cy"}, {"Ada", "Bo"}]


def test_no_coder_has_two_rows_in_one_event() -> None:
    twice = (replace(HELD, id="x"), replace(HELD, id="y"))
    found = units({"Ada": coding(*twice), "Bo": coding(HELD), "Cy": coding(*twice)})
    assert sorted(map(len, found.rows)) == [2, 3]


def test_values_are_the_same_where_evaluating_takes_them_for_one() -> None:
    named = replace(BEATING, place=place("Lyon", name="Lyon, France", geonameid=2996944, country="FR"))
    found = units({"Ada": coding(BEATING), "Bo": coding(named)}).fields["place"]
    assert len(set(found[0].values())) == 1
    other = replace(BEATING, place=place("Lyon", name="Lyons", geonameid=1, country="US"))
    found = units({"Ada": coding(named), "Bo": coding(other)}).fields["place"]
    assert len(set(found[0].values())) == 2
    crowd = replace(HELD, actors=(who("Police"), who("Strikers")))
    [told] = units({"Ada": coding(HELD), "Bo": coding(crowd)}).fields["actors"]
    assert len(told["Ada"] & told["Bo"]) == 1 and len(told["Bo"]) == 2  # type: ignore[operator,arg-type]


def test_what_is_not_stated_is_a_value_but_for_numbers_and_dates() -> None:
    bare = replace(BEATING, place=None, date=None)
    [pair] = units({"Ada": coding(BEATING), "Bo": coding(bare)}).fields["place"]
    assert pair["Bo"] == NOT_STATED != pair["Ada"]
    [days] = units({"Ada": coding(BEATING), "Bo": coding(bare)}).fields["date"]
    assert set(days) == {"Ada"}
    [arrested] = units({"Ada": coding(HELD), "Bo": coding(replace(HELD, counts=()))}).fields["arrested"]
    assert arrested == {"Ada": 12}


def test_agreement_of_a_team() -> None:
    late = replace(BEATING, date=date("2024-01-18"))
    found = agreement(
        [
            made("Ada", BEATING, HELD),
            made("Bo", late, HELD),
            made("Ada", HELD, id="r2"),
            made("Bo", replace(HELD, type="ASSAULT"), id="r2"),
            made("Cy", HELD, id="r2"),
            made("Cy", MARCH, id="r3"),
        ],
        resamples=50,
    )
    assert (found.coders, found.reports, found.rows, found.both) == (("Ada", "Bo", "Cy"), 2, 3, 3)
    assert field(found, "type").units == 3 and field(found, "type").same == 2
    assert field(found, "type").values == 7
    assert field(found, "date").units == 1 and field(found, "date").same == 0
    assert field(found, "event").alpha.value == 1
    assert [(one.first, one.second, one.reports, one.rows, one.both) for one in found.pairs] == [
        ("Ada", "Bo", 2, 3, 3),
        ("Ada", "Cy", 1, 1, 1),
        ("Bo", "Cy", 1, 1, 1),
    ]


def test_who_gives_no_value_is_told_beside_alpha() -> None:
    found = agreement([made("Ada", HELD), made("Bo", replace(HELD, counts=()))], resamples=0)
    assert (field(found, "arrested").units, field(found, "arrested").alone) == (0, 1)
    assert field(found, "arrested").alpha.value is None
    assert field(found, "arrested").reading == "not known"
    assert field(found, "type").reading == "all the same"
    assert [one.field for one in found.fields if not one.is_compared] == [
        *("date", "killed", "injured", "participants", "missing", "displaced")
    ]


def test_over_time_by_month_and_by_batch() -> None:
    months = [made(who, HELD, id=f"r{n}", when=f"2024-0{n}-03") for n in (2, 3, 4) for who in ("Ada", "Bo")]
    assert [(s.name, s.reports) for s in agreement(months, resamples=0).stretches] == [
        ("2024-02", 1),
        ("2024-03", 1),
        ("2024-04", 1),
    ]
    batches = agreement(months, by="batch", batch=2, resamples=0).stretches
    assert [(s.name, s.reports) for s in batches] == [("1 to 2", 2), ("3 to 3", 1)]


def test_of_a_coders_codings_the_last_counts_and_another_text_is_passed_over() -> None:
    again = agreement([made("Ada", HELD), made("Ada", MARCH, when="2024-06-01"), made("Bo", MARCH)], resamples=0)
    assert field(again, "type").same == 1
    other = Coding(replace(coding().report, text=SECOND), coding().coder)
    assert agreement([made("Ada", HELD), Coded("Bo", "2024", other)], resamples=0).reports == 0


def test_what_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        agreement([], level=95)
    with pytest.raises(ValueError, match="one report or more"):
        agreement([], batch=0)


def test_an_event_located_in_a_sentence_without_words_of_its_own() -> None:
    bare = event("PROTEST", "marched", evidence=(sentence(SECOND),))
    assert units({"Ada": coding(bare), "Bo": coding()}).fields["event"][1] == {"Ada": True, "Bo": False}
