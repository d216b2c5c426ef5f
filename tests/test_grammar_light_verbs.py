"""Verbs that only say that an event happens, whose it is or what it is, on parses that were built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.en.grammar.light_verbs import first_conjuncts, judged_as, light_governor, owned_by
from hand_built import built, word


def governor(doc, noun: str) -> str | None:
    found = light_governor(word(doc, noun))
    return None if found is None else found.text


def with_object(verb: str, lemma: str, rest: str = ""):
    return built(f"""
        The     the      DT   union   determiner
        union   union    NN   {verb}  subject
        {verb}  {lemma}  VBD  -       root
        a       a        DT   rally   determiner
        rally   rally    NN   {verb}  object
        {rest}
    """)


@pytest.mark.parametrize(("verb", "lemma", "light"), [("staged", "stage", True), ("filmed", "film", False)])
def test_a_light_verb_governs_its_object(verb: str, lemma: str, *, light: bool):
    assert governor(with_object(verb, lemma), "rally") == (verb if light else None)


def test_its_passive_governs_its_subject():
    doc = built("""
        A       a      DT   rally   determiner
        rally   rally  NN   staged  passive subject
        was     be     VBD  staged  passive auxiliary
        staged  stage  VBN  -       root
    """)
    assert governor(doc, "rally") == "staged"


def test_an_event_in_a_list_has_the_verb_of_the_list():
    doc = with_object("staged", "stage", "and and CC rally coordinator\n vigil vigil NN rally conjunct")
    assert governor(doc, "vigil") == "staged"


def test_an_event_in_a_list_that_begins_with_a_verb_has_none():
    doc = built("""
        The      the    DT   union    determiner
        union    union  NN   stopped  subject
        stopped  stop   VBD  -        root
        and      and    CC   stopped  coordinator
        vigil    vigil  NN   stopped  conjunct
    """)
    assert governor(doc, "vigil") is None


def test_no_list_without_end_is_followed():
    rows = [f"w{n} w NN {'-' if not n else f'w{n - 1}'} {'conjunct' if n else 'root'}" for n in range(30)]
    doc = built("\n".join(rows))
    assert [t.text for t in first_conjuncts(word(doc, "w5"))] == ["w0"]
    assert first_conjuncts(word(doc, "w29")) == []


@pytest.mark.parametrize(
    ("verb", "lemma", "preposition", "light"),
    [
        ("participated", "participate", "in", True),
        ("participated", "participate", "after", False),
        ("called", "call", "for", True),
        ("called", "call", "after", False),
        ("claimed", "claim", "for", True),
        ("waited", "wait", "for", False),
    ],
)
def test_verbs_that_take_the_event_behind_a_preposition(verb: str, lemma: str, preposition: str, *, light: bool):
    doc = built(f"""
        Pupils         pupil          NNS  {verb}         subject
        {verb}         {lemma}        VBD  -              root
        {preposition}  {preposition}  IN   {verb}         preposition
        the            the            DT   vigil          determiner
        vigil          vigil          NN   {preposition}  preposition object
    """)
    assert governor(doc, "vigil") == (verb if light else None)


def with_share(verb: str, lemma: str, share: str, preposition: str):
    return built(f"""
        Pupils         pupil          NNS  {verb}         subject
        {verb}         {lemma}        VBD  -              root
        {share}        {share}        NN   {verb}         object
        {preposition}  {preposition}  IN   {share}        preposition
        the            the            DT   prank          determiner
        prank          prank          NN   {preposition}  preposition object
    """)


@pytest.mark.parametrize(
    ("verb", "lemma", "share", "preposition", "light"),
    [
        ("took", "take", "part", "in", True),
        ("took", "take", "pleasure", "in", False),
        ("claimed", "claim", "responsibility", "for", True),
        ("denied", "deny", "responsibility", "for", False),
        ("claimed", "claim", "money", "for", False),
    ],
)
def test_whoever_has_part_in_it_and_whose_deed_it_is(verb: str, lemma: str, share: str, preposition: str, *, light):
    assert governor(with_share(verb, lemma, share, preposition), "prank") == (verb if light else None)


def test_a_part_that_the_tagger_takes_for_a_verb():
    doc = built("""
        Pupils  pupil  NNS  took   subject
        took    take   VBD  -      root
        part    part   VB   took   open clause
        in      in     IN   part   preposition
        the     the    DT   prank  determiner
        prank   prank  NN   in     preposition object
    """)
    assert governor(doc, "prank") == "took"


def test_responsibility_tells_whose_deed_it_is_whoever_owns_or_denies_it():
    assert owned_by(word(with_share("denied", "deny", "responsibility", "for"), "prank"))
    assert not owned_by(word(with_share("asked", "ask", "money", "for"), "prank"))
    assert not owned_by(word(with_share("took", "take", "part", "in"), "prank"))


def test_whoever_says_what_an_event_is_has_no_part_in_it():
    doc = with_object("called", "call", "unfair unfair JJ called object predicate")
    assert judged_as(word(doc, "rally")).text == "called"
    assert governor(doc, "rally") is None


def test_whoever_calls_a_rally_holds_it():
    doc = with_object("called", "call")
    assert judged_as(word(doc, "rally")) is None
    assert governor(doc, "rally") == "called"


def test_a_clause_after_a_light_verb_judges_nothing():
    doc = with_object("made", "make", "to to TO mark auxiliary\n mark mark VB made content clause")
    assert judged_as(word(doc, "rally")) is None


@pytest.mark.parametrize(("verb", "lemma", "judged"), [("found", "find", True), ("hoped", "hope", False)])
def test_an_event_that_is_the_subject_of_what_it_is_found_to_be(verb: str, lemma: str, *, judged: bool):
    doc = built(f"""
        Judges  judge    NNS  {verb}  subject
        {verb}  {lemma}  VBD  -       root
        the     the      DT   strike  determiner
        strike  strike   NN   lawful  subject
        lawful  lawful   JJ   {verb}  content clause
    """)
    assert (judged_as(word(doc, "strike")) is not None) is judged
