"""Who acts on whom in a sentence: the roles of its main act, whether or not the codebook has a type for it.

The sentences are re-joined tokens ("Ana ’ s well - known friend"): they are joined as they would be printed before they
are coded, and what is found is put back in their own offsets.

The main act is the event that stands highest in the sentence, or the main verb where none is coded. Its actors are the
sources. Where a speaker tells of themselves by a pronoun, the speaker is the source; where a speaker tells of another
and no event is coded, the other is the target. The targets are the recipients, in the words of the whole object that
they own or stand in ("the union's demand"), or else what the act is done to, about or for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.tools import PRONOUNS
from dateline.coder.events.find import find_mentions
from dateline.coder.events.model import Mention
from dateline.coder.syntax.model import Parse
from dateline.coder.syntax.parse import parse_many
from dateline.coder.syntax.phrases import phrase
from dateline.intake import read_text
from dateline.lang.en.grammar.reach import Reach, reached
from dateline.lang.en.grammar.voice import is_passive, objects, subjects
from dateline.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}
NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "n’t"})
NO_SPACE_AFTER = frozenset({"(", "[", "$", "£", "€", "#"})
APOSTROPHES = frozenset({"'", "’"})
SAYING = frozenset("say tell announce state report note add claim hope believe think express insist stress".split())
ATTITUDES = frozenset(
    "optimism pessimism concern hope doubt surprise condolence sympathy support confidence regret interest worry fear "
    "readiness willingness appreciation gratitude satisfaction disappointment solidarity opposition objection comment "
    "responsibility appeal condemnation criticism".split()
)
"""Nouns for what somebody feels or says, whose matter follows them."""
ABOUT = frozenset({"about", "of", "over", "for", "at", "in", "on", "to", "with", "against"})
TOWARDS = ABOUT - {"at", "in", "on"}
MEETING = frozenset({"meet", "talk", "meeting"})
JOINT = frozenset({"agree", "sign", "agreement", "cooperate", "exercise", "game", "upgrade", "perform"})
BESIDE = frozenset({"adverbial clause", "relative clause", "noun clause", "beside"})
"""Clauses that tell something else than the main verb."""
LIMIT = 6


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The actors as sources and the recipients as targets."""
    kept = [(record, *joined(record["text"])) for record in records]
    reports = (read_text(text, id=str(record["id"]), language="en") for record, text, _ in kept)
    for (record, _, offsets), parse in zip(kept, parse_many(reports, tools.coder.nlp), strict=True):
        sources, targets = roles(parse, find_mentions(parse, tools.coder.codebook).mentions)
        found = {(s, "source") for s in sources} | {(s, "target") for s in targets}
        spans = sorted({(offsets[s.start], offsets[s.end - 1] + 1, role) for s, role in found})
        yield {"id": record["id"], "roles": [{"start": s, "end": e, "role": r} for s, e, r in spans]}


def joined(text: str) -> tuple[str, list[int]]:
    """Re-joined tokens as they would be printed, and the offset in ``text`` of each of their characters."""
    tokens = list(re.finditer(r"\S+", text))
    out: list[str] = []
    offsets: list[int] = []
    for n, token in enumerate(tokens):
        word, before = token.group(), tokens[n - 1].group() if n else ""
        after = tokens[n + 1].group() if n + 1 < len(tokens) else ""
        if n and not _sticks(before, word, after, tokens[n - 2].group() if n > 1 else ""):
            out.append(" ")
            offsets.append(token.start() - 1)
        out.append(word)
        offsets += range(token.start(), token.end())
    return "".join(out), offsets


def _sticks(before: str, word: str, after: str, earlier: str) -> bool:
    """Whether the word is printed without a space before it."""
    if word in NO_SPACE_BEFORE or before in NO_SPACE_AFTER:
        return True
    if word in APOSTROPHES:
        return after == "s"
    if before in APOSTROPHES:
        return word == "s"
    if word == "-":
        return before[-1:].isalnum() and after[:1].isalnum()
    if before == "-":
        return earlier[-1:].isalnum() and word[:1].isalnum()
    return before in {",", "."} and earlier[-1:].isdigit() and word[:1].isdigit()


def roles(parse: Parse, mentions: Sequence[Mention]) -> tuple[Sequence[Span], Sequence[Span]]:
    """Sources and targets of the main act; none of either where the act is one that both sides do with each other."""
    act, sayer = _main_verb(parse)
    told = [m for m in mentions if m.actors or m.recipients]
    main = min(told, key=lambda m: (not m.actors, _depth(m.root), m.trigger.start)) if told else None
    if main is None or (act is not None and not _part_of(act, main)):
        return _of_verb(parse, act, sayer) if act is not None else ([], [])
    if _together(main):
        return [], []
    sources = list(main.actors) or ([main.instrument] if main.instrument else [])
    if not sources or all(s.quote.lower() in PRONOUNS for s in sources):
        sources = _named(parse, sayer) or _named(parse, subjects(act) if act is not None else ()) or sources
    targets = [_whole(parse, main, t) for t in main.recipients if t.quote.lower() not in PRONOUNS]
    if not targets:
        below = [m for m in told if m is not main and main.root in m.root.ancestors]
        targets = [t for m in below for t in m.recipients if t.quote.lower() not in PRONOUNS][:1]
    if not targets:
        verb = main.root if main.root.pos_ == "VERB" else act
        targets = [_with_maker(parse, t) for t in _matter(verb)] if verb is not None else []
    if not targets and act is not None:
        targets = [phrase(parse, t) for t in _anyone_below(act)]
    return sources, [t for t in targets if not any(t.start < s.end and s.start < t.end for s in sources)]


def _anyone_below(verb: Token) -> tuple[Token, ...]:
    """Whoever is named below a verb, a place with its people too."""
    return reached(Reach(verb, frozenset(t.i for t in subjects(verb)), frozenset(), places=True))


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _part_of(act: Token, main: Mention) -> bool:
    """Whether the event is what the main verb tells, and not what a clause beside it tells."""
    if act in main.tokens:
        return True
    above = list(main.root.ancestors)
    if act not in above:
        return bool(main.actors)
    between = [main.root, *above[: above.index(act)]]
    return not any(t.dep_ in BESIDE for t in between)


def _together(main: Mention) -> bool:
    """Whether all the named do it with each other ("met", "held talks with", "X and Y agreed")."""
    words = {t.lemma_.lower() for t in main.tokens}
    words |= {c.lemma_.lower() for t in main.tokens for c in t.children if c.dep_ == "object"}
    if words & MEETING:
        return bool(main.actors and main.recipients) and main.type != "REJECT"
    return bool(words & JOINT) and len(main.actors) > 1


def _named(parse: Parse, tokens: Iterable[Token]) -> list[Span]:
    return [phrase(parse, t) for t in tokens if t.pos_ != "PRON" and t.lower_ not in PRONOUNS]


def _main_verb(parse: Parse) -> tuple[Token | None, tuple[Token, ...]]:
    """The verb of the main clause, with the speaker where it is somebody's words."""
    verb = next((t for t in parse.doc if t.head == t and t.pos_ in {"VERB", "AUX"}), None)
    sayer: tuple[Token, ...] = ()
    for _ in range(LIMIT):
        if verb is None or verb.lemma_.lower() not in SAYING:
            break
        content = next((c for c in verb.children if c.dep_ == "content clause" and c.pos_ in {"VERB", "AUX"}), None)
        if content is None:
            break
        if content.i > verb.i:
            sayer = sayer or subjects(verb)
        verb = content
    return verb, sayer


def _of_verb(parse: Parse, verb: Token, sayer: Sequence[Token]) -> tuple[list[Span], list[Span]]:
    """Sources and targets of a verb that no type of the codebook is coded for."""
    acting = subjects(verb)
    own = _named(parse, acting)
    if sayer and own:
        return _named(parse, sayer), own
    sources = own or _named(parse, sayer)
    targets = [_with_maker(parse, t) for t in _matter(verb) or _anyone_below(verb)]
    return sources, [t for t in targets if not any(t.start < s.end and s.start < t.end for s in sources)]


def _matter(verb: Token) -> tuple[Token, ...]:
    """What a verb is done to, or what an attitude is about: "voiced doubts about the plan", "is wary of the plan"."""
    for head in (
        *objects(verb),
        *(c for c in verb.children if c.dep_ in {"adjective complement", "attribute", "particle"}),
        verb,
    ):
        if (
            head != verb
            and head.dep_ not in {"adjective complement", "attribute"}
            and head.lemma_.lower() not in ATTITUDES
        ):
            return (head,) if head.pos_ in {"NOUN", "PROPN"} and head.ent_type_ not in {"DATE", "TIME"} else ()
        for prep in head.rights:
            if prep.dep_ == "preposition" and prep.lower_ in (ABOUT if head != verb else TOWARDS):
                about = tuple(
                    c for c in prep.children if c.dep_ == "preposition object" and c.ent_type_ not in {"DATE", "TIME"}
                )
                if about:
                    return about
                for clause in prep.children:
                    inner = objects(clause) if clause.dep_ == "preposition clause" else ()
                    if inner:
                        return inner[:1]
    return ()


def _with_maker(parse: Parse, head: Token) -> Span:
    """The phrase with who made or said it: "charges by the union", "a plan drawn up by the ministry"."""
    span = phrase(parse, head)
    for child in head.rights:
        if child.dep_ in {"preposition", "agent"} and child.lower_ == "by":
            last = child.right_edge
            return parse.report.span(span.start, max(span.end, last.idx + len(last.text)))
    return span


def _whole(parse: Parse, main: Mention, recipient: Span) -> Span:
    """The whole object whose owner the recipient is ("the union's demand"), or the recipient."""
    for verb in main.tokens:
        for head in objects(verb) if verb.pos_ == "VERB" and not is_passive(verb) else ():
            whole = _with_maker(parse, head)
            inside = whole.start <= recipient.start and recipient.end <= whole.end
            if inside and whole != recipient and head.lemma_.lower() not in ATTITUDES:
                return whole
    return recipient
