from collections.abc import Callable

import pytest

from app.db.engine.base import Database


@pytest.fixture
def transactions(db: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of transaction begun so far."""
    begun: list[str] = []

    def counted(kind: str, begin: Callable[..., object]) -> Callable[..., object]:
        def begin_counted(**options: object) -> object:
            begun.append(kind)
            return begin(**options)

        return begin_counted

    for kind in ("reading", "writing"):
        monkeypatch.setattr(db, kind, counted(kind, getattr(db, kind)))
    return begun
