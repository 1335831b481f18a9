"""Parts of a time as values: early March, the third quarter, Q3, FY23, 200 BC."""

import re
from collections.abc import Iterator, Set
from fractions import Fraction

from app.collation import lexicon
from app.collation.findings.quantities.matching import Value
from app.collation.patterns import pattern

_PHASES = {
    "early": 1, "earlier": 1, "beginning": 1, "start": 1, "onset": 1, "outset": 1, "first": 1, "opening": 1,
    "mid": 2, "middle": 2, "midst": 2,
    "late": 3, "later": 3, "end": 3, "close": 3, "last": 3, "final": 3, "closing": 3,
}  # fmt: skip
_TIMES = "|".join(
    (
        *(entry.name for entry in (*lexicon.months(), *lexicon.weekdays())),
        r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?",
        r"(?:1\d|20)\d\d(?:s|['’]s)?", r"['’]?\d0s", *lexicon.numbers("decade"),
        r"\d\d?(?:st|nd|rd|th)[ -]century", r"[a-z]+(?:-[a-z]+)?[ -]century",
        *"spring summer autumn fall winter morning afternoon evening".split(),
        r"(?:(?:next|last|this)[ ])?(?:week|month|year|decade|century|season)",
    )
)  # fmt: skip
_PHASE = pattern(
    rf"""(?<![^\W_])(?P<word>
        (?:early|mid|late)(?=[ -])
      | (?:earlier|later)(?=[ ](?:this|in[ ]the)[ ])
      | (?:(?:very|tail)[ ])?(?:beginning|start|onset|outset|middle|midst|end|close)(?=[ ](?:of|in)[ ])
      | (?:first|opening|last|final|closing)(?=[ ](?:few[ ])?(?:days|weeks|months|hours)[ ](?:of|in)[ ])
    )(?:[ -](?:few[ ])?(?:days|weeks|months|hours))?[ -]
    (?:(?:of|in|on)[ ])?(?:(?:the|this|his|her|their|its|my|our)[ ])?(?:{_TIMES})(?![^\W_])""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTER = pattern(
    rf"(?<![^\W_])(?P<number>{'|'.join(_NUMBERS)})[ -](?P<what>quarter|half)"
    r"(?![^\W_]|[ -](?:final|hour|mile|of[ ]an?[ ]))",
    re.IGNORECASE,
)
_SIGN = pattern(
    r"(?<![^\W_])(?<!-)(?:Q(?P<quarter>[1-4])|(?P<before>[1-4])Q|H(?P<half>[12]))(?![^\W_])(?!-\w)"
)
_FISCAL = pattern(r"(?<![^\W_])FY[ -]?['’]?(?P<year>(?:20|19)?\d\d)(?!\d)")
_ERA = pattern(
    r"(?<![^\W_])(?:\d[\d,]*(?:st|nd|rd|th)?|[a-z]+)?(?:[ -]century)?(?<=[\dy])[ ]?"
    r"(?P<after>BCE?|B\.C\.(?:E\.)?|AD|A\.D\.|CE|C\.E\.)(?![^\W_])"
    r"|(?<![^\W_])(?P<before>AD|A\.D\.)[ ]\d+(?!\d)"
)
WORDS = frozenset((*_PHASES, *"quarter half q h q1 q2 q3 q4 h1 h2 fy bc bce ad ce c e d b".split()))
"""Every word that such a part may be made of."""

_SIGN_WORDS = frozenset("fy q h bc bce ad ce".split())
_DOTTED = ("B.C", "A.D", "C.E")
_HINT = pattern(r"(?<![^\W_])(?:FY|[QH][1-4]|[1-4]Q|B\.?C|A\.?D|C\.?E)")


def periods(text: str, letters: Set[str]) -> Iterator[Value]:
    """Yield the parts of times in ``text``: whether it is early or late in one, which quarter or half, which era."""
    if not letters.isdisjoint(_PHASES):
        for match in _PHASE.finditer(text):
            word = match["word"].lower().split()[-1]
            yield Value(
                "date", match.span(), match.span("word"), (("phase", Fraction(_PHASES[word])),), firm=False
            )
    if "quarter" in letters or "half" in letters:
        for match in _QUARTER.finditer(text):
            number = Fraction(_NUMBERS[match["number"].lower()])
            yield Value("date", match.span(), match.span(), ((match["what"].lower(), number),), firm=False)
    if _SIGN_WORDS.isdisjoint(letters) and not any(map(text.__contains__, _DOTTED)):
        return
    if _HINT.search(text) is None:
        return
    for match in _SIGN.finditer(text):
        printed = match["quarter"] or match["before"] or match["half"]
        unit = "half" if match["half"] else "quarter"
        yield Value("date", match.span(), match.span(), ((unit, Fraction(printed)),))
    for match in _FISCAL.finditer(text):
        year = int(match["year"])
        yield Value(
            "date", match.span(), match.span(), (("year", Fraction(year if year > 99 else 2000 + year)),)
        )
    for match in _ERA.finditer(text):
        name = "after" if match["after"] else "before"
        is_before = match[name].startswith("B")
        yield Value(
            "date",
            match.span(),
            match.span(name),
            (("era", Fraction(-1 if is_before else 1)),),
            firm=is_before,
        )
