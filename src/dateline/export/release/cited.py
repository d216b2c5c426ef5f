"""A release described for people: README.md, and CITATION.cff of the Citation File Format 1.2.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dateline.export.release.described import cite_as
from dateline.export.release.folder import csv_path, parquet_path
from dateline.export.release.model import BESIDE, Citation, Difference
from dateline.export.safe import one_line
from dateline.export.statement import number
from dateline.export.tables.columns import TABLES

Rows = Sequence[tuple[str, str]]


def citation_file(citation: Citation, description: str) -> str:
    """``CITATION.cff``. A release without authors is cited under its title: the format wants somebody named."""
    import yaml

    made: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Please cite these data as below.",
        "type": "dataset",
        "title": citation.title,
        "version": citation.name,
        "date-released": citation.date,
        "authors": [_author(author) for author in citation.authors] or [{"name": citation.title}],
        "abstract": description,
    }
    if citation.licence:
        made["license"] = citation.licence
    if citation.url:
        made["url"] = citation.url
    return str(yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=110))


def _author(author: str) -> dict[str, str]:
    family, comma, given = author.partition(", ")
    return {"family-names": family, "given-names": given} if comma else {"name": author}


def readme(
    citation: Citation,
    rows: Mapping[str, int],
    difference: Difference,
    statements: Mapping[str, Rows],
    codebooks: Sequence[str],
) -> str:
    """``README.md``: what the release is, its files, what changed, and the data statements."""
    told = [f"# {_plain(citation.title)}, {citation.name}", "", f"Released {citation.date}. Cite as:", ""]
    told += [f"> {_plain(cite_as(citation))}", ""]
    told += [f"Licence: {_plain(citation.licence)}." if citation.licence else "No licence is stated.", ""]
    told += ["Place data: GeoNames, CC BY 4.0.", ""]
    told += ["## Files", "", "| table | rows | files |", "| --- | ---: | --- |"]
    places: dict[str, str] = {table: f"`{csv_path(table)}`, `{parquet_path(table)}`" for table in TABLES}
    places.update((table, f"`{csv_path(table)}`") for table in BESIDE)
    told += [f"| {table} | {rows[table]:,} | {where} |" for table, where in places.items()]
    told += [
        "",
        'What each column holds is in `datapackage.json`. In CSV an empty cell is "not stated", never 0; lists are '
        "JSON; a text that a spreadsheet would take for a formula starts with an apostrophe.",
        "",
        "`release.json` says who coded, by which codebook and settings. "
        + (f"The codebooks are in {', '.join(f'`{book}`' for book in codebooks)}. " if codebooks else "")
        + "To check that no file has changed: `sha256sum -c SHA256SUMS`.",
        "",
        "## Changes",
        "",
        changes_in_words(difference),
        "",
    ]
    for heading, statement in statements.items():
        told += [f"## Data statement: {heading}", "", "| | |", "| --- | --- |"]
        told += [f"| {_plain(name)} | {_plain(words)} |" for name, words in statement] + [""]
    return "\n".join(told)


def changes_in_words(difference: Difference) -> str:
    """How much changed, in a sentence."""
    counts = difference.counts()
    if difference.before is None:
        return f"The first release: {number(counts['added'], 'event')}."
    return (
        f"Since {difference.before}: {number(counts['added'], 'event')} added, {counts['changed']:,} changed, "
        f"{counts['withdrawn']:,} withdrawn; {difference.same:,} as they were."
    )


def _plain(words: str) -> str:
    """Words that stand in a cell of Markdown as they are."""
    line = one_line(words).replace("\\", "\\\\")
    return "".join(f"\\{sign}" if sign in "|*_`[]<>#" else sign for sign in line)
