"""Forms of English words: what a form may be a form of, and which tense a verb's form has."""

from functools import lru_cache
from typing import Literal, NamedTuple, cast

from app.collation.lexicon import load

Tense = Literal["past", "present", "future"]

_DOUBLING = frozenset("bdgklmnprt")


class Form(NamedTuple):
    """A verb that a word may be a form of, and the tense of that form."""

    verb: str
    tense: Tense


@lru_cache(maxsize=1)
def _strong() -> dict[str, set[Form]]:
    found: dict[str, set[Form]] = {}
    for verb, past, participle in load.rows("irregular_verbs"):
        for form in (past, participle):
            found.setdefault(form, set()).add(Form(verb, "past"))
        found.setdefault(verb, set()).add(Form(verb, "present"))
    for word, auxiliary in _auxiliaries().items():
        if auxiliary.verb == "be":
            found[word] = {auxiliary}
    return found


@lru_cache(maxsize=1)
def _auxiliaries() -> dict[str, Form]:
    return {
        word: Form(base, cast(Tense, tense)) for word, base, tense in load.rows("irregular_forms") if tense
    }


@lru_cache(maxsize=1)
def _nouns_and_adjectives() -> dict[str, str]:
    return {word: base for word, base, tense in load.rows("irregular_forms") if not tense}


@lru_cache(maxsize=1 << 13)
def base_forms(word: str) -> frozenset[str]:
    """Every word that ``word``, in small letters, may be a form of, itself among them; some of these are no words.

    >>> sorted(base_forms("stopped") & {"stop", "stopp", "stopped"}), "try" in base_forms("tries")
    (['stop', 'stopp', 'stopped'], True)
    """
    found = {word}
    if word in _nouns_and_adjectives():
        found.add(_nouns_and_adjectives()[word])
    found.update([form.verb for form in _strong().get(word, ())])
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
        ("ier", "y"), ("iest", "y"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ily", "y"), ("ly", ""),
        ("ers", ""), ("ers", "e"),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            found.add(stem + instead)
            if (
                not instead
                and ending in ("ed", "ing", "er", "est")
                and stem[-1:] in _DOUBLING
                and stem[-2:-1] == stem[-1]
            ):
                found.add(stem[:-1])
    return frozenset(found)


@lru_cache(maxsize=1 << 13)
def verb_forms(word: str) -> frozenset[Form]:
    """The verbs that ``word``, in small letters, may be a finite form of, each with its tense; some are no verbs.

    >>> Form("walk", "past") in verb_forms("walked"), verb_forms("won") == {Form("win", "past")}
    (True, True)
    """
    word = word.removesuffix("n't")
    if word in _auxiliaries() and word not in _strong():
        return frozenset({_auxiliaries()[word]})
    found = set(_strong().get(word, ()))
    if found and not any(form.verb == word and form.tense == "present" for form in found):
        return frozenset(found)
    found.add(Form(word, "present"))
    for base in base_forms(word):
        if base == word:
            continue
        if word.endswith("ed"):
            found.add(Form(base, "past"))
        elif word.endswith("s") and not word.endswith("ers"):
            found.add(Form(base, "present"))
    return frozenset(found)
