"""Tags, collections, and publishers that are one and the same."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_label",
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("article", "kind", "key", name="pk_article_label"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_article_label_article_article", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_label_kind_key_article", "article_label", ["kind", "key", "article"])
    op.create_table(
        "publisher_alias",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_publisher_alias"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_publisher_alias_canonical", "publisher_alias", ["canonical"])


def downgrade() -> None:
    for table in ("publisher_alias", "article_label"):
        op.drop_table(table)
