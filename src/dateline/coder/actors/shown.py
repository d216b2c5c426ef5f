"""How a referent is shown: a neutral name, a role, a country and a sector, each with its reason."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.coder.actors.country import country_of, is_country
from dateline.coder.actors.known import Known
from dateline.coder.actors.neutral_names import (
    NOTHING_HIDDEN,
    Hidden,
    hidden_names,
    plain_name,
    role_in_words,
    without_others,
)
from dateline.coder.actors.registry import Referent
from dateline.lang.en.descriptions import is_minor
from dateline.lang.en.neutral.loaded_words import loaded_words, neutral, neutral_reading
from dateline.lang.en.people import PRIVATE_ROLES, PUBLIC_ROLES, head_words, is_armed, sector_of, singular, words_of
from dateline.lang.lexicon import any_of, words
from dateline.model import Actor, Because, Place, Span
from dateline.rules import rule

_NO_ROLE = words("people.no_role")
_ANYBODY = words("people.anybody")
_VOICES = words("people.known_for_their_voice")
_IN_LIST = rule("name.in-authority-list", "in the authority list ({list})")
_SPOKE = rule("name.spoke-publicly", "spoke publicly, as such people do")
_IN_PUBLIC = rule("name.in-public", "in public")
_PUBLIC_ROLE = rule("name.public-role", "in a public role")
_KEPT = rule("name.kept-by-project", "the project keeps the names of private people")
_BY_ROLE = rule("name.private-by-role", "a private person, by role")
_NO_ROLE_TOLD = rule("name.private-without-role", "a private person whose role the report does not tell")
_LOADED = rule("name.without-loaded-words", "loaded words are not part of a name")
_COUNTRY_LISTED = rule("country.in-authority-list", "in the authority list")
_COUNTRY_NAMED = rule("country.named", "named in the words")
_COUNTRY_OF_BODY = rule("country.of-body-named", "of a body named in the words, in the authority list")
_COUNTRY_OF_PLACE = rule("country.of-place-named", "the country of the place in the words")
_SECTOR_LISTED = rule("sector.in-authority-list", "in the authority list")
_SECTOR_OF_COUNTRY = rule("sector.of-country", "a country acts through its government")
_SECTOR_OF_NOUN = rule("sector.noun", "the noun that tells the sector")
_SECTOR_OF_FORCES = rule("sector.of-forces", "the report names {told} and no {other}")
_WHERE = any_of(words("people.where_somebody_is"), after=r")\s+(?:the\s+)?$")
_FORCES = any_of(words("people.security_forces"))


@dataclass(frozen=True, slots=True)
class Shown:
    """Makes actors of the referents of one report. ``places`` are sorted; ``keep``: private people keep their names."""

    known: Known
    places: Sequence[Place]
    keep: bool

    def actors(self, kept: Sequence[Referent], hidden: Hidden, ids: Sequence[str]) -> tuple[Actor, ...]:
        """The actors of the referents that are kept; hidden names stand in none of them."""
        sectors = [self._sector(referent) for referent in kept]
        named = {sector[0] for sector in sectors if sector is not None}
        return tuple(
            self._actor(id, referent, hidden, sector or _sector_of_forces(referent, named))
            for id, referent, sector in zip(ids, kept, sectors, strict=True)
        )

    def hidden(self, everybody: Sequence[Referent], written: Iterable[str], inside: Callable[[Place], bool]) -> Hidden:
        """The names of private people in the report, none where the project keeps them.

        ``written`` are people's names by how they are written: whoever is nobody in public among them is private.
        ``inside`` tells whether what was taken for a place stands in one of them.
        """
        if self.keep:
            return NOTHING_HIDDEN
        private = [r.name for r in everybody if r.sort == "person" and not is_public(r)]
        others = [r.name for r in everybody if r.entry is not None or (r.sort == "person" and is_public(r))]
        public = {words_of(name)[-1] for name in others if words_of(name)}
        others += [p.quote for p in self.places if p.lat is not None and p.precision != "site" and not inside(p)]
        private += [name for name in written if not public & set(words_of(name)[-1:]) and self.known.kind(name) is None]
        return hidden_names(private, others)

    def _actor(self, id: str, referent: Referent, hidden: Hidden, sector: tuple[str, Because] | None) -> Actor:
        told = [neutral(role) for role in referent.roles]
        role = next((r for r in told if r and next(iter(head_words(r)), "") not in _NO_ROLE), None)
        role = hidden.without(without_others(role)) if role else None
        because = [hidden.reason(why) for why in referent.because[:6]]
        flags = list(referent.flags) if is_public(referent) else [hidden.without(flag) for flag in referent.flags]
        country = self._country(referent)
        if referent.entry is not None:
            standing, office, remark = self.known.standing(referent.entry)
            because.append(_IN_LIST.because(referent.entry.name, list=referent.entry.list_name))
            role = role or office or None
            if standing is not None and standing.country:
                country = standing.country, _COUNTRY_LISTED.because(referent.entry.name)
            flags += [remark] if remark else []
        if referent.sort == "person":
            name, reason = self._person_name(referent, role)
            because.append(reason)
        elif referent.entry is not None:
            name = referent.entry.name
        else:
            name = hidden.without(plain_name(referent))
            if name != referent.name and neutral(referent.name) != referent.name:
                because.append(_LOADED.because())
        because += [found[1] for found in (country, sector) if found is not None]
        return Actor(
            id=id,
            name=name,
            role=role or None,
            country=country[0] if country else None,
            sector=sector[0] if sector else None,
            mentions=tuple(sorted(referent.mentions, key=lambda s: (s.start, s.end))),
            flags=tuple(dict.fromkeys(flags)),
            because=tuple(because),
        )

    def _person_name(self, referent: Referent, role: str | None) -> tuple[str, Because]:
        if is_public(referent):
            noun = _deciding_role(referent)
            if referent.public and noun not in PUBLIC_ROLES:
                return referent.name, _IN_PUBLIC.because()
            if noun in _VOICES and referent.speaks:
                return referent.name, _SPOKE.because(noun or "")
            return referent.name, _PUBLIC_ROLE.because(noun or "", source=PUBLIC_ROLES.source(noun) if noun else "")
        if self.keep:
            return referent.name, _KEPT.because()
        told = role_in_words(role) if role else None
        if told is not None:
            return told, _BY_ROLE.because()
        return "a person", _NO_ROLE_TOLD.because()

    def _country(self, referent: Referent) -> tuple[str, Because] | None:
        """Of the words; or of the place that they name as whose somebody is: "Lahore police", "mayor of Lyon"."""
        if referent.whole is not None:
            return self._country(referent.whole)
        told = " ".join(referent.roles) if referent.sort == "person" else referent.name
        if told and (found := country_of(told)) is not None:
            return found[0], _COUNTRY_NAMED.because(found[1])
        if (inside := self.known.inside(told)) is not None:
            return inside[0], _COUNTRY_OF_BODY.because(inside[1])
        for mention in referent.mentions:
            for place in self._places_in(mention):
                before = mention.quote[: place.start - mention.start]
                if place.country and not _WHERE().search(before):
                    return place.country, _COUNTRY_OF_PLACE.because(place.quote)
        return None

    def _places_in(self, span: Span) -> Sequence[Place]:
        first = bisect_left(self.places, span.start, key=lambda p: p.start)
        return self.places[first : bisect_left(self.places, span.end, lo=first, key=lambda p: p.start)]

    def _sector(self, referent: Referent) -> tuple[str, Because] | None:
        if referent.unknown:
            return None
        if referent.whole is not None:
            return self._sector(referent.whole)
        if referent.leader is not None and (led := self._sector(referent.leader)) is not None and is_armed(led[0]):
            return led
        if referent.entry is not None:
            standing, _, _ = self.known.standing(referent.entry)
            if standing is not None and standing.sector:
                return standing.sector, _SECTOR_LISTED.because(referent.entry.name)
        if is_country(referent.name) and referent.sort != "person":
            return "GOV", _SECTOR_OF_COUNTRY.because(referent.name)
        # "terrorists" have the sector of gunmen, "the regime" that of a government
        told = referent.roles if referent.sort == "person" else [referent.name, *referent.roles]
        for reading in map(neutral_reading, told):
            found = None if _FORCES().search(reading.text) else sector_of(reading.text)
            if found is not None and _means_anybody(found.word):
                return None  # that somebody calls them bandits does not make them a gang
            if found is not None:
                return found.code, _SECTOR_OF_NOUN.because(found.word, source=found.source)
        return None


def is_private(actor: Actor) -> bool:
    """Whether an actor is a single person who is shown by role, not by name."""
    return any(why.id in (_BY_ROLE.id, _NO_ROLE_TOLD.id, _KEPT.id) for why in actor.because)


def is_public(referent: Referent) -> bool:
    """Named in public: by a public role or in the authority list; having been asked by a reporter is no such role."""
    if referent.entry is not None and referent.entry.kind == "person":
        return True
    if any(is_minor(mention.quote) for mention in referent.mentions):
        return False
    noun = _deciding_role(referent)
    if noun in _VOICES:
        return referent.speaks or referent.public
    return noun in PUBLIC_ROLES if noun is not None else referent.public


def _deciding_role(referent: Referent) -> str | None:
    """The first noun of the roles that tells whether somebody is in public life or a private person."""
    for role in map(neutral, referent.roles):
        for noun in map(singular, head_words(role)):
            if noun in PUBLIC_ROLES or noun in PRIVATE_ROLES:
                return noun
        # an office behind a head that tells nothing: "host of the minister"
        office = next((noun for noun in map(singular, words_of(role)) if noun in PUBLIC_ROLES), None)
        if office is not None:
            return office
    return None


def _sector_of_forces(referent: Referent, named: set[str]) -> tuple[str, Because] | None:
    """Security forces are police or soldiers: which, the other words of the report may tell."""
    matches = (_FORCES().search(words) for words in (referent.name, *referent.roles))
    words = next((match.group() for match in matches if match), None)
    told = [code for code in ("COP", "MIL") if code in named]
    if words is None or referent.unknown or len(told) != 1:
        return None
    other = "soldiers" if told[0] == "COP" else "police"
    return told[0], _SECTOR_OF_FORCES.because(words, told=told[0], other=other)


def _means_anybody(word: str) -> bool:
    """Whether the word is a judgement for which no more than "people" is put."""
    return loaded_words().named.get(word.lower(), "").rpartition(" ")[2] in _ANYBODY
