"""Parsing with all people's names read as one: the models see one name, the document keeps everybody's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.coder.syntax.gate import ATTRIBUTES, OUTSIDE_NAMES
from dateline.lang.en.neutral.personal_names import NameWords, as_read, is_title, personal_names
from dateline.lang.en.pipeline import dictionary
from dateline.resolve.authority.lists import built_in_authority

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from dateline.resolve.authority.lists import Authority
    from dateline.resolve.gazetteer.lookup import Gazetteer

LARGE, SMALL = 50_000, 5_000
"""Inhabitants from which on a place is better known by its name than people are: where a list has it as theirs too,

and where none does.
"""

Names = Sequence[tuple[int, int]]
"""People's names as tokens ``[start, end)``."""


def name_words(nlp: Language, authority: Authority | None = None, gazetteer: Gazetteer | None = None) -> NameWords:
    """What tells a personal name, where these lists know the bodies and the places."""
    listed = authority or built_in_authority()

    @lru_cache(maxsize=4096)
    def inhabitants(name: str) -> int:
        return max((e.population for e in gazetteer.lookup(name) if e.kind != "site"), default=0) if gazetteer else 0

    return NameWords(
        dictionary(nlp),
        is_known=lambda name: bool(listed.named(name)) or inhabitants(name) >= LARGE,
        is_place=lambda name: bool(listed.named(name)) or inhabitants(name) >= SMALL,
    )


def read_alike(doc: Doc, known: NameWords) -> tuple[Doc, Names]:
    """The document as the models are to read it, with the names that stand in it; the same one where there are none."""
    from spacy.tokens import Doc as SpacyDoc

    names = personal_names(doc, known)
    if not names:
        return doc, names
    read = SpacyDoc(
        doc.vocab,
        words=as_read(names, doc),
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )
    return read, names


def with_own_names(doc: Doc, parsed: Doc, names: Names, known: NameWords) -> Doc:
    """The document with the syntax of what the models read, and each of the names as that of a person."""
    if not names:
        return parsed
    values: Any = parsed.to_array(list(ATTRIBUTES))
    column = {name: n for n, name in enumerate(ATTRIBUTES)}
    iob, kind = values[:, column["ENT_IOB"]], values[:, column["ENT_TYPE"]]
    person = doc.vocab.strings.add("PERSON")
    for start, end in names:
        values[start:end, column["LEMMA"]] = [doc.vocab.strings.add(token.text) for token in doc[start:end]]
        first, last = _entity_around(iob, start, end)
        around = [*range(first, start), *range(end, last)]
        if around and (kind[first] != person or not all(_is_beside_name(doc[i].text, known) for i in around)):
            continue  # "Jane Roe Street", or a name of which some words alone were told
        iob[around], kind[around] = OUTSIDE_NAMES, 0
        iob[start:end], kind[start:end] = 1, person
        iob[start] = 3
    return doc.from_array(list(ATTRIBUTES), values)


def _is_beside_name(word: str, known: NameWords) -> bool:
    """Whether a word beside a name is no part of it: a title, initials, a mark, a common word."""
    return not word[:1].isupper() or word.isupper() or is_title(word.lower()) or known.is_common(word)


def _entity_around(iob: Any, start: int, end: int) -> tuple[int, int]:
    """The range of the entities that the tokens are part of."""
    first, last = start, end
    while first > 0 and iob[first] == 1:
        first -= 1
    while last < len(iob) and iob[last] == 1:
        last += 1
    return first, last
