"""The codebooks that come with dateline. They register like anybody's: by an entry point that gives a path."""

from __future__ import annotations

from pathlib import Path


def plover() -> Path:
    """The file of the built-in PLOVER codebook."""
    return Path(__file__).with_name("plover.yaml")


def conflict() -> Path:
    """The file of the built-in codebook of political violence and demonstrations."""
    return Path(__file__).with_name("conflict.yaml")
