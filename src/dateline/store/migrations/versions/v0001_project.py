"""The tables of a project, version 1."""

from alembic import op
from sqlalchemy import Column, Float, ForeignKeyConstraint, LargeBinary, PrimaryKeyConstraint, UniqueConstraint

from dateline.store.databases.columns import JSON, Integer, String, Text
from dateline.store.migrations.triggers import numbered, only_added, prepare

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ADDED_TO = ("codings", "decisions", "log")
NUMBERED = "reports codings mentions decisions log"


def upgrade() -> None:
    """Make the tables, and the triggers that keep codings, decisions and the log as they were written."""
    prepare()
    op.create_table(
        "authority",
        Column("list", String(length=64), nullable=False),
        Column("row", Integer(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("fields", JSON(), nullable=False),
        PrimaryKeyConstraint("list", "row"),
    )
    op.create_table(
        "decisions",
        Column("number", Integer(), nullable=False),
        Column("first", Text(), nullable=False),
        Column("second", Text(), nullable=False),
        Column("answer", Text(), nullable=False),
        Column("who", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("why", Text(), nullable=False),
        PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_decisions_first", "decisions", ["first"], unique=False)
    op.create_index("ix_decisions_second", "decisions", ["second"], unique=False)
    op.create_table(
        "events",
        Column("id", Text(), nullable=False),
        Column("born", String(length=32), nullable=False),
        Column("gone", String(length=32), nullable=True),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "evidence",
        Column("sha256", String(length=64), nullable=False),
        Column("bytes", Integer(), nullable=False),
        Column("origin", Text(), nullable=False),
        Column("added", String(length=32), nullable=False),
        Column("refused", Text(), nullable=True),
        PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "log",
        Column("number", Integer(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("who", Text(), nullable=False),
        Column("what", Text(), nullable=False),
        Column("about", Text(), nullable=False),
        Column("details", JSON(), nullable=False),
        PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "reports",
        Column("number", Integer(), nullable=False),
        Column("id", Text(), nullable=False),
        Column("sha256", String(length=64), nullable=False),
        Column("part", Integer(), nullable=False),
        Column("publisher", Text(), nullable=True),
        Column("published", String(length=40), nullable=True),
        Column("title", Text(), nullable=True),
        Column("fields", JSON(), nullable=False),
        Column("text", Text(), nullable=False),
        Column("added", String(length=32), nullable=False),
        Column("original", Text(), nullable=True),
        ForeignKeyConstraint(
            ["sha256"],
            ["evidence.sha256"],
        ),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("id"),
        UniqueConstraint("sha256", "part"),
    )
    op.create_table(
        "successors",
        Column("event", Text(), nullable=False),
        Column("successor", Text(), nullable=False),
        ForeignKeyConstraint(
            ["event"],
            ["events.id"],
        ),
        ForeignKeyConstraint(
            ["successor"],
            ["events.id"],
        ),
        PrimaryKeyConstraint("event", "successor"),
    )
    op.create_table(
        "sketches",
        Column("report", Integer(), nullable=False),
        Column("runs", Integer(), nullable=False),
        Column("hashes", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        PrimaryKeyConstraint("report"),
    )
    op.create_table(
        "bands",
        Column("band", Integer(), nullable=False),
        Column("report", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        PrimaryKeyConstraint("band", "report"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "codings",
        Column("number", Integer(), nullable=False),
        Column("report", Integer(), nullable=False),
        Column("turn", Integer(), nullable=False),
        Column("coder", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("codebook", Text(), nullable=False),
        Column("model", Text(), nullable=True),
        Column("settings", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("events", Integer(), nullable=False),
        Column("form", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("report", "turn"),
    )
    op.create_table(
        "mentions",
        Column("number", Integer(), nullable=False),
        Column("id", Text(), nullable=False),
        Column("coding", Integer(), nullable=False),
        Column("event_id", Text(), nullable=False),
        Column("comparable", JSON(), nullable=False),
        ForeignKeyConstraint(
            ["coding"],
            ["codings.number"],
        ),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("id"),
    )
    op.create_index("ix_mentions_coding", "mentions", ["coding"], unique=False)
    op.create_table(
        "taken",
        Column("coding", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["coding"],
            ["codings.number"],
        ),
        PrimaryKeyConstraint("coding"),
    )
    op.create_table(
        "edges",
        Column("first", Integer(), nullable=False),
        Column("second", Integer(), nullable=False),
        Column("score", Float(), nullable=True),
        ForeignKeyConstraint(
            ["first"],
            ["mentions.number"],
        ),
        ForeignKeyConstraint(
            ["second"],
            ["mentions.number"],
        ),
        PrimaryKeyConstraint("first", "second"),
        sqlite_with_rowid=False,
    )
    op.create_index("edges_second", "edges", ["second"], unique=False)
    op.create_table(
        "keys",
        Column("key", Integer(), nullable=False),
        Column("mention", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["mention"],
            ["mentions.number"],
        ),
        PrimaryKeyConstraint("key", "mention"),
        sqlite_with_rowid=False,
    )
    op.create_index("keys_mention", "keys", ["mention"], unique=False)
    op.create_table(
        "links",
        Column("mention", Integer(), nullable=False),
        Column("event", Text(), nullable=False),
        Column("because", JSON(), nullable=False),
        ForeignKeyConstraint(
            ["event"],
            ["events.id"],
        ),
        ForeignKeyConstraint(
            ["mention"],
            ["mentions.number"],
        ),
        PrimaryKeyConstraint("mention"),
    )
    op.create_index("ix_links_event", "links", ["event"], unique=False)
    for table in NUMBERED.split():
        numbered(table)
    for table in ADDED_TO:
        only_added(table)


def downgrade() -> None:
    """There is nothing before version 1."""
    raise NotImplementedError("there is no version before this one")
