"""The filters that every list of rows, reports and events takes, with what each means."""

from __future__ import annotations

from dateline.review.api.models.base import Asked


class Filters(Asked):
    """All that are given must hold; of several values of one, one must."""

    words: str = ""
    """Words that the report or a value of the row has; several must all be there."""
    type: tuple[str, ...] = ()
    """A type of the codebook."""
    mode: tuple[str, ...] = ()
    """A mode of a type."""
    modality: tuple[str, ...] = ()
    """asserted, negated, planned, possible or hypothetical."""
    status: tuple[str, ...] = ()
    """suggested (by the machine alone), accepted, corrected, added or rejected."""
    state: tuple[str, ...] = ()
    """How far people are with the report: to do, in progress, help needed, ready for review or done."""
    place: tuple[str, ...] = ()
    """The name of the place."""
    admin1: tuple[str, ...] = ()
    """The first-order division that the place is in."""
    country: tuple[str, ...] = ()
    """The country that the place is in, as ISO 3166-1 alpha-2."""
    precision: tuple[str, ...] = ()
    """site, town, district, province, country, region or unknown."""
    since: str = ""
    """The event was on this day or later (ISO 8601)."""
    until: str = ""
    """The event was on this day or earlier (ISO 8601)."""
    published_since: str = ""
    """The report was published on this day or later (ISO 8601)."""
    published_until: str = ""
    """The report was published on this day or earlier (ISO 8601)."""
    publisher: tuple[str, ...] = ()
    """Who published the report."""
    interest: tuple[str, ...] = ()
    """What the project's list of publishers says of the publisher's interest."""
    said_by: tuple[str, ...] = ()
    """Who says so, by the report."""
    actor: tuple[str, ...] = ()
    """Who did it, by neutral name."""
    recipient: tuple[str, ...] = ()
    """To whom it was done, by neutral name."""
    counted: tuple[str, ...] = ()
    """A kind of number that the row states: killed, injured, arrested, participants, missing or displaced."""
    chance_from: str = ""
    """The least chance of the row, from 0 to 1."""
    chance_to: str = ""
    """The greatest chance of the row, from 0 to 1."""
    historical: str = ""
    """yes: background of long before the report's own story; no: the others."""
    flagged: str = ""
    """yes: somebody wants others to look at the report; no: the others."""
    confidential: str = ""
    """yes: marked as confidential; no: the others."""
    assigned: tuple[str, ...] = ()
    """An account that codes the report."""
    by: tuple[str, ...] = ()
    """Who reviewed the row."""
    report: tuple[str, ...] = ()
    """The id of the report."""
    event: tuple[str, ...] = ()
    """The id of the event that the row tells of."""
    suggestions: str = ""
    """yes: also rows below the bound from which on the machine shows them; only: these alone."""
