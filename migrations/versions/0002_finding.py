"""Fingerprints and rare words instead of 3-grams, relations instead of likeness, stories, and the importer's id.

What is stored is found again by its new index once the program has made it (``services.relations``): a migration
runs none of the program's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("likeness")
    op.drop_table("shingle")
    with op.batch_alter_table("revision") as revisions:
        revisions.drop_column("shingles")
    with op.batch_alter_table("article") as articles:
        articles.add_column(sa.Column("story", sa.String(16), nullable=True))
        articles.add_column(sa.Column("latest", sa.Boolean(), nullable=False, server_default=sa.true()))
        articles.add_column(sa.Column("import_id", sa.Text(), nullable=True))
    with op.batch_alter_table("article") as articles:
        articles.alter_column(
            "latest", server_default=None, existing_type=sa.Boolean(), existing_nullable=False
        )
        articles.create_unique_constraint("uq_article_import_id", ["import_id"])
    op.create_index("ix_article_story_added_at_id", "article", ["story", "added_at", "id"])
    op.create_index(
        "ix_article_latest",
        "article",
        ["added_at", "id"],
        sqlite_where=sa.text("latest"),
        postgresql_where=sa.text("latest"),
    )
    op.create_table(
        "indexed",
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("prints", sa.LargeBinary(), nullable=False),
        sa.Column("related", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_indexed"),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.id"], name="fk_indexed_revision_revision", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("revision", name="uq_indexed_revision"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_indexed_pending",
        "indexed",
        ["serial"],
        sqlite_where=sa.text("NOT related"),
        postgresql_where=sa.text("NOT related"),
    )
    op.create_table(
        "fingerprint",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "serial", name="pk_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "frequent_print",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_frequent_print"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "frequent_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_frequent_word"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relation",
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("other", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("resemblance", sa.Float(), nullable=False),
        sa.Column("base_in_witness", sa.Float(), nullable=False),
        sa.Column("witness_in_base", sa.Float(), nullable=False),
        sa.Column("base_paragraphs", sa.Integer(), nullable=False),
        sa.Column("witness_paragraphs", sa.Integer(), nullable=False),
        sa.Column("base_shared", sa.Integer(), nullable=False),
        sa.Column("witness_shared", sa.Integer(), nullable=False),
        sa.Column("verbatim", sa.Integer(), nullable=False),
        sa.Column("quotations", sa.Integer(), nullable=False),
        sa.Column("reworded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("revision", "other", name="pk_relation"),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.id"], name="fk_relation_revision_revision", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["revision.id"], name="fk_relation_other_revision", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_relation_other", "relation", ["other"])
    # The words alone: no text, no places and no lengths, which nothing here asks for and which would take four times
    # the room. They arrive cut and folded.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE rare_word"
            " USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute(
            "CREATE TABLE rare_word (serial BIGINT CONSTRAINT pk_rare_word PRIMARY KEY, words INTEGER[] NOT NULL)"
        )
        op.execute("CREATE INDEX ix_rare_word_words ON rare_word USING gin (words)")


def downgrade() -> None:
    for table in ("rare_word", "relation", "frequent_word", "frequent_print", "fingerprint", "indexed"):
        op.execute(f"DROP TABLE {table}")
    op.drop_index("ix_article_latest", "article")
    op.drop_index("ix_article_story_added_at_id", "article")
    with op.batch_alter_table("article") as articles:
        articles.drop_constraint("uq_article_import_id", type_="unique")
        articles.drop_column("import_id")
        articles.drop_column("latest")
        articles.drop_column("story")
    with op.batch_alter_table("revision") as revisions:
        revisions.add_column(sa.Column("shingles", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("revision") as revisions:
        revisions.alter_column(
            "shingles", server_default=None, existing_type=sa.Integer(), existing_nullable=False
        )
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
