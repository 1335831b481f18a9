import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.cli.main import DONE, FAILED, WRONG_INPUT, main
from app.db.engine.base import Database
from app.services.operations.database import open_database
from app.services.stories import library
from app.settings import Settings

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", settings.url)


def exit_code(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments)
    return exit_info.value.code


def test_help_lists_the_commands_the_exit_codes_and_the_settings(capsys: Captured) -> None:
    assert exit_code("--help") == DONE
    output = capsys.readouterr().out
    for command in ("serve", "migrate", "seed", "collate", "backup", "check", "restore"):
        assert f"    {command} " in output
    assert "exit codes: 0 done; 1" in output
    for name in Settings.model_fields:
        assert f"VARIORUM_{name.upper()}" in output


@pytest.mark.parametrize("command", ["serve", "migrate", "seed", "collate", "backup", "check", "restore"])
def test_each_command_has_help(command: str, capsys: Captured) -> None:
    assert exit_code(command, "--help") == DONE
    assert f"usage: variorum {command}" in capsys.readouterr().out


def test_the_version_is_printed(capsys: Captured) -> None:
    assert exit_code("--version") == DONE
    assert capsys.readouterr().out == f"Variorum {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [(), ("none",), ("collate",), ("backup",), ("serve", "--port", "x"), ("serve", "--port", "65536")],
)
def test_a_wrong_command_line_is_reported(arguments: tuple[str, ...], capsys: Captured) -> None:
    assert exit_code(*arguments) == WRONG_INPUT
    assert "usage: variorum" in capsys.readouterr().err


def test_migrate_makes_the_database_and_finds_it_up_to_date_the_next_time(
    settings: Settings, capsys: Captured
) -> None:
    assert main(["migrate"]) == DONE
    assert "was updated" in capsys.readouterr().out
    assert main(["migrate"]) == DONE
    assert "is up to date" in capsys.readouterr().out
    db = open_database(settings)
    assert library.read_page(db).articles == 0  # only serve and seed bring the seeds
    db.dispose()


def test_seed_brings_the_seeds_once(settings: Settings, capsys: Captured) -> None:
    assert main(["seed"]) == main(["seed"]) == DONE
    assert capsys.readouterr().out == "5 seed articles were added.\n0 seed articles were added.\n"
    db = open_database(settings)
    assert library.read_page(db).articles == 5
    db.dispose()


def test_backup_copies_the_database_and_replaces_nothing(
    seeded_db: Database, tmp_path: Path, capsys: Captured
) -> None:
    copy = tmp_path / "copy.db"
    assert main(["backup", str(copy)]) == DONE
    assert str(copy) in capsys.readouterr().out
    restored = open_database(Settings(database_url=f"sqlite:///{copy}"))
    assert library.read_page(restored) == library.read_page(seeded_db)
    restored.dispose()
    assert main(["backup", str(copy)]) == WRONG_INPUT
    assert "already exists" in capsys.readouterr().err


def test_backup_without_a_database_makes_none(settings: Settings, tmp_path: Path, capsys: Captured) -> None:
    assert main(["backup", str(tmp_path / "copy.db")]) == FAILED
    assert "There is no database at" in capsys.readouterr().err
    assert not settings.data_dir.exists()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("VARIORUM_PORT", "eight", "VARIORUM_PORT: "),
        ("VARIORUM_PUBLIC_URL", "variorum.example", "VARIORUM_PUBLIC_URL: "),
        ("VARIORUM_DATABASE_URL", "mysql://localhost/x", "cannot use a database of the kind mysql"),
        ("VARIORUM_DATABASE_URL", "nonsense", "not the address of a database"),
    ],
)
def test_a_wrong_setting_is_reported(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["migrate"]) == WRONG_INPUT
    assert says in capsys.readouterr().err


def test_collate_loads_neither_the_database_nor_the_web() -> None:
    program = (
        "import sys; from app.cli.main import main; main(['collate', '--jsonl'])\n"
        "slow = {'sqlalchemy', 'sqlmodel', 'alembic', 'fastapi', 'pydantic'}\n"
        "print(sorted(slow & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        input="",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


LATE_ROOMS = """
    app.batch app.collation.precedence app.collation.synopsis app.evidence app.exports app.sources.captures
    app.sources.html app.sources.mail app.sources.office app.sources.pdf app.web.api app.web.feeds
    app.web.pages.comparison app.web.pages.exports app.web.pages.findings app.web.pages.intake app.web.pages.notes
    app.web.pages.quotations app.web.pages.search app.web.pages.stories app.web.pages.table app.web.routes.desk
    app.web.routes.intake
""".split()
"""What nobody needs before they ask for it."""


def test_serve_loads_only_what_its_start_needs_and_looks_for_no_garbage_meanwhile() -> None:
    """Readers of files, migrations, drawing and nearly all routes are loaded by the first request that needs them."""
    program = (
        "import gc, sys; from app.cli.main import main\n"
        "found = []; gc.callbacks.append(lambda phase, _: found.append(phase))\n"
        "main(['serve', '--port', sys.argv[1]])\n"
        "late = {'PIL', 'alembic', 'charset_normalizer', 'lxml', 'prometheus_client', 'psycopg', 'pypdfium2',\n"
        "        'rfc3161_client', 'trafilatura', 'warcio'}\n"
        "rooms = tuple(sys.argv[2:])\n"
        "loaded = [name for name in sys.modules if name.split('.')[0] in late or name.startswith(rooms)]\n"
        "print(sorted(loaded), gc.isenabled(), len(found) < 20)"
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that it goes no further
        done = subprocess.run(
            [sys.executable, "-c", program, str(taken.getsockname()[1]), *LATE_ROOMS],
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout == "[] True True\n", done.stderr
