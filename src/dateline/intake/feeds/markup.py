"""XML of strangers, looked at before anything parses it: no entities of its own, no external parts, within the limits.

It runs in the bounded process, as what parses afterwards does.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from dateline.errors import IntakeError
from dateline.intake.bounded.measure import Measure
from dateline.intake.encoding import decode
from dateline.intake.limits import Limits

_INVALID = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,500}\?>")
_BEFORE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!doctype[^<>\[]*>", re.S)
_ELEMENT = re.compile(rb"<(?:[a-z_][\w.-]*:)?([a-z_][\w.-]*)")
_ENTITY = re.compile(r"<!ENTITY\b", re.I)
_GET_AGAIN = "get it again from its publisher"


def first_element(start: bytes) -> str:
    """The name of the first element, in small letters and without a prefix, where the first bytes (in small letters)
    hold it; nothing where they do not.
    """
    found = _ELEMENT.search(_BEFORE.sub(b"", start)) if start.startswith(b"<") else None
    return "" if found is None else found[1].decode("ascii")


class _Begun(Exception):  # noqa: N818
    """The first element has come: what may be declared has been."""


def checked_xml(data: bytes, limits: Limits, what: str) -> bytes:
    """XML as UTF-8 without its declaration, or IntakeError for what must not be parsed.

    Refused are entities that the file declares (they expand to anything, or name files and addresses), more elements
    than the limit, and elements that lie too deep. An external document type that is only named, as RSS 0.91 asks,
    stays named: nobody here opens it.
    """
    text = decode(data, what)
    if "\0" in text:
        raise IntakeError(f"{what} holds NULs", "if it is UTF-16, save it as UTF-8")
    clean = _DECLARATION.sub("", _INVALID.sub(" ", text), count=1).lstrip()
    utf8 = clean.encode()
    _refuse_entities(clean, utf8, what)
    _measure(utf8, limits, what)
    return utf8


def _refuse_entities(text: str, utf8: bytes, what: str) -> None:
    def declared(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _entities(what)

    def begun(_name: str, _attributes: object) -> None:
        raise _Begun

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(utf8, True)
    except _Begun:
        return
    except expat.ExpatError:
        # Parsers that forgive may still read what stands before the first element.
        if _ENTITY.search(text):
            raise _entities(what) from None


def _entities(what: str) -> IntakeError:
    return IntakeError(f"{what} declares a document type with entities of its own, which is not read", _GET_AGAIN)


def forgiving(**more: Any) -> Any:
    """A parser that goes on after a fault, and never opens anything that the file names."""
    from lxml import etree

    return etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, **more
    )


def _measure(utf8: bytes, limits: Limits, what: str) -> None:
    from lxml import etree

    try:
        measured: Any = etree.fromstring(utf8, forgiving(target=Measure()))
    except etree.XMLSyntaxError as error:
        fault: Any = error
        if fault.code in (0, 2):
            raise MemoryError from error
        return  # not one element was found: whoever reads it says what it is not
    measured.check(limits, what, _GET_AGAIN)
