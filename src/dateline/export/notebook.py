"""A coding as a notebook shows it: one self-contained fragment, readable on light and dark grounds."""

from __future__ import annotations

from html import escape

from dateline.export.chances import in_words
from dateline.export.phrases import label
from dateline.export.safe import one_line
from dateline.export.statement import Statement, number
from dateline.export.words import count_words, sentence, title_words
from dateline.model import Coding, EventMention

MOST_EVENTS = 50
_CELL = "padding:.4em .8em .4em 0;vertical-align:top;text-align:left;border-top:1px solid rgba(127,127,127,.35)"
_DIM = "opacity:.75;font-size:.9em"
_QUOTE = f"{_DIM};margin:.3em 0;padding:0 0 0 .7em;border-left:3px solid rgba(127,127,127,.5)"


def coding_html(coding: Coding) -> str:
    """A fragment of HTML with the events, their evidence and the notes; every text of the report is escaped."""
    report = coding.report
    rows = "".join(_row(coding, event, at) for at, event in enumerate(coding.events[:MOST_EVENTS], 1))
    table = f'<table style="border-collapse:collapse"><tbody>{rows}</tbody></table>'
    more = len(coding.events) - MOST_EVENTS
    parts = [
        f"<p><strong>{_text(title_words(report))}</strong><br>"
        f'<span style="{_DIM}">{_text(report.publisher or "publisher not stated")} · '
        f"{_text(report.published or 'no publication date')}</span></p>",
        table if rows else "<p>No event was coded.</p>",
        f"<p>… and {number(more, 'more event mention')}</p>" if more > 0 else "",
        "".join(f"<p>{_text(note.message)}</p>" for note in coding.notes),
        f'<p style="{_DIM}">{_text(_limits(coding))}</p>',
    ]
    return f'<div class="dateline-coding" style="max-width:60em">{"".join(parts)}</div>'


def _row(coding: Coding, event: EventMention, at: int) -> str:
    chance = in_words(event.chance)
    sure = f'<br><span style="{_DIM}">{_text(chance)}</span>' if chance else ""
    counts = "; ".join(count_words(count) for count in event.counts)
    evidence = " … ".join(one_line(e.quote, 400) for e in event.evidence or (event.trigger,))
    return (
        f'<tr><td style="{_CELL}">{at}</td><td style="{_CELL}">{_text(label(event.type, event.mode))}'
        f"{sure}</td>"
        f'<td style="{_CELL}">{_text(sentence(coding, event))}'
        f"{'<br>' + _text(counts) if counts else ''}"
        f'<blockquote style="{_QUOTE}" dir="auto">{_text(evidence)}</blockquote></td></tr>'
    )


def _limits(coding: Coding) -> str:
    statement = Statement()
    statement.add(coding)
    stated = dict(statement.rows())
    left_out = f" {number(len(coding.left_out), 'candidate')} left out (see left_out)." if coding.left_out else ""
    below = f" {number(len(coding.suggestions), 'suggestion')} (see suggestions)." if coding.suggestions else ""
    return f"{stated['Coder']}; codebook {stated['Codebook']}; not reviewed.{below}{left_out} {stated['Limits']}"


def _text(text: str) -> str:
    return escape(one_line(text, 2000))
