"""Who acts and who speaks, resolved within one report and shown under neutral names.

People in a public role, and those who spoke publicly, keep their names; everybody else is told by role. Loaded words
are never part of a name or role: the lists of ``loaded_words.yaml`` give neutral ones, the same for every side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from dateline.coder.actors.country import country_of
from dateline.coder.actors.indefinite import pointed_at
from dateline.coder.actors.known import Known
from dateline.coder.actors.mentions import (
    FEMININE,
    FIRST_PERSON,
    MASCULINE,
    NEUTER,
    PLURAL,
    RELATIVE,
    ActorMention,
    introduced,
    is_plain_at_start,
    named_in,
    others_named,
    persons_named,
    read_mention,
    role_beside,
)
from dateline.coder.actors.neutral_names import NOTHING_HIDDEN, Hidden, plain_name
from dateline.coder.actors.persons import holds_beside, holds_office, place_tokens, role_in_front, treated_as_person
from dateline.coder.actors.pronouns import RELATIVE_RULE, PronounReader, Seen, is_speech, is_subject
from dateline.coder.actors.registry import Referent, Registry
from dateline.coder.actors.shown import Shown
from dateline.coder.syntax.model import Parse
from dateline.lang.clause import clause_of
from dateline.lang.en.descriptions import (
    bare,
    core,
    counted,
    is_definite,
    part_of,
    unnamed,
    without_article,
    without_article_of_another,
)
from dateline.lang.en.grammar.agents import HAPPENINGS, names_agent, names_person
from dateline.lang.en.people import FOLLOWERS, names_post, singular
from dateline.lang.lexicon import words
from dateline.model import Actor, Attribution, Place, Span
from dateline.resolve.authority.lists import Authority, built_in_authority

if TYPE_CHECKING:
    from spacy.tokens import Token

_WE = words("people.first_person_plural")
_POINTING_AT_SEVERAL = words("people.pointing_at_several")
_POINTING_AT_ONE = words("people.pointing_at_one")
_PLAIN_ADJECTIVES = words("people.plain_adjectives")
LINKING = MASCULINE | FEMININE | (PLURAL & words("people.can_act"))
_NOBODY_NAMED = "an unidentified source"
_PROPER = frozenset({"NORP", "GPE", "ORG", "PERSON", "LOC", "FAC", "EVENT"})


@dataclass(frozen=True, slots=True)
class ActorsResolved:
    """The actors in the order of their first mention, and who each span and each attribution's source is.

    ``persons`` are the ids of those who are single persons with a name.
    """

    actors: tuple[Actor, ...] = ()
    by_span: dict[tuple[int, int], str] = field(default_factory=dict)
    speaker_by_attribution: dict[str, str] = field(default_factory=dict)
    persons: frozenset[str] = frozenset()
    hidden: Hidden = NOTHING_HIDDEN
    """The names of private people, which no field but a quotation may hold."""

    def naming(self, chosen: Mapping[tuple[int, int], str]) -> ActorsResolved:
        """The same where some words were chosen to stand for an actor, without those who neither act nor speak."""
        by_span = {**self.by_span, **chosen}
        used = {*chosen.values(), *self.speaker_by_attribution.values()}
        kept = tuple(actor for actor in self.actors if actor.id in used)
        ids = {actor.id for actor in kept}
        return replace(self, actors=kept, by_span={key: name for key, name in by_span.items() if name in ids})


def resolve_actors(
    parse: Parse,
    participants: Sequence[Span],
    attributions: Sequence[Attribution],
    *,
    names: Literal["roles", "keep"] = "roles",
    places: Sequence[Place] = (),
    authority: Authority | None = None,
) -> ActorsResolved:
    """The participants of events and the sources of attributions, each with the actor that it refers to.

    Nobody ("no one"), things and happenings have no actor. ``places`` are the report's: their names are not people's.
    ``names="keep"`` keeps the names of private people, as a project may choose to. ``authority`` is the list of known
    actors, the built-in one where none is given.
    """
    day = parse.report.published[:10] if parse.report.published else None
    countries = frozenset(place.country for place in places if place.country)
    known = Known(authority or built_in_authority(), day, countries)
    return _Resolver(parse, participants, attributions, places, known, keep=names == "keep").resolve()


class _Resolver:
    """One report's actors in three passes: names and descriptions, then pronouns, then neutral wording."""

    def __init__(
        self,
        parse: Parse,
        participants: Sequence[Span],
        attributions: Sequence[Attribution],
        places: Sequence[Place],
        known: Known,
        *,
        keep: bool,
    ) -> None:
        self._known = known
        self._shown = Shown(known, places, keep)
        self._parse = parse
        self._attributions = attributions
        sources = [a.source for a in attributions if a.source is not None]
        unique = {(s.start, s.end): s for s in (*participants, *sources)}
        self._lower = frozenset(t.text for t in parse.doc if t.is_lower)
        self._places = place_tokens(parse.doc, places)
        read = (read_mention(unique[key], parse, self._places) for key in sorted(unique))
        self._mentions = [mention for mention in read if mention.kind != "nobody"]
        self._introduced = sorted(introduced(parse.report.text))
        self._registry = Registry({short: full for _, _, short, full in reversed(self._introduced)}, known)
        self._by_span: dict[tuple[int, int], Referent] = {}
        self._seen: list[Seen] = []
        self._named_aside: dict[int, Span] = {}
        """Where those are first named who neither act nor speak there."""

    def resolve(self) -> ActorsResolved:
        self._named_and_described()
        speakers = self._speakers()
        self._pronouns(speakers)
        speakers = self._speakers()
        for attribution in self._attributions:
            if attribution.id in speakers and is_speech(attribution, self._parse.doc):
                speakers[attribution.id].speaks = True
        sources = {id(r) for r in speakers.values()}
        kept = [r for r in self._registry.referents if r.mentions and not r.is_happening]
        kept = [r for r in kept if not r.is_thing or id(r) in sources]
        kept.sort(key=lambda r: (r.mentions[0].start, r.mentions[0].end))
        doc = self._parse.doc
        written = [doc[start:end].text for start, end in self._parse.names if not holds_beside(doc, start, end)]
        ranges = [(doc[start].idx, doc[start:end].end_char) for start, end in self._parse.names]
        hidden = self._shown.hidden(
            self._registry.referents, written, lambda p: any(a <= p.start and p.end <= b for a, b in ranges)
        )
        ids = {id(r): f"p{n}" for n, r in enumerate(kept, start=1)}
        return ActorsResolved(
            self._shown.actors(kept, hidden, [ids[id(r)] for r in kept]),
            {key: ids[id(r)] for key, r in self._by_span.items() if id(r) in ids},
            {name: ids[id(r)] for name, r in speakers.items() if id(r) in ids},
            frozenset(ids[id(r)] for r in kept if r.sort == "person"),
            hidden,
        )

    def _named_and_described(self) -> None:
        """First pass, in the order of the text; names that are nobody's actor are noted for the pronouns to find."""
        doc = self._parse.doc
        line: list[tuple[int, ActorMention, bool]] = [(m.span.start, m, True) for m in self._mentions]
        taken = {m.head for m in self._mentions}
        for start, end, title in persons_named(doc, self._places):
            if not any(i in taken for i in range(start, end)):
                taken.update(range(start, end))
                words = doc[start:end]
                span = self._parse.report.span(words.start_char, words.end_char)
                role = role_beside(doc, start, end) or role_in_front(doc, start)
                public = holds_office(words.root)
                mention = ActorMention(span, words.root.i, "person", words.text, title, without_article(role), public)
                line.append((span.start, mention, False))
        for start, end in others_named(doc, taken):
            words = doc[start:end]
            span = self._parse.report.span(words.start_char, words.end_char)
            line.append((span.start, read_mention(span, self._parse, self._places), False))
        quoting = {(a.source.start, a.source.end) for a in self._attributions if a.source and a.kind != "indirect"}
        speaker_before: Referent | None = None
        by_head: dict[int, Referent] = {}
        for _, mention, is_actor in sorted(line, key=lambda item: (item[0], item[1].span.end, item[2])):
            if mention.kind in ("pronoun", "partitive", "nobody"):
                continue
            referent = by_head.get(mention.head) if self._is_plain(mention) else None
            if referent is None:
                referent = self._refer(mention, speaker_before if is_actor else None)
                if self._is_plain(mention):
                    by_head[mention.head] = referent
            key = (mention.span.start, mention.span.end)
            if is_actor:
                self._by_span[key] = referent
                referent.mentions.append(mention.span)
                if key in quoting:
                    speaker_before = referent
            else:
                self._named_aside.setdefault(id(referent), mention.span)
            self._seen.append(Seen(mention.head, referent, is_subject(doc[mention.head])))

    def _is_plain(self, mention: ActorMention) -> bool:
        """No coordination: "communities" of "communities and their friends" is not the whole."""
        head = self._parse.doc[mention.head]
        end = mention.span.end
        return not any(other.idx < end for other in clause_of(head).hung("conjunct"))

    def _refer(self, mention: ActorMention, speaker_before: Referent | None) -> Referent:
        mention = self._whole_name(mention)
        surname = self._registry.is_surname(mention.name)
        kind = (None if surname else self._known.kind(mention.name)) or mention.kind
        head = self._parse.doc[mention.head] if len(self._parse.doc) else None
        if kind == "name" and not surname and head is not None and self._known.kind(mention.name) is None:
            surname = country_of(mention.name) is None and treated_as_person(head, self._places)
        if kind == "person" or (kind == "name" and surname):
            return self._registry.person(mention, speaker_before)
        if kind == "name":
            body = self._registry.body(mention, place=mention.head in self._places)
            # "Harbour Protests" names happenings; "the Youth March" in the singular may be a body
            body.is_happening = (
                body.entry is None and head is not None and head.tag_ in ("NNS", "NNPS") and _happens(head)
            )
            body.is_person |= body.entry is None and names_post(body.name)
            return body
        if kind == "indefinite" and head is not None:
            name, plural = unnamed(head.lower_)
            return self._registry.unnamed(name, mention.span.quote, plural=plural)
        told = self._described(mention)
        plural = head is not None and head.tag_ in ("NNS", "NNPS")
        if not plural and (holder := self._known.holder(told)) is not None:
            return self._registry.holder(holder, mention.span.quote, self._known.day or "")
        referent = self._registry.description(told, bare(told), is_definite(told), plural)
        if referent.sort == "description" and head is not None:
            referent.is_person |= names_person(head)
            referent.is_happening = _happens(head)
            referent.is_thing = head.pos_ in ("NOUN", "PROPN") and not names_agent(head)
        return referent

    def _whole_name(self, mention: ActorMention) -> ActorMention:
        """The whole of a name that stands before its acronym, where the parse tears it ("the Front for Unity (FU)")."""
        at = bisect_right(self._introduced, mention.span.start + 4, key=lambda name: name[0]) - 1
        if at < 0:
            return mention
        start, end, _, full = self._introduced[at]
        begins = start - 4 <= mention.span.start <= start and mention.span.quote.startswith(
            ("The ", "the ", full.split()[0])
        )
        return replace(mention, kind="name", name=full) if begins and mention.span.end <= end else mention

    def _described(self, mention: ActorMention) -> str:
        """The words of a description: no tail, a number with its people, no capital from the start of a sentence."""
        words = named_in(mention.span, self._parse)
        if words is None:
            return re.sub(r"\s+", " ", mention.span.quote).strip()
        text = re.sub(r"\s+", " ", words.text).strip()
        told = counted(core(text), words.root)
        if words.root.tag_ == "NNS":
            told = without_article_of_another(told)
        return told[0].lower() + told[1:] if told[:1].isupper() and self._is_common(words[0]) else told

    def _is_common(self, first: Token) -> bool:
        """Whether the first word of a description has its capital from the start of a sentence alone."""
        following = first.doc[first.i + 1 : first.i + 2].text
        if first.ent_type_ in _PROPER or not (first.text.istitle() or len(first) == 1) or following[:1].isupper():
            return following[:1].isupper() and first.pos_ in ("DET", "NUM")
        if first.pos_ in ("DET", "NUM", "ADV", "ADP", "PRON") or first.tag_ in ("JJR", "JJS", "NN", "NNS"):
            return True
        if first.lower_ in _PLAIN_ADJECTIVES:
            return True
        return is_plain_at_start(first) or first.lower_ in self._lower

    def _pronouns(self, speakers: dict[str, Referent]) -> None:
        reader = PronounReader(self._parse, self._seen, self._attributions, speakers)
        pronouns = [m for m in self._mentions if m.kind in ("pronoun", "partitive")]
        self._followers(reader)
        first_person = [m for m in pronouns if m.span.quote.lower() in FIRST_PERSON]
        others = [m for m in pronouns if m not in first_person]
        for mention in sorted([*others, *self._linking()], key=lambda m: m.head):
            if mention in others:
                self._pronoun(mention, reader)
            elif (found := reader.resolve(mention)) is not None:
                reader.note(mention, found[0])
        # "I" is the speaker, whom another pronoun may name: "..., he said".
        speakers.update(self._speakers())
        for mention in first_person:
            self._pronoun(mention, reader)

    def _linking(self) -> Iterator[ActorMention]:
        """Pronouns that are subjects and nobody's part of an event: those behind them may look back on them."""
        taken = {m.head for m in self._mentions}
        for token in self._parse.doc:
            if token.i not in taken and token.lower_ in LINKING and is_subject(token):
                yield ActorMention(self._parse.report.span(token.idx, token.idx + len(token)), token.i, "pronoun")

    def _followers(self, reader: PronounReader) -> None:
        """Whose men "his men" and "our fighters" are."""
        for mention in self._mentions:
            head = self._parse.doc[mention.head]
            if mention.kind != "description" or head.tag_ != "NNS" or head.lemma_.lower() not in FOLLOWERS:
                continue
            for owner in clause_of(head).hung("possessor"):
                span = self._parse.report.span(owner.idx, owner.idx + len(owner))
                found = reader.resolve(ActorMention(span, owner.i, "pronoun")) if owner.pos_ == "PRON" else None
                if found is not None:
                    self._by_span[(mention.span.start, mention.span.end)].leader = found[0]

    def _part(self, mention: ActorMention, reader: PronounReader) -> None:
        """As "some of them": a part of the group that the pronoun stands for."""
        head = self._parse.doc[mention.head]
        pointed = pointed_at(head)
        span = mention.span if pointed is None else self._parse.report.span(pointed.idx, pointed.idx + len(pointed))
        inner = ActorMention(span, mention.head if pointed is None else pointed.i, "pronoun")
        # "12 of us" are not twelve parts of the one who says it
        found = reader.resolve(inner, part=True) if pointed is None or pointed.lower_ != "us" else None
        whole = found[0] if found is not None and found[0].sort != "person" and not found[0].unknown else None
        quantifier = re.split(r"\sof\s", mention.span.quote, maxsplit=1)[0].lower()
        name = part_of(quantifier, plain_name(whole) if whole else None, whole is not None and whole.sort == "body")
        one = head.lower_ == "one"
        referent = self._registry.unnamed(name, mention.span.quote, plural=not one, unknown=whole is None)
        self._by_span[(mention.span.start, mention.span.end)] = referent
        referent.mentions.append(mention.span)
        if whole is not None:
            referent.whole = whole
            reader.note(mention, referent)

    def _pronoun(self, mention: ActorMention, reader: PronounReader) -> None:
        if mention.kind == "partitive":
            self._part(mention, reader)
            return
        found = reader.resolve(mention)
        word = mention.span.quote.lower()
        if found is not None:
            referent, rule = found
            referent.because.append(rule.because(mention.span.quote))
            if not referent.mentions and id(referent) in self._named_aside:
                referent.mentions.append(self._named_aside[id(referent)])  # so that readers see who "he" is
            if word in MASCULINE | FEMININE and referent.sort == "person" and not referent.gender:
                referent.gender = "m" if word in MASCULINE else "f"
            if word not in FIRST_PERSON:
                reader.note(mention, referent)
        elif (described := self._described_before(reader, mention)) is not None:
            referent = described
        else:
            speaks = reader.speaks(mention) and word in MASCULINE | FEMININE
            referent = self._registry.unresolved(mention.span.quote, _NOBODY_NAMED if speaks else _unknown(word))
        self._by_span[(mention.span.start, mention.span.end)] = referent
        referent.mentions.append(mention.span)

    def _described_before(self, reader: PronounReader, mention: ActorMention) -> Referent | None:
        """The noun before a relative pronoun, where it is no mention of its own yet."""
        noun = reader.antecedent(self._parse.doc[mention.head])
        if noun is None or mention.span.quote.lower() not in RELATIVE:
            return None
        behind = (word for word in clause_of(noun).hung("preposition") if word.i > noun.i)
        ends = [word.right_edge.i for word in behind if word.lower_ == "of"]
        words = self._parse.doc[noun.left_edge.i : max([noun.i, *(e for e in ends if e < mention.head)]) + 1]
        span = self._parse.report.span(words.start_char, words.end_char)
        referent = self._refer(read_mention(span, self._parse, self._places), None)
        referent.because.append(RELATIVE_RULE.because(mention.span.quote))
        return referent

    def _speakers(self) -> dict[str, Referent]:
        found: dict[str, Referent] = {}
        for attribution in self._attributions:
            source = attribution.source
            if source is not None and (referent := self._by_span.get((source.start, source.end))) is not None:
                found[attribution.id] = referent
        return found


def _happens(head: Token) -> bool:
    return head.pos_ in ("NOUN", "PROPN") and singular(head.lower_) in HAPPENINGS


def _unknown(word: str) -> str:
    if word in PLURAL or word in _WE or word in _POINTING_AT_SEVERAL:
        return "unidentified people"
    return _NOBODY_NAMED if word in NEUTER or word in _POINTING_AT_ONE else "an unidentified person"
