"""Two coders differ, and somebody settles it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.codebook import load_codebook
from dateline.corrections.values import Known
from dateline.errors import ConflictError, NotAllowedError, ReviewError
from dateline.model import Codes, Coding
from dateline.resolve.gazetteer.entry import Entry
from dateline.review.deciding import model
from dateline.review.deciding.decide import decide
from dateline.review.deciding.holding import held
from dateline.review.deciding.standing import set_state
from dateline.review.team.adjudicating import Wish, case_of, outcome_of, settle_case, settled_coding, waiting
from dateline.review.team.agreeing import Agreements, Asked, is_finished
from dateline.review.team.assigning import Wish as Dealt
from dateline.review.team.assigning import assign_query, everybody, reports_of, take_back
from dateline.review.team.dealing import deal
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.index.query import Query
from dateline.store.review.people import Person
from dateline.store.review.tables import accounts
from dateline.store.review.team import feed
from dateline.store.review.team.assignments import assign, assigned
from store_cases import project_with, told

ADA, BO, CY = Person("ada", "Ada A.", "coder"), Person("bo", "Bo B.", "coder"), Person("cy", "Cy C.", "adjudicator")
TEXTS = (
    told(4, "Arden", "Dockers marched", "Later on 5 May 2024, 12 clerks went on strike in Brook."),
    told(17, "Brook", "Teachers marched"),
    told(25, "Corrie", "Fishers marched"),
    told(26, "Corrie", "Bakers marched"),
)


class NoPlaces:
    """A gazetteer without a place: what is corrected keeps its name alone."""

    def lookup(self, name: str) -> tuple[Entry, ...]:
        return ()


@pytest.fixture
def workspace(tmp_path: Path, either: str) -> Iterator[Workspace]:
    with project_with(tmp_path / "p", *TEXTS) as project:
        with project.database.writing() as db:
            for one in (ADA, BO, CY):
                row = {"name": one.name, "shown": one.shown, "role": one.role, "counter": 0, "codes": [], "failures": 0}
                db.execute(insert(accounts).values(made=project.now(), preferences={}, **row))
        index = Index.open(project)
        index.catch_up()
        made = Workspace(project, index, None)
        made.known = Known(load_codebook("plover"), NoPlaces())
        yield made
        index.close()


def blind(workspace: Workspace) -> None:
    assign(workspace.project, {1: [ADA, BO]}, blind=True, by=CY)


def strike() -> model.Add:
    at = TEXTS[0].index("went on strike")
    return model.Add(at, at + len("went on strike"), "PROTEST", {"place": "Brook", "participants_best": "12"})


def differing(workspace: Workspace) -> None:
    """Ada moves the march; Bo accepts it and adds a strike."""
    blind(workspace)
    decide(workspace, "r0", [model.Correct("e1", {"place": "Brook", "actors": "dockers"})], ADA)
    decide(workspace, "r0", [model.Accept("e1"), strike()], BO)


def both_done(workspace: Workspace) -> None:
    differing(workspace)
    for person in (ADA, BO):
        set_state(workspace, "r0", "done", person)


def holding(workspace: Workspace) -> Coding:
    return next(coding for coding in workspace.project.codings() if coding.report.id == "r0")


def test_what_is_coded_blind_does_not_hold_and_waits(workspace: Workspace) -> None:
    differing(workspace)
    assert holding(workspace).coder.name == "hand"
    assert [(one.report, one.coders, one.done) for one in waiting(workspace)] == [("r0", 2, 0)]
    set_state(workspace, "r0", "done", ADA)
    assert [(one.coders, one.done) for one in waiting(workspace)] == [(2, 1)]
    assign(workspace.project, {2: [ADA, BO]}, blind=True, by=CY)
    for person in (ADA, BO):
        set_state(workspace, "r1", "done", person)
    assert [(one.report, one.done) for one in waiting(workspace)] == [("r1", 2), ("r0", 1)]
    with pytest.raises(NotAllowedError, match="you code this report blind"):
        case_of(workspace, "r0", BO)


def test_two_codings_beside_each_other(workspace: Workspace) -> None:
    both_done(workspace)
    case = case_of(workspace, "r0", CY)
    assert (case.left.coder, case.right.coder, case.settled) == ("Ada A.", "Bo B.", None)
    assert [one.coder for one in case.others] == ["Ada A.", "Bo B.", "hand 1"]
    march, strike = case.rows
    assert {one.field for one in march.fields if not one.is_alike} == {"place", "actors"}
    assert {one.field for one in march.fields if not one.is_same} == {"place", "actors"}
    place = next(one for one in march.fields if one.field == "place")
    assert place.cells["place"] == ("Brook", "Arden")
    assert (strike.left, strike.differs) == (None, True)
    assert strike.evidence.startswith("Later on 5 May")
    other = case_of(workspace, "r0", CY, left=case.others[2].number, right=case.left.number)
    assert (other.left.coder, other.right.coder) == ("hand 1", "Ada A.")
    with pytest.raises(ReviewError, match="no coder's last coding"):
        case_of(workspace, "r0", CY, left=999)
    with pytest.raises(ReviewError, match="only one coder"):
        case_of(workspace, "r1", CY)


def test_what_is_settled_holds(workspace: Workspace) -> None:
    both_done(workspace)
    case = case_of(workspace, "r0", CY)
    done = settle_case(workspace, case, {"row0": Wish(fields={"place": "right"})}, CY, why="The dateline says so.")
    now = holding(workspace)
    assert (now.coder.name, done.verb, held(workspace, "r0", CY).number) == ("Cy C.", "adjudicate", done.coding)
    march, strike = now.events
    assert (march.place and march.place.name, strike.place and strike.place.name) == ("Arden", "Brook")
    assert [actor.name for actor in now.actors if actor.id == march.actors[0].actor] == ["dockers"]
    assert [(c.kind, c.best) for c in strike.counts] == [("participants", 12)]
    assert all(event.because[-1].rule == "accepted by Cy C." for event in now.events)
    assert is_finished(now) and waiting(workspace) == ()
    line = workspace.index.reports(Query(report=("r0",))).lines[0]
    assert line.state == "done"
    assert case_of(workspace, "r0", CY).settled is not None


def test_rows_are_left_out_or_get_values_of_the_adjudicators_own(workspace: Workspace) -> None:
    both_done(workspace)
    case = case_of(workspace, "r0", CY)
    wishes = {"row0": Wish(own={"date": "2024-05-05"}), "row1": Wish(keep=False)}
    made = settled_coding(workspace, case, wishes, CY)
    [march] = made.events
    assert march.date is not None and march.date.edtf == "2024-05-05"
    assert march.because[-1].rule == "corrected by Cy C."
    assert [(out.quote, out.why) for out in made.left_out] == [("went on strike", "rejected by Cy C.")]
    none = settled_coding(workspace, case, {"row0": Wish(keep=False), "row1": Wish(keep=False)}, CY)
    assert none.events == () and len(none.left_out) == 2


def test_every_field_can_be_taken_from_the_other(workspace: Workspace) -> None:
    both_done(workspace)
    case = case_of(workspace, "r0", CY)
    every = {one.field: "right" for one in case.rows[0].fields}
    made = settled_coding(workspace, case, {"row0": Wish(fields=every)}, CY)  # type: ignore[arg-type]
    right = case.right_coding.events[0]
    # Codes of other schemes are worked out anew.
    taken, wanted = (replace(e, because=(), codes=Codes()) for e in (made.events[0], right))
    assert taken == wanted and made.events[0].codes.acled == "Peaceful protest"


def test_what_cannot_be_settled(workspace: Workspace) -> None:
    both_done(workspace)
    case = case_of(workspace, "r0", CY)
    with pytest.raises(NotAllowedError, match="ask an adjudicator"):
        settle_case(workspace, case, {}, ADA)
    with pytest.raises(ReviewError, match="no row 'row9'"):
        settle_case(workspace, case, {"row9": Wish()}, CY)
    with pytest.raises(ReviewError, match="no field 'colour'"):
        settle_case(workspace, case, {"row0": Wish(fields={"colour": "right"})}, CY)
    with pytest.raises(ReviewError, match="date"):
        settle_case(workspace, case, {"row0": Wish(own={"date": "some day"})}, CY)
    decide(workspace, "r0", [model.Accept("e1")], CY)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        settle_case(workspace, case, {}, CY)


def test_each_coder_sees_what_became_of_their_coding(workspace: Workspace) -> None:
    both_done(workspace)
    assert outcome_of(workspace, "r0", ADA) is None
    settle_case(workspace, case_of(workspace, "r0", CY), {"row0": Wish(fields={"place": "right"})}, CY)
    mine, other = outcome_of(workspace, "r0", ADA), outcome_of(workspace, "r0", BO)
    assert mine is not None and other is not None
    march, strike = mine.rows
    assert [one.field for one in march.fields if not one.is_alike] == ["place"] and strike.left is None
    assert [row.differs for row in other.rows] == [True, False]
    assert outcome_of(workspace, "r0", CY) is None
    reasons = {e.reason for e in feed.feed(workspace.project, ADA, mine=True).entries if e.verb == "adjudicate"}
    assert reasons == {"settled what you coded"}


def test_agreement_of_what_was_coded_blind(workspace: Workspace) -> None:
    differing(workspace)
    told = Agreements(workspace.project)
    found = told.of(Asked(resamples=0))
    assert (found.agreement.coders, found.agreement.reports, found.unfinished) == (("Ada A.", "Bo B."), 1, 0)
    fields = {one.field: one for one in found.agreement.fields}
    assert (fields["place"].units, fields["place"].same) == (1, 0)
    assert (found.agreement.rows, found.agreement.both) == (2, 1)
    assert told.of(Asked(resamples=0)) is found
    decide(workspace, "r0", [strike()], ADA)
    assert told.of(Asked(resamples=0)).agreement.both == 2
    with pytest.raises(ReviewError, match="between 0 and 1"):
        told.of(Asked(level=95))


def test_a_coding_with_rows_undecided_is_passed_over(workspace: Workspace) -> None:
    blind(workspace)
    decide(workspace, "r0", [model.Accept("e1")], ADA)
    decide(workspace, "r0", [strike()], BO)
    found = Agreements(workspace.project).of(Asked(resamples=0))
    assert (found.agreement.reports, found.unfinished) == (0, 1)
    with_machine = Agreements(workspace.project).of(Asked("machine", resamples=0))
    assert with_machine.agreement.coders == ("Ada A.", "hand 1")


def test_reports_are_dealt_evenly_and_the_same_again() -> None:
    dealt = deal(range(30), [ADA, BO, CY], each=2, seed=5)
    assert {len(set(several)) for several in dealt.values()} == {2}
    assert [sum(person in several for several in dealt.values()) for person in (ADA, BO, CY)] == [20, 20, 20]
    assert (
        dealt
        == deal(reversed(range(30)), [CY, ADA, BO], each=2, seed=5)
        != deal(range(30), [ADA, BO, CY], each=2, seed=6)
    )
    assert set(dealt.values()) == {(ADA, BO), (ADA, CY), (BO, CY)}
    with pytest.raises(ReviewError, match="2 people, and 1 are chosen"):
        deal([1], [ADA], each=2, seed=1)


def test_the_reports_of_a_query_are_assigned(workspace: Workspace) -> None:
    assert [person.name for person in everybody(workspace)] == ["ada", "bo", "cy"]
    corrie = Query(place=("Corrie",))
    assert reports_of(workspace, corrie) == (3, 4)
    done = assign_query(workspace, corrie, Dealt(("ada", "bo"), 2, True), CY)
    assert done.made == 4
    line = workspace.index.reports(Query(assigned=("ada",))).lines
    assert {one.id for one in line} == {"r2", "r3"}
    take_back(workspace, "r2", "ada", CY)
    assert [one.id for one in workspace.index.reports(Query(assigned=("ada",))).lines] == ["r3"]
    assign_query(workspace, Query(), Dealt(("cy",), 1, False, many=2, seed=3), CY)
    assert len(assigned(workspace.project, account="cy")) == 2


def test_what_cannot_be_assigned(workspace: Workspace) -> None:
    for query, wish, words in (
        (Query(), Dealt((), 1, False), "nobody is chosen"),
        (Query(), Dealt(("ada",), 1, True), "have two people or more"),
        (Query(), Dealt(("zoe",), 1, False), "nobody here is called 'zoe'"),
        (Query(place=("Paris",)), Dealt(("ada",), 1, False), "no report fits"),
    ):
        with pytest.raises(ReviewError, match=words):
            assign_query(workspace, query, wish, CY)
    with pytest.raises(ReviewError, match="more than 2 reports"):
        reports_of(workspace, Query(), most=2)


def test_the_command_tells_how_far_coders_agree(workspace: Workspace) -> None:
    folder = workspace.project.folder
    empty = CliRunner().invoke(app, ["agreement", "-p", str(folder)])
    assert empty.exit_code == 0 and "No report has been coded by two people" in empty.output
    differing(workspace)
    told = CliRunner().invoke(app, ["agreement", "-p", str(folder), "--resamples", "20", "--by", "batch"])
    assert told.exit_code == 0, told.output
    assert "Agreement of Ada A., Bo B.\n1 report, 2 events, 1 found by two or more" in told.output
    assert "Pair by pair\n" in told.output and "1 to 1" in told.output
    place = next(line for line in told.output.splitlines() if line.startswith("place"))
    assert place.split() == ["place", "0.00", "1", "0", "0", "nominal", "not", "reliable"]
    out = folder / "agreement.json"
    done = CliRunner().invoke(app, ["agreement", "-p", str(folder), "--among", "machine", "-o", str(out)])
    assert done.exit_code == 0, done.output
    made = json.loads(out.read_text("utf-8"))
    assert made["coders"] == ["Ada A.", "Bo B.", "hand 1"] and "not independent" in made["notes"][0]
    wrong = CliRunner().invoke(app, ["agreement", "-p", str(folder), "-f", "csv"])
    assert wrong.exit_code != 0 and "use one of table, json" in wrong.output
