"""How a page is made from its template: strict escaping, and style and script inlined and named by their hashes."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dateline.export.safe import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_SHARED = '@import "shared.css";\n'
"""What a style says of the one that it shares with others."""
HOME = ("export", "page")


def filled(template: str, style: Sequence[str], script: Sequence[str] = (), **values: Any) -> Iterator[str]:
    """A page of this package as text, piece by piece, with its styles and scripts in it and no others allowed."""
    from markupsafe import Markup

    values["style"] = Markup("").join(map(asset, style))
    values["style_hash"] = fingerprint(values["style"])
    if script:
        values["script"] = Markup("").join(map(asset, script))
        values["script_hash"] = fingerprint(values["script"])
    yield from environment().get_template(template).generate(**values)


@cache
def environment(*homes: tuple[str, ...]) -> Environment:
    """The templates of the page's folder, and before them those of other folders of the package."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader([str(files("dateline").joinpath(*home, "templates")) for home in (*homes, HOME)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )


def _shown(value: Any) -> Any:
    """Every text on its way into the page: no control character passes; markup of the templates' own does."""
    return visible(value) if type(value) is str else value


@cache
def asset(name: str, home: tuple[str, ...] = HOME) -> Any:
    """A style or script of the package, to be put into a page as it is."""
    from markupsafe import Markup

    return Markup(with_shared(files("dateline").joinpath(*home, *name.split("/")).read_text("utf-8")))


def with_shared(style: str) -> str:
    """A style with the shared one in the place where it names it: a page that holds everything can import nothing."""
    if _SHARED not in style:
        return style
    return style.replace(_SHARED, files("dateline").joinpath(*HOME, "shared.css").read_text("utf-8"))


def fingerprint(asset: str) -> str:
    """The hash by which a page's policy allows a style or script of its own."""
    return f"sha256-{b64encode(hashlib.sha256(asset.encode('utf-8')).digest()).decode('ascii')}"
