"""Seals of rows, which the database makes as it writes them (the function is :func:`dateline.store.seals.seal`)."""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, String, Text, inspect, text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What linking looks up by is made of what is sealed.
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' "
    "AND name NOT IN ('alembic_version', 'bands', 'edges', 'keys', 'seals') ORDER BY name"
)
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_seal_*' ORDER BY name"


def upgrade() -> None:
    """Make the table, seal what is there as it is, and seal whatever is written from now on."""
    op.create_table(
        "seals",
        Column("kind", String(length=16), nullable=False),
        Column("row", Text(), nullable=False),
        Column("seal", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("kind", "row"),
        sqlite_with_rowid=False,
    )
    there = inspect(op.get_bind())
    for table in op.get_bind().execute(text(TABLES)).scalars().all():
        names = [column["name"] for column in there.get_columns(table)]
        key = there.get_pk_constraint(table)["constrained_columns"]
        op.execute(f"INSERT INTO seals SELECT '{table}', {_key('t', key)}, {_seal('t', names)} FROM {table} t")
        new, old, seal = _key("NEW", key), _key("OLD", key), _seal("NEW", names)
        for verb, act in (
            ("INSERT", f"INSERT INTO seals VALUES ('{table}', {new}, {seal})"),
            ("UPDATE", f"UPDATE seals SET seal = {seal} WHERE kind = '{table}' AND row = {old}"),
            ("DELETE", f"DELETE FROM seals WHERE kind = '{table}' AND row = {old}"),
        ):
            op.execute(f"CREATE TRIGGER {table}_seal_{verb.lower()} AFTER {verb} ON {table} BEGIN {act}; END")


def downgrade() -> None:
    """Take the seals away."""
    for trigger in op.get_bind().execute(text(TRIGGERS)).scalars().all():
        op.execute(f"DROP TRIGGER {trigger}")
    op.drop_table("seals")


def _key(row: str, names: Sequence[str]) -> str:
    return "CAST(" + " || ' ' || ".join(f"{row}.{name}" for name in names) + " AS TEXT)"


def _seal(row: str, names: Sequence[str]) -> str:
    return "seal(" + ", ".join(f"CAST({row}.{name} AS BLOB)" for name in names) + ")"
