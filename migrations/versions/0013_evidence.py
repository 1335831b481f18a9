"""Evidence files that were made, so that each can be made again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("comparison", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("known", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("captures", sa.JSON(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(), nullable=True),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_file"),
        sa.ForeignKeyConstraint(
            ["comparison"],
            ["comparison.id"],
            name="fk_evidence_file_comparison_comparison",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("digest", name="uq_evidence_file_digest"),
    )
    op.create_index("ix_evidence_file_comparison", "evidence_file", ["comparison"])


def downgrade() -> None:
    op.drop_table("evidence_file")
