"""Text of unknown origin made safe to show: nothing invisible acts on the reader's screen, terminal or spreadsheet."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, normalize

# Bidirectional controls reorder the words around them, and lone surrogates cannot be written as UTF-8 at all.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}\ufeff\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LONE_RETURN = re.compile("\r(?!\n)")
_JSON_TROUBLE = re.compile(f"[\ud800-\udfff\x7f-\x9f\u2028\u2029{_BIDI}\ufeff]")
_FORMULA = frozenset("=+-@")
_PASSED_OVER = frozenset("CZ")
"""The classes of controls and of spaces: programs may pass over them to what they look for."""
_SHORT = 80
"""Characters of a text up to which its line is kept."""
_ACTIVE = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)


def visible(text: str) -> str:
    """The text with each control character shown by a sign; line ends and tabs stay.

    Control characters below U+0020 become their control picture (``␀``), the others ``[U+202E]``.
    """
    return text if text.isprintable() else _UNSEEN.sub(_sign, text)


def one_line(text: str, most: int | None = None) -> str:
    """:func:`visible` on one line, runs of white space as one space, cut after ``most`` characters with ``…``."""
    return _kept_line(text, most) if len(text) <= _SHORT else _line(text, most)


def _line(text: str, most: int | None) -> str:
    if most is not None:
        text = text[: 4 * most]
    line = " ".join(visible(text).split())
    return line if most is None or len(line) <= most else line[: most - 1].rstrip() + "…"


# Names of people, places and publishers come again with every row.
_kept_line = lru_cache(20_000)(_line)


def on_one_line(text: str) -> str:
    """:func:`visible` with each break of a line, in any form, as a space: no value passes for a line of ours."""
    return text if text.isprintable() else visible(_BREAKS.sub(" ", text))


def cell(text: str) -> str:
    """Text for a spreadsheet: what a spreadsheet would run as a formula gets an apostrophe in front.

    Control characters are shown, line ends stay. A sign counts in each of its forms (``＝``) and behind what is unseen.
    """
    if is_plain(text):
        return text
    shown = _LONE_RETURN.sub(chr(0x240D), visible(text))
    first = next((c for c in shown if category(c)[0] not in _PASSED_OVER), " ")
    return "'" + shown if shown[:1] == "\t" or normalize("NFKC", first)[0] in _FORMULA else shown


def is_plain(text: str) -> bool:
    """Whether nothing is to be done for a spreadsheet: so it is with most texts, and a table has millions of them."""
    return text[:1].isascii() and text[:1].isalnum() and text.isprintable()


def address(url: str | None) -> str | None:
    """An address that may stand in a file; None for one that would run as a program where somebody opens it."""
    bare = "".join(c for c in (url or "")[:1000] if category(c)[0] not in _PASSED_OVER)
    return None if _ACTIVE.match(bare) else url


def unguarded(text: str) -> str:
    """Text of a cell without the apostrophe that :func:`cell` puts in front."""
    return text[1:] if text.startswith("'") and cell(text[1:]) == text else text


def json_line(dumped: str) -> str:
    """JSON whose strings hold nothing that acts on a reader's screen or cannot be encoded; it means the same."""
    return dumped if dumped.isprintable() else _JSON_TROUBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return f"[U+{code:04X}]"
