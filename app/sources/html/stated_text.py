"""Find the article that a page holds for its scripts alone: in JSON-LD, in JSON, in elements shown without scripts."""

import html
import re

from lxml.html import HtmlElement, fragment_fromstring

from app.sources.html import json_ld
from app.sources.html.texts import size

MIN_WORDS = 60
"""Words from which a text that scripts would draw is taken for the article."""

MIN_TIMES_LONGER = 3
"""How many times as many words it must have as what the page shows without scripts."""

MIN_PARAGRAPHS = 3
"""Paragraphs of HTML in JSON that is no JSON-LD, from which it is taken for an article and not for a teaser."""

_BREAK = re.compile(r"\s*\n\s*")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ELEMENTS = ("noscript", "template")


def draw_stated_text(root: HtmlElement, shown_words: int) -> bool:
    """Put the article that only scripts would show in place of the page's body; return whether there is one."""
    body = root.find("body")
    if body is None:
        return False
    least = max(MIN_WORDS, MIN_TIMES_LONGER * shown_words)
    stated = max(json_ld.texts_in_json(root, MIN_PARAGRAPHS), key=_words, default="")
    if _words(stated) >= least:
        article = fragment_fromstring(_as_html(stated), create_parent="article")
        for child in list(body):
            if child.tag != "script":
                body.remove(child)
        body.text = ""
        body.insert(0, article)
        return True
    hidden = [element for element in body.iter(*_ELEMENTS) if _words("".join(element.itertext())) >= least]
    for element in hidden[:1]:
        element.tag = "article"
    return bool(hidden)


def _words(text: str) -> int:
    return size(_TAG.sub(" ", text))


def _as_html(text: str) -> str:
    if "</p>" in text.lower() or "<br" in text.lower():
        return text
    lines = _BREAK.split(html.unescape(_TAG.sub(" ", text)).strip())
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)
