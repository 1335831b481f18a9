"""The article's text as a page states it for machines: evidence of what readers see, or the only text there is."""

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

GRAM = 4
MIN_WITNESSED_WORDS = 5
MIN_SHARE = 0.8

_WORD = re.compile(r"\w+")
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


class Witness:
    """Word 4-grams of a text, to ask whether a paragraph is in it."""

    def __init__(self, text: str) -> None:
        self._grams = set(_grams(text))

    def __bool__(self) -> bool:
        return bool(self._grams)

    def has(self, paragraph: str) -> bool:
        """Return whether most of a paragraph, of some words at least, is in the text."""
        if not self._grams:
            return False
        grams = _grams(paragraph)
        return len(grams) > MIN_WITNESSED_WORDS - GRAM and sum(
            g in self._grams for g in grams
        ) >= MIN_SHARE * len(grams)


def _grams(text: str) -> list[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
