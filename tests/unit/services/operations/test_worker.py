import logging
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.index import fingerprints as fingerprint_index
from app.db.queries import relations as relation_queries
from app.services import processes
from app.services.articles import store
from app.services.operations import worker as worker_module
from app.services.operations.backlog import Backlog, Waiting
from app.services.operations.worker import (
    EXIT_BUSY,
    RELATED_PER_TRANSACTION,
    BackgroundWorker,
    taking_turn,
    work_off_backlog,
)
from app.services.processes import start_process
from app.services.quotations import extract
from app.services.relations import reindex, relate
from app.services.stories import library
from app.settings import Settings
from app.sources.text import draft
from tests import forked
from tests.unit.services.texts import paragraphs, text

COUNT = 3 * RELATED_PER_TRANSACTION
LONG = 300.0
"""Seconds: a worker of low priority beside a busy run takes its time."""


@pytest.fixture(autouse=True)
def _forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork the worker's processes, which takes a fraction of the work; tests of ``serve`` start them as it does."""
    monkeypatch.setattr(processes, "get_context", lambda method: forked.context)


@pytest.fixture
def expected(db: Database) -> dict[str, list[str]]:
    """Empty the index of the library; return each article's expected relatives by its revision."""
    quoted = "“We shall keep the bridge open until the last train has left,” Anna Moll said."
    refs = [
        store.add(
            db,
            draft(f"Title {n}", text(paragraphs(n % 9, 3), [quoted] * (n % 9 < 3), paragraphs(100 + n, 1))),
        )
        for n in range(COUNT)
    ]
    related = {ref.revision: relatives(db, ref.revision) for ref in refs}
    with db.writing() as session:
        reindex.clear_index(session)
    return related


def relatives(db: Database, revision: str) -> list[str]:
    relatives_of = relate.ensure_relations(db, revision)
    return sorted(
        relative.article.revision
        for relative in (*relatives_of.reuse, *relatives_of.quoting, *relatives_of.same_story)
    )


def waiting(db: Database) -> Waiting:
    return Backlog(db).waiting()


def until(condition: Callable[[], bool], seconds: float = LONG) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_waits_is_indexed_related_and_quoted(
    db: Database, settings: Settings, expected: dict[str, list[str]]
) -> None:
    assert waiting(db) == Waiting(COUNT, COUNT, COUNT, "off")
    work_off_backlog(settings.url, LONG)
    assert waiting(db) == Waiting(0, 0, 0, "off")
    assert {revision: relatives(db, revision) for revision in expected} == expected
    assert reindex.is_index_complete(db)


def test_a_stint_that_is_over_leaves_the_rest_for_the_next(
    db: Database, settings: Settings, expected: dict[str, list[str]]
) -> None:
    backlogs, pairs = [], []
    while waiting(db).anything:
        with suppress(SystemExit):
            work_off_backlog(settings.url, 0)
        backlogs.append((waiting(db).to_compare, waiting(db).to_quote))
        pairs.append(waiting(db).pairs)
    assert backlogs[:3] == [
        (COUNT - RELATED_PER_TRANSACTION, COUNT - extract.EXTRACTED_PER_TRANSACTION),
        (COUNT - 2 * RELATED_PER_TRANSACTION, 0),
        (0, 0),
    ]
    assert set(backlogs[3:]) == {(0, 0)}
    assert pairs[2:] == list(range(len(pairs) - 3, -1, -1))  # one comparison a stint
    assert {revision: relatives(db, revision) for revision in expected} == expected


def test_a_worker_that_is_killed_leaves_each_batch_whole_or_absent(
    db: Database, settings: Settings, expected: dict[str, list[str]]
) -> None:
    for done in (0, RELATED_PER_TRANSACTION):
        process = start_process(work_off_backlog, settings.url, LONG)
        until(lambda: waiting(db).to_compare < COUNT - done)  # noqa: B023  # it is asked within this turn of the loop
        process.kill()
        process.join()
        assert waiting(db).to_compare % RELATED_PER_TRANSACTION == 0
    assert waiting(db).anything
    work_off_backlog(settings.url, LONG)
    assert {revision: relatives(db, revision) for revision in expected} == expected
    assert {entry.count for entry in library.read_page(db).entries} <= {COUNT // 9, COUNT // 9 + 1}


def test_the_worker_runs_in_the_background_and_stops_at_once(
    db: Database, settings: Settings, expected: dict[str, list[str]]
) -> None:
    worker = BackgroundWorker(db, settings.url)
    assert worker.backlog.waiting().doing == "off"
    worker.start()
    until(lambda: waiting(db).to_compare < COUNT)
    assert worker.backlog.waiting().doing == "working"
    began = time.monotonic()
    worker.stop()
    assert time.monotonic() - began < 2
    backlog = waiting(db)
    time.sleep(0.3)
    assert waiting(db) == backlog
    again = BackgroundWorker(db, settings.url)
    again.start()
    until(lambda: not waiting(db).anything)
    until(lambda: worker.backlog.waiting().doing == "off")
    again.stop()
    assert {revision: relatives(db, revision) for revision in expected} == expected


def test_what_an_import_from_another_process_leaves_is_found(
    db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.05)
    refs = [store.add(db, draft(f"Title {n}", text(paragraphs(1, 2)))) for n in range(2)]
    worker = BackgroundWorker(db, settings.url)
    worker.start()
    until(lambda: worker.backlog.waiting().doing == "idle")
    with db.writing() as session:
        relation_queries.clear(session)
        fingerprint_index.mark_related(session, [ref.revision for ref in refs], related=False)
    until(lambda: not waiting(db).anything)
    worker.stop()
    assert relatives(db, refs[0].revision) == [refs[1].revision]


def test_only_one_process_has_the_turn(db: Database, settings: Settings) -> None:
    other = connect(settings.url)
    with db.turn() as has_turn, other.turn() as other_has_turn:
        assert has_turn
        assert not other_has_turn
    with other.turn() as has_turn:
        assert has_turn
    other.dispose()


def test_one_of_two_servers_works_and_the_other_takes_over(
    db: Database, settings: Settings, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.05)
    other = connect(settings.url)
    first, second = BackgroundWorker(db, settings.url), BackgroundWorker(other, settings.url)
    first.start()
    until(lambda: first.backlog.waiting().doing == "working")
    second.start()
    until(lambda: second.backlog.waiting().doing == "elsewhere")
    assert first.backlog.waiting().doing == "working"
    first.stop()
    until(lambda: second.backlog.waiting().doing in ("working", "idle"))
    until(lambda: not waiting(db).anything)
    second.stop()
    other.dispose()
    assert {revision: relatives(db, revision) for revision in expected} == expected


def hold_the_turn(url: str) -> None:
    while True:  # a watcher may hold the turn at just this moment
        with connect(url).turn() as has_turn:
            if has_turn:
                time.sleep(LONG)


def test_a_process_that_dies_gives_up_its_turn(db: Database, settings: Settings) -> None:
    process = start_process(hold_the_turn, settings.url)

    def is_taken() -> bool:
        with db.turn() as has_turn:
            return not has_turn

    until(is_taken)
    process.kill()
    process.join()
    until(lambda: not is_taken())


def test_while_another_has_its_turn_it_waits_and_says_so(
    db: Database, settings: Settings, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.05)
    worker = BackgroundWorker(db, settings.url)
    with taking_turn(db):
        worker.start()
        until(lambda: worker.backlog.waiting().doing == "elsewhere")
        assert waiting(db).to_compare == len(expected)
    until(lambda: waiting(db).to_compare < len(expected))
    worker.stop()


def test_a_command_goes_on_beside_a_turn_that_does_not_end(
    db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "MAX_TURN_WAIT_SECONDS", 0.2)
    other = connect(settings.url)
    messages: list[str] = []
    with other.turn(), taking_turn(db, messages.append), db.turn() as has_turn:
        assert not has_turn
    assert len(messages) == 1
    with taking_turn(db, messages.append):
        assert len(messages) == 1
    other.dispose()


def broken(*_: object) -> None:
    sys.exit("It broke.")


def test_an_error_is_logged_and_shown_and_not_retried_at_once(
    db: Database,
    settings: Settings,
    expected: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    started = []

    def apart_once(_: object, *arguments: object) -> object:
        started.append(arguments)
        return start_process(broken, *arguments)

    monkeypatch.setattr(worker_module, "start_process", apart_once)
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.01)
    worker = BackgroundWorker(db, settings.url)
    with caplog.at_level(logging.ERROR):
        worker.start()
        until(lambda: worker.backlog.waiting().doing == "failed")
        time.sleep(0.2)
    worker.stop()
    assert len(started) == 1
    assert "ended with code 1" in caplog.text
    assert waiting(db).to_compare == len(expected)


def test_a_long_lock_ends_the_stint_without_an_error(
    db: Database, settings: Settings, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "connect", partial(connect, busy_seconds=0.1))
    with db.writing(), pytest.raises(SystemExit) as end:
        work_off_backlog(settings.url, LONG)
    assert end.value.code == EXIT_BUSY
    assert waiting(db).to_compare == len(expected)


def test_a_database_that_can_only_be_read_is_left_alone(
    db: Database, settings: Settings, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "read_only", True)
    worker = BackgroundWorker(db, settings.url)
    worker.start()
    assert worker.backlog.waiting() == Waiting(len(expected), len(expected), COUNT, "off")
    worker.stop()


def test_an_article_that_waits_to_be_indexed_is_when_its_page_is_opened(
    db: Database, expected: dict[str, list[str]]
) -> None:
    first, *_ = expected
    assert relatives(db, first) == []
    assert waiting(db).to_compare == COUNT - 1
    for revision in expected:
        relatives(db, revision)
    assert {revision: relatives(db, revision) for revision in expected} == expected
