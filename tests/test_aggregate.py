"""Many accounts, one event: policies choose, never average, and sources are counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import PolicyError
from dateline.link.events.accounts import accounts
from dateline.link.events.aggregate import aggregate, independent, policies
from dateline.link.events.policies import POLICIES, Statement, agreement
from dateline.link.model import Account, Source
from dateline.model import (
    Actor,
    Attribution,
    CoderInfo,
    Coding,
    Count,
    Date,
    EventMention,
    Modality,
    Participant,
    Place,
    Report,
)

TEXT = "Police in Arden said that 3 marchers died on 4 May. The march union said 5 died."


def account(
    name: str,
    publisher: str | None = "Daily",
    *,
    source: Source | None = None,
    speaker: str | None = None,
    original: str | None = None,
    killed: int = 3,
    modality: Modality = "asserted",
    historical: bool = False,
    place: str = "Arden",
) -> Account:
    """A report in which police are said to have struck marchers; ``speaker`` is the actor who says so."""
    report = Report(name, TEXT, publisher=publisher, published="2024-05-05")
    span = report.span
    actors = (
        Actor("police", "police of Arden", country="KE", sector="COP"),
        Actor("union", "march union", country="KE", sector="LAB"),
        Actor("witness", "a bystander", sector="CVL"),
    )
    said = (Attribution("a0"), Attribution("a1", span(0, 6), span(16, 20), parent="a0", speaker=speaker))
    chain = ("a0", "a1") if speaker else ("a0",)
    event = EventMention(
        "e1",
        "ASSAULT",
        span(37, 41),
        actors=(Participant(0, 6, "Police", "police"),),
        recipients=(Participant(28, 36, "marchers", "union"),),
        place=Place(10, 15, "Arden", place, country="KE", precision="town"),
        date=Date(45, 50, "4 May", "2024-05-04", "day", "said"),
        modality=modality,
        historical=historical,
        counts=(Count(26, 27, "3", "killed", killed, killed, killed, chain),),
        attribution=chain,
    )
    coding = Coding(report, CoderInfo("hand", "1", "plover 1"), (event,), said, actors=actors)
    [made] = accounts(coding, source or Source(publisher), original)
    return made


def values(*told: Account, **own: str) -> dict[str, object]:
    return {value.field: value.value for value in aggregate("E", told, own).values}


def test_the_figures_are_an_envelope_and_never_an_average() -> None:
    event = aggregate("E", [account("a", "A", killed=3), account("b", "B", killed=12), account("c", "C", killed=3)])
    [killed] = [value for value in event.values if value.field == "killed"]
    assert killed.value == (3, 3, 12)
    assert killed.agreement == pytest.approx(2 / 3)
    assert [(claim.value, claim.accounts, claim.sources) for claim in killed.claims] == [
        ((3, 3, 3), ("a#e1", "c#e1"), 2),
        ((12, 12, 12), ("b#e1",), 1),
    ]
    assert [value.value for value in event.values if value.field == "injured"] == [None]  # not stated is not 0


def test_owners_and_copies_count_once() -> None:
    network = [account(n, n, source=Source(n, owner="Network")) for n in "ab"]
    copies = [account("wire", "Agency"), account("c", "C", original="wire"), account("d", "D", original="wire")]
    nobody = [account("x", None), account("y", None)]
    assert aggregate("E", network).sources == 1
    assert aggregate("E", copies).sources == 1
    assert aggregate("E", nobody).sources == 2
    assert aggregate("E", [*network, *copies, *nobody]).sources == 4
    assert set(independent(copies).values()) == {"owner agency"}


def test_fifty_copies_do_not_outvote_two_reports() -> None:
    copies = [account(f"c{n}", f"C{n}", original="gone", place="Elsewhere") for n in range(50)]
    assert values(*copies, account("a", "A"), account("b", "B"))["place"] == "Arden"


@pytest.mark.parametrize("speaker", ["police", "union"])
def test_what_only_parties_say_stays_unverified_whichever_the_side(speaker: str) -> None:
    told = [account(name, name, speaker=speaker) for name in "abc"]
    assert aggregate("E", told).status == "reported, unverified"
    assert aggregate("E", [*told, account("d", "D", speaker="witness")]).status == "reported"
    assert aggregate("E", [*told, account("d", "D")]).status == "reported"
    assert aggregate("E", [*told, account("d", source=Source("D", interest="opponent"))]).status == (
        "reported, unverified"
    )


def test_what_nobody_asserts_is_possible() -> None:
    assert aggregate("E", [account("a", modality="possible"), account("b", modality="possible")]).status == "possible"


def test_most_sources_say_whether_it_is_background() -> None:
    old = [account(name, name, historical=True) for name in ("a", "b")]
    assert values(*old, account("c", "C"))["historical"] is True
    assert values(old[0], account("b", "B"), account("c", "C"))["historical"] is False
    assert values(*old, account("c", "C"), historical="every")["historical"] == (False, True)


def test_a_project_chooses_its_policies() -> None:
    told = [account("a", "A", place="Arden"), account("b", "B", place="Brook"), account("c", "C", place="Brook")]
    assert values(*told)["place"] == "Brook"
    assert values(*told, place="every")["place"] == ("Arden", "Brook")
    with pytest.raises(PolicyError, match="no field 'deaths'"):
        policies({"deaths": "envelope"})
    with pytest.raises(PolicyError, match="no policy 'mean'"):
        policies({"killed": "mean"})
    with pytest.raises(PolicyError, match="not for this field"):
        policies({"place": "envelope"})


STATEMENTS = st.lists(
    st.builds(
        Statement,
        value=st.sampled_from(["2024-05-04", "2024-05-05", "2024-05"]),
        account=st.sampled_from("abcdef"),
        source=st.sampled_from("xyz"),
        voice=st.just(""),
        party=st.booleans(),
        precision=st.integers(0, 2),
        published=st.sampled_from(["", "2024-05-06", "2024-05-07"]),
    ),
    min_size=1,
)
COUNTS = st.lists(
    st.builds(
        Statement,
        value=st.tuples(*[st.none() | st.integers(0, 9)] * 3),
        account=st.sampled_from("abcdef"),
        source=st.sampled_from("xyz"),
        voice=st.just(""),
    ),
    min_size=1,
)


@given(STATEMENTS, st.randoms(use_true_random=False), st.sampled_from(sorted(set(POLICIES) - {"envelope"})))
def test_the_order_of_statements_never_matters(statements: list[Statement], random: object, policy: str) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    chosen = POLICIES[policy](statements)
    assert chosen == POLICIES[policy](shuffled)
    stated = {s.value for s in statements}
    assert set(chosen if isinstance(chosen, tuple) else [chosen]) <= stated
    agreed = agreement(statements, chosen)
    assert agreed is not None and 0 <= agreed <= 1


@given(COUNTS)
def test_an_envelope_holds_only_figures_that_somebody_gave(statements: list[Statement]) -> None:
    given_figures = {n for s in statements if isinstance(s.value, tuple) for n in s.value}
    low, best, high = POLICIES["envelope"](statements)  # type: ignore[misc]
    assert {low, best, high} <= given_figures | {None}
    assert low is None or high is None or low <= high


def test_swapping_the_sides_changes_nothing_but_their_names() -> None:
    told = [account("a", "A", speaker="police"), account("b", "B", speaker="union", killed=5)]
    swapped = [replace(t, actors=t.recipients, recipients=t.actors) for t in told]
    one, other = values(*told), values(*swapped)
    assert (one.pop("actors"), one.pop("recipients")) == (other.pop("recipients"), other.pop("actors"))
    assert one == other
