"""Figures that count nothing: footnote and list marks, time stamps, telephone numbers, ISBNs, entities, addresses."""

import re

from app.collation.lexicon import rows
from app.collation.patterns import pattern

_MONTHS = "|".join(sorted({name for _, kind, _, name, _ in rows("calendar") if kind == "month"}))
_DAYS = "|".join(
    sorted({name for language, kind, _, name, _ in rows("calendar") if (language, kind) == ("en", "weekday")})
)
_OPENERS = "The|An?|In|On|At|It|He|She|We|They|This|There"
_NO_MONTH = r"(?<!(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.\s)(?<!Sept\.\s)"
_STAMPED = "|".join(
    form
    for word in ("updated", "update", "published", "posted", "filed", "modified", "revised")
    for form in (word, word.capitalize(), word.upper())
)
_LABELS = pattern(
    rf"""
    \[(?:note\ |n\ )?[\d:.,\-–\ ]{{1,12}}\]                      # [4], [12, 13], [note 2], [10:45]
  | \b(?:foot|end)?notes?\ \d{{1,3}}\b(?=[\s)\].,;])             # see note 3
  | ^[ \t]*\[?(?:(?:[Ll]ast|LAST)\ )?(?:{_STAMPED})\ (?:[Aa]t\ )?\d{{1,2}}[:.h]\d\d(?:\ ?[apAP]\.?[mM]\.?)?
    (?:\ ?[A-Z]{{3,4}})?(?:\ ?[:|\]–—]|\.(?=\ [A-Z])|\ -\ )       # Updated 14:32 GMT: before one
  | ^[ \t]*\[\d{{1,2}}[:.h]\d\d(?:\ ?[apAP]\.?[mM]\.?)?(?:\ ?[A-Z]{{3,4}})?\]       # [10:22 GMT] before one
  | ^[ \t]*\d{{1,2}}[:.h]\d\d(?:\ ?[ap]\.?m\.?)?(?:\ ?[A-Z]{{3,4}})?\ ?(?:[|–—]|-\ |:\ )   # 21:07 | before one
  | ^[ \t]*(?:[01]?\d|2[0-3])(?::|h|\.(?=\d\d\ (?:{_OPENERS})\b))[0-5]\d
    (?:\ ?[ap]\.?m\.?)?(?:\ (?:GMT|UTC|[A-Z]{{1,3}}T))?\ +(?=[A-Z“"‘'])(?!(?i:{_DAYS}|{_MONTHS})\b|[A-Z]{{3}}\b)
  | (?<=[^\W\d_][.,!?”"’)\]])\(\d{{1,3}}\)(?=\s|$)                 # .(5)
  | (?<=[^\W\d_])\^\d{{1,3}}\b                                      # word^7
  | ^[ \t]*\(?\d{{1,3}}[.)]\s+(?!(?i:{_MONTHS})\b)(?=\S)         # 2. or (2) before a paragraph, but no 24. April
  | (?<=[.!?:;]\s){_NO_MONTH}\(?\d{{1,2}}\)\s+(?=\S)              # 2) before a sentence, not (Dec. 2)
  | (?<=[.!?:;]\s)(?<!\b[A-Z][a-z]\.\s)(?<!\b[A-Z][a-z][a-z]\.\s){_NO_MONTH}\d{{1,2}}\.\s+(?=[A-Z])  # 2. after one
  | (?:©|\([cC]\)(?=\ ?\d)|Copyright(?=\ (?:©|\d)))[^\n\d]{{0,60}}(?:19|20)\d\d(?:\ ?[-–]\ ?(?:19|20)?\d\d)?\b  # © 2019
  | &\#(?:\d{{1,7}}|[xX][0-9a-fA-F]{{1,6}});                      # &#8212;
  | (?:https?://|www\.)\S+
  | [\w.+-]{{1,64}}@[\w-]+\.[\w.-]+
  | \b(?:ISBN|ISSN|DOI|doi|PMID|EAN)(?:-1[03])?(?:\ (?:is|no\.))?:?\ ?[\dXx./-]+
  | (?<![\w.,])(?:\+\d{{1,3}}[ -.]?|00\d\d[ -]?)(?:\(?\d{{1,4}}\)?[ -./]?){{1,7}}\d{{2,4}}(?!\w|,\d)
  | (?<![\w.,])\(?0\d{{2,4}}\)?[ /-]?\d{{3,8}}(?:[ -]\d{{2,4}}){{0,3}}(?!\w|,\d)   # 0800-123456
  | (?<![\w.,])\(?\d{{3}}\)?[ -.]\d{{3}}-\d{{4}}(?!\w|,\d)                       # 555-123-4567
    """,
    re.VERBOSE | re.MULTILINE,
)
_ITEM = pattern(r"(?:(?<=\A)|(?<=\s))\d{1,2}\)\s+(?=[^\W\d_])")
_SIGNS = (
    "[",
    "@",
    "#",
    "^",
    ")",
    "//",
    "www.",
    "©",
    "Copyright",
    "note",
    "ISBN",
    "ISSN",
    "DOI",
    "doi",
    "PMID",
    "EAN",
)
_FIGURES = tuple(
    (sign, re.compile(pattern)) for sign, pattern in (("+", r"\+\d"), ("0", r"\b0\d"), ("-", r"\d-\d{4}"))
)
_STAMP = re.compile(rf"[ \t]*(?:[Ll]ast |LAST )?(?:{_STAMPED}) ")
_FIGURE_FIRST = pattern(r"^[ \t]*\(?\d", re.MULTILINE)


def without_labels(text: str) -> str:
    """Return a text of the same length with its labels blanked, so that only figures that count are left.

    >>> without_labels("It was built in 1968.[4] Call 0800-123456.").split()
    ['It', 'was', 'built', 'in', '1968.', 'Call', '.']
    """
    if not _may_have_labels(text):
        return text
    if _ITEM.match(text):
        text = _ITEM.sub(_blank, text)  # 1) Peel them 2) Boil them
    return _LABELS.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _may_have_labels(text: str) -> bool:
    """Return whether a text has one of the characters that labels contain: most texts have none."""
    return (
        any(map(text.__contains__, _SIGNS))
        or _STAMP.match(text) is not None
        or (_FIGURE_FIRST.search(text) if "\n" in text else _FIGURE_FIRST.match(text)) is not None
        or any(sign in text and figures.search(text) for sign, figures in _FIGURES)
    )
