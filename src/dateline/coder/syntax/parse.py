"""Text to syntax: one dependency parse over a whole report, so that a token's ``idx`` is its offset in the report.

Sentences never cross a block, and a quotation is never torn from the words that belong to it (see
:mod:`dateline.coder.text.quotes` and :mod:`dateline.coder.text.sentences`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from dateline.coder.syntax.model import Parse
from dateline.coder.syntax.names import name_words, read_alike, with_own_names
from dateline.coder.text.plain import printable
from dateline.lang.base import DEFAULT
from dateline.lang.quotation import keep_quotations
from dateline.model import Report

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from dateline.coder.encoder.network import Reading
    from dateline.coder.syntax.gate import Gate
    from dateline.lang.en.neutral.personal_names import NameWords

LONGEST_SENTENCE = 300
"""Tokens after which a sentence is cut: the parser's trees, and all that walks them, stay small."""

LARGEST_PIECE = 10_000
"""Tokens that are parsed at a time: the parser's memory grows with its piece, so long reports go in several."""


def parse_many(
    reports: Iterable[Report],
    nlp: Language,
    batch_size: int = 16,
    *,
    readings: Iterable[Reading | None] | None = None,
    gate: Gate | None = None,
    known: NameWords | None = None,
) -> Iterator[Parse]:
    """The reports with their syntax, in order. ``Parse.doc`` is aligned with the report's text character by character.

    ``readings`` are what the encoder made of each report; with a ``gate`` only the sentences that need it are parsed.
    ``known`` are the names that are no people's, those of the built-in authority list where none are given.

    The parser reads a copy of the text in which control characters, unusual spaces and line breaks inside a block are
    plain spaces, blocks in capitals or in small letters are in ordinary case
    (:mod:`dateline.coder.text.capitals`), and a day that opens a sentence has a comma behind it
    (:mod:`dateline.coder.text.days`): its tokens' words may so differ from the report's in case, never in length. Take
    words from the report. The models read one name for everybody's (:mod:`dateline.coder.syntax.names`).
    """
    from dateline.coder.syntax.gate import parse_needed
    from dateline.coder.text.quotes import find_quotations

    read = iter(readings) if readings is not None else repeat(None)
    known = known or name_words(nlp)
    for batch in _batches(reports, batch_size):
        quotations = [find_quotations(report.text, report.blocks) for report in batch]
        prepared = [_prepare(report, nlp) for report in batch]
        encoded = [next(read) for _ in batch]
        needs = [
            gate.needs(doc, reading, quoted) if gate and reading and len(doc) <= LARGEST_PIECE else None
            for doc, reading, quoted in zip(prepared, encoded, quotations, strict=True)
        ]
        alike = [read_alike(doc, known) for doc in prepared]
        rows = [(doc, need) for (doc, _), need in zip(alike, needs, strict=True)]
        whole = nlp.pipe((d for d, need in rows if need is None and len(d) <= LARGEST_PIECE), batch_size=batch_size)
        some = parse_needed([(d, need) for d, need in rows if need is not None], nlp, batch_size)
        for n, (report, reading, quoted) in enumerate(zip(batch, encoded, quotations, strict=True)):
            doc, need = rows[n]
            long = len(doc) > LARGEST_PIECE
            parsed = _in_pieces(doc, nlp) if long else next(whole if need is None else some)
            parsed = with_own_names(prepared[n], parsed, alike[n][1], known)
            keep_quotations(parsed, quoted)
            yield Parse(report, parsed, quoted, reading, tuple(alike[n][1]))


def parse(report: Report, nlp: Language) -> Parse:
    """One report with its syntax."""
    return next(parse_many([report], nlp))


def _batches(reports: Iterable[Report], size: int) -> Iterator[list[Report]]:
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _prepare(report: Report, nlp: Language) -> Doc:
    """Tokens with the starts of the sentences fixed, so that the parser keeps to them."""
    from dateline.coder.text.capitals import recase
    from dateline.coder.text.days import set_days_apart
    from dateline.coder.text.sentences import find_sentences

    starts = {start for start, _ in find_sentences(report.text, report.blocks)}
    text = recase(printable(report.text, report.blocks), report.blocks, nlp)
    doc = nlp.make_doc(set_days_apart(text, report.text, sorted(starts), nlp.lang or DEFAULT))
    for at, before in _gaps(report):
        # Text between the blocks, if there is any, is nobody's sentence, and the next block begins its own.
        starts.update((at, before))
    if len(doc):
        # All at once: setting one token's start asks the whole document each time whether it was parsed.
        doc.from_array(["SENT_START"], _sentence_starts(doc, sorted(starts)))
    return doc


def _sentence_starts(doc: Doc, starts: Sequence[int]) -> Any:
    """An array of one value a token: 1 where a sentence begins, -1 where none does. The starts are sorted offsets."""
    import numpy as np

    values = np.full(len(doc), -1, dtype=np.int64)
    at, length = 0, 0
    for n, token in enumerate(doc):
        end = token.idx + len(token)
        is_start = at < len(starts) and starts[at] < end
        while at < len(starts) and starts[at] < end:
            at += 1
        length += 1
        if is_start or length >= LONGEST_SENTENCE:
            values[n], length = 1, 0
    values[0] = 1
    return values.view(np.uint64)


def _gaps(report: Report) -> Iterator[tuple[int, int]]:
    for block in report.blocks:
        yield block.start, block.end


def _in_pieces(doc: Doc, nlp: Language) -> Doc:
    """A long document, parsed a piece at a time and put together again."""
    from spacy.tokens import Doc as SpacyDoc

    cuts = [0]
    last = 0
    for token in doc:
        if token.is_sent_start:
            last = token.i
        if token.i - cuts[-1] >= LARGEST_PIECE and last > cuts[-1]:
            cuts.append(last)
    pieces = [doc[a:b].as_doc() for a, b in zip(cuts, [*cuts[1:], len(doc)], strict=True)]
    whole = SpacyDoc.from_docs(list(nlp.pipe(pieces, batch_size=1)), ensure_whitespace=False)
    if whole is None or whole.text != doc.text:
        raise AssertionError("a document put together from its pieces must be the document")
    return whole
