"""Articles, their revisions with word 3-grams, comparisons, and which seeds were brought in."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_added_at_id", "article", ["added_at", "id"])
    op.create_table(
        "revision",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("paragraphs_count", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Integer(), nullable=True),
        sa.Column("furniture", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_revision_article_article", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("article", "number", name="uq_revision_article_number"),
    )
    op.create_index("ix_revision_digest", "revision", ["digest"])
    op.create_table(
        "shingle",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("hash", "revision", name="pk_shingle"),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.id"], name="fk_shingle_revision_revision", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shingle_revision", "shingle", ["revision"])
    op.create_table(
        "likeness",
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("other", sa.String(16), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("revision", "other", name="pk_likeness"),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.id"], name="fk_likeness_revision_revision", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["revision.id"], name="fk_likeness_other_revision", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likeness_other", "likeness", ["other"])
    op.create_table(
        "comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(16), nullable=False),
        sa.Column("witness", sa.String(16), nullable=False),
        sa.Column("pins", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comparison"),
        sa.ForeignKeyConstraint(
            ["base"], ["revision.id"], name="fk_comparison_base_revision", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["witness"], ["revision.id"], name="fk_comparison_witness_revision", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "base", "witness", "pins", "engine", name="uq_comparison_base_witness_pins_engine"
        ),
    )
    op.create_index("ix_comparison_base_witness_pins", "comparison", ["base", "witness", "pins"])
    op.create_index("ix_comparison_witness", "comparison", ["witness"])
    op.create_table(
        "seeded",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("seeded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seeded"),
    )


def downgrade() -> None:
    for table in ("seeded", "comparison", "likeness", "shingle", "revision", "article"):
        op.drop_table(table)
