"""Which word a place's name belongs to, and whether it can be where an event was, on sentences built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from dateline.coder.placing.name_groups import name_groups
from dateline.lang.en.placing.features import features
from dateline.lang.en.placing.name_forms import containers_of, unqualified
from dateline.lang.en.placing.names import containing_word, name_spans
from dateline.lang.en.placing.places import (
    attached_name,
    describes,
    is_done_there,
    is_elsewhere,
    is_in_own_phrase,
    is_in_title,
    is_nationwide,
    names_a_side,
    opens_with_where,
)
from hand_built import built, word

SANG = built("""
    Choirs    choir     NNS  sang      subject
    sang      sing      VBD  -         root
    in        in        IN   sang      preposition
    the       the       DT   north     determiner
    north     north     NN   in        preposition object
    of        of        IN   north     preposition
    Kent      Kent      NNP  of        preposition object
    against   against   IN   sang      preposition
    the/2     the       DT   closing   determiner
    closing   closing   NN   against   preposition object
    of/2      of        IN   closing   preposition
    schools   school    NNS  of/2      preposition object
""")


def test_a_part_of_a_place_hands_its_preposition_on() -> None:
    name = attached_name(word(SANG, "Kent"))
    assert (name.preposition.text, name.word.text, name.links) == ("in", "sang", ("of a place",))
    assert name.is_there


def test_a_rally_against_something_is_not_where_that_is() -> None:
    assert not is_elsewhere(word(SANG, "sang"), word(SANG, "Kent"))
    assert is_elsewhere(word(SANG, "closing"), word(SANG, "Kent"))


@pytest.mark.parametrize(("name", "side"), [("Tehran", True), ("Madrid", False), ("Lyon", False)])
def test_a_subject_is_a_side_and_a_name_behind_in_is_a_place(name: str, side: bool) -> None:
    doc = built("""
        Tehran  Tehran  NNP  left    subject
        left    leave   VBD  -       root
        Madrid  Madrid  NNP  left    object
        in      in      IN   left    preposition
        Lyon    Lyon    NNP  in      preposition object
    """)
    assert names_a_side(word(doc, "left"), word(doc, name), wide=False) == side


def test_the_object_of_a_verb_that_is_done_to_people_is_a_side() -> None:
    doc = built("""
        They      they     PRP  praised  subject
        praised   praise   VBD  -        root
        Madrid    Madrid   NNP  praised  object
    """)
    assert names_a_side(word(doc, "praised"), word(doc, "Madrid"), wide=False)


@pytest.mark.parametrize(("noun", "side"), [("streets", False), ("people", True)])
def test_the_people_of_a_country_are_a_side_and_its_streets_are_a_place(noun: str, side: bool) -> None:
    doc = built(f"""
        The      the     DT   {noun}   determiner
        {noun}   {noun.removesuffix("s")}  NNS  cheered  subject
        of       of      IN   {noun}   preposition
        Peru     Peru    NNP  of       preposition object
        cheered  cheer   VBD  -        root
    """)
    assert names_a_side(word(doc, "cheered"), word(doc, "Peru"), wide=True) == side
    assert not names_a_side(word(doc, "cheered"), word(doc, "Peru"), wide=False)


def test_a_name_in_a_title_places_nothing() -> None:
    doc = built("""
        The       the       DT   minister  determiner
        minister  minister  NN   spoke     subject
        for       for       IN   minister  preposition
        Wales     Wales     NNP  for       preposition object
        spoke     speak     VBD  -         root
        in        in        IN   spoke     preposition
        Cardiff   Cardiff   NNP  in        preposition object
    """)
    assert is_in_title(word(doc, "Wales"))
    assert not is_in_title(word(doc, "Cardiff"))


OWN = built("""
    Peru      Peru     NNP  strikes   compound
    strikes   strike   NNS  followed  subject
    followed  follow   VBD  -         root
    Lima      Lima     NNP  protests  compound
    protests  protest  NNS  followed  object
""")


def test_a_name_in_the_events_own_phrase_is_its_place_unless_a_country_acts() -> None:
    assert is_in_own_phrase(word(OWN, "protests"), word(OWN, "Lima"), wide=True)
    assert is_in_own_phrase(word(OWN, "strikes"), word(OWN, "Peru"), wide=False)
    assert not is_in_own_phrase(word(OWN, "strikes"), word(OWN, "Peru"), wide=True)
    assert not is_in_own_phrase(word(OWN, "strikes"), word(OWN, "Lima"), wide=False)
    assert describes(word(OWN, "Lima"))


def test_what_is_done_to_a_site_is_done_there() -> None:
    doc = built("""
        Crowds   crowd   NNS  stormed  subject
        stormed  storm   VBD  -        root
        Evin     Evin    NNP  stormed  object
        for      for     IN   stormed  preposition
        Lima     Lima    NNP  for      preposition object
    """)
    assert is_done_there(word(doc, "stormed"), word(doc, "Evin"))
    assert not is_done_there(word(doc, "stormed"), word(doc, "Lima"))


def test_an_event_across_the_country_has_no_town() -> None:
    doc = built("""
        Strikes   strike   NNS  spread   subject
        spread    spread   VBD  -        root
        across    across   IN   spread   preposition
        the       the      DT   country  determiner
        country   country  NN   across   preposition object
    """)
    assert is_nationwide(word(doc, "spread"))
    assert not is_nationwide(word(doc, "Strikes"))


WHERE = built("""
    They    they    PRP  came   subject
    came    come    VBD  -      root
    from    from    IN   came   preposition
    Lima    Lima    NNP  from   preposition object
    ,       ,       ,    Lima   punctuation
    where   where   WRB  fell   adverb
    snow    snow    NN   fell   subject
    fell    fall    VBD  Lima   relative clause
""")


def test_a_clause_that_begins_with_where_is_told_of_the_name_before_it() -> None:
    lima = word(WHERE, "Lima")
    assert opens_with_where(word(WHERE, "fell"), WHERE[lima.i : lima.i + 1])
    assert not opens_with_where(word(WHERE, "came"), WHERE[lima.i : lima.i + 1])


def spans(doc: Doc, *names: str):
    return [doc[t.i : t.i + 1] for name in names for t in doc if t.text == name]


LISTED = built("""
    They       they       PRP  sang       subject
    sang       sing       VBD  -          root
    across     across     IN   sang       preposition
    Spain      Spain      NNP  across     preposition object
    ,          ,          ,    Spain      punctuation
    including  include    VBG  Spain      preposition
    Madrid     Madrid     NNP  including  preposition object
    and        and        CC   Madrid     coordinator
    Cadiz      Cadiz      NNP  Madrid     conjunct
    but        but        CC   sang       coordinator
    not        not        RB   sang       negation
    Lisbon     Lisbon     NNP  sang       object
""")


def test_a_list_takes_the_place_of_the_larger_one_that_opens_it() -> None:
    groups = name_groups(spans(LISTED, "Spain", "Madrid", "Cadiz", "Lisbon"))
    assert [(g.members, g.opener, g.first) for g in groups] == [((1, 2), 0, 0), ((3,), None, 3)]


def test_a_comma_alone_says_that_one_name_lies_in_the_other() -> None:
    doc = built("""
        Paris  Paris  NNP  -      root
        ,      ,      ,    Paris  punctuation
        Texas  Texas  NNP  Paris  apposition
        and    and    CC   Paris  coordinator
        Rome   Rome   NNP  Texas  unclear
    """)
    assert containing_word(doc[1:2]) == ","
    assert containing_word(doc[3:4]) == ""
    assert [g.members for g in name_groups(spans(doc, "Paris", "Texas"))] == [(0,), (1,)]


def test_particles_stand_inside_names() -> None:
    doc = built("""
        Ferries   ferry     NNS  left      subject
        left      leave     VBD  -         root
        Rio       Rio       NNP  Janeiro   compound
        de        de        NNP  Janeiro   compound
        Janeiro   Janeiro   NNP  left      object
        for       for       IN   left      preposition
        Salvador  Salvador  NNP  for       preposition object
    """)
    assert [s.text for s in name_spans(doc[:])] == ["Rio de Janeiro", "Salvador"]


def test_the_features_of_a_name_are_phrases_that_people_read() -> None:
    kent = word(SANG, "Kent")
    told = features(word(SANG, "sang"), SANG[kent.i : kent.i + 1], [SANG[kent.i : kent.i + 1]], "admin2")
    assert {"after in", "admin2 to the gazetteer", "in attached to the word", "the only one of the sentence"} <= {*told}


def test_a_name_is_looked_up_without_the_words_around_it() -> None:
    assert "Italy" in [*unqualified("northern Italy")]
    assert "Kuttum" in [*unqualified("Kuttum province")]
    assert "Hasakah" in [*unqualified("Al Hasakah")]


@pytest.mark.parametrize(
    ("text", "name", "container"),
    [
        ("A fire in Paris, Texas.", "Paris", "Texas"),
        ("The fair in Leeds in the West Riding.", "Leeds", "West Riding"),
        ("They met in Peru's busy Lima.", "Lima", "Peru"),
        ("They met in Lima on Friday.", "Lima", None),
    ],
)
def test_the_text_says_what_a_name_lies_in(text: str, name: str, container: str | None) -> None:
    start = text.index(name)
    found = containers_of(text, start, start + len(name))
    names = [n.rstrip(".") for one in found for n in one.names]
    assert (container in names) if container else names == []
