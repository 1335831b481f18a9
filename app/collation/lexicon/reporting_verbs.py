"""Verbs of saying: what each says of the speaker's stance, its forms, and how it relates to a quotation."""

from functools import cache
from typing import NamedTuple

from app.collation.lexicon import load


class ReportingVerb(NamedTuple):
    """A verb of saying."""

    kind: str
    """Neutral, claim, admission, denial, warning, promise, accusation, demand, praise ..."""
    use: str
    """``utters`` where its subject speaks the words quoted beside it, ``quotes`` where these are only quoted *in* its
    sentence (she dismissed it as "a farce"); empty where it introduces no quotation."""
    traits: frozenset[str]
    """``noun``: a noun too; ``ing_noun``: in -ing; ``embedded``: often inside what another verb reports;
    ``addressed``: whom one speaks to follows; ``vouches``: its subject answers for the statement that follows, and
    ``vouches_before_that``: if "that" follows it or a comma sets both off; ``silent_before_to``: tells of no speech
    before "to"."""
    base: str
    third_person: tuple[str, ...]
    past: tuple[str, ...]
    present_participle: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form."""
        return (self.base, *self.third_person, *self.past, *self.present_participle)

    @property
    def nouns(self) -> tuple[str, ...]:
        """The forms that are nouns as well."""
        return (
            *((self.base, *self.third_person) if "noun" in self.traits else ()),
            *(self.present_participle if "ing_noun" in self.traits else ()),
        )


@cache
def reporting_verbs() -> tuple[ReportingVerb, ...]:
    """Return every verb of saying.

    >>> [verb.forms for verb in reporting_verbs() if verb.kind == "lie"]
    [('lie', 'lies', 'lied', 'lying'), ('pretend', 'pretends', 'pretended', 'pretending')]
    """
    forms = load.verb_forms()
    return tuple(
        ReportingVerb(kind, use, frozenset(traits.split()), verb, *forms[verb])
        for verb, kind, use, traits in load.rows("reporting_verbs")
    )
