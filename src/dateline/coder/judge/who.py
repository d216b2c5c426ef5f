"""Who a row could be about: every party of the report as its actor or recipient, and everybody who could tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dateline.coder.encoder.reader import LINKS
from dateline.coder.judge.option import Option, nearest, ranked, standing
from dateline.coder.judge.questions import DEEDS
from dateline.lang.clause import clause_of

if TYPE_CHECKING:
    from dateline.coder.judge.case import Case

ACTOR, RECIPIENT, TELLER = (LINKS.index(name) for name in ("actor", "recipient", "teller"))

LOOKED_AT = 10
"""Parties that are looked at for a row: those that rules or the reader put nearest to it."""


def parties(case: Case, members: Sequence[int]) -> list[Option]:
    """The parties of the report that could be an actor or a recipient of the row, by the actor's id."""
    head = case.tellings[members[0]]
    names = list(case.parties)
    spans = list(case.parties.values())
    linked = case.linked("parties", spans)
    whole = linked[list(members)].max(axis=0)
    own = linked[members[0]]
    here = case.linked_here(members[0], "parties", spans)
    phrases = case.phrases("parties", spans)
    by_rule = [case.ruled[m] for m in members]
    likely = np.maximum(whole[:, ACTOR], whole[:, RECIPIENT])
    best = set(np.argsort(-likely, kind="stable")[:LOOKED_AT].tolist())
    ruled = {name for sides in by_rule for side in sides for name in side}
    speaking = {case.actors.speaker_by_attribution.get(a) for m in members for a in case.tellings[m].placed[0].chain}
    root, kind = head.mention.root, head.mention.type
    clause = clause_of(root)
    shared = {
        "rule has actor": float(any(a for a, _ in by_rule)),
        "rule has recipient": float(any(r for _, r in by_rule)),
        "head has actor": float(bool(by_rule[0][0])),
        "head has recipient": float(bool(by_rule[0][1])),
        "passive": float(clause.passive),
        "noun": float(root.pos_ in {"NOUN", "PROPN"}),
        "quoted": float(clause.quotation is not None),
        "deed": float(kind in DEEDS),
        "members": float(len(members)),
        f"type {kind}": 1.0,
    }
    out = []
    for n, name in enumerate(names):
        if n not in best and name not in ruled:
            continue
        held = phrases[n]
        beside = [s for s, at in zip(spans[n], held.sentences, strict=True) if at == head.sentence]
        found = [case.place_in(s) for s in spans[n]]
        out.append(
            Option(
                name,
                shared
                | {
                    "actor by rule": float(name in by_rule[0][0]),
                    "recipient by rule": float(name in by_rule[0][1]),
                    "actor of a member": sum(name in a for a, _ in by_rule) / len(members),
                    "recipient of a member": sum(name in r for _, r in by_rule) / len(members),
                    "ever actor": float(any(name in a for a, _ in by_rule)),
                    "ever recipient": float(any(name in r for _, r in by_rule)),
                    "actor in the report": case.prominence(name, 0),
                    "recipient in the report": case.prominence(name, 1),
                    "actor": float(whole[n, ACTOR]),
                    "recipient": float(whole[n, RECIPIENT]),
                    "teller": float(whole[n, TELLER]),
                    "head actor": float(own[n, ACTOR]),
                    "head recipient": float(own[n, RECIPIENT]),
                    "here actor": float(here[n, ACTOR]),
                    "here recipient": float(here[n, RECIPIENT]),
                    "here": float(bool(beside)),
                    "before": float(any(s.start < head.at for s in beside)),
                    "mentions": float(len(spans[n])),
                    "first": float(held.sentences[0]),
                    "speaks": float(name in speaking),
                    "place names": sum(at is not None for at in found) / len(found),
                    "metonyms": sum(at is not None and at.use == "metonym" for at in found) / len(found),
                }
                | nearest(case, members, held)
                | standing(case, members[0], held),
            )
        )
    return ranked(out, "actor", "recipient", "head actor", "head recipient", "here actor", "here recipient")


def sources(case: Case, members: Sequence[int]) -> list[Option]:
    """The publisher, and every attribution whose content a member stands in or near, as the chain that leads to it."""
    head = case.tellings[members[0]]
    chains = {case.tellings[m].placed[0].chain for m in members}
    chains.add(head.placed[0].chain[:1])
    own = {c[:n] for c in chains for n in range(1, len(c) + 1)}
    by_id = {a.id: a for a in case.attributions}
    for a in case.attributions:
        if any(abs(case.sentence_at(s.start) - head.sentence) <= 1 for s in a.content):
            own.add((*head.placed[0].chain[:1], a.id))
    acting = case.ruled[members[0]][0]
    linked = case.linked("parties", list(case.parties.values()))
    number = {name: n for n, name in enumerate(case.parties)}
    nothing = np.zeros(len(LINKS))
    out = []
    for chain in sorted(own):
        last = by_id.get(chain[-1])
        speaker = case.actors.speaker_by_attribution.get(chain[-1])
        at = number.get(speaker or "")
        whole = linked[list(members), at].max(axis=0) if at is not None else nothing
        alone = linked[members[0], at] if at is not None else nothing
        inside = [
            m for m in members if any(s.start <= case.tellings[m].at < s.end for s in (last.content if last else ()))
        ]
        out.append(
            Option(
                chain,
                {
                    "by rule": float(chain == head.placed[0].chain),
                    "of a member": sum(case.tellings[m].placed[0].chain == chain for m in members) / len(members),
                    "publisher": float(len(chain) == 1),
                    "nested": float(len(chain)),
                    "inside": len(inside) / len(members),
                    "head inside": float(members[0] in inside),
                    "teller": float(whole[TELLER]),
                    "head teller": float(alone[TELLER]),
                    "quoted": float(clause_of(head.mention.root).quotation is not None),
                    "acts": float(speaker is not None and speaker in acting),
                    "direct": float(last is not None and last.kind == "direct"),
                    "sourceless": float(last is not None and last.source is None),
                    "rule's length": float(len(head.placed[0].chain)),
                    "members": float(len(members)),
                    "deed": float(head.mention.type in DEEDS),
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return ranked(out, "teller", "of a member")
