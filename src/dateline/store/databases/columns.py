"""The types of the tables' columns, the same values in both databases.

SQLite's integers have 64 bits, its texts are of any length and in the order of their bytes, and JSON is text:
PostgreSQL is told to keep them so.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy
from sqlalchemy import BigInteger, Dialect, TypeDecorator
from sqlalchemy.types import TypeEngine

POSTGRES = "postgresql"
"""What SQLAlchemy calls PostgreSQL; the other one is "sqlite"."""


def _text(dialect: Dialect, otherwise: TypeEngine[Any]) -> TypeEngine[Any]:
    return sqlalchemy.Text(collation="C") if dialect.name == POSTGRES else otherwise


class Integer(TypeDecorator[int]):
    """Whole numbers of 64 bits."""

    impl = sqlalchemy.Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return BigInteger() if dialect.name == POSTGRES else sqlalchemy.Integer()


class Text(TypeDecorator[str]):
    """Text of any length, compared byte by byte."""

    impl = sqlalchemy.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return _text(dialect, sqlalchemy.Text())


class String(TypeDecorator[str]):
    """Text that is as long as it says where nothing is wrong; no database enforces that."""

    impl = sqlalchemy.String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return _text(dialect, sqlalchemy.String(getattr(self.impl_instance, "length", None)))


class JSON(TypeDecorator[Any]):
    """JSON, kept as it was written: what is sealed and chained are its bytes."""

    impl = sqlalchemy.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return _text(dialect, sqlalchemy.JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """A value as JSON; SQLite's own type writes the same."""
        return json.dumps(value) if dialect.name == POSTGRES else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """What JSON says."""
        return json.loads(value) if dialect.name == POSTGRES and value is not None else value
