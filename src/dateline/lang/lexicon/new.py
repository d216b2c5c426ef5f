"""A commented starter file for a project's own words."""

from __future__ import annotations

from pathlib import Path

from dateline.files.write import write_new

STARTER = """\
# Words of your own, laid over dateline's lists. Each part names a list; `dateline lexicon list` shows them all, and
# `dateline lexicon show WORD` every list that a word is in.
#
# Under `add:` stand the words to add, under `remove:` those to take out. What is added needs an example: a sentence
# with one of the words between [ and ]. Check the file with: dateline lexicon check {file}

# A verb after which an act is still to come.
modality.governors:
  add:
    plan: opt
  examples:
    - The nurses have [opted] to hold a rally on Friday.

# A noun for people, with the sector that it belongs to.
people.sectors:
  add:
    LAB: beekeeper
  examples:
    - Two [beekeepers] spoke to the council.

# A day with a name: a day of a month, or one of its weekdays ("last friday of june").
dates.feasts:
  add:
    harbour day: 3 august
  examples:
    - The ferry does not sail on [Harbour Day].

# A verb that brings in what somebody says; `dateline lexicon show cues.verbs` tells what may stand behind it.
cues.verbs:
  add:
    murmur: [clause, quote]
  examples:
    - The clerk [murmured] that the hall was full.
"""


def new(path: Path) -> None:
    """Write the starter file to ``path``, whole or not at all.

    Raises :class:`FileExistsError` where there is a file already.
    """
    write_new(path, STARTER.format(file=path.name))
