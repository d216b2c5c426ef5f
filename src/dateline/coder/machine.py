"""The machine coder: a report in, a coding out. An encoder proposes, rules that each value can name decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from dateline.codebook import load_codebook
from dateline.codebook.crosswalk.recode import recode
from dateline.codebook.model import Codebook
from dateline.coder.assemble import assemble
from dateline.coder.encoder.network import Encoder, default_encoder
from dateline.coder.gather import case_of, gathered
from dateline.coder.judge.judge import Judge, default_judge
from dateline.coder.relation.types import Relation, RelationReader, Side
from dateline.coder.syntax.gate import Gate
from dateline.coder.syntax.names import name_words
from dateline.coder.syntax.parse import parse_many
from dateline.coder.triggers.before_parsing import words_of_triggers
from dateline.errors import EncoderError
from dateline.files.read import ReadFile
from dateline.lang.base import Language, load_language, pipeline_name
from dateline.lang.clause import forget_clauses
from dateline.lang.en.neutral.personal_names import NameWords
from dateline.lang.lexicon import Lexicon, built_in, lay_over, using
from dateline.model import CODED_BLOCKS, CoderInfo, Coding, Note, Report
from dateline.resolve.authority.lists import Authority, built_in_authority, load_authority
from dateline.resolve.gazetteer.lookup import Gazetteer, load_gazetteer
from dateline.settings import AT_LEAST, MOST_WORDS, CoderOptions, CoderSettings, Names
from dateline.version import __version__

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

    from dateline.coder.encoder.reader import Reader
    from dateline.coder.judge.case import Case
    from dateline.coder.syntax.model import Parse

AT_A_TIME = 4
"""Reports that are parsed together: few, so that the parser need not wait long for what the encoder reads."""

_WORD = re.compile(r"\w{1,20}|[^\w\s]")
"""What a report is measured by: so many letters without a space cost as much as a word does."""


@dataclass(frozen=True)
class MachineCoder:
    """Codes reports in one language, English as a rule, with one codebook.

    Safe to use for any number of reports, one thread at a time.
    """

    codebook: Codebook
    gazetteer: Gazetteer
    nlp: Pipeline
    names: Names = "roles"
    authority: Authority = field(default_factory=built_in_authority)
    encoder: Encoder | None = None
    without: str | None = None
    """Why there is no encoder, where one was wanted: every coding then says so."""
    lexicon: Lexicon = field(default_factory=built_in)
    """The lists of words that the rules ask, with a project's own laid over them."""
    language: Language = field(default_factory=load_language)
    """The language of the reports that are coded, whose pipeline ``nlp`` is."""
    at_least: float = AT_LEAST
    """The chance from which on a row is an event; below, it is a suggestion."""
    most_words: int = MOST_WORDS
    """The words and marks of the longest report that is coded: what one report may cost is bounded by them."""
    judge: Judge | None = None
    """What reads a report whole and decides among what the rules found; without one every row of the rules is shown."""

    @classmethod
    def load(
        cls,
        codebook: str | Path | None = None,
        *,
        settings: CoderSettings | None = None,
        language: Language | None = None,
        **options: Unpack[CoderOptions],
    ) -> Self:
        """With everything it needs, by settings; a codebook and other options go before what those say.

        ``language`` is that of the reports and of the codebook's words: English, where none is given.

        Raises :class:`CodebookError` where the codebook cannot be used, :class:`LexiconError`,
        :class:`AuthorityError` or :class:`GazetteerError` for the lists; :class:`PipelineError` where no pipeline of
        the language is installed.
        """
        chosen = CoderSettings.chosen(codebook, settings, options)
        language = language or load_language()
        found, judge, without = None, None, None
        if chosen.encoder:
            try:
                found, judge = default_encoder(), default_judge()
            except EncoderError as error:
                found, without = None, str(error)
        return cls(
            codebook=load_codebook(chosen.codebook),
            gazetteer=load_gazetteer(chosen.gazetteer),
            nlp=language.pipeline(),
            names=chosen.names,
            authority=load_authority(chosen.authority),
            encoder=found,
            without=without,
            lexicon=lay_over(built_in(language.code), chosen.lexicon),
            language=language,
            at_least=chosen.at_least,
            most_words=chosen.most_words,
            judge=judge,
        )

    @property
    def files(self) -> tuple[ReadFile, ...]:
        """Every file that was read for it beside what its version brings: the codebook's, then the lists."""
        return (*self.codebook.files, *self.authority.files, *self.gazetteer.files, *self.lexicon.files)

    @property
    def info(self) -> CoderInfo:
        """Who coded, as every coding records it."""
        book = f"{self.codebook.name} {self.codebook.version}"
        models = [pipeline_name(self.nlp), *(part.name for part in (self.encoder, self.judge) if part)]
        return CoderInfo("dateline", __version__, book, ", ".join(models))

    @cached_property
    def relations(self) -> RelationReader:
        """What types a pair of parties in a sentence, by this codebook."""
        return RelationReader(self.codebook, self.nlp, self.encoder)

    def relation(self, text: str, source: Side = None, target: Side = None) -> Relation | None:
        """The kind of act that a sentence tells between two parties, each given by its words or as offsets.

        A side that the sentence does not name is None. Raises :class:`ValueError` where the words are not in the text
        or stand there more than once. None is returned only for a codebook without types.
        """
        with using(self.lexicon):
            return self.relations.read(text, source, target)

    @cached_property
    def _finding_relations(self) -> RelationReader:
        """The same for the codebook whose triggers are looked for."""
        return RelationReader(self.finding, self.nlp, self.encoder)

    @cached_property
    def _name_words(self) -> NameWords:
        """What tells people's names, by the lists of this coder."""
        return name_words(self.nlp, self.authority, self.gazetteer)

    @property
    def finding(self) -> Codebook:
        """The codebook whose triggers are looked for."""
        return self.codebook.recodes or self.codebook

    def parsed(self, reports: Sequence[Report]) -> Iterator[Parse]:
        """The reports as they are read before they are coded, in order."""
        readings = self.encoder.read_many(reports) if self.encoder else None
        finding = self.finding
        # The encoder knows the words of the types it was trained on; what a user adds, it might pass over.
        known = self.encoder and finding.name == self.encoder.codebook and not any(kind.level for kind in finding.types)
        gate = Gate(may_hold_trigger=words_of_triggers(finding, self.nlp).may_stand_in) if known else None
        return parse_many(reports, self.nlp, AT_A_TIME, readings=readings, gate=gate, known=self._name_words)

    def case(self, parse: Parse, reader: Reader) -> Case:
        """A parsed report as a judge looks at it, by another reader than its own: what a judge is made from."""
        with using(self.lexicon):
            known = gathered(parse, self.gazetteer)
            return case_of(
                parse, known, self.finding, reader, authority=self.authority, relations=self._finding_relations
            )

    def code(self, report: Report) -> Coding:
        """The coding of one report."""
        return next(self.code_many([report]))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        """One coding a report, in order. What cannot be coded gets an empty coding that says why."""
        given = list(reports)
        kept = [_in_language(report, self.language.code) for report in given]
        why_not = [_cannot_be_coded(report, self.language, self.most_words) for report in kept]
        parses = self.parsed([report for report, note in zip(kept, why_not, strict=True) if note is None])
        finding = self.finding
        notes = tuple(self._notes(finding))
        judge = self.judge if self.judge and self.judge.knows(finding) else None
        info = self.info
        for report, whole, note in zip(kept, given, why_not, strict=True):
            if note is None:
                # Around each report and not around the loop: between two, whoever asked for codings runs.
                with using(self.lexicon):
                    parsed = next(parses)
                    coding = assemble(
                        parsed,
                        finding,
                        self.gazetteer,
                        info,
                        names=self.names,
                        authority=self.authority,
                        relations=self._finding_relations,
                        notes=(*_of_other_languages(report, whole), *notes),
                        at_least=self.at_least,
                        judge=judge,
                    )
                    coding = recode(coding if report is whole else replace(coding, report=whole), self.codebook)
                forget_clauses(parsed.doc)
                del parsed
                yield coding
            else:
                yield Coding(whole, info, notes=(note, *notes))

    def _notes(self, finding: Codebook) -> Iterator[Note]:
        if self.without:
            yield Note("rules-alone", f"Coded by the rules alone: {self.without}.")
        unlearned = self.judge.unlearned(finding) if self.judge else ()
        if unlearned:
            names = ", ".join(unlearned)
            words = f"Rows of these types are the rules' and have no chance, as the judge never learned them: {names}."
            yield Note("not-judged", words)


def load_machine(settings: CoderSettings) -> MachineCoder:
    """The machine coder by settings: what is found under the name ``machine``."""
    return MachineCoder.load(settings=settings)


def _in_language(report: Report, code: str) -> Report:
    """The report as a coder of a language reads it: paragraphs in others are passed over.

    A report that is in another one is read where it holds paragraphs in this one.
    """
    if all(block.language is None for block in report.blocks):
        return report
    mixed = report.language == code or any(block.language == code for block in report.blocks)
    blocks = (b if (b.language or report.language) == code else replace(b, kind="debris") for b in report.blocks)
    return replace(report, blocks=tuple(blocks), language=code) if mixed else report


def _of_other_languages(read: Report, whole: Report) -> Iterator[Note]:
    """That paragraphs in other languages were passed over, how many in which."""
    passed = Counter(
        before.language or whole.language
        for before, after in zip(whole.blocks, read.blocks, strict=True)
        if before.kind in CODED_BLOCKS and after.kind not in CODED_BLOCKS
    )
    if passed:
        told = ", ".join(f"{number} in {language!r}" for language, number in sorted(passed.items(), key=str))
        yield Note("other-languages", f"Paragraphs in other languages are kept and not coded: {told}.")


def _cannot_be_coded(report: Report, language: Language, most_words: int) -> Note | None:
    if report.language not in {None, language.code}:
        return Note(
            "language-not-coded",
            f"The report is in {report.language!r}; only {language.name} is coded. Its text and evidence are kept.",
        )
    if not any(block.kind in CODED_BLOCKS for block in report.blocks):
        kinds = ", ".join(sorted({block.kind for block in report.blocks})) or "nothing"
        return Note("no-text", f"No running text was found to code (found: {kinds}).")
    if len(report.text) > most_words and next(islice(_WORD.finditer(report.text), most_words, None), None):
        return Note(
            "too-many-words",
            f"The report has more than {most_words:,} words and marks; none of it is coded. Split it into its reports, "
            "or lift the limit: --limit words=N, or most_words in the settings of a project.",
        )
    return None
