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
    forms: dict[str, set[Form]] = {}
    for verb, past, participle in load.rows("irregular_verbs"):
        for form in (past, participle):
            forms.setdefault(form, set()).add(Form(verb, "past"))
        forms.setdefault(verb, set()).add(Form(verb, "present"))
    for word, auxiliary in _auxiliaries().items():
        if auxiliary.verb == "be":
            forms[word] = {auxiliary}
    return forms


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
    """Return the words that ``word``, in small letters, may be a form of, itself included; some are not words.

    >>> sorted(base_forms("stopped") & {"stop", "stopp", "stopped"}), "try" in base_forms("tries")
    (['stop', 'stopp', 'stopped'], True)
    """
    bases = {word}
    if word in _nouns_and_adjectives():
        bases.add(_nouns_and_adjectives()[word])
    bases.update([form.verb for form in _strong().get(word, ())])
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
        ("ier", "y"), ("iest", "y"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ily", "y"), ("ly", ""),
        ("ers", ""), ("ers", "e"),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            bases.add(stem + instead)
            if (
                not instead
                and ending in ("ed", "ing", "er", "est")
                and stem[-1:] in _DOUBLING
                and stem[-2:-1] == stem[-1]
            ):
                bases.add(stem[:-1])
    return frozenset(bases)


@lru_cache(maxsize=1 << 13)
def verb_forms(word: str) -> frozenset[Form]:
    """Return the verbs that ``word``, in small letters, may be a finite form of, with the tense; some are not verbs.

    >>> Form("walk", "past") in verb_forms("walked"), verb_forms("won") == {Form("win", "past")}
    (True, True)
    """
    word = word.removesuffix("n't")
    if word in _auxiliaries() and word not in _strong():
        return frozenset({_auxiliaries()[word]})
    forms = set(_strong().get(word, ()))
    if forms and not any(form.verb == word and form.tense == "present" for form in forms):
        return frozenset(forms)
    forms.add(Form(word, "present"))
    for base in base_forms(word):
        if base == word:
            continue
        if word.endswith("ed"):
            forms.add(Form(base, "past"))
        elif word.endswith("s") and not word.endswith("ers"):
            forms.add(Form(base, "present"))
    return frozenset(forms)
