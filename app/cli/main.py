"""The command line. Each command loads only what it needs, so that one in a pipeline starts quickly."""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.cli import keys
from app.cli.verify import add_verify
from app.errors import InvalidInputError, VariorumError

if TYPE_CHECKING:
    from app.settings import Settings

DONE = 0
FAILED = 1
"""The command could not do its work; standard error says why."""
WRONG_INPUT = 2
"""The command line, a setting, or a line of the input was wrong."""

_ENDING = """\
exit codes: 0 done; 1 it could not be done, and standard error says why; 2 the command line, a setting or a line of the
input was wrong. `verify --help` lists its own.

settings come from the environment: VARIORUM_DATABASE_URL, VARIORUM_DATA_DIR, VARIORUM_HOST, VARIORUM_PORT,
VARIORUM_PUBLIC_URL, VARIORUM_ALLOWED_HOSTS, VARIORUM_TRUSTED_PROXIES, VARIORUM_CLIENT_REQUESTS,
VARIORUM_LOOPBACK_REQUESTS, VARIORUM_EDIT_KEY, VARIORUM_KEY_REQUESTS, VARIORUM_USER_HEADER, VARIORUM_USER_HEADER_FROM,
VARIORUM_USER_HEADER_ADMITS, VARIORUM_MAX_TEXT, VARIORUM_WORKERS, VARIORUM_PAGE_CACHE, VARIORUM_PICTURES,
VARIORUM_ACCESS_LOG, VARIORUM_METRICS, VARIORUM_BACKGROUND, VARIORUM_COMPARE_AHEAD, VARIORUM_BACKUP_EVERY,
VARIORUM_BACKUP_KEEP, VARIORUM_BACKUP_DIR, VARIORUM_MAX_FILE, VARIORUM_FETCH, VARIORUM_KEEP_CAPTURES, VARIORUM_WATCHED,
VARIORUM_TRASH_DAYS, VARIORUM_TIMESTAMP_URL, VARIORUM_TIMESTAMP_CERTIFICATE.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default the process's own) name; return its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except VariorumError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT if isinstance(error, InvalidInputError) else FAILED
    except KeyboardInterrupt:
        return 130  # what a shell expects of a command that was interrupted
    except BrokenPipeError:
        # Whoever read our output has left; keep Python from complaining when it flushes at exit.
        sys.stdout = None
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="variorum",
        description="A source-comparison reader for news: what drifted between two articles, word for word.",
        epilog=_ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Variorum {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    serve = commands.add_parser(
        "serve",
        help="serve the pages to a web browser",
        description="Make or migrate the database, bring in the seeds that never were, and serve until interrupted. "
        "What an import or a migration left waiting is worked off meanwhile.",
    )
    serve.add_argument("--host", help="address to listen on (default: VARIORUM_HOST, else 127.0.0.1)")
    serve.add_argument(
        "--port", type=_port, help="port to listen on, 0 for any (default: VARIORUM_PORT, else 8000)"
    )
    serve.add_argument(
        "--backup-every",
        metavar="SPAN",
        help="make a backup so often, such as 30m, 1h or 1d (default: VARIORUM_BACKUP_EVERY, else never)",
    )
    serve.add_argument(
        "--keep",
        type=int,
        metavar="N",
        help="how many of these backups are kept (default: VARIORUM_BACKUP_KEEP, else 24); their folder is "
        "VARIORUM_BACKUP_DIR, else backups in the data folder",
    )
    serve.add_argument(
        "--workers", type=int, help="processes that serve on the one port (default: VARIORUM_WORKERS, else 1)"
    )
    serve.set_defaults(run=_serve)

    migrate = commands.add_parser("migrate", help="make the database, or update it")
    migrate.set_defaults(run=_migrate)

    seed = commands.add_parser("seed", help="bring in the seed articles that never were")
    seed.set_defaults(run=_seed)

    collate = commands.add_parser(
        "collate",
        help="compare pairs of texts from standard input",
        description='Reads lines such as {"id": 1, "base": ["A paragraph."], "witness": ["Another."]} from standard '
        "input and writes the rows and the summary of each, with its id, to standard output, in the same order. "
        "A wrong line is told of by its number on standard error and gets no answer; the rest is done, and the exit "
        "code is 2.",
    )
    collate.add_argument(
        "--jsonl", action="store_true", required=True, help="one JSON object a line, in and out"
    )
    collate.set_defaults(run=_collate)

    quotes = commands.add_parser(
        "quotes",
        help="find the quotations of texts from standard input, and who speaks",
        description='Reads lines such as {"id": 1, "paragraphs": ["A paragraph."]} from standard input and writes the '
        "quotations of each, with their places and speakers, to standard output, in the same order. A wrong "
        "line is told of by its number on standard error and gets no answer; the rest is done, and the exit code is 2.",
    )
    quotes.add_argument(
        "--jsonl", action="store_true", required=True, help="one JSON object a line, in and out"
    )
    quotes.set_defaults(run=_quotes)

    extract = commands.add_parser(
        "extract",
        help="find the articles of web pages and files named on standard input",
        description='Reads lines such as {"id": 1, "html": "<p>..."} or {"id": 1, "path": "visit.pdf"} from standard '
        "input and writes the article of each, with its id, to standard output, in the same order: title, author, "
        "publisher, day, the paragraphs of its body, and the page extras. What holds no readable text is answered "
        'with why, under "refused". A wrong line is told of by its number on standard error and gets no answer; the '
        "rest is done, and the exit code is 2.",
    )
    extract.add_argument(
        "--jsonl", action="store_true", required=True, help="one JSON object a line, in and out"
    )
    extract.set_defaults(run=_extract)

    _add_transfer(commands)
    _add_storage(commands)
    add_verify(commands)
    keys.add_command(commands).set_defaults(run=_keys)
    return parser


def _add_storage(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser(
        "backup",
        help="copy the running database to a new file",
        description="Copies the database to PATH while it is in use, and checks the copy. `restore` puts it back.",
    )
    backup.add_argument("path", metavar="PATH", type=Path, help="a file that does not exist yet")
    backup.set_defaults(run=_backup)

    check = commands.add_parser(
        "check",
        help="say whether all that is stored is whole, by article",
        description="Reads the whole database, or the backup FILE: its pages, each text against its digest and its id, "
        "each stored comparison and evidence file against its digest, each article against the index, every reference. "
        "It changes nothing, and a server may run meanwhile. Each fault gets a line; the exit code is then 1.",
    )
    check.add_argument("file", metavar="FILE", type=Path, nargs="?", help="a backup (default: the database)")
    check.add_argument(
        "--quick", action="store_true", help="leave out the index, which takes most of the time"
    )
    check.set_defaults(run=_check)

    restore = commands.add_parser(
        "restore",
        help="put a backup in the database's place",
        description="Checks the backup FILE, updates a copy of it and puts that in the database's place. The "
        "database that was there stays beside it, under a name with the date. Refuses while a server, or another "
        "program, has the database open, and if FILE is damaged or of a newer version; nothing is changed then.",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="made by `backup` or `serve --backup-every`")
    restore.set_defaults(run=_restore)


def _add_transfer(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    import_ = commands.add_parser(
        "import",
        help="bring in many articles from JSON lines or a folder of documents",
        description='Reads lines such as {"id": "a1", "title": "...", "text": "..."} (or "paragraphs", a list; '
        "publisher, author, url and published_on where they are known), plain or packed by gzip, or the files of a "
        "folder: texts, Markdown, web pages, Word, OpenDocument, RTF, PDF, e-mail, web captures. Then the copies among "
        "them are found. What is there already, unchanged, is left alone, so that an import that was interrupted is "
        "gone on with by giving it again; a line whose text changed makes a new revision. A bad line is told of by its "
        "number on standard error and skipped. Standard output gets one line that counts. The exit code is 2 when no "
        "line could be read.",
    )
    import_.add_argument("source", metavar="FILE", help="JSON lines, a folder, or - for standard input")
    import_.add_argument(
        "--later", action="store_true", help="leave finding copies to the running server, or to `reindex`"
    )
    relations = (
        "FILE is a folder by `variorum-archive pairs --out`: bring in its articles and their relations"
    )
    import_.add_argument("--deleted", action="store_true", help="bring back what was deleted here for good")
    import_.add_argument("--relations", action="store_true", help=relations)
    import_.set_defaults(run=_import)

    export = commands.add_parser(
        "export",
        help="write all articles as JSON lines",
        description="Writes every revision of every article to standard output, a line each, for `import` to read. "
        "Ids are carried, so that links to articles and revisions lead to the same texts there.",
    )
    export.set_defaults(run=_export)

    pairs = commands.add_parser(
        "pairs",
        help="list the pairs of articles that share text",
        description="Writes a line of JSON for each pair of stored articles of which one reuses the other's text, or "
        "both reuse a third one's: by their import ids, with what they share and how they are related.",
    )
    pairs.add_argument("--jsonl", action="store_true", required=True, help="one JSON object a line")
    pairs.add_argument(
        "--all",
        action="store_true",
        help="also those that share a quotation, or tell the same in their own words",
    )
    pairs.set_defaults(run=_pairs)

    reindex = commands.add_parser(
        "reindex",
        help="find the copies of articles that wait for it",
        description="Relates to the others every article that waits for it, as after `import --later` or a migration, "
        "puts its text into the search index and finds its quotations. A running server does it too, more slowly; "
        "while this command runs, it does not.",
    )
    reindex.add_argument(
        "--search", action="store_true", help="empty the index of the full-text search, and make it anew"
    )
    reindex.set_defaults(run=_reindex)


def _port(value: str) -> int:
    port = int(value)
    if not 0 <= port <= 65535:
        raise ValueError(value)
    return port


_port.__name__ = "port number"  # argparse says "invalid port number value: 'x'"


def _settings(**given: object) -> "Settings":
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = (
            f"VARIORUM_{'_'.join(map(str, problem['loc'])).upper()}: "
            f"{problem['msg'].removeprefix('Value error, ')}."
            for problem in error.errors()
        )
        raise InvalidInputError(f"A setting is wrong. {' '.join(wrong)}") from None


def _serve(options: argparse.Namespace) -> int:
    # Loading a thousand modules makes no garbage, and looking for it again and again takes a fifth of the time.
    gc.disable()
    from app.cli.serve import serve

    gc.freeze()
    gc.enable()
    serve(
        _settings(
            host=options.host,
            port=options.port,
            workers=options.workers,
            backup_every=options.backup_every,
            backup_keep=options.keep,
        )
    )
    return DONE


def _migrate(options: argparse.Namespace) -> int:
    from app.db.engine.connect import connect
    from app.services.operations.database import migrate

    db = connect(_settings().url)
    try:
        changed = migrate(db)
    finally:
        db.dispose()
    print(f"The database {db.name} {'was updated' if changed else 'is up to date'}.")
    return DONE


def _seed(options: argparse.Namespace) -> int:
    from app.services.operations.database import open_database
    from app.services.transfer.seeds import seed

    db = open_database(_settings())
    try:
        count = seed(db)
    finally:
        db.dispose()
    print(f"{count} seed articles were added." if count != 1 else "1 seed article was added.")
    return DONE


def _collate(options: argparse.Namespace) -> int:
    from app.cli.collate import collate_lines

    wrong = collate_lines(sys.stdin.buffer, sys.stdout.buffer, sys.stderr)
    return WRONG_INPUT if wrong else DONE


def _quotes(options: argparse.Namespace) -> int:
    from app.cli.quotes import quote_lines

    wrong = quote_lines(sys.stdin.buffer, sys.stdout.buffer, sys.stderr)
    return WRONG_INPUT if wrong else DONE


def _extract(options: argparse.Namespace) -> int:
    from app.cli.extract import extract_lines

    wrong = extract_lines(sys.stdin.buffer, sys.stdout.buffer, sys.stderr)
    return WRONG_INPUT if wrong else DONE


def _import(options: argparse.Namespace) -> int:
    from app.cli.transfer import archive_imported, imported

    bring_in = archive_imported if options.relations else imported
    summary, is_any = bring_in(_settings(), options.source, later=options.later, deleted=options.deleted)
    print(summary)
    return DONE if is_any else WRONG_INPUT


def _export(options: argparse.Namespace) -> int:
    from app.cli.transfer import export

    export(_settings(), sys.stdout)
    return DONE


def _pairs(options: argparse.Namespace) -> int:
    from app.cli.transfer import pairs

    pairs(_settings(), sys.stdout, every=options.all)
    return DONE


def _reindex(options: argparse.Namespace) -> int:
    from app.cli.transfer import reindex

    print(reindex(_settings(), search=options.search))
    return DONE


def _keys(options: argparse.Namespace) -> int:
    print(keys.keys(_settings(), options))
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from app.db.engine.connect import connect
    from app.services.operations.backup import backup

    backup(connect(_settings().url), options.path)
    print(f"The database was copied to {options.path}.")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from app.cli.storage import check

    return DONE if check(_settings(), options.file, quick=options.quick) else FAILED


def _restore(options: argparse.Namespace) -> int:
    from app.cli.storage import restore

    print(restore(_settings(), options.file))
    return DONE
