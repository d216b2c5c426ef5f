"""Who the sides are does not change the codes: the same sentence with the names swapped is coded alike."""

from __future__ import annotations

from itertools import combinations

import pytest

from dateline.coder.machine import MachineCoder
from dateline.intake import read_text
from dateline.model import Coding

pytestmark = pytest.mark.model

# The noun says what a side is, and may decide a code (an army's raid is no mob's); its nation may not.
NATIONS = ("Israeli", "Palestinian", "Russian", "Ukrainian", "Turkish", "Kurdish", "American", "Iranian", "Indian")
ROLES = ("soldiers", "police", "fighters", "demonstrators")
PLACES = ("Hebron", "Kharkiv", "Belgorod", "Lahore", "Diyarbakir", "Denver")
FRAMES = (
    "{a} shot dead three members of {b} near {place} on Tuesday, a doctor said.",
    "{a} were detained by {b} in {place} on Tuesday.",
    "Clashes between {a} and {b} broke out in {place}.",
    "{a} accused {b} of shelling a school in {place}.",
    "{a} denied that they had attacked {b} in {place}.",
    "{a} will withdraw from {place} next week, {b} said.",
    "At least 20 people were killed when {a} bombed a market in {place}, according to {b}.",
    "{a} fired tear gas at demonstrators in {place}.",
)
LIMIT = 0.01


def codes(coding: Coding) -> list[tuple[str, str | None, str, str | None, int, int, int]]:
    return [
        (e.type, e.mode, e.modality, e.codes.acled, len(e.actors), len(e.attribution), len(e.counts))
        for e in coding.events
    ]


def test_swapping_the_sides_changes_the_codes_of_at_most_one_pair_in_a_hundred(coder: MachineCoder) -> None:
    pairs = [
        (f"{nations[0]} {ROLES[n % len(ROLES)]}", f"{nations[1]} {ROLES[n % len(ROLES)]}")
        for n, nations in enumerate(combinations(NATIONS, 2))
    ]
    texts = [
        tuple(frame.format(a=a, b=b, place=PLACES[n % len(PLACES)]) for a, b in ((left, right), (right, left)))
        for n, (frame, (left, right)) in enumerate((f, pair) for f in FRAMES for pair in pairs)
    ]
    codings = list(coder.code_many(read_text(text, language="en") for pair in texts for text in pair))
    differing = [
        (texts[n], codes(codings[2 * n]), codes(codings[2 * n + 1]))
        for n in range(len(texts))
        if codes(codings[2 * n]) != codes(codings[2 * n + 1])
    ]
    assert len(differing) <= LIMIT * len(texts), differing[:5]
    assert sum(bool(coding.events) for coding in codings) > 0.95 * len(codings)
