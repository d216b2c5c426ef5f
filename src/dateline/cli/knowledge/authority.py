"""``dateline authority``: look at the list of actors, and check one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import AuthorityOption

if TYPE_CHECKING:
    from dateline.resolve.authority.lists import Entry, Standing

authority_app = typer.Typer(
    help="The list of actors: neutral names, other names, and what they were when.",
    short_help="The list of actors, and who is meant by a name.",
    no_args_is_help=True,
)


@authority_app.command("list")
def authority_list(
    authority: AuthorityOption = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="Only actors of this country (ISO 3166-1, as KE).")
    ] = None,
) -> None:
    """Print the list as CSV: a file of your own can begin from it.

    \b
        dateline authority list --country KE > actors.csv
    """
    import csv
    import sys

    from dateline.resolve.authority.file import COLUMNS
    from dateline.resolve.authority.lists import load_authority

    known = load_authority(authority)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for entry in known.entries:
        if country is None or country.upper() in entry.countries:
            out.writerows(_row(entry, standing) for standing in entry.standings)


@authority_app.command("show")
def authority_show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, acronym or other name, as a report has it.")],
    authority: AuthorityOption = None,
) -> None:
    """Show who is meant by a name. The exit code is 1 where the list has nobody of that name."""
    from dateline.resolve.authority.lists import load_authority

    found = load_authority(authority).named(name)
    for entry in found:
        print(f"{entry.name} ({entry.kind}; {entry.list_name})")
        if entry.aliases:
            print(f"    also: {'; '.join(entry.aliases)}")
        for standing in entry.standings:
            print(f"    {_told(standing)}")
        if entry.source:
            print(f"    source: {entry.source}")
    if len(found) > 1:
        print("Several share the name: the country in the words or in the report tells them apart.")
    if not found:
        print(f"Nobody is called {name!r} in the list: such a name is resolved within the report.")
        raise typer.Exit(1)


@authority_app.command("check")
def authority_check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV list of your own.")],
) -> None:
    """Check a list, and tell which of its names others bear too. The exit code is 2 where it cannot be used."""
    from dateline.resolve.authority.lists import built_in_authority, read_authority

    mine = read_authority(file)
    names = {name for entry in mine.entries for name in entry.names}
    dated = sum(standing.dated for entry in mine.entries for standing in entry.standings)
    print(f"{file.name}: {len(mine.entries)} actors with {len(names)} names; rows with dates: {dated}.")
    for name in sorted(names):
        if len(shared := mine.named(name)) > 1:
            print(f"    {name!r} is shared by {', '.join(entry.name for entry in shared)}; their countries decide.")
        elif other := [e.name for e in built_in_authority().named(name) if e.name != shared[0].name]:
            print(f"    {name!r} means {shared[0].name} now, no longer {', '.join(other)}.")


def _row(entry: Entry, standing: Standing) -> tuple[str, ...]:
    values = (standing.country, standing.sector, standing.role, standing.start, standing.end)
    return (entry.name, "|".join(entry.aliases), entry.kind, *(value or "" for value in values), entry.source)


def _told(standing: Standing) -> str:
    what = ", ".join(filter(None, (standing.role, standing.country, standing.sector))) or "neither country nor sector"
    return f"{what} ({standing.start or ''}..{standing.end or ''})" if standing.dated else what
