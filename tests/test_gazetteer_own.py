"""Lists of places of one's own, and gazetteers built of a dump. The places are invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.errors import GazetteerError
from dateline.resolve.gazetteer import build as gazetteer_build
from dateline.resolve.gazetteer import geonames as gazetteer_geonames
from dateline.resolve.gazetteer import lookup as gazetteer_module
from dateline.resolve.gazetteer.geonames import build_with_dump, feature_classes, kind_of
from dateline.resolve.gazetteer.lookup import ALTERNATE, PRIMARY, USAGE, Gazetteer, load_gazetteer
from dateline.resolve.gazetteer.own import OwnPlaces, read_places
from dateline.resolve.gazetteer.write import Row
from dateline.resolve.places.find import resolve_spans

HEADER = "name,aliases,lat,lon,country,admin1,admin2,kind,population,source\n"


def _read(tmp_path: Path, text: str, name: str = "mine.csv") -> OwnPlaces:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_places(file)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A packaged gazetteer of four places and one division, so that building takes no time."""

    def packaged() -> Iterator[Row]:
        for number, name, admin1, point, people in [
            (1, "Alphaville", "North", (10.0, 20.0), 5000),
            (2, "Alphaville", "South", (12.0, 20.0), 90_000),
            (3, "Betatown", "North", (10.5, 20.0), 700),
        ]:
            row = Row(number, name, "town", "KE", admin1, None, point, people, "packaged")
            row.called(name, PRIMARY)
            row.called(f"{name}burg", ALTERNATE)
            yield row
        country = Row(9, "Kenya", "country", "KE", None, None, (11.0, 20.0), 10, "packaged")
        country.called("Kenya", USAGE)
        yield country

    monkeypatch.setattr(gazetteer_build, "packaged_rows", packaged)
    monkeypatch.setattr(gazetteer_geonames, "packaged_rows", packaged)
    monkeypatch.setattr(gazetteer_geonames, "division_names", lambda: {"KE.01": "North"})
    monkeypatch.setattr(gazetteer_module, "default_path", lambda: tmp_path / "cache" / "g.sqlite")
    yield tmp_path


def test_a_row_is_read_with_all_its_columns(tmp_path: Path) -> None:
    row = "Hill Camp,Camp Hill| Kambi ,-3.5,36.25,ke,North,Lower,site,1200,field notes\n"
    (place,) = _read(tmp_path, HEADER + row).places
    entry = place.entry
    assert place.keys == ("hill camp", "camp hill", "kambi")
    assert (entry.point, entry.country, entry.admin1, entry.admin2) == ((-3.5, 36.25), "KE", "North", "Lower")
    assert (entry.kind, entry.population, entry.source) == ("site", 1200, "mine.csv (field notes)")


def test_three_columns_are_enough_in_any_order_and_with_semicolons(tmp_path: Path) -> None:
    (place,) = _read(tmp_path, "\ufefflon;name;lat;remark\r\n36;Hill;-3;x\r\n").places
    assert (place.entry.name, place.entry.point, place.entry.kind) == ("Hill", (-3.0, 36.0), "town")


@pytest.mark.parametrize(
    ("row", "what", "mend"),
    [
        (",,1,2,,,,,,", "no name", "Write the name"),
        ("A town,,,2,,,,,,", "no lat", "degrees"),
        ('A town,,"1,5",2,,,,,,', "no number", "Write 1.5"),
        ("A town,,north,2,,,,,,", "no number", "minus for south"),
        ("A town,,nan,2,,,,,,", "not between", "Write degrees"),
        ("A town,,120,20,,,,,,", "not between -90 and 90", "exchanged"),
        ("A town,,1,200,,,,,,", "not between -180 and 180", "Write degrees"),
        ("A town,,0,0,,,,,,", "0, 0", "own latitude"),
        ("A town,,1,2,Kenya,,,,,", "no country code", "Write KE"),
        ("A town,,1,2,,,,village,,", "no kind", "site, town, district, province"),
        ("A town,,1,2,,,,,many,", "no whole number", "digits"),
        ("قرية,,1,2,,,,,,", "no name in Latin letters", "aliases"),
        ("A town,,1,2,,,,,,,more", "more cells", "quotation marks"),
        ("Good place,,1,2,,,,,,", "as in line 2", "Take one"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_mend_and_costs_itself_only(
    tmp_path: Path, row: str, what: str, mend: str
) -> None:
    read = _read(tmp_path, f"{HEADER}Good place,,1,2,,,,,,\n{row}\nAnother,,3,4,,,,,,\n")
    assert [place.entry.name for place in read.places] == ["Good place", "Another"]
    (problem,) = read.problems
    assert str(problem).startswith("mine.csv:3: ")
    assert what in str(problem) and mend in str(problem) and str(problem).endswith("The row is left out.")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("mine.csv", "name,latitude,lng\nA,1,2\n", "`latitude` as `lat` and `lng` as `lon`"),
        ("mine.csv", "", "name,aliases,lat,lon"),
        ("mine.xlsx", "PK", "CSV or GeoJSON"),
        ("mine.geojson", "{", "no JSON"),
        ("mine.geojson", "[" * 100_000, "no JSON"),
        ("mine.json", '{"places": []}', "FeatureCollection"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_mend(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(GazetteerError, match=told):
        _read(tmp_path, text, name)


def test_a_file_that_is_not_there_or_not_in_utf8_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        read_places(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"name,lat,lon\nM\xfcl,1,2\n")
    with pytest.raises(GazetteerError, match=r":2: .*UTF-8"):
        read_places(tmp_path / "latin.csv")


def test_a_column_that_looks_like_a_known_one_is_told_and_the_rows_are_used(tmp_path: Path) -> None:
    read = _read(tmp_path, "name,lat,lon,alias,remarks\nHill,1,2,x,y\n")
    assert len(read.places) == 1
    assert [str(p) for p in read.problems] == ["mine.csv:1: The column `alias` is not read. Did you mean `aliases`?"]


def test_geojson_points_are_places_and_other_shapes_are_told(tmp_path: Path) -> None:
    features: list[object] = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36, -3, 900]}, "properties": properties}
        for properties in ({"name": "Hill", "aliases": ["Kilima", "Mlima"], "KIND": "site", "population": 12.0}, None)
    ]
    features += [{"type": "Feature", "geometry": None, "properties": {"name": "x"}}, "junk"]
    read = _read(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}), "mine.geojson")
    (place,) = read.places
    assert place.keys == ("hill", "kilima", "mlima")
    assert (place.entry.point, place.entry.kind, place.entry.population) == ((-3.0, 36.0), "site", 12)
    assert [(p.unit, p.line) for p in read.problems] == [("feature", 2), ("feature", 3), ("feature", 4)]


@given(st.lists(st.lists(st.text(), max_size=11), max_size=6))
def test_whatever_stands_in_a_table_its_places_are_usable(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in table)
    file.write_text(HEADER + "\n".join(lines), encoding="utf-8", errors="replace")
    for place in read_places(file).places:
        assert -90 <= place.entry.lat <= 90 and -180 <= place.entry.lon <= 180
        assert place.keys and place.entry.name


def _over(folder: Path, *lists: str) -> Gazetteer:
    own = [_read(folder, HEADER + rows, f"list{i}.csv") for i, rows in enumerate(lists)]
    return Gazetteer.open(own=own)


def test_a_row_stands_in_for_the_same_place_under_all_its_names(small: Path) -> None:
    with _over(small, "Alphaville,,10.01,20.0,KE,North,,,,atlas\n") as gazetteer:
        found = gazetteer.lookup("Alphaville")
        assert [(e.own, e.lat) for e in found] == [(True, 10.01), (False, 12.0)]
        assert [(e.own, e.lat) for e in gazetteer.lookup("Alphavilleburg")] == [(False, 12.0), (True, 10.01)]
        ((entry, mine, apart),) = gazetteer.replaced()
        assert (entry.geonameid, mine.source) == (1, "list0.csv (atlas)")
        assert apart == pytest.approx(1.1, abs=0.1)


@pytest.mark.parametrize(
    ("row", "replaces"),
    [
        ("Betatown,,10.9,20.0,KE,north,,,,\n", True),
        ("Betatown,,10.6,20.0,,,,,,\n", True),
        ("Betatown,,10.9,20.0,KE,,,,,\n", False),
        ("Betatown,,10.5,20.0,UG,,,,,\n", False),
        ("Betatown,,10.5,20.0,KE,North,,site,,\n", False),
    ],
)
def test_what_is_the_same_place(small: Path, row: str, replaces: bool) -> None:
    with _over(small, row) as gazetteer:
        assert bool(gazetteer.replaced()) == replaces
        assert len(gazetteer.lookup("Betatown")) == (1 if replaces else 2)


def test_a_later_list_goes_over_an_earlier_one_and_numbers_stay_apart(small: Path) -> None:
    with _over(small, "Hill,,1,2,,,,,,\nDale,,3,4,,,,,,\n", "Hill,,1.01,2,,,,,,\n") as gazetteer:
        assert [e.lat for e in gazetteer.lookup("Hill")] == [1.01]
        assert len({e.id for name in ("Hill", "Dale") for e in gazetteer.lookup(name)}) == 2
        assert gazetteer.lookup("Alphaville")[0].population == 90_000


def test_names_of_own_towns_are_spelt_otherwise_too(small: Path) -> None:
    with _over(small, "Mikolaville,,1,2,KE,,,,,\n") as gazetteer:
        assert [e.name for e in gazetteer.similar("Mykolavile", "KE")] == ["Mikolaville"]


def _resolve(gazetteer: Gazetteer, text: str, *names: str) -> list[tuple[float | None, str]]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return [(place.lat, place.because[0].rule) for place in resolve_spans(text, spans, gazetteer)]


def test_an_own_place_is_preferred_and_its_list_is_named(small: Path) -> None:
    with _over(small, "Alphaville,,-5,30,UG,,,,,atlas\n") as gazetteer:
        ((lat, rule),) = _resolve(gazetteer, "A fire in Alphaville.", "Alphaville")
        assert lat == -5
        assert rule.startswith("gazetteer list0.csv (atlas): in a list of one's own")
        (other, _), _ = _resolve(gazetteer, "A fire in Alphaville, Kenya.", "Alphaville", "Kenya")
        assert other == 12.0


def test_bad_rows_are_told_when_a_list_is_loaded_but_not_without_end(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "bad.csv").write_text(HEADER + "x,,,,,,,,,\n" * 50 + "Hill,,1,2,,,,,,\n")
    with load_gazetteer([small / "bad.csv"]) as gazetteer:
        assert gazetteer.holds("Hill")
    err = capsys.readouterr().err
    assert err.count("bad.csv:") == 20 and "30 more" in err


def _line(number: int, name: str, letter: str, feature: str, *, lat: str = "10.0", names: str = "", people: str = "0",
          division: str = "01") -> str:  # fmt: skip
    cells = [str(number), name, name, names, lat, "20.0", letter, feature, "KE", "", division, "", "", "", people]
    return "\t".join([*cells, "", "", "Africa/Nairobi", "2024-01-01"]) + "\n"


def test_a_dump_is_built_in_with_the_packaged_places(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump = small / "KE.txt"
    dump.write_text(
        _line(1, "Alphaville", "P", "PPLA", lat="10.2", names="Alphastadt,AVL,alfavil", people="6000")
        + _line(50, "Gamma Prison", "S", "PRN")
        + _line(51, "Gamma River", "H", "STM", division="77")
        + "not\ta\tline\n"
        + _line(52, "Gammadorf", "P", "PPL", lat="ninety")
        + _line(53, "Gamma Reef", "U", "RFU")
        + _line(54, "Gammahaven", "P", "PPLC", division="77", people="12"),
        encoding="utf-8",
    )
    (small / "admin1CodesASCII.txt").write_text("KE.01\tOther name\tOther name\t7\nKE.77\tEast\tEast\t8\n")
    (small / "alternateNamesV2.txt").write_text(
        "1\t54\ten\tGamma Port\t1\t\t\t\t\t\n2\t54\tlink\tHttp\t\t\t\t\t\t\n3\t999\ten\tNobody\t\t\t\t\t\t\nshort\n"
    )
    built = build_with_dump(dump, small / "KE.sqlite")
    told = capsys.readouterr().err
    assert "KE.txt:4: 3 columns instead of 19" in told and "KE.txt:5: 'ninety'" in told
    assert "KE.txt: 7 lines read, 2 malformed" in told and "alternateNamesV2.txt: 4 lines read, 1 malformed" in told
    with load_gazetteer([built]) as gazetteer:
        alpha = next(e for e in gazetteer.lookup("Alphastadt"))
        assert (alpha.name, alpha.lat, alpha.population, alpha.feature) == ("Alphaville", 10.2, 6000, "PPLA")
        assert alpha.source == "GeoNames dump KE.txt"
        assert not gazetteer.holds("AVL") and not gazetteer.holds("Gamma Reef") and not gazetteer.holds("Gammadorf")
        (prison,) = gazetteer.lookup("Gamma Prison")
        assert (prison.kind, prison.feature, prison.admin1) == ("site", "PRN", "North")
        (river,) = gazetteer.lookup("Gamma River")
        assert (river.kind, river.admin1) == ("region", "East")
        (port,) = gazetteer.lookup("Gamma Port")
        assert (port.name, port.capital, port.rank) == ("Gammahaven", True, PRIMARY)
        assert not gazetteer.holds("Http")
        assert gazetteer.lookup("Betatown")[0].feature is None
    assert build_with_dump(dump, small / "again.sqlite").read_bytes() == built.read_bytes()


def test_only_the_classes_that_are_asked_for(small: Path) -> None:
    dump = small / "KE.txt"
    dump.write_text(_line(50, "Gamma Prison", "S", "PRN") + _line(51, "Gammadorf", "P", "PPL"))
    with load_gazetteer([build_with_dump(dump, small / "KE.sqlite", feature_classes("p, a"))]) as gazetteer:
        assert gazetteer.holds("Gammadorf") and not gazetteer.holds("Gamma Prison")
    with pytest.raises(GazetteerError, match="U: no such feature class"):
        feature_classes("P,U")


@pytest.mark.parametrize(
    ("letter", "feature", "kind"),
    [
        *(("P", "PPLX", "town"), ("A", "PCLI", "country"), ("A", "PCLH", "region"), ("A", "ADM1", "admin1")),
        *(("A", "ADM2", "admin2"), ("A", "ADM3", "admin3"), ("S", "SQR", "site"), ("R", "ST", "site")),
        *(("H", "LK", "area"), ("H", "SEA", "region"), ("T", "PK", "site"), ("T", "MTS", "region")),
        *(("L", "PRK", "area"), ("L", "MILB", "site"), ("V", "FRST", "area"), ("H", "SPNG", "site")),
    ],
)
def test_kinds_of_feature_codes(letter: str, feature: str, kind: str) -> None:
    assert kind_of(letter, feature) == kind


def test_a_line_without_end_costs_itself_only(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump = small / "KE.txt"
    dump.write_bytes(b"x" * 2_500_000 + b"\n\xff\xfe\n" + _line(51, "Gammadorf", "P", "PPL").encode())
    with load_gazetteer([build_with_dump(dump, small / "KE.sqlite")]) as gazetteer:
        assert gazetteer.holds("Gammadorf")
    assert "3 lines read, 2 malformed" in capsys.readouterr().err


def test_built_gazetteers_that_cannot_be_used_name_the_mend(small: Path) -> None:
    with pytest.raises(GazetteerError, match=r"no such file.*gazetteer build"):
        load_gazetteer([small / "none.sqlite"])
    (small / "KE.txt").write_text(_line(51, "Gammadorf", "P", "PPL"))
    built = build_with_dump(small / "KE.txt", small / "KE.sqlite")
    with pytest.raises(GazetteerError, match="only one"):
        load_gazetteer([built, small / "other.sqlite"])
    with pytest.raises(GazetteerError, match=r"Write .*KE\.db\.sqlite"):
        build_with_dump(small / "KE.txt", small / "KE.db")
    with pytest.raises(GazetteerError, match="unpacked"):
        build_with_dump(small / "UG.txt", small / "UG.sqlite")
    (small / "KE.zip").write_bytes(b"PK\x03\x04\xff\n")
    with pytest.raises(GazetteerError, match=r"no line is of the format.*unpacked"):
        build_with_dump(small / "KE.zip", small / "zip.sqlite")
    assert not (small / "zip.sqlite").exists()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gazetteer_module, "BUILDER_VERSION", -1)
        with pytest.raises(GazetteerError, match="another version"):
            load_gazetteer([built])


def test_the_commands(small: Path) -> None:
    run = CliRunner().invoke
    (small / "mine.csv").write_text(HEADER + "Betatown,,10.6,20.0,KE,North,,,9,atlas\nx,,,,,,,,,\n")
    checked = run(app, ["gazetteer", "check", str(small / "mine.csv")])
    assert checked.exit_code == 1
    assert ":3: " in checked.output and "stands in for Betatown (packaged), 11.1 km away" in checked.output
    shown = run(app, ["gazetteer", "show", "Betatown", "--gazetteer", str(small / "mine.csv")])
    assert "10.6, 20; 9 people; source: mine.csv (atlas)" in shown.output
    assert run(app, ["gazetteer", "show", "Nowhere"]).exit_code == 1
    info = run(app, ["gazetteer", "info", "--gazetteer", str(small / "mine.csv")])
    assert "mine.csv, a list of one's own: 1" in info.output
    assert run(app, ["gazetteer", "check", str(small / "none.csv")]).exit_code == 2
    assert run(app, ["gazetteer", "build", "--features", "P"]).exit_code == 2
    (small / "KE.txt").write_text(_line(51, "Gammadorf", "P", "PPL"))
    target = str(small / "KE.sqlite")
    assert run(app, ["gazetteer", "build", "--geonames", str(small / "KE.txt"), "-o", target]).exit_code == 0
    assert "GeoNames 51" in run(app, ["gazetteer", "show", "Gammadorf", "--gazetteer", target]).output
