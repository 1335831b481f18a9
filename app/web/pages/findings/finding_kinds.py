"""The kinds of finding, in the order and the words in which pages speak of them."""

from app.collation.model import FindingKind

ORDER: tuple[FindingKind, ...] = (
    "quotation", "number", "date", "name", "negation", "modality", "attribution",
    "antonym", "tense", "gender", "wording", "typography",
)  # fmt: skip
"""Kinds as pages list them: what misleads most comes first, the two quiet ones last."""

QUIET: frozenset[FindingKind] = frozenset({"typography", "wording"})
"""Counted, and alarming nobody: they are told and marked only where a reader asks for them."""

LOOKED_FOR: tuple[FindingKind, ...] = (
    "quotation", "number", "date", "name", "negation", "modality", "attribution", "antonym", "tense", "gender",
)  # fmt: skip
"""Kinds that the engine looks for in every row: of these alone a zero is worth printing."""

NAMED_ABSENT: frozenset[FindingKind] = frozenset({"quotation", "number", "date", "name", "negation"})
"""Kinds whose absence the sentence at the top tells: what a reader asks first. The list of all kinds tells the rest."""

HEADINGS: dict[FindingKind, str] = {
    "quotation": "Quotation reworded",
    "number": "Number differs",
    "date": "Date differs",
    "name": "Name differs",
    "negation": "Negation differs",
    "modality": "Certainty differs",
    "attribution": "Attribution differs",
    "antonym": "Opposite word",
    "tense": "Tense differs",
    "gender": "Gender differs",
    "wording": "Reworded",
    "typography": "Typography",
}

RULE_HEADINGS: dict[str, str] = {
    "quotation-cut": "Quotation cut or extended",
    "question-one-sided": "Question in one text only",
}
"""Headings of findings by rules that see something else than the first word of their kind says."""

PLURALS: dict[FindingKind, str] = {
    "quotation": "Quotations",
    "number": "Numbers",
    "date": "Dates",
    "name": "Names",
    "negation": "Negations",
    "modality": "Certainty",
    "attribution": "Attributions",
    "antonym": "Opposites",
    "tense": "Tenses",
    "gender": "Genders",
    "wording": "Wording",
    "typography": "Typography",
}

NOUNS: dict[FindingKind, tuple[str, str]] = {
    "quotation": ("quotation", "quotations"),
    "number": ("number", "numbers"),
    "date": ("date", "dates"),
    "name": ("name", "names"),
    "negation": ("negation", "negations"),
    "modality": ("certainty", "certainties"),
    "attribution": ("attribution", "attributions"),
    "antonym": ("word for its opposite", "words for their opposites"),
    "tense": ("tense", "tenses"),
    "gender": ("gender", "genders"),
    "wording": ("wording", "wordings"),
    "typography": ("sign", "signs"),
}
