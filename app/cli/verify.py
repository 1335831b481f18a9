"""``verify``: check an evidence file without server, database or network."""

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path


def add_verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser's ``commands``."""
    verify = commands.add_parser(
        "verify",
        help="check an evidence file, without server, database or network",
        description="Says of an evidence file whether it is consistent (each member as its manifest says, none more or "
        "less, the zip byte for byte as Variorum writes it), whether it is authentic, which takes a digest or a "
        "timestamp from elsewhere, whether its comparison comes out the same when it is made anew, and whether its "
        "other members agree with that. It unpacks and writes nothing.",
        epilog="exit codes: 0 consistent, and all else that could be checked is right (an engine other than this "
        "program's is no fault); 1 something was changed, and the line says what; 2 the command line is wrong, or the "
        "file cannot be read; 3 consistent, but not the file of --expect or --timestamp; 4 consistent, but the "
        "comparison comes out otherwise, or its members do not tell of the same comparison.",
    )
    verify.add_argument("file", metavar="FILE", type=Path, help="the zip, as it was received")
    verify.add_argument(
        "--expect", metavar="DIGEST", help="the SHA-256 that the server shows for it, or that you were told"
    )
    verify.add_argument(
        "--timestamp",
        metavar="CERTIFICATE",
        type=Path,
        help="check the file's timestamp against this authority's certificates (PEM)",
    )
    verify.add_argument(
        "--token", metavar="FILE", type=Path, help="the timestamp (default: the zip's name and .tsr)"
    )
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from app.evidence.verdict import verify

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # titles in any script, on a terminal that may lack it
    return verify(
        options.file, sys.stdout, expect=options.expect, certificate=options.timestamp, token=options.token
    )
