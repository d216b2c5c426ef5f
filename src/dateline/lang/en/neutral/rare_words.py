"""Words that the models have hardly ever read ("gheraoed", "lathi-charged"), read as words that they know.

A tagger takes an unknown verb for a noun or an adjective, and a verb with a hyphen for two words, and the parser then
finds nobody who acts. The lists stand in the lexicon (``rare_words.yaml``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from dateline.lang.en.neutral.origins import take_features
from dateline.lang.lexicon import Table, table

if TYPE_CHECKING:
    from spacy.tokens import Doc

VERBS: Table[str] = table("rare_words.verbs")
VERBS_AND_NOUNS: Table[str] = table("rare_words.verbs_and_nouns")
NOUNS: Table[str] = table("rare_words.nouns")
ACTS: Table[str] = table("rare_words.acts")

ENDINGS = ("s", "ed", "ing")
SIBILANTS = ("s", "ch", "sh")
VOWELS = frozenset("aeiou")
NEVER_DOUBLED = VOWELS | frozenset("wy")


def read_rare_words(nlp: Language) -> None:
    """Makes a pipeline read rare words as the known ones, with hyphen and all, under a dictionary form of their own."""
    tokenizer: Any = nlp.tokenizer
    for form, like, _ in _each_form():
        take_features(nlp.vocab, form, like)
        if "-" in form:
            tokenizer.add_special_case(form, [{"ORTH": form}])
    for act, like in ACTS.items():
        for form, known, _ in _in_each_case(act, like, act):
            take_features(nlp.vocab, form, known)
    if "lemmatizer" in nlp.pipe_names:
        nlp.add_pipe("dateline_rare_lemmas", after="lemmatizer")


@Language.factory("dateline_rare_lemmas", assigns=["token.lemma"])
def _rare_lemmas(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    lemmas = {nlp.vocab.strings.add(form): verb for form, _, verb in _each_form()}

    def lemmatize(doc: Doc) -> Doc:
        for token in doc:
            if token.orth in lemmas:
                token.lemma_ = lemmas[token.orth]
        return doc

    return lemmatize


def _each_form() -> Iterator[tuple[str, str, str]]:
    """Each form in each case, the form that it is read as, and its dictionary form."""
    for noun, like in NOUNS.items():
        for ending in ("", "s"):
            yield from _in_each_case(noun + ending, like + ending, noun)
    for verb, like in {**VERBS, **VERBS_AND_NOUNS}.items():
        forms = [(verb, like)] if verb in VERBS_AND_NOUNS else []
        for ending in ENDINGS:
            known = next(_with_ending(like, ending))
            forms += [(form, known) for form in _with_ending(verb, ending)]
        for form, known in forms:
            yield from _in_each_case(form, known, verb)


def _in_each_case(form: str, known: str, plain: str) -> Iterator[tuple[str, str, str]]:
    yield form, known, plain
    yield form.capitalize(), known.capitalize(), plain
    yield form.upper(), known.upper(), plain


def _with_ending(verb: str, ending: str) -> Iterator[str]:
    """The verb with an ending, in each way in which it may be written ("tear-gased", "tear-gassed")."""
    if ending == "s":
        yield verb + ("es" if verb.endswith(SIBILANTS) else "s")
    else:
        yield verb.removesuffix("e") + ending
        if verb[-1] not in NEVER_DOUBLED and verb[-2] in VOWELS and verb[-3] not in VOWELS:
            yield verb + verb[-1] + ending
    if verb.endswith("s") and ending == "s":
        yield verb + "ses"
