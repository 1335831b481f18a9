"""Every way to read, download, search, delete and put back what is stored, for two stored articles."""

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from app.evidence.verdict import CONSISTENT, verify
from app.exports.registry import OF_ARTICLES, OF_COMPARISONS, OF_STORIES
from bench.attack.sending import Request, Sender

QUERY_CHARS = 300
"""Characters of the text that it is searched by."""


def pages_of_articles(sent: Sender, article: str, text: str) -> Iterator[Request]:
    """Read the pages that belong to one article, and search for it."""
    id = article.removeprefix("/articles/")
    query = urlencode({"q": text[:QUERY_CHARS]})
    for path, name in (
        (f"{article}/history", "history"),
        (f"{article}/delete", "question before deleting"),
        (f"{article}/story", "parting from a story"),
        (f"/search?{query}", "search in texts"),
        (f"/search/feed.atom?{query}", "feed of a search"),
        ("/feed.atom", "feed"),
        (f"/stories/{id}/feed.atom", "feed of a story"),
        ("/labels", "labels"),
        ("/publishers", "publishers"),
        ("/log", "log"),
    ):
        yield sent(f"first: {name}", "GET", path)[0]
        yield sent(f"again: {name}", "GET", path)[0]
    yield sent("synopsis", "GET", f"/stories/{id}/paragraphs")[0]
    yield sent("again: synopsis", "GET", f"/stories/{id}/paragraphs")[0]
    yield sent("wordings of a paragraph", "GET", f"/stories/{id}/paragraphs/1")[0]
    yield sent("again: wordings of a paragraph", "GET", f"/stories/{id}/paragraphs/1")[0]
    yield sent("synopsis as json", "GET", f"/stories/{id}/paragraphs.json")[0]


def exports(sent: Sender, article: str, compare: str) -> Iterator[Request]:
    """Download a comparison, an article and a story in every format, and the share pictures."""
    for comparison_form in OF_COMPARISONS:
        yield sent(f"export {comparison_form.key}", "GET", f"{compare}/export/{comparison_form.key}")[0]
    for article_form in OF_ARTICLES:
        path = f"{article}/revisions/1/export/{article_form.key}"
        yield sent(f"export an article as {article_form.key}", "GET", path)[0]
    story = article.replace("/articles/", "/stories/")
    for story_form in OF_STORIES:
        yield sent(f"export a story as {story_form.key}", "GET", f"{story}/export/{story_form.key}")[0]
    for path, name in (
        (f"{compare}/export", "ways to take it away"),
        (f"/oembed?{urlencode({'url': f'http://localhost{compare}'})}", "preview for other sites"),
    ):
        yield sent(f"again: {name}", "GET", path)[0]
    for path, name in (("card.png", "share picture"), ("rows/1/card.png", "share picture of a row")):
        yield sent(name, "GET", f"{compare}/{path}")[0]


def evidence(sent: Sender, compare: str) -> Iterator[Request]:
    """Make an evidence file, download it, and check it as its recipient would."""
    request, _ = sent("make evidence", "POST", f"{compare}/evidence", data={"editor": "Ann"})
    yield request
    request, page = sent("again: evidence", "GET", f"{compare}/evidence")
    yield request
    digest = re.search(r"/evidence/([0-9a-f]{64})", page.text if page is not None else "")
    if digest is None:
        return
    request, file = sent("evidence file", "GET", f"/evidence/{digest[1]}/file")
    yield request
    if file is not None and file.status_code == 200:
        yield sent.timed("check the evidence file", lambda: _verified(file.content))


def _verified(content: bytes) -> int:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return 200 if verify(Path(file.name), io.StringIO()) == CONSISTENT else 500


def api(sent: Sender, article: str, compare: str, text: str) -> Iterator[Request]:
    """Read all of it through the API, and write to it."""
    id = article.removeprefix("/articles/")
    pair = compare.removeprefix("/compare/")
    v1 = "/api/v1"
    for path in (
        f"/articles/{id}",
        f"/articles/{id}/related",
        f"/articles/{id}/quotations",
        f"/articles/{id}/revisions/1",
        f"/search?{urlencode({'q': text[:QUERY_CHARS]})}",
        f"/comparisons/{pair}",
        f"/comparisons/{pair}/findings",
        f"/comparisons?base={id}&witness={id}",
        "/stories",
        f"/stories/{id}",
        "/quotations",
        "/log",
    ):
        yield sent(f"api: {path.partition('?')[0].replace(id, '1').replace(pair, '1..2')}", "GET", v1 + path)[
            0
        ]
    given = {"title": "By the API", "text": text, "again": True}
    yield sent("api: add", "POST", f"{v1}/articles", json=given)[0]
    yield sent("api: edit", "PATCH", f"{v1}/articles/{id}", json={"revision": 1, "text": f"No. {text}"})[0]


def deletion(sent: Sender, article: str) -> Iterator[Request]:
    """Delete an article, look at it in the trash, put it back, and at last remove it for good."""
    trashed = article.replace("/articles/", "/trash/")
    yield sent("delete", "POST", f"{article}/delete")[0]
    yield sent("again: trash", "GET", "/trash")[0]
    yield sent("again: in the trash", "GET", trashed)[0]
    yield sent("put back", "POST", f"{trashed}/restore")[0]
    yield sent("again: article put back", "GET", article)[0]
    yield sent("delete once more", "POST", f"{article}/delete")[0]
    yield sent("remove for good", "POST", f"{trashed}/purge")[0]
    yield sent("again: tombstone", "GET", article)[0]
