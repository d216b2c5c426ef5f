"""The judge: the network that reads a report whole, and the trees that decide by what it and the rules have found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.coder.encoder.network import checked_files, default_encoder
from dateline.coder.encoder.reader import GRAPHS, Reader
from dateline.coder.encoder.trees import Trees, load_trees
from dateline.coder.judge.options import FIELDS, SILENT_AT_TIMES
from dateline.coder.judge.rows import Row, judge
from dateline.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tokenizers import Tokenizer

    from dateline.codebook.model import Codebook
    from dateline.coder.judge.case import Case
    from dateline.coder.syntax.model import Parse

TREES = "trees.json.gz"
VALUES = ("name", "kinds")
"""What the manifest must say beside the hashes of the files."""

QUESTIONS = (*FIELDS, *(f"no {field}" for field in SILENT_AT_TIMES))
"""What its trees must answer of the fields."""

SHORTEST, LONGEST = 5, 300
"""Sentences of a text that is judged. It was learned on whole reports; what is shorter or longer is coded by rules."""


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Decides which tellings are rows and what their fields hold. Safe to share between threads."""

    name: str
    reader: Reader
    trees: Mapping[str, Trees]

    @classmethod
    def load(cls, tokenizer: Tokenizer, folder: Path | None = None) -> Judge:
        """From the files of a folder, the package's own where none is given, for the pieces of a tokenizer.

        Raises :class:`EncoderError` where they cannot be used.
        """
        folder = folder or default_folder()
        manifest, contents = checked_files(folder, (*GRAPHS, TREES), VALUES)
        trees = load_trees(contents[TREES])
        if missing := [question for question in QUESTIONS if question not in trees]:
            raise EncoderError(f"the judge in {folder.name!r} was not asked {missing[0]!r}; make it anew")
        return cls(manifest["name"], Reader.load(folder, tokenizer), trees)

    def unlearned(self, codebook: Codebook) -> tuple[str, ...]:
        """The types of a codebook that it never learned: whether a row is one of them the rules say alone."""
        return tuple(kind.name for kind in codebook.types if kind.name not in self.reader.number)

    def knows(self, codebook: Codebook) -> bool:
        """Whether it learned any type of a codebook; of one that asks for other things it knows nothing."""
        return len(self.unlearned(codebook)) < len(codebook.types)

    def can_read(self, parse: Parse) -> bool:
        """Whether a text is a report as it has learned them: read by the encoder, and of some sentences."""
        sentences = sum(1 for _ in zip(parse.sentences(), range(LONGEST + 1), strict=False))
        return parse.reading is not None and SHORTEST <= sentences <= LONGEST

    def rows(self, case: Case) -> list[Row]:
        """The rows of a case, in the order of their first telling."""
        return judge(case, self.trees)


def default_folder() -> Path:
    """Where the files of the package's own judge lie."""
    return Path(str(files("dateline.data").joinpath("judge")))


@lru_cache(maxsize=1)
def default_judge() -> Judge:
    """The package's own judge, loaded once a process; raises :class:`EncoderError` where it cannot be used."""
    return Judge.load(default_encoder().tokenizer)
