"""Where the phrase of a participant begins and ends, on parses that were built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.en.noun_phrases import edges
from hand_built import built, word


def phrase(doc, head: str) -> str:
    first, last = edges(word(doc, head))
    return " ".join(t.text for t in doc[first.i : last.i + 1])


def test_its_article_its_adjectives_and_its_of_are_in_it():
    doc = built("""
        The     the     DT   head    determiner
        new     new     JJ   head    adjective
        head    head    NN   spoke   subject
        of      of      IN   head    preposition
        the/2   the     DT   school  determiner
        school  school  NN   of      preposition object
        spoke   speak   VBD  -       root
    """)
    assert phrase(doc, "head") == "The new head of the school"


@pytest.mark.parametrize(
    ("preposition", "tag", "whole"), [("for", "NN", True), ("with", "NN", False), ("for", "NNP", False)]
)
def test_some_prepositions_belong_to_a_noun_and_few_to_a_name(preposition: str, tag: str, *, whole: bool):
    doc = built(f"""
        The            the            DT     adviser        determiner
        adviser        adviser        {tag}  spoke          subject
        {preposition}  {preposition}  IN     adviser        preposition
        schools        school         NNS    {preposition}  preposition object
        spoke          speak          VBD    -              root
    """)
    assert phrase(doc, "adviser") == ("The adviser for schools" if whole else "The adviser")


@pytest.mark.parametrize(
    "rest",
    [
        "who who WP sang subject\n sang sing VBD nurse relative clause",
        ", , , nurse punctuation\n Roe Roe NNP nurse apposition",
        "and and CC nurse coordinator\n pupils pupil NNS nurse conjunct",
    ],
)
def test_clauses_explanations_and_others_of_a_list_are_not(rest: str):
    doc = built(f"""
        The    the    DT   nurse  determiner
        nurse  nurse  NN   spoke  subject
        {rest}
        spoke  speak  VBD  -      root
    """)
    assert phrase(doc, "nurse") == "The nurse"


def test_a_name_that_follows_at_once_is_in_it():
    doc = built("""
        The    the    DT   nurse  determiner
        nurse  nurse  NN   spoke  subject
        Roe    Roe    NNP  nurse  apposition
        spoke  speak  VBD  -      root
    """)
    assert phrase(doc, "nurse") == "The nurse Roe"


@pytest.mark.parametrize(
    ("form", "tag", "link", "whole"),
    [
        ("also", "RB", "adverb", False),
        ("mostly", "RB", "adverb", True),
        ("including", "VBG", "adjective", False),
        ("either", "CC", "first coordinator", False),
    ],
)
def test_asides_before_it_are_not(form: str, tag: str, link: str, *, whole: bool):
    doc = built(f"""
        {form}  {form}  {tag}  nurses  {link}
        young   young   JJ     nurses  adjective
        nurses  nurse   NNS    spoke   subject
        spoke   speak   VBD    -       root
    """)
    assert phrase(doc, "nurses") == (f"{form} young nurses" if whole else "young nurses")


def test_of_given_to_the_first_of_two_belongs_to_both():
    doc = built("""
        Players  player  NNS  met      subject
        and      and     CC   Players  coordinator
        fans     fan     NNS  Players  conjunct
        of       of      IN   Players  preposition
        the      the     DT   club     determiner
        club     club    NN   of       preposition object
        met      meet    VBD  -        root
    """)
    assert phrase(doc, "fans") == "fans of the club"


def test_a_place_or_a_person_shares_no_of():
    doc = built(
        """
        Players  player  NNS  met      subject
        and      and     CC   Players  coordinator
        Roe      Roe     NNP  Players  conjunct
        of       of      IN   Players  preposition
        the      the     DT   club     determiner
        club     club    NN   of       preposition object
        met      meet    VBD  -        root
        """,
        {"Roe": "PERSON"},
    )
    assert phrase(doc, "Roe") == "Roe"


def test_what_somebody_is_accused_of_is_not_in_it():
    doc = built("""
        She      she     PRP  accused  subject
        accused  accuse  VBD  -        root
        the      the     DT   guards   determiner
        guards   guard   NNS  accused  object
        of       of      IN   guards   preposition
        lies     lie     NNS  of       preposition object
    """)
    assert phrase(doc, "guards") == "the guards"


def test_a_gerund_that_is_what_was_done_is_not_in_it():
    doc = built("""
        She      she     PRP  accused  subject
        accused  accuse  VBD  -        root
        guards   guard   NNS  accused  object
        of       of      IN   accused  preposition
        hiding   hide    VBG  letters  compound
        letters  letter  NNS  of       preposition object
    """)
    assert phrase(doc, "letters") == "letters"


@pytest.mark.parametrize(
    ("preposition", "entity", "whole"), [("in", "DATE", False), ("in", "ORG", True), ("of", "DATE", True)]
)
def test_a_date_is_in_it_only_behind_of(preposition: str, entity: str, *, whole: bool):
    doc = built(
        f"""
        The            the            DT   act            determiner
        act            act            NN   ended          subject
        {preposition}  {preposition}  IN   act            preposition
        1970           1970           CD   {preposition}  preposition object
        ended          end            VBD  -              root
        """,
        {"1970": entity},
    )
    assert phrase(doc, "act") == (f"The act {preposition} 1970" if whole else "The act")


def test_initials_in_brackets_are_in_it():
    doc = built("""
        The    the    DT   Union  determiner
        Union  Union  NNP  spoke  subject
        (      (      :    NUT    punctuation
        NUT    NUT    NNP  Union  apposition
        )      )      :    NUT    punctuation
        spoke  speak  VBD  -      root
    """)
    assert phrase(doc, "Union") == "The Union ( NUT )"


@pytest.mark.parametrize(
    ("before", "whole"),
    [("", "miners"), ("the the DT miners determiner", "the Sunday miners")],
    ids=["bare", "article"],
)
def test_a_day_before_it_is_not_in_it_without_an_article(before: str, whole: str):
    doc = built(
        f"""
        {before}
        Sunday  Sunday  NNP  miners  compound
        miners  miner   NNS  spoke   subject
        spoke   speak   VBD  -       root
        """,
        {"Sunday": "DATE"},
    )
    assert phrase(doc, "miners") == whole


@pytest.mark.parametrize(("noun", "whole"), [("Guild", "Guild"), ("guild", "2016 guild")])
def test_a_year_before_a_name_is_not_in_it(noun: str, whole: str):
    doc = built(
        f"""
        2016    2016    CD   {noun}  number
        {noun}  guild   NN   spoke   subject
        spoke   speak   VBD  -       root
        """,
        {"2016": "DATE"},
    )
    assert phrase(doc, noun) == whole


def test_brackets_before_it_and_a_stray_article_are_not_in_it():
    doc = built("""
        (       (       :    police  punctuation
        photo   photo   NN   police  compound
        )       )       :    police  punctuation
        A       a       DT   police  determiner
        police  police  NNS  spoke   subject
        spoke   speak   VBD  -       root
    """)
    assert phrase(doc, "police") == "police"


@pytest.mark.parametrize(
    ("noun", "entity", "whole"),
    [("captivity", "", "guards"), ("Arden", "GPE", "guards in Arden"), ("parliament", "", "guards in parliament")],
)
def test_a_circumstance_is_not_in_it(noun: str, entity: str, whole: str):
    doc = built(
        f"""
        guards  guard   NNS  spoke   subject
        in      in      IN   guards  preposition
        {noun}  {noun}  NN   in      preposition object
        spoke   speak   VBD  -       root
        """,
        {noun: entity} if entity else None,
    )
    assert phrase(doc, "guards") == whole


def test_a_whole_date_before_it_is_not_in_it_and_a_count_is():
    doc = built(
        """
        12        12        CD   miners  number
        March     March     NNP  miners  noun modifier
        2016      2016      CD   March   number
        20        20        CD   miners  number
        miners    miner     NNS  spoke   subject
        spoke     speak     VBD  -       root
        """,
        {"March": "DATE", "2016": "DATE", "20": "CARDINAL"},
    )
    assert phrase(doc, "miners") == "20 miners"


def test_a_bracket_that_is_not_closed_is_not_in_it():
    doc = built("""
        The    the    DT   Union  determiner
        Union  Union  NNP  spoke  subject
        (      (      :    Union  punctuation
        NUT    NUT    NNP  Union  apposition
        spoke  speak  VBD  -      root
    """)
    assert phrase(doc, "Union") == "The Union"
