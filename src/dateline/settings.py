"""How reports are coded, in one value: what the Python functions, the command line and a project's settings share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypedDict

from dateline.files.read import ReadFile

Names = Literal["roles", "keep"]
"""Private people by role, or by name."""

AT_LEAST = 0.4
"""The chance from which on a row is shown as an event, where nobody says another."""

MOST_WORDS = 100_000
"""The words and marks of the longest report that is coded, where nobody says another number: those of a long book."""

_CODEBOOK_FILES = (".yaml", ".yml")


class CoderOptions(TypedDict, total=False):
    """The fields of :class:`CoderSettings` beside the codebook, as keyword arguments."""

    coder: str
    names: Names
    authority: str | Path | None
    gazetteer: str | Path | Sequence[str | Path]
    lexicon: str | Path | Sequence[str | Path]
    encoder: bool
    at_least: float
    most_words: int


@dataclass(frozen=True, slots=True)
class CoderSettings:
    """Who codes, and by what.

    ``coder`` is the name of an installed coder. ``codebook`` is the name of an installed codebook, or the path of a
    YAML file. ``names="keep"`` stores private people by name instead of by role. ``authority`` is the path of a list
    of actors that goes over the built-in one. ``gazetteer`` are the paths of lists of places (CSV or GeoJSON) that go
    over the built-in gazetteer, a later one over an earlier; one may be a gazetteer that was built of a GeoNames dump.
    ``lexicon`` are the paths of lists of words that go over the built-in ones. ``encoder=False`` codes by the rules
    alone; where the encoder is wanted and cannot be used, the rules code alone too, and every coding has a note that
    says why. ``at_least`` is the chance from which on a row is shown as an event: rows whose chance is below go to the
    suggestions of the coding. ``most_words`` are the words and marks of the longest report that is coded; a longer one
    gets a note. Raises :class:`ValueError` where a chance is not from 0 to 1, or a number of words not above 0.

    Paths may be given as text, and one where there may be several.
    """

    coder: str = "machine"
    codebook: str | Path = "plover"
    names: Names = "roles"
    authority: Path | None = None
    gazetteer: tuple[Path, ...] = ()
    lexicon: tuple[Path, ...] = ()
    encoder: bool = True
    at_least: float = AT_LEAST
    most_words: int = MOST_WORDS

    def __post_init__(self) -> None:
        if not 0 <= self.at_least <= 1:
            raise ValueError(f"at_least is {self.at_least}, and chances go from 0 to 1")
        if self.most_words < 1:
            raise ValueError(f"most_words is {self.most_words}, and no report has fewer than one word")
        # 1 and 1.0 are one bound, and have one fingerprint.
        object.__setattr__(self, "at_least", float(self.at_least))
        if self.authority is not None:
            object.__setattr__(self, "authority", Path(self.authority))
        for name in ("gazetteer", "lexicon"):
            object.__setattr__(self, name, _paths(getattr(self, name)))

    @classmethod
    def chosen(
        cls, codebook: str | Path | None, settings: CoderSettings | None, options: CoderOptions
    ) -> CoderSettings:
        """The settings that were given, else the default ones, with a codebook and options in their stead."""
        given = {**options, **({} if codebook is None else {"codebook": codebook})}
        return replace(settings or cls(), **given)  # type: ignore[arg-type]  # paths become what the fields hold

    def within(self, folder: Path) -> CoderSettings:
        """These settings with every path taken from a folder; a codebook is a path where it ends as YAML files do."""
        book = self.codebook
        return replace(
            self,
            codebook=folder / book if isinstance(book, Path) or book.endswith(_CODEBOOK_FILES) else book,
            authority=self.authority and folder / self.authority,
            gazetteer=tuple(folder / path for path in self.gazetteer),
            lexicon=tuple(folder / path for path in self.lexicon),
        )

    def record(self, files: Iterable[ReadFile], folder: Path | None = None) -> SettingsRecord:
        """What these settings and the files that were read by them come to, the files named from a folder."""
        named = tuple((file.name_in(folder), file.sha256) for file in files)
        return SettingsRecord(self.coder, self.names, self.encoder, self.at_least, self.most_words, named)


@dataclass(frozen=True, slots=True)
class SettingsRecord:
    """All that decides a coding beside the coder's version and the report.

    ``files`` are the name and the SHA-256 of every file that was read for it, in the order in which they were read:
    a later list goes over an earlier one.
    """

    coder: str
    names: Names
    encoder: bool
    at_least: float
    most_words: int
    files: tuple[tuple[str, str], ...]

    def plain(self) -> dict[str, object]:
        """The record as JSON values."""
        files = [list(file) for file in self.files]
        return {
            "coder": self.coder,
            "names": self.names,
            "encoder": self.encoder,
            "at_least": self.at_least,
            "most_words": self.most_words,
            "files": files,
        }

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the record: another where anything in it is another."""
        text = json.dumps(self.plain(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


def _paths(given: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    return tuple(map(Path, [given] if isinstance(given, str | Path) else given))
