"""The codes of other schemes that exist: a crosswalk may give no other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dateline.codebook.reading.fields import Fields
from dateline.errors import did_you_mean
from dateline.files.yaml_tree import Mapping


@cache
def cameo_codes() -> frozenset[str]:
    """Every CAMEO event code; codes are text ("010" is not 10)."""
    return frozenset(_lines("cameo_codes.txt"))


@cache
def acled_sub_events() -> dict[str, str]:
    """Every ACLED sub-event type, with its event type."""
    rows = (line.split("\t") for line in _lines("acled_sub_events.txt"))
    return {sub_event: event for event, sub_event, _ in rows}


@cache
def acled_disorders() -> dict[str, str]:
    """The type of disorder that ACLED counts each sub-event type under."""
    rows = (line.split("\t") for line in _lines("acled_sub_events.txt"))
    return {sub_event: disorder for _, sub_event, disorder in rows}


def read_cameo(fields: Fields, entry: Mapping, key: str, *, required: bool = False) -> str | None:
    """The CAMEO code under ``key``; a code that does not exist is a fault."""
    code = fields.text(entry, key, required=required) or None
    if code is not None and code not in cameo_codes():
        mend = did_you_mean(code, cameo_codes(), what="codes") + ' Codes stand between quotation marks: "010".'
        fields.problem(entry.lines[key], f"There is no CAMEO code {code!r}.", mend)
    return code


def _lines(name: str) -> list[str]:
    text = (files("dateline.codebook.builtin") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
