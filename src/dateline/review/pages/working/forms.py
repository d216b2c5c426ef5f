"""Forms whose fields depend on what they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

MOST_FIELDS = 20_000
"""Fields of one form: a report of a thousand events that two people coded has fewer."""


async def _read(request: Request) -> Mapping[str, str]:
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


Fields = Annotated[Mapping[str, str], Depends(_read)]
"""What was sent, by the names of the fields; of several of one name the last."""
