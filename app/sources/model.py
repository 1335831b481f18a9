"""What was read from a file or a page, before a reader has looked at it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A statement about an article, and where it was found. Both are empty where nothing states it."""

    value: str = ""
    source: str = ""
    """In the words of the preview: ``JSON-LD``, ``Open Graph``, ``page header`` (other meta elements), ``byline``,
    ``page`` (its title or heading), ``file`` (the document's own properties, front matter), ``e-mail``, ``capture``,
    ``address``, ``text`` (found by looking at the text itself), ``before`` (the revision before states it)."""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, guessed as the article's or as an extra of the page."""

    text: str
    """One line, without white space at its ends."""
    is_extra: bool = False
    reason: str = ""
    """Why it is an extra, in one or two words: ``byline``, ``caption``, ``credit``, ``related links`` ..."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as a file or page gives it, for a preview: not checked against the bounds, not stored."""

    format: str
    """``html``, ``text``, ``markdown``, ``docx``, ``odt``, ``rtf``, ``pdf``, ``eml``, ``warc``, ``wacz``, ``mhtml``."""
    encoding: str
    """Python's name of the encoding that the text was read in; empty for formats that have none of their own."""
    blocks: tuple[Block, ...]
    """In reading order. The headline is in ``title`` and not among them."""
    title: Field = Field()
    publisher: Field = Field()
    author: Field = Field()
    """Names separated by commas."""
    published_on: Field = Field()
    """A day such as 2024-02-05."""
    language: Field = Field()
    """A code of BCP 47 such as ``en`` or ``pt-BR``, in the spelling of the page."""
    address: Field = Field()
    """The http(s) address of the article, without a fragment."""
    captured_at: Field = Field()
    """When the page was captured, in UTC, such as 2024-02-05T10:00:00+00:00."""
    captured_from: Field = Field()
    """What the capture is: ``WARC``, ``WACZ``, ``MHTML``, ``SingleFile``, ``Wayback Machine``, ``saved page``."""
    notes: tuple[str, ...] = ()
    """What the reader should know about this reading, as plain sentences."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The article's body alone."""
        return tuple(block.text for block in self.blocks if not block.is_extra)

    @property
    def extras(self) -> tuple[str, ...]:
        """The extras of the page."""
        return tuple(block.text for block in self.blocks if block.is_extra)
