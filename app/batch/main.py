"""``variorum-archive``: all pairs of an archive, on one machine or a cluster."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app import __version__
from app.batch import session
from app.batch.folder import Folder
from app.batch.json_output import pair_lines, write_local
from app.batch.pipeline import Job
from app.errors import InvalidInputError, VariorumError

MAX_TEXT_BYTES = 2_000_000
"""Bytes of the longest text, as the server takes by default."""

MAX_REASON_CHARS = 2_000
"""Characters of Spark's own message that are shown."""

_ENDING = """\
exit codes: 0 done; 1 it could not be done, and standard error says why; 2 the command line or an input was wrong.

A job that was stopped goes on where it was when the same command is given again. With more or other inputs, the same
--out takes up the articles that it does not have yet.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default the process's own) name; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _pairs(options)
    except VariorumError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, InvalidInputError) else 1
    except Exception as error:
        if not type(error).__module__.startswith(("py4j.", "pyspark.")):
            raise
        print(f"Spark could not do it: {_reason(error)}", file=sys.stderr)
        print("What is finished is kept; mend the cause and give the command again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # what a shell expects of a command that was interrupted


def _reason(error: Exception) -> str:
    """Return the lines of a failure that say why, without the places in Spark's code.

    >>> _reason(Exception("Job aborted.\\n\\tat org.apache.X\\nCaused by: no space left"))
    'Job aborted. Caused by: no space left'
    """
    lines = [line.strip() for line in str(error).splitlines()]
    says = [line for line in lines if line and not line.startswith(("at ", "... ", ":", "File "))]
    return " ".join(says)[:MAX_REASON_CHARS]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="variorum-archive",
        description="Which articles of an archive share text, on Apache Spark: from two processors to a cluster.",
        epilog=_ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Variorum {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    pairs = commands.add_parser(
        "pairs",
        help="find all pairs of articles that share text",
        description="Reads JSON lines with the fields of `variorum import` (.jsonl, .jsonl.gz), Parquet with such "
        "columns (.parquet), or a folder of documents, and writes to the folder OUT: texts with their fingerprints, "
        "candidate pairs and verified relations. Bad lines are counted and kept apart. Standard output gets one line "
        "that counts. `variorum import --relations OUT` brings all of it into a library.",
    )
    pairs.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="files, folders or patterns, anywhere that Spark reads (s3a, hdfs)",
    )
    pairs.add_argument(
        "--out", required=True, metavar="FOLDER", help="where everything is written, and gone on with"
    )
    pairs.add_argument(
        "--master",
        help="where to run, such as local[2] or spark://host:7077 (default: as spark-submit says, else here)",
    )
    pairs.add_argument("--jsonl", type=Path, metavar="FILE", help="also write the pairs to one local file")
    pairs.add_argument(
        "--all",
        action="store_true",
        help="also write pairs that share a quotation, or tell the same in their own words",
    )
    pairs.add_argument(
        "--max-text", type=int, default=MAX_TEXT_BYTES, metavar="BYTES", help="the longest text (2,000,000)"
    )
    return parser


def _pairs(options: argparse.Namespace) -> int:
    if options.jsonl and not options.jsonl.absolute().parent.is_dir():
        raise InvalidInputError(
            f"{options.jsonl} cannot be written: its folder is not there.", "Make it first."
        )
    spark = session.start(options.master)
    try:
        folder = Folder(spark, options.out)
        job = Job(folder, options.max_text)
        counts = job.run(options.inputs)
        relations = job.relations(job.last)
        if options.jsonl:
            write_local(pair_lines(relations, every=options.all), options.jsonl)
        folder.say(f"done; {session.shuffled_bytes(spark) // 1_000_000:,} MB shuffled")
        print(json.dumps(asdict(counts)))
    finally:
        spark.stop()
    return 0 if counts.articles else 2
