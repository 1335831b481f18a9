"""The five seed articles as sides of a comparison."""

import tomllib

from app.collation.model import Side
from app.collation.text import boilerplate, paragraphs
from app.resources import folder


def sides() -> dict[str, Side]:
    """Return each seed by its file name's first word: ``newsweek``, ``repost``, ``atlas``, ``warsaw``, ``wsws``."""
    sides_by_name: dict[str, Side] = {}
    for entry in tomllib.loads((folder("seeds") / "manifest.toml").read_text("utf-8"))["article"]:
        lines = paragraphs.split((folder("seeds") / entry["file"]).read_text("utf-8"))
        text = paragraphs.with_title(entry["title"], lines)
        headline = paragraphs.headline(entry["title"], text)
        sides_by_name[entry["file"].split("-")[0]] = Side(
            revision=entry["id"],
            title=entry["title"],
            paragraphs=text,
            headline=headline,
            furniture=boilerplate.guess(text, headline),
            article=entry["id"],
            publisher=entry["publisher"],
            author=entry["author"],
            published_on=entry["published_on"],
        )
    return sides_by_name
