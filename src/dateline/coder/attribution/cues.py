"""The words that attribute, as data: see ``data/cues.yaml`` for what the frames mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Frames = frozenset[str]

PLAIN_FRAMES = frozenset({"quote", "clause", "to", "object", "person", "as", "passive", "number"})
"""Frames that are no prepositions."""


@dataclass(frozen=True, slots=True)
class CueWords:
    """Lemma to frames for each part of speech, and the adverbs of hearsay."""

    verbs: Mapping[str, Frames]
    nouns: Mapping[str, Frames]
    adjectives: Mapping[str, Frames]
    hearsay: frozenset[str]


def prepositions(frames: Frames) -> frozenset[str]:
    """The prepositions among the frames, as they are written."""
    return frozenset(f.rstrip("_") for f in frames - PLAIN_FRAMES)


@lru_cache(maxsize=1)
def cue_words() -> CueWords:
    """The cue words that come with the package."""
    import yaml

    path = files("dateline.data") / "cues.yaml"
    # Every scalar is a word here: "no" and "on" must not be read as truth values.
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)

    def frames(part: str) -> dict[str, Frames]:
        return {str(lemma): frozenset(words.split()) for lemma, words in data[part].items()}

    return CueWords(frames("verbs"), frames("nouns"), frames("adjectives"), frozenset(data["hearsay"]))
