"""dateline turns news reports into event data that people can defend.

    >>> import dateline
    >>> coding = dateline.code("Farmers marched through Lyon on Monday, police said.", published="2024-02-01")

The names below are the public interface; everything else may change between versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.version import __version__

if TYPE_CHECKING:
    from dateline.api import code, code_report, load_coder, machine_coder
    from dateline.errors import DatelineError
    from dateline.form import from_dict, from_json, schema, to_dict, to_json
    from dateline.model import Coding, Report
    from dateline.settings import CoderSettings

__all__ = [
    "CoderSettings",
    "Coding",
    "DatelineError",
    "Report",
    "__version__",
    "code",
    "code_report",
    "from_dict",
    "from_json",
    "load_coder",
    "machine_coder",
    "schema",
    "to_dict",
    "to_json",
]

_HOMES = {
    **dict.fromkeys(("code", "code_report", "load_coder", "machine_coder"), "dateline.api"),
    **dict.fromkeys(("from_dict", "from_json", "schema", "to_dict", "to_json"), "dateline.form"),
    **dict.fromkeys(("Coding", "Report"), "dateline.model"),
    "DatelineError": "dateline.errors",
    "CoderSettings": "dateline.settings",
}


def __dir__() -> list[str]:
    # What is loaded on first use is there all the same: a notebook completes it.
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__})


def __getattr__(name: str) -> Any:
    # Loaded on first use: the command line's help must not wait for the parser's libraries.
    if name not in _HOMES:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
