"""What the bounded process can parse: each form's function, by name, and what loads the libraries that it needs.

A function takes the bytes, the :class:`~dateline.intake.limits.Limits` and what is known of the file (JSON values), and
returns what JSON can carry; it raises :class:`~dateline.errors.IntakeError` for what it refuses. It runs in the bounded
process alone, so that whatever the bytes do to it costs one file.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from dateline.intake.limits import Limits

Parse = Callable[[bytes, Limits, dict[str, Any]], dict[str, Any]]

FORMS: dict[str, tuple[str, str]] = {
    "DOCX": ("dateline.intake.documents.docx", "parse_docx"),
    "PDF": ("dateline.intake.documents.pdf", "parse_pdf"),
    "feed": ("dateline.intake.feeds.feed", "parse_feed"),
    "mail": ("dateline.intake.mail.message", "parse_mail"),
    "opml": ("dateline.intake.feeds.lists", "parse_opml"),
    "page": ("dateline.intake.html.page", "parse_page"),
    "saved page": ("dateline.intake.archives.mhtml", "parse_saved"),
    "sitemap": ("dateline.intake.feeds.lists", "parse_sitemap"),
}
"""The module and the function of each form."""


def parser(form: str) -> Parse:
    """The function for a form, its libraries loaded."""
    module, name = FORMS[form]
    home = import_module(module)
    load = getattr(home, "load_parser", None)
    if load is not None:
        load()
    found: Parse = getattr(home, name)
    return found
