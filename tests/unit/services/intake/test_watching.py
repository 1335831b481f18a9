import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.errors import FetchError
from app.services.articles import store, trash
from app.services.articles.origin import MAX_FAILURES, Watch, origin_in
from app.services.edit_log import Actor, read_log
from app.services.intake import watching
from app.sources.fetching.fetch import Fetcher
from app.sources.text import draft
from tests.unit.sources.fetching.hostile import LedNetwork, Server, answer, fetcher_for, serving

ANN = Actor("Ann Lee", "name")
LINES = (
    "The minister came to the capital on Monday to speak about the harbour, and said little.",
    "He left on Tuesday after a meeting with the mayor, who had been waiting for him since the morning.",
    "Nobody had asked him to come, and nobody asked him to stay for longer than the meeting took.",
)


def page(*lines: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!doctype html><title>A visit</title><article><h1>A visit</h1>{body}</article>".encode()


@pytest.fixture
def site() -> Iterator[Server]:
    with serving() as server:
        server.behaviours["/story"] = answer(page(*LINES))
        yield server


@pytest.fixture
def fetcher(site: Server) -> Fetcher:
    return fetcher_for(LedNetwork(site.port))


def watched(db: Database, address: str = "http://news.example/story") -> str:
    """Add an article whose address is watched; return its id."""
    article = store.add(db, draft("A visit", "\n\n".join(LINES), "The Daily", url=address)).article
    watching.start_watching(db, article, actor=ANN, max_watched=50)
    return article


def look(db: Database, fetcher: Fetcher, day: int) -> bool:
    """Check the page as if so many days had passed."""
    moment = datetime.now(UTC) + timedelta(days=day, minutes=day)
    return watching.look_at_next(db, fetcher, moment, max_text=10**6, max_capture=10**6)


def state(db: Database, article: str) -> Watch:
    with db.reading() as session:
        watch = origin_in(session, article).watch
        assert watch
        return watch


def test_the_first_look_is_a_day_later(db: Database, fetcher: Fetcher, site: Server) -> None:
    watched(db)
    assert not look(db, fetcher, 0)
    assert site.asked == []
    assert look(db, fetcher, 1)


def test_an_unchanged_text_makes_no_revision(db: Database, fetcher: Fetcher) -> None:
    article = watched(db)
    for day in (1, 2, 3):
        assert look(db, fetcher, day)
    assert store.read(db, article).newest == 1
    assert state(db, article).outcome == "The text was unchanged."


def test_a_changed_text_makes_a_revision_and_the_history_says_so(
    db: Database, fetcher: Fetcher, site: Server
) -> None:
    article = watched(db)
    look(db, fetcher, 1)
    site.behaviours["/story"] = answer(page(LINES[0], LINES[1].replace("Tuesday", "Wednesday"), LINES[2]))
    look(db, fetcher, 2)
    stored = store.read(db, article)
    assert stored.newest == 2
    assert any("Wednesday" in line for line in stored.paragraphs)
    assert (stored.publisher, stored.url) == ("The Daily", "http://news.example/story")
    assert state(db, article).outcome == "The text had changed: revision 2."
    change = read_log(db, 1).changes[0]
    assert (change.who, change.known, change.action, change.number) == ("watch", "program", "edit", 2)
    with db.reading() as session:
        capture = origin_in(session, article).captures[0]
    assert (capture.kind, capture.number, capture.is_kept) == ("watch", 2, True)


def test_a_changed_headline_makes_a_revision_too(db: Database, fetcher: Fetcher, site: Server) -> None:
    article = watched(db)
    look(db, fetcher, 1)
    site.behaviours["/story"] = answer(page(*LINES).replace(b"A visit", b"A visit that nobody wanted"))
    look(db, fetcher, 2)
    stored = store.read(db, article)
    assert (stored.newest, stored.title) == (2, "A visit that nobody wanted")
    assert stored.paragraphs == ("A visit that nobody wanted", *LINES)
    look(db, fetcher, 3)
    assert store.read(db, article).newest == 2


def test_a_watched_capture_says_which_fields_its_page_states(
    db: Database, fetcher: Fetcher, site: Server
) -> None:
    article = watched(db)
    look(db, fetcher, 1)
    text = page(*LINES[:2], "Nobody had asked him to come at all.").decode()
    site.behaviours["/story"] = answer(
        text.replace("</title>", '</title><meta name="author" content="Ada Rusk">').encode()
    )
    look(db, fetcher, 2)
    with db.reading() as session:
        sources = origin_in(session, article).captures[0].sources
    assert sources["publisher"] == "before"  # the page names none
    assert sources["address"] == "address"
    assert sources["author"] == "page header"


def test_what_changes_around_the_text_makes_no_revision(db: Database, fetcher: Fetcher, site: Server) -> None:
    article = watched(db)
    look(db, fetcher, 1)
    site.behaviours["/story"] = answer(page(*LINES).replace(b"</article>", b"</article><nav>Most read</nav>"))
    look(db, fetcher, 2)
    assert store.read(db, article).newest == 1


def test_a_notice_in_place_of_the_page_is_not_saved(db: Database, fetcher: Fetcher, site: Server) -> None:
    article = watched(db)
    look(db, fetcher, 1)
    notice = "The whole of this article can be read by those who take the paper every day."
    site.behaviours["/story"] = answer(page(notice))
    look(db, fetcher, 2)
    assert store.read(db, article).newest == 1
    assert "nothing was saved" in state(db, article).outcome


def test_failures_are_told_and_after_many_there_are_no_more_looks(
    db: Database, fetcher: Fetcher, site: Server
) -> None:
    article = watched(db)
    site.behaviours["/story"] = answer(b"No", "404 Not Found")
    for day in range(1, MAX_FAILURES + 1):
        assert look(db, fetcher, day)
    assert "no page at this address" in state(db, article).outcome
    assert state(db, article).is_over
    assert not look(db, fetcher, 100)


def test_robots_txt_holds_for_watching_too(db: Database, fetcher: Fetcher, site: Server) -> None:
    site.behaviours["/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
    article = watched(db)
    look(db, fetcher, 1)
    assert "robots.txt" in state(db, article).outcome


def test_a_host_is_looked_at_once_a_minute(db: Database, fetcher: Fetcher, site: Server) -> None:
    for name in ("story", "other"):
        watched(db, f"http://news.example/{name}")
    other_host = watched(db, "http://other.example/story")
    moment = datetime.now(UTC) + timedelta(days=2)
    at = partial(watching.look_at_next, db, fetcher, max_text=10**6, max_capture=10**6)
    assert [at(moment), at(moment), at(moment)] == [True, True, False]
    assert state(db, other_host).looked_at == moment
    assert at(moment + timedelta(minutes=1))


def test_what_somebody_is_looking_at_is_left_alone(db: Database, fetcher: Fetcher) -> None:
    article = watched(db)
    moment = datetime.now(UTC) + timedelta(days=2)
    with db.writing() as session:
        row = intake_queries.watch(session, article)
        assert row
        row.look_after = moment + watching.CLAIM
        session.add(row)
    assert not watching.is_any_due(db, moment)


def test_what_is_being_looked_at_is_due_for_nobody_else_and_may_be_stopped(
    db: Database, fetcher: Fetcher, site: Server
) -> None:
    article = watched(db)
    moment = datetime.now(UTC) + timedelta(days=2)
    due: list[bool] = []

    def stop_meanwhile(connection: socket.socket, target: str) -> None:
        due.append(watching.is_any_due(db, moment + timedelta(minutes=30)))
        watching.stop_watching(db, article)
        answer(page(*LINES))(connection, target)

    site.behaviours["/story"] = stop_meanwhile
    assert watching.look_at_next(db, fetcher, moment, max_text=10**6, max_capture=10**6)
    assert due == [False]
    with db.reading() as session:
        assert origin_in(session, article).watch is None


def test_no_more_than_the_setting_are_watched(db: Database) -> None:
    watched(db)
    article = store.add(db, draft("Another", "Someone else came.", url="http://news.example/b")).article
    with pytest.raises(watching.TooManyWatchedError, match=r"1 article is watched already"):
        watching.start_watching(db, article, actor=ANN, max_watched=1)


def test_what_is_watched_is_listed_those_that_failed_for_good_first_then_as_they_are_due(
    db: Database,
) -> None:
    articles = [watched(db, f"http://news.example/{name}") for name in "abc"]
    moment = datetime.now(UTC)
    with db.writing() as session:
        for article, due, failures in zip(articles, (9, 3, 36_500), (1, 0, 14), strict=True):
            row = intake_queries.watch(session, article)
            assert row
            row.look_after, row.failures = moment + timedelta(days=due), failures
            session.add(row)
    listed = watching.list_watched(db, 0, 2)
    assert [each.article for each in listed.articles] == [articles[2], articles[1]]
    assert [each.watch.is_over for each in listed.articles] == [True, False]
    assert listed.count == 3
    assert [each.article for each in watching.list_watched(db, 2, 2).articles] == [articles[0]]


@pytest.mark.parametrize("address", ["", "http://news.example:81/"])
def test_an_article_without_an_address_that_is_fetched_is_not_watched(db: Database, address: str) -> None:
    article = store.add(db, draft("A visit", "He came.", url=address)).article
    with pytest.raises(FetchError):
        watching.start_watching(db, article, actor=ANN, max_watched=50)


def test_watching_ends_when_it_is_stopped_or_the_article_goes(
    db: Database, fetcher: Fetcher, site: Server
) -> None:
    first, second = watched(db), watched(db)
    watching.stop_watching(db, first)
    trash.delete(db, second)
    assert not look(db, fetcher, 3)
    assert site.asked == []
