"""Who says what where a report's punctuation was lost, where he goes on, and where only a headline tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.test_attribution import told

from dateline.coder.attribution.find import find_attributions
from dateline.coder.syntax.parse import parse
from dateline.coder.text.headlines import headline_speaker, headline_teller
from dateline.coder.text.quotes import find_quotations
from dateline.model import Block, Report

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # no comma parts the speaker from what is said, and the parser takes him for an object of it
        (
            "The flood closed three bakeries in the old town on Monday the Northern Bakers' Union said in a letter.",
            "the Northern Bakers' Union",
            "said",
            "The flood closed three bakeries in the old town on Monday",
        ),
        (
            "The choir will not sing in the hall and we will say so to the guests as well he added in a letter to us.",
            "he",
            "added",
            "The choir will not sing in the hall and we will say so to the guests as well",
        ),
        # whoever goes on by a participle is the speaker and not the hearer, nor what he spoke about
        (
            "The baker told the Evening Post that the oven was old adding that it was warm.",
            "The baker",
            "adding",
            "that it was warm",
        ),
        ("The hall was full, said the mayor, adding that it was warm.", "the mayor", "adding", "that it was warm"),
        # a second verb of speech is no part of what is said
        (
            "The mayor said there was a leak in the hall and called for a plumber.",
            "The mayor",
            "said",
            "there was a leak in the hall",
        ),
        (
            "The mayor said the hall was full, while urging the guests to wait.",
            "The mayor",
            "said",
            "the hall was full",
        ),
        # what a noun is about may hang on whose it is
        ("Calls by the guests for more music were heard.", "the guests", "Calls", "more music"),
        ("The guests' call to open the doors was heard.", "The guests", "call", "to open the doors"),
        # hearsay may be a phrase alone
        ("The man fled the hall allegedly with two of the cakes.", "", "allegedly", "with two of the cakes"),
    ],
)
def test_who_says_what_in_looser_sentences(text: str, source: str, cue: str, content: str, nlp: Language) -> None:
    assert (source, cue, [content]) in told(text, nlp)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The bakers of the old town did what the mayor said.",
        "The bakers of the old town waited in the rain and the mayor said.",
        "The bakers closed the old town for a day as the mayor said.",
    ],
)
def test_a_clause_that_leads_up_to_its_speaker_is_not_what_he_says(text: str, nlp: Language) -> None:
    assert not [content for _, cue, content in told(text, nlp) if cue == "said" and content[0].startswith("The bakers")]


@pytest.mark.model
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_quotation_alone_is_whose_the_sentence_before_says(gap: str, nlp: Language) -> None:
    alone = "“The wheel is broken and nobody can mend it.”"
    text = f"Ada Roe said the mill was closed.{gap}{alone}"
    assert {content[0]: source for source, _, content in told(text, nlp)}[alone] == "Ada Roe"
    # in a paragraph of its own it is; one that others' words share is not
    after = {content[0]: source for source, _, content in told(f"{text} The mayor praised the bread.", nlp)}
    assert after.get(alone) == ("Ada Roe" if gap == " " else None)


@pytest.mark.model
def test_a_quotation_that_is_never_closed_may_hold_anothers_words(nlp: Language) -> None:
    text = "Ada Roe said the mill was closed. “The wheel is broken, Ben Doe said on Monday. It will be mended."
    assert not [c for source, _, c in told(text, nlp) if source == "Ada Roe" and "“" in c[0]]


@pytest.mark.parametrize("marks", ['""', "“”"])
def test_paragraphs_of_a_quotation_that_were_run_together_are_told_apart(marks: str) -> None:
    opening, closing = marks
    text = f"He said: {opening}The mill is old. {opening}The wheel is new.{closing} She left."
    first, then = find_quotations(text)
    assert text[first.start : first.end] == f"{opening}The mill is old."
    assert text[then.start : then.end] == f"{opening}The wheel is new.{closing}"
    assert (first.closed, first.continues, then.closed, then.continues) == (False, False, True, True)
    assert (first.depth, then.depth) == (0, 0)


def test_a_quotation_within_a_sentence_of_another_stays_within() -> None:
    text = "“They call it “the old mill” here,” he said."
    assert [q.depth for q in find_quotations(text)] == [0, 1]


@pytest.mark.parametrize(
    ("headline", "name", "said"),
    [
        ("Police to guests: Leave the hall by noon", "Police", "Leave the hall by noon"),
        ("UNDP to bakers: Leave the hall by noon", "UNDP", "Leave the hall by noon"),
        ("Police: Six cakes were stolen", "Police", "Six cakes were stolen"),
    ],
)
def test_a_headline_names_its_speaker_before_a_colon(headline: str, name: str, said: str) -> None:
    found = headline_speaker(headline, 0, len(headline))
    assert found is not None
    assert (headline[found.start : found.end], headline[found.mark :]) == (name, said)


@pytest.mark.parametrize(
    "headline", ["Lindara: Six cakes were stolen", "Exposed: the deal of the bakers", "Six cakes were stolen", ""]
)
def test_a_place_or_a_label_is_no_speaker(headline: str) -> None:
    assert headline_speaker(headline, 0, len(headline)) is None


def test_a_headline_names_its_speaker_and_verb_at_its_end() -> None:
    headline = "Six cakes were not stolen, Ada Roe insists"
    found = headline_teller(headline, 0, len(headline))
    assert found is not None
    assert headline[found.start : found.end] == "Ada Roe"
    assert found.verb is not None
    assert headline[slice(*found.verb)] == "insists"


@pytest.mark.model
def test_what_a_headline_tells_behind_a_colon_is_its_speakers(nlp: Language) -> None:
    text = "Police to guests: Leave the hall by noon"
    (found,) = find_attributions(parse(Report("r", text, (Block(0, len(text), "heading"),)), nlp))
    assert found.source is not None
    assert (found.source.quote, [s.quote for s in found.content]) == ("Police", ["Leave the hall by noon"])
