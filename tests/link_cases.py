"""Mentions made by hand, for the tests of linking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.link.model import Mention, Where
from dateline.link.pairs.words import telling

TOWNS = {
    "Oban": Where("town", "1", "Argyll", "GB", 56.4, -5.5),
    "Nelson": Where("town", "2", "Tasman", "NZ", -41.3, 173.3),
}
BRIDGE = (
    "Two dockers were hurt when guards fired at a picket on Kelvinhaugh bridge near the Ardlussa ferry, witnesses "
    "told the Corran Gazette. Marta Ilves of the harbour board called for an inquiry."
)
MARKET = (
    "Stallholders marched to the Waimea market hall against new rents. Organisers under Tane Ropata counted sixty "
    "people outside the Richmond depot before rain ended the walk."
)
MEETING = (
    "Growers blocked the Motupiko weighbridge until the Upper Moutere packhouse agreed to reopen. Sione Falaniko spoke "
    "for eleven orchards at the Tapawera crossing."
)


def day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def mention(id: str, text: str = BRIDGE, *, on: str | None = "2024-03-05", at: str | None = "Oban", **other) -> Mention:
    """The subject of a report; ``id`` is "report#event"."""
    made = Mention(
        id=id,
        report=id.partition("#")[0],
        original=id.partition("#")[0],
        published=day("2024-03-06"),
        type="ASSAULT",
        quad=4,
        modality="asserted",
        trigger="fired",
        days=(day(on), day(on)) if on else None,
        where=TOWNS[at] if at else None,
        words=telling(text.partition(".")[0]),
        scene=telling(text),
        scene_days=(day(on),) if on else (),
        scene_towns=(str(TOWNS[at].town),) if at else (),
        subject=True,
    )
    return replace(made, **other)


def march(id: str, text: str = MARKET, **other) -> Mention:
    return mention(id, text, at="Nelson", **({"type": "PROTEST", "trigger": "marched"} | other))
