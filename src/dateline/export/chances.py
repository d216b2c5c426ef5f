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

_WORDS = ((0.9, "almost certain"), (0.7, "likely"), (0.5, "more likely than not"), (0.0, "doubtful"))
_CERTAIN = _WORDS[0][0]


def in_words(chance: float | None) -> str:
    """A chance in words, with its figure: "likely (0.74)"; nothing where nothing was judged."""
    if chance is None:
        return ""
    return f"{next(words for least, words in _WORDS if chance >= least)} ({figure(chance)})"


def to_check(chance: float | None) -> str:
    """The same, and nothing where it is almost certain: what is left is what a person should look at."""
    return "" if chance is None or chance >= _CERTAIN else in_words(chance)


def of_fields(event: EventMention) -> str:
    """The chances of an event's fields, those that were judged: "actors 0.81, date 0.92"."""
    given = ((field.name, getattr(event.chances, field.name)) for field in fields(Chances))
    return ", ".join(f"{name} {figure(chance)}" for name, chance in given if chance is not None)


def figure(chance: float) -> str:
    """Two digits, cut and never rounded: the figure stands on the same side of every bound as the chance."""
    return f"{int(chance * 100 + 1e-9) / 100:.2f}"
