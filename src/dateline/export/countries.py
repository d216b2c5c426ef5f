"""Countries in the codes of other lists, from ISO 3166-1 alpha-2; None where a list does not have one."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.export.formats.columns import read_facts

KOSOVO = "XK"
"""The code that GeoNames and others use for Kosovo, which ISO 3166-1 does not have."""


def alpha_2(told: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country that is told by one of its codes or by its English name."""
    import pycountry

    words = told.strip()
    if words.upper() == KOSOVO:
        return KOSOVO
    try:
        return str(pycountry.countries.lookup(words).alpha_2)
    except LookupError:
        return None


def iso3(alpha_2: str | None) -> str | None:
    """ISO 3166-1 alpha-3: FR is FRA."""
    country = _country(alpha_2)
    return str(country.alpha_3) if country else None


def iso_number(alpha_2: str | None) -> int | None:
    """ISO 3166-1 numeric: FR is 250."""
    country = _country(alpha_2)
    return int(country.numeric) if country else None


def cow_number(alpha_2: str | None) -> int | None:
    """The number of a state in the Correlates of War: FR is 220. Territories have none."""
    return _cow_numbers().get(iso3(alpha_2) or "")


@cache
def _country(alpha_2: str | None) -> Any:
    if not alpha_2:
        return None
    import pycountry

    return pycountry.countries.get(alpha_2=alpha_2)


@cache
def _cow_numbers() -> dict[str, int]:
    return {row["iso3"]: int(row["cow"]) for row in read_facts("correlates_of_war.tsv")}
