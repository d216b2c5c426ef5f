"""Comparing two coders: which events are one, which values are the same, and what is counted."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate import FIELDS, Comparison, Field, Score, compare
from dateline.evaluate.pair import pair_attributions, pair_events
from dateline.evaluate.values import Side
from dateline.evaluate.words import most_pairs
from dateline.model import Actor, Attribution, Because, Coding, EventMention, LeftOut, Note, Participant, Span
from evaluate_cases import SECOND, TEXT, coding, count, date, event, place, sentence, span, who


def pairs(gold: Coding, other: Coding) -> list[tuple[str, str]]:
    """The ids of the events that are taken to be one."""
    found = pair_events(Side(gold, "overlap"), Side(other, "overlap"))
    return [(gold.events[i].id, other.events[j].id) for i, j in found]


def score(result: Comparison, field: Field) -> Score:
    return next(row.all for row in result.fields if row.field == field)


def counted(result: Comparison, field: Field) -> tuple[int, int, int]:
    """Gold, coded, right."""
    found = score(result, field)
    return found.gold, found.coded, found.right


def alone(a: EventMention, b: EventMention, **more: object) -> Comparison:
    """One event against another."""
    return compare([coding(a)], [coding(b)], resamples=0, **more)  # type: ignore[arg-type]


BEAT = event("ASSAULT", "beat")
MARCH = event("PROTEST", "marched")
DETAIN = event("COERCE", "detained")


# Which events are one


def test_events_pair_by_their_triggers_whatever_their_order() -> None:
    ids = [(e.id, e.id) for e in (BEAT, MARCH, DETAIN)]
    assert pairs(coding(BEAT, MARCH, DETAIN), coding(DETAIN, MARCH, BEAT)) == ids


def test_a_trigger_with_another_type_is_one_event_with_a_confusion() -> None:
    other = event("COERCE", "beat")
    assert pairs(coding(BEAT), coding(other)) == [(BEAT.id, other.id)]
    result = alone(BEAT, other)
    assert [(c.gold, c.coded, c.events) for c in result.confusion] == [("ASSAULT", "COERCE", 1)]
    assert counted(result, "event") == (1, 1, 1)
    assert counted(result, "type") == (1, 1, 0)
    assert [(e.field, e.kind) for e in result.errors] == [("type", "wrong")]


def test_of_two_events_on_one_trigger_the_one_of_the_same_type_is_it() -> None:
    wrong, right = event("COERCE", "beat"), event("ASSAULT", "beat")
    assert pairs(coding(BEAT), coding(wrong, right)) == [(BEAT.id, right.id)]


def test_events_of_one_type_in_one_sentence_pair_and_of_two_types_do_not() -> None:
    mill = event("PROTEST", "Strikers")
    assert pairs(coding(MARCH), coding(mill)) == [(MARCH.id, mill.id)]
    assert pairs(coding(DETAIN), coding(mill)) == []
    assert pairs(coding(BEAT), coding(event("ASSAULT", "detained"))) == []


def test_a_trigger_overlaps_before_a_sentence_does() -> None:
    near, same = event("PROTEST", "Strikers"), event("PROTEST", "marched past")
    assert pairs(coding(MARCH), coding(near, same)) == [(MARCH.id, same.id)]


def test_a_sentence_without_a_trigger_is_any_event_in_it_its_own_type_first() -> None:
    whole = EventMention("w", "PROTEST", span(SECOND), evidence=(sentence(SECOND),))
    assert pairs(coding(whole), coding(DETAIN, MARCH)) == [("w", MARCH.id)]
    assert pairs(coding(whole), coding(DETAIN)) == [("w", DETAIN.id)]
    assert pairs(coding(whole), coding(BEAT)) == []


def test_an_event_located_nowhere_pairs_by_type_or_by_who_took_part() -> None:
    nowhere = EventMention("n", "ASSAULT", span(TEXT))
    assert pairs(coding(nowhere), coding(MARCH, BEAT)) == [("n", BEAT.id)]
    assert pairs(coding(nowhere), coding(MARCH)) == []
    parties = (Participant(*_ends(TEXT), TEXT, actor="p"),)
    named = replace(nowhere, type="RIOT", actors=parties)
    marchers = replace(MARCH, actors=(who("Strikers"),))
    gold = coding(named, actors=(Actor("p", "the strikers"),))
    assert pairs(gold, coding(BEAT, marchers)) == [("n", MARCH.id)]


def _ends(words: str) -> tuple[int, int]:
    found = span(words)
    return found.start, found.end


def test_of_equal_overlaps_the_one_that_agrees_more_wins() -> None:
    gold = event("ASSAULT", "beat", actors=(who("Police"),))
    first, second = event("ASSAULT", "beat", id="1"), event("ASSAULT", "beat", id="2", actors=(who("Police"),))
    assert pairs(coding(gold), coding(first, second)) == [(gold.id, "2")]


@pytest.mark.parametrize("seed", range(20))
def test_pairs_are_one_to_one_and_do_not_depend_on_the_order_of_the_coding(seed: int) -> None:
    draw = random.Random(seed)
    words = [w.strip(",.") for w in TEXT.split()]
    events = [event(draw.choice("AB"), w, id=str(n), nth=0) for n, w in enumerate(draw.choices(words, k=12))]
    gold, other = events[:6], events[6:]
    found = pairs(coding(*gold), coding(*other))
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    draw.shuffle(other)
    again = pairs(coding(*gold), coding(*other))
    keys = {e.id: (e.type, e.trigger) for e in events}
    assert sorted((a, keys[b]) for a, b in found) == sorted((a, keys[b]) for a, b in again)


def test_attributions_pair_by_half_of_their_content_or_by_their_cue() -> None:
    whole = Attribution("a", span("the union"), span("said"), (span("Police beat two students in Lyon on 17 January"),))
    most = Attribution("b", None, None, (span("beat two students in Lyon on 17 January"),))
    cue = Attribution("c", None, span("said"))
    little = Attribution("d", None, None, (span("Police"),))
    assert pair_attributions([whole], [little, most]) == [(0, 1)]
    assert pair_attributions([whole], [little, cue]) == [(0, 1)]
    assert pair_attributions([whole], [little]) == []


# Which values are the same


def test_one_coding_against_itself_has_no_errors() -> None:
    said = Attribution("a1", span("the union"), span("said"), (span("Police beat two students"),), parent="a0")
    full = event(
        "ASSAULT", "beat", mode="beat", actors=(who("Police"),), recipients=(who("two students"),), place=place("Lyon"),
        date=date("2024-01-17"), counts=(count("injured", 2, words="two"),), attribution=("a0", "a1"), historical=True,
    )  # fmt: skip
    one = coding(full, MARCH, DETAIN, attributions=(Attribution("a0"), said))
    result = compare([one], [one], spans="exact", resamples=0)
    assert result.errors == ()
    for row in result.fields:
        assert row.all.right == row.all.gold == row.all.coded, row.field
    assert {row.field for row in result.fields if row.all.gold} == set(FIELDS) - {
        *("killed", "arrested", "participants", "missing", "displaced")
    }


@pytest.mark.parametrize(
    ("gold", "coded", "overlap", "exact"),
    [
        ("two students", "two students", True, True),
        ("two students", "students", True, False),
        ("the union", "union", True, True),
        ("two students", "Lyon", False, False),
    ],
)
def test_participants_are_the_same_by_their_words(gold: str, coded: str, overlap: bool, exact: bool) -> None:
    a, b = replace(BEAT, recipients=(who(gold),)), replace(BEAT, recipients=(who(coded),))
    assert counted(alone(a, b), "recipients") == (1, 1, overlap)
    assert counted(alone(a, b, spans="exact"), "recipients") == (1, 1, exact)


def test_a_pronoun_is_the_actor_that_the_coding_resolves_it_to() -> None:
    them = replace(DETAIN, recipients=(who("them", "p1"),))
    strikers = replace(DETAIN, recipients=(who("Strikers"),))
    actor = Actor("p1", "a group", mentions=(span("Strikers"), span("them")))
    for gold, other in (
        (coding(strikers), coding(them, actors=(actor,))),
        (coding(them, actors=(actor,)), coding(strikers)),
    ):
        assert counted(compare([gold], [other], resamples=0), "recipients") == (1, 1, 1)
    assert (
        counted(compare([coding(strikers)], [coding(replace(DETAIN, recipients=(who("them"),)))]), "recipients")[2] == 0
    )


def test_a_name_that_the_report_does_not_hold_is_compared_as_a_name() -> None:
    rest = Participant(*_ends(SECOND), SECOND, actor="p")
    gold = coding(replace(DETAIN, actors=(rest,)), actors=(Actor("p", "Police Forces of France"),))
    assert counted(compare([gold], [coding(replace(DETAIN, actors=(who("police"),)))]), "actors") == (1, 1, 1)
    assert counted(compare([gold], [coding(replace(DETAIN, actors=(who("Strikers"),)))]), "actors") == (1, 1, 0)
    exactly = compare([gold], [coding(replace(DETAIN, actors=(who("police"),)))], spans="exact")
    assert counted(exactly, "actors") == (1, 1, 0)


def test_lists_are_compared_item_by_item_and_a_wrong_one_is_one_too_many_and_one_too_few() -> None:
    gold = replace(BEAT, actors=(who("Police"), who("the union")))
    coded = replace(BEAT, actors=(who("Lyon"), who("Police")))
    result = alone(gold, coded)
    assert counted(result, "actors") == (2, 2, 1)
    (error,) = result.errors
    assert (error.kind, error.gold and error.gold.words, error.coded and error.coded.words) == (
        *("wrong", "the union", "Lyon"),
    )


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ({"geonameid": 1}, {"geonameid": 1}, True),
        ({"geonameid": 1}, {"geonameid": 2}, False),
        ({"geonameid": 1}, {}, True),
        ({"country": "FR"}, {"country": "France"}, True),
        ({"country": "FR"}, {"country": "US"}, False),
    ],
)
def test_places_are_the_same_by_id_else_by_words_in_one_country(
    a: dict[str, object], b: dict[str, object], same: bool
) -> None:
    gold, coded = replace(BEAT, place=place("Lyon", **a)), replace(BEAT, place=place("Lyon", **b))
    assert counted(alone(gold, coded), "place") == (1, 1, same)


def test_another_place_of_another_name_is_wrong_and_a_name_with_its_country_is_right() -> None:
    gold = replace(BEAT, place=place("Lyon", "Lyon, France"))
    assert counted(alone(gold, replace(BEAT, place=place("the mill"))), "place") == (1, 1, 0)
    elsewhere = replace(BEAT, place=place("the mill", "Lyon"))
    assert counted(alone(gold, elsewhere), "place") == (1, 1, 1)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("2024-01-17", "2024-01-17", True),
        ("2024-01-17", "2024-01-17T14:00:00", True),
        ("2024-01", "2024-01-01/2024-01-31", True),
        ("2024-01-17", "2024-01", False),
        ("2024-01-17", None, False),
        (None, None, True),
        ("1990/..", "1990/..", True),
        ("not a date", "not a date", True),
    ],
)
def test_dates_are_the_same_where_they_mean_the_same_days(a: str | None, b: str | None, same: bool) -> None:
    assert counted(alone(replace(BEAT, date=date(a)), replace(BEAT, date=date(b))), "date") == (1, 1, same)


@pytest.mark.parametrize(
    ("gold", "coded", "overlap", "exact"),
    [
        ((None, 12, None), (None, 12, None), True, True),
        ((None, 12, None), (12, 12, None), True, True),
        ((12, 12, None), (12, 12, 12), True, False),
        ((12, None, None), (12, 12, None), True, False),
        ((None, 0, None), (None, 12, None), False, False),
        ((None, 0, None), (None, None, None), False, False),
        ((None, None, None), (None, None, None), True, True),
    ],
)
def test_counts_are_the_same_by_their_best_figure_and_exactly_by_the_bounds_that_the_gold_states(
    gold: tuple[int | None, ...], coded: tuple[int | None, ...], overlap: bool, exact: bool
) -> None:
    def arrested(numbers: tuple[int | None, ...]) -> EventMention:
        return replace(DETAIN, counts=(count("arrested", numbers[1], numbers[0], numbers[2]),))

    for spans, same in (("overlap", overlap), ("exact", exact)):
        assert counted(alone(arrested(gold), arrested(coded), spans=spans), "arrested") == (1, 1, same)


def test_null_is_not_nought() -> None:
    none, nought = DETAIN, replace(DETAIN, counts=(count("killed", 0),))
    assert counted(alone(nought, none), "killed") == (1, 0, 0)
    assert counted(alone(none, nought), "killed") == (0, 1, 0)
    neither = score(alone(none, none), "killed")
    assert (neither.precision.value, neither.recall.value, neither.f1.value) == (None, None, None)


def test_figures_of_another_kind_are_not_the_same() -> None:
    result = alone(replace(DETAIN, counts=(count("arrested", 12),)), replace(DETAIN, counts=(count("injured", 12),)))
    assert (counted(result, "arrested"), counted(result, "injured")) == ((1, 0, 0), (0, 1, 0))


def test_who_says_so_is_the_innermost_speaker_and_the_publisher_is_nobody() -> None:
    voices = (
        Attribution("a0"),
        Attribution("a1", span("the union"), span("said"), (span("Police beat two students"),), parent="a0"),
    )
    told = coding(replace(BEAT, attribution=("a0", "a1")), attributions=voices)
    plain = coding(replace(BEAT, attribution=("a0",)), attributions=voices)
    assert counted(compare([told], [told]), "according_to") == (1, 1, 1)
    assert counted(compare([told], [plain]), "according_to") == (1, 0, 0)
    assert counted(compare([plain], [plain]), "according_to") == (0, 0, 0)


def test_attributions_are_compared_part_by_part() -> None:
    said = Attribution("a", span("the union"), span("said"), (span("Police beat two students in Lyon on 17 January"),))
    other = replace(said, source=span("students"), content=(span("two students in Lyon on 17 January"),))
    result = compare([coding(attributions=(said,))], [coding(attributions=(Attribution("p"), other))], resamples=0)
    figures = [counted(result, "source"), counted(result, "cue"), counted(result, "content")]
    assert figures == [(1, 1, 0), (1, 1, 1), (1, 1, 1)]
    exactly = compare([coding(attributions=(said,))], [coding(attributions=(other,))], spans="exact", resamples=0)
    assert counted(exactly, "content") == (1, 1, 0)


# What is counted


def test_values_of_a_missed_event_are_missed_and_of_an_added_one_added_but_are_no_errors_of_their_own() -> None:
    full = replace(BEAT, actors=(who("Police"),), place=place("Lyon"), counts=(count("injured", 2, words="two"),))
    for gold, coded, kind in ((coding(full), coding(), "missed"), (coding(), coding(full), "added")):
        result = compare([gold], [coded], resamples=0)
        expected = (1, 0, 0) if kind == "missed" else (0, 1, 0)
        fields: tuple[Field, ...] = ("event", "type", "trigger", "actors", "place", "injured", "modality")
        assert [counted(result, field) for field in fields] == [expected] * len(fields)
        assert [(e.field, e.kind, e.event) for e in result.errors] == [("event", kind, "ASSAULT “beat”")]
        assert [(c.gold, c.coded) for c in result.confusion] == [
            ("ASSAULT", None) if kind == "missed" else (None, "ASSAULT")
        ]


def test_the_figures_over_events_that_both_have_leave_out_those_that_one_has_alone() -> None:
    full = replace(BEAT, actors=(who("Police"),))
    result = compare([coding(full, replace(MARCH, actors=(who("Strikers"),)))], [coding(full)], resamples=0)
    row = next(row for row in result.fields if row.field == "actors")
    assert row.found is not None
    assert (row.all.recall.value, row.found.recall.value) == (0.5, 1.0)


def test_precision_recall_and_f1_are_what_they_are() -> None:
    result = compare([coding(BEAT, MARCH, DETAIN)], [coding(BEAT, event("PROTEST", "two"))], resamples=0)
    found = score(result, "event")
    assert (found.precision.value, found.recall.value, found.f1.value) == (0.5, 0.3333, 0.4)
    assert {row.type: (row.score.gold, row.score.coded, row.score.right) for row in result.types} == {
        "ASSAULT": (1, 1, 1),
        "COERCE": (1, 0, 0),
        "PROTEST": (1, 1, 0),
    }


def test_the_confusions_and_the_types_add_up_to_the_events() -> None:
    draw = random.Random(4)
    words = [w.strip(",.") for w in TEXT.split()]
    for _ in range(30):
        gold, other = (
            coding(*(event(draw.choice("ABC"), w, id=str(n)) for n, w in enumerate(draw.choices(words, k=5))))
            for _ in range(2)
        )
        result = compare([gold], [other], resamples=0)
        assert sum(c.events for c in result.confusion if c.gold) == result.gold_events == 5
        assert sum(c.events for c in result.confusion if c.coded) == result.coded_events == 5
        assert sum(row.score.right for row in result.types) == counted(result, "type")[2]


def test_types_that_the_gold_does_not_cover_are_no_errors_unless_they_stand_for_one_that_it_does() -> None:
    arrest = event("COERCE", "beat")
    result = compare([coding(BEAT)], [coding(arrest, MARCH, DETAIN)], types=["assault"], resamples=0)
    assert [(c.gold, c.coded) for c in result.confusion] == [("ASSAULT", "COERCE")]
    assert len(result.errors) == 1
    missing = compare([coding(BEAT)], [coding(BEAT)], types=["ASSALT"], resamples=0)
    assert any("ASSALT" in note for note in missing.notes)


def test_only_the_fields_asked_for_are_compared() -> None:
    a, b = replace(BEAT, place=place("Lyon")), replace(BEAT, place=place("the mill"))
    result = alone(a, b, fields=["event", "type"])
    assert [row.field for row in result.fields] == ["event", "type"]
    assert result.errors == ()


def test_capital_letters_of_a_type_do_not_count() -> None:
    result = alone(BEAT, replace(BEAT, type="Assault"))
    assert [(c.gold, c.coded) for c in result.confusion] == [("ASSAULT", "ASSAULT")]


def test_a_report_that_the_coding_lacks_counts_as_one_with_nothing_coded_and_is_told_of() -> None:
    result = compare([coding(BEAT), coding(MARCH, id="r2")], [coding(BEAT), coding(DETAIN, id="r9")], resamples=0)
    assert (result.reports, counted(result, "event")) == (2, (2, 1, 1))
    assert any("r2" in note for note in result.notes)
    assert any("r9" in note for note in result.notes)


def test_a_report_whose_text_differs_is_left_out_by_name() -> None:
    result = compare([coding(BEAT), coding(id="r2")], [coding(BEAT), coding(id="r2", text=TEXT + " ")], resamples=0)
    assert [r.report for r in result.left_out] == ["r2"]
    assert result.reports == 1


def test_two_codings_of_one_report_are_refused_and_so_is_a_level_that_is_no_share() -> None:
    with pytest.raises(ValueError, match=r"the gold has two codings of report 'r1'.*own id"):
        compare([coding(), coding()], [])
    with pytest.raises(ValueError, match=r"0\.95"):
        compare([coding()], [coding()], level=95)


def test_types_with_no_name_in_common_are_told_of() -> None:
    result = alone(BEAT, replace(BEAT, type="Violence"))
    assert any("--rename" in note and "ASSAULT" in note and "Violence" in note for note in result.notes)


def test_nothing_at_all_gives_a_comparison_that_says_so() -> None:
    result = compare([], [])
    assert result.reports == 0
    assert all(row.all.f1.value is None for row in result.fields)


# Errors lead to the words


def test_an_error_gives_offsets_quote_surroundings_ids_and_what_both_say() -> None:
    gold, coded = replace(BEAT, date=date("2024-01-17")), replace(BEAT, id="x", date=date("2023-01-17"))
    (error,) = alone(gold, coded).errors
    assert (error.report, error.field, error.kind) == ("r1", "date", "wrong")
    assert (error.gold_event, error.coded_event) == (BEAT.id, "x")
    assert error.gold is not None
    assert error.coded is not None
    found = error.gold.evidence
    assert found is not None
    assert TEXT[found.start : found.end] == found.quote == "17 January"
    assert found.prefix + found.quote + found.suffix in TEXT
    assert "2024-01-17" in error.gold.words
    assert "2023-01-17" in error.coded.words


def test_an_error_gives_the_codings_own_reasons() -> None:
    why = (Because("type", "PROTEST: verb 'beat'", "beat"), Because("place", "the only place", "Lyon"))
    coded = replace(BEAT, type="PROTEST", place=place("Lyon"), because=why)
    errors = {e.field: e.because for e in alone(BEAT, coded).errors}
    assert errors == {"type": ("type: PROTEST: verb 'beat' “beat”",), "place": ("place: the only place “Lyon”",)}


def test_a_missed_event_says_why_its_words_were_left_out() -> None:
    found = span("beat")
    left_out = LeftOut(found.start, found.end, "beat", "event", "the codebook wants an object")
    (error,) = compare([coding(BEAT)], [coding(left_out=(left_out,))]).errors
    assert error.because == ("left out: 'beat' (event): the codebook wants an object",)
    note = Note("language-not-coded", "The report is in 'de'.")
    (error,) = compare([coding(BEAT)], [coding(notes=(note,))]).errors
    assert error.because == ("note: The report is in 'de'.",)


def test_a_whole_report_is_no_evidence() -> None:
    text = f"{TEXT} " * 5
    nowhere = EventMention("n", "ASSAULT", span(text, text=text))
    (error,) = compare([coding(nowhere, text=text)], [coding(text=text)]).errors
    assert error.gold is not None
    assert error.gold.evidence is None


def test_a_long_report_of_many_events_costs_no_square() -> None:
    words = 1500
    text = "beat " * words
    events = [EventMention(str(n), "ASSAULT", Span(5 * n, 5 * n + 4, "beat")) for n in range(words)]
    one = coding(*events, text=text)
    result = compare([one], [one], resamples=0, fields=["event"])
    assert counted(result, "event") == (words, words, words)


# Who is paired with whom


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 4)))
def test_as_many_are_paired_as_can_be(likeness: dict[tuple[int, int], int]) -> None:
    found = most_pairs(((float(score),), i, j) for (i, j), score in likeness.items())
    assert set(found) <= set(likeness)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert len(found) == max(sum((i, j) in likeness for i, j in enumerate(chosen)) for chosen in permutations(range(5)))


def test_who_may_be_either_of_two_leaves_the_other_to_whom_it_alone_may_be() -> None:
    assert most_pairs([((4.0,), 0, 0), ((4.0,), 0, 1), ((1.0,), 1, 0)]) == [(0, 1), (1, 0)]
    assert most_pairs([((4.0,), 0, 0), ((3.0,), 1, 0)]) == [(0, 0)]
    assert most_pairs([]) == []
