from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import GazetteerError
from dateline.lang.name_keys import demonym, fold, rows, spelling
from dateline.resolve.gazetteer import build as gazetteer_build
from dateline.resolve.gazetteer import lookup as gazetteer_module
from dateline.resolve.gazetteer.build import _members
from dateline.resolve.gazetteer.lookup import PRIMARY, USAGE, Gazetteer, default_path
from dateline.resolve.gazetteer.points import country_point, distance_km, hull_centre, outline_centre
from dateline.resolve.gazetteer.write import Row


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("São Paulo", "sao paulo"),
        ("St. Petersburg", "saint petersburg"),
        ("the West Bank", "west bank"),
        ("Masjed-Soleymān", "masjed soleyman"),
        ("N’Djamena", "ndjamena"),
        ("Øresund", "oresund"),
        ("W.Va.", "wva"),
        ("تهران", ""),
        ("St.", "st"),
        ("", ""),
    ],
)
def test_names_fold_to_one_key(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text())
def test_folding_twice_changes_nothing_and_keys_are_plain(name: str) -> None:
    key = fold(name)
    assert key.isascii()
    assert key == key.strip()
    assert fold(key.removeprefix("the ")) in {key.removeprefix("the "), fold(key)}


@pytest.mark.parametrize(("one", "other"), [("fassa", "fasa"), ("mikolayiv", "mykolayiv"), ("quneitra", "kuneitra")])
def test_other_spellings_agree(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


def test_another_name_is_not_another_spelling() -> None:
    assert spelling("kentford") != spelling("kennford")
    assert spelling("red mill") != spelling("red hill")


@pytest.mark.parametrize(
    ("word", "target"),
    [("Iranian", "IR"), ("Iranians", "IR"), ("British", "GB"), ("Scots", "GB/Scotland"), ("European", "continent:EU")],
)
def test_demonyms(word: str, target: str) -> None:
    assert demonym(word) == target


def test_a_country_is_no_demonym() -> None:
    assert demonym("Iran") is None


@pytest.mark.parametrize("table", ["demonyms.tsv", "place_names.tsv", "regions.tsv"])
def test_the_tables_hold_no_coordinates(table: str) -> None:
    for left, right in rows(table):
        assert left.strip() and right.strip()
        assert not any(c.isdigit() for c in right)


def test_members_of_a_region_may_be_divisions_with_spaces() -> None:
    assert _members("IR PS/Gaza Strip US/New York IQ") == ["IR", "PS/Gaza Strip", "US/New York", "IQ"]


def test_distance() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert distance_km((10, 20), (10, 20)) == 0


def test_the_centre_of_a_square_is_its_middle_however_its_points_crowd() -> None:
    crowded = [(0.0, 0.0)] * 9 + [(0.0, 2.0), (2.0, 0.0), (2.0, 2.0), (0.1, 0.1)]
    assert hull_centre(crowded) == pytest.approx((1.0, 1.0))


def test_the_centre_of_points_in_a_line_is_their_mean() -> None:
    assert hull_centre([(0.0, 0.0), (1.0, 1.0)]) == (0.5, 0.5)


def test_the_largest_landmass_counts() -> None:
    small = [(50.0, 50.0), (50.0, 51.0), (51.0, 51.0), (51.0, 50.0)]
    large = [(-1.0, -5.0), (-1.0, 5.0), (1.0, 5.0), (1.0, -5.0)]
    assert outline_centre([small, large]) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert outline_centre([]) is None


def test_a_country_of_several_parts_keeps_its_customary_point() -> None:
    assert country_point((0.0, 0.0), (1.0, 1.0), [])[0] == (1.0, 1.0)
    assert country_point((0.0, 0.0), (20.0, 20.0), [])[0] == (0.0, 0.0)
    assert country_point(None, None, [])[0] is None


def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gazetteer of three places, so that building takes no time."""

    def places() -> list[Row]:
        out = []
        for i, (name, kind, country, people) in enumerate(
            [("Alphaville", "town", "AA", 1000), ("Alphaville", "town", "BB", 5000), ("Alphia", "country", "AA", 9000)]
        ):
            row = Row(i, name, kind, country, None, None, (float(i), 1.0), people, "test")
            row.called(name, USAGE if kind == "country" else PRIMARY)
            out.append(row)
        return out

    monkeypatch.setattr(gazetteer_build, "packaged_rows", places)


def test_building_opening_and_looking_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _small(monkeypatch)
    path = tmp_path / "deep" / "g.sqlite"
    with Gazetteer.open(path) as gazetteer:
        assert [e.country for e in gazetteer.lookup("ALPHAVILLE")] == ["BB", "AA"]
        assert gazetteer.lookup("Nowhere") == ()
        assert gazetteer.lookup("ألفا") == ()
        country = gazetteer.country("AA")
        assert country is not None and country.name == "Alphia"
        assert gazetteer.info()["places"] == 3
    assert [p.name for p in path.parent.iterdir()] == ["g.sqlite"]


def test_two_builds_are_byte_identical(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _small(monkeypatch)
    one = gazetteer_module.build_gazetteer(tmp_path / "1").read_bytes()
    assert one == gazetteer_module.build_gazetteer(tmp_path / "2").read_bytes()


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 99, b"cut"])
def test_a_damaged_file_is_built_anew_with_a_notice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: bytes
) -> None:
    _small(monkeypatch)
    path = tmp_path / "g.sqlite"
    whole = gazetteer_module.build_gazetteer(path).read_bytes()
    capsys.readouterr()
    path.write_bytes(whole[: len(whole) // 2] if damage == b"cut" else damage)
    with Gazetteer.open(path) as gazetteer:
        assert gazetteer.holds("Alphaville")
    assert "damaged" in capsys.readouterr().err
    assert path.read_bytes() == whole


def test_damage_found_while_reading_names_the_mend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _small(monkeypatch)
    with Gazetteer.open(tmp_path / "g.sqlite") as gazetteer:
        gazetteer._db.close()
        gazetteer._db = sqlite3.connect(":memory:")
        with pytest.raises(GazetteerError, match="gazetteer build"):
            gazetteer.lookup("Alphaville")
        gazetteer._db.close()


def test_a_directory_that_cannot_be_written_names_the_mend(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(GazetteerError, match="DATELINE_CACHE"):
        Gazetteer.open(blocked / "g.sqlite")


def test_a_failed_build_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> list[Row]:
        raise RuntimeError("no data")

    monkeypatch.setattr(gazetteer_build, "packaged_rows", broken)
    with pytest.raises(RuntimeError):
        gazetteer_module.build_gazetteer(tmp_path / "g.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_the_cache_directory_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert default_path().parent == tmp_path


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Tehran", "town", "IR"),
        ("U.S.", "country", "US"),
        ("Franklin County", "admin2", "US"),
        ("W.Va.", "admin1", "US"),
        ("Gaza Strip", "admin1", "PS"),
        ("Darfur", "region", "SD"),
        ("Africa", "continent", None),
        ("Burma", "country", "MM"),
        ("England", "admin1", "GB"),
        ("Upper Volta", "country", "BF"),
        ("Xinjiang", "admin1", "CN"),
        ("South Ossetia", "region", "GE"),
        ("Somaliland", "region", "SO"),
        ("Czechoslovakia", "region", None),
        ("Mediterranean Sea", "region", None),
        ("Leningrad", "town", "RU"),
    ],
)
def test_kinds_of_places(gazetteer: Gazetteer, name: str, kind: str, country: str | None) -> None:
    assert (kind, country) in {(e.kind, e.country) for e in gazetteer.lookup(name)}


@pytest.mark.model
def test_every_row_of_the_tables_refers_to_a_place(gazetteer: Gazetteer) -> None:
    for table in ("demonyms.tsv", "place_names.tsv"):
        assert [row for row in rows(table) if gazetteer.referent(row[1]) is None] == []
    members = [m for _, text in rows("regions.tsv") for m in _members(text)]
    assert [m for m in members if gazetteer.referent(m) is None] == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "country"), [("Astana", "KZ"), ("Ulan Bator", "MN"), ("Stanley", "FK"), ("Hamilton", "BM"), ("Rome", "IT")]
)
def test_every_country_has_one_capital_however_small_or_spelt(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert [e.capital for e in gazetteer.lookup(name) if e.country == country and e.kind == "town"].count(True) == 1


@pytest.mark.model
def test_divisions_have_their_feature_code_and_towns_none(gazetteer: Gazetteer) -> None:
    assert {(e.kind, e.feature) for e in gazetteer.lookup("Nablus")} == {("admin1", "ADM1"), ("town", None)}


@pytest.mark.parametrize("table", ["demonyms.tsv", "place_names.tsv", "regions.tsv"])
def test_no_name_stands_twice_in_a_table(table: str) -> None:
    names = [row for row in rows(table) if table != "place_names.tsv" or row[0] != "Congo"]
    assert len({name for name, _ in names}) == len(names)


@pytest.mark.model
def test_the_file_is_small_and_names_its_sources(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    assert isinstance(info["bytes"], int) and info["bytes"] < 80_000_000
    assert isinstance(info["sources"], dict) and all(info["sources"])
    assert gazetteer.similar("Fasssa", "IR")[0].name == "Fasā"
