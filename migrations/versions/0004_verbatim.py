"""How many shared paragraphs are word for word, counted on each side.

Stored relations are made anew once the program runs (``services.relations.reindex``): a migration runs none of its
code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""Stays so where SQLite makes the table anew."""


def upgrade() -> None:
    _replace(["verbatim"], ["base_verbatim", "witness_verbatim"])


def downgrade() -> None:
    _replace(["base_verbatim", "witness_verbatim"], ["verbatim"])


def _replace(gone: list[str], new: list[str]) -> None:
    with op.batch_alter_table("relation", table_kwargs=WITHOUT_ROWID) as relation:
        for name in new:
            relation.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("relation", table_kwargs=WITHOUT_ROWID) as relation:
        for name in new:
            relation.alter_column(
                name, server_default=None, existing_type=sa.Integer(), existing_nullable=False
            )
        for name in gone:
            relation.drop_column(name)
