from types import SimpleNamespace

import pytest

from dateline.coder.events.habits import told_in_general
from dateline.coder.events.model import Mention
from dateline.coder.events.refusals import counted, why_no_event
from dateline.coder.events.same_event import BROUGHT_ABOUT, _same_event
from hand_built import built, word


def match(doc, text, pos="NOUN"):
    """A trigger found at one word, with no company."""
    root = word(doc, text)
    return SimpleNamespace(root=root, tokens=(root,), trigger=SimpleNamespace(pos=pos), slots={}, claimed=frozenset())


STRIKES = """
    Strikes  strike  NNS  {verb}  subject
    {verb}   {lemma} VBD  -       root
"""


@pytest.mark.parametrize(("verb", "lemma", "general"), [("increased", "increase", True), ("began", "begin", False)])
def test_a_plural_that_only_grows_or_falls_is_told_in_general(verb, lemma, general):
    doc = built(STRIKES.format(verb=verb, lemma=lemma))
    assert (told_in_general(word(doc, "Strikes")) is not None) is general


def test_a_habit_is_no_happening_unless_it_is_past():
    table = """
        The      the      DT   choir    determiner
        choir    choir    NN   marches  subject
        usually  usually  RB   marches  adverb
        marches  march    {tag} -       root
    """
    assert told_in_general(word(built(table.format(tag="VBZ")), "marches")) == "told in general: usually marches"
    assert told_in_general(word(built(table.format(tag="VBD")), "marches")) is None


def test_a_noun_before_another_only_describes_it_unless_that_is_an_act_too():
    table = """
        The     the     DT  {head}  determiner
        strike  strike  NN  {head}  compound
        {head}  {head}  NN  ended   subject
        ended   end     VBD -       root
    """
    assert why_no_event(match(built(table.format(head="fund")), "strike")) == "it only describes 'fund'"
    assert why_no_event(match(built(table.format(head="movement")), "strike")) is None


def test_a_topic_of_a_right_is_no_happening():
    doc = built("""
        The       the       DT  right  determiner
        right     right     NN  is     subject
        of        of        IN  right  preposition
        assembly  assembly  NN  of     preposition object
        is        be        VBZ -      root
    """)
    assert why_no_event(match(doc, "assembly")) == "a topic, not a happening: the right of it"


def test_what_somebody_only_calls_it_is_no_event():
    doc = built("""
        She     she   PRP  called  subject
        called  call  VBD  -       root
        it      it    PRP  riot    subject
        a       a     DT   riot    determiner
        riot    riot  NN   called  content clause
    """)
    assert why_no_event(match(doc, "riot")) == "it only says what somebody calls it"


def test_the_people_of_an_amount_are_who_is_counted():
    doc = built("""
        A       a       DT   total  determiner
        total   total   NN   left   subject
        of      of      IN   total  preposition
        clerks  clerk   NNS  of     preposition object
        left    leave   VBD  -      root
    """)
    assert counted(word(doc, "total")).text == "clerks"
    assert counted(word(doc, "clerks")).text == "clerks"


STORMED = """
    They     they    PRP  stormed  subject
    stormed  storm   VBD  -        root
    the      the     DT   hall     determiner
    hall     hall    NN   stormed  object
    and      and     CC   stormed  coordinator
    injured  injure  {tag} stormed conjunct
    two      two     CD   injured  object
    guards   guard   NNS  injured  object
"""


def test_a_second_verb_that_tells_the_toll_is_the_same_event():
    doc = built(STORMED.format(tag="VBD"))
    assert _same_event(word(doc, "injured"), word(doc, "stormed")) == "the result of the same event"


def test_a_toll_with_a_subject_of_its_own_is_another_event():
    doc = built(
        STORMED.format(tag="VBD").replace("two      two     CD   injured  object", "others other NNS injured subject")
    )
    assert _same_event(word(doc, "injured"), word(doc, "stormed")) is None


def test_what_befell_people_when_something_was_done_was_brought_about_by_it():
    doc = built("""
        Two     two     CD   hurt    passive subject
        were    be      VBD  hurt    passive auxiliary
        hurt    hurt    VBN  -       root
        when    when    WRB  fired   adverb
        police  police  NN   fired   subject
        fired   fire    VBD  hurt    adverbial clause
    """)
    assert _same_event(word(doc, "hurt"), word(doc, "fired")) == BROUGHT_ABOUT


def test_a_mention_cannot_be_changed():
    with pytest.raises(AttributeError):
        Mention.__setattr__(Mention.__new__(Mention), "type", "x")
