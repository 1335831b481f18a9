"""How quotations with words in common are related: in the same wording, reworded, or part of a longer one.

A quotation is compared by its words; typography, case, punctuation and American or British spelling do not count, an
ellipsis stands for words left out, and [brackets] are the quoter's. Words of one stem ("supports", "supported") are
alike when it is asked whether two quotations are versions of one, not when it is asked whether their wording is one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from app.collation.model import Span
from app.collation.quotations import compared
from app.collation.quotations.versions import stems

GRAM_WORDS = 3
"""Words in a row that two versions must share to be found. Two machine translations of a sentence share several."""

MIN_WORDS = 3
"""Words from which a quotation of the same wording is a version: "best in history". Two words are anyone's."""

MIN_WORDS_REWORDED = 4
"""Words from which a part or a reworded quotation is a version: many quotations share three words of a slogan."""

MIN_SHARED_WEIGHT = 3.0
"""Weight of the words that such a one must share with the other: three words of content."""

MIN_ALIKE = 0.7
"""Share of the shorter's weight that must have its counterpart in the other. Of the seeds' quotations versions have
.75 and more, all others .63 and less; in 180 news articles other sentences of one speech reach .65."""

MIN_DENSITY = 0.5
"""Share of the weight of both, within the stretch that corresponds, that must correspond."""

GAP_COST = 0.2
"""What a word without counterpart costs where the longest stretch that corresponds is looked for."""


@dataclass(frozen=True, slots=True)
class VersionRelation:
    """How one quotation is related to another. Spans are code points in the texts as they were given."""

    same: bool
    """Whether what corresponds is in the same wording."""
    base: Span
    """What corresponds in the first."""
    witness: Span
    """What corresponds in the second."""
    whole_base: bool
    """Whether that is all of the first, marks apart."""
    whole_witness: bool
    alike: float
    """The share of the shorter one's words that have their counterpart in the other, small words weighing less."""

    @property
    def mirrored(self) -> "VersionRelation":
        """The same relation with base and witness exchanged."""
        return VersionRelation(
            self.same, self.witness, self.base, self.whole_witness, self.whole_base, self.alike
        )

    @property
    def kind(self) -> str:
        """``same``, ``part`` (one is word for word in the other) or ``reworded``."""
        if not self.same:
            return "reworded"
        return "same" if self.whole_base and self.whole_witness else "part"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Quotations that are versions of one, as indices of the list given."""

    whole: int
    """The most complete: the one of most words, of these the first."""
    wordings: tuple[tuple[int, ...], ...]
    """Those of the same wording together; the most complete first, then the others by length."""
    relations: dict[int, VersionRelation]
    """By index: how the most complete (as base) is related to each other one."""


def signature(text: str) -> frozenset[int]:
    """Return the quotation's word 3-grams as signed 64-bit hashes: versions nearly always share one, others seldom.

    A service can store and look them up. Grams of small words alone are left out. Empty for quotations of less than
    three words, which are nobody's versions.

    >>> long, part = '"We have supported you on the Ukrainian issue"', '"supports you on the Ukrainian issue"'
    >>> len(signature(long) & signature(part))
    3
    """
    return frozenset(grams(text))


def grams(text: str) -> tuple[int, ...]:
    """Return the grams of ``signature``, in the order of the text and with repeats."""
    words = stems.words(text)
    return tuple(
        _hash(" ".join(word.stem for word in gram))
        for gram in (words[at : at + GRAM_WORDS] for at in range(len(words) - GRAM_WORDS + 1))
        if any(word.weight == 1 for word in gram)
    )


def length(text: str) -> int:
    """Return how many words of its own a quotation has: what is in [brackets] is the quoter's.

    >>> length('"supports you [Russia] on it"')
    4
    """
    return len(stems.words(text))


def related(base: str, witness: str) -> VersionRelation | None:
    """Return how two quotations are related; None where they are not versions of one.

    >>> relation = related('"We will not change this, and that is final."', '"we will [not] ... change this"')
    >>> relation.kind, relation.base
    ('part', (1, 24))
    >>> related('"Ukrainian issue"', '"the Ukrainian issue is settled"') is None
    True
    """
    if (len(witness), witness) > (len(base), base):
        # Always compared the same way round, so that both sides give the same answer.
        mirrored = related(witness, base)
        return mirrored and mirrored.mirrored
    read, read_too = stems.profile(base), stems.profile(witness)
    shorter, is_cut = min(read.words, read_too.words), read.may_be_cut or read_too.may_be_cut
    if shorter < MIN_WORDS:
        return None
    if _may_agree(read.words, read_too.words, is_cut) and compared.agree(_printed(base), _printed(witness)):
        return VersionRelation(True, _span(stems.words(base)), _span(stems.words(witness)), True, True, 1.0)
    if shorter < MIN_WORDS_REWORDED or not _may_be_alike(read, read_too):
        return None
    base_words, witness_words = stems.words(base), stems.words(witness)
    pairs = _corresponding(base_words, witness_words)
    if not pairs:
        return None
    (first, first_witness), (last, last_witness) = pairs[0], pairs[-1]
    base_part, witness_part = base_words[first : last + 1], witness_words[first_witness : last_witness + 1]
    shared = sum(base_words[i].weight for i, _ in pairs)
    alike = round(shared / min(read.weight, read_too.weight), 6)
    dense = round(2 * shared / (_weight(base_part) + _weight(witness_part)), 6)
    if shared < MIN_SHARED_WEIGHT or alike < MIN_ALIKE or dense < MIN_DENSITY:
        return None
    inside, inside_too = base[slice(*_span(base_part))], witness[slice(*_span(witness_part))]
    # What comes before and after in both has no counterpart; in the shorter it was reworded too.
    outside = (len(base_words) - len(base_part), len(witness_words) - len(witness_part))
    same = min(outside) == 0 and compared.agree(compared.words(inside), compared.words(inside_too))
    return VersionRelation(
        same, _span(base_part), _span(witness_part), outside[0] == 0, outside[1] == 0, alike
    )


def may_be_versions(base: int, witness: int, weight: float, shared: float, *, is_cut: bool) -> bool:
    """Return whether ``related`` may relate two quotations, given the words of each.

    ``weight`` is the lesser of both, ``shared`` that of the stems in common, in any order; ``is_cut`` says whether an
    ellipsis or a [bracket] may replace words in either.
    """
    shorter = min(base, witness)
    if shorter >= MIN_WORDS and _may_agree(base, witness, is_cut):
        return True
    return shorter >= MIN_WORDS_REWORDED and _is_alike(shared, weight)


def cluster(texts: Sequence[str]) -> tuple[Cluster, ...]:
    """Return the quotations that have versions among ``texts``, each in one cluster; those without any are left out.

    In a cluster, every quotation is directly related to the most complete one: a slogan that two speeches share does
    not join them.

    >>> (group,) = cluster(['"We do not form a bloc"', '"A fine day"', '“We do not form a bloc,”', '"not form a bloc"'])
    >>> group.whole, group.wordings
    (0, ((0, 2),))
    """
    holding: dict[int, list[int]] = {}
    grams = [signature(text) for text in texts]
    for place, signature_grams in enumerate(grams):
        for gram in signature_grams:
            holding.setdefault(gram, []).append(place)
    lengths = [length(text) for text in texts]
    free = set(range(len(texts)))
    clusters: list[Cluster] = []
    for whole in sorted(free, key=lambda place: (-lengths[place], place)):
        if whole not in free:
            continue
        near = {place for gram in grams[whole] for place in holding[gram]} & free - {whole}
        relations = {place: related(texts[whole], texts[place]) for place in sorted(near)}
        versions = {place: relation for place, relation in relations.items() if relation is not None}
        if versions:
            free -= {whole, *versions}
            clusters.append(Cluster(whole, _wordings(texts, whole, versions, lengths), versions))
    return tuple(sorted(clusters, key=lambda cluster: cluster.wordings))


def _wordings(
    texts: Sequence[str], whole: int, versions: Mapping[int, VersionRelation], lengths: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    wordings: list[list[int]] = [[whole]]
    for place in sorted(versions, key=lambda place: (-lengths[place], place)):
        for wording in wordings:
            relation = related(texts[wording[0]], texts[place])
            if relation is not None and relation.kind == "same":
                wording.append(place)
                break
        else:
            wordings.append([place])
    return tuple(tuple(sorted(wording)) for wording in wordings)


@lru_cache(maxsize=1 << 9)
def _printed(text: str) -> tuple[str, ...]:
    """Return the words of a quotation, with its wildcards."""
    return compared.words(text)


def _may_be_alike(first: stems.StemProfile, second: stems.StemProfile) -> bool:
    """Return whether the words in common, in any order, are enough: most quotations compared fail here."""
    shared = sum(
        stems.weight_of(stem) * min(first.stems[stem], second.stems[stem])
        for stem in first.stems.keys() & second.stems.keys()
    )
    return _is_alike(shared, min(first.weight, second.weight))


def _is_alike(shared: float, weight: float) -> bool:
    return shared >= MIN_SHARED_WEIGHT and round(shared / weight, 6) >= MIN_ALIKE


def _may_agree(base: int, witness: int, is_cut: bool) -> bool:
    return base == witness or is_cut


def _corresponding(
    base: Sequence[stems.StemmedWord], witness: Sequence[stems.StemmedWord]
) -> list[tuple[int, int]]:
    """Return pairs of equal words in order: the stretch of a longest common run that holds together best.

    Of the longest common runs, which differ where a word stands more than once, the first and the last are looked at.
    """
    ours, theirs = [word.stem for word in base], [word.stem for word in witness]
    forward = _common_run(ours, theirs)
    backward = [
        (len(base) - 1 - i, len(witness) - 1 - j) for i, j in reversed(_common_run(ours[::-1], theirs[::-1]))
    ]
    (score, stretch), (last_score, last_stretch) = _best_stretch(base, forward), _best_stretch(base, backward)
    best = last_stretch if round(last_score - score, 6) > 0 else stretch
    # A word beside the stretch may have been given to a further one of its kind far away.
    while best and min(best[0]) > 0 and ours[best[0][0] - 1] == theirs[best[0][1] - 1]:
        best.insert(0, (best[0][0] - 1, best[0][1] - 1))
    while best and best[-1][0] + 1 < len(base) and best[-1][1] + 1 < len(witness):
        i, j = best[-1][0] + 1, best[-1][1] + 1
        if ours[i] != theirs[j]:
            break
        best.append((i, j))
    return best


def _common_run(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    return [
        (i, code.dest_start + i - code.src_start)
        for code in LCSseq.opcodes(first, second)
        if code.tag == "equal"
        for i in range(code.src_start, code.src_end)
    ]


def _best_stretch(
    words: Sequence[stems.StemmedWord], pairs: Sequence[tuple[int, int]]
) -> tuple[float, list[tuple[int, int]]]:
    best, first, last = 0.0, 0, 0
    score, begins = 0.0, 0
    for at, (i, j) in enumerate(pairs):
        if at:
            score -= GAP_COST * (i - pairs[at - 1][0] + j - pairs[at - 1][1] - 2)
        if score <= 0:
            score, begins = 0.0, at
        score += words[i].weight
        if round(score - best, 6) > 0:
            best, first, last = score, begins, at + 1
    return best, list(pairs[first:last])


def _weight(words: Sequence[stems.StemmedWord]) -> float:
    return sum(word.weight for word in words)


def _span(words: Sequence[stems.StemmedWord]) -> Span:
    return words[0].start, words[-1].end


def _hash(gram: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
