"""How evidence was retrieved and stamped, the versions of a story, and the addresses by which reports are known again.

Of evidence of before, nobody recorded how it was retrieved. Reports of before are found by their address from now on;
none of them becomes a version of another by that.
"""

import json

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, LargeBinary, PrimaryKeyConstraint, text

from dateline.store.databases.columns import JSON, Integer, String, Text
from dateline.store.door.addresses import address_of
from dateline.store.migrations.triggers import not_only_added, numbered, only_added, sealed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = "stamped stamps addresses versions repeats retrievals"
ADDED_TO = "retrievals stamps stamped"
NUMBERED = "retrievals stamps"


def upgrade() -> None:
    """Make the tables, keep what is only added to as it is written, seal all but what is looked up by."""
    op.create_table(
        "retrievals",
        Column("number", Integer(), nullable=False),
        Column("sha256", String(length=64), nullable=False),
        Column("method", Text(), nullable=False),
        Column("url", Text(), nullable=True),
        Column("final", Text(), nullable=True),
        Column("time", Text(), nullable=True),
        Column("status", Integer(), nullable=True),
        Column("hops", JSON(), nullable=False),
        Column("headers", JSON(), nullable=False),
        Column("address", Text(), nullable=True),
        Column("within", Text(), nullable=True),
        Column("added", String(length=32), nullable=False),
        ForeignKeyConstraint(["sha256"], ["evidence.sha256"]),
        PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_retrievals_sha256", "retrievals", ["sha256"], unique=False)
    op.create_table(
        "repeats",
        Column("sha256", String(length=64), nullable=False),
        Column("part", Integer(), nullable=False),
        Column("report", Integer(), nullable=False),
        Column("added", String(length=32), nullable=False),
        ForeignKeyConstraint(["sha256"], ["evidence.sha256"]),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        PrimaryKeyConstraint("sha256", "part"),
    )
    op.create_table(
        "versions",
        Column("report", Integer(), nullable=False),
        Column("story", Integer(), nullable=False),
        Column("time", String(length=32), nullable=False),
        Column("corrects", Text(), nullable=True),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        ForeignKeyConstraint(["story"], ["reports.number"]),
        PrimaryKeyConstraint("report"),
    )
    op.create_index("ix_versions_story", "versions", ["story"], unique=False)
    op.create_table(
        "addresses",
        Column("address", Text(), nullable=False),
        Column("report", Integer(), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        PrimaryKeyConstraint("address", "report"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stamps",
        Column("number", Integer(), nullable=False),
        Column("service", Text(), nullable=False),
        Column("time", String(length=32), nullable=False),
        Column("manifest", Text(), nullable=False),
        Column("answer", LargeBinary(), nullable=False),
        Column("roots", Text(), nullable=False),
        Column("added", String(length=32), nullable=False),
        PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "stamped",
        Column("sha256", String(length=64), nullable=False),
        Column("stamp", Integer(), nullable=False),
        ForeignKeyConstraint(["sha256"], ["evidence.sha256"]),
        ForeignKeyConstraint(["stamp"], ["stamps.number"]),
        PrimaryKeyConstraint("sha256", "stamp"),
    )
    for table in NUMBERED.split():
        numbered(table)
    for table in ADDED_TO.split():
        only_added(table)
    for table in TABLES.split():
        if table != "addresses":
            sealed(table)
    _fill_addresses()


def _fill_addresses() -> None:
    db = op.get_bind()
    rows = db.execute(text("SELECT number, fields FROM reports ORDER BY number"))
    known = ((number, address_of(json.loads(fields).get("url"))) for number, fields in rows)
    values = [{"address": address, "report": number} for number, address in known if address is not None]
    if values:
        db.execute(text("INSERT INTO addresses (address, report) VALUES (:address, :report)"), values)


def downgrade() -> None:
    """Take the tables away; evidence and reports stay."""
    for table in ADDED_TO.split():
        not_only_added(table)
    for table in TABLES.split():
        op.execute(f"DELETE FROM {table}")
        op.drop_table(table)
