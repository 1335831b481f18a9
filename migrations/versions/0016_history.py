"""What each revision changed in its article's text."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision_change",
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("substance", sa.String(10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_revision_change"),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revision.id"],
            name="fk_revision_change_revision_revision",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("revision_change")
