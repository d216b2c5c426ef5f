"""What speaks for a place name being where an event word's event happened: readable features of the pair.

Each feature is a short phrase; what each is worth stands in ``dateline/data/where_weights.tsv``, fitted by
logistic regression on sentences in which people marked the place of one word.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.lang.lexicon import table, words
from dateline.resolve.places.reading import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

_PREPOSITIONS = table("placing.prepositions")
_PARTICLES = words("placing.particles")
_INSIDE_NAMES = frozenset("-‐‑–’'‘`")
_QUANTITIES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "NORP"})
PREPOSITIONS_OF_PLACE = frozenset(
    p for p, group in _PREPOSITIONS.items() if group in {"in", "at", "near", "across", "on"}
)
_CLAUSES = frozenset(
    {
        "relative clause",
        "content clause",
        "adverbial clause",
        "noun clause",
        "beside",
        "clause as subject",
        "preposition clause",
    }
)
_NAME_LINKS = frozenset({"compound", "noun modifier", "possessor", "apposition", "adjective", "flat", "number"})
PLACE_NOUNS = words("placing.place_nouns")


@lru_cache(maxsize=1)
def verbs_of_places() -> frozenset[str]:
    """Lemmas of verbs whose object is where the event is."""
    lines = files("dateline").joinpath("data", "verbs_of_places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def features(trigger: Token, place: SpacySpan, others: list[SpacySpan], known: str = "unknown") -> list[str]:
    """The features that hold for an event word and a place name of one sentence; ``others`` are its other names.

    ``known`` says what the gazetteer holds the name to be, in a word; it is "unknown" where none was asked.
    """
    head = place.root
    preposition, attached, links = governor(head)
    group = _PREPOSITIONS.get(preposition.lower_, "another preposition") if preposition is not None else "none"
    label = place.root.ent_type_ or "nothing"
    out = ["always", f"after {group}", f"called {label} by the recogniser", f"{known} to the gazetteer"]
    out += [f"called {label}, after {group}", f"called {label}, {known} to the gazetteer"]
    if place[-1].lower_ in word_list("organisation_words.txt"):
        out.append("an organisation's name")
    up, down = path(trigger, attached)
    out.append(f"{min(len(up), 3)} up {min(len(down), 3)} down")
    if any(t.dep_ in _CLAUSES for t in up):
        out.append("in a clause above")
    if any(t.dep_ in _CLAUSES for t in down):
        out.append("in a clause below")
    if any(t.dep_ == "conjunct" for t in up):
        out.append("with the first of joined words")
    if any(t.dep_ == "conjunct" for t in down):
        out.append("with another of joined words")
    if up and up[0].dep_ in {"open clause", "adverbial clause"}:
        out.append("with the verb that governs the word")
    if not up and not down and preposition is not None:
        out.append(f"{group} attached to the word")
    if preposition is None:
        role = head.dep_ if head.head == trigger else "no role of the word's"
        if links:
            role = f"{links[-1]} in the {attached.dep_}" if attached.head == trigger else "in another name"
        acts = trigger.lemma_.lower() in verbs_of_places()
        out.append(f"as {role}{' of a verb of places' if acts else ''}")
    elif not up and len(down) == 1:
        out.append(f"in the {down[0].dep_} of the word")
    out += [f"through {link}" for link in links]
    return out + _linear(trigger, place, others)


def _linear(trigger: Token, place: SpacySpan, others: list[SpacySpan]) -> list[str]:
    doc = place.doc
    out = []
    gap = place.start - trigger.i if place.start > trigger.i else place.end - 1 - trigger.i
    side = "after" if gap > 0 else "before"
    size = next((s for s in (2, 4, 7, 11, 17) if abs(gap) <= s), 99)
    out.append(f"{side} by {size}")
    between = [
        o for o in others if min(gap, 0) + trigger.i <= o.start < max(gap, 0) + trigger.i and o.start != place.start
    ]
    if not between:
        out.append(f"the nearest {side}")
    if not any(o.start != place.start and o.start > trigger.i for o in others) and gap > 0:
        out.append("the only one after")
    if len(others) <= 1:
        out.append("the only one of the sentence")
    before = doc[place.start - 1] if place.start else None
    earlier = max((o.end for o in others if o.end <= place.start), default=None)
    later = min((o.start for o in others if o.start >= place.end), default=None)
    if earlier is not None and (link := _contains(doc[earlier : place.start])):
        out.append(f"the container, after {link}, of the name before")
    if later is not None and (link := _contains(doc[place.end : later])):
        out.append(f"in the name after it, by {link}" if link != "'s" else "the container of the name after")
    if before is not None and before.text == "(":
        out.append("in brackets")
    if any(t.text in {";", ":", '"', "“", "”"} for t in doc[min(place.start, trigger.i) : max(place.start, trigger.i)]):
        out.append("across a mark")
    commas = sum(t.text == "," for t in doc[min(place.start, trigger.i) : max(place.start, trigger.i)])
    out.append(f"{min(commas, 3)} commas between")
    if place.start == place.sent.start + 1 and gap < 0:
        out.append("at the head of the sentence")
    return out


def _contains(between: SpacySpan) -> str:
    """What says that one of two neighbouring names lies in the other: a comma, "of", "in" or a possessive."""
    words = [t.lower_ for t in between]
    if not words or len(words) > 7:
        return ""
    if words[0] in {"'s", "’s"}:
        return "'s" if all(t.pos_ in {"ADJ", "NOUN", "PROPN"} for t in between[1:]) else ""
    links = [w for w in words if w in {",", "of", "in", "("}]
    rest = [t for t in between if t.lower_ not in {",", "of", "in", "(", "the", "and"}]
    return links[0] if links and all(t.pos_ == "ADJ" or t.lemma_.lower() in PLACE_NOUNS for t in rest) else ""


def governor(head: Token) -> tuple[Token | None, Token, list[str]]:
    """The preposition that governs a name (None: no preposition), what it hangs on, and the links climbed on the way.

    "in the north of Kuttum province" climbs from Kuttum through province and north to "in".
    """
    links: list[str] = []
    token = head
    for _ in range(8):
        if token.dep_ in _NAME_LINKS and token.head.pos_ in {"NOUN", "PROPN"}:
            links.append(token.dep_)
            token = token.head
        elif token.dep_ == "conjunct" and token.head.pos_ in {"NOUN", "PROPN"}:
            links.append("conjunct")
            token = token.head
        elif token.dep_ in {"preposition object", "preposition clause"} and token.head.dep_ in {"preposition", "agent"}:
            above = token.head.head
            place_noun = above.lemma_.lower() in PLACE_NOUNS and above.dep_ in {
                "preposition object",
                "conjunct",
                "apposition",
            }
            if place_noun or (token.head.lower_ == "of" and above.dep_ == "preposition object"):
                links.append("of a place")
                token = above
            else:
                return token.head, above, links
        else:
            break
    return None, token, links


def path(low: Token, other: Token) -> tuple[list[Token], list[Token]]:
    """The tokens passed from one token up to the lowest common ancestor, and from there down to the other."""
    above = [low, *low.ancestors]
    place_in = {t.i: n for n, t in enumerate(above)}
    down: list[Token] = []
    token = other
    while token.i not in place_in:
        down.append(token)
        if token.head.i == token.i:
            return above, down
        token = token.head
    return above[: place_in[token.i]], down


def name_spans(sentence: SpacySpan) -> list[SpacySpan]:
    """Names of the sentence that could be places: the recogniser's names and runs of proper nouns."""
    from dateline.lang.name_keys import demonym

    doc: Doc = sentence.doc
    out: list[SpacySpan] = []
    at = sentence.start
    while at < sentence.end:
        token = doc[at]
        if not _part_of_name(token):
            at += 1
            continue
        end = at + 1
        while end < sentence.end and (_part_of_name(doc[end]) or _joins(doc, end, sentence.end)):
            if doc[end].ent_iob_ == "B" and doc[end].ent_type_ and doc[end - 1].ent_type_:
                break
            end += 1
        span = doc[at:end]
        if demonym(span.text) is None:
            out.append(span)
        at = end
    return out


def _part_of_name(token: Token) -> bool:
    if token.ent_type_ in _QUANTITIES:
        return False
    return (token.pos_ == "PROPN" or token.ent_type_ in {"GPE", "LOC", "FAC"}) and (
        token.text[:1].isupper() or token.lower_ in _PARTICLES
    )


def _joins(doc: Doc, at: int, end: int) -> bool:
    """Whether a small token stands inside a name ("Al-Sha'ar", "Deir ez-Zor", "Riviere-du-Loup")."""
    if at + 1 >= end:
        return False
    before, token, after = doc[at - 1], doc[at], doc[at + 1]
    if token.lower_ in _PARTICLES or (token.is_punct and token.text in _INSIDE_NAMES):
        tight = not before.whitespace_ and not token.whitespace_
        same = token.ent_type_ == before.ent_type_
        following = _part_of_name(after) or (tight and after.lower_ in _PARTICLES)
        return following and (tight or (same and token.lower_ in _PARTICLES)) and after.ent_type_ not in _QUANTITIES
    return token.lower_ in {"of"} and _part_of_name(after) and token.ent_type_ == before.ent_type_ != ""
