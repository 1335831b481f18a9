"""Verbs of saying, and the small words of the phrases around them, as speakers are read from them (``lexicon``)."""

from app.collation import lexicon
from app.collation.lexicon import ReportingVerb

_VERBS = tuple(verb for verb in lexicon.reporting_verbs() if verb.use)


_NO_SPEECH = frozenset(("gone",))
"""Forms of verbs of saying that tell of something else: a bomb had gone off."""


def _forms(*verbs: ReportingVerb) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in verb.forms) - _NO_SPEECH


def _with(trait: str) -> tuple[ReportingVerb, ...]:
    return tuple(verb for verb in _VERBS if trait in verb.traits)


SPEECH = _forms(*(verb for verb in _VERBS if verb.use == "utters"))
"""Verbs whose subject utters the quotation beside them."""

TALK = _forms(*_VERBS)
"""These, and verbs whose subject is where words quoted *in* the sentence come from: she dismissed it as "a farce"."""

EMBEDDED = _forms(*_with("embedded"))
"""Verbs of saying that are often embedded under another one: he said he believed "..."."""

ASKING = _forms(*(verb for verb in _VERBS if verb.kind == "question"))
"""Verbs of asking."""

BASE_FORMS = frozenset(verb.base for verb in _VERBS if verb.base not in verb.past)
"""Forms that are finite after a plural alone; "put" and "read" are past tenses too."""

PARTICIPLES = frozenset(form for verb in _VERBS for form in verb.past)
"""Forms that may be in the passive; past tenses are among them."""

NOUNS = frozenset(noun for verb in _VERBS for noun in verb.nouns)
"""Forms of verbs of saying that are nouns after an article, an adjective or an owner."""

VERBS_ALONE = frozenset(form for verb in _VERBS for form in verb.third_person) - NOUNS
"""Forms of verbs of saying that are finite and no nouns."""

WITH_ADDRESSEE = _forms(*_with("addressed"))
"""Verbs after which the phrase that follows is spoken to, and does not speak."""

SILENT_BEFORE_TO = _forms(*_with("silent_before_to"))
"""Verbs that tell of no speech before "to", "for" and "on": he continued to run, she called for calm."""

SPEECH_AFTER_TO = frozenset(verb.base for verb in _with("speech_after_to"))
"""Verbs that tell of speech after "to" as well: he went on to say."""

NAMING = frozenset(("call", "describe")) | frozenset(verb.base for verb in _VERBS if verb.kind == "naming")
"""Verbs that tell of speech after "to", since what they call it follows: to call it "a farce"."""

PRONOUNS = lexicon.words("function_words", "subject")
"""Words that alone are a subject."""

PLURALS = lexicon.words("function_words", "plural_subject")
"""Words after which a present tense has no ending."""

COUNTS = lexicon.words("function_words", "count")
"""Determiners that may follow another: the two men."""

PHRASE_ALONE = lexicon.words("function_words", "phrase_alone")
"""Determiners that may stand for a whole phrase."""

DETERMINERS = lexicon.words("function_words", "determiner")
BEGINNINGS = DETERMINERS | PRONOUNS
"""Small words that begin the phrase of a subject."""

ADVERBS = lexicon.words("function_words", "adverb")
AUXILIARIES = lexicon.words("function_words", "auxiliary")

JOINERS = lexicon.words("function_words", "name_joiner")
"""What may come inside the name of a speaker: a spokesman for the ministry."""

CLAUSE_OPENERS = lexicon.words("function_words", "clause_opener")
"""Words that begin a clause before the subject of a sentence."""

STOPS = lexicon.words("function_words", "adverb", "auxiliary", "clause_opener", "name_joiner", "other_stop")
"""Small words that no name of a speaker holds, but for the joiners."""

BEFORE_QUOTATION = lexicon.words("function_words", "before_quotation")
"""Small words that may come between a verb of saying and the words that it quotes."""

DAYS = frozenset(
    word.lower()
    for word in (
        *(name.name for name in (*lexicon.months(), *lexicon.weekdays())),
        *(short for day in lexicon.weekdays() for short in day.abbreviations),
    )
) - {"may"}
"""Months and days of the week, but for May: Theresa May."""

PAUSES = ",—–―"
"""Marks that set a phrase off."""

ROLES = lexicon.words("titles_and_roles", "role")
"""Words for what a person is."""
