"""Which word a date belongs to, on sentences built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from dateline.lang.en.placing.dates import (
    AttachedDate,
    attached_dates,
    counting_words,
    first_of_joined,
    follows_closely,
    is_both,
    is_interval,
    is_of_clause,
    is_of_word,
    is_unclaimed,
    may_date,
    verbs_sharing_date,
)
from dateline.model import Date
from hand_built import built, word


def dated(doc: Doc, text: str) -> AttachedDate:
    """The date that a word of the document tells, with what it hangs on."""
    token = word(doc, text)
    date = Date(token.idx, token.idx + len(token), text, "2020-01-17", "day", "")
    (found,) = attached_dates(token.sent, [date])
    return found


def verbs(doc: Doc, text: str) -> list[str]:
    return [t.text for t in verbs_sharing_date(word(doc, text))]


SAID = built("""
    Officials   official  NNS  said    subject
    said        say       VBD  -       root
    on          on        IN   said    preposition
    Monday      Monday    NNP  on      preposition object
    that        that      IN   closed  clause marker
    the         the       DT   pool    determiner
    pool        pool      NN   closed  passive subject
    was         be        VBD  closed  passive auxiliary
    closed      close     VBN  said    content clause
    after       after     IN   closed  preposition
    a           a         DT   flood   determiner
    flood       flood     NN   after   preposition object
    on/2        on        IN   closed  preposition
    Friday      Friday    NNP  on/2    preposition object
""")


def test_a_date_hangs_on_its_verb_by_its_preposition() -> None:
    monday, friday = dated(SAID, "Monday"), dated(SAID, "Friday")
    assert (monday.governor.text, monday.preposition, monday.premodifier) == ("said", "on", False)
    assert (friday.governor.text, friday.preposition) == ("closed", "on")


def test_a_date_of_saying_is_not_that_of_what_is_said() -> None:
    closed = word(SAID, "closed")
    assert is_of_word(closed, dated(SAID, "Friday"))
    assert not is_of_word(closed, dated(SAID, "Monday"))
    assert not is_of_clause(closed, dated(SAID, "Monday"))
    assert not is_unclaimed(closed, dated(SAID, "Monday"))


def test_what_stands_behind_after_has_no_share_in_the_date_of_the_clause() -> None:
    assert not is_of_clause(word(SAID, "flood"), dated(SAID, "Friday"))
    assert not is_unclaimed(word(SAID, "flood"), dated(SAID, "Friday"))
    assert verbs(SAID, "flood") == []


MARCHED = built("""
    Students  student  NNS  marched  subject
    marched   march    VBD  -        root
    and       and      CC   marched  coordinator
    sang      sing     VBD  marched  conjunct
    on        on       IN   sang     preposition
    Friday    Friday   NNP  on       preposition object
    and/2     and      CC   marched  coordinator
    workers   worker   NNS  struck   subject
    struck    strike   VBD  marched  conjunct
""")


def test_verbs_of_one_subject_share_their_date() -> None:
    assert verbs(MARCHED, "marched") == ["marched", "sang"]
    assert is_of_clause(word(MARCHED, "marched"), dated(MARCHED, "Friday"))


def test_a_verb_with_a_subject_of_its_own_does_not_share_the_date() -> None:
    assert verbs(MARCHED, "struck") == ["struck"]
    assert not is_of_clause(word(MARCHED, "struck"), dated(MARCHED, "Friday"))


def test_a_clause_that_is_joined_to_another_in_its_tense_may_take_its_date() -> None:
    first = first_of_joined(word(MARCHED, "struck"))
    assert first is not None and first.text == "marched"


def test_a_clause_of_another_tense_takes_no_date_of_the_one_before() -> None:
    doc = built("""
        Students  student  NNS  marched  subject
        marched   march    VBD  -        root
        and       and      CC   marched  coordinator
        workers   worker   NNS  strike   subject
        will      will     MD   strike   auxiliary
        strike    strike   VB   marched  conjunct
    """)
    assert first_of_joined(word(doc, "strike")) is None


def test_a_participle_tells_what_the_verb_above_it_did_as_well() -> None:
    doc = built("""
        Crews     crew    NNS  opened    subject
        opened    open    VBD  -         root
        the       the     DT   gates     determiner
        gates     gate    NNS  opened    object
        flooding  flood   VBG  opened    adverbial clause
        fields    field   NNS  flooding  object
    """)
    assert verbs(doc, "opened") == ["opened", "flooding"]
    assert "opened" in verbs(doc, "flooding")


def test_an_inquiry_stands_between_an_act_and_its_date() -> None:
    doc = built("""
        Officers    officer     NNS  questioned  subject
        questioned  question    VBD  -           root
        him         him         PRP  questioned  object
        on          on          IN   questioned  preposition
        Friday      Friday      NNP  on          preposition object
        in          in          IN   questioned  preposition
        connection  connection  NN   in          preposition object
        with        with        IN   connection  preposition
        the         the         DT   theft       determiner
        theft       theft       NN   with        preposition object
    """)
    assert verbs(doc, "theft") == []
    assert not is_unclaimed(word(doc, "theft"), dated(doc, "Friday"))
    assert is_of_word(word(doc, "questioned"), dated(doc, "Friday"))


TERM = built("""
    She     she     PRP  spoke  subject
    the     the     DT   mayor  determiner
    mayor   mayor   NN   She    apposition
    until   until   IN   mayor  preposition
    2019    2019    CD   until  preposition object
    spoke   speak   VBD  -      root
""")


def test_the_end_of_a_term_dates_nothing() -> None:
    assert not may_date(word(TERM, "spoke"), dated(TERM, "2019"))


def test_a_date_before_its_noun_dates_that_noun_alone() -> None:
    doc = built("""
        They      they      PRP  opposed  subject
        opposed   oppose    VBD  -        root
        the       the       DT   law      determiner
        2018      2018      CD   law      number
        law       law       NN   opposed  object
    """)
    assert dated(doc, "2018").premodifier
    assert may_date(word(doc, "law"), dated(doc, "2018"))
    assert not may_date(word(doc, "opposed"), dated(doc, "2018"))


def test_a_stretch_of_a_day_is_dated_as_the_day_is() -> None:
    doc = built("""
        It      it      PRP  fell   subject
        fell    fall    VBD  -      root
        on      on      IN   fell   preposition
        the     the     DT   night  determiner
        night   night   NN   on     preposition object
        of      of      IN   night  preposition
        Friday  Friday  NNP  of     preposition object
    """)
    assert (dated(doc, "Friday").governor.text, dated(doc, "Friday").preposition) == ("fell", "on")


def test_a_relative_clause_that_only_dates_gives_its_date_to_the_noun() -> None:
    doc = built("""
        The      the      DT   march    determiner
        march    march    NN   grew     subject
        which    which    WDT  began    subject
        began    begin    VBD  march    relative clause
        on       on       IN   began    preposition
        Tuesday  Tuesday  NNP  on       preposition object
        grew     grow     VBD  -        root
    """)
    assert dated(doc, "Tuesday").governor.text == "march"


def test_a_date_given_to_the_verb_of_saying_goes_back_to_the_verb_before_it() -> None:
    doc = built("""
        Shops   shop    NNS  closed  subject
        closed  close   VBD  said    content clause
        on      on      IN   said    preposition
        Friday  Friday  NNP  on      preposition object
        ,       ,       ,    said    punctuation
        owners  owner   NNS  said    subject
        said    say     VBD  -       root
    """)
    assert dated(doc, "Friday").governor.text == "closed"


def test_a_clause_behind_the_date_tells_which_day_is_meant() -> None:
    doc = built("""
        It      it      PRP  was    subject
        was     be      VBD  -      root
        Friday  Friday  NNP  was    attribute
        when    when    WRB  spoke  adverb
        he      he      PRP  spoke  subject
        spoke   speak   VBD  was    adverbial clause
    """)
    assert is_of_word(word(doc, "spoke"), dated(doc, "Friday"))


def test_a_date_close_behind_with_no_verb_between_may_be_the_words() -> None:
    doc = built("""
        He      he      PRP  taken   passive subject
        was     be      VBD  taken   passive auxiliary
        taken   take    VBN  -       root
        home    home    RB   taken   adverb
        after   after   IN   hurt    preposition
        being   be      VBG  hurt    passive auxiliary
        hurt    hurt    VBN  taken   adverbial clause
        in      in      IN   hurt    preposition
        a       a       DT   park    determiner
        park    park    NN   in      preposition object
        on      on      IN   taken   preposition
        Friday  Friday  NNP  on      preposition object
    """)
    assert follows_closely(word(doc, "hurt"), dated(doc, "Friday"))
    assert not follows_closely(word(doc, "taken"), dated(doc, "Friday"))


def test_what_follows_after_is_counted_back_from_the_verb_above() -> None:
    doc = built("""
        The       the       DT   shop      determiner
        shop      shop      NN   reopened  subject
        reopened  reopen    VBD  -         root
        a         a         DT   day       determiner
        day       day       NN   closed    noun as adverb
        after     after     IN   closed    clause marker
        a/2       a         DT   flood     determiner
        flood     flood     NN   closed    subject
        closed    close     VBD  reopened  adverbial clause
        it        it        PRP  closed    object
    """)
    assert [(a.text, b.text) for a, b in counting_words(word(doc, "closed"))] == [("after", "reopened")]
    assert list(counting_words(word(doc, "shop"))) == []


@pytest.mark.parametrize(
    ("before", "between", "stretch"),
    [("closed from ", " to ", True), ("open between the ", " and the ", True), ("closed on ", " to ", False)],
)
def test_two_dates_make_a_stretch(before: str, between: str, stretch: bool) -> None:
    assert is_interval(before, between) == stretch


def test_two_dates_are_named_side_by_side() -> None:
    assert is_both(" and on ")
    assert not is_both(", ")


WOUNDED = built("""
    Seven    seven   CD   people   number
    people   people  NNS  killed   passive subject
    were     be      VBD  killed   passive auxiliary
    killed   kill    VBN  -        root
    and      and     CC   killed   coordinator
    12       12      CD   wounded  subject
    wounded  wound   VBN  killed   conjunct
    on       on      IN   wounded  preposition
    Monday   Monday  NNP  on       preposition object
""")


def test_a_participle_without_its_auxiliary_shares_its_day_with_the_one_before() -> None:
    assert is_of_clause(word(WOUNDED, "killed"), dated(WOUNDED, "Monday"))


UPON_FANS = """
    Stewards  steward  NNS  {verb}   subject
    {verb}    {lemma}  VBD  -        root
    fans      fan      NNS  {verb}   object
    who       who      WP   marched  subject
    marched   march    VBD  fans     relative clause
    on        on       IN   marched  preposition
    Monday    Monday   NNP  on       preposition object
"""


@pytest.mark.parametrize(("verb", "lemma", "shared"), [("dispersed", "disperse", True), ("praised", "praise", False)])
def test_what_is_done_to_people_where_they_are_is_of_the_day_they_came(verb: str, lemma: str, shared: bool) -> None:
    doc = built(UPON_FANS.format(verb=verb, lemma=lemma))
    assert is_of_clause(word(doc, verb), dated(doc, "Monday")) == shared
