"""Every error that the public functions raise on purpose. Each says what is wrong and what to do about it.

* ``DatelineError``
  * ``InputError``
    * ``IntakeError``: something cannot become a report
      * ``FetchError``: an address cannot be fetched
      * ``UnwelcomeError``: a host does not let programs ask for an address
    * ``SheetError``: a table cannot be read, or what people coded in it not be compared
    * ``ReleaseError``: a release that cannot be cut, opened or compared
    * ``OptionError``: an option has a value that there is not
    * ``ManifestError``: what is to be coded in shards, or by what, is not as its manifest says
  * ``KnowledgeError``
    * ``CodebookError``: a codebook cannot be used
    * ``AuthorityError``: a list of actors cannot be used
    * ``LexiconError``: a file of word lists cannot be used
    * ``CorrectionError``: a corrected sheet cannot be taken back into a project
  * ``GazetteerError``: the gazetteer or a list of places cannot be read or written
  * ``StoreError``: a project cannot be opened, read or written
    * ``SeveralError``: the beginning of an id is that of several
  * ``PolicyError``: a project names a field or a policy that there is not
  * ``UnknownNameError``: no part of this name is installed
    * ``UnknownFormatError``: no writer of this name is installed
    * ``UnknownCoderError``: no coder of this name is installed
    * ``UnknownLanguageError``: no language of this code is installed
  * ``PluginError``: an installed part cannot be loaded, or breaks its promise
  * ``MissingPartError``: a format needs a package that is not installed, or a file to be written to
  * ``ReviewError``: what a person asks for in the workspace cannot be done
    * ``ConflictError``: somebody else has changed it meanwhile
    * ``NotAllowedError``: the person's role does not allow it
    * ``NotThereError``: there is no such thing
    * ``LogInError``: nobody is logged in, or a log-in is refused
    * ``TooManyError``: too much was asked for in too short a time
  * ``FormError``: JSON that is not a coded report
  * ``SpanError``: a value's words are not those of the report
  * ``EdtfError``: a string is no date in the supported part of EDTF
  * ``PipelineError``: no pipeline of a language is installed
  * ``EncoderError``: the encoder's files are missing or damaged

An ``InputError`` has the fault and its mend apart, as ``error`` and ``mend``; a ``KnowledgeError`` has ``problems``,
each with its file and line. What the system refuses (a file that may not be read, a full disk) stays an ``OSError``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


class DatelineError(Exception):
    """The base of all that is raised on purpose; the message says what is wrong and what to do."""


class InputError(DatelineError, ValueError):
    """Something that was given cannot be used: ``error`` says what is wrong, ``mend`` what to do about it."""

    def __init__(self, error: str, mend: str) -> None:
        super().__init__(f"{error}; {mend}")
        self.error = error
        self.mend = mend

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.error, self.mend)


class IntakeError(InputError):
    """Something cannot become a report."""


class FetchError(IntakeError):
    """An address cannot be fetched.

    ``status`` is what the server answered, where it did; ``retry_after`` are the seconds after which it wants to be
    asked again, where it said so.
    """

    def __init__(self, error: str, mend: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(error, mend)
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.error, self.mend), {"status": self.status, "retry_after": self.retry_after}


class UnwelcomeError(IntakeError):
    """A host does not let programs ask for an address."""


class SheetError(InputError):
    """A table cannot be read, or what people coded by hand in it cannot be compared with a coding."""


class ReleaseError(InputError):
    """A release cannot be cut, opened or compared."""


class OptionError(InputError):
    """An option has a name or a value that there is not."""


class ManifestError(InputError):
    """What is to be coded in shards, or by what, is not as its manifest says; or there is no manifest to go by."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a file that people write: where it is, what is wrong and what to write instead.

    ``line`` counts from 1, or is 0 where it is the file as a whole; what it counts is the ``unit``, lines of the file
    or features of a GeoJSON list.
    """

    file: str
    line: int
    what: str
    mend: str
    unit: str = "line"

    def __str__(self) -> str:
        line = f"{self.file}:{self.line}" if self.unit == "line" else f"{self.file}, {self.unit} {self.line}"
        where = line if self.line else self.file
        return f"{where}: {self.what} {self.mend}".rstrip()


class KnowledgeError(DatelineError, ValueError):
    """A file of knowledge cannot be used. ``problems`` holds every fault that was found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[KnowledgeError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class CodebookError(KnowledgeError):
    """A codebook cannot be used."""


class AuthorityError(KnowledgeError):
    """A list of actors cannot be used."""


class LexiconError(KnowledgeError):
    """A file of word lists cannot be used."""


class CorrectionError(KnowledgeError):
    """A corrected sheet cannot be taken back into a project; nothing of it was."""


class GazetteerError(DatelineError, RuntimeError):
    """The gazetteer's file or a list of places cannot be read or written."""


class StoreError(DatelineError, RuntimeError):
    """A project cannot be opened, read or written."""


class SeveralError(StoreError):
    """The beginning of an id that several things have; ``ids`` are theirs."""

    def __init__(self, message: str, ids: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.ids = ids

    def __reduce__(self) -> tuple[type[SeveralError], tuple[str, tuple[str, ...]]]:
        return type(self), (str(self), self.ids)


class PolicyError(DatelineError, ValueError):
    """A project names a field or a policy that there is not."""


class UnknownNameError(DatelineError, LookupError):
    """No part of this name is installed."""


class UnknownFormatError(UnknownNameError):
    """No writer of this name is installed."""


class UnknownCoderError(UnknownNameError):
    """No coder of this name is installed."""


class UnknownLanguageError(UnknownNameError):
    """No language of this code is installed."""


class PluginError(DatelineError, RuntimeError):
    """An installed part cannot be loaded, or breaks its promise; the message names it."""


class MissingPartError(DatelineError, RuntimeError):
    """A format cannot be read or written here; the message names what to install or to give."""


class ReviewError(DatelineError, ValueError):
    """What a person asks for in the workspace cannot be done; the message says why, and what to do instead."""


class ConflictError(ReviewError):
    """Somebody else has changed meanwhile what a person wants to change; nothing was changed."""


class NotAllowedError(ReviewError):
    """A person's role does not allow what is asked for."""


class NotThereError(ReviewError):
    """What a person asks for is not in the project."""


class LogInError(ReviewError):
    """Nobody is logged in, or a log-in is refused; the message does not say which of what was given is wrong."""


class TooManyError(ReviewError):
    """Too much was asked for in too short a time; ``seconds`` is how long to wait."""

    def __init__(self, message: str, seconds: int = 1) -> None:
        super().__init__(message)
        self.seconds = seconds

    def __reduce__(self) -> tuple[type[TooManyError], tuple[str, int]]:
        return type(self), (str(self), self.seconds)


class FormError(DatelineError, ValueError):
    """JSON that is not a coded report."""


class SpanError(DatelineError, ValueError):
    """A value's words are not the words of the report at its offsets."""


class EdtfError(DatelineError, ValueError):
    """The string is no date in the supported part of EDTF."""


class PipelineError(DatelineError, RuntimeError):
    """No pipeline of a language is installed."""


class EncoderError(DatelineError, RuntimeError):
    """The encoder's files are missing or damaged; the message says which."""


def did_you_mean(word: str, known: Iterable[str], *, what: str) -> str:
    """The mend for a word that is not among the known ones."""
    choices = sorted(set(known))
    close = get_close_matches(word.lower(), [c.lower() for c in choices], n=1, cutoff=0.6)
    if close:
        return f"Did you mean {next(c for c in choices if c.lower() == close[0])!r}?"
    if not choices:
        return f"There are no {what} here to choose from."
    shown = ", ".join(choices[:30]) + (" and more" if len(choices) > 30 else "")
    return f"Known {what}: {shown}."


def printable_line(text: str) -> str:
    """A message as one line: it may quote hostile input, which must neither break the line nor steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
