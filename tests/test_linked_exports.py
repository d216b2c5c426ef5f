"""Events as others read them: sheets, ACLED's and POLECAT's columns, GeoJSON, annotations and provenance."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import PROV, RDF
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.export.formats import acled, polecat
from dateline.export.graph import annotations, provenance
from dateline.export.linked import elsewhere, geo, sheet
from dateline.export.statement import KeptBack
from dateline.export.tables import Reading
from dateline.export.tables.events import TellingEvent
from dateline.export.tables.stated import EventStatement
from dateline.link.events.accounts import accounts
from dateline.link.events.compare import compare
from dateline.link.model import Source
from dateline.model import Actor, Coding
from dateline.store.whole.events import Life
from export_cases import hostile_coding, water_coding, water_report
from review_cases import Desk, desk

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser takes it

CONTEXT = Path(__file__).with_name("web_annotation_context.json")
"""The terms of the standard's context that annotations use: a test asks no server for it."""
OA = Namespace("http://www.w3.org/ns/oa#")
DATELINE = Namespace("urn:dateline:term:")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("linked") / "p") as made:
        yield made


def event_told(*codings: Coding, nth: int = 0, id: str = "e1") -> TellingEvent:
    """An event that the n-th mention of each coding tells of."""
    told = []
    for number, coding in enumerate(codings):
        account = accounts(coding, Source(coding.report.publisher))[nth]
        told.append(replace(account, id=f"{number}{account.id}"))
    keys = {account.id: account.id for account in told}
    return TellingEvent(Life(id, "2024-06-01T12:00:00+00:00"), compare(id, told), keys)


def other_paper(coding: Coding) -> Coding:
    report = water_report(id="water-2", publisher="Other Paper", published="2020-01-20", url="https://other.example/w")
    return replace(coding, report=report)


def written(write: Any, *events: TellingEvent) -> str:
    out, statement = io.StringIO(newline=""), EventStatement(KeptBack())

    def counted() -> Iterator[TellingEvent]:
        for told in events:
            statement.add(told)
            yield told

    write(counted(), out, statement)
    return out.getvalue()


def graph_of(text: str) -> Graph:
    here = text.replace('"http://www.w3.org/ns/anno.jsonld"', json.dumps(CONTEXT.as_uri()))
    return Graph().parse(data=here, format="json-ld")


def test_a_sheet_of_events_is_safe_to_open() -> None:
    bad = hostile_coding()
    rows = list(csv.DictReader(io.StringIO(written(sheet.write, event_told(bad)), newline="")))
    assert list(rows[0]) == list(sheet.HEADER)
    for name, cell in rows[0].items():
        if name in {"latitude", "longitude"}:
            continue
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
        assert "\u202e" not in cell


def test_one_event_is_one_row_in_the_columns_of_acled_with_the_words_of_all_its_sources() -> None:
    coding = water_coding()
    first = replace(coding.events[0], codes=replace(coding.events[0].codes, acled="Peaceful protest"))
    coding = replace(coding, events=(first, *coding.events[1:]))
    told = event_told(coding, other_paper(coding), id="e77")
    [row] = csv.DictReader(io.StringIO(written(elsewhere.write_acled, told), newline=""))
    assert list(row) == list(acled.COLUMNS)
    assert (row["event_id_cnty"], row["event_type"], row["sub_event_type"]) == ("e77", "Protests", "Peaceful protest")
    assert row["event_date"] == "2020-01-17"
    assert (row["location"], row["country"], row["actor1"]) == ("Lyon", "France", "residents")
    assert row["source"] == "Sample Courier; Other Paper"
    assert row["report"] == "water-1 | water-2"
    assert row["fatalities"] == ""
    assert "2 reports by 2 independent sources" in row["notes"]


def test_one_event_is_one_row_in_the_columns_of_polecat() -> None:
    coding = water_coding()
    text = written(elsewhere.write_polecat, event_told(coding, other_paper(coding), id="e77"))
    [row] = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    assert list(row) == list(polecat.COLUMNS)
    assert (row["Event ID"], row["Event Type"], row["Event Date"]) == ("e77", coding.events[0].type, "2020-01-17")
    assert (row["City"], row["Country"], row["Actor Name"]) == ("Lyon", "FRA", "residents")
    assert row["Publication Date"] == "2020-01-19"


def test_what_is_denied_or_planned_is_in_neither() -> None:
    coding = water_coding()
    others = [n for n, event in enumerate(coding.events) if event.modality != "asserted"]
    assert others
    for nth in others:
        assert len(written(elsewhere.write_acled, event_told(coding, nth=nth)).splitlines()) == 1
        assert len(written(elsewhere.write_polecat, event_told(coding, nth=nth)).splitlines()) == 1


def test_geojson_has_a_feature_an_event_and_the_statement(table: Desk) -> None:
    done = CliRunner().invoke(app, ["export", "-p", str(table.project.folder), "--what", "events", "-f", "geojson"])
    told = json.loads(done.stdout)
    assert told["type"] == "FeatureCollection"
    assert len(told["features"]) == len(list(Reading(table.project).events()))
    for feature in told["features"]:
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    assert any(feature["geometry"] is None for feature in told["features"])
    assert told["statement"]["covered"].startswith("9 events told by 10 event mentions")
    assert json.loads(written(geo.write))["features"] == []


def test_annotations_pin_each_mention_to_its_words(table: Desk) -> None:
    out = io.StringIO()
    annotations.write(iter(()), out, reading=Reading(table.project))
    graph = graph_of(out.getvalue())
    told = list(graph.subjects(RDF.type, OA.Annotation))
    mentions = list(Reading(table.project).rows("mentions"))
    texts = {coding.report.id: coding.report.text for coding in table.project.codings()}
    assert len(told) == len(mentions)
    for annotation in told:
        body, target = graph.value(annotation, OA.hasBody), graph.value(annotation, OA.hasTarget)
        selectors = list(graph.objects(target, OA.hasSelector))
        [quote] = [s for s in selectors if (s, RDF.type, OA.TextQuoteSelector) in graph]
        [place] = [s for s in selectors if (s, RDF.type, OA.TextPositionSelector) in graph]
        start, end = (int(str(graph.value(place, term))) for term in (OA.start, OA.end))
        report = str(graph.value(body, DATELINE.report))
        assert texts[report][start:end] == str(graph.value(quote, OA.exact))
        assert str(graph.value(target, OA.hasSource)).startswith("urn:dateline:report:")
    assert {str(name) for name in graph.objects(None, DATELINE.mention)} == {row["mention"] for row in mentions}


def test_an_event_is_annotated_in_every_report_and_without_words_by_its_place_alone() -> None:
    coding = water_coding()
    graph = graph_of(written(annotations.write_events, event_told(coding, other_paper(coding))))
    [annotation] = graph.subjects(RDF.type, OA.Annotation)
    sources = {str(source) for source in graph.objects(None, OA.hasSource)}
    assert sources == {"https://courier.example/water", "https://other.example/w"}
    assert len(list(graph.objects(annotation, OA.hasTarget))) == 2
    from dateline.export.withheld import withheld

    graph = graph_of(written(annotations.write_events, event_told(withheld(coding))))
    assert not list(graph.subjects(RDF.type, OA.TextQuoteSelector))
    assert len(list(graph.subjects(RDF.type, OA.TextPositionSelector))) == 1


def test_provenance_leads_from_every_mention_to_its_report_and_whoever_coded_it(table: Desk) -> None:
    out = io.StringIO()
    provenance.write(iter(()), out, reading=Reading(table.project))
    graph = graph_of(out.getvalue())
    mentions = list(graph.subjects(RDF.type, DATELINE.Mention))
    assert len(mentions) == len(list(Reading(table.project).rows("mentions")))
    for mention in mentions:
        assert (mention, RDF.type, PROV.Entity) in graph
        report = graph.value(mention, PROV.wasDerivedFrom)
        coding = graph.value(mention, PROV.wasGeneratedBy)
        coder = graph.value(mention, PROV.wasAttributedTo)
        assert (coding, PROV.used, report) in graph
        assert (coding, PROV.wasAssociatedWith, coder) in graph
        assert (coder, RDF.type, PROV.SoftwareAgent) in graph
        assert (graph.value(report, PROV.wasAttributedTo), RDF.type, PROV.Organization) in graph
    assert (None, RDF.type, DATELINE.DataStatement) in graph


def test_provenance_of_an_event_names_its_mentions_and_what_it_takes_the_place_of() -> None:
    coding = water_coding()
    told = event_told(coding, other_paper(coding))
    told = replace(told, life=replace(told.life, replaces=("e0",)))
    graph = graph_of(written(provenance.write_events, told))
    event = URIRef("urn:dateline:event:e1")
    assert len(list(graph.objects(event, PROV.wasDerivedFrom))) == 2
    assert (event, PROV.wasRevisionOf, URIRef("urn:dateline:event:e0")) in graph
    assert str(graph.value(event, DATELINE.date_start)) == "2020-01-17"
    for mention in graph.objects(event, PROV.wasDerivedFrom):
        assert graph.value(mention, PROV.wasDerivedFrom) is not None


def test_whoever_reviewed_is_a_person() -> None:
    from dateline.corrections.values import said_of
    from dateline.model import CoderInfo

    coding = water_coding()
    by_hand = replace(
        coding,
        coder=CoderInfo("A. Editor", "1", "plover 1.0"),
        events=tuple(said_of(event, {}, "A. Editor") for event in coding.events),
    )
    out = io.StringIO()
    provenance.write([by_hand], out)
    graph = graph_of(out.getvalue())
    [person] = graph.subjects(RDF.type, PROV.Person)
    assert str(graph.value(person, DATELINE.name)).startswith("A. Editor")


def test_hostile_words_are_data_in_linked_data() -> None:
    bad = hostile_coding()
    actor = Actor("zz", '"}],"@graph":[{"@id":"x"}]')
    told = event_told(replace(bad, actors=(*bad.actors, actor)))
    for write in (annotations.write_events, provenance.write_events):
        assert len(graph_of(written(write, told))) > 0
