"""The tense around a date decides between the last and the next such day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.lang.en.grammar.tense import clause_tense, tense_reader
from hand_built import built, word

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The union plans a march in Santiago on Friday.", "future"),
        ("The union will march on Friday.", "future"),
        ("The union marched on Friday.", "past"),
        ("The union called a strike for Friday.", "future"),
        ("Stewards tried to move the crowd on Friday.", "past"),
    ],
)
def test_what_is_planned_is_yet_to_come(nlp: Language, text: str, tense: str) -> None:
    at = text.index("Friday")
    assert tense_reader(nlp(text))(at, at + len("Friday")) == tense


GOVERNED = """
    Nurses   nurse    NNS  {verb}  subject
    have     have     VBP  {verb}  auxiliary
    {verb}   {lemma}  VBN  -       root
    to       to       TO   march   auxiliary
    march    march    VB   {verb}  open clause
    on       on       IN   {head}  preposition
    Friday   friday   NNP  on      preposition object
"""
"""The parser hangs the day on the one verb or on the other; what it says must not hang on that."""


@pytest.mark.parametrize("head", ["governor", "march"])
@pytest.mark.parametrize(
    ("verb", "lemma", "tense"),
    [
        ("arranged", "arrange", "future"),
        ("planned", "plan", "future"),
        ("offered", "offer", "future"),
        ("sought", "seek", "past"),
        ("asked", "ask", "future"),
        ("declined", "decline", "past"),
        ("failed", "fail", "past"),
        ("tried", "try", "past"),
        ("ordered", "order", "past"),
        ("decided", "decide", "past"),
        ("forced", "force", "past"),
        ("begun", "begin", "past"),
    ],
)
def test_the_day_beside_a_governor_is_that_of_what_it_governs(head: str, verb: str, lemma: str, tense: str) -> None:
    doc = built(GOVERNED.format(verb=verb, lemma=lemma, head=verb if head == "governor" else head))
    assert clause_tense(word(doc, "Friday")) == tense


@pytest.mark.parametrize(
    ("verb", "lemma", "preposition", "tense"),
    [
        ("agreed", "agree", "on", "past"),
        ("scheduled", "schedule", "on", "future"),
        ("called", "call", "on", "past"),
        ("called", "call", "for", "future"),
    ],
)
def test_a_day_beside_a_verb_with_an_object_is_ahead_where_the_object_is_planned(
    verb: str, lemma: str, preposition: str, tense: str
) -> None:
    doc = built(f"""
        Nurses         nurse          NNS  {verb}         subject
        have           have           VBP  {verb}         auxiliary
        {verb}         {lemma}        VBN  -              root
        a              a              DT   strike         determiner
        strike         strike         NN   {verb}         object
        {preposition}  {preposition}  IN   {verb}         preposition
        Friday         friday         NNP  {preposition}  preposition object
    """)
    assert clause_tense(word(doc, "Friday")) == tense
