"""The name of a project, by which a folder knows its database; seals are SHA-256 from here on, in both databases.

Seals of before, which are shorter, hold as they are until their rows are written anew.
"""

from uuid import uuid4

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, text

from dateline.store.databases.columns import String
from dateline.store.migrations.triggers import sealed

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and give the project its name."""
    op.create_table("identity", Column("id", String(length=36), nullable=False), PrimaryKeyConstraint("id"))
    sealed("identity")
    op.get_bind().execute(text("INSERT INTO identity (id) VALUES (:id)"), {"id": str(uuid4())})


def downgrade() -> None:
    """Take the name away."""
    op.execute("DELETE FROM identity")
    op.drop_table("identity")
