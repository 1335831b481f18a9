"""Quotations, their wordings and what finds their versions, and the names of who speaks.

Those of the articles that stand are found once the program runs (``services.quotations``): a migration runs none of its
code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = {"sqlite_autoincrement": True}
"""Stays so where SQLite makes the table anew."""


def upgrade() -> None:
    with op.batch_alter_table("indexed", table_kwargs=COUNTED) as indexed:
        indexed.add_column(sa.Column("quoted", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("indexed", table_kwargs=COUNTED) as indexed:
        indexed.alter_column(
            "quoted", server_default=None, existing_type=sa.Boolean(), existing_nullable=False
        )
    op.create_index(
        "ix_indexed_unquoted",
        "indexed",
        ["serial"],
        sqlite_where=sa.text("NOT quoted"),
        postgresql_where=sa.text("NOT quoted"),
    )
    op.create_table(
        "wording",
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("wordings", sa.Integer(), nullable=False),
        sa.Column("reworded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_wording"),
        sa.UniqueConstraint("digest", name="uq_wording_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wording_head", "wording", ["head"])
    for name, condition in (("carried", "carried > 0"), ("reworded", "reworded > 0")):
        op.create_index(
            f"ix_wording_{name}",
            "wording",
            ["carried", "serial"],
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )
    op.create_table(
        "quotation",
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_quotation"),
        sa.UniqueConstraint("id", name="uq_quotation_id"),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.id"], name="fk_quotation_revision_revision", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wording"], ["wording.serial"], name="fk_quotation_wording_wording"),
    )
    op.create_index("ix_quotation_revision", "quotation", ["revision"])
    op.create_index("ix_quotation_wording", "quotation", ["wording"])
    op.create_index(
        "ix_quotation_person_wording",
        "quotation",
        ["person", "wording"],
        sqlite_where=sa.text("wording IS NOT NULL"),
        postgresql_where=sa.text("wording IS NOT NULL"),
    )
    op.create_table(
        "wording_print",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "serial", name="pk_wording_print"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "speaker_name",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("quotations", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_speaker_name"),
    )
    for column in ("first", "last", "label"):
        op.create_index(f"ix_speaker_name_{column}", "speaker_name", [column])
    op.create_index(
        "ix_speaker_name_total",
        "speaker_name",
        ["total", "name"],
        sqlite_where=sa.text("total > 0"),
        postgresql_where=sa.text("total > 0"),
    )


def downgrade() -> None:
    for table in ("speaker_name", "wording_print", "quotation", "wording"):
        op.drop_table(table)
    op.drop_index("ix_indexed_unquoted", "indexed")
    with op.batch_alter_table("indexed", table_kwargs=COUNTED) as indexed:
        indexed.drop_column("quoted")
