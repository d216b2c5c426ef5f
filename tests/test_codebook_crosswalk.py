"""The crosswalks: a code where its conditions are met, else None with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.codebook.crosswalk.apply import codes
from dateline.codebook.crosswalk.conditions import CONDITIONS, MentionFacts
from dateline.codebook.crosswalk.sides import kind_of
from dateline.codebook.model import Codebook
from dateline.codebook.reading.codes import acled_sub_events, cameo_codes
from dateline.model import Codes, Count, CountKind, Modality


@pytest.fixture(scope="module")
def plover() -> Codebook:
    return load_codebook("plover")


def count(kind: CountKind, best: int | None) -> Count:
    return Count(0, 1, "x", kind, best, best, best)


RALLY = MentionFacts("PROTEST", "demo", actors=("thousands of students",))
TEAR_GAS = MentionFacts("ASSAULT", "crowd-control", actors=("police",), recipients=("the marchers",))
SHOTS = MentionFacts(
    "ASSAULT", "firearms", actors=("soldiers",), recipients=("protesters",), counts=(count("killed", 3),)
)
STONES = MentionFacts("PROTEST", "riot", actors=("students",))


@pytest.mark.parametrize(
    ("facts", "sub_event"),
    [
        (RALLY, "Peaceful protest"),
        (MentionFacts("PROTEST", "demo"), "Peaceful protest"),
        (MentionFacts("PROTEST", "demo", actors=("a pensioner",)), None),
        (MentionFacts("PROTEST", "demo", actors=("a crowd of students",)), "Peaceful protest"),
        (MentionFacts("PROTEST", "demo", actors=("students",), counts=(count("participants", 2),)), None),
        (MentionFacts("PROTEST", "demo", actors=("a man",), counts=(count("participants", 30),)), "Peaceful protest"),
        (MentionFacts("PROTEST", "demo", same_place=(TEAR_GAS,)), "Protest with intervention"),
        (MentionFacts("PROTEST", "demo", same_place=(SHOTS, TEAR_GAS)), "Excessive force against protesters"),
        (MentionFacts("PROTEST", "demo", same_place=(STONES, TEAR_GAS)), "Violent demonstration"),
        (MentionFacts("PROTEST", "riot", actors=("residents",)), "Mob violence"),
        (MentionFacts("PROTEST", "riot", actors=("fans",), same_place=(RALLY,)), "Violent demonstration"),
        (MentionFacts("PROTEST", "obstruct", sentence="They lit barricades of tyres."), "Violent demonstration"),
        (MentionFacts("PROTEST", "obstruct", sentence="They sat down on the road."), "Peaceful protest"),
        (MentionFacts("PROTEST", "strike", sentence="Miners downed tools."), None),
        (MentionFacts("PROTEST", "strike", sentence="Miners on strike marched to the gate."), "Peaceful protest"),
        (MentionFacts("PROTEST", "hunger"), None),
        (MentionFacts("PROTEST", "vandalize", actors=("residents",)), None),
        (MentionFacts("ASSAULT", "firearms", actors=("gunmen",), recipients=("two farmers",)), "Attack"),
        (MentionFacts("ASSAULT", "firearms", actors=("rebels",), recipients=("soldiers",)), "Armed clash"),
        (MentionFacts("ASSAULT", None, actors=("two militias", "the army")), "Armed clash"),
        (MentionFacts("ASSAULT", None, actors=("two rival militias",)), "Armed clash"),
        (MentionFacts("ASSAULT", None, actors=("the militia",)), None),
        (MentionFacts("ASSAULT", "beat", actors=("two groups of villagers",)), "Mob violence"),
        (MentionFacts("ASSAULT", "beat", actors=("a farmer",), recipients=("a teacher",)), None),
        (MentionFacts("ASSAULT", "firearms", actors=("police",), recipients=("protesters",)),
         "Excessive force against protesters"),
        (MentionFacts("ASSAULT", "beat", actors=("a mob",), recipients=("a driver",)), "Mob violence"),
        (MentionFacts("ASSAULT", "abduct", actors=("gunmen",), recipients=("nurses",)),
         "Abduction/forced disappearance"),
        (MentionFacts("ASSAULT", "abduct", actors=("rebels",), recipients=("soldiers",)), "Armed clash"),
        (MentionFacts("ASSAULT", "explosives", sentence="A grenade was thrown."), "Grenade"),
        (MentionFacts("ASSAULT", "explosives", sentence="A mine went off."), "Remote explosive/landmine/IED"),
        (MentionFacts("ASSAULT", "drone"), "Air/drone strike"),
        (MentionFacts("ASSAULT", "heavy-weapons", actors=("army",), recipients=("the town",)),
         "Shelling/artillery/missile attack"),
        (MentionFacts("ASSAULT", "destroy", actors=("rebels",), recipients=("a school",)),
         "Looting/property destruction"),
        (MentionFacts("ASSAULT", None, ("territory",), actors=("the army",), sentence="The army recaptured the town."),
         "Government regains territory"),
        (MentionFacts("ASSAULT", None, ("territory",), actors=("rebels",), sentence="Rebels seized the town."),
         "Non-state actor overtakes territory"),
        (MentionFacts("ASSAULT", "unconventional", sentence="Someone used sarin."), "Chemical weapon"),
        (MentionFacts("ASSAULT", "unconventional", sentence="Someone was poisoned."), None),
        (TEAR_GAS, "Protest with intervention"),
        (MentionFacts("COERCE", "arrest", actors=("police",), recipients=("a man",)), None),
        (MentionFacts("COERCE", "arrest", actors=("police",), recipients=("an opposition leader",)), "Arrests"),
        (MentionFacts("COERCE", "arrest", actors=("police",), counts=(count("arrested", 40),)), "Arrests"),
        (MentionFacts("COERCE", "arrest", actors=("police",), same_place=(RALLY,)), "Protest with intervention"),
        (MentionFacts("COERCE", "arrest", actors=("militiamen",)), "Abduction/forced disappearance"),
        (MentionFacts("COERCE", "seize", sentence="Police seized rifles."), "Disrupted weapons use"),
        (MentionFacts("AGREE", None, actors=("the ministry", "the union")), None),
        (MentionFacts("AGREE", None, actors=("the rebels", "the army")), "Agreement"),
        (MentionFacts("AGREE", None, actors=("the government", "the rebels")), "Agreement"),
        (MentionFacts("MOBILIZE", "troops", actors=("the army",), sentence="The army set up a base in the hills."),
         "Headquarters or base established"),
        (MentionFacts("RETREAT", "withdraw", actors=("soldiers",), sentence="Soldiers left the town without a fight."),
         "Non-violent transfer of territory"),
        (MentionFacts("ACCUSE", "disapprove"), None),
        (MentionFacts("SUPPORT"), None),
    ],
)  # fmt: skip
def test_acled_sub_events_and_their_conditions(plover: Codebook, facts: MentionFacts, sub_event: str | None) -> None:
    found, why = codes(facts, plover)
    assert found.acled == sub_event, why
    assert why.field == "codes.acled"


def test_the_reason_says_what_was_missing(plover: Codebook) -> None:
    found, why = codes(MentionFacts("PROTEST", "demo", actors=("a pensioner",)), plover)
    assert found.acled is None
    assert "not several people" in why.rule
    assert codes(MentionFacts("SUPPORT"), plover)[1].rule.startswith("not codable: no row holds: Agreement: ")
    assert codes(MentionFacts("THREATEN"), plover)[1].rule == (
        "not codable: the crosswalk has no row for THREATEN without a mode"
    )


@pytest.mark.parametrize(
    ("facts", "cameo", "quad"),
    [
        (MentionFacts("CONSULT", "visit"), "042", 1),
        (MentionFacts("CONSULT"), "04", 1),
        (MentionFacts("CONSULT", "visit", cameo="043"), "043", 1),
        (MentionFacts("AID", None, ("military",)), "072", 2),
        (MentionFacts("AID", None, ("asylum", "economic")), "075", 2),
        (MentionFacts("ACCUSE", "investigate", ("corruption",)), "091", 3),
        (MentionFacts("ACCUSE", "disapprove", ("corruption",)), "111", 3),
        (MentionFacts("PROTEST", "hunger"), "142", 4),
        (MentionFacts("ASSAULT", None), "18", 4),
        (MentionFacts("ASSAULT", None, actors=("rebels", "the army")), "190", 4),
        (MentionFacts("ASSAULT", "aerial"), "195", 4),
    ],
)
def test_cameo_is_as_exact_as_what_is_known(plover: Codebook, facts: MentionFacts, cameo: str, quad: int) -> None:
    found, _ = codes(facts, plover)
    assert (found.cameo, found.quad) == (cameo, quad)


def test_every_code_that_can_be_given_exists(plover: Codebook) -> None:
    contexts = [(), *((c.name,) for c in plover.contexts)]
    crowds: tuple[tuple[str, ...], ...] = ((), ("soldiers", "rebels"), ("protesters",))
    given = [
        codes(MentionFacts(kind.name, mode, context, actors=actors, recipients=("two farmers",)), plover)[0]
        for kind in plover.types
        for mode in (None, *(m.name for m in kind.modes))
        for context in contexts
        for actors in crowds
    ]
    assert {c.cameo for c in given} <= cameo_codes()
    assert {c.acled for c in given} - {None} <= set(acled_sub_events())
    named = {t.cameo for kind in plover.types for t in kind.triggers if t.cameo} | {c.code for c in plover.cameo}
    assert named <= cameo_codes()
    assert (len(cameo_codes()), len(acled_sub_events())) == (316, 25)


@pytest.mark.parametrize("modality", ["planned", "possible", "hypothetical", "negated"])
def test_what_did_not_happen_has_no_sub_event(plover: Codebook, modality: Modality) -> None:
    found, why = codes(MentionFacts("PROTEST", "demo", actors=("nurses",), modality=modality), plover)
    assert (found.acled, found.cameo, found.quad) == (None, "141", 4)
    assert why.rule == f"not codable: it is {modality}, and only what happened has a sub-event"


def test_a_row_can_say_what_must_not_be(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        'name: own\nversion: "1"\ntypes: [{name: A, definition: b, verbs: [c], modes: [{name: m, definition: n}]}]\n'
        "conditions:\n"
        "  - {name: told_twice, definition: b, beside: [{type: A, words: [again and again]}]}\n"
        "acled:\n"
        "  - {type: A, modes: [none], conditions: [not told_twice], sub_event: Attack}\n"
        "  - {type: A, modes: [not m], conditions: [told_twice], sub_event: Grenade}\n",
        encoding="utf-8",
    )
    own = load_codebook(path)
    beside = (MentionFacts("A", sentence="Told again and again."),)
    assert codes(MentionFacts("A"), own)[0].acled == "Attack"
    assert codes(MentionFacts("A", same_place=beside), own)[0].acled == "Grenade"
    assert codes(MentionFacts("A", "m", same_place=beside), own)[0].acled is None


def test_a_type_that_the_codebook_lacks_has_no_codes(plover: Codebook) -> None:
    found, why = codes(MentionFacts("FLOOD"), plover)
    assert (found, why.rule) == (Codes(), "the codebook has no type FLOOD")


def test_every_condition_is_used_and_explained(plover: Codebook) -> None:
    own = {c.name: c for c in plover.conditions}
    rows = [crossing.row for crossing in (*plover.acled, *plover.cameo)]
    rows += [row for condition in own.values() for row in (*condition.itself, *condition.beside)]
    assert {c.removeprefix("not ") for row in rows for c in row.conditions} == {*CONDITIONS, *own}
    assert all(check.__doc__ for check in CONDITIONS.values())


@pytest.mark.parametrize(
    ("words", "sector", "kind"),
    [
        ("the police", None, "state"),
        ("riot policemen", None, "state"),
        ("a 40-year-old woman", None, "civilian"),
        ("supporters of the army", None, "civilian"),
        ("two groups of villagers", None, "civilian"),
        ("hundreds of rioters in the square", None, "crowd"),
        ("armed gunmen", None, "nonstate"),
        ("anti-government protesters", None, "crowd"),
        ("two villages", None, "thing"),
        ("Kim", None, "unknown"),
        ("Kim", "MIL", "state"),
        ("the children's home", None, "thing"),
        ("", None, "unknown"),
    ],
)
def test_kinds_of_participants(words: str, sector: str | None, kind: str) -> None:
    assert kind_of(words, sector) == kind


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_words_can_be_judged(words: str, sentence: str) -> None:
    facts = MentionFacts("PROTEST", "demo", actors=(words,), recipients=(words,), sentence=sentence)
    assert all(isinstance(check(facts), bool) for check in CONDITIONS.values())


@pytest.mark.parametrize(("one", "other"), [("Norland", "Sudland"), ("the Reds", "the Blues"), ("Mr Ito", "Ms Okafor")])
def test_names_do_not_change_the_codes(plover: Codebook, one: str, other: str) -> None:
    for kind, mode in (("ASSAULT", "firearms"), ("PROTEST", "demo"), ("COERCE", "arrest")):
        told = [
            codes(MentionFacts(kind, mode, actors=(f"soldiers of {a}",), recipients=(f"civilians from {b}",)), plover)
            for a, b in ((one, other), (other, one))
        ]
        assert told[0] == told[1]
