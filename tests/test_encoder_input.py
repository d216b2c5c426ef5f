"""What the encoder reads: windows that cover every piece, and pairs with their marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coder.encoder.network import default_encoder
from dateline.coder.encoder.pieces import MARKS, WINDOW, marked_pair, piece_id, pieces_of, windows


@given(st.integers(1, 5000))
def test_windows_cover_every_piece_and_end_with_the_last(length: int) -> None:
    found = list(windows(length))
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(b - a <= WINDOW - 2 for a, b in found)
    assert all(later[0] < earlier[1] for earlier, later in pairwise(found))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.integers(0, 200))
def test_pieces_lie_inside_their_part_and_in_order(text: str, cut: int) -> None:
    cut = min(cut, len(text))
    pieces = pieces_of(text, [(0, cut), (cut, len(text))], default_encoder().tokenizer)
    assert len(pieces.starts) == len(pieces.ends) == len(pieces)
    assert all(0 <= a <= b <= len(text) for a, b in zip(pieces.starts, pieces.ends, strict=True))
    assert pieces.starts == sorted(pieces.starts)


def test_a_marked_pair_has_its_marks_around_its_sides() -> None:
    tokenizer = default_encoder().tokenizer
    text = "The guards freed the miners."
    pair = marked_pair(text, (0, 10), (17, 27), tokenizer)
    opens, closes = (piece_id(mark, tokenizer) for mark in MARKS["source"])
    first, last = pair.source
    assert (pair.ids[first], pair.ids[last - 1]) == (opens, closes)
    assert tokenizer.decode(pair.ids[first + 1 : last - 1]) == "the guards"
    first, last = pair.target
    assert tokenizer.decode(pair.ids[first + 1 : last - 1]) == "the miners"


def test_a_side_that_is_not_named_is_empty_and_a_long_sentence_is_cut_around_its_sides() -> None:
    tokenizer = default_encoder().tokenizer
    text = "word " * 600 + "the guards freed them " + "word " * 600
    start = text.index("the guards")
    pair = marked_pair(text, (start, start + 10), None, tokenizer)
    assert pair.target == (0, 0)
    assert len(pair.ids) == WINDOW
    assert 0 < pair.source[0] < pair.source[1] < WINDOW


def test_another_tokenizer_is_refused() -> None:
    with pytest.raises(ValueError, match="no piece"):
        piece_id("[no such piece]", default_encoder().tokenizer)
