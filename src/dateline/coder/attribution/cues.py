"""The words that attribute, with their frames: ``cues.yaml`` of the lexicon says what the frames mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.lexicon import table, words

if TYPE_CHECKING:
    from dateline.lang.links import Link

Frames = frozenset[str]

VERBS = table("cues.verbs")
NOUNS = table("cues.nouns")
ADJECTIVES = table("cues.adjectives")
HEARSAY = words("cues.hearsay")
HEARSAY_NOUNS = table("cues.hearsay_nouns")
ACCORDING = words("cues.according")

PLACES: Frames = frozenset({"quote", "clause", "infinitive", "object", "person", "as", "passive", "number"})
"""Frames that are places in the sentence; all others are prepositions."""

HELPERS: tuple[Link, ...] = ("auxiliary", "passive auxiliary", "negation", "adverb", "particle")
"""Links of the words that are part of a cue where they touch it: "has not said", "openly called"."""


def prepositions(frames: Frames) -> Frames:
    """The prepositions among the frames."""
    return frames - PLACES
