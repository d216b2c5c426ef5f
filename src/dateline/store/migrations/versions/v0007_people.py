"""People at work: acts, states, marks, accounts, assignments, comments, and a chain over the log."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, LargeBinary, PrimaryKeyConstraint, UniqueConstraint, text

from dateline.store.databases.columns import JSON, Integer, String, Text
from dateline.store.databases.statements import sql
from dateline.store.migrations.triggers import (
    drop,
    made_of,
    not_only_added,
    numbered,
    on_postgres,
    only_added,
    sealed,
)
from dateline.store.review.chain import chained

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = "acts states marks accounts sessions tokens assignments comments read_up_to"
ADDED_TO = "acts comments"
NUMBERED = "acts comments assignments tokens"
LOOKED_FOR = "made who what about"
# The function is dateline.store.review.chain.chained.
CHAINED = (
    "INSERT INTO chain SELECT NEW.number, chained((SELECT link FROM chain ORDER BY number DESC LIMIT 1), "
    "CAST(NEW.number AS BLOB), CAST(NEW.made AS BLOB), CAST(NEW.who AS BLOB), CAST(NEW.what AS BLOB), "
    "CAST(NEW.about AS BLOB), CAST(NEW.details AS BLOB))"
)
CHAIN_IN_POSTGRES = (
    "CREATE OR REPLACE FUNCTION dateline_chain() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "INSERT INTO chain VALUES (NEW.number, sha256(coalesce((SELECT link FROM chain ORDER BY number DESC LIMIT 1), "
    f"''::bytea) || {made_of('NEW', ('number', 'made', 'who', 'what', 'about', 'details'))})); RETURN NULL; END $$"
)


def upgrade() -> None:
    """Make the tables, seal their rows, and chain the log as it is and as it grows."""
    _of_work()
    _of_people()
    for table in NUMBERED.split():
        numbered(table)
    for table in TABLES.split():
        sealed(table)
    for table in (*ADDED_TO.split(), "chain"):
        only_added(table)
    for column in LOOKED_FOR.split():
        op.create_index(f"ix_log_{column}", "log", [column], unique=False)
    # What people coded is few among what machines did.
    op.create_index("ix_codings_settings", "codings", ["settings"], unique=False)
    if on_postgres():
        op.execute(CHAIN_IN_POSTGRES)
        op.execute("CREATE TRIGGER log_chain AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION dateline_chain()")
    else:
        op.execute(f"CREATE TRIGGER log_chain AFTER INSERT ON log BEGIN {CHAINED}; END")
    _chain_what_is_there()


def _of_work() -> None:
    op.create_table(
        "chain",
        Column("number", Integer(), nullable=False),
        Column("link", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["number"], ["log.number"]),
        PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "acts",
        Column("number", Integer(), nullable=False),
        Column("report", Integer(), nullable=True),
        Column("who", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("verb", Text(), nullable=False),
        Column("rows", JSON(), nullable=False),
        Column("before", Integer(), nullable=True),
        Column("after", Integer(), nullable=True),
        Column("of", Integer(), nullable=True),
        Column("why", Text(), nullable=False),
        Column("details", JSON(), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        ForeignKeyConstraint(["before"], ["codings.number"]),
        ForeignKeyConstraint(["after"], ["codings.number"]),
        ForeignKeyConstraint(["of"], ["acts.number"]),
        PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_acts_report", "acts", ["report"], unique=False)
    op.create_index("ix_acts_who", "acts", ["who"], unique=False)
    op.create_index("acts_of", "acts", ["of"], unique=False)
    op.create_table(
        "states",
        Column("report", Integer(), nullable=False),
        Column("state", String(length=24), nullable=False),
        Column("flagged", Integer(), nullable=False),
        Column("who", Text(), nullable=False),
        Column("since", String(length=32), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        PrimaryKeyConstraint("report"),
    )
    op.create_table(
        "marks",
        Column("kind", String(length=16), nullable=False),
        Column("about", Text(), nullable=False),
        Column("mark", String(length=24), nullable=False),
        Column("who", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("why", Text(), nullable=False),
        Column("tells", JSON(), nullable=False),
        PrimaryKeyConstraint("kind", "about", "mark"),
    )
    op.create_table(
        "comments",
        Column("number", Integer(), nullable=False),
        Column("kind", String(length=16), nullable=False),
        Column("about", Text(), nullable=False),
        Column("who", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("words", Text(), nullable=False),
        Column("mentions", JSON(), nullable=False),
        Column("answers", Integer(), nullable=True),
        Column("withdraws", Integer(), nullable=True),
        ForeignKeyConstraint(["answers"], ["comments.number"]),
        ForeignKeyConstraint(["withdraws"], ["comments.number"]),
        PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_comments_about", "comments", ["about"], unique=False)
    op.create_table(
        "assignments",
        Column("number", Integer(), nullable=False),
        Column("report", Integer(), nullable=False),
        Column("account", Text(), nullable=False),
        Column("blind", Integer(), nullable=False),
        Column("state", String(length=24), nullable=False),
        Column("who", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        ForeignKeyConstraint(["report"], ["reports.number"]),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("report", "account"),
    )
    op.create_index("ix_assignments_account", "assignments", ["account"], unique=False)


def _of_people() -> None:
    op.create_table(
        "accounts",
        Column("name", Text(), nullable=False),
        Column("shown", Text(), nullable=False),
        Column("role", String(length=16), nullable=False),
        Column("password", Text(), nullable=True),
        Column("totp", Text(), nullable=True),
        Column("counter", Integer(), nullable=False),
        Column("codes", JSON(), nullable=False),
        Column("failures", Integer(), nullable=False),
        Column("blocked", String(length=32), nullable=True),
        Column("made", String(length=32), nullable=False),
        Column("ended", String(length=32), nullable=True),
        Column("preferences", JSON(), nullable=False),
        PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sessions",
        Column("key", String(length=64), nullable=False),
        Column("account", Text(), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("seen", String(length=32), nullable=False),
        Column("ends", String(length=32), nullable=False),
        ForeignKeyConstraint(["account"], ["accounts.name"]),
        PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"], unique=False)
    op.create_table(
        "tokens",
        Column("number", Integer(), nullable=False),
        Column("key", String(length=64), nullable=False),
        Column("account", Text(), nullable=False),
        Column("label", Text(), nullable=False),
        Column("scope", String(length=8), nullable=False),
        Column("made", String(length=32), nullable=False),
        Column("ends", String(length=32), nullable=True),
        Column("ended", String(length=32), nullable=True),
        ForeignKeyConstraint(["account"], ["accounts.name"]),
        PrimaryKeyConstraint("number"),
        UniqueConstraint("key"),
    )
    op.create_index("ix_tokens_account", "tokens", ["account"], unique=False)
    op.create_table(
        "read_up_to",
        Column("account", Text(), nullable=False),
        Column("log", Integer(), nullable=False),
        PrimaryKeyConstraint("account"),
    )


def _chain_what_is_there() -> None:
    db = op.get_bind()
    row = "raw(number), raw(made), raw(who), raw(what), raw(about), raw(details)"
    before = None
    for number in db.execute(text("SELECT number FROM log ORDER BY number")).scalars().all():
        values = db.execute(sql(f"SELECT {row} FROM log WHERE number = :number"), {"number": number}).one()
        before = chained(before, *values)
        db.execute(text("INSERT INTO chain VALUES (:number, :link)"), {"number": number, "link": before})


def downgrade() -> None:
    """Take the tables away; codings and the log stay."""
    drop("log_chain", "log")
    for column in LOOKED_FOR.split():
        op.drop_index(f"ix_log_{column}", "log")
    op.drop_index("ix_codings_settings", "codings")
    for table in (*ADDED_TO.split(), "chain"):
        not_only_added(table)
    for table in TABLES.split()[::-1]:
        op.execute(f"DELETE FROM {table}")
        op.drop_table(table)
    op.drop_table("chain")
