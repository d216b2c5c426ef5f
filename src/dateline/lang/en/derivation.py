"""Nouns made of verbs by their endings, and back: who lists the verb of an act finds its noun too."""

from __future__ import annotations

from dateline.lang.lexicon import table

_IRREGULAR = table("grammar.nouns_of_verbs")


_VOWELS = "aeiou"


def nouns_of(verb: str) -> tuple[str, ...]:
    """The nouns that may be made of a verb, itself first ("a blockade")."""
    stem = verb.removesuffix("e")
    doubled = verb + verb[-1] if len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS else verb
    made = [verb, stem + "ing", doubled + "ing", verb + "ment", stem + "ure", stem + "al", stem + "ion", stem + "ation"]
    made += [stem + "ery", doubled + "ery", stem + "ance", stem + "ence", stem + "age"]
    if verb.endswith("y"):
        made += [verb[:-1] + "ial", verb[:-1] + "iance", verb[:-1] + "ication"]
    if verb.endswith(("d", "de", "se", "t", "mit")):
        base = verb.removesuffix("de").removesuffix("se").removesuffix("d").removesuffix("t")
        made += [base + "sion", base + "ssion"]
    if verb in _IRREGULAR:
        made.append(_IRREGULAR[verb])
    return tuple(dict.fromkeys(made))


def verbs_of(noun: str) -> tuple[str, ...]:
    """The verbs that a noun with a verb's ending may be made of; none where it has no such ending."""
    found = [verb for verb, made in _IRREGULAR.items() if made == noun]
    for ending in ("ation", "ion", "ment", "ure", "al", "ery", "ance"):
        stem = noun.removesuffix(ending)
        if stem != noun and len(stem) > 2:
            found += [verb for verb in _bases(stem) if noun in nouns_of(verb)]
    return tuple(dict.fromkeys(found))


def _bases(stem: str) -> tuple[str, ...]:
    undoubled = (stem[:-1],) if stem[-1] == stem[-2] else ()
    return (*undoubled, stem, stem + "e", stem + "ate")
