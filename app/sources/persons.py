"""Tell a person from a desk, a newsroom or an agency among those who sign an article."""

import re
from functools import cache

from app.collation import lexicon

_COLLECTIVE = frozenset(
    "staff newsroom newsdesk desk team bureau editors editorial redaktion redaktionen rédaction redaction redacción"
    " redazione redactie redakcja redakce toimitus agency agencies agence agences agentur agenturen agencia agencias"
    " agenzia agenzie wire wires newswire editor author authors contributor contributors correspondent correspondents"
    " reporter reporters webmaster admin administrator moderator anonymous unknown".split()
)
"""Words for those who sign together, or for what they do instead of their name."""

_MEDIA = frozenset(
    "press presse prensa stampa news media times service services radio tv network magazine podcast post".split()
)
"""Words in the names of agencies and papers, some of which are surnames too: Bill Press."""

_FUNCTION_WORDS = frozenset(
    "the of our your from for to in on at and notre unserer unsere nuestra nostra".split()
)
"""Words that names of persons do not have in small letters, other than “von” or “de”."""

_OPENING = frozenset("the our your from notre unserer unsere nuestra nostra".split())
"""Those of them with which the name of a desk or a paper begins: The Editors."""

_WORD = re.compile(r"[^\W\d_]+")
_HOST = re.compile(r"\w{2,}\.[a-z]{2,}\b")


def is_person(name: str, publisher: str = "") -> bool:
    """Return whether a name may be a person's.

    >>> is_person("Ann Lee"), is_person("By Staff"), is_person("AFP"), is_person("Bill Press"), is_person("Kyodo News")
    (True, False, False, True, False)
    >>> is_person("Online-Redaktion"), is_person("Star Sports", "Star"), is_person("王小明"), is_person("WATCH LIVE")
    (False, False, True, False)
    """
    words = _WORD.findall(name)
    if not words or _HOST.search(name):
        return False
    forms = [word.casefold() for word in words]
    has_first_name = len(name.split()) > 1 and _is_first_name(forms[0])
    if forms[0] in _OPENING or not _FUNCTION_WORDS.isdisjoint(words):
        return False
    if any(form in _COLLECTIVE for form in forms):
        return has_first_name and len(forms) == 2 and forms[0] not in _COLLECTIVE
    if any(form in _MEDIA for form in forms) or _holds(forms, publisher):
        return has_first_name
    if words[0].lower() == words[0].upper():  # in a script without small letters
        return True
    if " " not in name and name.isupper():
        return False
    is_mixed = any(word[0].isupper() for word in words)
    are_common = [_is_plain_word(form) for form in forms]
    return not all(are_common) and not any(
        is_common and is_mixed and word.islower() for word, is_common in zip(words, are_common, strict=True)
    )


def _holds(forms: list[str], publisher: str) -> bool:
    """Return whether a name holds all words of the publisher's, or is one of them."""
    own = {word for word in map(str.casefold, _WORD.findall(publisher)) if word not in _FUNCTION_WORDS}
    return bool(own) and (own <= set(forms) or (len(forms) == 1 and forms[0] in own))


def is_source_in(text: str, name: str) -> bool:
    """Return whether a text has the one word that signs it where an agency is named.

    That is in brackets before the report, or after a slash.

    >>> is_source_in("LONDON (Reuters) - It is open.", "Reuters"), is_source_in("Photo: Lee/AFP (Lee)", "Lee")
    (True, False)
    """
    own = re.escape(name)
    return " " not in name and re.search(rf"\({own}\)\s*[-–—]|/\s*{own}\b", text) is not None


def _is_plain_word(form: str) -> bool:
    particles = lexicon.words("name_parts", "particle")
    return lexicon.is_common(form) and form not in particles and form not in _first_names()


def _is_first_name(form: str) -> bool:
    return form in lexicon.words("given_names", "male", "female") or (
        form in _first_names() and not lexicon.is_common(form)
    )


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lexicon.lines("first_names"))
