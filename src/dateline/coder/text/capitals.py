"""Text in capitals, and Headlines With A Capital At Every Word, to ordinary case for the parser; no offset changes.

The tagger knows many names even in small letters, and the lemmatizer's word list knows which words are no names: a
word gets a capital where the tagger sees a proper noun or where no list knows the word. The report's own text stays
as it is; only the parser reads the recased copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from dateline.coder.text.sentences import find_sentences
from dateline.lang.en.labels import COMPONENT
from dateline.lang.en.neutral.personal_names import ALSO_WORDS, FAMILY, GIVEN, NAMES
from dateline.lang.en.pipeline import dictionary
from dateline.lang.lexicon import words
from dateline.model import Block

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_BRACKETED = re.compile(r"[\[(]([A-Z][A-Z .'-]{1,80})[\])]")
_WORD = re.compile(r"[\w'’]+")
_LONGEST_NAME = 120
"""Characters before a bracket in which the name is looked for."""
_MOST_NAMES = 200
_LONGEST_HEADLINE = 200
_FEWEST_WORDS = 4
_FEWEST_IN_CAPITALS = 5
"""Words of a short line in capitals that is a sentence or a headline, and no name or heading."""
_SMALL_WORDS = words("text.small_words")
_NO_INITIALS = words("text.no_initials")
_NAMES = frozenset({"PERSON", "GPE", "ORG", "LOC", "FAC", "NORP", "EVENT"})
_NAMING = frozenset({"dateline_figures", "ner"})
"""The parts of the pipeline that find names."""
LEMMATIZER = "lemmatizer"
_OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


def is_upper_case(text: str) -> bool:
    """At least three in four of more than 40 letters are capitals, or all letters of a line of several words."""
    if text.isupper() and len(_WORD.findall(text)) >= _FEWEST_IN_CAPITALS:
        return True
    upper = sum(c.isupper() for c in text)
    return upper > 30 and upper * 4 >= 3 * sum(c.isalpha() for c in text) and sum(c.isalpha() for c in text) > 40


def is_headline(text: str) -> bool:
    """Whether a line without a full stop has a capital at every word, small ones aside."""
    line = text.strip()
    if len(line) > _LONGEST_HEADLINE or "\n" in line or line.endswith((".", ":", ",")):
        return False
    told = [word for word in _WORD.findall(line) if word[0].isalpha() and word.lower() not in _SMALL_WORDS]
    return len(told) >= _FEWEST_WORDS and all(word[0].isupper() for word in told) and not line.isupper()


def is_lower_case(text: str) -> bool:
    """More than 20 letters of a script that has capitals, and no capital among them."""
    return text.islower() and sum(c.isalpha() for c in text) > 20


def _is_oddly_cased(text: str) -> bool:
    return is_upper_case(text) or is_lower_case(text) or is_headline(text)


def recase(text: str, blocks: Sequence[Block], nlp: Language) -> str:
    """The text with blocks in capitals, in small letters or with a capital at every word in ordinary case."""
    spans = [(b.start, b.end) for b in blocks] or [(0, len(text))]
    upper = [(start, end) for start, end in spans if _is_oddly_cased(text[start:end])]
    if not upper:
        return text
    is_common = _known_words(nlp)
    names = _named_in_brackets("\n\n".join(text[start:end] for start, end in upper))
    parts: list[str] = []
    at = 0
    for start, end in upper:
        parts += [text[at:start], _recase_block(text[start:end], nlp, is_common, names)]
        at = end
    return "".join([*parts, text[at:]])


def _named_in_brackets(text: str) -> re.Pattern[str] | None:
    """The names that the text gives with their initials in brackets, either first, and those initials themselves.

    "National Union of Teachers [NUT]" and "NUT (National Union of Teachers)": the initials show that the words before
    or inside the brackets are a name, which words that are common ones do not.
    """
    names: set[str] = set()
    for match in _BRACKETED.finditer(text):
        inside = match.group(1).split()
        before = text[max(0, match.start() - _LONGEST_NAME) : match.start()].split()
        if len(inside) == 1 and 3 <= len(inside[0]) <= 8:
            words = _spelling(inside[0], before)
            if words:
                names |= {inside[0], " ".join(words)}
        elif before and 3 <= len(before[-1]) <= 8 and _spelling(before[-1], inside) == inside:
            names |= {before[-1], " ".join(inside)}
    if not names:
        return None
    longest_first = sorted(names, key=lambda n: (-len(n), n))[:_MOST_NAMES]
    forms = (re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


def _spelling(initials: str, words: Sequence[str]) -> list[str]:
    """The last of the words that begin with the initials, small words aside; empty where they do not.

    Initials are often those of the name in another language, so that their order is free and one word may have none.
    """
    wanted = Counter(initials)
    there: Counter[str] = Counter()
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower() in _SMALL_WORDS:
            continue
        there[words[at][0]] += 1
        if there.total() > len(initials) + 1:
            return []
        if wanted <= there:
            return list(words[at:])
    return []


def _recase_block(text: str, nlp: Language, is_common: Callable[[Token], bool], names: re.Pattern[str] | None) -> str:
    letters = [_lower(c) for c in text]
    headline = is_headline(text)
    placed = _placed_in_headline(text, nlp) if headline else frozenset()
    for name in names.finditer(text) if names is not None else ():
        # before the tagger reads it: with its capitals it is one name to the tagger too
        letters[name.start() : name.end()] = name.group()
        if name.group().isalpha():
            continue
        for part in _WORD.finditer(name.group()):
            # all small letters in a small word ("of"), and all but the first in the others
            start = name.start() + part.start() + (part.group().lower() not in _SMALL_WORDS)
            end = name.start() + part.end()
            letters[start:end] = [_lower(c) for c in text[start:end]]
    with _without_parser(nlp):
        # The small copy is read in pieces, as one piece's memory grows with its length.
        for start, end in _pieces(text):
            read = nlp("".join(letters[start:end]))
            named = _personal(read, is_common)
            for token in read:
                at = start + token.idx
                word = text[at : at + len(token)]
                sides = text[max(0, at - 1) : at], text[at + len(token) : at + len(token) + 1]
                if len(word) > 1 and word.isupper() if headline else _stays_upper(token, word, *sides):
                    letters[at : at + len(token)] = word
                elif at in placed or token.i in named or _is_name(token, is_common):
                    _capitalise(letters, at, at + len(token))
    for start, end in find_sentences(text):
        for i in range(start, end):
            if letters[i].isalpha():
                letters[i] = text[i]
                break
    return "".join(letters)


def _without_parser(nlp: Language) -> AbstractContextManager[object]:
    """The pipeline without its parser for a while, as case is told by words alone, few of which need a base form."""
    return nlp.select_pipes(disable=[name for name in ("parser", LEMMATIZER, COMPONENT) if name in nlp.pipe_names])


def _placed_in_headline(text: str, nlp: Language) -> frozenset[int]:
    """Where words of places' names begin: the tagger knows more of them by their capitals."""
    read = nlp(text, disable=[name for name in nlp.pipe_names if name not in _NAMING])
    return frozenset(t.idx for name in read.ents if name.label_ == "GPE" for t in name if t.lower_ not in _SMALL_WORDS)


def _personal(read: Doc, is_common: Callable[[Token], bool]) -> set[int]:
    """The words that are people's names by the lists, and those that are words too beside one that is no word."""
    titles = [token.text.title() for token in read]
    found = {n for n, word in enumerate(titles) if word in GIVEN or (word in FAMILY and not is_common(read[n]))}
    for n in range(1, len(titles) - 1):
        sides = {n - 1, n + 1}
        if read[n].text == "-" and sides & found and all(titles[side] in NAMES for side in sides):
            found |= sides
    both = [word in ALSO_WORDS and not token.is_stop for word, token in zip(titles, read, strict=True)]
    for n in range(len(titles) - 1):
        if both[n] and (n + 1 in found or _is_name(read[n + 1], is_common)) and read[n + 1].is_alpha:
            found.add(n)
        elif both[n + 1] and n in found:
            found.add(n + 1)
    return found


def _pieces(text: str, size: int = 20_000) -> list[tuple[int, int]]:
    """The text cut at white space about every ``size`` characters."""
    cuts = [0]
    while cuts[-1] + size < len(text):
        space = text.rfind(" ", cuts[-1] + 1, cuts[-1] + size)
        cuts.append(space if space > 0 else cuts[-1] + size)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _lower(char: str) -> str:
    """Lower case where that is one character: in some scripts it is two."""
    low = char.lower()
    return low if len(low) == 1 else char


def _capitalise(letters: list[str], start: int, end: int) -> None:
    for i in range(start, end):
        if letters[i].isalpha() and (i == start or not (letters[i - 1].isalnum() or letters[i - 1] in "'’")):
            upper = letters[i].upper()
            letters[i] = upper if len(upper) == 1 else letters[i]


def _stays_upper(token: Token, word: str, before: str, after: str) -> bool:
    """Initialisms: ``U.S.``, ``[FMLN]``, and short words without a vowel."""
    if len(word) > 2 and word[1::2].strip(".") == "" and word[0::2].isalpha():
        return True
    if not word.isalpha() or not 2 <= len(word) <= 7 or word.isascii() is False:
        return False
    if before in tuple("([") and after in tuple(")]"):
        return token.tag_ not in ("DT", "IN", "NN", "NNS", "VB", "CC") or token.ent_type_ == "ORG" or _no_vowel(word)
    return _no_vowel(word) and token.lower_ not in _NO_INITIALS


def _no_vowel(word: str) -> bool:
    return len(word) > 1 and not any(c in "AEIOUY" for c in word.upper())


def _is_name(token: Token, is_common: Callable[[Token], bool]) -> bool:
    if token.lower_ in _SMALL_WORDS or not any(c.isalpha() for c in token.text):
        return False
    if token.tag_ in ("NNP", "NNPS") or token.ent_type_ in _NAMES:
        return True
    return token.pos_ in _OPEN_CLASSES and token.is_alpha and len(token) > 3 and not is_common(token)


def _known_words(nlp: Language) -> Callable[[Token], bool]:
    """Whether the dictionary holds a token's lemma (no dictionary: every word counts as common)."""
    known = dictionary(nlp)
    lemmatizer: Any = nlp.get_pipe(LEMMATIZER) if known else None

    def is_common(token: Token) -> bool:
        if not known or token.lower_ in known:
            return True
        return (token.lemma_ or lemmatizer.lemmatize(token)[0]).lower() in known

    return is_common
