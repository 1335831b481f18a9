"""Every address of a deleted article answers 410, and works again once the article is put back."""

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from starlette.routing import Route

from app.collation.pipeline import ENGINE
from app.db.engine.base import Database
from app.db.tables.comparisons import EvidenceRow
from app.exports import registry
from app.main import SITE
from app.services.articles import store, trash
from app.services.quotations.versions import ensure_quotations
from app.sources.text import draft
from tests.web.comparison.comparing import seeds_path
from tests.web.evidence.test_evidence_files import add_capture, made

Ids = Mapping[str, str]

OF_NO_ARTICLE = re.compile(
    r"/$|/(?:api/v1/?|api/v1/(?:problems|readings|openapi\.json|search|stories|quotations|trash|labels|publishers)|api/search|articles/look"
    r"|articles/new.*|edit-key.*|feed\.atom|keys.*|labels|publishers|quotations|search|search/feed\.atom|waiting|watched|trash.*"
    r"|api/v1/trash/.*)$"
)
"""Addresses in which no article is named; those of the trash, which are for articles that are in it."""

QUERIES: Mapping[str, Mapping[str, str]] = {
    "/compare": {"base": "base", "witness": "witness"},
    "/api/v1/comparisons": {"base": "base", "witness": "witness"},
    "/articles/{article}/history/compare": {"from": "from", "to": "to"},
    "/api/v1/articles/{article}/history": {"sentence": "sentence"},
    "DELETE /api/v1/articles/{article}/labels": {"kind": "kind", "name": "name"},
}
"""Queries that an address does not do without."""

FILTERS = re.compile(
    r"/(?:api/v1/)?(?:notes|log)$|/api/v1/articles$|/articles(?:/(?:labels|delete))?$|/oembed$"
)
"""Addresses of lists, of which one of nothing is no error, and those that take an article in their query."""


@pytest.fixture
def ids(client: TestClient, seeded_db: Database) -> Ids:
    """What addresses of the first seed name: it has two revisions, a note, a capture and a stamped evidence file."""
    path = seeds_path(seeded_db)
    base, witness = path.removeprefix("/compare/").split("..")
    article = store.by_revision(seeded_db, base).article
    capture = add_capture(seeded_db, base)
    note = {"text": "See here.", "status": "check", "public": "on", "about": "row"}
    assert client.post(f"{path}/rows/2/note", data=note).status_code == 303
    (written,) = client.get("/api/v1/notes").json()["items"]
    digest = made(client, path)
    with seeded_db.writing() as session:
        session.execute(update(EvidenceRow).values(token=b"A timestamp"))
    first = store.read(seeded_db, article)
    store.edit(seeded_db, article, draft(first.title, f"{first.text}\n\nMore.", first.publisher), 1)
    quotation = ensure_quotations(seeded_db, base)[0]
    paragraph, start, _ = quotation.places[0]
    return {
        "article": article,
        "base": base,
        "witness": witness,
        "revision": base,
        "number": "2",
        "engine": ENGINE,
        "story": article,
        "quotation": client.get(f"/api/v1/articles/{article}/quotations").json()["items"][0]["id"],
        "capture": capture,
        "note": written["id"],
        "digest": digest,
        "paragraph": str(paragraph),
        "place": str(start),
        "from": "1",
        "to": "2",
        "sentence": "More.",
        "kind": "tag",
        "name": "read",
    }


def routes() -> Iterator[tuple[str, str]]:
    """Yield the pattern and a method of each address, those of the API among them."""
    seen = set()
    for section in SITE:
        module = importlib.import_module(section.module)
        for route in module.router.routes:
            assert isinstance(route, Route)
            seen |= {(route.path, method) for method in route.methods or () if method != "HEAD"}
    yield from sorted(seen)


def keys(path: str) -> list[str]:
    """Return the formats of exports at a pattern, or none."""
    if "{key}" not in path:
        return [""]
    of = registry.OF_COMPARISONS if path.startswith("/compare") else registry.OF_STORIES
    return [each.key for each in (registry.OF_ARTICLES if path.startswith("/articles") else of)]


class Address(NamedTuple):
    """One of the program's addresses."""

    pattern: str
    method: str
    path: str


def addresses(client: TestClient, ids: Ids) -> Iterator[Address]:
    """Yield each address that names something of the article, with its method."""
    patterns = [*routes()]
    document = client.get("/api/v1/openapi.json").json()
    patterns += [(path, method.upper()) for path, methods in document["paths"].items() for method in methods]
    for pattern, method in dict.fromkeys(patterns):
        if OF_NO_ARTICLE.match(pattern) or FILTERS.match(pattern) or method == "PARAMETERS":
            continue
        for key in keys(pattern):
            path = pattern.replace("{key}", key)
            for name, value in ids.items():
                path = path.replace(f"{{{name}}}", value)
            assert "{" not in path, f"{pattern}: the test does not know what to put there"
            query = {
                name: ids[value]
                for name, value in (QUERIES.get(pattern) or QUERIES.get(f"{method} {pattern}", {})).items()
            }
            yield Address(pattern, method, f"{path}?{urlencode(query)}" if query else path)


BODIES: Mapping[str, Any] = {
    "/api/v1/articles/{article}": {"revision": 1, "title": "Another"},
    "/api/v1/articles/{article}/labels": {"kind": "tag", "name": "read"},
    "/api/v1/notes/{note}": {"version": 1, "text": "Another", "status": "check", "public": True},
    "/api/v1/comparisons/{base}..{witness}/notes": {"row": 2, "text": "Another"},
    "/compare/{base}..{witness}/rows/{number}/note": {"text": "Another", "status": "check", "about": "row"},
    "/articles/{article}/watch": {"watch": "stop"},
    "/api/v1/comparisons/{base}..{witness}/evidence": {"captures": []},
    "/articles/{article}/story": {"place": "apart"},
}
"""What is sent to addresses that look at it before anything else. A form with a text is answered with that text."""


def ask(client: TestClient, address: Address) -> Any:
    """Send a valid request to the address."""
    sent = BODIES.get(address.pattern, {"make": "1"})
    if address.method == "GET" or address.method == "DELETE":
        return client.request(address.method, address.path)
    if address.pattern.startswith("/api/"):
        return client.request(address.method, address.path, json=sent)
    return client.request(address.method, address.path, data=sent)


def test_every_address_of_a_deleted_article_says_what_was_there(
    client: TestClient, seeded_db: Database, ids: Ids
) -> None:
    asked = list(addresses(client, ids))
    assert len(asked) > 100
    silent = {each.path for each in asked if each.method == "GET" and ask(client, each).status_code >= 400}
    assert silent == set()
    trash.delete(seeded_db, ids["article"])
    wrong = {}
    for each in asked:
        answer = ask(client, each)
        if answer.status_code != 410 or "China Offers Full Support" not in answer.text:
            wrong[f"{each.method} {each.path}"] = answer.status_code
    assert wrong == {}
    trash.restore(seeded_db, ids["article"])
    proof = f"/evidence/{ids['digest']}"
    assert client.get(proof).status_code == 200
    assert client.get(f"/notes/{ids['note']}/edit").status_code == 200


@pytest.mark.both
def test_an_evidence_file_and_a_note_name_both_texts_whichever_was_deleted(
    client: TestClient, seeded_db: Database, ids: Ids
) -> None:
    """Both come back whole, though the comparison is with an earlier revision of the text that is put back last."""
    first = ids["article"]
    second = store.by_revision(seeded_db, ids["witness"]).article
    proof = f"/evidence/{ids['digest']}"
    trash.delete(seeded_db, second)
    gone = client.get(proof)
    assert gone.status_code == 410
    assert "This evidence file compared two texts" in gone.text
    assert f'<a href="/articles/{first}/revisions/1"' in gone.text
    texts = client.get(f"/api/v1{proof}").json()["texts"]
    assert {text["article"]: bool(text["deleted_at"]) for text in texts} == {first: False, second: True}
    trash.delete(seeded_db, first)
    trash.restore(seeded_db, second)
    for path in (proof, f"{proof}/file", f"/notes/{ids['note']}/edit"):
        assert client.get(path).status_code == 410, path
    trash.restore(seeded_db, first)
    assert client.get(f"{proof}/file").status_code == 200


def test_lists_of_what_a_deleted_article_had_are_gone_and_the_log_stays(
    client: TestClient, seeded_db: Database, ids: Ids
) -> None:
    article, pair = ids["article"], f"{ids['base']}..{ids['witness']}"
    lists = [
        *(f"/notes?article={article}", f"/notes?story={article}", f"/notes?comparison={pair}"),
        *(f"/api/v1/notes?article={article}", f"/api/v1/notes?story={article}"),
    ]
    for path in lists:
        assert "See here." in client.get(path).text, path
    trash.delete(seeded_db, article)
    for path in lists:
        answer = client.get(path)
        assert answer.status_code == 410, path
        assert "China Offers Full Support" in answer.text
        assert client.get(re.sub(r"[a-z2-7]{16}", "a" * 16, path)).status_code == 200, path
    assert client.get("/notes").status_code == 200
    for path in (f"/log?article={article}", f"/api/v1/log?article={article}"):
        assert "China Offers Full Support" in client.get(path).text


def test_a_purged_article_keeps_its_old_addresses_and_an_unknown_digest_is_nothing(
    client: TestClient, seeded_db: Database, ids: Ids
) -> None:
    trash.delete(seeded_db, ids["article"])
    trash.purge(seeded_db, ids["article"])
    assert client.get(f"/evidence/{ids['digest']}").status_code == 410
    other = ids["digest"][:16] + "0" * 48
    for path in (f"/evidence/{'0' * 64}", f"/api/v1/evidence/{'0' * 64}/file", f"/evidence/{'0' * 65}"):
        assert client.get(path).status_code == 404, path
    assert client.get(f"/evidence/{other}").status_code == 404
