"""What a segment's words say about whether it belongs to the article."""

import re

from app.collation.text import boilerplate_patterns
from app.collation.text.sentences import is_finished
from app.collation.text.words import WORD_PATTERN

LONG_PARAGRAPH = 45
"""Words from which a paragraph inside an article is not taken for a call to subscribe, whatever its words."""

CAPTION_WORDS = 45
NOTE_WORDS = 90

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LEAD_IN = re.compile(r"[^:»>|]{2,30}(?::|»|>|\|)\s*\S")
_CREDIT_LINE = re.compile(
    r"\W?(?:additional |with )?(?:reporting|writing|editing|edited|reported|compiled|rédigé|édité|redaktion)"
    r"(?: and (?:writing|editing|reporting))?(?: by| from| par|:)\s",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|research|to (?:this|the) (?:report|story|article|piece|post))\b"
    r"|\b(?:writers?|reporters?|correspondents?)\b.{0,200}\bcontributed\b"
    r"|\bthis (?:report|story|article) was (?:based on|produced|published)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\W*(?:write to|e-?mail|contact|reach|follow|tweet)\b.*[@\w]"
    r"|.{0,60}\bcan be (?:reached|contacted|followed) (?:at|on|by)\b",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"[(\[|]\s*(?:images?|photos?|pictures?|credits?|courtesy|source|bild|foto|crédit|imagen|graphic|screenshot|video)s?"
    r"\s?(?:[:/]|by\b|courtesy\b|via\b|credit\b)"
    r"|^\W?(?:images?|photos?|pictures?|credits?|bild|foto|crédits?)\s?(?:credits?|by)?\s?:"
    r"|(?:/|via )\s?(?:Getty|AFP|AP|Reuters|REUTERS|EPA|Shutterstock|Alamy|iStock|Bloomberg|Unsplash)\b[^.]{0,30}\W?$"
    r"|\bphotos? (?:by|©)|©",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b")

_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{2,4})?", re.IGNORECASE)


def size(text: str) -> int:
    """Return the words of a text, or what comes to as many in scripts without spaces.

    >>> size("He came to Oslo."), size("彼はオスロに来た")
    (4, 4)
    """
    words = len(WORD_PATTERN.findall(text))
    return words if text.isascii() else max(words, len(_UNSPACED.findall(text)) // 2)


def is_separator(text: str) -> bool:
    """Return whether there is neither a letter nor a digit, as in a line of asterisks."""
    return not any(char.isalnum() for char in text)


def is_lead_in(text: str) -> bool:
    """Return whether a line opens as one that introduces a link: ``Read more: ...``."""
    return bool(_LEAD_IN.match(text))


def is_picture_credit(text: str, words: int) -> bool:
    """Return whether a line is a caption, or the credit of a picture, by naming whose picture it is.

    >>> is_picture_credit("Protesters in masks (Image: GETTY)", 5), is_picture_credit("He was in the picture.", 5)
    (True, False)
    """
    return words <= CAPTION_WORDS and bool(_PICTURE_CREDIT.search(text))


def is_credit_line(text: str) -> bool:
    """Return whether a line says who reported, wrote or edited the article."""
    return bool(_CREDIT_LINE.match(text))


def is_time(text: str) -> bool:
    """Return whether a line is a time of day and nothing else, as above the entries of a live blog.

    >>> is_time("9:41PM"), is_time("18.05 Uhr"), is_time("3:1")
    (True, True, False)
    """
    return bool(_TIME.fullmatch(text))


def is_date_line(text: str, words: int) -> bool:
    """Return whether a short line above the article gives its date or time."""
    return words <= 20 and not is_finished(text) and bool(_DATE.search(text))


def is_call(text: str, words: int) -> bool:
    """Return whether a line inside the article calls to subscribe, read on or follow."""
    return words <= LONG_PARAGRAPH and boilerplate_patterns.is_call(text, words)


def is_closing_note(text: str, words: int) -> bool:
    """Return whether a line at the end is about the authors, the picture, or how to reach the paper."""
    if words > NOTE_WORDS:
        return False
    return (
        boilerplate_patterns.is_call(text, min(words, boilerplate_patterns.CALL_WORDS))
        or is_credit_line(text)
        or bool(_CONTRIBUTED.search(text))
        or (words <= 30 and bool(_CONTACT.match(text)))
    )
