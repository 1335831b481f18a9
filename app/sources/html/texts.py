"""Decide from a segment's words whether it belongs to the article."""

import re
from collections.abc import Iterable

from app.collation.text import boilerplate_patterns
from app.collation.text.normalization import normal_form
from app.collation.text.sentences import is_finished
from app.collation.text.words import WORD_PATTERN

LONG_PARAGRAPH = 45
"""Words from which a paragraph inside an article is not taken for a call to subscribe, whatever its words."""

CAPTION_WORDS = 45
NOTE_WORDS = 90

MAX_NOTICE_CHARS = 300
"""Characters of the longest line that says what is not shown, and why."""

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
_ABOUT_AUTHOR = re.compile(
    r"\W*(?:[A-Z][\w.'’-]+ ){1,4}is (?:an?|the|our|[A-Z][\w'’]+) (?:[\w'’,-]+ ){0,6}?(?:reporter|correspondent|editor"
    r"|columnist|journalist|(?:staff|senior|freelance|science|sports|opinion) writer|freelancer)\b.{0,80}"
    r"\b(?:(?:for|at|with|of) (?:the )?[A-Z]|based (?:in|at)\b|cover(?:s|ing)\b|writes\b|who (?:writes|covers)\b)"
)
_CONSENT = re.compile(
    r"\b(?:we|us|with|to) (?:and )?(?:our|\d[\d,.]*) .{0,40}\bpartners\b.{0,200}\b(?:cookies?|device|data|consent)\b"
    r"|\b(?:we|our (?:website|site|partners))\b.{0,120}\bcookies\b.{0,250}"
    r"\b(?:you (?:agree|accept|consent)|your (?:consent|preferences|choices?|settings)|accept all)\b",
    re.IGNORECASE,
)
_FOR_PAYMENT = re.compile(
    r"\b(?:subscribe|register|sign (?:in|up)|log ?in)\b.{0,60}\bto (?:continue|keep|read|unlock|access|view)\b"
    r"|\bto (?:continue|keep) reading\b.{0,80}\b(?:subscri|register|sign|log|account|trial)"
    r"|\b(?:already|not yet) a (?:subscriber|member)\b|\bfree articles? (?:left|remaining)\b"
    r"|\b(?:for|exclusive to) (?:\w+ )?(?:subscribers|members)(?: only)?\b|\bunlock (?:this|the) (?:article|story)\b"
    r"|\bbereits abonnent|\bjetzt (?:weiterlesen|abonnieren)\b|\b(?:nur )?für abonnenten\b"
    r"|\bdéjà abonné|\bréservé(?:e|s)? (?:à nos |aux )abonnés\b|\b(?:già|sei) abbonato\b|\bper continuare a leggere\b"
    r"|\bpara (?:seguir|continuar) leyendo\b|\bya (?:eres|soy) suscriptor",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"\b(?:enable|turn on|allow) (?:javascript|js|cookies)\b|\bjavascript is (?:disabled|required|not)\b"
    r"|\b(?:are|that) you(?:['’]re| are)? (?:not )?a (?:robot|human|bot)\b"
    r"|\bverify(?:ing)? (?:that )?you are (?:a )?human\b"
    r"|\bchecking (?:if the site connection|your browser)\b|\bunusual (?:traffic|activity)\b|\bcaptcha\b"
    r"|\baccess (?:to this page )?(?:has been )?denied\b",
    re.IGNORECASE,
)
_NO_SUCH_PAGE = re.compile(
    r"\b404\b|\b(?:page|article|file) (?:was |could )?not (?:be )?found\b"
    r"|\b(?:could not|couldn['’]t|cannot|can['’]t) find (?:the|that|this) page\b"
    r"|\bpage .{0,40}\b(?:does not|doesn['’]t|no longer) exist"
    r"|\bpage (?:introuvable|non trouvée)|\bseite nicht gefunden|\bpágina no encontrada|\bpagina non trovata",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"[(\[|]\s*(?:images?|photos?|pictures?|credits?|courtesy|source|bild|foto|crédit|imagen|graphic|screenshot|video)s?"
    r"\s?(?:[:/]|by\b|courtesy\b|via\b|credit\b)"
    r"|(?:^\W?|[.!?)”\"] )(?:images?|photos?|photographs?|pictures?|credits?|bild|foto|crédits?)\s?(?:credits?|by)?\s?:"
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


def is_consent(text: str, words: int) -> bool:
    """Return whether a line asks for consent to cookies, or to what a site does with data.

    >>> is_consent("We and our 12 partners store and read information on your device.", 12)
    True
    """
    return words <= NOTE_WORDS and bool(_CONSENT.search(text))


def asks_for_payment(lines: Iterable[str]) -> bool:
    """Return whether a page asks to subscribe or sign in before one may read on.

    >>> asks_for_payment(["Subscribe to continue reading"]), asks_for_payment(["He subscribes to that view."])
    (True, False)
    """
    return any(len(line) <= MAX_NOTICE_CHARS and _FOR_PAYMENT.search(line) for line in lines)


def said_in_place(lines: Iterable[str]) -> str:
    """Return what a page says that stands in place of another, as the rest of "This page seems to ..."; else nothing.

    >>> said_in_place(["Just a moment", "Enable JavaScript and cookies to continue"])
    'check whether its reader is a person'
    """
    short_lines = [line for line in lines if len(line) <= MAX_NOTICE_CHARS]
    if any(_NO_SUCH_PAGE.search(line) for line in short_lines):
        return "say that there is no such page"
    return (
        "check whether its reader is a person" if any(_CHALLENGE.search(line) for line in short_lines) else ""
    )


def is_in_any(quotation: str, paragraphs: str) -> bool:
    """Return whether a quotation's words are in one of the paragraphs, marks at its ends aside.

    ``paragraphs`` are their normal forms, a line each.

    >>> is_in_any("“We stay,” he said", '"we stay," he said on monday.'), is_in_any("“We go”", "we stay")
    (True, False)
    """
    form = normal_form(quotation).strip("\"'.,;:!?…—- ")
    return bool(form) and form in paragraphs


def is_closing_note(text: str, words: int) -> bool:
    """Return whether a line at the end is about the authors, the picture, or how to reach the paper."""
    if words > NOTE_WORDS:
        return False
    return (
        boilerplate_patterns.is_call(text, min(words, boilerplate_patterns.CALL_WORDS))
        or is_credit_line(text)
        or bool(_CONTRIBUTED.search(text))
        or bool(_ABOUT_AUTHOR.match(text))
        or (words <= 30 and bool(_CONTACT.match(text)))
    )
