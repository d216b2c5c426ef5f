"""Whether the examples of a lexicon hold: the marked word of each is a word of its list, as the pipeline reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.errors import Problem
from dateline.lang.lexicon.model import Example, WordList

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def failing_examples(lists: Iterable[WordList], nlp: Language) -> Iterator[Problem]:
    """Each example whose marked word its list does not have, in any of the forms that rules look words up in."""
    rows = [(one, example) for one in lists for example in one.examples]
    docs = nlp.pipe(example.text for _, example in rows)
    for (one, example), doc in zip(rows, docs, strict=True):
        forms = set(_forms(example, doc))
        if not forms & one.words:
            read = ", ".join(sorted(forms))
            what = f"{one.name} has not the word of its example ({read}): {example.text!r}."
            yield Problem(example.file, example.line, what, "Mark a word of the list, or add the word.")


def _forms(example: Example, doc: Doc) -> Iterator[str]:
    """The marked word as it is written and by its lemmas; a marked word of several is also looked up by its last."""
    end = example.start + len(example.word)
    yield from (example.word, example.word.lower())
    span = doc.char_span(example.start, end, alignment_mode="expand")
    tokens = list(span) if span is not None else []
    yield " ".join(token.lemma_.lower() for token in tokens)
    for token in tokens:
        yield from (token.lower_, token.lemma_.lower(), token.lower_.rstrip("."))
