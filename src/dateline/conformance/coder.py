"""What every coder must hold to."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.conformance.rules import hold
from dateline.engine.coder import Coder, Factory, make_coder, promise_broken
from dateline.errors import DatelineError, PluginError, SpanError
from dateline.form import from_json, to_json
from dateline.model import Block, Coding, Report
from dateline.settings import CoderSettings

HOSTILE = {
    "nothing": "",
    "a space": " ",
    "a NUL": "Police\0 arrested a man.",
    "controls": "Police\x01\x1b[2J arrested\x7f a man.\x85",
    "right to left": "اعتقلت الشرطة رجلا في باريس \u202eيوم الاثنين\u202c.",
    "beyond two bytes": "Police \U0001f46e\U0001f3fd\u200d\u2640\ufe0f arrested \U00020000 a man.",
    "joined letters": "E\u0301tudiants marche\u0300rent a\u0300 Ge\u0300ne\u0300ve.",
    "one long line": "police arrested a man and " * 60,
    "one long word": "a" * 2_000,
    "blank lines": "\n\n\r\n\t\n",
    "brackets": "((([[[{{{“‘«<" * 10,
    "marks": "....!!!???,,,;;;" * 10,
}
"""Texts that nobody would write, by what they are."""

PLAIN = (
    "Workers marched through Lyon on Monday, police said.",
    "Two people were injured when guards fired at a crowd in Kisumu on 3 May 2024.",
)


def check_coder(factory: Factory, *texts: str, settings: CoderSettings | None = None) -> None:
    """Try the coder that a factory makes; ``texts`` are reports of one's own to try it on too.

    Raises :class:`AssertionError` that names the first rule that it breaks.
    """
    coder = _made(factory, settings or CoderSettings())
    reports = [*_plain([*PLAIN, *texts]), *_hostile()]
    hold("coder-answers", not _coded(coder, []), "gave a coding where there was no report")
    together = _coded(coder, reports)
    for coding in together:
        _check(coding)
    for again in (_coded(coder, reports), [c for report in reversed(reports) for c in _coded(coder, [report])][::-1]):
        for one, other in zip(together, again, strict=True):
            hold("coder-same", one == other, f"coded {_named(one.report)} in two ways")


def _made(factory: Factory, settings: CoderSettings) -> Coder:
    try:
        return make_coder(factory, settings)
    except PluginError as error:
        raise AssertionError(f"coder-made: {error}") from error


def _plain(texts: Sequence[str]) -> list[Report]:
    return [_report(f"plain-{n}", text, "en") for n, text in enumerate(texts)]


def _hostile() -> list[Report]:
    reports = [_report(name, text, "en") for name, text in HOSTILE.items()]
    return [
        *reports,
        _report("a language of no name", "Xyzzy plugh qwlm brdd.", "zz"),
        Report("no blocks", "Police arrested a man.", language="en"),
        Report("nothing known but the text", PLAIN[0], (Block(0, len(PLAIN[0]), "paragraph"),)),
    ]


def _report(id: str, text: str, language: str) -> Report:
    blocks = (Block(0, len(text), "paragraph"),) if text else ()
    return Report(id, text, blocks, publisher="The Gazette", published="2024-05-06", language=language)


def _coded(coder: Coder, reports: Sequence[Report]) -> list[Coding]:
    try:
        found = list(coder.code_many(reports))
    except SpanError as error:
        raise AssertionError(f"coder-spans: {error}") from error
    except Exception as error:
        _tell_which(coder, reports)
        raise AssertionError(f"coder-hostile: the coder raised {type(error).__name__}: {error}") from error
    fault = promise_broken(found, reports, coder.info)
    hold("coder-answers", fault is None, str(fault))
    return found


def _tell_which(coder: Coder, reports: Sequence[Report]) -> None:
    """Raise for the report on which a coder breaks where it is given alone."""
    for report in reports:
        try:
            list(coder.code_many([report]))
        except SpanError as error:
            raise AssertionError(f"coder-spans: {error}") from error
        except Exception as error:
            hold("coder-hostile", False, f"raised {type(error).__name__} ({error}) for {_named(report)}")


def _check(coding: Coding) -> None:
    for span in coding.spans():
        there = coding.report.text[span.start : span.end]
        hold("coder-spans", there == span.quote, f"says {span.quote[:40]!r} where {_named(coding.report)} has another")
    try:
        read = from_json(to_json(coding))
    except (DatelineError, TypeError, ValueError) as error:
        raise AssertionError(f"coder-form: the coding of {_named(coding.report)} cannot be written: {error}") from error
    hold("coder-form", read == coding, f"lost something of {_named(coding.report)}")


def _named(report: Report) -> str:
    return f"{report.id!r} ({report.text[:30]!r})"
