"""Hostile searches: operators of other programs, unclosed marks, scripts without spaces, and very many words."""

import http.client
import time
from collections.abc import Callable
from random import Random
from urllib.parse import quote, urlsplit

from bench.attack.measured import MAX_MEGABYTES, Group, Line
from bench.attack.requests import MARK, still_serves
from bench.attack.sending import MAX_WRITE_SECONDS

MAX_QUERY = 10_000
"""Characters of the longest query."""

WORDS = (
    "the", "of", "said", "minister", "russia", "ukraine", "a", "NATO", "2024", "don't", "İ", "ß", "ﬃ", "Zürich",
    "naïve", "café", "of the of", "U.S.", "1,000,000", "9/11", "x" * 400, MARK,
)  # fmt: skip
OPERATORS = (
    "AND", "OR", "NOT", "NEAR", "NEAR(", "NEAR/3", "NEAR(a b, 99999999)", "MATCH", "GLOB", "LIKE", "UNION SELECT",
    "AND AND", "OR OR OR", "NOT NOT", "+", "^", "-", "--", "*", "**", "a*b*", "(", ")", "((((", "{a b}:", "title:",
    "title:title:", "publisher:", "-publisher:", "after:", "after:9999-99-99", "before:0000", "language:zz", "kind:",
    "tag:", "collection:", "rowid:", "text : x", ":", "::", "~", "/", "\\", ";", "' OR 1=1 --", "%", "_", "?", "\x00",
    "\u200b", "\u202e", "\ufeff", "\t", "\n", "\r", "&", "|", "!", "<->", "<2>", ":*", ":ab*", "&&", "||", "@@",
)  # fmt: skip
"""Of SQLite's FTS5, of PostgreSQL's tsquery, of other search engines, and signs that some of them stumble on."""

QUOTES = ('"', '""', "“", "”", "„", "«", "»", "「", "'", "''", "`", '"*', '" "', '"-', '*"', '("')
UNSPACED = (
    "国防部长支持", "ประเทศไทย", "はいと言った", "ក្ខ្ម", "မြန်မာ", "ལྷ་ས", "한국어", "क्षि", "שָׁלוֹם", "القوات", "👩\u200d👧",
    "🇺🇦", "e\u0301\u0323", "\u0301", "\U00020000", "\U000e0041",
)  # fmt: skip


def _mixed(random: Random) -> str:
    pieces = (WORDS, OPERATORS, QUOTES, UNSPACED)
    parts = [random.choice(random.choice(pieces)) for _ in range(random.choice((1, 2, 3, 5, 9, 40)))]
    return random.choice((" ", " ", "", "*", "\u3000")).join(parts)


def _repeated(random: Random) -> str:
    piece = random.choice(random.choice((WORDS, OPERATORS, QUOTES, UNSPACED))) + random.choice(
        ("", " ", "* ", '" ')
    )
    return piece * (random.choice((100, 1_000, MAX_QUERY)) // len(piece) + 1)


def _many_words(random: Random) -> str:
    letters = random.choice(("abcdefgh", "eaionst", "国防部长支持", "กขคงจฉ", "абвгдежз"))
    length = random.choice((1, 2, 3, 6))
    return " ".join(
        "".join(random.choices(letters, k=length)) + random.choice(("", "*"))
        for _ in range(MAX_QUERY // (length + 1))
    )


def _nested(random: Random) -> str:
    depth = random.choice((10, 500, 3_000))
    opening = random.choice(("(", '("', "NOT (", "{", "[", '"a" NEAR ("'))
    return opening * depth + "a" + random.choice((")", '")', "")) * depth


def _any_signs(random: Random) -> str:
    ranges = ((0x20, 0x7F), (0xA0, 0xD800), (0xE000, 0x30000))
    return "".join(chr(random.randrange(*random.choice(ranges))) for _ in range(random.choice((1, 10, 200))))


SHAPES: dict[str, Callable[[Random], str]] = {
    "mixed": _mixed,
    "repeated": _repeated,
    "many words": _many_words,
    "nested": _nested,
    "any signs": _any_signs,
}

ADDRESSES = (
    "/?q={}", "/search?q={}", "/search?q={}&sort=newest", "/search/feed.atom?q={}", "/quotations?q={}",
    "/search?q=the&publisher={}", "/search?q=the&tag={}", "/search?q=the&since={}", "/api/v1/search?q={}",
    "/api/v1/search?q=the&language={}", "/api/v1/articles?publisher={}",
)  # fmt: skip


def search(address: str, server: Group, count: int, random: Random, deadline: float = float("inf")) -> Line:
    """Send ``count`` hostile searches, until ``deadline`` at the latest; the library should hold articles."""
    line, host = Line("hostile searches", 0, 0), urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=120)
    while line.tried < count and time.monotonic() < deadline:
        shape = random.choice(list(SHAPES))
        query = SHAPES[shape](random)[:MAX_QUERY]
        path = random.choice(ADDRESSES)
        target = path.format(quote(query.encode("utf-8", "replace"), safe=""))
        before = server.seconds()
        status, fault = 0, ""
        try:
            connection.request("GET", target)
            answer = connection.getresponse()
            content = answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            content, fault = b"", f"no answer ({error!r})"
        seconds = server.seconds() - before
        line.tried += 1
        if status >= 500 and not (status == 503 and content.strip()):
            fault = f"answered {status}"
        elif status == 200 and "json" not in path and "/api/" not in path and MARK.encode() in content:
            fault = "came back unescaped"
        elif seconds > MAX_WRITE_SECONDS:
            fault = f"took {seconds:.1f} s of processor time"
        if seconds > line.worst_seconds:
            line.worst_seconds, line.worst = seconds, f"{shape}, {path}: {seconds:.2f}"
        if fault:
            line.faults.append(f"{shape}, {path}, {query[:80]!r}: {fault}")
    connection.close()
    line.survived = line.tried - len(line.faults)
    line.megabytes = server.megabytes()
    if line.megabytes > MAX_MEGABYTES:
        line.faults.append(f"a process of the server had {line.megabytes:.0f} MB")
    line.faults += still_serves(host)
    return line
