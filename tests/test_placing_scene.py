"""Where a report sets its scene, and that no wording of a reason decides it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.coder.placing.scene import FROM_DATELINE, scene
from dateline.coder.syntax.model import Parse
from dateline.model import Block, Place, Report
from dateline.resolve.places.find import DATELINE
from hand_built import built, word

DOC = built("""
    LIMA    LIMA   NNP  -      root
    -       -      :    LIMA   punctuation
    Choirs  choir  NNS  sang   subject
    sang    sing   VBD  -      root
""")
PARSE = Parse(Report("r", DOC.text, (Block(0, len(DOC.text), "paragraph"),)), DOC)
LIMA = Place(0, 4, "LIMA", "Lima", 1, "PE", None, -12.0, -77.0, "town", (DATELINE.because("LIMA"),))


def test_an_event_without_a_place_of_its_own_takes_that_of_the_dateline() -> None:
    places, because = scene(PARSE, word(DOC, "sang"), [LIMA], [LIMA])
    assert places == (LIMA,)
    assert because is not None and because.id == FROM_DATELINE.id


@pytest.mark.parametrize("wording", ["the place at the head of the report", ""])
def test_another_wording_of_the_reason_changes_nothing(wording: str) -> None:
    reworded = replace(LIMA, because=(replace(LIMA.because[0], rule=wording),))
    assert scene(PARSE, word(DOC, "sang"), [reworded], [reworded])[0] == (reworded,)


def test_the_words_of_the_reason_alone_make_no_dateline() -> None:
    unnamed = replace(LIMA, because=(replace(LIMA.because[0], id="place.chosen"),))
    assert scene(PARSE, word(DOC, "sang"), [unnamed], [unnamed]) == ((), None)
