"""Triggers as the migrations make them, in both databases: what is only added to, numbers, and seals.

In SQLite the seal is the function :func:`dateline.store.seals.seal`; PostgreSQL has functions of its own that come to
the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from alembic import op
from sqlalchemy import inspect

from dateline.store.databases.columns import POSTGRES

_VERBS = "UPDATE DELETE"
_SEALED = "INSERT UPDATE DELETE"

_FUNCTIONS = (
    # What is written for the NUL, which PostgreSQL takes nowhere, is undone: see dateline.store.databases.words.
    """
    CREATE FUNCTION dateline_bytes(value text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE made bytea := ''; part text; first boolean := true;
    BEGIN
        IF value IS NULL OR position(chr(1) IN value) = 0 THEN RETURN convert_to(value, 'UTF8'); END IF;
        FOREACH part IN ARRAY string_to_array(value, chr(1) || chr(1)) LOOP
            IF NOT first THEN made := made || '\\x00'::bytea; END IF;
            made := made || convert_to(replace(part, chr(1) || chr(2), chr(1)), 'UTF8');
            first := false;
        END LOOP;
        RETURN made;
    END $$
    """,
    """
    CREATE FUNCTION dateline_bytes(value bigint) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN RETURN convert_to(value::text, 'UTF8'); END $$
    """,
    """
    CREATE FUNCTION dateline_bytes(value bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN RETURN value; END $$
    """,
    """
    CREATE FUNCTION dateline_part(value bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN
        IF value IS NULL THEN RETURN '-'::bytea; END IF;
        RETURN convert_to(length(value)::text || ':', 'UTF8') || value;
    END $$
    """,
    """
    CREATE FUNCTION dateline_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% are only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
)


def on_postgres() -> bool:
    """Whether the tables are in PostgreSQL."""
    return op.get_bind().dialect.name == POSTGRES


def prepare() -> None:
    """Make the functions that the triggers call; SQLite is given its own with each connection."""
    if on_postgres():
        for function in _FUNCTIONS:
            op.execute(function)


def only_added(table: str) -> None:
    """Have the database refuse to change or take out a row."""
    for verb in _VERBS.split():
        name = f"{table}_{verb.lower()}"
        if on_postgres():
            op.execute(_trigger(name, f"BEFORE {verb}", table, "dateline_refuse"))
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table} are only ever added to'); END"
            )
    if on_postgres():
        op.execute(f'CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION dateline_refuse()')


def not_only_added(table: str) -> None:
    """Take those triggers away."""
    for verb in _VERBS.split():
        drop(f"{table}_{verb.lower()}", table)


def numbered(table: str, column: str = "number") -> None:
    """Have PostgreSQL number rows as SQLite does, by one more than the last: its own way leaves gaps."""
    if not on_postgres():
        return
    name = f"dateline_number_{table}"
    op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP DEFAULT')
    op.execute(f'DROP SEQUENCE IF EXISTS "{table}_{column}_seq"')
    last = f'SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}"'
    op.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f'IF NEW."{column}" IS NULL THEN NEW."{column}" := ({last}); END IF; RETURN NEW; END $$'
    )
    op.execute(_trigger(f"{table}_number", "BEFORE INSERT", table, name))


def sealed(table: str) -> None:
    """Seal the rows of a table as they are, and whatever is written from now on."""
    there = inspect(op.get_bind())
    # What only says in which order rows came is not of the project.
    names = [column["name"] for column in there.get_columns(table) if column["name"] != "rowid"]
    key = there.get_pk_constraint(table)["constrained_columns"]
    if on_postgres():
        _sealed_in_postgres(table, names, key)
        return
    op.execute(f"INSERT INTO seals SELECT '{table}', {_key('t', key)}, {_seal('t', names)} FROM {table} t")
    new, old, seal = _key("NEW", key), _key("OLD", key), _seal("NEW", names)
    for verb, act in (
        ("INSERT", f"INSERT INTO seals VALUES ('{table}', {new}, {seal})"),
        ("UPDATE", f"UPDATE seals SET seal = {seal} WHERE kind = '{table}' AND row = {old}"),
        ("DELETE", f"DELETE FROM seals WHERE kind = '{table}' AND row = {old}"),
    ):
        op.execute(f"CREATE TRIGGER {table}_seal_{verb.lower()} AFTER {verb} ON {table} BEGIN {act}; END")


def unsealed(table: str) -> None:
    """Take the triggers away that seal the rows of a table."""
    for verb in _SEALED.split():
        drop(f"{table}_seal_{verb.lower()}", table)


def drop(trigger: str, table: str) -> None:
    """Take a trigger away."""
    op.execute(f'DROP TRIGGER {trigger} ON "{table}"' if on_postgres() else f"DROP TRIGGER {trigger}")


def made_of(row: str, names: Sequence[str]) -> str:
    """The values of a row in PostgreSQL, one after the other, as a seal or a link of the chain is a hash of."""
    return " || ".join(f'dateline_part(dateline_bytes({row}."{name}"))' for name in names)


def _sealed_in_postgres(table: str, names: Sequence[str], key: Sequence[str]) -> None:
    def keyed(row: str) -> str:
        return " || ' ' || ".join(f'{row}."{name}"::text' for name in key)

    op.execute(f"INSERT INTO seals SELECT '{table}', {keyed('t')}, sha256({made_of('t', names)}) FROM \"{table}\" t")
    new, old, seal = keyed("NEW"), keyed("OLD"), f"sha256({made_of('NEW', names)})"
    for verb, act in (
        ("INSERT", f"INSERT INTO seals VALUES ('{table}', {new}, {seal})"),
        ("UPDATE", f"UPDATE seals SET seal = {seal} WHERE kind = '{table}' AND \"row\" = {old}"),
        ("DELETE", f"DELETE FROM seals WHERE kind = '{table}' AND \"row\" = {old}"),
    ):
        name = f"dateline_{table}_seal_{verb.lower()}"
        op.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {act}; RETURN NULL; END $$"
        )
        op.execute(_trigger(f"{table}_seal_{verb.lower()}", f"AFTER {verb}", table, name))


def _trigger(name: str, when: str, table: str, function: str) -> str:
    return f'CREATE TRIGGER {name} {when} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {function}()'


def _key(row: str, names: Sequence[str]) -> str:
    return "CAST(" + " || ' ' || ".join(f"{row}.{name}" for name in names) + " AS TEXT)"


def _seal(row: str, names: Sequence[str]) -> str:
    return "seal(" + ", ".join(f"CAST({row}.{name} AS BLOB)" for name in names) + ")"
