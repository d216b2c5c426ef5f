"""Who the sides are does not change the codes, and no more does how they are called.

The pairs come from the grammar of ``benchmarks/swap_grammar.py``; ``python benchmarks/swap.py`` runs 2,000 of them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.swap import FRAME, differences
from benchmarks.swap_grammar import FRAMES, NATIONS, PLACES, Filled, pairs

from dateline.coder.machine import MachineCoder

NUMBER = 600
LIMIT = 0.01
JUDGED, JUDGED_LIMIT = 300, 0.04
"""Reports that are judged: what the parser makes of one trade or name and not of another still moves their chances."""
KEPT = Path(__file__).parent / "snapshots" / "swap-differences.txt"


def test_the_grammar_makes_the_same_pairs_again_and_uses_every_frame() -> None:
    made = list(pairs(NUMBER))
    assert made == list(pairs(NUMBER))
    assert set(Counter(pair.kind for pair in made)) == {
        "sides exchanged",
        "nations exchanged",
        "other nations",
        "other civilians",
        "another name",
        "loaded words",
    }
    assert all(pair.plain.text != pair.variant.text for pair in made)
    assert len({pair.plain.text for pair in made}) > 2 * len(FRAMES.strip().split("\n"))


def test_the_slots_of_a_text_are_its_words() -> None:
    for pair in pairs(200):
        for filled in (pair.plain, pair.variant):
            assert all(0 <= start < end <= len(filled.text) for _, start, end in filled.slots)
            assert _of("place", filled) in (None, *PLACES)
        nations = [n for n in NATIONS if n in pair.plain.text]
        assert pair.kind != "nations exchanged" or len(nations) == 2


@pytest.mark.model
def test_at_most_one_pair_in_a_hundred_is_coded_differently(
    coder: MachineCoder, request: pytest.FixtureRequest
) -> None:
    found = list(differences(list(pairs(NUMBER)), coder))
    now = "".join(f"{difference}\n\n" for difference in found)
    if request.config.getoption("update_snapshots"):
        KEPT.write_text(now, encoding="utf-8")
    assert len(found) <= LIMIT * NUMBER, now
    assert KEPT.read_text(encoding="utf-8") == now, "accept with: pytest --update-snapshots"


@pytest.mark.model
def test_reports_that_are_judged_are_no_exception(coder: MachineCoder) -> None:
    found = list(differences(list(pairs(JUDGED)), coder, FRAME))
    assert len(found) <= JUDGED_LIMIT * JUDGED, "".join(f"{difference}\n\n" for difference in found)


def _of(slot: str, filled: Filled) -> str | None:
    return next((filled.text[start:end] for name, start, end in filled.slots if name == slot), None)
