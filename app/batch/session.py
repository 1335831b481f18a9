"""Start the Spark session that a job runs in, or say what is missing."""

import gc
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import app
from app.errors import VariorumError

DRIVER_MEMORY = "2g"
"""Memory of the Java process where it does the work itself, on one machine; Python workers have their own."""

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.io.compression.codec": "zstd",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.python.worker.faulthandler.enabled": "true",
    "spark.log.level": "ERROR",
}

PARTITIONS_PER_PROCESSOR = 8
"""Into how many parts rows are sorted on one machine. Spark's own 200 are as many files for each task; with these, a
part of a million articles has some 60 MB on two processors."""

_ON_ONE_MACHINE = {
    # Java moves bytes here, for minutes and not for weeks: optimising its code for longer costs more than it saves.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}

OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""New objects after which a worker's Python looks for reference cycles. A worker makes millions of objects and hardly
any cycles; looking after every 700, the default, takes a sixth of the time of verification."""

Spark = Any
"""A SparkSession. Spark's own types are not at hand where it is not installed."""

Frame = Any
"""A DataFrame."""


class SparkMissingError(VariorumError):
    """A part that Spark needs is not installed."""


def refuse_if_missing() -> None:
    """Raise SparkMissingError, which says how to install it, if Spark or Java is not here."""
    missing = [name for name in ("pyspark", "pyarrow", "pandas") if find_spec(name) is None]
    if missing:
        raise SparkMissingError(
            f"{' and '.join(missing)} cannot be imported, and this command needs Apache Spark.",
            "In a checkout: make spark. Elsewhere: pip install pyspark pyarrow 'pandas<3'.",
        )
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        raise SparkMissingError(
            "Java is missing, on which Apache Spark runs.",
            "In a checkout: make spark. On Debian and Ubuntu: sudo apt install default-jre-headless. "
            "Elsewhere, set JAVA_HOME.",
        )


def start(master: str | None = None, settings: dict[str, str] | None = None) -> Spark:
    """Return a session on ``master``, such as ``local[2]``.

    By default it is where ``spark-submit`` says, else all processors here. On one machine, workers run this interpreter
    and this copy of the program.
    """
    refuse_if_missing()
    from pyspark.sql import SparkSession

    if (
        "PYSPARK_GATEWAY_PORT" not in os.environ
    ):  # else spark-submit has chosen the master and the interpreters
        master = master or "local[*]"
    builder = SparkSession.builder.appName("variorum-archive")
    if master:
        builder = builder.master(master)
    chosen = dict(_SETTINGS)
    on_one_machine = (master or "").startswith("local")
    if on_one_machine:
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        source = str(Path(app.__file__).parents[1])
        known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if source not in known:
            os.environ["PYTHONPATH"] = os.pathsep.join([source, *filter(None, known)])
        chosen |= _ON_ONE_MACHINE | {
            "spark.driver.memory": DRIVER_MEMORY,
            "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        }
    chosen |= settings or {}
    for name, value in chosen.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    if on_one_machine and "spark.sql.shuffle.partitions" not in chosen:
        parts = PARTITIONS_PER_PROCESSOR * spark.sparkContext.defaultParallelism
        spark.conf.set("spark.sql.shuffle.partitions", parts)
    return spark


def collect_rarely() -> None:
    """Have this worker look for reference cycles only after ``OBJECTS_BETWEEN_COLLECTIONS`` new objects."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 10, 10)


def shuffled_bytes(spark: Spark) -> int:
    """Return how many bytes this session's tasks have sent to one another."""
    executors = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    return sum(int(executors.apply(place).totalShuffleWrite()) for place in range(executors.size()))
