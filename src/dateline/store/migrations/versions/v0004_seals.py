"""Seals of rows, which the database makes as it writes them (the function is :func:`dateline.store.seals.seal`)."""

from alembic import op
from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, String, Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEYS = {
    "authority": ("list", "row"),
    "codings": ("number",),
    "decisions": ("number",),
    "events": ("id",),
    "evidence": ("sha256",),
    "heirs": ("mention",),
    "links": ("mention",),
    "log": ("number",),
    "mentions": ("number",),
    "reports": ("number",),
    "settings": ("fingerprint",),
    "sketches": ("report",),
    "successors": ("event", "successor"),
    "taken": ("coding",),
}
COLUMNS = {
    "authority": ("list", "row", "name", "fields"),
    "codings": (
        *("number", "report", "turn", "coder", "version", "codebook", "model", "settings", "made", "events", "form"),
    ),
    "decisions": ("number", "first", "second", "answer", "who", "made", "why"),
    "events": ("id", "born", "gone"),
    "evidence": ("sha256", "bytes", "origin", "added", "refused"),
    "heirs": ("mention", "heir"),
    "links": ("mention", "event", "because"),
    "log": ("number", "made", "who", "what", "about", "details"),
    "mentions": ("number", "id", "coding", "event_id", "comparable"),
    "reports": (
        *("number", "id", "sha256", "part", "publisher", "published", "title", "fields", "text", "added", "original"),
    ),
    "settings": ("fingerprint", "form"),
    "sketches": ("report", "runs", "hashes"),
    "successors": ("event", "successor"),
    "taken": ("coding",),
}


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
    for table, names in KEYS.items():
        op.execute(f"INSERT INTO seals SELECT '{table}', {_key('t', names)}, {_seal('t', table)} FROM {table} t")
        new, old = _key("NEW", names), _key("OLD", names)
        for verb, act in (
            ("INSERT", f"INSERT INTO seals VALUES ('{table}', {new}, {_seal('NEW', table)})"),
            ("UPDATE", f"UPDATE seals SET seal = {_seal('NEW', table)} WHERE kind = '{table}' AND row = {old}"),
            ("DELETE", f"DELETE FROM seals WHERE kind = '{table}' AND row = {old}"),
        ):
            op.execute(f"CREATE TRIGGER {table}_seal_{verb.lower()} AFTER {verb} ON {table} BEGIN {act}; END")


def downgrade() -> None:
    """Take the seals away."""
    for table in KEYS:
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER {table}_seal_{verb}")
    op.drop_table("seals")


def _key(row: str, names: tuple[str, ...]) -> str:
    return "CAST(" + " || ' ' || ".join(f"{row}.{name}" for name in names) + " AS TEXT)"


def _seal(row: str, table: str) -> str:
    return "seal(" + ", ".join(f"CAST({row}.{name} AS BLOB)" for name in COLUMNS[table]) + ")"
