from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.codebook.crosswalk.precision import of_date, of_place, with_precision
from dateline.model import Because, Codes, Date, DatePrecision, Place, PlacePrecision


def place(precision: PlacePrecision, *, point: bool = True, country: str | None = "PL") -> Place:
    lat, lon = (52.2, 21.0) if point else (None, None)
    return Place(0, 6, "Warsaw", "Warsaw", None, country, None, lat, lon, precision)


def date(edtf: str | None, precision: DatePrecision = "day") -> Date:
    return Date(0, 6, "Monday", edtf, precision, "as written")


@pytest.mark.parametrize(
    ("found", "acled", "ucdp"),
    [
        (place("site"), 1, 1),
        (place("town"), 1, 1),
        (place("district"), 2, 3),
        (place("province", point=False), 3, 4),
        (place("region"), 3, 5),
        (place("country"), None, 6),
        (place("region", country=None), None, None),
        (place("town", point=False), None, None),
        (place("unknown"), None, None),
        (None, None, None),
    ],
)
def test_places(found: Place | None, acled: int | None, ucdp: int | None) -> None:
    codes = of_place(found)
    assert (codes.acled, codes.ucdp) == (acled, ucdp)


@pytest.mark.parametrize("precision", ["site", "town", "district", "country"])
def test_no_wording_of_a_reason_changes_a_code(precision: PlacePrecision) -> None:
    told = (Because("place", "a site, at the point of the division or country that the text puts it in", "Mazovia"),)
    assert of_place(replace(place(precision), because=told)) == of_place(place(precision))


@pytest.mark.parametrize(
    ("edtf", "acled", "ucdp"),
    [
        ("2020-01-17", 1, 1),
        ("2020-01-17T15:00:00", 1, 1),
        ("2023-03-23~", 2, 2),
        ("2020-01-17/2020-01-19", 2, 2),
        ("2020-01-13/2020-01-18", 2, 2),
        ("2020-01-13/2020-01-19", 2, 3),
        ("2020-01-13/2020-01-20", 3, 4),
        ("2020-01", 3, 4),
        ("2020-01~", 3, 4),
        ("2020-21", None, 5),
        ("2020", None, 5),
        ("199X", None, None),
        ("../2020-01-17", None, None),
        ("2020-01-17/..", None, None),
        ("XXXX-01-17", None, None),
        (None, None, None),
    ],
)
def test_dates(edtf: str | None, acled: int | None, ucdp: int | None) -> None:
    codes = of_date(date(edtf))
    assert (codes.acled, codes.ucdp) == (acled, ucdp)


def test_codes_of_other_kinds_stay() -> None:
    found = with_precision(Codes(cameo="14", quad=3), place("town"), date("2020"))
    assert found == Codes(
        cameo="14", quad=3, acled_geo_precision=1, acled_time_precision=None, ucdp_where_prec=1, ucdp_date_prec=5
    )
    assert with_precision(Codes(), None, None) == Codes()
