"""Who is accused of what, however the preposition is attached, on parses that were built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.accusation import accused, accusing_word, gerund_matter, judgement, plan_before
from hand_built import built, texts, word


def accusation(verb: str, lemma: str, preposition: str, at: str):
    """The mayor and the guards are accused of something; ``at`` is where the parser hangs the preposition."""
    return built(f"""
        Neighbours     neighbour      NNS  {verb}         subject
        {verb}         {lemma}        VBD  -              root
        the            the            DT   mayor          determiner
        mayor          mayor          NN   {verb}         object
        and            and            CC   mayor          coordinator
        guards         guard          NNS  mayor          conjunct
        {preposition}  {preposition}  IN   {at}           preposition
        hiding         hide           VBG  {preposition}  preposition clause
    """)


@pytest.mark.parametrize("at", ["accused", "mayor", "guards"])
def test_what_somebody_is_accused_of_is_the_verb_s_wherever_it_hangs(at: str):
    doc = accusation("accused", "accuse", "of", at)
    assert accusing_word(word(doc, "of")).text == "accused"


@pytest.mark.parametrize(
    ("verb", "lemma", "preposition", "accusing"),
    [
        ("charged", "charge", "with", True),
        ("blamed", "blame", "for", True),
        ("praised", "praise", "for", True),
        ("accused", "accuse", "with", False),
        ("praised", "praise", "of", False),
        ("met", "meet", "for", False),
    ],
)
def test_each_verb_has_prepositions_of_its_own(verb: str, lemma: str, preposition: str, *, accusing: bool):
    doc = accusation(verb, lemma, preposition, verb)
    assert (accusing_word(word(doc, preposition)) is not None) is accusing


def test_whoever_accuses_may_stand_between():
    doc = built("""
        He          he         PRP  accused     passive subject
        was         be         VBD  accused     passive auxiliary
        accused     accuse     VBN  -           root
        by          by         IN   accused     agent
        neighbours  neighbour  NNS  by          preposition object
        of          of         IN   neighbours  preposition
        hiding      hide       VBG  of          preposition clause
    """)
    assert accusing_word(word(doc, "of")).text == "accused"


def test_a_preposition_in_another_phrase_brings_no_matter():
    doc = built("""
        Police   police  NNS  charged  subject
        charged  charge  VBD  -        root
        two      two     CD   men      number
        men      man     NNS  charged  object
        in       in      IN   men      preposition
        a        a       DT   town     determiner
        town     town    NN   in       preposition object
        with     with    IN   town     preposition
        bridges  bridge  NNS  with     preposition object
    """)
    assert accusing_word(word(doc, "with")) is None


def test_a_preposition_before_the_verb_brings_no_matter():
    doc = built("""
        Of       of      IN   accused  preposition
        late     late    RB   Of       preposition clause
        they     they    PRP  accused  subject
        accused  accuse  VBD  -        root
        him      he      PRP  accused  object
    """)
    assert accusing_word(word(doc, "Of")) is None


# Those who are accused.


def test_the_object_is_accused():
    assert texts(accused(word(accusation("accused", "accuse", "of", "accused"), "accused"))) == ["mayor"]


def test_the_subject_of_a_passive_is_accused():
    doc = built("""
        He       he      PRP  accused  passive subject
        was      be      VBD  accused  passive auxiliary
        accused  accuse  VBN  -        root
    """)
    assert texts(accused(word(doc, "accused"))) == ["He"]


@pytest.mark.parametrize(("form", "tag", "who"), [("accused", "VBN", ["clerk"]), ("accusing", "VBG", [])])
def test_whom_a_past_participle_describes_is_accused(form: str, tag: str, who: list[str]):
    doc = built(f"""
        A       a       DT     clerk  determiner
        clerk   clerk   NN     spoke  subject
        {form}  accuse  {tag}  clerk  noun clause
        spoke   speak   VBD    -      root
    """)
    assert texts(accused(word(doc, form))) == who


def test_a_second_passive_accuses_the_subject_of_the_first():
    doc = built("""
        He       he      PRP  stopped  passive subject
        was      be      VBD  stopped  passive auxiliary
        stopped  stop    VBN  -        root
        and      and     CC   stopped  coordinator
        charged  charge  VBN  stopped  conjunct
    """)
    assert texts(accused(word(doc, "charged"))) == ["He"]


# Gerunds that the parser takes for a word of the noun behind them.


def modified(form: str, link: str, article: str = ""):
    return built(f"""
        She      she     PRP  accused  subject
        accused  accuse  VBD  -        root
        guards   guard   NNS  accused  object
        of       of      IN   accused  preposition
        {article}
        {form}   {form}  VBG  letters  {link}
        letters  letter  NNS  of       preposition object
    """)


@pytest.mark.parametrize("link", ["compound", "adjective"])
def test_a_gerund_before_a_noun_is_what_was_done_with_it(link: str):
    assert gerund_matter(word(modified("hiding", link), "hiding")).text == "of"


def test_behind_an_article_it_is_a_word_of_the_noun():
    assert gerund_matter(word(modified("missing", "adjective", "the the DT letters determiner"), "missing")) is None


def test_other_words_of_the_noun_are_no_deed():
    assert gerund_matter(word(modified("secret", "adjective"), "secret")) is None
    assert gerund_matter(word(modified("hiding", "noun clause"), "hiding")) is None


# Words that judge, and what they leave of the deed.


def judged(beside: str = ""):
    return built(f"""
        Clerks   clerk    NNS  were    passive subject
        were     be       VBD  found   passive auxiliary
        found    find     VBN  -       root
        {beside}
        guilty   guilty   JJ   found   object predicate
        of       of       IN   guilty  preposition
        hiding   hide     VBG  of      preposition clause
    """)


def test_an_adjective_judges_for_its_verb() -> None:
    doc = judged()
    assert accusing_word(word(doc, "of")).text == "guilty"
    assert judgement(word(doc, "guilty")) == "settled"


def test_whoever_is_not_guilty_is_only_said_to_have_done_it() -> None:
    assert judgement(word(judged("not not RB guilty negation"), "guilty")) == "alleged"


@pytest.mark.parametrize(("noun", "judges"), [("trial", True), ("foot", False)])
def test_a_noun_under_the_verb_judges(noun: str, *, judges: bool) -> None:
    doc = built(f"""
        Clerks  clerk   NNS  went   subject
        went    go      VBD  -      root
        on      on      IN   went   preposition
        {noun}  {noun}  NN   on     preposition object
        for     for     IN   went   preposition
        hiding  hide    VBG  for    preposition clause
    """)
    found = accusing_word(word(doc, "for"))
    assert (found is not None) is judges
    if found is not None:
        assert texts(accused(found)) == ["Clerks"]


def test_the_plan_before_an_infinitive_has_it_wherever_it_hangs() -> None:
    doc = built("""
        Guards  guard   NNS  foiled  subject
        foiled  foil    VBD  -       root
        a       a       DT   plot    determiner
        plot    plot    NN   foiled  object
        to      to      TO   burn    auxiliary
        burn    burn    VB   foiled  open clause
    """)
    assert plan_before(word(doc, "burn")).text == "plot"
    assert clause_of(word(doc, "burn")).subjects == ()
