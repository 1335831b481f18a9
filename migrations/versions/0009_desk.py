"""The library as a desk: comparisons still to be made, what stored ones found, and a row for each story.

Every pair that reuses text is to be looked at, so those of the stored articles wait from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_revision_publisher_article", "revision", ["publisher", "article"])
    op.create_table(
        "wanted_comparison",
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("low", sa.String(16), nullable=False),
        sa.Column("high", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_wanted_comparison"),
        _reference("wanted_comparison", "low", "revision"),
        _reference("wanted_comparison", "high", "revision"),
        sa.UniqueConstraint("low", "high", name="uq_wanted_comparison_low_high"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wanted_comparison_high", "wanted_comparison", ["high"])
    op.create_table(
        "finding_summary",
        sa.Column("comparison", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("base", sa.String(16), nullable=False),
        sa.Column("witness", sa.String(16), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("may_reverse", sa.Boolean(), nullable=False),
        sa.Column("base_words", sa.Text(), nullable=False),
        sa.Column("witness_words", sa.Text(), nullable=False),
        sa.Column("base_paragraphs", sa.JSON(), nullable=False),
        sa.Column("witness_paragraphs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("comparison", name="pk_finding_summary"),
        _reference("finding_summary", "comparison", "comparison"),
        _reference("finding_summary", "base", "revision"),
        _reference("finding_summary", "witness", "revision"),
    )
    op.create_index("ix_finding_summary_base", "finding_summary", ["base"])
    op.create_index("ix_finding_summary_witness", "finding_summary", ["witness"])
    op.create_table(
        "shelf",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("latest_at", sa.DateTime(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("undated", sa.Integer(), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shelf"),
        _reference("shelf", "id", "article"),
        sa.ForeignKeyConstraint(
            ["summary"],
            ["finding_summary.comparison"],
            name="fk_shelf_summary_finding_summary",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_shelf_summary", "shelf", ["summary"])
    for first in ("gravity", "last_on", "size"):
        op.create_index(f"ix_shelf_{first}_latest_at_id", "shelf", [first, "latest_at", "id"])
    op.create_index("ix_shelf_latest_at_id", "shelf", ["latest_at", "id"])
    op.execute(
        "INSERT INTO wanted_comparison (low, high) SELECT relation.revision, relation.other"
        " FROM relation JOIN indexed AS one ON one.revision = relation.revision"
        " JOIN indexed AS two ON two.revision = relation.other WHERE relation.revision < relation.other"
        " AND relation.kind IN ('near-duplicate', 'reworded', 'contains', 'contained', 'shares-paragraphs')"
        " ORDER BY CASE WHEN one.serial > two.serial THEN one.serial ELSE two.serial END, relation.revision"
    )
    op.execute(
        "INSERT INTO shelf (id, latest_at, size, first_on, last_on, undated, gravity, kinds)"
        " SELECT coalesce(article.story, article.id), max(article.added_at), count(*),"
        " coalesce(min(revision.published_on), '0001-01-01'), coalesce(max(revision.published_on), '0001-01-01'),"
        " count(*) - count(revision.published_on), 0, 0 FROM article JOIN revision"
        " ON revision.article = article.id AND revision.number = article.newest"
        " GROUP BY coalesce(article.story, article.id)"
    )


def downgrade() -> None:
    for table in ("shelf", "finding_summary", "wanted_comparison"):
        op.drop_table(table)
    op.drop_index("ix_revision_publisher_article", "revision")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE"
    )
