from collections.abc import Iterator

import pytest

from app.batch import session


@pytest.fixture(scope="session")
def spark() -> Iterator[session.Spark]:
    """A Spark session that all tests share: it takes longer to start than any of them."""
    try:
        session.refuse_if_missing()
    except session.SparkMissingError as error:
        pytest.skip(str(error))
    few = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    started = session.start("local[2]", few)
    yield started
    started.stop()
