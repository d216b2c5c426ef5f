"""Who says so: sources, cues, contents, kinds and nesting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timing import LINEAR, ratio

from dateline.coder.attribution.find import find_attributions
from dateline.coder.machine import MachineCoder
from dateline.coder.syntax.parse import parse
from dateline.coder.text.sentences import find_sentences
from dateline.intake import read_text
from dateline.model import Attribution, Block, Report

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def report(text: str) -> Report:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(at, at + len(part), "paragraph"))
        at += len(part) + 2
    return Report("r", text, tuple(blocks))


def find(text: str, nlp: Language) -> tuple[Attribution, ...]:
    return find_attributions(parse(report(text), nlp))


def told(text: str, nlp: Language) -> list[tuple[str, str, list[str]]]:
    return [
        (a.source.quote if a.source else "", a.cue.quote if a.cue else "", [s.quote for s in a.content])
        for a in find(text, nlp)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The ministry said that ten people died.", "The ministry", "said", "that ten people died"),
        ("Ten people died, the ministry said.", "the ministry", "said", "Ten people died"),
        ("Ten people died, according to the ministry.", "the ministry", "according to", "Ten people died"),
        ("The mayor denied that shots were fired.", "The mayor", "denied", "that shots were fired"),
        ("The union has called for a strike.", "The union", "has called for", "a strike"),
        ("The council called on the army to leave.", "The council", "called on", "the army to leave"),
        ("The police refused to release the students.", "The police", "refused", "to release the students"),
        ("Residents fear that the dam will break.", "Residents", "fear", "that the dam will break"),
        ("The organisers put the turnout at 5,000.", "The organisers", "put", "the turnout at 5,000"),
        ("The teachers condemned the new law.", "The teachers", "condemned", "the new law"),
        ("The senator accused the guards of theft.", "The senator", "accused", "the guards of theft"),
        ("It rained all day, the paper reported.", "the paper", "reported", "It rained all day"),
        ("The mayor was quoted as saying that the road is safe.", "The mayor", "saying", "that the road is safe"),
    ],
)
def test_indirect_speech(text: str, source: str, cue: str, content: str, nlp: Language) -> None:
    assert (source, cue, [content]) in told(text, nlp)
    assert {a.kind for a in find(text, nlp)} == {"indirect"}


@pytest.mark.parametrize(
    "text",
    [
        "“We stay here tonight,” said Ada Roe.",
        "Ada Roe said: “We stay here tonight.”",
        "Ada Roe said, “We stay here tonight.”",
        "“We stay here tonight.” Ada Roe said.",
        '"We stay here tonight," Ada Roe said.',
        "«We stay here tonight», said Ada Roe.",
        "„We stay here tonight“, said Ada Roe.",
        "``We stay here tonight,'' said Ada Roe.",
        "Ada Roe told the rally:\n\n“We stay here tonight.”",
        "Ada Roe told the rally:\n\n” We stay here tonight.”",
    ],
)
def test_direct_speech_in_every_style(text: str, nlp: Language) -> None:
    (found,) = find(text, nlp)
    assert found.kind == "direct"
    assert found.source is not None
    assert found.source.quote == "Ada Roe"
    assert "".join(s.quote for s in found.content).strip("\"“”«»„`' .,") == "We stay here tonight"


def test_mixed_speech(nlp: Language) -> None:
    (found,) = find("The mayor said the plan was “a gift to thieves”.", nlp)
    assert found.kind == "mixed"


def test_a_quotation_is_whole_though_its_cue_stands_in_the_middle(nlp: Language) -> None:
    (found,) = find("“We stay here tonight,” Ada Roe said, “and nobody will move us. We have time.”", nlp)
    assert [s.quote for s in found.content] == ["“We stay here tonight,”", "“and nobody will move us. We have time.”"]


@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_speaker_who_goes_on_makes_a_further_statement(gap: str, nlp: Language) -> None:
    first, then = find(f"“We stay here tonight,” Ada Roe said.{gap}“Nobody will move us from this square.”", nlp)
    assert (first.source, first.cue, first.parent) == (then.source, then.cue, then.parent)
    assert [s.quote for s in first.content] == ["“We stay here tonight,”"]
    assert [s.quote for s in then.content] == ["“Nobody will move us from this square.”"]


def test_paragraphs_of_one_quotation_are_whose_the_last_says(nlp: Language) -> None:
    first = "“The road to the mill is closed until the river falls and the mud is gone."
    last = "“Nobody should walk there at night,”"
    found = find(f"The council met on Monday.\n\n{first}\n\n{last} Ada Roe said.", nlp)
    assert [(a.source.quote if a.source else "", a.content[0].quote) for a in found if a.kind == "direct"] == [
        ("Ada Roe", first),
        ("Ada Roe", last),
    ]


def test_who_is_told_something_does_not_say_it(coder: MachineCoder) -> None:
    told = coder.code(read_text("The council has been told that the bridge will close in May.", language="en"))
    assert all(a.source is None for a in told.attributions)


def test_what_is_chanted_in_turns_is_one_statement(nlp: Language) -> None:
    (found,) = find("The choir chanted “Long live the baker!” and “Go on!”", nlp)
    assert [s.quote for s in found.content] == ["“Long live the baker!”", "“Go on!”"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # participles behind a place, a thing or an event are the subject's
        ("Hundreds took to the streets demanding a vote.", "Hundreds", "demanding", "a vote"),
        # without commas the speaker stands where an object would
        (
            "Farmers were hit in the town of Lindara said the Northern Observatory for Rights.",
            "the Northern Observatory for Rights",
            "said",
            "Farmers were hit in the town of Lindara",
        ),
        # what somebody else says, and what the subject does then, is no part of an object
        ("Groups criticised the use of old pipes which they say leak.", "Groups", "criticised", "the use of old pipes"),
        ("The council denied the charge but has not answered us.", "The council", "denied", "the charge"),
        ("The envoy said the dam was safe adding that it was new.", "The envoy", "adding", "that it was new"),
        ("The envoy said the dam was safe adding that it was new.", "The envoy", "said", "the dam was safe"),
        ("A clerk identified the winner as Ada Roe.", "A clerk", "identified", "the winner as Ada Roe"),
        ("The envoy said they must stop and thanked the crews for help.", "The envoy", "said", "they must stop"),
    ],
)
def test_who_says_what_in_loose_sentences(text: str, source: str, cue: str, content: str, nlp: Language) -> None:
    assert (source, cue, [content]) in told(text, nlp)


def test_a_transcript_names_its_speakers_by_label(nlp: Language) -> None:
    text = "ROE: The road is closed until May.\n\nDOE: Who closed it and why?\n\nROE: The council did so."
    assert [(s, c) for s, c, _ in told(text, nlp) if c == ":"] == [("ROE", ":"), ("DOE", ":"), ("ROE", ":")]


def test_a_name_after_a_dash_signs_the_words_above(nlp: Language) -> None:
    text = "“The river is ours and it will stay ours.”\n\n— Ada Roe"
    (found,) = find(text, nlp)
    assert found.source is not None
    assert (found.source.quote, found.kind) == ("Ada Roe", "direct")


def test_attributions_nest_three_deep(nlp: Language) -> None:
    text = "The newspaper reported that the minister said that the general had admitted that shots were fired."
    outer, middle, inner = find(text, nlp)
    assert [a.id for a in (outer, middle, inner)] == ["a1", "a2", "a3"]
    assert (outer.parent, middle.parent, inner.parent) == (None, "a1", "a2")
    assert inner.content[0].quote == "that shots were fired"


def test_what_is_called_names_stands_in_a_description(nlp: Language) -> None:
    (found,) = find("The governor described the marchers as “dreamers”.", nlp)
    assert [s.quote for s in found.content] == ["the marchers as “dreamers”"]


def test_scare_quotes_are_nobodys_words(nlp: Language) -> None:
    assert told("The “Green Mile” bridge was closed for repairs.", nlp) == []


def test_a_day_owns_no_words(nlp: Language) -> None:
    text = "A judge spoke after Wednesday's claim that the vote cannot go ahead."
    assert not any("Wednesday" in source for source, _, _ in told(text, nlp))


def test_what_is_hearsay_ends_where_another_clause_begins(nlp: Language) -> None:
    (found,) = find("Two men were allegedly beaten at the station as crowds of bakers marched by.", nlp)
    assert [s.quote for s in found.content] == ["Two men were", "beaten at the station"]


def test_hearsay_has_no_source(nlp: Language) -> None:
    (found,) = find("Two men were allegedly beaten at the station.", nlp)
    assert found.source is None
    assert found.cue is not None
    assert found.cue.quote == "allegedly"


def test_an_attitude_that_somebody_should_have_is_no_attribution(nlp: Language) -> None:
    assert told("The town must support the strike.", nlp) == []


def test_the_subject_carries_over_to_a_second_verb(nlp: Language) -> None:
    text = "The doctor said that the ward was full and added that the lights were out."
    assert [s for s, _, _ in told(text, nlp)] == ["The doctor", "The doctor"]


def test_swapping_names_changes_nothing(nlp: Language) -> None:
    template = "{0} said that {1} had broken the truce. {1} denied it and accused {0} of lying."
    shapes = []
    for one, two in (("France", "Spain"), ("Spain", "France"), ("Norway", "Kenya")):
        text = template.format(one, two)
        shapes.append(
            [
                (a.cue.quote if a.cue else "", [s.quote.replace(one, "X").replace(two, "Y") for s in a.content])
                for a in find(text, nlp)
            ]
        )
    assert shapes[0] == shapes[1] == shapes[2]


def test_the_words_say_why(nlp: Language) -> None:
    (found,) = find("The ministry said that ten people died.", nlp)
    assert found.because[0].rule.startswith("say")
    assert found.because[0].matched == "said"


@settings(max_examples=40)
@given(
    parts=st.lists(st.sampled_from(["He said", "“", "”", '"', "'", "that", "it rained", ".", ",", ":", "\n\n", "Roe"]))
)
def test_any_text_gives_attributions_that_are_made_of_its_words(nlp: Language, parts: list[str]) -> None:
    text = " ".join(parts)
    found = find(text, nlp)
    ids = {a.id for a in found}
    for attribution in found:
        assert attribution.content
        assert attribution.parent is None or attribution.parent in ids - {attribution.id}
        for span in (attribution.source, attribution.cue, *attribution.content):
            assert span is None or text[span.start : span.end] == span.quote


def test_parents_never_form_a_ring(nlp: Language) -> None:
    text = "“He said ‘they said “we said that it said so” and left’ and went,” she said that he said."
    parents = {a.id: a.parent for a in find(text, nlp)}
    for name in parents:
        seen = set()
        at: str | None = name
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]


def test_many_quotations_take_linear_time(nlp: Language) -> None:
    few, many = (parse(report("“We stay here,” he said. " * number), nlp) for number in (75, 300))
    assert len(find_attributions(many)) == 300
    assert ratio(lambda: find_attributions(few), lambda: find_attributions(many)) < LINEAR


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Nobody has claimed responsibility for the ambush.", []),
        ("Not a single guard reported any fighting.", []),
        ("The region has seen heavy fighting since 1998.", []),
        ("The envoy sees the deal as a mistake.", ["The envoy"]),
        ("A guard reported heavy fighting.", ["A guard"]),
    ],
)
def test_nobody_and_what_undergoes_an_event_say_nothing(text: str, sources: list[str], nlp: Language) -> None:
    assert [source for source, _, _ in told(text, nlp)] == sources


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Choirs can sing in the square, says GOC", "GOC", "Choirs can sing in the square"),
        ("Choirs to sing in the square – GOC", "GOC", "Choirs to sing in the square"),
        ("Choirs to sing in the square – Security Agencies", "Security Agencies", "Choirs to sing in the square"),
    ],
)
def test_a_heading_tells_at_its_end_who_says_so(text: str, source: str, content: str, nlp: Language) -> None:
    body = "The square was full of people on Monday."
    blocks = (Block(0, len(text), "heading"), Block(len(text) + 2, len(text) + 2 + len(body), "paragraph"))
    (found,) = find_attributions(parse(Report("r", f"{text}\n\n{body}", blocks), nlp))
    assert found.source is not None
    assert (found.source.quote, [s.quote for s in found.content]) == (source, [content])


def test_a_headline_run_into_its_paragraph_has_its_teller(nlp: Language) -> None:
    text = "Number of choirs in Lindara rises to nine: report. Nine choirs sang in the square. The mayor wept."
    (found,) = find_attributions(parse(Report("r", text, (Block(0, len(text), "paragraph"),)), nlp))
    assert found.source is not None
    assert (found.source.quote, found.content[0].quote) == ("report", "Number of choirs in Lindara rises to nine")
    assert len(find_sentences(text)) == 4
