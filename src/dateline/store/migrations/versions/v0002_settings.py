"""Records of the settings by which codings were made, under the hash that codings name.

A coding of before holds its settings themselves, which no hash is equal to: its report is coded anew.
"""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint

from dateline.store.databases.columns import JSON, String

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "settings",
        Column("fingerprint", String(length=64), nullable=False),
        Column("form", JSON(), nullable=False),
        PrimaryKeyConstraint("fingerprint"),
    )


def downgrade() -> None:
    """Take the table away; codings stay."""
    op.drop_table("settings")
