"""Pronouns to the ones they stand for: by the quotation they stand in, by gender and number, by nearness."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.actors.mentions import FEMININE, FIRST_PERSON, MASCULINE, NEUTER, PLURAL, RELATIVE, ActorMention
from dateline.coder.actors.registry import Referent, fits
from dateline.coder.attribution.cues import ACCORDING, VERBS
from dateline.coder.syntax.model import Parse
from dateline.lang.clause import clause_of
from dateline.lang.lexicon import class_of, words
from dateline.model import Attribution
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FIRST_PERSON_RULE = rule("name.first-person", "first person inside a quotation: its speaker")
RELATIVE_RULE = rule("name.relative-pronoun", "the noun that the relative clause describes")
NEAREST_RULE = rule("name.pronoun", "the nearest earlier mention that fits the pronoun")
LAST_SPEAKER_RULE = rule("name.pronoun-of-speaker", "the last who spoke, or acted, in the report's own words")
_JUDGEMENTS = "grammar.judgements"
_UNDERGONE = frozenset({"object", "passive subject"})
_VICTIMS = words("people.victims")
_KILLING = words("harm.killing")
_DYING = words("harm.dying")
_SUBJECTS = frozenset({"subject", "passive subject", "clause as subject"})
_OBJECTS = frozenset({"object", "indirect object", "preposition object"})
_OBJECT_PRONOUNS = words("people.object_pronouns")
_FARTHEST = 60
"""How many mentions back a pronoun may reach."""

_NEAR = 60
"""Within so many tokens the subject of an earlier sentence is still what the text is about."""

_REFLEXIVES = words("people.reflexives")
_SEVERAL_BY_MEANING = words("people.several_by_meaning")


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention in the line of those a pronoun can look back on."""

    token: int
    referent: Referent
    subject: bool


class PronounReader:
    """Looks back from a pronoun over the mentions before it."""

    def __init__(
        self,
        parse: Parse,
        seen: Sequence[Seen],
        attributions: Sequence[Attribution],
        speakers: Mapping[str, Referent],
    ) -> None:
        self._parse = parse
        self._seen = sorted(seen, key=lambda s: s.token)
        self._tokens = [s.token for s in self._seen]
        self._by_token = {s.token: s.referent for s in self._seen}
        self._contents = sorted((s.start, s.end, a.id) for a in attributions for s in a.content)
        self._quoting = {a.id for a in attributions if a.kind != "indirect"}
        self._starts = [start for start, _, _ in self._contents]
        self._speakers = speakers
        self._speaking = {a.source.start for a in attributions if a.source and is_speech(a, parse.doc)}
        self._sources = {a.source.start for a in attributions if a.source}
        self._said = _joined(sorted((start, end) for start, end, _ in self._contents))
        self._said_starts = [start for start, _ in self._said]
        self._blocks = [b.start for b in parse.report.blocks]
        self._outer = [q for q in parse.quotations if q.depth == 0]
        self._outer_starts = [q.start for q in self._outer]

    def resolve(self, mention: ActorMention, *, part: bool = False) -> tuple[Referent, Rule] | None:
        """Who the pronoun stands for and by which rule, or None. ``part``: it stands in "some of them"."""
        token = self._parse.doc[mention.head]
        word = token.lower_
        if word in FIRST_PERSON:
            speaker = self._speaker_at(token.idx, quoted=self._quotation(token.idx) is not None)
            return (speaker, FIRST_PERSON_RULE) if speaker else None
        if word in RELATIVE:
            noun = self._antecedent(token)
            if noun is not None and noun.i in self._by_token:
                return self._by_token[noun.i], RELATIVE_RULE
            return None
        inside = self._quotation(token.idx)
        speaker = self._speaker_at(token.idx) if inside is not None else None
        if mention.span.start in self._sources and self._wanted(word) == "person":
            found = self._who_said(token, word, speaker)
            return (found, LAST_SPEAKER_RULE) if found else None
        wanted = self._wanted(word)
        if wanted is None:
            return None
        found = self._back(token, word, wanted, speaker, part=part)
        return (found, NEAREST_RULE) if found else None

    def speaks(self, mention: ActorMention) -> bool:
        """Whether the words are who a report has saying something."""
        return mention.span.start in self._speaking

    def _who_said(self, token: Token, word: str, speaker: Referent | None) -> Referent | None:
        """Who "he" is in "..., he said" and "he wants": the last who spoke or whom the report's own words are about."""
        at = bisect_left(self._tokens, token.i)
        spoke = self._have_spoken()
        return next(
            (
                s.referent
                for s in reversed(self._seen[max(0, at - _FARTHEST) : at])
                if (s.subject or id(s.referent) in spoke)
                and s.referent is not speaker
                and self._may_speak(s, token)
                and _is_wanted(s.referent, "person")
                and fits(word, s.referent)
            ),
            None,
        )

    def _have_spoken(self) -> set[int]:
        return {id(r) for r in self._speakers.values() if not r.unknown}

    def _may_speak(self, seen: Seen, token: Token) -> bool:
        """Whether one so mentioned may be who speaks: nobody first named in what is said is, there or before.

        In "'They killed a nurse,' she said" the nurse is dead. A speaker in a quotation may be whom that named.
        """
        offset, inside = self._parse.doc[seen.token].idx, self._quotation(token.idx)
        return not self._is_told(offset) or (inside is not None and self._quotation(offset) == inside)

    def _is_told(self, offset: int) -> bool:
        """Whether the offset stands in a quotation, or in what somebody is told to say."""
        at = bisect_right(self._said_starts, offset) - 1
        return self._quotation(offset) is not None or (at >= 0 and offset < self._said[at][1])

    @staticmethod
    def antecedent(token: Token) -> Token | None:
        """The noun that the clause of a relative pronoun describes."""
        verb = token.head
        for _ in range(4):
            if clause_of(verb).link == "relative clause":
                return verb.head
            if verb.head == verb:
                return None
            verb = verb.head
        return None

    _antecedent = antecedent

    def _wanted(self, word: str) -> str | None:
        if word in MASCULINE or word in FEMININE:
            return "person"
        if word in PLURAL:
            return "plural"
        return "body" if word in NEUTER else None

    def _back(
        self, token: Token, word: str, wanted: str, speaker: Referent | None, *, part: bool = False
    ) -> Referent | None:
        """The nearest mention before that fits, but never the subject of the verb whose object the pronoun is.

        A subject wins over nearer ones: first within the sentence, then within the last sixty words. For "some of
        them" those who spoke win where the part speaks, and then the nearest group.
        """
        at = bisect_left(self._tokens, token.i)
        spoke = self._have_spoken()
        barred = self._barred(token, part=part)
        if is_pursued(token):
            barred += self._dead(at)
        fitting = [
            s
            for s in reversed(self._seen[max(0, at - _FARTHEST) : at])
            if s.referent is not speaker
            and (token.idx not in self._sources or id(s.referent) in spoke or self._may_speak(s, token))
            and all(s.referent is not b for b in barred)
            and _is_wanted(s.referent, wanted)
            and fits(word, s.referent)
        ]
        if token.idx in self._sources and token.i == token.sent.start:
            # "It said ...": who spoke before, rather than those of whom something was said
            fitting = [s for s in fitting if id(s.referent) in spoke and self._may_speak(s, token)] or fitting
        own = [s for s in fitting if s.subject and s.token >= token.sent.start]
        if wanted == "plural" and own and not part:
            fitting = own  # "the police denied that they ...": a body may be they, whoever was many before
        elif wanted == "plural" and any(s.referent.plural for s in fitting):
            fitting = [s for s in fitting if s.referent.plural]
        elif wanted == "plural" and speaker is not None:
            return None  # inside somebody's words "they" is seldom a body that the reporter named
        if wanted == "plural" and speaker is not None:
            # nor is it one of whom the paragraph says nothing: "they beat us" must not be laid at a bystander's door
            fitting = [s for s in fitting if s.token >= self._paragraph(token)]
        if part:
            return self._whole(token, [s for s in fitting if s.referent.plural])
        here = [s for s in fitting if s.token >= token.sent.start]
        near = [s for s in fitting if token.i - s.token < _NEAR]
        for group in (here, near, fitting):
            if group:
                named = (s for s in group if s.subject and wanted == "person" and s.referent.sort == "person")
                return next(named, next((s for s in group if s.subject), group[0])).referent
        return None

    def _paragraph(self, token: Token) -> int:
        """The first token of the block that holds the token."""
        at = bisect_right(self._blocks, token.idx) - 1
        first = self._blocks[at] if at >= 0 else 0
        return bisect_left(self._parse.doc, first, key=lambda t: t.idx)

    def _whole(self, token: Token, groups: Sequence[Seen]) -> Referent | None:
        """The group that "some of them" is part of."""
        if _part_is_speaker(token):
            spoke = {id(r) for r in self._speakers.values()}
            groups = [s for s in groups if id(s.referent) in spoke] or groups
        return groups[0].referent if groups else None

    def _barred(self, token: Token, *, part: bool) -> list[Referent]:
        """Those who act on the pronoun, or on part of those it stands for: only "himself" could be one of them."""
        link = clause_of(token).link
        if link == "possessor" or token.lower_ in _REFLEXIVES:
            return []
        if part and link == "preposition object":  # "detained two of them": the two stand where "them" alone would
            token = token.head.head
            link = clause_of(token).link
        if link == "passive subject":
            return self._referents(clause_of(token.head).agents)
        verb, is_object = token.head, link in _OBJECTS
        if link == "preposition object":
            verb = verb.head
        elif link in _SUBJECTS and token.lower_ in _OBJECT_PRONOUNS:  # "urged her to go" with "her" under "go"
            verb, is_object = verb.head, True
        if not is_object or verb.pos_ not in ("VERB", "AUX"):
            return []
        acting = [t for s in clause_of(verb).subjects for t in (s, *clause_of(s).hung("apposition"))]
        return self._referents(acting)

    def _dead(self, before: int) -> list[Referent]:
        """Those told as victims or as dead among the mentions before: nobody arrests or tries them for it."""
        return [
            s.referent for s in self._seen[max(0, before - _FARTHEST) : before] if _is_dead(self._parse.doc[s.token])
        ]

    def _referents(self, tokens: Iterable[Token]) -> list[Referent]:
        return [self._by_token[t.i] for t in tokens if t.i in self._by_token]

    def note(self, mention: ActorMention, referent: Referent) -> None:
        """A pronoun that was resolved is itself a mention for the pronouns after it."""
        at = bisect_left(self._tokens, mention.head)
        self._by_token[mention.head] = referent
        self._tokens.insert(at, mention.head)
        token = self._parse.doc[mention.head]
        self._seen.insert(at, Seen(token.i, referent, is_subject(token) and token.lower_ not in RELATIVE))

    def _quotation(self, offset: int) -> int | None:
        at = bisect_right(self._outer_starts, offset) - 1
        return at if at >= 0 and offset < self._outer[at].end else None

    def _speaker_at(self, offset: int, *, quoted: bool = False) -> Referent | None:
        """The speaker of the innermost attribution whose content holds the offset; ``quoted``: of the quotation.

        In "'He ordered them to beat us,' she said" those beaten are hers, though "to beat us" is what he ordered.
        """
        at = bisect_right(self._starts, offset) - 1
        holding = [
            name
            for start, end, name in reversed(self._contents[max(0, at - 40) : at + 1])
            if start <= offset < end and name in self._speakers
        ]
        if quoted:
            holding = [name for name in holding if name in self._quoting] or holding
        return self._speakers[holding[0]] if holding else None


def is_speech(attribution: Attribution, doc: Doc) -> bool:
    """Whether somebody spoke, rather than thought or felt: the word of the cue tells."""
    if attribution.kind != "indirect":
        return True
    cue = attribution.cue
    words = doc.char_span(cue.start, cue.end, alignment_mode="expand") if cue is not None else None
    lemmas = [token.lemma_.lower() for token in words or ()]
    return any(lemma in ACCORDING or "quote" in VERBS.get(lemma, frozenset()) for lemma in lemmas)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, those that share words as one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _part_is_speaker(token: Token) -> bool:
    """Whether "one of them" is the subject of a verb that has somebody's words as its complement."""
    part = token.head.head
    verb = part.head
    return is_subject(part) and clause_of(verb).has("content clause", "beside")


def _is_wanted(referent: Referent, wanted: str) -> bool:
    if wanted == "person":
        return referent.sort == "person" or (referent.is_person and not referent.plural)
    if wanted == "plural":
        return (
            referent.plural or referent.sort == "body" or bool(_SEVERAL_BY_MEANING & set(referent.name.lower().split()))
        )
    return referent.sort == "body" or (
        referent.sort == "description" and not referent.plural and not referent.is_person
    )


def is_pursued(token: Token) -> bool:
    """Whether the word is whom somebody arrests, accuses or judges."""
    verb = token.head
    if clause_of(token).link not in _UNDERGONE or verb.pos_ != "VERB":
        return False
    return class_of(_JUDGEMENTS, verb.lemma_.lower()) is not None


def _is_dead(token: Token) -> bool:
    if token.lemma_.lower() in _VICTIMS:
        return True
    clause, verb = clause_of(token), token.head
    if verb.pos_ != "VERB" or clause_of(verb).negated:
        return False
    lemma = verb.lemma_.lower()
    deadly = lemma in _KILLING or verb.doc[verb.i + 1 : verb.i + 3].text.lower().startswith(("to death", "dead"))
    return (deadly and clause.link in _UNDERGONE) or (lemma in _DYING and clause.link == "subject")


def is_subject(token: Token) -> bool:
    """Whether the word is the subject of its clause, or one of several that are."""
    for _ in range(_FARTHEST):
        if clause_of(token).link != "conjunct":
            break
        token = token.head
    return clause_of(token).link in _SUBJECTS
