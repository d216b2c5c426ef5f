"""What the authority list says of the actors of one report: who is meant by a name, and what they were on its day."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from dateline.coder.actors.country import country_of
from dateline.resolve.authority.lists import Authority, Entry, Standing

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)

_LONGEST_PHRASE, _LONGEST_NAME = 40, 6
_NO_DAY = "what they were depends on a date that the report does not give"


@dataclass(frozen=True, slots=True)
class Known:
    """The list as one report sees it: on its day of publication, with the countries of its places."""

    authority: Authority
    day: str | None = None
    countries: Collection[str] = ()

    def find(self, name: str, phrase: str) -> Entry | None:
        """Who bears the name: of several, the one of the country that the phrase names, or else of the report's."""
        if len(self.authority.named(name)) < 2:
            return self.authority.find(name)
        own = country_of(phrase)
        return (self.authority.find(name, (own[0],)) if own else None) or self.authority.find(name, self.countries)

    def kind(self, name: str) -> Literal["person", "name"] | None:
        """Whether the list knows the name as a person's or as a body's; a country may be a person's namesake."""
        kinds = {entry.kind for entry in self.authority.named(name)} if name else set()
        return "person" if kinds == {"person"} else "name" if kinds == {"body"} else None

    def several(self, name: str) -> tuple[str, ...]:
        """The names of those who share a name and could not be told apart."""
        found = self.authority.named(name)
        return tuple(entry.name for entry in found) if len(found) > 1 else ()

    def inside(self, phrase: str) -> tuple[str, str] | None:
        """The country of a body whose name stands in a phrase ("Knesset members"), and the name."""
        words = phrase.split()[:_LONGEST_PHRASE]
        for at, first in enumerate(words):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1) if first[:1].isupper() else ():
                name = re.sub(r"['’]s$", "", " ".join(words[at : at + length]).strip(",.;:()"))
                entry = self.find(name, phrase)
                if entry is not None and len(entry.countries) == 1:
                    return next(iter(entry.countries)), name
        return None

    def holder(self, description: str) -> Entry | None:
        """Who held the office that a phrase describes: "the Kenyan interior minister", "Kenya's interior minister"."""
        if self.day is None or (country := country_of(description)) is None:
            return None
        office = description.replace(f"{country[1]}'s", "").replace(f"{country[1]}’s", "").replace(country[1], "")
        office = re.sub(r"\s+of\s*(?:the\s*)?$", "", _ARTICLE.sub("", office.strip())).strip()
        return self.authority.holder(office, country[0], self.day) if office else None

    def standing(self, entry: Entry) -> tuple[Standing | None, str, str]:
        """What somebody of the list was on the report's day, the role in words, and a remark where the day matters."""
        now, unsure = entry.on(self.day)
        if unsure:
            return (
                now,
                (now.role if now and now.role else ""),
                _NO_DAY,
            )
        if now is not None and now.role:
            return now, now.role, ""
        before = entry.before(self.day)
        return now, (f"former {before.role}" if before is not None and before.role else ""), ""
