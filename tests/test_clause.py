import gc

import pytest
from spacy.tokens import Doc

from dateline.intake import read_text
from dateline.lang.clause import Clause, clause_of, forget_clauses
from dateline.lang.quotation import Quotation, keep_quotations
from hand_built import built, word

ARRESTED = built("""
    Two       two      CD   men       number
    men       man      NNS  arrested  passive subject
    were      be       VBD  arrested  passive auxiliary
    not       not      RB   arrested  negation
    arrested  arrest   VBN  -         root
    by        by       IN   arrested  agent
    police    police   NN   by        preposition object
    in        in       IN   arrested  preposition
    Accra     Accra    NNP  in        preposition object
""")


def texts(tokens):
    return [token.text for token in tokens]


def test_the_subject_of_a_passive_is_among_the_objects_and_its_agent_among_the_subjects():
    clause = clause_of(word(ARRESTED, "arrested"))
    assert clause.passive
    assert (texts(clause.subjects), texts(clause.objects)) == (["police"], ["men"])
    assert clause.negated
    assert clause.auxiliaries == {"were"}
    assert texts(clause.after("in")) == ["Accra"]
    assert (clause.governor, clause.link, clause.tense) == (None, "root", "past")


def test_the_one_who_is_ordered_is_the_one_who_does_it():
    doc = built("""
        The       the      DT   general   determiner
        general   general  NN   ordered   subject
        ordered   order    VBD  -         root
        soldiers  soldier  NNS  ordered   object
        to        to       TO   fire      auxiliary
        fire      fire     VB   ordered   open clause
    """)
    clause = clause_of(word(doc, "fire"))
    assert texts(clause.subjects) == ["soldiers"]
    assert clause.infinitive
    assert (clause.governor.text, clause.link) == ("ordered", "open clause")


def test_a_clause_is_read_once_a_document():
    assert clause_of(word(ARRESTED, "arrested")) is clause_of(word(ARRESTED, "arrested"))


def test_a_rule_can_be_given_a_clause_that_was_made_by_hand():
    clause = Clause(word(ARRESTED, "arrested"), under={"negation": (word(ARRESTED, "not"),)})
    assert clause.negated
    assert not clause.infinitive


def test_a_participle_of_an_act_is_passive_and_one_of_speech_need_not_be():
    before_noun = built("""
        alleged  allege  VBN  plan     adjective
        plan     plan    NN   leaked   subject
        leaked   leak    VBD  -        root
    """)
    clause = clause_of(word(before_noun, "alleged"))
    assert (clause.passive, clause.overtly_passive) == (True, False)
    alone = built("""
        Ada       Ada       NNP  announced  subject
        announced announce  VBN  -          root
        rest      rest      NN   announced  content clause
    """)
    clause = clause_of(word(alone, "announced"))
    assert (clause.passive, clause.overtly_passive) == (True, False)


def test_a_participle_that_is_a_clause_of_its_own_is_passive_in_both_readings():
    doc = built("""
        Asked   ask    VBN  left  adverbial clause
        twice   twice  RB   Asked adverb
        he      he     PRP  left  subject
        left    leave  VBD  -     root
    """)
    clause = clause_of(word(doc, "Asked"))
    assert (clause.passive, clause.overtly_passive) == (True, True)


def test_a_verb_that_governs_a_clause_is_no_participle_of_a_noun():
    doc = built("""
        Ada       Ada       NNP  -          root
        announced announce  VBN  Ada        noun clause
        that      that      IN   rained     clause marker
        it        it        PRP  rained     subject
        rained    rain      VBD  announced  content clause
    """)
    clause = clause_of(word(doc, "announced"))
    assert (clause.passive, clause.overtly_passive) == (True, False)


def test_a_document_may_forget_its_clauses():
    doc = built("""
        Police  police  NNS  came  subject
        came    come    VBD  -     root
    """)
    before = clause_of(word(doc, "came"))
    forget_clauses(doc)
    assert not doc.user_data
    assert clause_of(word(doc, "came")) is not before


@pytest.mark.model
def test_a_document_is_given_back_once_its_report_is_coded(coder):
    report = read_text("The union staged a rally in Accra. Nurses who marched asked the mayor for talks.", id="a")
    gc.collect()
    gc.disable()
    try:
        assert coder.code(report).events
        assert not [one for one in gc.get_objects() if isinstance(one, Doc) and one.text == report.text]
    finally:
        gc.enable()


def test_a_clause_knows_the_quotation_it_stands_in():
    doc = built("""
        She       she      PRP  said      subject
        said      say      VBD  -         root
        they      they     PRP  marched   subject
        marched   march    VBD  said      content clause
    """)
    keep_quotations(doc, [Quotation(9, 21)])
    assert clause_of(word(doc, "marched")).quotation == Quotation(9, 21)
    assert clause_of(word(doc, "said")).quotation is None
