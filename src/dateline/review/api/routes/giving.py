"""Files for others: the codings that hold in every format there is, without what is confidential."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path as FilePath
from tempfile import NamedTemporaryFile
from typing import Annotated, Literal, TextIO, cast

from fastapi import Path, Query, Response
from fastapi.responses import FileResponse, HTMLResponse
from starlette.background import BackgroundTask

from dateline.errors import NotThereError, UnknownFormatError
from dateline.export.leaving.writing import writer_of
from dateline.export.registry import exporters
from dateline.export.statement import KeptBack
from dateline.export.tables.reading import Reading
from dateline.review.api.models.events import FormatTold
from dateline.review.api.paging import Filters
from dateline.review.api.routing import lines_of, room
from dateline.review.blind import all_seen
from dateline.review.guard.who import Here, Reader
from dateline.review.showing.publish import publish
from dateline.review.web.files import html_file
from dateline.review.web.problems import answers

router = room("giving out")


@router.get("/exports", operation_id="list_formats")
def formats(_here: Here, _person: Reader) -> list[FormatTold]:
    """The formats that the project can be written in."""
    return [FormatTold(name=name, media_type=_media_type(name)) for name in exporters()]


@router.get(
    "/exports/{format}",
    operation_id="export",
    response_class=FileResponse,
    responses={**lines_of("*/*"), **answers(404)},
)
def export(
    here: Here,
    _person: Reader,
    format: Annotated[str, Path(min_length=1, max_length=60, description="The name of a format.")],
    quotes: Annotated[
        Literal["keep", "withhold"], Query(description="withhold: without the words of the reports.")
    ] = "keep",
) -> FileResponse:
    """The codings that hold, written in a format, without what is confidential and without names of private people.

    How much was left out is told in the header `Dateline-Left-Out`.
    """
    all_seen(here)
    kept_back = KeptBack()
    try:
        reading = Reading(here.project, quotes=quotes == "keep", kept_back=kept_back)
        write = writer_of(format, reading)
    except UnknownFormatError as error:
        raise NotThereError(str(error)) from error
    with NamedTemporaryFile("w", prefix="dateline-", encoding="utf-8", newline="", delete=False) as out:
        file = FilePath(out.name)
        try:
            write(reading.codings(), cast(TextIO, out))
        except BaseException:
            file.unlink()
            raise
    headers = {"Dateline-Left-Out": str(kept_back)} if kept_back else {}
    sent = BackgroundTask(file.unlink)
    return FileResponse(file, media_type=_media_type(format), headers=headers, background=sent)


@router.get("/published", operation_id="publish", response_class=HTMLResponse, responses=lines_of("text/html"))
def publish_view(
    here: Here,
    person: Reader,
    filters: Filters,
    view: Annotated[str, Query(max_length=100, description="The part of the world that the map shows.")] = "",
    title: Annotated[str, Query(max_length=200, description="What stands above it.")] = "",
) -> Response:
    """The map, the time line and the rows that fit as one page for others, without names of private people.

    The log says who took it, and of what view.
    """
    return html_file(publish(here, filters, person, view=view, title=title), "published.html")


def _media_type(format: str) -> str:
    """The media type of a format by its name; a table of another name is text."""
    match format:
        case "parquet":
            return "application/vnd.apache.parquet"
        case "duckdb":
            return "application/octet-stream"
        case "annotations" | "jsonld":
            return "application/ld+json"
    return guess_type(f"x.{format.partition('-')[0]}")[0] or "text/plain"
