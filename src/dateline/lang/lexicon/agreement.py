"""Whether lists keep to what they say of themselves: whom they share no word with, and what a table may say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dateline.errors import Problem, did_you_mean
from dateline.lang.lexicon.model import WordList


def exclusions(lists: Iterable[WordList], told_at: str = "") -> Iterator[Problem]:
    """Words that stand in two lists of which one excludes the other; ``told_at`` is the file to tell it of."""
    known = {one.name: one for one in lists}
    for name in sorted(known):
        for other in known[name].excludes:
            for word in sorted(known[name].words & known[other].words) if other in known else ():
                here, there = known[name].source(word), known[other].source(word)
                if told_at and there.startswith(told_at):
                    here, there = there, here
                file, _, line = here.rpartition(":")
                what = f"`{word}` is in {name} and in {other} ({there}), which exclude each other."
                yield Problem(file, int(line), what, "Take it out of one of them.")


def strange_values(lists: Mapping[str, WordList]) -> Iterator[Problem]:
    """What tables of sets say of their words without being allowed to, and words of which they say nothing."""
    for one in lists.values():
        allowed = set(one.allowed)
        for name in one.allowed:
            allowed |= lists[name].words if name in lists else set()
        for word, value in one.values.items() if allowed else ():
            file, _, line = one.source(word).rpartition(":")
            for strange in sorted(value - allowed):
                mend = did_you_mean(strange, allowed, what="values")
                yield Problem(file, int(line), f"{one.name} cannot say `{strange}` of `{word}`.", mend)
            if not value:
                mend = f"Write one or more of: {', '.join(one.allowed)}."
                yield Problem(file, int(line), f"{one.name} says nothing of `{word}`.", mend)
