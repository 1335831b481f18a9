from pathlib import Path

import pytest

from app.batch import session
from app.batch.folder import Folder

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]


def jobs(spark: session.Spark) -> set[int]:
    """Return the jobs that Spark has run, except those with a name."""
    return set(spark.sparkContext.statusTracker().getJobIdsForGroup())


def test_the_columns_of_a_dataset_are_looked_up_once(spark: session.Spark, tmp_path: Path) -> None:
    spark.range(3).selectExpr("id AS serial", "'x' AS id").coalesce(1).write.parquet(str(tmp_path / "texts"))
    folder = Folder(spark, str(tmp_path))
    first = folder.read("texts")
    before = jobs(spark)
    assert folder.read("texts").columns == first.columns == ["serial", "id"]
    assert folder.step("more", "writing", lambda: folder.read("texts")).count() == 3
    assert len(jobs(spark) - before) <= 3, "one writes, two count"
