"""Statements that are written once for both databases."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import ARRAY, BigInteger, Dialect, TextClause, TypeDecorator, bindparam
from sqlalchemy import Text as AnyText
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

from dateline.store.databases.columns import POSTGRES

_LISTED = re.compile(r"json_each\(:(\w+)\) (\w+)")
_OF_JSON = re.compile(r"json_extract\(([\w.\"]+), '\$\.(\w+)'\)")
_RAW = re.compile(r"raw\(([\w.\"]+)\)")


FLOWING = {"yield_per": 500}
"""Options of a query whose rows come as they are read, and are never all in memory."""


class _Listed(TypeDecorator[Any]):
    """A list that is one value of a statement, however long it is: JSON in SQLite, an array in PostgreSQL."""

    impl = AnyText
    cache_ok = True

    def __init__(self, of: type[AnyText] | type[BigInteger]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return dialect.type_descriptor(ARRAY(self.of()) if dialect.name == POSTGRES else AnyText())

    def process_bind_param(self, value: Sequence[str] | Sequence[int] | None, dialect: Dialect) -> Any:
        """The list as the database takes it."""
        return value if dialect.name == POSTGRES else json.dumps(value, ensure_ascii=False)


_TEXTS, _NUMBERS = _Listed(AnyText), _Listed(BigInteger)


class Statement(TextClause):
    """SQL that SQLite understands, and PostgreSQL once these parts are put in its words.

    * ``json_each(:name) given``, a table ``given`` with a column ``value``, of the list that is given as ``name``
    * ``raw(column)``, the bytes of a column's value
    * ``json_extract(column, '$.name')``, a text in an object of JSON, or what else it has of that name as JSON
    """

    inherit_cache = True


@compiles(Statement, "sqlite")
def _for_sqlite(statement: Statement, compiler: Any, **more: Any) -> str:
    return _worded(statement, compiler, _RAW.sub(r"CAST(\1 AS BLOB)", statement.text), **more)


@compiles(Statement, POSTGRES)
def _for_postgres(statement: Statement, compiler: Any, **more: Any) -> str:
    told = _OF_JSON.sub(r"(CAST(\1 AS json) ->> '\2')", statement.text)
    words = _LISTED.sub(r"unnest(:\1) AS \2 (value)", told)
    return _worded(statement, compiler, _RAW.sub(r"dateline_bytes(\1)", words), **more)


def _worded(statement: Statement, compiler: Any, words: str, **more: Any) -> str:
    told = statement._clone()
    told.text = words
    return str(compiler.visit_textclause(told, **more))


def sql(words: str, **lists: Literal["text", "numbers"]) -> Statement:
    """A statement of both databases. ``lists`` says of each list whether it is of ``text`` or of ``numbers``."""
    given = Statement(words)
    typed = (bindparam(name, type_=_NUMBERS if kind == "numbers" else _TEXTS) for name, kind in lists.items())
    return given.bindparams(*typed)
