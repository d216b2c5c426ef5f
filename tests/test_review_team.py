"""Who codes what, and what people say to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from dateline.errors import NotAllowedError, ReviewError
from dateline.store import Project
from dateline.store.index.query import State
from dateline.store.kept.codings import BLIND, BY_HAND, put_coding
from dateline.store.review.people import Person
from dateline.store.review.states import put_assigned
from dateline.store.review.tables import accounts, acts
from dateline.store.review.team import assignments, coded, comments, feed
from dateline.store.tables import log
from store_cases import MARCHES, project_with

ADA, BO, CY = Person("ada", "Ada A.", "coder"), Person("bo", "Bo B.", "coder"), Person("cy", "Cy C.", "adjudicator")
VIEWER = Person("vi", "Vi V.", "viewer")
NAMES = ("ada", "bo", "cy", "vi")


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    with project_with(tmp_path / "p", *MARCHES) as made:
        with made.database.writing() as db:
            for one in (ADA, BO, CY, VIEWER):
                row = {"name": one.name, "shown": one.shown, "role": one.role, "counter": 0, "codes": [], "failures": 0}
                db.execute(insert(accounts).values(made=made.now(), preferences={}, **row))
        yield made


def signed(project: Project, number: int, person: Person, settings: str = BY_HAND) -> int:
    """A person's coding of a report, of the machine's events."""
    held = next(c for n, c in enumerate(project.codings(), 1) if n == number)
    with project.database.writing() as db:
        return put_coding(
            db, number, replace(held, coder=replace(held.coder, name=person.shown, version="")), settings, project.now()
        )


def stand(project: Project, report: int, person: Person, state: State) -> None:
    """Somebody's own state of a report."""
    with project.database.writing() as db:
        put_assigned(db, report, person.name, state)


def logged(project: Project, what: str) -> list[tuple[str, str, dict[str, object]]]:
    with project.database.reading() as db:
        rows = db.execute(select(log).where(log.c.what == what).order_by(log.c.number))
        return [(row.who, row.about, row.details) for row in rows]


def test_reports_are_assigned_once_and_the_log_tells(project: Project) -> None:
    done = assignments.assign(project, {1: [ADA, BO], 2: [ADA]}, blind=True, by=CY)
    assert (done.made, done.there, done.seen) == (3, 0, ())
    again = assignments.assign(project, {1: [ADA], 3: [ADA]}, blind=False, by=CY)
    assert (again.made, again.there) == (1, 1)
    mine = assignments.assigned(project, account="ada")
    assert [(one.report, one.blind, one.state, one.who) for one in mine] == [
        ("r0", True, "to do", "Cy C."),
        ("r1", True, "to do", "Cy C."),
        ("r2", False, "to do", "Cy C."),
    ]
    assert logged(project, "assigned")[0] == ("Cy C.", "r0", {"to": "ada", "blind": True})
    with project.database.reading() as db:
        assert assignments.names_of(db, [1, 2, 4]) == {1: ("ada", "bo"), 2: ("ada",)}


def test_who_has_seen_a_report_does_not_code_it_blind(project: Project) -> None:
    signed(project, 1, ADA)
    done = assignments.assign(project, {1: [ADA, BO]}, blind=True, by=CY)
    assert (done.made, done.seen) == (1, (("r0", "ada"),))


def test_nobody_is_assigned_who_is_not_there_or_does_not_code(project: Project) -> None:
    for person, words in ((Person("no", "No", "coder"), "nobody here is called 'no'"), (VIEWER, "does not code")):
        with pytest.raises(ReviewError, match=words):
            assignments.assign(project, {1: [ADA, person]}, blind=False, by=CY)
    with pytest.raises(ReviewError, match="no report number 99"):
        assignments.assign(project, {1: [ADA], 99: [ADA]}, blind=False, by=CY)
    assert assignments.assigned(project) == () and logged(project, "assigned") == []


def test_own_state_and_workload(project: Project) -> None:
    assignments.assign(project, {1: [ADA, BO], 2: [ADA]}, blind=True, by=CY)
    assignments.assign(project, {3: [ADA]}, blind=False, by=CY)
    stand(project, 1, ADA, "done")
    ada, bo = assignments.workload(project)
    assert (ada.account, ada.states, ada.blind, ada.total) == ("ada", {"done": 1, "to do": 2}, 2, 3)
    assert (bo.account, bo.total) == ("bo", 1)
    with pytest.raises(ReviewError, match="is not assigned to cy"):
        assignments.withdraw(project, "r0", "cy", CY)
    assignments.withdraw(project, "r1", "ada", CY)
    assert [one.report for one in assignments.assigned(project, account="ada")] == ["r0", "r2"]
    assert logged(project, "assignment withdrawn") == [("Cy C.", "r1", {"to": "ada", "blind": True})]


def test_what_others_say_is_kept_from_who_codes_blind_until_all_are_done(project: Project) -> None:
    assignments.assign(project, {1: [ADA, BO]}, blind=True, by=CY)

    def hidden(person: Person) -> bool:
        with project.database.reading() as db:
            return db.execute(assignments.kept_from(person.name)).first() is not None

    assert hidden(ADA) and hidden(BO) and not hidden(CY)
    stand(project, 1, ADA, "done")
    assert hidden(ADA) and hidden(BO)
    stand(project, 1, BO, "done")
    assert not hidden(ADA) and not hidden(BO)
    stand(project, 1, BO, "in progress")
    with project.database.writing() as db:
        row = {"report": 1, "who": "Cy C.", "made": project.now(), "verb": "adjudicate", "rows": [], "why": ""}
        db.execute(insert(acts).values(details={}, **row))
    assert not hidden(ADA)


def test_comments_on_a_report_its_rows_and_events(project: Project) -> None:
    first = comments.comment(project, "report", "r1", "Which quay? @Bo knows, mail x@ada.org", ADA, names=NAMES)
    assert first.mentions == ("bo",)
    answer = comments.comment(project, "report", "r1", "The north one.", BO, answers=first.number)
    comments.comment(project, "row", "r1#e1", "The place is too exact.", ADA)
    [event] = [c.event.id for c in project.comparisons() if "r2#e1" in c.event.accounts]
    comments.comment(project, "event", event, "Is that one event?", ADA)
    found = comments.comments_on(project, CY, "report", "r1")
    assert [(one.kind, one.who, one.answers) for one in found] == [
        ("report", "Ada A.", None),
        ("report", "Bo B.", answer.answers),
        ("row", "Ada A.", None),
    ]
    assert [one.words for one in comments.comments_on(project, CY, "event", event)] == ["Is that one event?"]
    assert comments.comments_on(project, CY, "report", "r") == ()
    assert logged(project, "commented")[0][1:] == (
        "r1",
        {"comment": 1, "kind": "report", "mentions": ["bo"], "answers": None},
    )


def test_comments_that_cannot_be_made(project: Project) -> None:
    one = comments.comment(project, "report", "r1", "Here.", ADA)
    for kind, about, words, answers, told in (
        ("report", "r9", "Where?", None, "no report 'r9'"),
        ("row", "r9#e1", "Where?", None, "no row 'r9#e1'"),
        ("event", "E", "Where?", None, "no event 'E'"),
        ("letter", "r1", "Where?", None, "nothing is said of a 'letter'"),
        ("report", "r1", "  \n", None, "no words"),
        ("report", "r1", "a" * 4001, None, "4,001 characters"),
        ("report", "r0", "So?", one.number, "about something else"),
        ("report", "r1", "So?", 99, "no comment 99"),
    ):
        with pytest.raises(ReviewError, match=told):
            comments.comment(project, kind, about, words, ADA, answers=answers)  # type: ignore[arg-type]
    assert len(comments.comments_on(project, ADA, "report", "r1")) == 1


def test_a_comment_is_taken_back_by_its_writer_and_leaves_a_trace(project: Project) -> None:
    one = comments.comment(project, "report", "r1", "Nonsense, @bo.", ADA, names=NAMES)
    with pytest.raises(NotAllowedError, match="is Ada"):
        comments.take_back(project, one.number, BO)
    comments.take_back(project, one.number, ADA)
    [left] = comments.comments_on(project, BO, "report", "r1")
    assert (left.words, left.mentions, left.who) == (None, (), "Ada A.")
    with pytest.raises(ReviewError, match="taken back before"):
        comments.take_back(project, one.number, ADA)


def test_who_codes_blind_does_not_see_what_the_other_says(project: Project) -> None:
    assignments.assign(project, {1: [ADA, BO]}, blind=True, by=CY)
    one = comments.comment(project, "row", "r0#e1", "This is no march.", ADA)
    assert comments.comments_on(project, BO, "report", "r0") == ()
    assert len(comments.comments_on(project, ADA, "report", "r0")) == 1
    assert len(comments.comments_on(project, CY, "report", "r0")) == 1
    with pytest.raises(ReviewError, match="no comment"):
        comments.comment_of(project, one.number, BO)
    for person in (ADA, BO):
        stand(project, 1, person, "done")
    assert comments.comment_of(project, one.number, BO) == one


def test_the_last_coding_of_each_coder(project: Project) -> None:
    signed(project, 1, ADA, BLIND)
    again, other = signed(project, 1, ADA, BLIND), signed(project, 1, BO, BLIND)
    alone = signed(project, 2, ADA)
    signed(project, 3, ADA, BLIND)
    assert [(one.number, one.coder, one.blind) for one in coded.versions(project, "blind")] == [
        (again, "Ada A.", True),
        (other, "Bo B.", True),
    ]
    assert {one.report for one in coded.versions(project, "people")} == {1}
    with_machine = coded.versions(project, "machine")
    assert [one.coder for one in with_machine if one.report == 2] == ["Ada A.", "hand 1"]
    with project.database.reading() as db:
        assert [one.number for one in coded.versions_of(db, "r1", "people")] == [alone]
        assert [number for number, _ in coded.read(db, [again])] == [again]
        assert coded.last_by_hand(db) == signed_last(project)


def signed_last(project: Project) -> int:
    with project.database.reading() as db:
        return max(one.number for one in coded.versions_of(db, "r2", "people"))


def test_a_closed_account_is_given_nothing(project: Project) -> None:
    with project.database.writing() as db:
        db.execute(update(accounts).where(accounts.c.name == "bo").values(ended=project.now()))
    assert [one.name for one in assignments.people(project)] == ["ada", "cy", "vi"]
    with pytest.raises(ReviewError, match="nobody here is called 'bo'"):
        assignments.assign(project, {1: [BO]}, blind=False, by=CY)


def act(project: Project, report: int, person: Person, *changes: tuple[str, str, str, str], **more: object) -> None:
    """What one act of a person leaves in the log: a row for each value."""
    with project.database.writing() as db:
        details = {"act": 1, **more}
        for about, column, old, new in changes:
            told = {"column": column, "old": old, "new": new, **details}
            row = {"made": project.now(), "who": person.shown, "what": "corrected", "about": about, "details": told}
            db.execute(insert(log).values(**row))


def told(project: Project, person: Person, **more: bool) -> list[tuple[str, str, str | None, object]]:
    entries = feed.feed(project, person, **more).entries  # type: ignore[arg-type]
    return [(one.who, one.verb, one.report, one.reason) for one in entries]


def test_the_feed_tells_what_was_done_said_and_assigned(project: Project) -> None:
    assignments.assign(project, {2: [ADA]}, blind=False, by=CY)
    signed(project, 3, BO)
    act(
        project,
        3,
        BO,
        ("r2#e1", "place", "Brook", "Arden"),
        ("r2#e1", "killed_best", "", "2"),
        verb="correct",
        why="So.",
    )
    one = comments.comment(project, "row", "r1#e1", "Sure, @bo?", CY, names=NAMES)
    comments.comment(project, "row", "r1#e1", "Yes.", BO, answers=one.number)
    assert told(project, CY) == [
        ("Bo B.", "commented", "r1", "answers you"),
        ("Cy C.", "commented", "r1", None),
        ("Bo B.", "correct", "r2", None),
        ("Cy C.", "assigned", "r1", None),
    ]
    assert told(project, BO, mine=True) == [("Cy C.", "commented", "r1", "calls upon you")]
    assert [reason for *_, reason in told(project, ADA, mine=True)] == [
        "of a report of yours",
        "of a report of yours",
        "assigned to you",
    ]
    entry = feed.feed(project, ADA).entries[2]
    assert [(c.column, c.old, c.new) for c in entry.changes] == [("place", "Brook", "Arden"), ("killed_best", "", "2")]
    assert entry.why == "So." and entry.about == "r2#e1"
    assert feed.feed(project, ADA).entries[1].words == "Sure, @bo?"


def test_words_that_were_taken_back_are_in_no_feed(project: Project) -> None:
    one = comments.comment(project, "report", "r1", "Nonsense.", ADA)
    comments.take_back(project, one.number, ADA)
    assert [(e.verb, e.words) for e in feed.feed(project, BO).entries] == [
        ("comment taken back", ""),
        ("commented", ""),
    ]


def test_who_codes_blind_hears_nothing_of_the_other(project: Project) -> None:
    assignments.assign(project, {1: [ADA, BO]}, blind=True, by=CY)
    act(project, 1, ADA, ("r0#e1", "place", "Arden", "Brook"), verb="correct", blind=True)
    comments.comment(project, "report", "r0", "Hard.", CY)
    assert told(project, BO) == [("Cy C.", "assigned", "r0", "assigned to you")]
    assert [verb for _, verb, _, _ in told(project, CY)] == ["commented", "correct", "assigned"]
    assert [verb for _, verb, _, _ in told(project, VIEWER)] == ["commented", "assigned"]
    for person in (ADA, BO):
        stand(project, 1, person, "done")
    assert ("Cy C.", "commented", "r0", "of a report of yours") in told(project, BO)


def test_what_is_new_is_counted_until_it_is_read(project: Project) -> None:
    for n in range(3):
        comments.comment(project, "report", "r1", f"{n} @bo", ADA, names=NAMES)
    comments.comment(project, "report", "r1", "to nobody", ADA)
    assert (feed.unread(project, BO), feed.unread(project, CY), feed.unread(project, ADA)) == (3, 0, 0)
    entries = feed.feed(project, BO).entries
    feed.mark_read(project, BO, entries[2].number)
    assert feed.unread(project, BO) == 1
    feed.mark_read(project, BO, entries[0].number)
    feed.mark_read(project, BO, entries[3].number)
    assert feed.unread(project, BO) == 0 and feed.feed(project, BO).read == entries[0].number


def test_the_feed_goes_on_where_it_ended(project: Project) -> None:
    for n in range(60):
        comments.comment(project, "report", "r1", str(n), ADA)
    first = feed.feed(project, BO, limit=25)
    assert [e.words for e in first.entries] == [str(n) for n in range(59, 34, -1)]
    second = feed.feed(project, BO, limit=25, before=first.before)
    assert [e.words for e in second.entries] == [str(n) for n in range(34, 9, -1)]
    last = feed.feed(project, BO, limit=25, before=second.before)
    assert len(last.entries) == 10 and last.before is None


def test_an_act_of_many_values_is_one_entry(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_AT_ONCE", 7)
    comments.comment(project, "report", "r1", "before", ADA)
    act(project, 1, BO, *((f"r0#e{n}", "place", "a", "b") for n in range(5)), verb="several")
    comments.comment(project, "report", "r1", "between", ADA)
    comments.comment(project, "report", "r1", "after", ADA)
    found = feed.feed(project, CY).entries
    assert [(e.verb, len(e.changes)) for e in found] == [
        ("commented", 0),
        ("commented", 0),
        ("several", 5),
        ("commented", 0),
    ]


def test_who_is_done_and_changed_nothing_has_coded_too(project: Project) -> None:
    assignments.assign(project, {1: [ADA, BO, CY]}, blind=True, by=CY)
    stand(project, 1, ADA, "done")
    own = signed(project, 1, BO, BLIND)
    assert [(one.coder, one.number) for one in coded.versions(project, "blind")] == [("Ada A.", 1), ("Bo B.", own)]


def test_what_was_assigned_together_is_one_entry(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_AT_ONCE", 3)
    assignments.assign(project, {1: [ADA, BO], 2: [ADA, BO], 3: [BO]}, blind=False, by=CY)
    comments.comment(project, "report", "r1", "after", CY)
    first = feed.feed(project, ADA)
    entries = [*first.entries, *feed.feed(project, ADA, before=first.before).entries]
    assert (entries[0].verb, entries[0].reports, entries[0].to) == ("commented", 1, ())
    assert sum(e.reports for e in entries[1:]) >= 3 and {name for e in entries[1:] for name in e.to} == {"ada", "bo"}
    monkeypatch.setattr(feed, "_AT_ONCE", 400)
    [_, entry] = feed.feed(project, ADA).entries
    assert (entry.verb, entry.reports, entry.to, entry.reason) == ("assigned", 3, ("ada", "bo"), "assigned to you")


def test_what_is_rare_is_looked_for_step_by_step(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_AT_ONCE", 3)
    comments.comment(project, "report", "r1", "@bo", ADA, names=NAMES)
    for n in range(20):
        comments.comment(project, "report", "r1", str(n), ADA)
    before, pages = None, 0
    while pages == 0 or before is not None:
        page = feed.feed(project, BO, mine=True, before=before)
        before, pages = page.before, pages + 1
        assert page.entries == () or before is None
    assert [entry.words for entry in page.entries] == ["@bo"] and 1 < pages < 10
