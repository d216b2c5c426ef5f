"""Copies are known whatever was cut, added or headed anew; other reports of the same event are none."""

from __future__ import annotations

import random

import pytest

from dateline.link.pairs.copies import KEPT, Sketch, contained, copies, is_copy
from dateline.model import Block, Report

WORDS = [f"{a}{b}{c}" for a in "bdfgkl" for b in "aeiou" for c in ("m", "nt", "rs", "sk", "v")]


def story(seed: int, words: int = 300) -> list[str]:
    dice = random.Random(seed)
    return [dice.choice(WORDS) for _ in range(words)]


def sketch(words: list[str]) -> Sketch:
    return Sketch.of(" ".join(words))


WIRE = story(1)


@pytest.mark.parametrize(
    "copy",
    [
        ["another", "headline", "here", *WIRE],
        WIRE[:200],
        WIRE[60:],
        [*WIRE[:150], *story(2, 25), *WIRE[150:]],
        [word.upper() + "," for word in WIRE],
        [*story(3, 400), *WIRE],
        ["x" if n % 40 == 7 else word for n, word in enumerate(WIRE)],
    ],
    ids=["headline", "no tail", "no beginning", "local paragraph", "case and marks", "in a longer page", "edited"],
)
def test_a_copy_is_known_and_found_by_its_bands(copy: list[str]) -> None:
    assert is_copy(sketch(WIRE), sketch(copy)) and is_copy(sketch(copy), sketch(WIRE))
    assert set(sketch(WIRE).bands()) & set(sketch(copy).bands())


def test_other_reports_with_a_quotation_in_common_are_no_copies() -> None:
    assert not is_copy(sketch(WIRE), sketch([*story(4, 250), *WIRE[40:80]]))
    assert not is_copy(sketch(WIRE), sketch(sorted(WIRE)))


def test_short_texts_are_copies_of_nothing() -> None:
    short = sketch(WIRE[:15])
    assert not is_copy(short, short) and short.bands() == ()
    assert Sketch.of("") == Sketch((), 0) and contained(Sketch.of(""), sketch(WIRE)) == 0.0


def test_the_share_is_estimated_from_sketches_of_bounded_size() -> None:
    long = story(5, 20_000)
    found = sketch(long)
    assert len(found.hashes) == KEPT and found.runs > 10_000
    assert contained(found, sketch([*long[:10_000], *story(6, 10_000)])) == pytest.approx(0.5, abs=0.12)
    assert contained(found, found) == 1.0


def test_a_chain_of_copies_has_one_original_and_others_are_their_own() -> None:
    sketches = [("a", sketch(WIRE)), ("x", sketch(story(9))), ("b", sketch(WIRE[:230])), ("c", sketch(WIRE[:160]))]
    assert copies(sketches) == {"a": "a", "x": "x", "b": "a", "c": "a"}


@pytest.mark.parametrize(
    "text",
    [
        "\0" * 100_000,
        "a" * 1_000_000,
        "\ud800 " * 500,
        "🜁 " * 5_000,
        "שלום عليكم " * 2_000,
        "\u0301" * 50_000,
        "1 " * 99_999,
    ],
    ids=["nul", "one word", "surrogates", "emoji", "right to left", "accents alone", "one digit"],
)
def test_hostile_text_is_sketched(text: str) -> None:
    found = Sketch.of(text)
    assert len(found.hashes) <= KEPT and found == Sketch.of(text)
    assert not is_copy(found, sketch(WIRE))


def test_menus_do_not_make_copies_of_the_pages_of_a_site() -> None:
    menu = " ".join(story(7, 900))

    def page(words: list[str]) -> Report:
        body = " ".join(words)
        blocks = (Block(0, len(menu), "debris"), Block(len(menu) + 1, len(menu) + 1 + len(body), "paragraph"))
        return Report("r", f"{menu}\n{body}", blocks)

    one, other = page(WIRE), page(story(8))
    assert not is_copy(Sketch.of_report(one), Sketch.of_report(other))
    assert is_copy(Sketch.of(one.text), Sketch.of(other.text))
