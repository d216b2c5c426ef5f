"""Bytes to characters: what the bytes themselves show comes before what a page says of itself."""

from __future__ import annotations

import codecs
import logging
import re
from contextlib import suppress
from functools import cache

from dateline.errors import IntakeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.ASCII | re.I)
_WEB_NAMES = {
    **{"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"},
}
"""What browsers read a declared encoding as: one that holds it and more (WHATWG Encoding Standard)."""

_WEB_ENCODINGS = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp866"),
    *("koi8_r", "koi8_u", "iso8859_2", "gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr"),
)
"""What is guessed among: the encodings of the web, without those of old machines that resemble them."""


@cache
def _writings() -> frozenset[str]:
    """What a page may declare: Python knows codecs beside these that are no writing, one of which refuses every byte.

    To look them up loads the tables of each, for which who reads no page need not wait.
    """
    names = (*_WEB_ENCODINGS, *_WEB_NAMES, *_WEB_NAMES.values(), "utf-8", "mac_roman", "mac_cyrillic")
    own = (f"iso8859_{n}" for n in (3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16))
    return frozenset(codecs.lookup(name).name for name in (*names, *own))


_TIE = 0.02
_MOST_DAMAGE = 0.01  # of the characters: a few bad bytes are common in pages that are UTF-8 all the same
_SAMPLE = 100_000
_LOGGER = logging.getLogger(__name__)


def decode(data: bytes, what: str = "the file", charset: str | None = None) -> str:
    """The text of bytes: by byte order mark, as UTF-8, as declared, or by the statistics of its letters.

    What is declared is the ``charset`` that came with the bytes, and then what HTML says of itself.
    A few bytes that fit no encoding become U+FFFD and are told to the log; where they are many, IntakeError.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_or_refuse(data[len(mark) :], name, what)
    told = _declarable(charset.encode("ascii", "replace")) if charset else None
    if told is not None and b"\x1b" in data:
        # What is written with escapes is ASCII byte by byte, and would pass for UTF-8.
        with suppress(UnicodeError):
            return data.decode(told)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        bad = error
    declared = _DECLARED.search(data, 0, 4096)
    for guess in (told, _declarable(declared[1]) if declared else None, _sniffed(data)):
        if guess is None or guess == "utf-8":
            continue
        try:
            return data.decode(guess)
        except UnicodeError:
            continue
    return _decode_or_refuse(data, "utf-8", what, bad)


def charset_of(media: str | None) -> str | None:
    """The encoding that a media type names ("text/html; charset=koi8-r"); None where it names none."""
    named = _CHARSET.search(media or "")
    return named[1] if named else None


def _declarable(declared: bytes) -> str | None:
    """The encoding that a page says it is in; None for what no page can be in, whatever it says."""
    try:
        known = codecs.lookup(declared.decode("ascii")).name
    except (LookupError, ValueError):  # no name of an encoding, or one with a NUL in it
        return None
    return _WEB_NAMES.get(known, known) if known in _writings() else None


def _decode_or_refuse(data: bytes, name: str, what: str, bad: UnicodeDecodeError | None = None) -> str:
    text = data.decode(name, "replace")
    damage = text.count("\ufffd")
    if damage > _MOST_DAMAGE * len(text):
        at = "" if bad is None else f" (byte {bad.start} is 0x{data[bad.start]:02x})"
        raise IntakeError(f"{what} is not {name.upper()} text{at}", "save it as UTF-8, or give the original file")
    if damage:
        _LOGGER.warning("%s: %d bytes are not %s and became U+FFFD", what, damage, name.upper())
    return text


def _sniffed(data: bytes) -> str | None:
    # Damaged UTF-8 is far likelier than another encoding whose letters happen to look like it.
    if data.decode(errors="replace").count("\ufffd") * 8 < sum(byte > 127 for byte in data[:_SAMPLE]):
        return None
    from charset_normalizer import from_bytes

    sample = data if len(data) <= _SAMPLE else data[: _SAMPLE // 2] + data[-_SAMPLE // 2 :]
    guesses = from_bytes(sample, cp_isolation=list(_WEB_ENCODINGS))
    best = guesses.best()
    if best is None:
        return None
    # A few accented letters fit many Latin encodings as well: then it is the one that most pages have.
    likely = next((guess for guess in guesses if guess.encoding == "cp1252"), None)
    return "cp1252" if likely is not None and likely.chaos <= best.chaos + _TIE else best.encoding
