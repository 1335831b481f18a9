import gc
import weakref

import pytest

from app.batch.verification import chars_counted
from app.collation import relations

pytestmark = pytest.mark.spark


def test_a_text_of_tiny_paragraphs_counts_as_a_longer_one_as_on_the_server() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table({"paragraphs": [["x"] * 100, ["x" * 5_000], ["ä" * 30, "ä" * 80]]})
    assert chars_counted(table) == [4_000, 5_000, 110]


def test_a_text_that_hides_nothing_leaves_memory_as_soon_as_nobody_needs_it() -> None:
    text = relations.prepare(["The harbour of Varna was closed on Monday, when a storm had broken its wall."])
    text.spare(frozenset({1}))
    assert text.without(frozenset({1})) is text
    assert text.without(frozenset({2})) is text
    left = weakref.ref(text)
    gc.disable()
    try:
        del text
        assert left() is None
    finally:
        gc.enable()
