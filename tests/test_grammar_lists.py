"""Lists of people that a parser tears apart, on parses that were built by hand."""

from __future__ import annotations

from dateline.lang.en.grammar.lists import same_office_elsewhere, torn_from_list
from dateline.lang.en.grammar.voice import coordinated
from hand_built import built, texts, word

GUESTS = built("""
    The       the       DT   mayor     determiner
    mayor     mayor     NN   came      subject
    of        of        IN   mayor     preposition
    Accra     Accra     NNP  of        preposition object
    ,         ,         ,    Accra     punctuation
    the/2     the       DT   governor  determiner
    governor  governor  NN   Accra     apposition
    of/2      of        IN   governor  preposition
    Kumasi    Kumasi    NNP  of/2      preposition object
    and       and       CC   Kumasi    coordinator
    two       two       CD   nurses    number
    nurses    nurse     NNS  Kumasi    conjunct
    came      come      VBD  -         root
""")


def test_what_stands_beside_a_place_goes_on_with_the_list():
    assert texts(torn_from_list(word(GUESTS, "mayor"))) == ["governor", "nurses"]


def test_whoever_is_on_the_list_takes_part():
    assert texts(coordinated(word(GUESTS, "mayor"))) == ["mayor", "governor", "nurses"]


def test_only_people_begin_a_list():
    assert torn_from_list(word(GUESTS, "Accra")) == ()


def test_a_second_office_of_one_person_is_nobody_else():
    doc = built("""
        The     the     DT   mayor   determiner
        mayor   mayor   NN   came    subject
        of      of      IN   mayor   preposition
        Accra   Accra   NNP  of      preposition object
        and     and     CC   Accra   coordinator
        leader  leader  NN   Accra   conjunct
        of/2    of      IN   leader  preposition
        Unity   Unity   NNP  of/2    preposition object
        came    come    VBD  -       root
    """)
    assert torn_from_list(word(doc, "mayor")) == ()


def test_an_explanation_is_nobody_else():
    doc = built("""
        The    the    DT   mayor  determiner
        mayor  mayor  NN   came   subject
        of     of     IN   mayor  preposition
        Accra  Accra  NNP  of     preposition object
        ,      ,      ,    Accra  punctuation
        the/2  the    DT   nurse  determiner
        nurse  nurse  NN   Accra  apposition
        came   come   VBD  -      root
    """)
    assert torn_from_list(word(doc, "mayor")) == ()


def apposed(determiner: str):
    return built(f"""
        The           the           DT   head    determiner
        head          head          NN   came    subject
        of            of            IN   head    preposition
        schools       school        NNS  of      preposition object
        ,             ,             ,    head    punctuation
        {determiner}  {determiner}  DT   editor  determiner
        editor        editor        NN   head    apposition
        and           and           CC   editor  coordinator
        three         three         CD   pupils  number
        pupils        pupil         NNS  editor  conjunct
        came          come          VBD  -       root
    """)


def test_a_second_of_several_stands_with_the_article():
    assert texts(torn_from_list(word(apposed("the"), "head"))) == ["editor", "pupils"]
    assert torn_from_list(word(apposed("an"), "head")) == ()


def offices(word_: str, tag: str, second: str = "GPE"):
    return built(
        f"""
        The      the        DT     {word_}  determiner
        {word_}  president  {tag}  met      subject
        of       of         IN     {word_}  preposition
        Chile    Chile      NNP    of       preposition object
        ,        ,          ,      Chile    punctuation
        Peru     Peru       NNP    Chile    conjunct
        and      and        CC     Peru     coordinator
        Ghana    Ghana      NNP    Peru     conjunct
        met      meet       VBD    -        root
        """,
        {"Chile": "GPE", "Peru": second, "Ghana": "GPE"},
    )


def test_each_of_several_countries_has_its_president():
    assert texts(same_office_elsewhere(word(offices("presidents", "NNS"), "presidents"))) == ["Peru", "Ghana"]


def test_one_president_has_one_country():
    assert same_office_elsewhere(word(offices("president", "NN"), "president")) == ()


def test_the_countries_end_where_another_name_stands():
    assert same_office_elsewhere(word(offices("presidents", "NNS", "PERSON"), "presidents")) == ()
