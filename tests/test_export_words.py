"""Neutral sentences: what they say, and what they must not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import from_json, to_json
from dateline.codebook import builtin_codebooks, load_codebook
from dateline.export.phrases import phrase
from dateline.export.words import (
    MODALITY_WORDS,
    according_to,
    chain,
    count_words,
    country_name,
    date_words,
    listed,
    marks,
    place_words,
    sentence,
    status,
)
from dateline.model import (
    Actor,
    Attribution,
    CoderInfo,
    Coding,
    Count,
    CountKind,
    Date,
    EventMention,
    Modality,
    Participant,
    Place,
    Report,
    Span,
    TypeWording,
)
from export_cases import CODER, SECOND, water_coding


def coding_of(
    first: str = "Reds",
    second: str = "Blues",
    *,
    type: str = "ASSAULT",
    mode: str | None = "beat",
    modality: Modality = "asserted",
    historical: bool = False,
) -> Coding:
    text = f"{first} beat {second}."
    one, two = (0, len(first)), (len(first) + 6, len(first) + 6 + len(second))
    event = EventMention(
        "e1",
        type,
        Span(len(first) + 1, len(first) + 5, "beat"),
        mode,
        actors=(Participant(*one, first, actor="n1"),),
        recipients=(Participant(*two, second, actor="n2"),),
        modality=modality,
        historical=historical,
    )
    return Coding(Report("r", text), CODER, (event,), actors=(Actor("n1", first), Actor("n2", second)))


def said(coding: Coding) -> str:
    return sentence(coding, coding.events[0])


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (
            0,
            "According to “the city council”, cited by the publisher Sample Courier, residents held a demonstration "
            "in Lyon, France, on 17 January 2020 (as reported).",
        ),
        (
            1,
            "According to a lawyer for residents, cited by the publisher Sample Courier, police detained “people” "
            "at Bellecour, Lyon, France, on 17 January 2020 (as reported).",
        ),
        (
            3,
            "According to a source that is not named, cited by “an officer”, cited by Water Forum, cited by the "
            "publisher Sample Courier, an actor who is not named may have used crowd-control weapons (as reported).",
        ),
        (
            5,
            "According to the publisher Sample Courier, it was planned or expected that organisers of the march "
            "would hold a demonstration in Grenoble, France, in February 2020 (as reported).",
        ),
    ],
)
def test_sentences(nth: int, expected: str) -> None:
    coding = water_coding()
    assert sentence(coding, coding.events[nth]) == expected


def test_loaded_words_of_a_report_stay_out() -> None:
    coding = water_coding()
    assert "so-called" in SECOND
    assert "so-called" not in sentence(coding, coding.events[2])


def test_words_without_a_neutral_name_stand_between_quotation_marks() -> None:
    coding = coding_of("thugs", "patriots")
    event = coding.events[0]
    bare = replace(event, actors=tuple(replace(p, actor=None) for p in event.actors))
    assert said(replace(coding, events=(bare,))) == "According to the publisher, “thugs” beat patriots (as reported)."


@pytest.mark.parametrize("modality", get_args(Modality))
@pytest.mark.parametrize(
    ("type", "mode"), [("ASSAULT", "beat"), ("PROTEST", None), ("RETREAT", "release"), ("OWN", "x")]
)
def test_swapping_the_sides_swaps_the_names_and_nothing_else(type: str, mode: str | None, modality: Modality) -> None:
    there = said(coding_of("Reds", "Blues", type=type, mode=mode, modality=modality))
    back = said(coding_of("Blues", "Reds", type=type, mode=mode, modality=modality))
    assert there.replace("Reds", "#").replace("Blues", "Reds").replace("#", "Blues") == back
    assert "Reds" in there


@pytest.mark.parametrize(
    ("modality", "historical", "clause"),
    [
        ("asserted", False, "Reds beat Blues"),
        ("negated", False, "Reds did not beat Blues"),
        ("planned", False, "it was planned or expected that Reds would beat Blues"),
        ("possible", False, "Reds may have beaten Blues"),
        ("hypothetical", False, "it was a condition, a wish or a demand that Reds beat Blues"),
        ("asserted", True, "Reds had beaten Blues at an earlier time"),
        ("negated", True, "Reds had not beaten Blues at an earlier time"),
        ("planned", True, "it had been planned or expected at an earlier time that Reds would beat Blues"),
        ("possible", True, "Reds may have beaten Blues at an earlier time"),
    ],
)
def test_modality_in_words(modality: Modality, historical: bool, clause: str) -> None:
    told = said(coding_of(modality=modality, historical=historical))
    assert told == f"According to the publisher, {clause} (as reported)."
    assert modality in MODALITY_WORDS


def test_background_is_told_beside_the_modality() -> None:
    def told(modality: Modality, historical: bool) -> tuple[tuple[str, ...], str]:
        (event,) = coding_of(modality=modality, historical=historical).events
        return marks(event), status(event)

    assert told("asserted", False) == ((), "reported as having happened")
    assert told("negated", True) == (
        ("negated", "historical"),
        "reported as not having happened; earlier background",
    )


def test_a_type_of_a_users_own_codebook_is_named_as_it_is() -> None:
    words = said(coding_of(type="WATER_CUT", mode="sudden"))
    assert "Reds took part in an event of type Water cut: sudden concerning Blues" in words


@pytest.mark.parametrize("name", builtin_codebooks())
def test_every_type_and_mode_of_a_built_in_codebook_is_worded(name: str) -> None:
    book = load_codebook(name)
    for type in book.types:
        for mode in (None, *(m.name for m in type.modes)):
            words = phrase([replace(coding_of(), wordings=book.wordings([(type.name, mode)]))], type.name, mode)
            assert "in an event of type" not in words.alone, (type.name, mode)
            assert words.past and words.participle and words.alone
            assert words.toward.count("{}") == 1


def test_a_codebook_that_is_not_at_hand_is_worded_plainly() -> None:
    coder = CoderInfo("somebody", "1", "elsewhere 9")
    words = phrase([replace(coding_of(), coder=coder)], "LAND_SEIZURE", "by_force")
    assert (words.past, words.alone) == ("took part", "in an event of type Land seizure: by force")


@pytest.mark.parametrize(
    ("verb", "past", "participle"),
    [("cut off", "cut off", "cut off"), ("take part", "took part", "taken part"), ("deny", "denied", "denied"),
     ("stop", "stopped", "stopped"), ("use", "used", "used"), ("express", "expressed", "expressed")],
)  # fmt: skip
def test_the_forms_of_a_verb(verb: str, past: str, participle: str) -> None:
    words = phrase([replace(coding_of(), wordings=(TypeWording(verb, "it", "it for {}", "A"),))], "A", None)
    assert (words.base, words.past, words.participle, words.toward) == (verb, past, participle, "it for {}")


OWN = """\
name: plover
version: "1.0"
types:
  - name: ASSAULT
    definition: Somebody hurts somebody.
    verbs: [beat]
    wording: [strike, at somebody, "at {}"]
    modes: [{name: beat, definition: With fists., wording: [punch, somebody, "{} with fists"]}]
"""


def test_a_sentence_is_the_same_whatever_was_read_before(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    bare = coding_of()
    before = said(bare)
    own = load_codebook(path)
    coded = replace(bare, wordings=own.wordings([("ASSAULT", "beat")]))
    assert said(bare) == before == "According to the publisher, Reds beat Blues (as reported)."
    load_codebook("plover")
    assert said(coded) == "According to the publisher, Reds punched Blues with fists (as reported)."
    assert said(from_json(to_json(coded))) == said(coded)
    assert said(coded) == said(replace(coded, coder=CoderInfo("somebody", "1", "elsewhere 9")))


def test_an_event_is_told_in_the_words_of_its_accounts() -> None:
    """A mode that is told in one report and a type that is told in another: the nearest words that there are."""
    one = replace(coding_of(), wordings=(TypeWording("hit", "a", "{}", "ASSAULT"),))
    other = replace(coding_of(), wordings=(TypeWording("kick", "b", "{}", "ASSAULT", "beat"),))
    assert phrase([one, other], "ASSAULT", "beat").base == "kick"
    assert phrase([one, other], "ASSAULT", "shoot").base == "hit"


def test_words_from_elsewhere_stay_on_their_line() -> None:
    words = TypeWording("hit\x1b[2J", "a\nb", "{}\u202e", "ASSAULT")
    assert "\x1b" not in (told := said(replace(coding_of(), wordings=(words,)))) and "\u202e" not in told
    assert "\n" not in told


def test_the_chain_runs_from_the_innermost_speaker_to_the_publisher() -> None:
    coding = water_coding()
    assert chain(coding, ("a0", "a3", "a4"))[0] == "“an officer”"
    assert chain(coding, ("a0", "a3", "a4"))[-1] == "the publisher Sample Courier"
    assert according_to(coding, ()) == "the publisher Sample Courier"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2020-01-17", "17 January 2020"),
        ("2020-01-17T18:30:00", "17 January 2020 at 18:30"),
        ("2020-01", "January 2020"),
        ("2020", "2020"),
        ("1990~", "about 1990"),
        ("2020-05-03?", "perhaps 3 May 2020"),
        ("2020-21", "spring 2020"),
        ("2020-33", "the first quarter of 2020"),
        ("199X", "the 1990s"),
        ("19XX", "the 1900s"),
        ("2020-05-03/2020-05-07", "3 May 2020 and 7 May 2020"),
        ("2020-05-03/..", "3 May 2020 on"),
        ("XXXX-WXX-5", "EDTF XXXX-WXX-5"),
        ("XXXX-11-13", "13 November of a year that is not stated"),
        ("XXXX-05", "May of a year that is not stated"),
        ("XXXX-XX-XX", "“then”"),
        (None, "“then”"),
        ("2020-99-99", "2020"),
    ],
)
def test_dates_in_words(edtf: str | None, words: str) -> None:
    assert date_words(Date(0, 4, "then", edtf, "day", "test")).removeprefix("from ") == words


@given(st.text(alphabet="0123456789-/X.?~%T:[]", max_size=24))
def test_any_edtf_has_words(edtf: str) -> None:
    assert date_words(Date(0, 4, "then", edtf, "day", "test"))


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((3, 3, 3), "killed: 3"),
        ((0, 0, 0), "killed: 0"),
        ((3, None, 5), "killed: 3 to 5"),
        ((3, 4, 5), "killed: 3 to 5 (best 4)"),
        ((12, 12, None), "killed: at least 12"),
        ((12, None, None), "killed: at least 12"),
        ((None, None, 5), "killed: up to 5"),
        ((None, 4, 5), "killed: up to 5 (best 4)"),
        ((None, 1400, None), "killed: 1,400"),
        ((None, None, None), "killed: “some”, no number stated"),
    ],
)
def test_counts_in_words(bounds: tuple[int | None, int | None, int | None], words: str) -> None:
    assert count_words(Count(0, 4, "some", "killed", *bounds)) == words


@given(
    st.sampled_from(get_args(CountKind)),
    *[st.none() | st.integers(min_value=0, max_value=10**9)] * 3,
)
def test_any_count_has_words(kind: CountKind, low: int | None, best: int | None, high: int | None) -> None:
    words = count_words(Count(0, 4, "some", kind, low, best, high))
    for figure in (low, best, high):
        assert figure is None or f"{figure:,}" in words


def test_places_with_their_country() -> None:
    assert place_words(Place(0, 4, "Lyon", "Lyon", country="FR")) == "Lyon, France"
    assert place_words(Place(0, 4, "Iran", "Iran", country="IR", precision="country")) == "Iran"
    assert place_words(None) == "place not stated"
    assert country_name("??") == "??"


def test_lists() -> None:
    assert [listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_a_speaker_who_quotes_himself_is_told_once() -> None:
    report = Report("r", "The ministry said: it said so.", publisher="Daily")
    actors = (Actor("publisher", "Daily"), Actor("p1", "Interior Ministry"))
    attributions = (
        Attribution("a0", speaker="publisher"),
        Attribution("a1", source=report.span(0, 12), content=(report.span(19, 30),), parent="a0", speaker="p1"),
        Attribution("a2", source=report.span(19, 21), content=(report.span(27, 29),), parent="a1", speaker="p1"),
    )
    coding = Coding(report, CODER, attributions=attributions, actors=actors)
    assert chain(coding, ("a0", "a1", "a2")) == ("Interior Ministry", "the publisher Daily")
