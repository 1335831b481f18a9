"""What is brought in: articles not saved yet, the pages and files that texts came from, and watched addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("batch", sa.String(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("brought_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("capture", sa.JSON(), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_intake"),
    )
    op.create_index("ix_intake_batch_place", "intake", ["batch", "place"])
    op.create_index("ix_intake_brought_at", "intake", ["brought_at"])
    op.create_table(
        "capture",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("captured_at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("page", sa.String(16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text_digest", sa.String(64), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_capture"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_capture_article_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.id"], name="fk_capture_revision_revision", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_capture_article_captured_at", "capture", ["article", "captured_at"])
    op.create_index("ix_capture_page", "capture", ["page"])
    op.create_index("ix_capture_revision", "capture", ["revision"])
    op.create_table(
        "watch",
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.String(64), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        sa.Column("look_after", sa.DateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_watch"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_watch_article_article", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_watch_host", "watch", ["host"])
    op.create_index("ix_watch_look_after", "watch", ["look_after"])


def downgrade() -> None:
    for table in ("watch", "capture", "intake"):
        op.drop_table(table)
