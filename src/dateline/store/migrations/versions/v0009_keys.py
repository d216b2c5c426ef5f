"""Keys of linking in order of time, made anew; and reports by day, for what was told since one."""

from alembic import op
from sqlalchemy import text

from dateline.store.shelf import keys_anew

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the keys of all that is linked anew, and the index."""
    op.create_index("reports_by_day", "reports", "published added".split(), unique=False)
    op.execute(text("DELETE FROM keys"))
    keys_anew(op.get_bind())


def downgrade() -> None:
    """Take the index away. An older version compares new mentions with those that it links itself."""
    op.drop_index("reports_by_day", "reports")
