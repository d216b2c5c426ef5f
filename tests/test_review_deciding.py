"""Decisions on rows: what holds after each, what is kept of it, and what is refused by name."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from correction_cases import KNOWN, NOON, code_by
from dateline.corrections import apply
from dateline.errors import ConflictError, NotAllowedError, ReviewError
from dateline.export.formats.sheet import write
from dateline.export.words import according_to, reviewed, sentence
from dateline.model import Coding
from dateline.review.deciding import (
    Accept,
    Add,
    Correct,
    Done,
    Merge,
    Refused,
    Reject,
    Restore,
    Split,
    can_undo,
    codings_of,
    decide,
    decide_many,
    flag,
    held,
    history,
    machine_coding,
    redo,
    resuggested,
    set_state,
    settle,
    standing_of,
    undo,
)
from dateline.review.workspace import Workspace
from dateline.store.kept.codings import BLIND, BY_HAND
from dateline.store.kept.corrections import changes, holding
from dateline.store.review.people import Person
from deciding_cases import ANN, BOB, EVE, READER, blindly, ids, now, row
from export_cases import TEXT, at


def holds(workspace: Workspace, report: str = "one") -> Coding:
    return next(one.coding for one in holding(workspace.project) if one.coding.report.id == report)


def whats(done: Done) -> list[tuple[str, str]]:
    return [(change.what, change.about) for change in done.changes]


def test_accepting_a_row_makes_a_coding_of_the_persons_own_and_leaves_the_others_as_suggestions(
    work: Workspace,
) -> None:
    before = now(work)
    done = decide(work, "one", [Accept("e2")], ANN, why="two sources say so")
    after = holds(work)
    assert [reviewed(event) for event in after.rows] == [None, "accepted by Ann", *[None] * 5]
    assert (after.coder.name, after.coder.codebook) == ("Ann", before.coder.codebook)
    assert [replace(event, because=()) for event in after.rows] == [replace(e, because=()) for e in before.rows]
    assert (done.coding, whats(done), done.rows) == (4, [("accepted", "one#e2")], ("e2",))
    [act] = history(work, "one")
    assert (act.number, act.report, act.who, act.account, act.made) == (done.act, "one", "Ann", "ann", NOON)
    assert (act.verb, act.rows, act.before, act.after, act.why) == ("accept", ("e2",), 1, 4, "two sources say so")
    [logged] = changes(work.project)
    assert (logged.who, logged.change.what, logged.change.about) == ("Ann", "accepted", "one#e2")


def test_what_is_accepted_already_is_not_accepted_again_by_the_same_person_but_by_another(work: Workspace) -> None:
    first = decide(work, "one", [Accept("e2")], ANN)
    again = decide(work, "one", [Accept("e2")], ANN)
    assert (again.act, again.coding, again.changes) == (0, first.coding, ())
    assert decide(work, "one", [Accept("e2")], BOB).act
    assert reviewed(row(holds(work), "e2")) == "accepted by Bob"


def test_a_suggestion_that_is_accepted_becomes_an_event_where_the_text_tells_it(work: Workspace) -> None:
    decide(work, "one", [Accept("e7")], ANN)
    after = holds(work)
    assert ids(after) == ["e1", "e2", "e3", "e7", "e4", "e5", "e6"] and after.suggestions == ()


def test_a_corrected_value_holds_and_says_what_it_was(work: Workspace) -> None:
    done = decide(
        work, "one", [Correct("e2", {"arrested_low": "20", "arrested_best": "21", "place": " Bordeaux "})], ANN
    )
    event = row(holds(work), "e2")
    assert (event.place.name, event.place.geonameid, event.counts[0].low) == ("Bordeaux", 3031582, 20)
    told = {(change.column, change.old, change.new) for change in done.changes}
    assert {("place", "Bellecour, Lyon", "Bordeaux"), ("arrested_low", "12", "20")} <= told
    assert reviewed(event) == "corrected by Ann"


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({"place": "Lyon", "latitude": "95"}, "are no degrees"),
        ({"type": "PROTESTS"}, "Did you mean 'PROTEST'"),
        ({"colour": "red"}, "'colour' is no value that is corrected"),
        ({"sentence": "Something else"}, "'sentence' is no value that is corrected"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_mend_and_nothing_is_kept(
    work: Workspace, edits: dict[str, str], says: str
) -> None:
    with pytest.raises(ReviewError, match=says):
        decide(work, "one", [Accept("e1"), Correct("e2", edits)], ANN)
    assert (held(work, "one", ANN).number, history(work, "one"), list(changes(work.project))) == (1, (), [])


def test_a_rejected_row_is_kept_as_left_out_with_who_said_so(work: Workspace) -> None:
    done = decide(work, "one", [Reject("e3"), Reject("e7")], ANN)
    after = holds(work)
    assert ids(after) == ["e1", "e2", "e4", "e5", "e6"] and after.suggestions == ()
    assert [(one.quote, one.why) for one in after.left_out if "Ann" in one.why] == [
        ("beat", "rejected by Ann"),
        ("admitted", "rejected by Ann"),
    ]
    assert whats(done) == [("rejected", "one#e3"), ("rejected", "one#e7")]


def test_a_report_all_of_whose_rows_are_rejected_says_so(work: Workspace) -> None:
    decide(work, "one", [Reject(event.id) for event in now(work).events], ANN)
    assert [note.code for note in holds(work).notes] == ["all-rejected"]


def test_a_row_is_split_into_events_of_which_the_first_keeps_its_id(work: Workspace) -> None:
    before = row(now(work), "e1")
    done = decide(work, "one", [Split("e1", ({"actors": "dockers"}, {"place": "Bordeaux", "country": "FR"}))], ANN)
    after = holds(work)
    assert ids(after) == ["e1", "h1", "e2", "e3", "e4", "e5", "e6"] and done.rows == ("e1", "h1")
    first, second = row(after, "e1"), row(after, "h1")
    assert (first.place, second.actors) == (before.place, before.actors)
    assert "dockers" in sentence(after, first) and "in Bordeaux, France" in sentence(after, second)
    assert first.trigger == second.trigger == before.trigger
    assert {reviewed(first), reviewed(second)} == {"corrected by Ann"}
    assert (done.changes[0].what, done.changes[0].new) == ("split", "one#e1 | one#h1")


def test_parts_that_say_the_same_are_no_split(work: Workspace) -> None:
    for parts in (({"mode": "strike"}, {"mode": "strike"}), ({}, {}), ({},)):
        with pytest.raises(ReviewError, match=r"say the same|two events at least"):
            decide(work, "one", [Split("e1", parts)], ANN)
    assert history(work, "one") == ()


def test_a_merge_unites_tellings_and_evidence_and_keeps_the_donor_as_left_out(work: Workspace) -> None:
    before = now(work)
    receiver, donor = row(before, "e5"), row(before, "e3")
    done = decide(work, "one", [Merge("e5", ("e3", "e7"))], ANN)
    after = holds(work)
    merged = row(after, "e5")
    assert ids(after) == ["e1", "e2", "e4", "e5", "e6"] and after.suggestions == ()
    assert [telling.quote for telling in merged.tellings] == ["beat", "admitted", "beaten"]
    assert merged.evidence == (*receiver.evidence, *donor.evidence)
    assert merged.counts == donor.counts and merged.recipients == receiver.recipients
    assert (merged.modality, merged.attribution, merged.actors) == ("negated", receiver.attribution, donor.actors)
    assert {one.why for one in after.left_out if one.quote in {"beat", "admitted"}} == {"merged into one#e5 by Ann"}
    assert [one for one in whats(done) if one[0] == "merged"] == [("merged", "one#e3"), ("merged", "one#e7")]


def test_a_donor_is_restored_alone_and_what_was_decided_since_stays(work: Workspace) -> None:
    before = now(work)
    decide(work, "one", [Merge("e5", ("e3",)), Reject("e6")], ANN)
    decide(work, "one", [Correct("e1", {"mode": "strike"})], ANN)
    done = decide(work, "one", [Restore(1, ("e3",))], BOB)
    after = holds(work)
    assert ids(after) == ["e1", "e2", "e3", "e4", "e5"] and row(after, "e1").mode == "strike"
    assert row(after, "e3") == row(before, "e3") and whats(done) == [("restored", "one#e3")]
    assert [one.why for one in after.left_out if "Ann" in one.why] == ["rejected by Ann"]


def test_a_whole_coding_is_restored(work: Workspace) -> None:
    before = now(work)
    decide(work, "one", [Reject("e3"), Accept("e7")], ANN)
    decide(work, "one", [Restore(1)], ANN)
    after = holds(work)
    assert replace(after, coder=before.coder) == before and after.coder.name == "Ann"


def test_an_event_that_was_missed_is_added_by_its_words(work: Workspace) -> None:
    start, end = at(TEXT, " tear gas ")
    done = decide(work, "one", [Add(start, end, "assault", {"mode": "crowd-control", "actors": "an officer"})], ANN)
    after = holds(work)
    event = row(after, "h1")
    assert done.rows == ("h1",) and done.changes[0].what == "supplied"
    assert (event.type, event.mode, event.trigger.quote) == ("ASSAULT", "crowd-control", "tear gas")
    [evidence] = event.evidence
    assert evidence.quote.startswith("“The so-called rescuers") and evidence.quote.endswith("was fired.")
    assert evidence.suffix.strip().startswith("A council spokesman")
    assert according_to(after, event.attribution) == "the publisher Sample Courier"
    assert reviewed(event) == "added by Ann" and event.codes.quad == 4
    assert [because.id for because in event.because if because.id.startswith("review.")] == ["review.added"]


def test_an_event_is_added_to_a_report_in_which_nothing_was_coded(work: Workspace) -> None:
    decide(work, "quiet", [Add(0, 5, "AID")], ANN)
    assert [sentence(holds(work, "quiet"), event) for event in holds(work, "quiet").events] == [
        "According to the publisher Sample Courier, an actor who is not named gave aid (as reported)."
    ]


@pytest.mark.parametrize(("start", "end", "type"), [(5, 5, "AID"), (0, 10**6, "AID"), (-3, 2, "AID"), (0, 5, "AIDE")])
def test_what_is_no_words_or_no_type_adds_nothing(work: Workspace, start: int, end: int, type: str) -> None:
    with pytest.raises(ReviewError):
        decide(work, "quiet", [Add(start, end, type)], ANN)


def test_an_id_is_never_given_twice(work: Workspace) -> None:
    decide(work, "one", [Add(*at(TEXT, "tear gas"), "ASSAULT")], ANN)
    undo(work, ANN)
    assert decide(work, "one", [Add(*at(TEXT, "Police"), "COERCE")], ANN).rows == ("h2",)


def test_a_row_that_somebody_changed_meanwhile_is_not_decided_and_another_one_is(work: Workspace) -> None:
    seen = held(work, "one", BOB).number
    decide(work, "one", [Correct("e1", {"mode": "strike"}), Reject("e3")], ANN, seen=seen)
    for decision in (Accept("e1"), Reject("e3"), Merge("e2", ("e3",)), Split("e1", ({}, {"mode": "demo"}))):
        with pytest.raises(ConflictError, match="by Ann meanwhile"):
            decide(work, "one", [Accept("e2"), decision], BOB, seen=seen)
    with pytest.raises(ConflictError):
        decide(work, "one", [Restore(1)], BOB, seen=seen)
    assert decide(work, "one", [Accept("e2")], BOB, seen=seen).act
    after = holds(work)
    assert (row(after, "e1").mode, reviewed(row(after, "e2"))) == ("strike", "accepted by Bob")
    assert "e3" not in ids(after)


def test_who_may_not_decide_is_told(work: Workspace) -> None:
    with pytest.raises(NotAllowedError, match="a reader looks"):
        decide(work, "one", [Accept("e1")], READER)
    with pytest.raises(NotAllowedError):
        set_state(work, "one", "done", READER)
    with pytest.raises(NotAllowedError):
        undo(work, READER)


def test_what_there_is_not_is_named(work: Workspace) -> None:
    with pytest.raises(ReviewError, match="no report 'nine'"):
        decide(work, "nine", [Accept("e1")], ANN)
    with pytest.raises(ReviewError, match="no row 'e9'"):
        decide(work, "one", [Accept("e9")], ANN)
    with pytest.raises(ReviewError, match="2 is no coding of report 'one'"):
        decide(work, "one", [Restore(2)], ANN)
    with pytest.raises(ReviewError, match="shorten it to 2,000"):
        decide(work, "one", [Accept("e1")], ANN, why="x" * 2001)
    with pytest.raises(ReviewError, match="nothing is decided"):
        decide(work, "one", [], ANN)


def test_decisions_on_many_reports_are_told_one_by_one(work: Workspace) -> None:
    outcomes = decide_many(
        work, {"one": [Accept("e1")], "two": [Accept("e1"), Accept("e9")], "quiet": [Add(0, 5, "AID")]}, ANN
    )
    assert [type(one) for one in outcomes] == [Done, Refused, Done]
    assert isinstance(outcomes[1], Refused) and "'e9'" in outcomes[1].why
    assert history(work, "two") == () and len(history(work, "one")) == len(history(work, "quiet")) == 1


def test_the_index_and_the_linking_hear_of_a_decision(work: Workspace) -> None:
    assert work.linker.link() == 3
    decide(work, "one", [Reject("e3"), Accept("e1")], ANN)
    line = work.index.row("one#e1")
    assert line is not None and (line.status, line.by) == ("accepted", "Ann")
    assert work.index.row("one#e3") is None
    assert work.project.state().to_link == 1 and work.linker.link() == 1
    told = {mention for c in work.project.comparisons() for mention in c.event.accounts}
    assert "one#2.e1" in told and not any(mention.endswith("e3") for mention in told if mention.startswith("one"))


def test_states_and_flags_are_kept_and_the_first_decision_begins(work: Workspace) -> None:
    assert standing_of(work, "one", ANN).state == "to do"
    decide(work, "one", [Accept("e1")], ANN)
    assert standing_of(work, "one", ANN).state == "in progress"
    undo(work, ANN)
    assert standing_of(work, "one", ANN).state == "to do"
    set_state(work, "one", "help needed", ANN, why="who is meant?")
    flag(work, "one", True, BOB)
    there = standing_of(work, "one", ANN)
    assert (there.state, there.flagged, there.who) == ("help needed", True, "Bob")
    decide(work, "one", [Accept("e1")], ANN)
    assert standing_of(work, "one", ANN).state == "help needed"
    with pytest.raises(ReviewError, match="Did you mean 'done'"):
        set_state(work, "one", "don", ANN)  # type: ignore[arg-type]
    assert [act.verb for act in history(work, "one")] == ["accept", "undo", "state", "flag", "accept"]


def test_who_codes_blind_sees_and_changes_nothing_of_others_until_it_is_settled(work: Workspace) -> None:
    for person in (ANN, BOB):
        blindly(work, person)
    decide(work, "one", [Reject("e1")], ANN)
    decide(work, "one", [Accept("e1")], BOB)
    assert (ids(now(work, person=ANN))[0], ids(now(work, person=BOB))[0]) == ("e2", "e1")
    assert held(work, "one", EVE).number == 1 and holds(work).coder.name == "dateline"
    assert [one.settings for one in codings_of(work, "one")] == ["{}", BLIND, BLIND]
    assert [one.coder.name for one in codings_of(work, "one", BOB)] == ["dateline", "Bob"]
    assert [act.who for act in history(work, "one", ANN)] == ["Ann"] and len(history(work, "one")) == 2
    with pytest.raises(ReviewError, match="no coding of report"):
        decide(work, "one", [Restore(held(work, "one", BOB).number)], ANN)
    assert list(changes(work.project)) == []
    set_state(work, "one", "done", ANN)
    assert [standing_of(work, "one", person).state for person in (ANN, BOB, EVE)] == ["done", "to do", "to do"]
    done = settle(work, "one", now(work, person=BOB), EVE, seen=1)
    assert holds(work).coder.name == "Eve" and done.verb == "adjudicate" and done.rows == ("e1",)
    assert held(work, "one", ANN).number == done.coding and codings_of(work, "one")[-1].settings == BY_HAND
    with pytest.raises(ConflictError, match="settled meanwhile"):
        undo(work, BOB)


def test_what_a_sheet_changed_is_in_the_history_and_not_suggested_again(work: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        write(work.project.codings(), out, as_of=3)
    with path.open(encoding="utf-8", newline="") as given:
        rows = list(csv.DictReader(given))
    next(row for row in rows if row["key"] == "one#e3")["reviewed"] = "no event"
    with path.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.DictWriter(out, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    apply(work.project, path, KNOWN, who="A. Editor")
    # Whoever wrote it may have no account: who settles what holds can undo it, and a coder of another name cannot.
    assert can_undo(work, Person("A. Editor", "A. Editor", "coder")) is None
    eli = Person("eli", "Eli", "admin")
    for first, second in ((EVE, eli), (eli, EVE)):
        undone = undo(work, first)
        assert (undone.rows, "e3" in ids(holds(work))) == (("e3",), True)
        assert (history(work, "one")[-1].who, can_undo(work, second)) == (first.shown, None)
        redo(work, second)
        assert "e3" not in ids(holds(work))
    decide(work, "two", [Accept("e1")], EVE)
    assert (can_undo(work, EVE).report, can_undo(work, eli).verb) == ("two", "several")  # type: ignore[union-attr]
    act, *_ = history(work, "one")
    assert (act.who, act.verb, act.rows, act.before, act.after) == ("A. Editor", "several", ("e3",), 1, 4)
    code_by(work.project, lambda coding: coding)
    assert resuggested(work, "one", ANN) == ()
    decide(work, "one", [Restore(1, ("e3",))], ANN)
    assert "e3" in ids(holds(work))


def test_a_newer_machine_suggests_again_and_never_overwrites(work: Workspace) -> None:
    decide(work, "one", [Accept("e1"), Reject("e3"), Merge("e6", ("e5",))], ANN)
    mine = holds(work)
    assert resuggested(work, "one", ANN) == ()

    def newer(coding: Coding) -> Coding:
        """The rows e1 to e6 as before, e1 and e2 with another mode, and one row that the older machine lacked."""
        if not coding.events:
            return coding
        first, second, *rest = coding.events
        plus = replace(rest[-1], id="e8", type="DEMAND", mode=None, trigger=coding.report.span(*at(TEXT, "admitted")))
        events = (replace(first, mode="strike"), replace(second, mode="seize"), *rest, plus)
        return replace(coding, events=events, suggestions=())

    code_by(work.project, newer)
    number = machine_coding(work, "one").number  # type: ignore[union-attr]
    assert holds(work) == mine, "a person's coding goes before a machine's"
    again = resuggested(work, "one", ANN)
    assert {(one.row, one.instead) for one in again} == {(f"e2@{number}", "e2"), (f"e8@{number}", "e7")}
    assert [(c.column, c.old, c.new) for one in again for c in one.changes if one.instead == "e2"] == [
        ("mode", "arrest", "seize")
    ]
    decide(work, "one", [Accept(f"e2@{number}"), Reject(f"e8@{number}")], ANN)
    after = holds(work)
    assert (row(after, "e2").mode, reviewed(row(after, "e2"))) == ("seize", "accepted by Ann")
    assert row(after, "e7").type == "CONSULT" and "e3" not in ids(after)
    assert resuggested(work, "one", ANN) == ()
    with pytest.raises(ReviewError, match="accepted by Ann; correct that one"):
        decide(work, "one", [Accept(f"e1@{number}")], BOB)
    undo(work, ANN)
    assert replace(holds(work), coder=mine.coder) == mine
