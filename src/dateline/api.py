"""The public functions: from text to a coding in one call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from dateline.coder.machine import MachineCoder
from dateline.intake import read_text
from dateline.model import Coding, Report

Names = Literal["roles", "keep"]


def machine_coder(
    codebook: str | Path = "plover",
    *,
    names: Names = "roles",
    authority: str | Path | None = None,
    gazetteer: str | Path | Sequence[str | Path] = (),
    encoder: bool = True,
) -> MachineCoder:
    """The machine coder for a codebook, by its built-in name or the path of its YAML file; loaded once.

    ``names="keep"`` stores private people by name instead of by role. ``authority`` is the path of a list of actors
    that goes over the built-in one. ``gazetteer`` is the path of a list of places (CSV or GeoJSON) that goes over the
    built-in gazetteer, or several; one may be a gazetteer that was built of a GeoNames dump. ``encoder=False`` codes
    by the rules alone; where the encoder is wanted and cannot be used, the rules code alone too, and every coding has
    a note that says why.

    Raises :class:`CodebookError`, :class:`AuthorityError` or :class:`GazetteerError` with file, line and mend where the
    codebook or a list cannot be used.
    """
    given = (gazetteer,) if isinstance(gazetteer, str | Path) else tuple(gazetteer)
    return _machine_coder(codebook, names, authority, given, encoder)


@lru_cache(maxsize=4)
def _machine_coder(
    codebook: str | Path, names: Names, authority: str | Path | None, gazetteer: tuple[str | Path, ...], encoder: bool
) -> MachineCoder:
    return MachineCoder.load(codebook, names=names, authority=authority, gazetteer=gazetteer, encoder=encoder)


def code_report(
    report: Report,
    *,
    codebook: str | Path = "plover",
    names: Names = "roles",
    authority: str | Path | None = None,
    gazetteer: str | Path | Sequence[str | Path] = (),
    encoder: bool = True,
) -> Coding:
    """Code a report that was read before."""
    return machine_coder(codebook, names=names, authority=authority, gazetteer=gazetteer, encoder=encoder).code(report)


def code(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
    codebook: str | Path = "plover",
    names: Names = "roles",
    authority: str | Path | None = None,
    gazetteer: str | Path | Sequence[str | Path] = (),
    encoder: bool = True,
) -> Coding:
    """Code one report given as plain text.

    ``published`` is an ISO 8601 date ("2024-02-01"): without it no weekday or "yesterday" gets a calendar date.
    Raises :class:`IntakeError` where the text or the date cannot be used.
    """
    report = read_text(text, id=id, published=published, publisher=publisher, title=title, url=url)
    return code_report(
        report, codebook=codebook, names=names, authority=authority, gazetteer=gazetteer, encoder=encoder
    )
