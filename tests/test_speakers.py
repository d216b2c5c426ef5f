"""Who is told as saying it, on sentences built by hand."""

from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.speakers import (
    passive_subject,
    said_before,
    said_within,
    speech_above,
    told_source,
    told_subject,
)
from hand_built import built, word

CLERK = """
    The       the      DT   clerk     determiner
    clerk     clerk    NN   said      subject
    said      say      VBD  -         root
    that      that     IN   was       clause marker
    the       the      DT   hall      determiner
    hall      hall     NN   was       subject
    was       be       VBD  said      content clause
    full      full     JJ   was       adjective complement
"""


def text(doc, indices):
    return " ".join(doc[i].text for i in sorted(indices))


def source(table, verb, names=None):
    doc = built(table, names)
    return text(doc, told_source(word(doc, verb)))


def test_the_source_is_the_whole_phrase_of_the_subject():
    assert source(CLERK, "said") == "The clerk"


def test_the_source_of_a_passive_is_whom_its_by_names():
    table = """
        He     he    PRP  told  passive subject
        was    be    VBD  told  passive auxiliary
        told   tell  VBN  -     root
        by     by    IN   told  agent
        the    the   DT   mayor determiner
        mayor  mayor NN   by    preposition object
    """
    assert source(table, "told") == "the mayor"
    assert source(table.replace("told  tell", "told  quote").replace("tell", "quote"), "told") == "He"


def test_it_and_there_say_nothing():
    table = """
        There   there   EX   remains  expletive
        remains remain  VBZ  -        root
        hope    hope    NN   remains  object
    """
    assert source(table, "remains") == ""
    doc = built("""
        It       it      PRP  reported  passive subject
        was      be      VBD  reported  passive auxiliary
        reported report  VBN  -         root
    """)
    assert passive_subject(word(doc, "reported")) == frozenset()


def test_a_relative_pronoun_is_the_source_where_one_stands_there():
    doc = built("""
        the    the    DT   clerk  determiner
        clerk  clerk  NN   -      root
        who    who    WP   said   subject
        said   say    VBD  clerk  relative clause
        so     so     RB   said   adverb
    """)
    assert told_subject(word(doc, "said")).text == "who"
    assert [t.text for t in clause_of(word(doc, "said")).subjects] == ["clerk"]


def test_the_statement_speaks_and_not_who_issued_it():
    doc = built("""
        Nurses     nurse      NNS  issued    subject
        issued     issue      VBD  -         root
        a          a          DT   letter    determiner
        letter     letter     NN   issued    object
        calling    call       VBG  letter    noun clause
        for        for        IN   calling   preposition
        rest       rest       NN   for       preposition object
    """)
    assert told_subject(word(doc, "calling")).text == "letter"
    assert [t.text for t in clause_of(word(doc, "calling")).subjects] == ["Nurses"]


def test_the_subject_carries_over_to_the_verbs_that_lean_on_it():
    doc = built("""
        Bakers   baker   NNS  met     subject
        met      meet    VBD  -       root
        and      and     CC   met     coordinator
        said     say     VBD  met     conjunct
        they     they    PRP  closed  subject
        closed   close   VBD  said    content clause
    """)
    assert text(doc, told_source(word(doc, "said"))) == "Bakers"


def test_a_second_verb_of_speech_is_joined_to_the_first_and_not_to_what_it_said():
    table = """
        Ada    Ada   NNP  said   subject
        said   say   VBD  -      root
        the    the   DT   shop   determiner
        shop   shop  NN   closed subject
        closed close VBD  said   content clause
        and    and   CC   closed coordinator
        added  add   VBD  closed conjunct
        that   that  IN   moved  clause marker
        it     it    PRP  moved  subject
        moved  move  VBD  added  content clause
    """
    doc = built(table)
    assert speech_above(word(doc, "added")) == word(doc, "said")
    assert text(doc, told_source(word(doc, "added"))) == "Ada"
    named = built(table, {"shop": "ORG"})
    assert speech_above(word(named, "added")) is None


def test_the_name_before_a_verb_of_speech_that_lost_its_subject_speaks():
    table = """
        Meanwhile  meanwhile  RB   -     root
        Ada        Ada        NNP  Meanwhile  unclear
        {verb}     {lemma}    VBD  Meanwhile  unclear
        no         no         UH   {verb}     object
    """
    assert source(table.format(verb="said", lemma="say"), "said", {"Ada": "PERSON"}) == "Ada"
    assert source(table.format(verb="had", lemma="have"), "had", {"Ada": "PERSON"}) == ""


def test_what_stands_before_the_speaker_or_behind_the_colon_is_said():
    doc = built("""
        It      it    PRP  rained  subject
        rained  rain  VBD  -       root
        ,       ,     ,    rained  punctuation
        Ada     Ada   NNP  said    subject
        said    say   VBD  rained  unclear
    """)
    assert text(doc, said_before(word(doc, "said"))) == "It rained"
    doc = built("""
        Ada     Ada   NNP  said    subject
        said    say   VBD  -       root
        :       :     :    said    punctuation
        It      it    PRP  rained  subject
        rained  rain  VBD  said    unclear
    """)
    assert text(doc, said_before(word(doc, "said"))) == "It rained"
    assert said_before(word(built(CLERK), "said")) == frozenset()


def test_a_clause_that_hangs_on_the_noun_before_it_is_said_unless_it_describes_the_noun():
    table = """
        Ada    Ada    NNP  said  subject
        said   say    VBD  -     root
        after  after  IN   said  preposition
        lunch  lunch  NN   after preposition object
        {}
        would  would  MD   go    auxiliary
        go     go     VB   lunch relative clause
    """
    doc = built(table.format("she she PRP go subject"))
    assert text(doc, said_within(word(doc, "said"))) == "she would go"
    doc = built(table.format("which which WDT go subject"))
    assert said_within(word(doc, "said")) == frozenset()


def test_who_is_accused_does_not_speak_and_whom_by_names_does():
    table = """
        Farmers  farmer  NNS  left     subject
        accused  accuse  VBN  Farmers  noun clause
        {}
        left     leave   VBD  -        root
    """
    assert (
        source(table.format("of of IN accused preposition\n gossip gossip NN of preposition object"), "accused") == ""
    )
    by = "by by IN accused agent\n millers miller NNS by preposition object"
    assert source(table.format(by), "accused") == "millers"


def test_a_participle_behind_what_cannot_speak_is_the_subjects():
    table = """
        Bakers     baker    NNS  took      subject
        took       take     VBD  -         root
        to         to       IN   took      preposition
        the        the      DT   streets   determiner
        streets    street   NNS  to        preposition object
        demanding  demand   VBG  streets   noun clause
        bread      bread    NN   demanding object
    """
    assert source(table, "demanding") == "Bakers"
    assert source(table.replace("street ", "guard ").replace("streets", "guards "), "demanding") == "the guards"


def test_the_object_of_say_is_the_speaker_where_no_clause_follows():
    table = """
        Rain       rain     NN   fell      subject
        fell       fall     VBD  said      content clause
        in         in       IN   fell      preposition
        Lindara    Lindara  NNP  in        preposition object
        said       say      VBD  -         root
        the        the      DT   mayor     determiner
        mayor      mayor    NN   said      object
    """
    assert source(table, "said") == "the mayor"
    doc = built(table)
    assert text(doc, said_before(word(doc, "said"))) == "Rain fell in Lindara"
