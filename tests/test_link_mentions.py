"""What is comparable of a coding, the words that are compared, and the keys under which mentions meet."""

from __future__ import annotations

from tests.link_cases import day, march, mention

from dateline.link.memory import MemoryShelf
from dateline.link.mentions import days_of, mentions, report_mention
from dateline.link.model import Figure, Where
from dateline.link.pairs.candidates import candidates, keys
from dateline.link.pairs.words import LEAST, RAREST, SIDE, alike, folded, length, rarity, telling
from dateline.model import (
    Actor,
    Block,
    CoderInfo,
    Codes,
    Coding,
    Count,
    Date,
    EventMention,
    Evidence,
    Participant,
    Place,
    Report,
    Span,
)

TEXT = "Guards shot two dockers in Oban on Tuesday. The mayor of Oban condemned it."
REPORT = Report("r1", TEXT, (Block(0, len(TEXT), "paragraph"),), title="Shots at the quay", published="2024-03-06")


def words(quote: str) -> tuple[int, int, str]:
    start = TEXT.index(quote)
    return start, start + len(quote), quote


OBAN = Place(*words("Oban"), "Oban", 42, "GB", "Argyll", 56.4, -5.5, "town")
TUESDAY = Date(*words("Tuesday"), "2024-03-05", "day", "the last Tuesday before publication")
SHOT = EventMention(
    "e1",
    "ASSAULT",
    Span(*words("shot")),
    codes=Codes(quad=4),
    actors=(Participant(*words("Guards"), "p1"),),
    recipients=(Participant(*words("two dockers"), "p2"),),
    place=OBAN,
    date=TUESDAY,
    counts=(Count(*words("two dockers"), "injured", 2, 2, 2),),
    evidence=(Evidence(*words(TEXT[:43])),),
)
SAID = EventMention(
    "e2", "REJECT", Span(*words("condemned")), codes=Codes(quad=3), evidence=(Evidence(*words(TEXT[44:])),)
)
ACTORS = (Actor("p1", "Port Guards"), Actor("p2", "two dockers"))
CODER = CoderInfo("hand", "1", "plover 1.0")


def coded(*events: EventMention) -> Coding:
    return Coding(REPORT, CODER, events, places=(OBAN,), dates=(TUESDAY,), actors=ACTORS)


def test_a_mention_holds_what_is_compared() -> None:
    shot, said = mentions(coded(SHOT, SAID))
    assert (shot.id, shot.report, shot.original, shot.published) == ("r1#e1", "r1", "r1", day("2024-03-06"))
    assert shot.days == (day("2024-03-05"), day("2024-03-05"))
    assert shot.where == Where("town", "42", "Argyll", "GB", 56.4, -5.5)
    assert (shot.actors, shot.recipients) == (("port guards",), ("two dockers",))
    assert shot.figures == (Figure("injured", 2, 2, 2),)
    assert "dockers" in shot.words and "mayor" not in shot.words
    assert {"quay", "mayor"} <= set(shot.scene) and shot.scene == said.scene
    assert (shot.scene_days, shot.scene_towns) == ((day("2024-03-05"),), ("42",))
    assert said.days is None and said.where is None


def test_a_report_is_about_the_deed_not_about_what_is_said_of_it() -> None:
    assert [m.subject for m in mentions(coded(SHOT, SAID))] == [True, False]
    assert [m.subject for m in mentions(coded(SAID))] == [True]
    assert mentions(coded()) == ()


def test_a_copys_mentions_know_their_original() -> None:
    assert [m.original for m in mentions(coded(SHOT), original="r0")] == ["r0"]


def test_a_report_in_which_nothing_was_coded_has_a_mention_of_its_own() -> None:
    whole = report_mention(coded())
    assert (whole.id, whole.type, whole.quad, whole.subject) == ("r1#subject", "", None, True)
    assert whole.days == (day("2024-03-05"), day("2024-03-05")) and whole.where is not None
    assert whole.where.town == "42" and whole.words == whole.scene


def test_days_are_the_bounds_of_a_date_or_nothing() -> None:
    def dated(edtf: str | None) -> tuple[int, int] | None:
        return days_of(Date(0, 1, "x", edtf, "day", "stated"))

    assert dated("2024-02") == (day("2024-02-01"), day("2024-02-29"))
    assert dated("../2024-02-01") is dated("XXXX-03-05") is dated("no date") is dated(None) is days_of(None) is None


def test_words_of_origin_and_countries_all_tell_the_same() -> None:
    assert {rarity(word) for word in ("kenyan", "malians", "peru", "russia", "israeli", "palestinians")} == {SIDE}


def test_rare_words_tell_more_than_common_ones_and_the_commonest_nothing() -> None:
    assert rarity("ardlussa") == RAREST > rarity("bridge") > LEAST > rarity("the")
    assert telling("The people said it, and the people of Ardlussa") == ("ardlussa",)
    assert all(rarity(word) >= LEAST for word in telling("a shot was heard at the harbour of Oban"))


def test_folding_leaves_accents_case_and_forms_out() -> None:
    assert folded("Ángström ﬁre ＡＢ") == "angstrom fire ab"
    assert telling("x" * 500 + " \0 \ud800 \u202e\u063a\u0632\u0629") == ("\u063a\u0632\u0629",)


def test_likeness_is_one_for_the_same_words_and_nothing_for_none() -> None:
    some = frozenset(telling("Ardlussa ferry harbour"))
    assert alike(some, some, length(some) ** 2) == 1.0
    assert alike(some, frozenset(), 0.0) == 0.0


def test_keys_do_not_show_words() -> None:
    found = keys(mention("a#e1"))
    assert found == tuple(sorted(set(found))) and all(set(key) <= set("0123456789abcdef") for key in found)


def test_reports_meet_whichever_comes_first() -> None:
    a, b, c = mention("a#e1"), mention("b#e1"), march("c#e1", published=day("2019-01-01"), on="2019-01-01")
    for new, old in (([a], [b, c]), ([b], [a, c])):
        shelf = MemoryShelf()
        shelf.put([(made, keys(made)) for made in (*old, *new)])
        assert {other.id for _, other in candidates(new, shelf)} == {old[0].id}


def test_a_new_report_is_compared_with_a_bounded_number_of_others() -> None:
    shelf = MemoryShelf()
    many = [mention(f"r{n:04d}#e1") for n in range(500)]
    shelf.put([(made, keys(made)) for made in many])
    assert 20 <= len(list(candidates(many[:1], shelf))) <= 200
