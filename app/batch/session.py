"""The Spark session that a job runs in, and why there is none where something is missing."""

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
            "Install the extra: pip install 'variorum[spark]'.",
        )
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        raise SparkMissingError(
            "Java is missing, on which Apache Spark runs.",
            "On Debian and Ubuntu: sudo apt install default-jre-headless. Elsewhere, set JAVA_HOME.",
        )


def start(master: str | None = None, settings: dict[str, str] | None = None) -> Spark:
    """Return a session on ``master``, such as ``local[2]``.

    By default it is where ``spark-submit`` says, else all processors here. On one machine, workers run this interpreter
    and this copy of the program.
    """
    refuse_if_missing()
    from pyspark.sql import SparkSession

    submitted = (
        "PYSPARK_GATEWAY_PORT" in os.environ
    )  # spark-submit has chosen the master and the interpreters
    builder = SparkSession.builder.appName("variorum-archive")
    if not submitted:
        master = master or "local[*]"
        builder = builder.master(master)
    elif master:
        builder = builder.master(master)
    chosen = dict(_SETTINGS)
    if master and master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        source = str(Path(app.__file__).parents[1])
        known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if source not in known:
            os.environ["PYTHONPATH"] = os.pathsep.join([source, *filter(None, known)])
        chosen |= {
            "spark.driver.memory": DRIVER_MEMORY,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        }
    for name, value in (chosen | (settings or {})).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def shuffled_bytes(spark: Spark) -> int:
    """Return how many bytes this session's tasks have sent to one another."""
    executors = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    return sum(int(executors.apply(place).totalShuffleWrite()) for place in range(executors.size()))
