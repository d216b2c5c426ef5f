"""The layout of plain text: which parts are paragraphs, and which are headings, captions, lists, tables or debris.

Only paragraphs and lists are coded, so every rule leans towards them: a heading that is kept costs little, a
sentence that is lost costs an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.intake.html.debris import is_debris
from dateline.intake.html.lines import BULLET, Unit, find_units, is_final
from dateline.lang.en.placing.datelines import headline_end
from dateline.lang.lexicon import words
from dateline.model import CODED_BLOCKS, Block, BlockKind

_LONGEST_HEADING = 20  # words
_SHORT_HEADING = 8  # words: so few, without final punctuation, seldom report an event
_FUNCTION_WORDS = words("pages.function_words")
_FINITE_VERBS = words("pages.finite_verbs")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_PICTURE = (
    r"(?:file |stock |handout |undated |courtesy |screen ?)?(?:photos?|images?|pictures?|pictured|pics?|videos?|footage"
    r"|graphics?|illustrations?|maps?|captions?|credits?|screen ?grab|screenshot|cartoon|gallery|slideshow|grab)"
)
_CAPTION_START = re.compile(
    rf"{_PICTURE}(?:\s+(?:credits?|caption|source|courtesy|shows|by|of|from|via|gallery|\d{{1,3}}\b)){{0,4}}"
    r"\s*(?:[:|/©]|courtesy\b|$)"
    r"|(?:file|archive|stock|undated) (?:photo|image|picture|footage)\b|pictured(?: above| below| here)?[:,]"
    r"|image \d+ of \d+\b|buy photo\b"
    r"|\((?:photo|image|picture|file|video|credit|courtesy)\b[^)]{0,120}\)$"
    r"|(?:image|photo|picture) (?:source|copyright|credit|caption)\b",
    re.IGNORECASE,
)
_CREDIT_START = re.compile(rf"{_PICTURE}\s+by\b", re.IGNORECASE)
_AGENCIES = r"(?:ap|afp|reuters|epa|getty(?: images)?|shutterstock|upi|pa|anadolu|xinhua|tass)"
_CAPTION_END = re.compile(
    r"[(\[](?:(?:file |handout )?(?:photo|image|picture|video|graphic|credit|courtesy)s?\b[^()\[\]]{0,80}"
    r"|source: ?[^()\[\]]{1,60}|file|archives?"
    rf"|[^()\[\]]{{0,50}}\b(?:photos?|getty|shutterstock|{_AGENCIES}/[\w. -]+|[\w. -]+/{_AGENCIES})\b"
    r"[^()\[\]]{0,30}"
    r"|(?:left|right|far left|from left|left to right|pictured|above|below)(?: to right)?)[)\]]\W*$"
    r"|\b(?:getty images|file photo|ap photo|ap file|view full caption)\W*$"
    rf"|(?:/|\| ?|: )(?:{_AGENCIES})(?:[/ ][\w ]{{0,30}})?$"
    r"|\((?:published|aired) [^()]{6,40}\)$",
    re.IGNORECASE,
)
_CREDIT_MARKS = words("pages.credit_marks")
_LONGEST_CAPTION = 400
_TABLE_ROW = re.compile(r"\S[^\n]*(?:\t+|\s\|\s)[^\n]*\S")


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order, without overlap, holding every character that is not space.

    Offsets are code points into ``text``, half-open. Text of any script, case and length is taken; the time is
    linear in its length.
    """
    units = find_units(text)
    kinds = _kinds(units, [None] * len(units), headed=True)
    blocks = [Block(unit.start, unit.end, kind) for unit, kind in zip(units, kinds, strict=True)]
    return tuple(_headline_apart(text, blocks))


def _headline_apart(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, the first of which may be a headline and a paragraph that a page's text lost the break between."""
    for number, block in enumerate(blocks):
        cut = headline_end(text, block.start, block.end) if number == 0 and block.kind == "paragraph" else None
        if cut is None:
            yield block
        else:
            yield Block(block.start, block.start + len(text[block.start : cut].rstrip()), block.kind)
            yield Block(cut, block.end, block.kind)


def kinds_of_parts(parts: Sequence[tuple[BlockKind | None, str]]) -> list[BlockKind]:
    """The kinds of a page's parts, each given with the kind that its markup tells, or None for a paragraph.

    Words that give debris or a caption away go before the markup.
    """
    units = [Unit(0, len(words), words, blank_before=True) for _, words in parts]
    return _kinds(units, [kind for kind, _ in parts], headed=False)


def _kinds(units: list[Unit], known: Sequence[BlockKind | None], *, headed: bool) -> list[BlockKind]:
    """The kind of each unit. ``headed``: the text may open with its headline, as it does where no markup tells it."""
    alone = len(units) == 1
    kinds: list[BlockKind | None] = [
        "table" if kind == "table" else _by_words(unit.text, alone=alone) or kind
        for unit, kind in zip(units, known, strict=True)
    ]
    _mark_runs(units, kinds)
    prose = [i for i, kind in enumerate(kinds) if kind is None]
    sentences = [i for i in prose if is_final(units[i].text)]
    # Where the text hardly ends a sentence with a mark, the lack of a mark tells nothing.
    punctuated = len(sentences) >= 0.4 * len(prose)
    last_sentence = sentences[-1] if sentences else -1
    decided: list[BlockKind] = []
    for i, unit in enumerate(units):
        kind = kinds[i]
        if kind is None:
            first = headed and prose[0] == i
            kind = "paragraph"
            if len(units) > 1 and not is_final(unit.text):
                after_heading = bool(decided) and decided[-1] == "heading"
                before_prose = i + 1 < len(units) and kinds[i + 1] is None and is_final(units[i + 1].text)
                kind = _without_final_mark(
                    unit.text,
                    first=first,
                    between=after_heading and before_prose,
                    punctuated=punctuated,
                    last=i > last_sentence,
                )
        decided.append(kind)
    if not CODED_BLOCKS.intersection(decided):
        _promote(units, decided, known)
    return decided


def _promote(units: list[Unit], kinds: list[BlockKind], known: Sequence[BlockKind | None]) -> None:
    """Make paragraphs of the captions that tell something, else of the headings, of a text that holds nothing else."""
    free = [i for i, kind in enumerate(known) if kind is None]
    telling = [i for i in free if kinds[i] == "caption" and len(units[i].text.split()) > _SHORT_HEADING]
    for i in telling or [i for i in free if kinds[i] == "heading"]:
        kinds[i] = "paragraph"


def _by_words(text: str, *, alone: bool) -> BlockKind | None:
    """The kind that the words of a unit give away by themselves, or None. A caption has something to stand beside."""
    if is_debris(text):
        return "debris"
    if not alone and _is_caption(text):
        return "caption"
    if BULLET.match(text):
        return "list"
    if text[0] == "#" and _MARKDOWN_HEADING.match(text) and len(text) < 200:
        return "heading"
    return None


def _mark_runs(units: list[Unit], kinds: list[BlockKind | None]) -> None:
    """Rows of a table, and menus: what shows only in several lines one under the other."""
    start = 0
    for i in range(1, len(units) + 1):
        if i < len(units) and not units[i].blank_before:
            continue
        run = range(start, i)
        rows = [k for k in run if len(units[k].text) < 1000 and _TABLE_ROW.fullmatch(units[k].text)]
        if len(rows) >= 2 and 2 * len(rows) >= len(run):
            for k in run:
                kinds[k] = "table"
        short = [k for k in run if kinds[k] in (None, "debris") and _is_menu_entry(units[k].text)]
        if len(short) >= 4 and len(short) == len(run):
            for k in run:
                kinds[k] = "debris"
        start = i


def _is_menu_entry(text: str) -> bool:
    return len(text) < 40 and len(text.split()) <= 3 and not is_final(text)


def _is_caption(text: str) -> bool:
    if len(text) > _LONGEST_CAPTION:
        return False
    if _CAPTION_START.match(text) or (_CREDIT_START.match(text) and not is_final(text)):
        return True
    credit = text[-160:]
    if not any(mark in credit for mark in _CREDIT_MARKS):
        return False
    return _CAPTION_END.search(credit) is not None


def _without_final_mark(text: str, *, first: bool, between: bool, punctuated: bool, last: bool) -> BlockKind:
    """Heading, caption or paragraph, for a unit among others that ends without the mark of a sentence.

    ``between``: it stands between a heading and prose; ``punctuated``: the text ends most of its sentences with a mark;
    ``last``: no sentence with a mark comes after it.
    """
    if len(text) > 300 or text.endswith((",", "-", "–", "—")):
        return "paragraph"
    words = _WORD.findall(text)
    if not words or len(words) > _LONGEST_HEADING:
        return "paragraph"
    if first:
        return "heading"
    if text.isupper() and len(words) > _SHORT_HEADING:
        return "paragraph"
    if not punctuated:
        return "heading" if len(words) <= _SHORT_HEADING and _is_title_case(words) and not last else "paragraph"
    verb = any(word.lower() in _FINITE_VERBS for word in words)
    if between and not verb and len(words) > _SHORT_HEADING and any(_is_common(word) for word in words):
        return "caption"
    if _is_title_case(words) or (len(words) <= _SHORT_HEADING and not verb):
        return "heading"
    return "paragraph"


def _is_title_case(words: list[str]) -> bool:
    content = [word for word in words if word.lower() not in _FUNCTION_WORDS]
    capital = sum(not word[0].islower() for word in content)
    # One word in five may be small: titles keep the case of names such as "al-Assad" and of odd words.
    return capital >= 0.8 * len(content)


def _is_common(word: str) -> bool:
    return word[0].islower() and word.lower() not in _FUNCTION_WORDS
