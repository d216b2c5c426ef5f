"""What decided codings beside the coder and the report: each record is kept once, under the hash that codings name."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from dateline.settings import SettingsRecord
from dateline.store.tables import settings


def put_record(db: Connection, record: SettingsRecord) -> None:
    """Keep a record of settings; one that is there already adds nothing."""
    name = record.fingerprint
    if db.execute(select(settings.c.fingerprint).where(settings.c.fingerprint == name)).first() is None:
        db.execute(insert(settings).values(fingerprint=name, form=record.plain()))
