"""What the judge reads in the place of names: the same words whoever is named, and the same one for the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coder.encoder.network import default_encoder
from dateline.coder.encoder.pieces import Pieces, pieces_of, renamed
from dateline.lang.en.neutral.stand_ins import StandIn, stand_ins
from hand_built import built


def _accused(one: str, other: str, people: bool) -> list[tuple[str, str]]:
    names = None if people else {one: "ORG", other: "ORG"}
    doc = built(
        f"""
        {one}    x       NNP  accused  subject
        accused  accuse  VBD  -        root
        {other}  x       NNP  accused  object
        """,
        names,
    )
    return [(doc.text[s.start : s.end], s.word) for s in stand_ins(doc, [(0, 1), (2, 3)] if people else [])]


@pytest.mark.parametrize("people", [True, False])
def test_who_is_named_first_is_called_alike_whoever_it_is(people: bool) -> None:
    found = _accused("Okoro", "Byrne", people)
    turned = _accused("Byrne", "Okoro", people)
    assert [name for name, _ in found] == ["Okoro", "Byrne"]
    assert [name for name, _ in turned] == ["Byrne", "Okoro"]
    assert [word for _, word in found] == [word for _, word in turned]
    assert len({word for _, word in found}) == 2


def test_who_is_named_again_is_called_as_before() -> None:
    ((_, word), (_, again)) = _accused("Okoro", "Okoro", True)
    assert word == again


@pytest.mark.parametrize(
    ("noun", "tag", "read"),
    [
        ("miners", "NNS", "residents"),
        ("teacher", "NN", "resident"),
        ("protesters", "NNS", None),
        ("troops", "NNS", None),
    ],
)
def test_people_are_read_alike_by_their_station_and_not_by_what_they_do(noun: str, tag: str, read: str | None) -> None:
    doc = built(
        f"""
        {noun}   {noun}  {tag}  marched  subject
        marched  march   VBD    -        root
        """
    )
    assert [s.word for s in stand_ins(doc, [])] == ([read] if read else [])


def test_the_forces_and_offices_of_a_state_keep_their_names() -> None:
    doc = built(
        """
        Army     army     NNP  fired  subject
        fired    fire     VBD  -      root
        """,
        {"Army": "ORG"},
    )
    assert stand_ins(doc, []) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6))
def test_pieces_keep_their_order_and_every_word_outside_the_names(spans: list[tuple[int, int]]) -> None:
    text = "Amina Yusuf of the Harbour Front told reporters in Goma that the army had fired at six people."
    tokenizer = default_encoder().tokenizer
    pieces = pieces_of(text, [(0, len(text))], tokenizer)
    names = [StandIn(start, start + length, start + length - 1, "Smith") for start, length in sorted(spans)]
    found = renamed(pieces, names, tokenizer)
    assert found.starts == sorted(found.starts)
    outside = [n for n, at in enumerate(pieces.starts) if not any(s.start <= at < s.end for s in names)]
    assert {pieces.starts[n] for n in outside} <= set(found.starts)
    assert len(found.ids) == len(found.starts) == len(found.ends)


def test_without_names_nothing_is_changed() -> None:
    pieces = Pieces([1, 2], [0, 4], [3, 7])
    assert renamed(pieces, [], default_encoder().tokenizer) == pieces
