import pytest

from app.batch.verification import chars_counted

pytestmark = pytest.mark.spark


def test_a_text_of_tiny_paragraphs_counts_as_a_longer_one_as_on_the_server() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table({"paragraphs": [["x"] * 100, ["x" * 5_000], ["ä" * 30, "ä" * 80]]})
    assert chars_counted(table) == [4_000, 5_000, 110]
