"""``dateline gazetteer``: build the file of places, look at it, and check lists of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import console
from dateline.cli.options import GazetteerOption

gazetteer_app = typer.Typer(
    help="The list of places that names are resolved against.",
    short_help="Build and check lists of places.",
    no_args_is_help=True,
)


@gazetteer_app.command("build", short_help="Build the gazetteer's file anew.")
def gazetteer_build(
    geonames: Annotated[
        Path | None,
        typer.Option("--geonames", metavar="FILE", help="A GeoNames dump, such as allCountries.txt or KE.txt."),
    ] = None,
    features: Annotated[
        str | None,
        typer.Option(
            "--features",
            metavar="CLASSES",
            help="The feature classes to take from the dump, such as P,A (all: A,H,L,P,R,S,T,V).",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write here; else the dump's name with the ending .sqlite."
        ),
    ] = None,
) -> None:
    """Build the gazetteer's file anew from the packaged sources, or one of your own from these and a GeoNames dump.

    \b
        dateline gazetteer build
        dateline gazetteer build --geonames KE.txt --features P,A
        dateline code report.html --gazetteer KE.sqlite
    """
    from dateline.resolve.gazetteer.geonames import build_with_dump, feature_classes
    from dateline.resolve.gazetteer.lookup import build_gazetteer

    if geonames is None:
        if features is not None:
            raise typer.BadParameter("it belongs to --geonames FILE", param_hint="--features")
        print(build_gazetteer(output))
    else:
        console.keep_apart(output, [geonames])
        print(build_with_dump(geonames, output, feature_classes(features)))


@gazetteer_app.command("info")
def gazetteer_info(gazetteer: GazetteerOption = None) -> None:
    """Show what the gazetteer holds, and from which sources."""
    from dateline.resolve.gazetteer.lookup import load_gazetteer

    with load_gazetteer(gazetteer or ()) as places:
        info = places.info()
    for key, value in info.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for name, number in value.items():
                print(f"    {name}: {number:,}")
        else:
            print(f"{key}: {value:,}" if isinstance(value, int) else f"{key}: {value}")


@gazetteer_app.command("show")
def gazetteer_show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, as a report has it.")],
    gazetteer: GazetteerOption = None,
) -> None:
    """Show the places that a name can mean. The exit code is 1 where there is none."""
    from dateline.resolve.gazetteer.lookup import load_gazetteer
    from dateline.resolve.places.names import candidates

    with load_gazetteer(gazetteer or ()) as places:
        found = candidates(name, places)
    for entry in found:
        inside = ", ".join(part for part in (entry.admin2, entry.admin1, entry.country) if part and part != entry.name)
        print(f"{entry.name} ({entry.kind}{f', {entry.feature}' if entry.feature else ''}; {inside or 'no country'})")
        number = f"; GeoNames {entry.geonameid}" if entry.geonameid else ""
        people = f"; {entry.population:,} people" if entry.population else ""
        print(f"    {entry.lat:g}, {entry.lon:g}{people}{number}; source: {entry.source}")
    if not found:
        print(f"No place is called {name!r} in the gazetteer: such a name stays a name without a point.")
        raise typer.Exit(1)


@gazetteer_app.command("check", short_help="Check a list of places.")
def gazetteer_check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or GeoJSON list of your own.")],
) -> None:
    """Check a list of places: which rows cannot be used, and which stand in for built-in places.

    The exit code is 1 where a row cannot be used, and 2 where the file cannot.
    """
    from dateline.resolve.gazetteer.lookup import Gazetteer
    from dateline.resolve.gazetteer.own import read_places

    places = read_places(file)
    with Gazetteer.open(own=[places]) as gazetteer:
        instead = gazetteer.replaced()
    for problem in places.problems:
        print(problem)
    names = sum(len(place.keys) for place in places.places)
    print(f"{file.name}: places that can be used: {len(places.places)}, with {names} names.")
    for entry, mine, apart in instead:
        print(f"    {mine.name} stands in for {entry.name} ({entry.source}), {apart:.1f} km away.")
    if places.problems:
        raise typer.Exit(1)
