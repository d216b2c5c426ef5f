"""A codebook that recodes another: types by sub-event, roles as seen by those who gathered, and why the rest is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.codebook import CodebookError, builtin_codebooks, load_codebook
from dateline.codebook.crosswalk.recode import recode
from dateline.codebook.model import Codebook
from dateline.codebook.reading.codes import acled_sub_events
from dateline.export.formats.explain import write
from dateline.model import (
    Because,
    CoderInfo,
    Codes,
    Coding,
    Count,
    EventMention,
    Evidence,
    Modality,
    Participant,
    Report,
)

TEXT = "Nurses marched. Police fired gas at the nurses. Two were hurt."
REPORT = Report("r", TEXT)
WHY = "not codable: no row holds: Peaceful protest: not several people"


@pytest.fixture(scope="module")
def conflict() -> Codebook:
    return load_codebook("conflict")


def event(id: str, type: str, words: str, acled: str | None, modality: Modality = "asserted") -> EventMention:
    start = TEXT.index(words)
    span = REPORT.span(start, start + len(words))
    return EventMention(
        id,
        type,
        span,
        codes=Codes("14", acled, 4),
        modality=modality,
        evidence=(Evidence(span.start, span.end, span.quote),),
        because=(Because("codes.acled", WHY if acled is None else f"{type}; several people"),),
    )


def participant(words: str) -> Participant:
    start = TEXT.index(words)
    return Participant(start, start + len(words), words)


def coding(*events: EventMention) -> Coding:
    return Coding(REPORT, CoderInfo("test", "1", "conflict 1.0"), events=events)


MARCH = replace(event("e1", "PROTEST", "marched", "Protest with intervention"), actors=(participant("Nurses"),))
GAS = replace(
    event("e2", "ASSAULT", "fired", "Protest with intervention"),
    actors=(participant("Police"),),
    recipients=(participant("the nurses"),),
    counts=(Count(48, 51, "Two", "injured", 2, 2, 2),),
)


def test_a_codebook_that_recodes_nothing_leaves_a_coding_as_it_is() -> None:
    before = coding(MARCH, GAS)
    assert recode(before, load_codebook("plover")) is before


def test_type_and_mode_are_those_of_the_sub_event(conflict: Codebook) -> None:
    (found,) = recode(coding(event("e7", "ASSAULT", "fired", "Air/drone strike")), conflict).events
    assert (found.id, found.type, found.mode) == ("e1", "REMOTE_VIOLENCE", "air-drone-strike")
    assert found.codes == Codes("14", "Air/drone strike", 4)
    assert found.because[0].rule.startswith("conflict: REMOTE_VIOLENCE air-drone-strike is the sub-event")


def test_those_who_gathered_are_the_actors_whatever_was_done_to_them(conflict: Codebook) -> None:
    (found,) = recode(coding(GAS), conflict).events
    assert ([a.quote for a in found.actors], [r.quote for r in found.recipients]) == (["the nurses"], ["Police"])
    (found,) = recode(coding(MARCH), conflict).events
    assert [a.quote for a in found.actors] == ["Nurses"]


@pytest.mark.parametrize("order", [(MARCH, GAS), (GAS, MARCH)])
def test_what_is_done_to_a_gathering_is_part_of_it(conflict: Codebook, order: tuple[EventMention, ...]) -> None:
    (found,) = recode(coding(*order), conflict).events
    assert found.trigger.quote == "marched"
    assert [e.quote for e in found.evidence] == ["marched", "fired"]
    assert [c.quote for c in found.counts] == ["Two"]


def test_two_marches_are_two_events(conflict: Codebook) -> None:
    assert len(recode(coding(MARCH, replace(MARCH, id="e2")), conflict).events) == 2


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (event("e1", "PROTEST", "marched", None), f"PROTEST: {WHY}"),
        (event("e1", "PROTEST", "marched", None, "planned"), "it is planned, and only what happened is coded"),
    ],
)
def test_what_is_not_codable_says_why_in_the_coding_and_in_explain(
    conflict: Codebook, one: EventMention, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    found = recode(coding(one), conflict)
    assert found.events == ()
    assert [x.quote for x in found.left_out] == ["marched"]
    assert why in found.left_out[0].why
    assert [n.code for n in found.notes] == ["none-codable"]
    write([found], sys.stdout)
    assert why in capsys.readouterr().out


def test_every_sub_event_is_a_mode_of_its_event_type(conflict: Codebook) -> None:
    held = {mode.sub_event: kind.name for kind in conflict.types for mode in kind.modes}
    names = {event: event.upper().replace(" ", "_") for event in acled_sub_events().values()}
    names["Explosions/Remote violence"] = "REMOTE_VIOLENCE"
    assert held == {sub_event: names[event] for sub_event, event in acled_sub_events().items()}


def test_every_sub_event_has_a_row_that_gives_it(conflict: Codebook) -> None:
    assert conflict.recodes is not None
    assert {c.code for c in conflict.recodes.acled} - {None} == set(acled_sub_events())


def test_a_type_has_examples_of_both_kinds_and_no_mode_is_without_a_definition(conflict: Codebook) -> None:
    assert "conflict" in builtin_codebooks()
    for kind in conflict.types:
        negative = sum(not e.expect for e in kind.examples)
        assert negative >= 3
        assert len(kind.examples) - negative >= 4
        assert all(mode.definition for mode in kind.modes)


HEAD = 'name: own\nversion: "1"\nrecodes: plover\ntypes:\n'


@pytest.mark.parametrize(
    ("types", "words"),
    [
        ("  - {name: PROTEST, definition: a, modes: [{name: b, definition: c, sub_event: Attack}]}", "another name"),
        ("  - {name: OWN, definition: a}", "Nothing can become OWN"),
        ("  - {name: OWN, definition: a, modes: [{name: b, definition: c, sub_event: Atack}]}", "'Attack'"),
        (
            "  - {name: OWN, definition: a, modes: [{name: b, definition: c, sub_event: Attack}]}\n"
            "  - {name: TWO, definition: a, modes: [{name: b, definition: c, sub_event: Attack}]}",
            "Take one out",
        ),
    ],
)
def test_faults_of_a_codebook_that_recodes(tmp_path: Path, types: str, words: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + types + "\n", encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert words in str(caught.value)


def test_a_recoded_codebook_must_itself_find_events(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    text = HEAD.replace("plover", "conflict") + "  - {name: A, definition: b, verbs: [c]}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match="Write `recodes: plover`"):
        load_codebook(path)


def test_rows_of_ones_own_go_first_and_own_words_are_taken_from_the_recoded_types(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        HEAD + "  - name: SACKING\n    definition: a\n    verbs: [loot]\n"
        "    modes: [{name: b, definition: c, sub_event: Attack}]\n"
        "acled:\n  - {type: ASSAULT, modes: [drone], conditions: [], sub_event: Attack}\n",
        encoding="utf-8",
    )
    base = load_codebook(path).recodes
    assert base is not None
    assert (base.acled[0].row.modes, base.acled[0].code) == (("drone",), "Attack")
    loot = [k.name for k in base.types for t in k.triggers if t.lemma == "loot" and not t.frame.requires]
    assert set(loot) == {"SACKING"}
