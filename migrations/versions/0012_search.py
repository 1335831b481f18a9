"""The search index. Stored texts are put into it from now on, while pages are served."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsearched",
        sa.Column("serial", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("serial", name="pk_unsearched"),
    )
    # In PostgreSQL, a range of words is one of their bytes, whatever the database's own order.
    word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "search_word",
        sa.Column("word", word, nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_search_word"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_text USING fts5(title, publisher, author, body, facts,"
            " content='', columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute(
            "CREATE TABLE search_text (serial BIGINT CONSTRAINT pk_search_text PRIMARY KEY,"
            " words TSVECTOR NOT NULL, is_long BOOLEAN NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_text_words ON search_text USING gin (words)")
    op.execute("INSERT INTO unsearched (serial) SELECT serial FROM indexed")


def downgrade() -> None:
    for table in ("search_text", "search_state", "search_word", "unsearched"):
        op.drop_table(table)
