"""What tells that a sentence goes back to an event told before, on sentences built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.en.placing.told_again import (
    is_organised,
    is_toll,
    is_toll_of_nobody,
    names_again,
    pointing_noun,
    tells_harm,
    tells_more,
)
from hand_built import built, word


@pytest.mark.parametrize(("before", "tag", "link", "points"), [
    ("The", "DT", "determiner", True),
    ("Their", "PRP$", "possessor", True),
    ("A", "DT", "determiner", False),
])  # fmt: skip
def test_a_definite_noun_points_back(before: str, tag: str, link: str, points: bool) -> None:
    doc = built(f"""
        {before}  {before.lower()}  {tag}  march  {link}
        march     march             NN     ended  subject
        ended     end               VBD    -      root
    """)
    assert (pointing_noun([word(doc, "march")]) is not None) == points


def test_another_march_does_not_point_back() -> None:
    doc = built("""
        The    the    DT   march  determiner
        other  other  JJ   march  adjective
        march  march  NN   ended  subject
        ended  end    VBD  -      root
    """)
    assert pointing_noun([word(doc, "march")]) is None


def test_who_joins_a_march_need_not_have_called_it() -> None:
    doc = built("""
        Students  student  NNS  joined  subject
        joined    join     VBD  -       root
        the       the      DT   march   determiner
        march     march    NN   joined  object
    """)
    assert is_organised(word(doc, "march"))
    assert not is_organised(word(doc, "Students"))


HURT = built("""
    Nobody  nobody  NN   hurt  passive subject
    was     be      VBD  hurt  passive auxiliary
    hurt    hurt    VBN  -     root
""")


def test_harm_without_a_hand_is_a_toll() -> None:
    assert is_toll(word(HURT, "hurt"))
    assert tells_harm(word(HURT, "hurt"))
    assert is_toll_of_nobody(word(HURT, "hurt"))
    assert not tells_more(word(HURT, "hurt"))


def test_harm_by_somebody_is_no_toll_and_a_separate_fire_is_more() -> None:
    doc = built("""
        Dogs      dog       NNS  hurt  subject
        hurt      hurt      VBD  -     root
        him       him       PRP  hurt  object
        in        in        IN   hurt  preposition
        separate  separate  JJ   park  adjective
        park      park      NN   in    preposition object
    """)
    assert not is_toll(word(doc, "hurt"))
    assert not is_toll_of_nobody(word(doc, "hurt"))
    assert tells_more(word(doc, "hurt"))


SANK = built("""
    A         a         DT   boat      determiner
    boat      boat      NN   crashed   subject
    crashed   crash     VBD  -         root
    .         .         .    crashed   punctuation
    The       the       DT   crash     determiner
    crash     crash     NN   happened  subject
    happened  happen    VBD  -         root
    on        on        IN   happened  preposition
    Friday    Friday    NNP  on        preposition object
""")


def test_a_definite_noun_of_the_same_stem_names_the_event_again() -> None:
    again = names_again(word(SANK, "crashed"), word(SANK, "happened"))
    assert again is not None and again.text == "crash"
    assert names_again(word(SANK, "boat"), word(SANK, "happened")) is None
