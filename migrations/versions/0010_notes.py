"""Notes by editors."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("base", sa.String(16), nullable=False),
        sa.Column("witness", sa.String(16), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("pins", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("base_words", sa.Text(), nullable=False),
        sa.Column("witness_words", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(9), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("known", sa.String(8), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.ForeignKeyConstraint(["base"], ["revision.id"], name="fk_note_base_revision", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["witness"], ["revision.id"], name="fk_note_witness_revision", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_note_base_witness", "note", ["base", "witness"])
    op.create_index("ix_note_made_at_id", "note", ["made_at", "id"])
    op.create_index("ix_note_witness", "note", ["witness"])


def downgrade() -> None:
    op.drop_table("note")
