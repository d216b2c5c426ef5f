"""Chances in words, the same wherever people read them.

| chance | in words |
| --- | --- |
| .9 and more | almost certain |
| .7 and more | likely |
| .5 and more | more likely than not |
| less | doubtful |
"""

from __future__ import annotations

from dataclasses import fields

from dateline.model import Chances, EventMention

_ALMOST_CERTAIN = 0.9
_LIKELY = 0.7
_EVEN = 0.5


def in_words(chance: float | None) -> str:
    """A chance in words, with its figure: "likely (0.74)"; nothing where nothing was judged."""
    if chance is None:
        return ""
    if chance >= _ALMOST_CERTAIN:
        words = "almost certain"
    elif chance >= _LIKELY:
        words = "likely"
    else:
        words = "more likely than not" if chance >= _EVEN else "doubtful"
    return f"{words} ({figure(chance)})"


def to_check(chance: float | None) -> str:
    """The same, and nothing where it is almost certain: what is left is what a person should look at."""
    return "" if chance is None or chance >= _ALMOST_CERTAIN else in_words(chance)


def of_fields(event: EventMention) -> str:
    """The chances of an event's fields, those that were judged: "actors 0.81, date 0.92"."""
    given = ((field.name, getattr(event.chances, field.name)) for field in fields(Chances))
    return ", ".join(f"{name} {figure(chance)}" for name, chance in given if chance is not None)


def figure(chance: float) -> str:
    """Two digits, cut and never rounded: the figure stands on the same side of every bound as the chance."""
    return f"{int(chance * 100 + 1e-9) / 100:.2f}"
