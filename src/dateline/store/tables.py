"""The tables of a project, for queries. What makes and changes them are the migrations beside this module.

Times are ISO 8601 in UTC. Retrievals, stamps, codings, decisions and the log are only ever added to: triggers of the
database refuse everything else. Others seal each row as it is written (:mod:`dateline.store.seals`).
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, LargeBinary, MetaData, Table, UniqueConstraint

from dateline.store.databases.columns import JSON, Integer, String, Text

metadata = MetaData()

identity = Table(
    "identity",
    metadata,
    Column("id", String(36), primary_key=True, comment="the name of the project, which no other one has"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", Integer, nullable=False),
    Column("origin", Text, nullable=False, comment="the file that it was read from"),
    Column("added", String(32), nullable=False),
    Column("refused", Text, comment="why no report could be read from it; null where one was"),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", String(64), ForeignKey("evidence.sha256"), nullable=False),
    Column("part", Integer, nullable=False, comment="which report of the evidence, from 0"),
    Column("publisher", Text),
    Column("published", String(40)),
    Column("title", Text),
    Column("fields", JSON, nullable=False, comment="the report's other fields in the public form"),
    Column("text", Text, nullable=False),
    Column("added", String(32), nullable=False),
    Column("original", Text, comment="the id of the report that this one copies; null where it is no copy"),
    UniqueConstraint("sha256", "part"),
    Index("reports_by_day", "published", "added"),
)

retrievals = Table(
    "retrievals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("evidence.sha256"), nullable=False, index=True),
    Column("method", Text, nullable=False, comment="who got the bytes and how, in words"),
    Column("url", Text, comment="the address that was asked for"),
    Column("final", Text, comment="the address that answered, where it is another"),
    Column("time", Text, comment="when it answered, as far as that is known"),
    Column("status", Integer),
    Column("hops", JSON, nullable=False, comment="addresses that pointed elsewhere, each with its status"),
    Column("headers", JSON, nullable=False, comment="those of the answer, in its order: name, value"),
    Column("address", Text, comment="the network address that was connected to"),
    Column("within", Text, comment="the file that the bytes were taken out of"),
    Column("added", String(32), nullable=False),
)

repeats = Table(
    "repeats",
    metadata,
    Column("sha256", String(64), ForeignKey("evidence.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True, comment="which report of the evidence, from 0"),
    Column("report", Integer, ForeignKey("reports.number"), nullable=False, comment="the one that says the same"),
    Column("added", String(32), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    Column(
        "story", Integer, ForeignKey("reports.number"), nullable=False, index=True, comment="the one that came first"
    ),
    Column("time", String(32), nullable=False, comment="when the address said this"),
    Column("corrects", Text, comment="the words by which it calls itself a correction"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("address", Text, primary_key=True, comment="without what changes and leads to the same page"),
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    sqlite_with_rowid=False,
)

stamps = Table(
    "stamps",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("service", Text, nullable=False, comment="the address of the service that stamped"),
    Column("time", String(32), nullable=False, comment="the time that it vouches for"),
    Column("manifest", Text, nullable=False, comment="what was stamped: names of evidence, a line each"),
    Column("answer", LargeBinary, nullable=False, comment="the service's answer (RFC 3161, DER)"),
    Column("roots", Text, nullable=False, comment="the certificates that it was checked against (PEM)"),
    Column("added", String(32), nullable=False),
)

stamped = Table(
    "stamped",
    metadata,
    Column("sha256", String(64), ForeignKey("evidence.sha256"), primary_key=True),
    Column("stamp", Integer, ForeignKey("stamps.number"), primary_key=True),
)

codings = Table(
    "codings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("reports.number"), nullable=False),
    Column("turn", Integer, nullable=False, comment="which coding of its report, from 1"),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("codebook", Text, nullable=False),
    Column("model", Text),
    Column(
        "settings",
        Text,
        nullable=False,
        index=True,
        comment="what else decides a coding: the fingerprint of a record",
    ),
    Column("made", String(32), nullable=False),
    Column("events", Integer, nullable=False, comment="how many event mentions it has"),
    Column("form", LargeBinary, nullable=False, comment="the public form without the report's text, zlib"),
    UniqueConstraint("report", "turn"),
)

taken = Table(
    "taken",
    metadata,
    Column("coding", Integer, ForeignKey("codings.number"), primary_key=True, comment="one whose mentions are linked"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("coding", Integer, ForeignKey("codings.number"), nullable=False, index=True),
    Column("event_id", Text, nullable=False, comment="the mention's id in its coding"),
    Column("comparable", JSON, nullable=False, comment="what linking compares"),
)

keys = Table(
    "keys",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("mention", Integer, ForeignKey("mentions.number"), primary_key=True),
    Index("keys_mention", "mention"),
    sqlite_with_rowid=False,
)

edges = Table(
    "edges",
    metadata,
    Column("first", Integer, ForeignKey("mentions.number"), primary_key=True),
    Column("second", Integer, ForeignKey("mentions.number"), primary_key=True),
    Column("score", Float, comment="0 to 1; null is a conflict"),
    Index("edges_second", "second"),
    sqlite_with_rowid=False,
)

sketches = Table(
    "sketches",
    metadata,
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    Column("runs", Integer, nullable=False, comment="different runs of words in the report's text"),
    Column("hashes", LargeBinary, nullable=False, comment="the smallest hashes of them, eight bytes each, big-endian"),
)

bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True, comment="a part of a report's sketch"),
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("born", String(32), nullable=False),
    Column("gone", String(32), comment="when it gave way to its successors; null while it stands"),
)

successors = Table(
    "successors",
    metadata,
    Column("event", Text, ForeignKey("events.id"), primary_key=True),
    Column("successor", Text, ForeignKey("events.id"), primary_key=True),
)

links = Table(
    "links",
    metadata,
    Column("mention", Integer, ForeignKey("mentions.number"), primary_key=True),
    Column("event", Text, ForeignKey("events.id"), nullable=False, index=True),
    Column("because", JSON, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("first", Text, nullable=False, index=True),
    Column("second", Text, nullable=False, index=True),
    Column("answer", Text, nullable=False, comment="same, different"),
    Column("who", Text, nullable=False),
    Column("made", String(32), nullable=False),
    Column("why", Text, nullable=False),
)

heirs = Table(
    "heirs",
    metadata,
    Column("mention", Text, primary_key=True, comment="one that was withdrawn"),
    Column("heir", Text, index=True, comment="the mention that decisions on it hold of; null: they hold of none"),
)

seals = Table(
    "seals",
    metadata,
    Column("kind", String(16), primary_key=True, comment="the table of the row"),
    Column("row", Text, primary_key=True, comment="the row's key"),
    Column("seal", LargeBinary, nullable=False, comment="the hash of the row as it was written"),
    sqlite_with_rowid=False,
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made", String(32), nullable=False, index=True),
    Column("who", Text, nullable=False, index=True),
    Column(
        "what",
        Text,
        nullable=False,
        index=True,
        comment="added, stamped, coded, linked, moved, withdrawn, born, gone, decided, corrected, rejected, accepted, "
        "and the verbs of people at work",
    ),
    Column("about", Text, nullable=False, index=True, comment="the report, mention or event"),
    Column("details", JSON, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("fingerprint", String(64), primary_key=True, comment="SHA-256 of the record"),
    Column(
        "form",
        JSON,
        nullable=False,
        comment="coder, names, encoder, at_least, and each file that was read with its SHA-256",
    ),
)

authority = Table(
    "authority",
    metadata,
    Column("list", String(64), primary_key=True, comment="SHA-256 of the list that the row stands in"),
    Column("row", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("fields", JSON, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("form", String(16), comment="feed, opml, sitemap; null until it was read once"),
    Column("parent", Integer, ForeignKey("sources.number"), comment="the source that names this one, if one does"),
    Column("depth", Integer, nullable=False, comment="by how many others it is named"),
    Column("added", String(32), nullable=False),
    Column("since", String(32), nullable=False, comment="the day or time before which nothing is taken"),
    Column("fresh", Integer, nullable=False, comment="1: what has no date at the next poll was there before; else 0"),
    Column("etag", Text),
    Column("modified", Text, comment="Last-Modified of the last answer"),
    Column("rhythm", JSON, comment="how often it asks to be polled: seconds, hours and days without a poll"),
    Column("polled", String(32), comment="when it was last polled"),
    Column("due", String(32), nullable=False, comment="when it is polled next"),
    Column("failures", Integer, nullable=False, comment="in a row"),
    Column("trouble", Text, comment="what went wrong at the last poll"),
    Column("state", String(8), nullable=False, comment="on, paused, ended"),
)

entries = Table(
    "entries",
    metadata,
    Column("source", Integer, ForeignKey("sources.number"), primary_key=True),
    Column("name", String(32), primary_key=True, comment="the beginning of the SHA-256 of its guid, else its address"),
    Column("url", Text, index=True),
    Column("meta", JSON, comment="what the source says of the report"),
    Column("held", Text, comment="the text that it holds itself, until its page was read"),
    Column("feed", String(64), comment="the evidence in which it stood first"),
    Column("modified", String(40), comment="when it was changed, as the source says"),
    Column("found", String(32), nullable=False),
    Column("due", String(32), index=True, comment="when its page is asked for; null: it is settled"),
    Column("tries", Integer, nullable=False, comment="how often its page was asked for in vain"),
    Column("taken", Integer, nullable=False, comment="how often its page was read"),
    Column("outcome", Text, comment="what became of it; null: it waits"),
)
