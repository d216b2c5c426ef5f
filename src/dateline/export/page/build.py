"""The page as text: templates filled with strict escaping, style and script inlined and named by their hashes."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TextIO

from dateline.export.page.map import EventLink, draw, map_places
from dateline.export.page.spans import Ids
from dateline.export.page.views import report_view, types_of
from dateline.export.safe import visible
from dateline.export.statement import LIMITS, OUTLINES, Statement, number
from dateline.export.words import headline
from dateline.model import Coding

if TYPE_CHECKING:
    from jinja2 import Environment


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
    style, script = _asset("style.css"), _asset("script.js")
    template = _environment().get_template("page.html")
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
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    ):
        out.write(part)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(str(files("dateline").joinpath("export", "page", "templates"))),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )


def _shown(value: Any) -> Any:
    """Every text on its way into the page: no control character passes; markup of the templates' own does."""
    return visible(value) if type(value) is str else value


@cache
def _asset(name: str) -> Any:
    from markupsafe import Markup

    return Markup(files("dateline").joinpath("export", "page", name).read_text("utf-8"))


def _hash(asset: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(asset.encode('utf-8')).digest()).decode('ascii')}"
