"""The tables of people at work, for queries. What makes and changes them are the migrations.

Acts and comments are only ever added to, as the log is; what a table holds of now (states, accounts, sessions) changes,
and the log tells how.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, UniqueConstraint

from dateline.store.databases.columns import JSON, Integer, String, Text
from dateline.store.tables import metadata

chain = Table(
    "chain",
    metadata,
    Column("number", Integer, ForeignKey("log.number"), primary_key=True),
    Column("link", LargeBinary, nullable=False, comment="SHA-256 of the link before and of the row of the log"),
)

acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("reports.number"), index=True),
    Column("who", Text, nullable=False, index=True),
    Column("made", String(32), nullable=False),
    Column(
        "verb",
        Text,
        nullable=False,
        comment="accept, correct, reject, split, merge, add, restore, state, flag, mark, adjudicate, undo, redo",
    ),
    Column("rows", JSON, nullable=False, comment="the ids of the rows that it touched"),
    Column("before", Integer, ForeignKey("codings.number"), comment="the coding that it was made from"),
    Column("after", Integer, ForeignKey("codings.number"), comment="the coding that it made"),
    Column("of", Integer, ForeignKey("acts.number"), comment="the act that was undone or done again"),
    Column("why", Text, nullable=False),
    Column("details", JSON, nullable=False, comment="what else undoing it needs, such as the state before"),
    Index("acts_of", "of"),
)

states = Table(
    "states",
    metadata,
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    Column("state", String(24), nullable=False, comment="to do, in progress, help needed, ready for review, done"),
    Column("flagged", Integer, nullable=False, comment="1: somebody wants others to look at it; else 0"),
    Column("who", Text, nullable=False),
    Column("since", String(32), nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("kind", String(16), primary_key=True, comment="report, row, event"),
    Column("about", Text, primary_key=True, comment="the id of the report or event, or the key of the row"),
    Column("mark", String(24), primary_key=True, comment="confidential"),
    Column("who", Text, nullable=False),
    Column("made", String(32), nullable=False),
    Column("why", Text, nullable=False),
    Column("tells", JSON, nullable=False, comment="where it was told when it was marked: report id, start and end"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True, comment="what one logs in with, lower case"),
    Column("shown", Text, nullable=False, comment="the name that stands on what the person does"),
    Column("role", String(16), nullable=False, comment="viewer, reader, coder, adjudicator, admin"),
    Column("password", Text, comment="its Argon2id hash; null until the person has chosen one"),
    Column("totp", Text, comment="the secret of the person's authenticator; null where none is used"),
    Column("counter", Integer, nullable=False, comment="the last step of the authenticator that was used"),
    Column("codes", JSON, nullable=False, comment="hashes of one-time codes: kind, hash, when it ends"),
    Column("failures", Integer, nullable=False, comment="log-ins in a row that failed"),
    Column("blocked", String(32), comment="until when no log-in is tried"),
    Column("made", String(32), nullable=False),
    Column("ended", String(32), comment="when the account was closed; null while it is open"),
    Column("preferences", JSON, nullable=False, comment="keys, blur and the like"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True, comment="SHA-256 of what the browser holds"),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("made", String(32), nullable=False),
    Column("seen", String(32), nullable=False),
    Column("ends", String(32), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True, comment="SHA-256 of what the program sends"),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("scope", String(8), nullable=False, comment="read, write"),
    Column("made", String(32), nullable=False),
    Column("ends", String(32), comment="when it ends by itself; null: it does not"),
    Column("ended", String(32), comment="when it was taken back"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("reports.number"), nullable=False),
    Column("account", Text, nullable=False, index=True, comment="who codes it"),
    Column("blind", Integer, nullable=False, comment="1: without seeing what others made of it; else 0"),
    Column("state", String(24), nullable=False, comment="the person's own: as in states"),
    Column("who", Text, nullable=False, comment="who assigned it"),
    Column("made", String(32), nullable=False),
    UniqueConstraint("report", "account"),
)

comments = Table(
    "comments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, comment="report, row, event"),
    Column("about", Text, nullable=False, index=True, comment="as in marks"),
    Column("who", Text, nullable=False),
    Column("made", String(32), nullable=False),
    Column("words", Text, nullable=False),
    Column("mentions", JSON, nullable=False, comment="the accounts that it calls upon"),
    Column("answers", Integer, ForeignKey("comments.number"), comment="the comment that it answers"),
    Column("withdraws", Integer, ForeignKey("comments.number"), comment="the comment that its writer takes back"),
)

read_up_to = Table(
    "read_up_to",
    metadata,
    Column("account", Text, primary_key=True),
    Column("log", Integer, nullable=False, comment="the last row of the log that the person has seen in the feed"),
)
