"""Articles that an editor keeps apart."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_apart",
        sa.Column("low", sa.String(16), nullable=False),
        sa.Column("high", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("low", "high", name="pk_kept_apart"),
        sa.ForeignKeyConstraint(
            ["low"], ["article.id"], name="fk_kept_apart_low_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["high"], ["article.id"], name="fk_kept_apart_high_article", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_kept_apart_high", "kept_apart", ["high"])


def downgrade() -> None:
    op.drop_table("kept_apart")
