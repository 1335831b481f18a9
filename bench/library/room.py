"""The size of each table in bytes, with its indexes."""

from collections.abc import Mapping

from sqlalchemy import text

from app.db.engine.base import Database

SIGNALS = {
    "fingerprints": ("fingerprint", "indexed", "frequent_print"),
    "rare words": ("rare_word", "frequent_word"),
}
"""The tables of the two signals."""


def by_part(db: Database, size: int) -> dict[str, float]:
    """Return bytes per article for each signal, for the texts, and for everything else."""
    tables = _tables(db)
    room = {part: _of(tables, names) for part, names in SIGNALS.items()}
    room["articles and texts"] = _of(tables, ("article", "revision"))
    room["all else"] = sum(tables.values()) - sum(room.values())
    return {part: bytes_ / size for part, bytes_ in room.items()}


def _of(tables: Mapping[str, int], names: tuple[str, ...]) -> int:
    return sum(tables.get(name, 0) for name in names)


def _tables(db: Database) -> dict[str, int]:
    with db.reading() as session:
        if db.kind == "sqlite":
            owners = {
                row[0]: row[1] for row in session.execute(text("SELECT name, tbl_name FROM sqlite_master"))
            }
            # Summed here: the table's own sum over a large database ends at 32 bits.
            pages = session.execute(text("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
            sizes: dict[str, int] = {}
            for name, size in pages:
                owner = owners.get(name, name)
                # A virtual table keeps its index in tables of its own, named after it.
                owner = "rare_word" if owner.startswith("rare_word") else owner
                sizes[owner] = sizes.get(owner, 0) + size
            return sizes
        relations = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
        return {
            name: int(size)
            for name, size in session.execute(text(f"{relations}current_schema()::regnamespace"))
        }
