"""The page as text: every coding turned into what the templates show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dateline.export.page.fill import asset, environment, fingerprint
from dateline.export.page.map import EventLink, draw, map_places
from dateline.export.page.spans import Ids
from dateline.export.page.views import report_view, types_of
from dateline.export.statement import LIMITS, OUTLINES, Statement, number
from dateline.export.words import headline
from dateline.model import Coding


def write(codings: Iterable[Coding], out: TextIO) -> None:
    """One HTML file of all codings. It holds them at once: the map and the overview need every one."""
    everything = list(codings)
    statement = Statement()
    for coding in everything:
        statement.add(coding)
    types = types_of(everything)
    type_ids = {row.name: row.id for row in types}
    places = map_places(
        (event.place, EventLink(Ids(f"r{at}").event(n), headline(coding, event)))
        for at, coding in enumerate(everything, 1)
        for n, event in enumerate(coding.events, 1)
        if event.place
    )
    unplaced = statement.events - sum(len(place.events) for place in places)
    drawing = draw(places)
    style, script = asset("style.css"), asset("script.js")
    template = environment().get_template("page.html")
    for part in template.generate(
        heading=f"{number(statement.events, 'event mention')} in {number(statement.reports, 'report')}",
        limits=LIMITS,
        reports=[report_view(coding, at, type_ids) for at, coding in enumerate(everything, 1)],
        keyed=any(coding.events or coding.attributions or coding.places for coding in everything),
        places=places,
        drawing=drawing,
        rough=drawing is not None and any(dot.rough for dot in drawing.dots),
        unplaced=f"{number(unplaced, 'event mention')} without a place" if unplaced else "",
        outlines=OUTLINES,
        types=types,
        statement=statement.rows(),
        style=style,
        style_hash=fingerprint(style),
        script=script,
        script_hash=fingerprint(script),
    ):
        out.write(part)
