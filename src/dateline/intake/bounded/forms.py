"""What the bounded process can parse: each form's function, by name, and what loads the libraries that it needs.

A function takes the bytes, the :class:`~dateline.intake.limits.Limits` and what is known of the file (JSON values), and
returns what JSON can carry; it raises :class:`~dateline.errors.IntakeError` for what it refuses. It runs in the bounded
process alone, so that whatever the bytes do to it costs one file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dateline.intake.limits import Limits

Parse = Callable[[bytes, Limits, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Form:
    """What can be parsed: its name, which errors call it by, and the module and the function that parse it."""

    name: str
    module: str
    function: str


FORMS = {
    form.name: form
    for form in (
        Form("DOCX", "dateline.intake.documents.docx", "parse_docx"),
        Form("PDF", "dateline.intake.documents.pdf", "parse_pdf"),
        Form("feed", "dateline.intake.feeds.feed", "parse_feed"),
        Form("mail", "dateline.intake.mail.message", "parse_mail"),
        Form("opml", "dateline.intake.feeds.lists", "parse_opml"),
        Form("page", "dateline.intake.html.page", "parse_page"),
        Form("saved page", "dateline.intake.archives.mhtml", "parse_saved"),
        Form("sitemap", "dateline.intake.feeds.lists", "parse_sitemap"),
    )
}


def parser(form: str) -> Parse:
    """The function for a form, its libraries loaded."""
    home = import_module(FORMS[form].module)
    load = getattr(home, "load_parser", None)
    if load is not None:
        load()
    found: Parse = getattr(home, FORMS[form].function)
    return found
