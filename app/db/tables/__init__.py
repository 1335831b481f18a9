"""The tables, by subject. Importing any of them loads all, so that the metadata always has the whole schema."""

from app.db.tables import (
    articles,
    captures,
    comparisons,
    desk,
    edit_log,
    edit_sessions,
    index,
    notes,
    quotations,
    relations,
    search,
)

__all__ = [
    "articles",
    "captures",
    "comparisons",
    "desk",
    "edit_log",
    "edit_sessions",
    "index",
    "notes",
    "quotations",
    "relations",
    "search",
]
