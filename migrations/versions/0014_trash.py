"""Deleted articles: what is known of them, their old links, and what the trash holds."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deleted_article",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.Column("heir", sa.String(16), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("known", sa.String(8), nullable=False),
        sa.Column("batch", sa.String(16), nullable=False),
        sa.Column("purged_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deleted_article"),
    )
    for column in ("import_id", "deleted_at", "batch", "purged_at"):
        op.create_index(f"ix_deleted_article_{column}", "deleted_article", [column])
    op.create_table(
        "deleted_link",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(9), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deleted_link"),
        sa.ForeignKeyConstraint(
            ["article"],
            ["deleted_article.id"],
            name="fk_deleted_link_article_deleted_article",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_deleted_link_article", "deleted_link", ["article"])
    op.create_table(
        "trashed_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("other", sa.String(16), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trashed_row"),
        sa.ForeignKeyConstraint(
            ["article"],
            ["deleted_article.id"],
            name="fk_trashed_row_article_deleted_article",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    for column in ("article", "other"):
        op.create_index(f"ix_trashed_row_{column}", "trashed_row", [column])


def downgrade() -> None:
    op.drop_table("trashed_row")
    op.drop_table("deleted_link")
    op.drop_table("deleted_article")
