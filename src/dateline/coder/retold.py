"""The same event named again in a report ("the rally", "this attack") is one mention with more evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dateline.coder.placing import Placed
from dateline.model import Because, Date

LOOK_BACK = 100
"""Earlier mentions of the same type that one may point back to, from the nearest."""
POINTING_BACK = frozenset({"the", "this", "that", "these", "those"})


def merge_retold(placed: Sequence[Placed]) -> list[Placed]:
    """The mentions without those that only point back to an earlier one, which gains their sentences and numbers.

    A mention points back where its trigger is a noun with a definite article or a demonstrative, the noun or mode was
    told before, nothing that it says of people, place, day or modality differs, the earlier speaker tells it or quotes
    it, and the earlier event is at one place.
    """
    kept: list[Placed] = []
    told = Counter(p.mention.trigger.start for p in placed)
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for later in placed:
        told_before = alike[later.mention.type, later.mention.modality]
        near = told_before[: -LOOK_BACK - 1 : -1] if _points_back(later) else ()
        at = next((n for n in near if told[kept[n].mention.trigger.start] == 1 and _retells(later, kept[n])), None)
        if at is None:
            told_before.append(len(kept))
            kept.append(later)
        else:
            kept[at] = _joined(kept[at], later)
    return kept


def _retells(later: Placed, earlier: Placed) -> bool:
    """Nothing differs; type and modality are known to be the same.

    Who is quoted on "the march" that the report told of itself tells of the same one; what only a speaker told of is
    not so taken for the report's own word.
    """
    new, old = later.mention, earlier.mention
    return (
        new is not old
        and later.chain[: len(earlier.chain)] == earlier.chain
        and (new.root.lemma_.lower() == old.root.lemma_.lower() or (new.mode is not None and new.mode == old.mode))
        and (later.place is None or earlier.place is None or later.place.name == earlier.place.name)
        and _same_time(later.date, earlier.date)
        and _same_people(later, earlier)
    )


def _same_time(new: Date | None, old: Date | None) -> bool:
    """The same day, or an hour of it; what is not told does not differ."""
    if new is None or old is None or not new.edtf or not old.edtf:
        return True
    return new.edtf.startswith(old.edtf) or old.edtf.startswith(new.edtf)


def _points_back(later: Placed) -> bool:
    root = later.mention.root
    return root.pos_ in {"NOUN", "PROPN"} and any(
        child.dep_ == "det" and child.lower_ in POINTING_BACK for child in root.children
    )


def _same_people(later: Placed, earlier: Placed) -> bool:
    """No actor or recipient is named that the earlier mention does not have, unless it has none."""
    for new, old in (
        (later.mention.actors, earlier.mention.actors),
        (later.mention.recipients, earlier.mention.recipients),
    ):
        known = " ".join(span.quote.lower() for span in old)
        if known and any(span.quote.lower().split()[-1] not in known for span in new):
            return False
    return True


def _joined(earlier: Placed, later: Placed) -> Placed:
    old, new = earlier.mention, later.mention
    told = {(c.kind, c.low, c.best, c.high) for c in old.counts}
    sentences = {(s.start, s.end) for s in (old.sentence, *earlier.retold)}
    again = (new.sentence.start, new.sentence.end) not in sentences
    because = Because("evidence", "the same event is named again", new.trigger.quote)
    return replace(
        earlier,
        mention=replace(
            old,
            actors=old.actors or new.actors,
            recipients=old.recipients or new.recipients,
            counts=(*old.counts, *(c for c in new.counts if (c.kind, c.low, c.best, c.high) not in told)),
        ),
        place=earlier.place or later.place,
        date=earlier.date or later.date,
        because=(*earlier.because, because),
        retold=(*earlier.retold, new.sentence) if again else earlier.retold,
    )
