"""The options and arguments that several verbs share."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.intake.fetch import Fetcher
    from dateline.intake.limits import CodingLimits, Limits
    from dateline.settings import CoderSettings


class Names(StrEnum):
    """Whether private people are stored by role or by name."""

    roles = "roles"
    keep = "keep"


class Quotes(StrEnum):
    """Whether exports hold the words of the reports."""

    keep = "keep"
    withhold = "withhold"


PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH|URL...|-]",
        help="Pages, texts, JSON Lines, JSON or tables (CSV, TSV, XLSX), folders of them, addresses of the web "
        "(https://...) or lists of such, or - for stdin. Left out: what is piped in.",
    ),
]
CodePathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH|URL...|-]",
        help="Pages, texts, JSON Lines, JSON or tables (CSV, TSV, XLSX), folders of them, addresses of the web "
        "(https://...) or lists of such, or - for stdin. Left out: what is piped in, else the project.",
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="The day of publication (2024-02-01): goes before what a page says of itself, after what a JSON record "
        "says; without any, no weekday gets a date.",
    ),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="The publisher, in the same order.")
]
CoderOption = Annotated[
    str, typer.Option("--coder", metavar="NAME", help="Who codes: the machine, or the coder of a plugin.")
]
CodebookOption = Annotated[
    str, typer.Option("--codebook", metavar="NAME|FILE", help="A built-in codebook, or a YAML file of your own.")
]
AuthorityOption = Annotated[
    Path | None,
    typer.Option(
        "--authority", metavar="FILE", help="A CSV list of actors of your own; it goes over the built-in one."
    ),
]
GazetteerOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        help="A CSV or GeoJSON list of places of your own, over the built-in gazetteer, or a gazetteer built of a "
        "GeoNames dump. Can be given again; a later list goes over an earlier one.",
    ),
]
LexiconOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        help="A YAML file of words of your own, laid over the built-in lists. Can be given again; a later file goes "
        "over an earlier one.",
    ),
]
NamesOption = Annotated[
    Names, typer.Option("--names", help="Store private people by role, or keep their names (exports say so).")
]
QuotesOption = Annotated[
    Quotes,
    typer.Option(
        "--quotes", help="Keep texts and quotations, which may name people, or withhold them (exports say so)."
    ),
]
RulesOnlyOption = Annotated[
    bool,
    typer.Option("--rules-only", help="Code by the rules alone, without the network that proposes and judges."),
]
AtLeastOption = Annotated[
    float,
    typer.Option(
        "--at-least",
        metavar="CHANCE",
        min=0,
        max=1,
        help="The chance from which on a row is an event: rows whose chance is below go to the suggestions, which the "
        "page and explain show apart. Lower it to miss fewer events, raise it to have fewer false ones. A row that "
        "nothing judged has no chance and is always an event.",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=COLUMN",
        help="Which column of a table gives which field, where its name does not tell: text=Body, or "
        'published="Date posted". Can be given again.',
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=N",
        help="Set a bound on one report: bytes of a file, characters of a text, words to code; elements (nodes) of a "
        "page, seconds and bytes of memory for parsing it. Such as words=20000. Can be given again.",
    ),
]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="HOST[:PORT]",
        help="Fetch from this host though its network address is not public: for machines of your own. Can be given "
        "again.",
    ),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact",
        metavar="MAIL|URL",
        envvar="DATELINE_CONTACT",
        help="Where the sites that are fetched from can reach you; it is told to them.",
    ),
]
OfflineOption = Annotated[
    bool, typer.Option("--offline", help="Fetch nothing: an address is told as what could not be read.")
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="table|json|jsonl|csv|csv-bom|xlsx|acled|polecat|html|geojson",
        help="How to write the codings, or a format of a plugin. Left out: by the ending of the output file; "
        "jsonl for JSON Lines input; else a table.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here (whole or not at all) instead of standard output."),
]
JOBS = "jobs"
"""The name of an option that also goes with the reports of a project."""
JobsOption = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        metavar="N",
        min=1,
        help="How many processes code side by side, a core each. Left out: on all cores that may be used, as far as "
        "memory goes (1 GB each). What is written is the same for any number.",
    ),
]
CodebookArgument = Annotated[str, typer.Argument(metavar="NAME|FILE", help="A built-in codebook or a YAML file.")]
ProjectOption = Annotated[
    Path,
    typer.Option("-p", "--project", metavar="DIR", envvar="DATELINE_PROJECT", help="The project; else this folder."),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="ADDRESS",
        envvar="DATELINE_DATABASE",
        show_envvar=False,
        help="Keep the database on a server of PostgreSQL: postgresql://USER@HOST/NAME. Else a file in the folder.",
    ),
]
HERE = Path()
"""The project of a verb that names none."""


def in_project(folder: Path) -> str:
    """The option that names a project, as it is typed after a verb."""
    return "" if folder == HERE else f" -p {shlex.quote(str(folder))}"


def coder_settings(
    coder: str,
    codebook: str,
    names: Names,
    authority: Path | None,
    gazetteer: list[Path] | None,
    lexicon: list[Path] | None,
    rules_only: bool,
    at_least: float,
    most_words: int,
) -> CoderSettings:
    """What the options of a verb say of how to code."""
    from dateline.settings import CoderSettings

    return CoderSettings(
        coder=coder,
        codebook=codebook,
        names=names.value,
        authority=authority,
        gazetteer=tuple(gazetteer or ()),
        lexicon=tuple(lexicon or ()),
        encoder=not rules_only,
        at_least=at_least,
        most_words=most_words,
    )


@dataclass(frozen=True)
class Web:
    """What the options of a verb say of fetching."""

    allowed: tuple[str, ...] = ()
    contact: str | None = None
    offline: bool = False

    def fetcher(self, limits: Limits) -> Fetcher | None:
        """What fetches, as much of each address as may be read; None where nothing is to be fetched."""
        if self.offline:
            return None
        from dateline.intake.fetch import Fetcher, FetchLimits, Pace

        return Fetcher(allowed=self.allowed, contact=self.contact, limits=FetchLimits.of(limits), pace=Pace())


def columns_given(options: list[str] | None) -> dict[str, str]:
    """Which column gives which field, as the options say. Raises OptionError for what is no field."""
    from dateline.errors import OptionError, did_you_mean
    from dateline.intake.records.fields import FIELDS

    given: dict[str, str] = {}
    for option in options or []:
        field, _, column = option.partition("=")
        if field not in FIELDS:
            raise OptionError(f"no field is called {field!r}", did_you_mean(field, FIELDS, what="fields"))
        if not column.strip() or field in given:
            raise OptionError(f"{option!r} names no column of its own", "write it once, as text=Body")
        given[field] = column.strip()
    return given


def coding_limits(limit: list[str] | None) -> CodingLimits:
    """What the options of a verb say of how much one report may cost."""
    from dateline.intake.limits import CodingLimits

    return CodingLimits().lifted(limit or [])
