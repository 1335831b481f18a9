"""Which indexes of words may hold words of articles that were deleted for good."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leftover",
        sa.Column("index_name", sa.String(20), nullable=False),
        sa.Column("purged_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("index_name", name="pk_leftover"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for index in ("rare_word", "search_text"):
            op.execute(
                f"INSERT INTO leftover (index_name, purged_at) SELECT '{index}', max(purged_at)"
                " FROM deleted_article WHERE purged_at IS NOT NULL HAVING max(purged_at) IS NOT NULL"
            )


def downgrade() -> None:
    op.drop_table("leftover")
