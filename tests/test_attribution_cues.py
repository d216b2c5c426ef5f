"""What verbs, nouns and adjectives attribute by their frames, on sentences built by hand."""

import pytest

from dateline.coder.attribution.cues import ADJECTIVES, NOUNS, PLACES, VERBS, prepositions
from dateline.coder.attribution.find import find_candidates
from dateline.coder.attribution.nouns import (
    according_candidate,
    adjective_candidate,
    hearsay_candidate,
    noun_candidate,
)
from dateline.coder.attribution.verbs import verb_candidate
from dateline.lang.lexicon import built_in, lay_over, using
from hand_built import built, word

STRIKE = """
    Bakers   baker   NNS  called  subject
    have     have    VBP  called  auxiliary
    called   call    VBN  -       root
    for      for     IN   called  preposition
    rest     rest    NN   for     preposition object
"""
SUPPORT = """
    Towns    town     NNS  support  subject
    {}
    support  support  VB   -        root
    the      the      DT   plan     determiner
    plan     plan     NN   support  object
"""


def parts(doc, candidate):
    """Source, cue and content as words."""
    rows = (candidate.source, candidate.cue, sorted(candidate.content))
    return tuple(" ".join(doc[i].text for i in row) for row in rows)


def verb(table, text, *frames):
    doc = built(table)
    found = verb_candidate(word(doc, text), frozenset(frames))
    return found and parts(doc, found)


def test_a_preposition_is_a_frame_and_part_of_the_cue():
    assert verb(STRIKE, "called", "for") == ("Bakers", "have called for", "rest")
    assert verb(STRIKE, "called", "on") is None


def test_an_attitude_that_somebody_should_have_is_nobodys():
    assert verb(SUPPORT.format("all all RB support adverb"), "support", "object") == (
        "Towns",
        "all support",
        "the plan",
    )
    assert verb(SUPPORT.format("must must MD support auxiliary"), "support", "object") is None
    assert verb(SUPPORT.format("to to TO support auxiliary"), "support", "object") is None


def test_whom_a_person_frame_addresses_is_no_content():
    table = """
        Ada    Ada    NNP  {verb}  subject
        {verb} {verb} VBD  -       root
        him    he     PRP  {verb}  object
        to     to     TO   go      auxiliary
        go     go     VB   {verb}  open clause
    """
    assert verb(table.format(verb="urged"), "urged", "person", "infinitive") == ("Ada", "urged", "to go")
    assert verb(table.format(verb="wanted"), "wanted", "infinitive") == ("Ada", "wanted", "him to go")


def test_who_is_called_upon_is_part_of_what_is_called_for():
    table = """
        Ada    Ada   NNP  called subject
        called call  VBD  -      root
        on     on    IN   called preposition
        him    he    PRP  on     preposition object
        to     to    TO   go     auxiliary
        go     go    VB   called open clause
    """
    assert verb(table, "called", "on", "infinitive") == ("Ada", "called on", "him to go")


def test_the_subject_of_a_passive_frame_is_part_of_what_is_said():
    table = """
        He       he      PRP  expected  passive subject
        is       be      VBZ  expected  passive auxiliary
        expected expect  VBN  -         root
        to       to      TO   go        auxiliary
        go       go      VB   expected  open clause
    """
    assert verb(table, "expected", "infinitive", "passive") == ("", "is expected", "He to go")
    assert verb(table, "expected", "infinitive") == ("", "is expected", "to go")


def test_what_something_is_called_is_content_with_and_without_as():
    table = """
        Ada     Ada     NNP  {verb}  subject
        {verb}  {lemma} VBD  -       root
        them    they    PRP  {verb}  object
        {rest}
    """
    called = table.format(verb="called", lemma="call", rest="brave brave JJ called object predicate")
    assert verb(called, "called", "as") == ("Ada", "called", "them brave")
    saw = table.format(verb="saw", lemma="see", rest="leave leave VB saw content clause")
    assert verb(saw, "saw", "as") is None


def test_a_figure_stands_behind_at_or_as_the_object():
    table = """
        Ada    Ada    NNP  {verb}  subject
        {verb} {verb} VBD  -       root
        it     it     PRP  {verb}  object
        at     at     IN   {verb}  preposition
        50     50     CD   at      preposition object
    """
    assert verb(table.format(verb="put"), "put", "number") == ("Ada", "put", "it at 50")
    gave = """
        Ada    Ada   NNP  gave   subject
        gave   give  VBD  -      root
        {}
    """
    assert verb(gave.format("50 50 CD gave object"), "gave", "number") == ("Ada", "gave", "50")
    assert verb(gave.format("them they PRP gave object"), "gave", "number") is None


def test_the_rest_of_the_clause_is_whose_according_names():
    table = """
        It        it       PRP  rained    subject
        rained    rain     VBD  -         root
        {first}
        {second}  {second} NN   {above}   preposition object
    """
    doc = built(table.format(first="per per IN rained preposition", second="hour", above="per"))
    assert according_candidate(word(doc, "per")) is None
    rows = "according accord VBG rained preposition\n        to to IN according preposition"
    doc = built(table.format(first=rows, second="Ada", above="to"))
    assert parts(doc, according_candidate(word(doc, "according"))) == ("Ada", "according to", "It rained")


def test_a_noun_attributes_where_the_report_tells_whose_it_is():
    table = """
        {owner}
        criticism  criticism  NN   -          root
        of         of         IN   criticism  preposition
        fares      fare       NNS  of         preposition object
    """
    frames = frozenset({"of"})
    doc = built(table.format(owner="Ada Ada NNP criticism possessor"))
    assert parts(doc, noun_candidate(word(doc, "criticism"), frames)) == ("Ada", "criticism of", "fares")
    doc = built(table.format(owner="loud loud JJ criticism adjective"))
    assert noun_candidate(word(doc, "criticism"), frames) is None


@pytest.mark.parametrize(("subject", "source"), [("Ada", "Ada"), ("It", None)])
def test_an_adjective_attributes_to_its_subject_unless_that_is_nobody(subject, source):
    doc = built(f"""
        {subject}  {subject}  PRP  was    subject
        was        be         VBD  -      root
        clear      clear      JJ   was    adjective complement
        that       that       IN   won    clause marker
        we         we         PRP  won    subject
        won        win        VBD  clear  content clause
    """)
    found = adjective_candidate(word(doc, "clear"), frozenset({"clause"}))
    assert (found and parts(doc, found)) == (source and (source, "was clear", "that we won"))


def test_hearsay_takes_its_clause_and_names_nobody():
    doc = built("""
        He         he          PRP  left  subject
        reportedly reportedly  RB   left  adverb
        left       leave       VBD  -     root
    """)
    found = hearsay_candidate(word(doc, "reportedly"))
    assert parts(doc, found) == ("", "reportedly", "He left")
    assert found.because.rule == "reportedly: nobody is named"


def test_a_cue_says_which_rule_found_it_and_where_its_word_stands():
    (found,) = find_candidates(next(built(STRIKE).sents))
    assert found.because.id == "cue.verb"
    assert found.because.rule == 'call: "for"'
    assert found.because.source == VERBS.source("call")
    assert found.because.source.startswith("cues.yaml:")


def test_a_project_adds_a_cue_of_its_own(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("cues.verbs:\n  add: {murmur: for}\n  examples: ['He [murmured] for rest.']\n", encoding="utf-8")
    sentence = next(built(STRIKE.replace("call ", "murmur ")).sents)
    assert find_candidates(sentence) == []
    with using(lay_over(built_in(), [own])):
        (found,) = find_candidates(sentence)
    assert found.because.source == "own.yaml:2"


def test_every_cue_is_a_lemma_in_lower_case_with_places_or_prepositions():
    for table in (VERBS, NOUNS, ADJECTIVES):
        for lemma, frames in table.items():
            assert lemma == lemma.lower()
            assert frames, lemma
    assert prepositions(VERBS["call"]) == {"for", "on"}
    assert VERBS["say"] <= PLACES
