"""Whether what two texts share belongs to the articles, or to the pages that print them.

An editor's note, a teaser, a note on the author or a call to subscribe is printed under articles that have nothing
else in common. Nobody can list all such texts, but each is about something else than the article. A paragraph of an
article names people,
places and things that the rest of the article names too.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from app.collation.lexicon import load
from app.collation.relations.prepared_text import PreparedText
from app.collation.relations.shared_rows import SharedRow
from app.collation.relations.topic import SAME_STORY, Topic, likeness, names
from app.collation.text.language import FUNCTION_WORDS, is_english

MIN_OWN_SHARE = 0.7
"""Share of either text's words from which they are shared by the articles, whatever they are about. Of 702 pairs of
copies and versions of one news text all but six share as much, or so many paragraphs as ``MIN_OWN_ROWS``."""

MIN_OWN_ROWS, MIN_SHARE_IN_ROWS = 3, 0.4
"""Rows, and their share of either text, that suffice instead if they are not about publications: an excerpt in a digest
may be of short paragraphs, and page extras are rarely so long."""

MIN_TIES, MIN_TIE_SHARE = 2, 0.06
"""Rare words and names of the shared paragraphs that must occur in the rest of one text, and not in that of the other;
and their share of all that could, since a long paragraph meets some by chance. Of single paragraphs of news put into
another article 92 in 100 have so many; of 48 standing paragraphs put into pairs of unrelated articles none of 271, and
of several put in together 3 of 160 (tests/quality/standing)."""

MIN_TIES_AT_EDGES = 4
"""The same where the shared paragraphs are the first or the last of both texts, as standing ones mostly are."""

MIN_PAGE_SHARE = 0.03
"""Share of the shared words, from which they are about publications: how these are made, read, paid for and answered,
and who writes them. Words of saying are no sign: news is full of them."""

MIN_TIES_OF_PAGE, MIN_TIE_SHARE_OF_PAGE = 3, 0.15
"""The same for such paragraphs."""

MIN_WORD_LETTERS = 4
"""Letters from which a word can tie a paragraph to a text."""

MIN_FOREIGN_LETTERS = 7
"""The same in languages of which no frequent words are known."""

MIN_NAME_LETTERS = 3

MIN_STEM_LETTERS = 4

_ENDINGS = ("'s", "es", "s", "ed", "ing", "ly")


def is_of_the_page(base: PreparedText, witness: PreparedText, rows: Sequence[SharedRow]) -> bool:
    """Return whether all that two texts share, in these rows, is standing paragraphs of their pages."""
    if base.forms == witness.forms:
        return False
    ours = {index for row in rows for index in row.base}
    theirs = {index for row in rows for index in row.witness}
    share = max(
        base.words_of(sorted(ours)) / base.word_count, witness.words_of(sorted(theirs)) / witness.word_count
    )
    about_pages = _page_share(base, ours) >= MIN_PAGE_SHARE
    if share >= MIN_OWN_SHARE or (
        len(rows) >= MIN_OWN_ROWS and share >= MIN_SHARE_IN_ROWS and not about_pages
    ):
        return False
    base_rest, witness_rest = _Words(base, ours, rest=True), _Words(witness, theirs, rest=True)
    shared = _Words(base, ours).common(_Words(witness, theirs))
    alike = likeness(base_rest.topic, witness_rest.topic) >= SAME_STORY
    ties = max(
        _ties(shared, rest, None if alike else other)
        for rest, other in ((base_rest, witness_rest), (witness_rest, base_rest))
    )
    least, least_share = MIN_TIES, MIN_TIE_SHARE
    if about_pages:
        least, least_share = MIN_TIES_OF_PAGE, MIN_TIE_SHARE_OF_PAGE
    if _are_at_an_edge(base, ours) and _are_at_an_edge(witness, theirs):
        least = max(least, MIN_TIES_AT_EDGES)
    return ties < max(least, least_share * len(shared[0]))


class _Words:
    """The words of the paragraphs of a text at ``indices``, or of the ``rest``."""

    def __init__(self, text: PreparedText, indices: Collection[int], *, rest: bool = False) -> None:
        fewest = MIN_WORD_LETTERS if is_english(text.paragraphs) else MIN_FOREIGN_LETTERS
        chosen = [
            (text.whole[index], words)
            for index, words in zip(text.indices, text.by_paragraph, strict=True)
            if (index in indices) != rest
        ]
        paragraphs = [paragraph for paragraph, _ in chosen]
        words = [word for _, words in chosen for word in words]
        self.topic = Topic(paragraphs, words)
        self.names = frozenset(
            name
            for name in names(paragraphs)
            if _can_tie(name, MIN_NAME_LETTERS) and stem(name) not in _frequent_stems()
        )
        self.counts = Counter(
            word for _, words in chosen for word in {stem(w) for w in words if _can_tie(w, fewest)}
        )
        """In how many of the paragraphs each stem is."""
        self.words = frozenset(words)
        self.stems = frozenset(self.counts)

    def common(self, other: "_Words") -> tuple[frozenset[str], frozenset[str]]:
        """Return the stems and the names that both have."""
        return self.stems & other.stems, self.names & other.names


def _ties(shared: tuple[frozenset[str], frozenset[str]], rest: _Words, other: _Words | None) -> int:
    """Count the rare words and names that tie shared paragraphs, given as stems and names, to the rest of one text.

    A rare name counts as a word and as a name; a rare word in several paragraphs counts twice. A word that is also in
    the rest of the ``other`` text is no tie, unless both texts are on one subject.
    """
    stems, named = shared
    rare = (stems & rest.stems) - _frequent_stems()
    named = named & rest.words
    if other is not None:
        rare, named = rare - other.stems, named - other.words
    return len(rare) + sum(rest.counts[word] > 1 for word in rare) + len(named)


def _can_tie(word: str, fewest_letters: int) -> bool:
    return len(word) >= fewest_letters and word not in FUNCTION_WORDS


def _page_share(text: PreparedText, indices: Collection[int]) -> float:
    """Return the share of words about publications among these paragraphs' words outside quotation marks."""
    words = text.words_in(sorted(indices))[0]
    return sum(map(_page_words().__contains__, words)) / max(1, len(words))


def _are_at_an_edge(text: PreparedText, indices: Collection[int]) -> bool:
    """Return whether the paragraphs are the last of a text, or the first below its title or above it."""
    places = [place for place, index in enumerate(text.indices) if index in indices]
    last, count = len(text.indices) - 1, len(places)
    return places[-1] - places[0] == count - 1 and (places[-1] == last or places[0] <= 1)


def stem(word: str) -> str:
    """Return a word without its most frequent ending.

    >>> stem("visits"), stem("printed"), stem("this")
    ('visit', 'print', 'this')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM_LETTERS:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _frequent_stems() -> frozenset[str]:
    """Return the stems of words that texts of any subject use."""
    return frozenset((*load.lines("frequent_words"), *map(stem, load.lines("news_words"))))


@lru_cache(maxsize=1)
def _page_words() -> frozenset[str]:
    """Return words about publications and those who make, read and pay for them, and those that speak to a reader."""
    return frozenset(load.lines("page_words"))
