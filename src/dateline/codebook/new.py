"""A starter codebook to edit."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.errors import OptionError
from dateline.files.write import write_new

_STARTER = """\
# A codebook of your own. It takes over everything from PLOVER and adds what stands below.
# Lines that begin with # are remarks. Indent with spaces, two for each step.
#
# After each change:   dateline codebook check {file}
# To code with it:     dateline code report.txt --codebook {file}

name: {name}
version: "1.0"
description: PLOVER with a type for evictions.
extends: plover

# Types of PLOVER that you do not want:
# remove: [COOPERATE, SUPPORT]

# Word lists that conditions can name as "@dwelling":
lists:
  dwelling: [house, home, flat, apartment, building, hut, shack, settlement, camp]

types:
  # A new type. Its name is written in capitals.
  - name: EVICTION
    definition: >
      People are made to leave the place where they live, by an owner, a court or an authority.
    quad: 4                   # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    cameo: "171"              # optional: the CAMEO code, between quotation marks

    # Ways in which it happens; a type needs none.
    modes:
      - name: demolition
        definition: Their homes are torn down.
        verbs:
          # These words count only when what they are done to is a dwelling.
          - {{words: [bulldoze, tear down, clear], when: {{object: ["@dwelling"]}}}}

    # The words that name the event, in their dictionary form. Without a `when` they are taken from PLOVER's types.
    verbs:
      - dislodge
      - {{word: evict, unless: {{subject: [body]}}}}
      - {{word: force out, when: {{of: ["@dwelling"]}}}}
    nouns: [eviction, forced eviction]

    exclusions:
      - People who flee from a flood or a fire are not evicted.

    # Each example is a test: `events` says what it must give, `none: true` that it must give no EVICTION.
    examples:
      - text: Bailiffs evicted six families in Porto on Monday.
        events: [{{actors: [Bailiffs], recipients: [families]}}]
      - text: The city bulldozed the settlement by the river.
        events: [{{mode: demolition, actors: [city], recipients: [settlement]}}]
      - text: Flood water forced the families to leave.
        none: true

  # A type of PLOVER that gains words. What is written here is added to what it has.
  - name: PROTEST
    verbs:
      - {{word: bang, when: {{object: [pot, pan]}}}}
    without: [heckle]         # words to take out
"""


def new(path: Path, name: str) -> None:
    """Write a commented starter codebook, called ``name``, to ``path``, whole or not at all.

    Raises :class:`FileExistsError` where there is a file already, and :class:`OptionError` for a name that YAML would
    not read back as it was written.
    """
    if not re.fullmatch(r"[^\W_][\w .-]{0,60}", name) or name.strip() != name:
        raise OptionError(f"{name!r} cannot be a codebook's name", "use letters, digits, '-', '.', '_' and spaces")
    write_new(path, _STARTER.format(name=name, file=path.name))
