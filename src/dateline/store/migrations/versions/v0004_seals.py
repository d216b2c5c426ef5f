"""Seals of rows, which the database makes as it writes them (the function is :func:`dateline.store.seals.seal`)."""

from alembic import op
from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, inspect

from dateline.store.databases.columns import String, Text
from dateline.store.migrations.triggers import sealed, unsealed

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNSEALED = "alembic_version bands edges keys seals"
"""What linking looks up by is made of what is sealed."""


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
    for table in _tables():
        sealed(table)


def downgrade() -> None:
    """Take the seals away."""
    for table in _tables():
        unsealed(table)
    op.drop_table("seals")


def _tables() -> list[str]:
    return sorted(set(inspect(op.get_bind()).get_table_names()) - set(UNSEALED.split()))
