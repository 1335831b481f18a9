"""Two server processes on one PostgreSQL: acknowledged articles survive, whichever of the three ends meanwhile."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from app.db.engine.base import Database
from app.services.articles import store
from app.services.operations.database import open_database
from app.services.relations import relate
from app.services.stories.story import read_story
from app.settings import Settings
from app.sources.text import draft
from tests import postgresql
from tests.forked import forked_server
from tests.postgresql import Cluster
from tests.unit.services.texts import paragraphs, text

pytestmark = pytest.mark.postgresql

VERSIONS = [(family, number) for number in range(3) for family in range(6)]
"""Stories, and the versions of their text."""


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that a test may stop."""
    try:
        with postgresql.running() as cluster:
            yield cluster
    except postgresql.MissingServerError as error:
        pytest.skip(f"PostgreSQL does not run here: {error}")


def version(family: int, number: int) -> tuple[str, str]:
    """Return the title and text of one version: each omits another paragraph and ends with one of its own."""
    ending = paragraphs(100 + 10 * family + number, 1)
    return f"Report {family}.{number}", text(paragraphs(family)[number % 3 :], ending)


def bring(address: str, family: int, number: int) -> httpx2.Response | None:
    """Post a version and return the answer; None if the server ended before it answered."""
    title, body = version(family, number)
    try:
        return httpx2.post(
            f"{address}/articles", data={"title": title, "text": body, "again": "1"}, timeout=60
        )
    except httpx2.TransportError:
        return None


def bring_all(addresses: Sequence[str], keys: Sequence[tuple[int, int]]) -> Iterator[httpx2.Response | None]:
    """Post several versions, four at a time and to the servers in turn, and yield the answers."""
    with ThreadPoolExecutor(4) as threads:
        answers = (threads.submit(bring, addresses[sum(key) % len(addresses)], *key) for key in keys)
        yield from (pending.result() for pending in list(answers))


def stories_and_kinds(db: Database) -> tuple[set[frozenset[str]], dict[tuple[str, str], str]]:
    """Return the stories and the kinds of the relations, by the articles' titles."""
    entries = store.choices(db, "", 100)
    kinds: dict[tuple[str, str], str] = {
        (entry.title, other.title): relation.kind
        for entry in entries
        for other in entries
        if (relation := relate.stored_relation(db, entry.revision, other.revision))
    }
    read = (read_story(db, entry.article) for entry in entries)
    return {frozenset(member.entry.title for member in story.articles) for story in read}, kinds


def test_acknowledged_articles_survive_the_end_of_any_server(own_cluster: Cluster) -> None:
    settings = Settings(database_url=own_cluster.url(own_cluster.make()))
    with forked_server(settings) as (_, staying):
        with forked_server(settings) as (ending, other):
            answers = []
            for answer in bring_all([staying, other], VERSIONS):
                answers.append(answer)
                if len(answers) == len(VERSIONS) // 3:
                    ending.kill()
        stored = {answer.headers["location"].partition("?")[0] for answer in answers if answer is not None}
        assert None in answers
        assert len(stored) >= len(VERSIONS) // 3

        db = open_database(settings)
        stored_titles = {entry.title for entry in store.choices(db, "", 100)}
        missing = [key for key in VERSIONS if version(*key)[0] not in stored_titles]
        last, rest = missing[:1], missing[1:]
        assert all(answer is not None and answer.status_code == 303 for answer in bring_all([staying], rest))

        own_cluster.stop()
        for answer in (httpx2.get(staying, timeout=60), bring(staying, *last[0])):
            assert answer is not None
            assert answer.status_code == 503
            assert "The database server cannot be reached just now." in answer.text
            assert "Try again in a moment." in answer.text
        own_cluster.start()
        assert httpx2.get(f"{staying}/health", timeout=60).status_code == 200
        assert all(answer is not None and answer.status_code == 303 for answer in bring_all([staying], last))
        assert all(httpx2.get(f"{staying}{path}", timeout=60).status_code == 200 for path in stored)

    fresh = open_database(Settings(database_url=own_cluster.url(own_cluster.make())))
    seeds = {entry.title for entry in store.choices(db, "", 100)} - {version(*key)[0] for key in VERSIONS}
    for key in reversed(VERSIONS):
        store.add(fresh, draft(*version(*key)))
    stories, kinds = stories_and_kinds(db)
    again = (
        {titles for titles in stories if not titles & seeds},
        {pair: kinds[pair] for pair in kinds if pair[0] not in seeds},
    )
    assert again == stories_and_kinds(fresh)
    db.dispose()
    fresh.dispose()
