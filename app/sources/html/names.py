"""What the names that a page gives its elements (classes, ids, roles) say about the text in them."""

import re
from functools import lru_cache
from itertools import pairwise

from lxml.html import HtmlElement

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_PHRASES: tuple[tuple[str, str], ...] = (
    (
        "caption",
        "figcaption caption captions gallery slideshow carousel imagecaption photocaption wpcaption cutline",
    ),
    ("credit", "credit credits photocredit imagecredit"),
    (
        "byline",
        "byline bylines author authors authorbox authorbio bio bios writer writers contributor contributors columnist"
        " dateline timestamp pubdate datetime datepublished publishdate postinfo postmeta postedon entrymeta"
        " articlemeta",
    ),
    (
        "related links",
        "related relatedposts relatedarticles recommended recommendation recommendations promo promos promotion teaser"
        " teasers trending popular latest mostread mostpopular readmore readnext morefrom moreon seealso alsoread"
        " suggested suggestions upnext nextprev outbrain taboola zergnet revcontent crosslinks crosslink linkbox"
        " relateds river",
    ),
    (
        "call to subscribe",
        "newsletter newsletters subscribe subscription subscriptions signup donate donation membership"
        " fundraising paywallmessage regwall cta gating gated gate",
    ),
    (
        "share buttons",
        "share shares sharing sharebar sharebuttons sharetools social socials addthis sharethis follow",
    ),
    ("comments", "comment comments commentlist commenting disqus livefyre reply replies discussion respond"),
    ("tags", "tags taglist topics keywords hashtags categories breadcrumb breadcrumbs kicker eyebrow"),
    ("menu", "nav navbar navigation menu submenu sidebar sidenav footer masthead toolbar pagination pager"),
    ("cookie notice", "cookie cookies consent gdpr onetrust privacy"),
    (
        "advertisement",
        "ad ads adslot advert adverts advertisement advertisements sponsor sponsored sponsors adsense adunit dfp",
    ),
    (
        "notice",
        "disclaimer disclosure affiliate copyright legal correctionbox login signin register modal popup tooltip",
    ),
)
_REASON = {word: reason for reason, words in _PHRASES for word in words.split()}
_PAIRS = {
    ("read", "more"): "related links",
    ("read", "next"): "related links",
    ("most", "read"): "related links",
    ("most", "popular"): "related links",
    ("most", "viewed"): "related links",
    ("more", "from"): "related links",
    ("more", "on"): "related links",
    ("see", "also"): "related links",
    ("up", "next"): "related links",
    ("sign", "up"): "call to subscribe",
    ("sign", "in"): "notice",
    ("date", "published"): "byline",
    ("publish", "date"): "byline",
    ("posted", "on"): "byline",
    ("post", "meta"): "byline",
    ("entry", "meta"): "byline",
    ("article", "meta"): "byline",
    ("post", "info"): "byline",
    ("tag", "list"): "tags",
}
_STANDFIRST = frozenset(
    "standfirst dek deck subtitle subheadline subhead subheading subline summary excerpt lead lede intro description"
    " abstract keypoints sapo entradilla chapo vorspann bajada".split()
)


def words(names: str) -> tuple[str, ...]:
    """Return the words of a class or id in lower case.

    >>> words("c-articleBody__text Post_meta")
    ('c', 'article', 'body', 'text', 'post', 'meta')
    """
    return tuple(word.lower() for word in _WORD.findall(names))


@lru_cache(maxsize=4096)
def reason_in(names: str) -> str:
    """Return why what is so named is an extra of the page; empty where the name does not say so."""
    parts = words(names)
    for word in parts:
        if word in _REASON:
            return _REASON[word]
        if word.startswith("related"):
            return "related links"
    for pair in pairwise(parts):
        if pair in _PAIRS:
            return _PAIRS[pair]
    return ""


def names_of(element: HtmlElement) -> str:
    """Return the element's class, id and roles, separated by spaces."""
    get = element.get
    return " ".join(
        filter(
            None,
            (
                get("class"),
                get("id"),
                get("role"),
                get("itemprop"),
                get("data-testid"),
                get("data-component"),
            ),
        )
    )


def is_standfirst(names: str) -> bool:
    """Return whether the name is one of a standfirst, the sentence under a headline."""
    parts = words(names)
    return any(word in _STANDFIRST for word in parts) or "key points" in " ".join(parts)


def is_set_apart(names: str) -> bool:
    """Return whether the name is that of a pull quote: ``pullquote``, ``quote-box``."""
    return any(word in ("pullquote", "pull", "quote", "quotebox", "blockquote") for word in words(names))
