"""Read what a page states about its article in JSON-LD, by the vocabulary of schema.org."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

MAX_SCRIPT_CHARS = 4_000_000
"""Characters of a script that are parsed; live blogs with thousands of entries have some 2 million."""

MAX_NODES = 20_000
"""Objects of a page that are looked at."""

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|Review|Recipe|SocialMediaPosting)\Z")
_TAG = re.compile(r"<[^<>]{1,200}>")
_WRAPPING = re.compile(r"\A\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*\Z")


@dataclass(frozen=True, slots=True)
class Stated:
    """What JSON-LD states; each empty where it does not."""

    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    address: str = ""
    body: str = ""
    """The article's text, all entries of a live blog included; for comparing, not for showing."""
    is_free: bool = True
    """Whether everybody may read it."""


def read(root: HtmlElement, titles: tuple[str, ...] = ()) -> Stated:
    """Return what is stated about the page's article; ``titles`` tell it from others that the page lists."""
    nodes: list[Mapping[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            nodes.extend(_nodes(script.text))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return Stated()
    wanted = {_form(title) for title in titles} - {""}
    article = next((node for node in articles if _form(_text(node.get("headline"))) in wanted), articles[0])
    page = next((node for node in nodes if "WebPage" in _types(node)), {})
    return Stated(
        title=_text(article.get("headline")) or _text(article.get("name")),
        publisher=_name(article.get("publisher"), by_id),
        authors=tuple(dict.fromkeys(_persons(article.get("author") or article.get("creator"), by_id))),
        published=_text(article.get("datePublished")) or _text(article.get("dateCreated")),
        language=_text(article.get("inLanguage")) or _text(page.get("inLanguage")),
        address=_address(article),
        body="\n".join(_TAG.sub(" ", _text(node.get("articleBody"))) for node in articles),
        is_free=str(article.get("isAccessibleForFree", True)).lower() != "false",
    )


def texts_in_json(root: HtmlElement, min_paragraphs: int) -> Iterator[str]:
    """Yield what a page's JSON holds of articles: what JSON-LD calls their text, and HTML of so many paragraphs."""
    for script in root.iter("script"):
        kind = (script.get("type") or "").lower()
        if "json" not in kind or not script.text:
            continue
        for node in _nodes(script.text):
            if "ld+json" in kind and not _is_article(node):
                continue
            for key, value in node.items():
                if isinstance(value, str) and (
                    key == "articleBody"
                    if "ld+json" in kind
                    else value.lower().count("</p>") >= min_paragraphs
                ):
                    yield value


def _nodes(script: str) -> Iterator[Mapping[str, Any]]:
    """Yield every object in a script, outer ones first; nothing where it is no JSON."""
    if len(script) > MAX_SCRIPT_CHARS:
        return
    try:
        parsed = json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return
    waiting = [parsed]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))
        elif isinstance(value, list):
            waiting.extend(inner for inner in value if isinstance(inner, dict | list))


def _types(node: Mapping[str, Any]) -> list[str]:
    stated = node.get("@type")
    return [kind for kind in (stated if isinstance(stated, list) else [stated]) if isinstance(kind, str)]


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _types(node))


def _text(value: object) -> str:
    """Return a value as one line of text: a string, or the first of several."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(html.unescape(value)).split())


def _resolved(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> object:
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _name(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> str:
    return next(_names(value, by_id), "")


def _names(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        stated = _resolved(each, by_id)
        names = stated.get("name") if isinstance(stated, dict) else stated
        for name in names if isinstance(names, list) else [names]:
            if text := _text(name):
                yield text


def _persons(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of those authors that are not said to be organisations."""
    for each in value if isinstance(value, list) else [value]:
        stated = _resolved(each, by_id)
        is_body = isinstance(stated, dict) and any(kind.endswith("Organization") for kind in _types(stated))
        if not is_body:
            yield from _names(stated, by_id)


def _address(article: Mapping[str, Any]) -> str:
    main = article.get("mainEntityOfPage")
    for value in (
        article.get("url"),
        main.get("@id") if isinstance(main, dict) else main,
        article.get("@id"),
    ):
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value.strip()
    return ""


def _form(title: str) -> str:
    return re.sub(r"\W+", " ", title).casefold().strip()
