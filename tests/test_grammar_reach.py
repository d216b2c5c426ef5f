"""The other side of an act, looked for below it, on parses that were built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.en.grammar.reach import Reach, is_sent, reached
from hand_built import built, texts, word


def below(doc, root: str, *closed: str, named: tuple[str, ...] = (), places: bool = False, **rest) -> list[str]:
    reach = Reach(
        word(doc, root),
        frozenset(word(doc, w).i for w in closed),
        frozenset(word(doc, w).i for w in named),
        places=places,
        **rest,
    )
    return texts(reached(reach))


TROOPS = built(
    """
    Ghana     Ghana     NNP   agreed    subject
    agreed    agree     VBD   -         root
    to        to        TO    withdraw  auxiliary
    withdraw  withdraw  VB    agreed    open clause
    its       its       PRP$  nurses    possessor
    nurses    nurse     NNS   withdraw  object
    from      from      IN    withdraw  preposition
    Chile     Chile     NNP   from      preposition object
    """,
    {"Ghana": "GPE", "Chile": "GPE"},
)


def test_from_whom_something_is_taken_and_not_what_is_taken():
    assert below(TROOPS, "agreed", "Ghana") == ["Chile"]


def test_who_is_a_party_already_is_not_the_other_side():
    assert below(TROOPS, "agreed", "Ghana", "Chile") == []
    assert below(TROOPS, "agreed", "Ghana", named=("Chile",)) == []


def test_what_is_sent():
    assert is_sent(word(TROOPS, "nurses"))
    assert not is_sent(word(TROOPS, "Chile"))


def test_what_is_sent_may_stand_behind_of():
    doc = built("""
        The         the         DT   deployment  determiner
        deployment  deployment  NN   ended       subject
        of          of          IN   deployment  preposition
        nurses      nurse       NNS  of          preposition object
        ended       end         VBD  -           root
    """)
    assert is_sent(word(doc, "nurses"))


def inquiry(preposition: str):
    return built(f"""
        Judges         judge          NNS  opened         subject
        opened         open           VBD  -              root
        an             a              DT   inquiry        determiner
        inquiry        inquiry        NN   opened         object
        {preposition}  {preposition}  IN   inquiry        preposition
        the            the            DT   mayor          determiner
        mayor          mayor          NN   death          possessor
        's             's             POS  mayor          case marker
        death          death          NN   {preposition}  preposition object
    """)


def test_whose_matter_it_is():
    assert below(inquiry("into"), "inquiry") == ["mayor"]


@pytest.mark.parametrize("preposition", ["after", "despite"])
def test_the_time_and_manner_of_an_act_have_no_other_side(preposition: str):
    assert below(inquiry(preposition), "inquiry") == []


def test_all_of_a_list_are_the_other_side():
    doc = built("""
        Praise  praise  NN   came    subject
        for     for     IN   Praise  preposition
        the     the     DT   mayor   determiner
        mayor   mayor   NN   for     preposition object
        and     and     CC   mayor   coordinator
        nurses  nurse   NNS  mayor   conjunct
        came    come    VBD  -       root
    """)
    assert below(doc, "Praise") == ["mayor", "nurses"]


def test_a_place_is_a_party_only_where_places_stand_for_their_people():
    doc = built(
        """
        Aid    aid    NN   -    root
        in     in     IN   Aid  preposition
        Chile  Chile  NNP  in   preposition object
        """,
        {"Chile": "GPE"},
    )
    assert below(doc, "Aid") == []
    assert below(doc, "Aid", places=True) == ["Chile"]
    assert below(doc, "Aid", places=True, spoken=True) == []


@pytest.mark.parametrize(("before", "other_side"), [(True, []), (False, ["nurses"])])
def test_what_stands_before_the_act_sets_the_scene(before: bool, other_side: list[str]):
    phrase = """
        To      to     IN   spoke  preposition
        nurses  nurse  NNS  To     preposition object
    """
    act = """
        she    she    PRP  spoke  subject
        spoke  speak  VBD  -      root
    """
    assert below(built(phrase + act if before else act + phrase), "spoke", "she") == other_side


def clause(marker: str, tag: str, link: str):
    return built(f"""
        She       she       PRP    spoke  subject
        spoke     speak     VBD    -      root
        {marker}  {marker}  {tag}  thank  {link}
        thank     thank     VB     spoke  adverbial clause
        nurses    nurse     NNS    thank  object
    """)


def test_a_purpose_leads_to_the_other_side_and_another_clause_does_not():
    assert below(clause("to", "TO", "auxiliary"), "spoke", "She") == ["nurses"]
    assert below(clause("while", "IN", "clause marker"), "spoke", "She") == []


@pytest.mark.parametrize("site", ["park", "station"])
def test_a_site_is_nobody(site: str):
    doc = built(
        f"""
        Praise  praise  NN   -       root
        for     for     IN   Praise  preposition
        Unity   Unity   NNP  {site}  compound
        {site}  {site}  NNP  for     preposition object
        """,
        {"Unity": "ORG", site: "ORG"},
    )
    assert below(doc, "Praise") == []


@pytest.mark.parametrize("noun", ["stones", "nobody"])
def test_what_an_act_is_done_with_and_nobody_are_not_the_other_side(noun: str):
    doc = built(f"""
        Use     use                       NN  -    root
        of      of                        IN  Use  preposition
        {noun}  {noun.removesuffix("s")}  NN  of   preposition object
    """)
    assert below(doc, "Use") == []


BLAME = """
    Anger          anger          NN   -              root
    over           over           IN   Anger          preposition
    a              a              DT   fraud          determiner
    fraud          fraud          NN   over           preposition object
    {preposition}  {preposition}  IN   fraud          preposition
    guards         guard          NNS  {preposition}  preposition object
"""


def test_blame_for_a_deed_falls_on_those_who_did_it():
    assert below(built(BLAME.format(preposition="by")), "Anger", suffered={"fraud"}) == ["guards"]
    assert below(built(BLAME.format(preposition="against")), "Anger", suffered={"fraud"}) == []
    assert below(built(BLAME.format(preposition="against")), "Anger") == ["guards"]


def deep(phrases: int):
    rows = ["Praise praise NN - root"]
    above = "Praise"
    for n in range(phrases):
        rows += [f"of/{n} of IN {above} preposition", f"paint{n} paint NN of/{n} preposition object"]
        above = f"paint{n}"
    return built("\n".join([*rows, f"nurses nurse NNS {above} possessor"]))


def test_the_search_goes_only_so_deep():
    assert below(deep(2), "Praise") == ["nurses"]
    assert below(deep(6), "Praise") == []
