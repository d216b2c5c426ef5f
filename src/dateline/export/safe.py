"""Text of unknown origin made safe to show: nothing invisible acts on the reader's screen, terminal or spreadsheet."""

from __future__ import annotations

import re

# Bidirectional controls reorder the words around them, and lone surrogates cannot be written as UTF-8 at all.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}\ufeff\ud800-\udfff\ufffe\uffff]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_JSON_TROUBLE = re.compile("[\ud800-\udfff\x7f-\x9f\u2028\u2029]")
_BREAKS = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    """The text with each control character shown by a sign; line ends and tabs stay.

    Control characters below U+0020 become their control picture (``␀``), the others ``[U+202E]``.
    """
    return _UNSEEN.sub(_sign, text)


def one_line(text: str, most: int | None = None) -> str:
    """:func:`visible` on one line, runs of white space as one space, cut after ``most`` characters with ``…``."""
    if most is not None:
        text = text[: 4 * most]
    line = " ".join(visible(text).split())
    return line if most is None or len(line) <= most else line[: most - 1].rstrip() + "…"


def on_one_line(text: str) -> str:
    """:func:`visible` with each break of a line, however it is written, as a space; other white space stays."""
    return visible(_BREAKS.sub(" ", text))


def writable(text: str) -> str:
    """The text with what UTF-8 files cannot hold (lone surrogates) or readers choke on (NUL) as U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


def cell(text: str) -> str:
    """Text for a spreadsheet: what a spreadsheet would run as a formula gets an apostrophe in front."""
    text = writable(text)
    return "'" + text if text.lstrip(" \n").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """Text of a cell without the apostrophe that :func:`cell` puts in front."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" \n").startswith(_FORMULA) else text


def json_line(dumped: str) -> str:
    """JSON whose strings hold nothing that breaks a line or cannot be encoded, without changing what it means."""
    return _JSON_TROUBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return f"[U+{code:04X}]"
