"""A report that is not coded yet, as its text alone."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.export.page.segments import ShownBlock, shown_blocks
from dateline.export.page.views import about, web_address
from dateline.export.words import title_words
from dateline.review.deciding import codings_of
from dateline.review.deciding.holding import number_of
from dateline.review.reading.text import graphic_marks
from dateline.review.workspace import Workspace
from dateline.store.kept.reports import get_reports
from dateline.store.review.people import Person


@dataclass(frozen=True, slots=True)
class Plain:
    """A report's text and what is known of it; ``graphic`` counts the sentences that are blurred."""

    id: str
    title: str
    about: tuple[str, ...]
    url: str | None
    evidence: str | None
    language: str
    blocks: tuple[ShownBlock, ...]
    graphic: int


def plain_report(workspace: Workspace, report: str, person: Person) -> Plain | None:
    """A report of which there is no coding yet; None: there is one.

    Raises :class:`ReviewError` where there is no such report.
    """
    if codings_of(workspace, report, person):
        return None
    with workspace.project.database.reading() as db:
        [(_, found)] = get_reports(db, [number_of(db, report)])
    blurred = list(graphic_marks(found))
    return Plain(
        id=report,
        title=title_words(found),
        about=about(found),
        url=web_address(found.url),
        evidence=found.sha256,
        language=found.language or "",
        blocks=shown_blocks(found, blurred),
        graphic=len(blurred),
    )
