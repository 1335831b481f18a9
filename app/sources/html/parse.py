"""Parse HTML as it comes, within bounds, without entities of its own or the network."""

import re

from lxml import html
from lxml.html import HtmlElement

_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def parse(text: str) -> HtmlElement | None:
    """Return the root of the page, which browsers would mend in about the same way; None where there is no element.

    Elements nested deeper than libxml2 allows (some 250) are left out with what is in them.
    """
    # The text is decoded already: what it says about its encoding must not count a second time.
    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
    )
    content = _INVALID.sub(" ", text).strip().encode()
    if not content:
        return None
    return html.document_fromstring(content, parser=parser, ensure_head_body=True)
