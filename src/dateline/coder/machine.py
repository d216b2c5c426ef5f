"""The machine coder: a report in, a coding out, by rules that each value can name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from dateline.codebook import load_codebook
from dateline.codebook.model import Codebook
from dateline.coder.assemble import assemble
from dateline.coder.parse import parse_many
from dateline.coder.pipeline import load_pipeline, pipeline_name
from dateline.coder.recode import recode
from dateline.model import CODED_BLOCKS, CoderInfo, Coding, Note, Report
from dateline.resolve.authority import Authority, built_in_authority, load_authority
from dateline.resolve.gazetteer import Gazetteer
from dateline.version import __version__

if TYPE_CHECKING:
    from spacy.language import Language

CODED_LANGUAGE = "en"
MOST_WORDS = 500_000
"""Words and marks of a report that is coded. The longest report of prose that can be read has fewer; a text of single

letters has more, and would keep the parser busy for many minutes.
"""

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class MachineCoder:
    """Codes reports in English with one codebook. Safe to use for any number of reports, one thread at a time."""

    codebook: Codebook
    gazetteer: Gazetteer
    nlp: Language
    names: Literal["roles", "keep"] = "roles"
    authority: Authority = field(default_factory=built_in_authority)

    @classmethod
    def load(
        cls,
        codebook: str | Path = "plover",
        *,
        names: Literal["roles", "keep"] = "roles",
        authority: str | Path | None = None,
    ) -> Self:
        """With everything it needs; ``authority`` is the path of a project's own list of actors.

        Raises :class:`CodebookError` where the codebook cannot be used, and :class:`AuthorityError` for the list.
        """
        known = load_authority(authority)
        return cls(load_codebook(codebook), Gazetteer.open(), load_pipeline(), names, known)

    @property
    def info(self) -> CoderInfo:
        """Who coded, as every coding records it."""
        book = f"{self.codebook.name} {self.codebook.version}"
        return CoderInfo("dateline", __version__, book, pipeline_name(self.nlp))

    def code(self, report: Report) -> Coding:
        """The coding of one report."""
        return next(self.code_many([report]))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        """One coding a report, in order. What cannot be coded gets an empty coding that says why."""
        kept = list(reports)
        why_not = [_cannot_be_coded(report) for report in kept]
        parses = parse_many((r for r, note in zip(kept, why_not, strict=True) if note is None), self.nlp)
        info = self.info
        for report, note in zip(kept, why_not, strict=True):
            if note is None:
                finding = self.codebook.recodes or self.codebook
                coding = assemble(
                    next(parses), finding, self.gazetteer, info, names=self.names, authority=self.authority
                )
                yield recode(coding, self.codebook)
            else:
                yield Coding(report, info, notes=(note,))


def _cannot_be_coded(report: Report) -> Note | None:
    if report.language not in {None, CODED_LANGUAGE}:
        return Note(
            "language-not-coded",
            f"The report is in {report.language!r}; only English is coded. Its text and evidence are kept.",
        )
    if not any(block.kind in CODED_BLOCKS for block in report.blocks):
        kinds = ", ".join(sorted({block.kind for block in report.blocks})) or "nothing"
        return Note("no-text", f"No running text was found to code (found: {kinds}).")
    if len(report.text) > MOST_WORDS and sum(1 for _ in _WORD.finditer(report.text)) > MOST_WORDS:
        return Note(
            "too-many-words",
            f"The report has more than {MOST_WORDS:,} words and marks; none of it is coded. Split it into its reports.",
        )
    return None
