"""Who codes: the protocol of a coder, the installed ones by name, and what every coding of theirs must hold to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol, runtime_checkable

from dateline.errors import DatelineError, PluginError, UnknownCoderError
from dateline.files.read import ReadFile
from dateline.model import CoderInfo, Coding, Report
from dateline.plugins import Plugins
from dateline.settings import CoderSettings

GROUP = "dateline.coders"

_ID = re.compile(r"[\w-]+")


@runtime_checkable
class Coder(Protocol):
    """Anything that codes reports: the machine, a person's codings read from a sheet, or somebody's own program."""

    @property
    def info(self) -> CoderInfo:
        """Who codes, by what: the same in each of its codings. A project codes again where it is another."""
        ...

    @property
    def files(self) -> tuple[ReadFile, ...]:
        """Every file that was read for it and may change; ``()`` where there is none. Changed ones code anew too."""
        ...

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        """One coding a report, in order. What cannot be coded gets an empty coding with a note that says why.

        What is raised for one report costs that report alone: the others are given again, each by itself.
        """
        ...


Factory = Callable[[CoderSettings], Coder]
"""What an entry point of ``dateline.coders`` names. It takes from the settings what concerns it."""


def coders() -> Mapping[str, Factory]:
    """The installed coders by name, sorted. Raises :class:`UnknownCoderError` for a name that is not there."""
    return Plugins(GROUP, "coder", UnknownCoderError)


def make_coder(factory: Factory, settings: CoderSettings) -> Coder:
    """The coder that a factory makes by the settings, which name it.

    Raises what the factory raises of dateline's own errors, and :class:`PluginError` where it breaks.
    """
    try:
        made = factory(settings)
    except (DatelineError, OSError):
        raise
    except Exception as error:
        raise PluginError(
            f"the coder {settings.coder!r} cannot be made ({type(error).__name__}: {error}); tell whoever made it"
        ) from error
    if not isinstance(made, Coder):
        raise PluginError(
            f"the coder {settings.coder!r} is {type(made).__name__}, which does not have all of info, files and "
            "code_many; tell whoever made it"
        )
    return made


def coder_of(settings: CoderSettings) -> Coder:
    """The coder that the settings name, made anew. Raises what :func:`coders` and :func:`make_coder` raise."""
    return make_coder(coders()[settings.coder], settings)


def codings(coder: Coder, reports: Sequence[Report]) -> list[Coding]:
    """What a coder makes of some reports: one coding each, in order.

    Raises :class:`PluginError` that names the coder where it gives anything else, and what it raises itself.
    """
    return list(each_coding(coder, reports))


def each_coding(coder: Coder, reports: Sequence[Report]) -> Iterator[Coding]:
    """The same, each coding as soon as it is made: what comes after it may still be refused."""
    done = 0
    for coding in islice(coder.code_many(reports), len(reports) + 1):
        if done == len(reports):
            raise _broken(coder, _miscounted(done + 1, len(reports)))
        fault = promise_broken([coding], reports[done : done + 1], coder.info)
        if fault is not None:
            raise _broken(coder, fault)
        done += 1
        yield coding
    if done < len(reports):
        raise _broken(coder, _miscounted(done, len(reports)))


def _broken(coder: Coder, fault: str) -> PluginError:
    return PluginError(f"the coder {coder.info.name!r} cannot be used: it {fault}; tell whoever made it")


def _miscounted(given: int, reports: int) -> str:
    more = "more than " if given > reports else f"{given} for "
    return f"gave {more}{reports} report{'' if reports == 1 else 's'} where each has one coding"


def promise_broken(found: Sequence[object], reports: Sequence[Report], info: CoderInfo) -> str | None:
    """What a coder did that none may do, in words that go after "it"; None where its codings are as they must be."""
    if len(found) != len(reports):
        return _miscounted(len(found), len(reports))
    for coding, report in zip(found, reports, strict=True):
        if not isinstance(coding, Coding):
            return f"gave {type(coding).__name__} where a Coding belongs"
        if coding.report is not report and coding.report != report:
            if coding.report.id != report.id:
                return f"gave a coding of report {coding.report.id!r} in the place of {report.id!r}"
            what = "text" if coding.report.text != report.text else "report"
            return f"changed the {what} of report {report.id!r}"
        if coding.coder != info:
            return f"signed the coding of report {report.id!r} otherwise than its info says"
        for event in coding.rows:
            if not _ID.fullmatch(event.id):
                return f"named an event {event.id[:60]!r}, and ids of events are letters, digits, _ and - alone"
    return None
