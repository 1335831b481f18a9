"""Separate the segments of the article from those of the page around it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from lxml.html import HtmlElement

from app.collation.text import boilerplate_patterns
from app.collation.text.normalization import normal_form
from app.collation.text.sentences import is_finished
from app.sources.html import names, texts
from app.sources.html.segments import PageSegment, opens_with_picture
from app.sources.html.stated_text import Witness

LINK_SHARE = 0.6
"""Share of a segment's characters in links from which it is a list of links rather than text."""

CORE_WORDS = 12
"""Words from which a segment of the main text counts when the article's place in the page is looked for."""

HOLDER_SHARE = 0.4
"""Share of the article's words from which an element is a holder of the article, whatever it is called."""

WHOLE_SHARE = 0.8
"""Share from which it is the article's own element."""

LABEL_WORDS = 5
"""Words of the longest label over a list of links."""

MIN_FILLED_WORDS = 4
"""Words of a line between paragraphs that an extractor left out, from which it is no label or button."""

MAX_PULLED, MAX_PULLED_WORDS = 100, 60
"""Pull quotes that are looked at, and the words of the longest."""

_EXTRA_TAGS = {
    "nav": "menu",
    "footer": "page footer",
    "figcaption": "caption",
    "form": "form",
    "address": "byline",
    "time": "byline",
    "aside": "aside",
    "label": "form",
    "fieldset": "form",
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", *_HEADINGS, "blockquote", "li", "dd"})
_IN_FIGURE_AS_TEXT = frozenset({"table", "blockquote", "pre", "ul", "ol", "tr"})


@dataclass(slots=True)
class Part:
    """A segment with what was decided about it."""

    segment: PageSegment
    words: int
    """Words, or what comes to as many in scripts without spaces."""
    chain: tuple[HtmlElement, ...]
    """Its element and those around it, innermost first, without ``body`` and ``html``."""
    is_main: bool
    """Whether it was taken for the article before it was looked at more closely."""
    reason: str = ""
    """Why it is an extra; empty while it is not."""
    is_grown: bool = False
    """Whether it was added because it is set like the article's paragraphs, outside their element."""

    @property
    def link_share(self) -> float:
        """Share of its characters that are in links to elsewhere."""
        return self.segment.link_chars / max(1, sum(not char.isspace() for char in self.segment.text))

    @property
    def is_heading(self) -> bool:
        """Whether it is set as a heading."""
        return any(element.tag in _HEADINGS for element in self.chain[:2])


def classify(
    segments: Sequence[PageSegment], main: set[int], titles: Iterable[str] = (), witness: str = ""
) -> list[Part]:
    """Return the segments as parts, of which those without a reason are the article.

    ``main`` are the segments that a general extractor took for it; ``titles`` are what the page calls it; ``witness``
    is its text as the page states it for machines (JSON-LD), where it does.
    """
    parts = [_part(segment, index in main) for index, segment in enumerate(segments)]
    return _Classifier(parts, titles, Witness(witness)).decided()


def _part(segment: PageSegment, is_main: bool) -> Part:
    chain = []
    element: HtmlElement | None = segment.element
    while element is not None and element.tag not in ("body", "html"):
        chain.append(element)
        element = element.getparent()
    return Part(segment, texts.size(segment.text), tuple(chain), is_main)


class _Classifier:
    def __init__(self, parts: list[Part], titles: Iterable[str], witness: Witness) -> None:
        self._parts = parts
        self._titles = {normal_form(title) for title in titles}
        self._witness = witness
        self._reasons: dict[HtmlElement, str] = {}
        self._core = [part for part in parts if _is_core(part)] or [part for part in parts if part.is_main]
        self._weights: Counter[HtmlElement] = Counter()
        for part in self._core:
            for element in part.chain:
                self._weights[element] += part.words
        self._total = sum(part.words for part in self._core)

    def decided(self) -> list[Part]:
        self._cards()
        for part in self._parts:
            part.reason = self._area_reason(part)
        self._core = [part for part in self._core if not part.reason] or self._core
        self._by_witness()
        holder = self._holder()
        if holder is not None:
            self._grow(holder)
            self._grow_outside(holder)
            self._fill(holder)
        self._standfirst()
        for part in self._parts:
            if not part.is_main and not part.reason:
                part.reason = "page"
        if holder is not None:
            self._narrow(holder)
        self._by_text()
        self._pulled()
        self._opening()
        self._closing()
        self._lonely_headings()
        return self._parts

    def _is_holder(self, element: HtmlElement) -> bool:
        return self._weights[element] >= HOLDER_SHARE * self._total

    def _cards(self) -> None:
        """Find teasers: a heading that is a link to elsewhere, and what is set in one box with it."""
        headings: Counter[HtmlElement] = Counter(
            element for part in self._parts if part.is_heading for element in part.chain
        )
        beside_text = {part.chain[1] for part in self._core if len(part.chain) > 1}
        for part in self._parts:
            if not part.is_heading or part.link_share < 0.45 or part.words < 4 or self._is_title(part):
                continue
            card = part.chain[0]
            for element in part.chain:
                if headings[element] > 1 or self._is_holder(element):
                    break
                card = element
            # A heading among the paragraphs that is a link, as to a product under review, is no teaser by itself.
            if card.tag not in _HEADINGS or card.getparent() not in beside_text:
                self._reasons[card] = "related links"

    def _area_reason(self, part: Part) -> str:
        """Return why an element around the part holds no text of the article."""
        for index, element in enumerate(part.chain):
            if self._is_holder(element):
                break
            if element.tag == "figure" and not any(e.tag in _IN_FIGURE_AS_TEXT for e in part.chain[:index]):
                return "caption"
            if reason := self._reason_of(element):
                return reason
        return ""

    def _reason_of(self, element: HtmlElement) -> str:
        if element not in self._reasons:
            self._reasons[element] = _EXTRA_TAGS.get(element.tag) or names.reason_in(names.names_of(element))
        return self._reasons[element]

    def _by_witness(self) -> None:
        """Add what the page itself states as the article's text."""
        for part in self._parts:
            if not part.is_main and not part.reason and self._witness.has(part.segment.text):
                part.is_main = True

    def _holder(self) -> HtmlElement | None:
        """Return the innermost element that holds most of the article, and is not itself one paragraph of it."""
        whole = [element for element, weight in self._weights.items() if weight >= WHOLE_SHARE * self._total]
        holder = max(whole, key=_depth, default=None)
        while holder is not None and holder.tag in _PARAGRAPHS and holder.getparent() is not None:
            holder = holder.getparent()
        return holder

    def _grow(self, holder: HtmlElement) -> None:
        """Add what is set just as the article's paragraphs are, inside the same element."""
        shapes = {_shape(part, holder) for part in self._core} - {None}
        for part in self._parts:
            if not part.is_main and not part.reason and _shape(part, holder) in shapes:
                part.is_main = part.link_share < LINK_SHARE or part.words < 4

    def _grow_outside(self, holder: HtmlElement) -> None:
        """Add neighbouring elements with exactly the markup of the article's paragraphs, as further parts of it."""
        outer = _outer(holder)
        shapes = {_inner_shape(part) for part in self._core if _is_inside(part, holder)} - {None}
        for part in self._parts:
            if (
                not part.is_main
                and not part.reason
                and part.link_share < LINK_SHARE
                and _is_inside(part, outer)
                and _inner_shape(part) in shapes
            ):
                part.is_main = part.is_grown = True

    def _fill(self, holder: HtmlElement) -> None:
        """Add what lies between two parts of the article and is not links."""
        outer = _outer(holder) if any(part.is_grown for part in self._parts) else holder
        inside = [part for part in self._parts if _is_inside(part, outer)]
        beside_text = {part.chain[1] for part in self._core if len(part.chain) > 1}
        places = [index for index, part in enumerate(inside) if part.is_main and not part.reason]
        for part in inside[places[0] : places[-1]] if places else ():
            if part.is_main or part.reason or part.link_share >= LINK_SHARE:
                continue
            if part.words >= MIN_FILLED_WORDS or part.is_heading or part.chain[1] in beside_text:
                part.is_main = True
                part.is_grown = not _is_inside(part, holder)

    def _standfirst(self) -> None:
        """Add the sentence under the headline."""
        start = next(
            (index for index, part in enumerate(self._parts) if _is_core(part) and not part.reason), 0
        )
        first = next((index for index in range(start) if self._is_title(self._parts[index])), start)
        for index in range(first + 1, start):
            part = self._parts[index]
            if part.words < 6 or part.link_share > 0.1 or part.reason not in ("", "related links"):
                continue
            named = any(
                names.is_standfirst(names.names_of(element))
                for element in part.chain[:6]
                if not self._is_holder(element)
            )
            if texts.is_date_line(part.segment.text, part.words):
                continue
            if named or (not part.reason and (part.is_main or (index == first + 1 and part.words >= 8))):
                part.is_main, part.reason, part.is_grown = True, "", True

    def _is_title(self, part: Part) -> bool:
        return normal_form(part.segment.text) in self._titles

    def _narrow(self, holder: HtmlElement) -> None:
        """Drop what the extractor took from outside the article's element."""
        for part in self._parts:
            outside = not _is_inside(part, holder)
            if not part.reason and outside and not (_is_core(part) or part.is_grown):
                part.reason = "page"

    def _by_text(self) -> None:
        shapes: dict[str, tuple[str, ...] | None] = {}
        for part in self._parts:
            if part.reason:
                continue
            part.reason = self._text_reason(part)
            form = normal_form(part.segment.text)
            shape = _inner_shape(part)
            if not part.reason and part.words >= 5 and shapes.setdefault(form, shape) != shape:
                part.reason = "repeated"

    def _text_reason(self, part: Part) -> str:
        text, words = part.segment.text, part.words
        if self._is_title(part):
            return "headline"
        if texts.is_separator(text):
            return "separator"
        if texts.is_time(text):
            return "time"
        if part.link_share > 0.85 and words >= 4 and not is_finished(text):
            return "link"
        if texts.is_lead_in(text) and part.link_share > 0.5:
            return "related links"
        if texts.is_call(text, words):
            return "page extra"
        if texts.is_consent(text, words):
            return "cookie notice"
        if boilerplate_patterns.is_byline(text, words):
            return "byline"
        if texts.is_credit_line(text):
            return "credit"
        if texts.is_picture_credit(text, words) or _opens_with_picture(part):
            return "caption"
        return ""

    def _pulled(self) -> None:
        """Drop pull quotes, which repeat words of a paragraph."""
        left = [part for part in self._parts if not part.reason]
        apart = {id(part): part for part in islice(filter(self._is_apart, left), MAX_PULLED)}
        others = "\n".join(normal_form(part.segment.text) for part in left if id(part) not in apart)
        for part in apart.values():
            part.reason = "repeated" if texts.is_in_any(part.segment.text, others) else ""

    def _is_apart(self, part: Part) -> bool:
        boxes = takewhile(lambda element: not self._is_holder(element), part.chain[:3])
        return 4 <= part.words <= MAX_PULLED_WORDS and any(
            e.tag in ("blockquote", "aside") or names.is_set_apart(names.names_of(e)) for e in boxes
        )

    def _opening(self) -> None:
        """Drop dates, names and buttons above the first paragraph."""
        left = [part for part in self._parts if not part.reason]
        start = next((index for index, part in enumerate(left) if part.words >= CORE_WORDS), 0)
        for part in left[:start]:
            if part.is_heading or is_finished(part.segment.text):
                continue
            if texts.is_date_line(part.segment.text, part.words):
                part.reason = "byline"

    def _closing(self) -> None:
        """Drop notes on the authors and the paper below the last paragraph."""
        left = [part for part in self._parts if not part.reason]
        total = sum(part.words for part in left)
        dropped = 0
        for part in reversed(left):
            is_note = texts.is_closing_note(part.segment.text, part.words) or part.link_share > LINK_SHARE
            if not is_note or dropped + part.words > 0.3 * total:
                break
            dropped += part.words
            part.reason = "closing note"

    def _lonely_headings(self) -> None:
        """Drop headings under which there is nothing of the article, and labels of links."""
        for part, following in pairwise(self._parts):
            if part.reason or following.reason not in ("related links", "link") or part.words > LABEL_WORDS:
                continue
            if not is_finished(part.segment.text) and (part.is_heading or _is_label(part)):
                part.reason = "related links"
        follows = False
        for part in reversed(self._parts):
            if part.reason:
                continue
            if part.is_heading:
                if not follows:
                    part.reason = "heading"
            else:
                follows = True


def _is_core(part: Part) -> bool:
    return (
        part.is_main
        and part.words >= CORE_WORDS
        and part.link_share < LINK_SHARE
        and not any(element.tag in _EXTRA_TAGS or element.tag == "figure" for element in part.chain[:3])
    )


def _is_label(part: Part) -> bool:
    """Return whether a line is set apart as a label is: in bold, in capitals, or with a colon at its end."""
    text = part.segment.text
    is_bold = part.segment.emphasized_chars >= 0.9 * len(text.replace(" ", ""))
    return is_bold or text.isupper() or text.endswith(":")


def _opens_with_picture(part: Part) -> bool:
    """Return whether the text is a short line under a picture in the same small element."""
    is_long = part.words > 30 or (is_finished(part.segment.text) and part.words > 15)
    return not is_long and bool(part.chain) and opens_with_picture(part.chain[0])


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _is_inside(part: Part, holder: HtmlElement) -> bool:
    return holder in part.chain or holder.tag in ("body", "html")  # which chains leave out


def _shape(part: Part, holder: HtmlElement) -> tuple[str, ...] | None:
    """Return the tags and classes from the part up to the holder; None if it is not inside."""
    if not _is_inside(part, holder):
        return None
    return tuple(
        _signature(element) for element in takewhile(lambda element: element is not holder, part.chain)
    )


def _inner_shape(part: Part) -> tuple[str, ...] | None:
    """Return the tags and classes of the three innermost elements; None where no class tells them from others."""
    shape = tuple(_signature(element) for element in part.chain[:3])
    return shape if any("." in step for step in shape) else None


def _signature(element: HtmlElement) -> str:
    return ".".join([str(element.tag), *sorted((element.get("class") or "").split())])


def _outer(holder: HtmlElement) -> HtmlElement:
    """Return the element around the holder that is the whole article by its markup, else the holder's parent."""
    for element in (holder, *holder.iterancestors()):
        if element.tag in ("article", "main") or element.get("role") in ("article", "main"):
            return element
    parent = holder.getparent()
    return holder if parent is None else parent
