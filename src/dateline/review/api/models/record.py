"""The codebook, the log and how far the project is."""

from __future__ import annotations

from typing import Any

from dateline.review.api.models.base import Told, example, same
from dateline.review.knowing.codebook import CodebookView, ModeView, TypeView, Words


class TypeTold(Told):
    """A type of the codebook in a line."""

    name: str
    definition: str
    facts: list[str]
    modes: list[str]
    triggers: int
    examples: int
    rows: int
    """How many rows of the project are of the type."""


class Definition(Told):
    """A name of the codebook and what it means."""

    name: str
    definition: str


class CodebookTold(Told):
    """The codebook that the project is coded by."""

    model_config = example(
        name="plover",
        version="1.0",
        description="Political events by who does what to whom.",
        types=[
            {
                "name": "PROTEST",
                "definition": "People gather to demand something.",
                "facts": ["quad 3, verbal conflict"],
                "modes": ["strike"],
                "triggers": 335,
                "examples": 12,
                "rows": 4,
            }
        ],
        contexts=[{"name": "labour", "definition": "Work and pay."}],
        others={},
    )

    name: str
    version: str
    description: str
    types: list[TypeTold]
    contexts: list[Definition]
    others: dict[str, int]
    """Types of rows of the project that the codebook lacks, with how many rows are of each."""

    @classmethod
    def of(cls, view: CodebookView) -> CodebookTold:
        """From what the codebook's page shows."""
        return cls(
            name=view.name,
            version=view.version,
            description=view.description,
            types=[TypeTold.model_validate(line) for line in view.types],
            contexts=[Definition(name=name, definition=definition) for name, definition in view.contexts],
            others=dict(view.others),
        )


class TriggersTold(Told):
    """Words that name a type, and the company that they must keep (empty: any)."""

    group: str
    company: str
    words: list[str]

    @classmethod
    def of(cls, groups: tuple[Words, ...]) -> list[TriggersTold]:
        """From what the codebook's page shows."""
        return [
            cls(group=group.group, company=company, words=list(words))
            for group in groups
            for company, words in group.alike
        ]


class ExampleTold(Told):
    """A worked example: a sentence and the events that it gives; none: it must give no event of the type."""

    text: str
    gives: list[str]


class ModeTold(Told):
    """A mode of a type."""

    name: str
    definition: str
    cameo: str | None
    chosen_by: list[str]
    found_as: list[str]
    words: list[TriggersTold]
    rows: int

    @classmethod
    def of(cls, view: ModeView) -> ModeTold:
        """From what the codebook's page shows."""
        return cls(**same(cls, view, "words"), words=TriggersTold.of(view.words))


class WholeType(Told):
    """A type with its modes, words, exclusions and examples."""

    model_config = example(
        name="PROTEST",
        definition="People gather to demand something.",
        facts=["quad 3, verbal conflict"],
        modes=[],
        words=[{"group": "verbs", "company": "", "words": ["march"]}],
        exclusions=["A threat to protest is THREATEN."],
        examples=[{"text": "Dockers marched in Arden.", "gives": ["PROTEST by dockers"]}],
        rows=4,
    )

    name: str
    definition: str
    facts: list[str]
    modes: list[ModeTold]
    words: list[TriggersTold]
    """Those that name no mode."""
    exclusions: list[str]
    examples: list[ExampleTold]
    rows: int

    @classmethod
    def of(cls, view: TypeView) -> WholeType:
        """From what the codebook's page shows."""
        given = same(cls, view, "modes", "words", "examples")
        examples = [ExampleTold.model_validate(example) for example in view.examples]
        modes = [ModeTold.of(mode) for mode in view.modes]
        return cls(**given, modes=modes, words=TriggersTold.of(view.words), examples=examples)


class LogRow(Told):
    """A row of the log. ``link`` is that of the chain: a hash of the row and of the link before it."""

    model_config = example(
        number=17,
        made="2024-06-01T12:00:00+00:00",
        who="A. Editor",
        what="corrected",
        about="port-1#e1",
        details={"column": "mode", "old": "demo", "new": "strike", "why": "the report says so"},
        link="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        kind="row",
    )

    number: int
    made: str
    who: str
    what: str
    about: str
    details: dict[str, Any]
    link: str
    kind: str
    """What it is about: report, row, event; empty: something that has no page."""


class Link(Told):
    """A link of the chain: the number of the row of the log, and its hash in hexadecimal digits."""

    number: int
    link: str


class LogState(Told):
    """Whether the log is as it was written."""

    model_config = example(
        rows=17,
        head={"number": 17, "link": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
        flaws=[],
    )

    rows: int
    head: Link | None
    """The last link; null for an empty log."""
    flaws: list[str]
    """What is wrong; empty: every row is as it was written."""


class ProjectState(Told):
    """How far the project is, in numbers."""

    model_config = example(
        version="0.1.0",
        codebook="plover 1.0",
        evidence=4,
        refused=0,
        reports=4,
        outdated=0,
        languages={"en": 4},
        coded=4,
        codings=5,
        mentions=4,
        to_link=0,
        events=3,
        decisions=0,
    )

    version: str
    """That of dateline."""
    codebook: str
    evidence: int
    refused: int
    """Evidence from which no report could be read."""
    reports: int
    outdated: int
    languages: dict[str, int]
    coded: int
    codings: int
    mentions: int
    to_link: int
    """Codings that linking has not taken up."""
    events: int
    decisions: int
    """What people said of whether events are the same."""
