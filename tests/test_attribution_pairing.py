"""From proposals to attributions: nearest first, one source a cue, quotations whole, syntax where it is half seen."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.coder.attribution.pairing import Found, Layout, combined, likely, pair
from dateline.coder.attribution.proposals import Part, Proposal, propose
from dateline.coder.encoder.network import Reading
from dateline.coder.encoder.pieces import TAGS, Pieces
from dateline.coder.machine import MachineCoder
from dateline.intake import read_text
from dateline.model import Because

TEXT = "The mayor said the road is open. The union denied it."
SAY = Because("cue", "say: content clause", "", "cue.verb", "cues.yaml:1")


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    """The offsets of words in the text."""
    start = text.index(words)
    return start, start + len(words)


def proposal(part: Part, words: str, text: str = TEXT) -> Proposal:
    """Words that the encoder is sure of."""
    return Proposal(part, *at(words, text), 0.9)


def reading(text: str, chances: dict[str, float] | None = None) -> Reading:
    """A reading of one piece a word, whose words are outside but for those given, which are cues with that chance."""
    starts = [n for n in range(len(text)) if text[n] != " " and (n == 0 or text[n - 1] == " ")]
    ends = [text.find(" ", n) if " " in text[n:] else len(text) for n in starts]
    tags = np.zeros((len(starts), len(TAGS)), dtype=np.float32)
    tags[:, 0] = 1
    for words, chance in (chances or {}).items():
        for n, start in enumerate(starts):
            if at(words, text)[0] <= start < at(words, text)[1]:
                tags[n, [0, TAGS.index("B-cue")]] = 1 - chance, chance
    return Reading(Pieces([0] * len(starts), starts, ends), tags, np.zeros(len(starts), dtype=np.float32))


def layout(text: str = TEXT, *quotations: str) -> Layout:
    """Sentences begin after a full stop."""
    starts = [0, *(n + 2 for n in range(len(text) - 2) if text[n : n + 2] == ". ")]
    return Layout(text, starts, [at(words, text) for words in quotations])


BOTH = [
    proposal("source", "The mayor"),
    proposal("cue", "said"),
    proposal("content", "the road is open"),
    proposal("source", "The union"),
    proposal("cue", "denied"),
    proposal("content", "it."),
]


def test_each_run_goes_with_the_nearest_cue() -> None:
    found = pair(BOTH, [], reading(TEXT), layout())
    assert [(f.source, f.cue, f.content) for f in found] == [
        (at("The mayor"), at("said"), (at("the road is open"),)),
        (at("The union"), at("denied"), (at("it."),)),
    ]
    assert all(f.because.rule == f"encoder ({likely(0.9):.2f})" for f in found)


def test_a_cue_without_content_is_none() -> None:
    assert pair([p for p in BOTH if p.part != "content"], [], reading(TEXT), layout()) == []


def test_what_another_sentence_says_unquoted_is_not_the_cues() -> None:
    found = pair([BOTH[0], BOTH[1], BOTH[2], BOTH[5]], [], reading(TEXT), layout())
    assert [f.content for f in found] == [(at("the road is open"),)]


def test_a_quotation_is_whole_and_whose_the_syntax_says() -> None:
    text = "“We stay here for good,” he said. “Nobody goes.” She denied it."
    quotations = ("“We stay here for good,”", "“Nobody goes.”")
    given = [
        proposal("content", "We stay here for", text),
        proposal("cue", "said", text),
        proposal("content", "Nobody goes", text),
        proposal("cue", "denied", text),
    ]
    rule = Found(at("he", text), at("said", text), tuple(at(q, text) for q in quotations), SAY)
    (found,) = pair(given, [rule], reading(text), layout(text, *quotations))
    assert found.cue == at("said", text)
    assert found.content == tuple(at(q, text) for q in quotations)


@pytest.mark.parametrize(("chance", "kept"), [(0.9, True), (0.1, False)])
def test_what_only_the_syntax_finds_counts_where_it_is_half_seen(chance: float, kept: bool) -> None:
    rule = Found(at("The union"), at("denied"), (at("it."),), SAY)
    found = combined([], [rule], reading(TEXT, {"denied": chance}), layout(), lambda _: None)
    assert bool(found) is kept


def test_whose_a_number_is_counts_unseen() -> None:
    text = "The police put the crowd at 500."
    rule = Found(at("The police", text), at("put", text), (at("the crowd at 500", text),), SAY)
    assert combined([], [rule], reading(text), layout(text), lambda _: None) == [rule]


def test_syntax_and_encoder_together_end_where_the_clause_ends() -> None:
    short = Found(None, at("said"), (at("the road is"),), None, 0.8)
    rule = Found(at("The mayor"), at("said"), (at("the road is open"),), SAY)
    (found,) = combined([short], [rule], reading(TEXT), layout(), lambda _: None)
    assert found.source == at("The mayor")
    assert found.content == (at("the road is open"),)
    assert found.because.rule == "encoder and syntax: say: content clause (0.80)"


def test_a_cue_that_no_rule_knows_has_its_subject_as_source() -> None:
    alone = Found(None, at("denied"), (at("it."),), None, 0.8)
    (found,) = combined([alone], [], reading(TEXT), layout(), lambda _: at("The union"))
    assert found.source == at("The union")
    assert found.because.id == "cue.encoder-source-by-syntax"


def test_a_source_by_the_syntax_does_not_hide_that_the_content_is_too() -> None:
    short = Found(None, at("said"), (at("the road is"),), None, 0.8)
    rule = Found(at("The mayor"), at("said"), (at("the road is open"),), SAY)
    (found,) = combined([short], [rule], reading(TEXT), layout(), lambda _: None)
    assert found.source_by_syntax
    assert (found.because.id, found.because.source) == ("cue.encoder-and-syntax", "cues.yaml:1")


def test_words_that_the_encoder_did_not_read_are_no_proposal() -> None:
    words = [at("The union"), at("denied"), (len(TEXT), len(TEXT) + 1)]
    assert [p.part for p in propose(reading(TEXT, {"denied": 0.9}), words)] == ["cue"]


@pytest.mark.model
def test_three_deep_with_the_encoder(coder: MachineCoder) -> None:
    text = "The minister said that the governor had told reporters that witnesses believed that soldiers fired first."
    coding = coder.code(read_text(text, id="a"))
    by_id = {a.id: a for a in coding.attributions}
    deepest = next(a for a in coding.attributions if a.cue and a.cue.quote == "believed")
    chain = [deepest]
    while chain[-1].parent is not None:
        chain.append(by_id[chain[-1].parent])
    assert [a.source.quote if a.source else None for a in chain] == ["witnesses", "the governor", "The minister", None]
