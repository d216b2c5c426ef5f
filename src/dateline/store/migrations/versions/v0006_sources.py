"""Sources that are polled, and what was seen in each of them."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

from dateline.store.databases.columns import JSON, Integer, String, Text
from dateline.store.migrations.triggers import numbered, on_postgres, sealed

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = "entries sources"


def upgrade() -> None:
    """Make the tables, and seal their rows."""
    op.create_table(
        "sources",
        Column("number", Integer(), nullable=False),
        Column("url", Text(), nullable=False),
        Column("title", Text(), nullable=True),
        Column("form", String(length=16), nullable=True),
        Column("parent", Integer(), nullable=True),
        Column("depth", Integer(), nullable=False),
        Column("added", String(length=32), nullable=False),
        Column("since", String(length=32), nullable=False),
        Column("fresh", Integer(), nullable=False),
        Column("etag", Text(), nullable=True),
        Column("modified", Text(), nullable=True),
        Column("rhythm", JSON(), nullable=True),
        Column("polled", String(length=32), nullable=True),
        Column("due", String(length=32), nullable=False),
        Column("failures", Integer(), nullable=False),
        Column("trouble", Text(), nullable=True),
        Column("state", String(length=8), nullable=False),
        ForeignKeyConstraint(["parent"], ["sources.number"]),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("url"),
    )
    op.create_table(
        "entries",
        Column("source", Integer(), nullable=False),
        Column("name", String(length=32), nullable=False),
        Column("url", Text(), nullable=True),
        Column("meta", JSON(), nullable=True),
        Column("held", Text(), nullable=True),
        Column("feed", String(length=64), nullable=True),
        Column("modified", String(length=40), nullable=True),
        Column("found", String(length=32), nullable=False),
        Column("due", String(length=32), nullable=True),
        Column("tries", Integer(), nullable=False),
        Column("taken", Integer(), nullable=False),
        Column("outcome", Text(), nullable=True),
        ForeignKeyConstraint(["source"], ["sources.number"]),
        PrimaryKeyConstraint("source", "name"),
    )
    op.create_index("ix_entries_due", "entries", ["due"], unique=False)
    op.create_index("ix_entries_url", "entries", ["url"], unique=False)
    numbered("sources")
    if on_postgres():
        # The order in which a source names its entries, which SQLite keeps without being told to.
        op.execute("ALTER TABLE entries ADD COLUMN rowid BIGINT NOT NULL")
        op.create_index("entries_rowid", "entries", ["rowid"], unique=True)
        numbered("entries", "rowid")
    for table in TABLES.split():
        sealed(table)


def downgrade() -> None:
    """Take the tables away; what came from the sources stays."""
    for table in TABLES.split():
        op.execute(f"DELETE FROM {table}")
        op.drop_table(table)
