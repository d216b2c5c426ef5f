"""The heirs of withdrawn mentions: what decisions on them hold of now. Linking fills it in for older ones."""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint

from dateline.store.databases.columns import Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "heirs",
        Column("mention", Text(), nullable=False),
        Column("heir", Text(), nullable=True),
        PrimaryKeyConstraint("mention"),
    )
    op.create_index("ix_heirs_heir", "heirs", ["heir"], unique=False)


def downgrade() -> None:
    """Take the table away: decisions hold of the codings that they were made on."""
    op.drop_table("heirs")
