"""Web pages for the tests, built from parts."""

LEAD = "The talks between both sides opened on Monday in Oslo, officials said after a long night of waiting."
SECOND = (
    "Nobody else came to the hall, where the tables had been set for more than two hundred invited guests."
)
THIRD = (
    "“We will stay as long as it takes,” the minister said, before the doors were closed to reporters again."
)
FOURTH = (
    "Two earlier rounds, in Geneva and in Vienna, ended without any agreement on the prisoners of the war."
)

BODY = (LEAD, SECOND, THIRD, FOURTH)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def page(inside: str, head: str = "", title: str = "Talks open in Oslo") -> str:
    """Return a page with the headline and ``inside`` in its article."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title} | The Courier</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{inside}</article></main>"
        "<footer><p>© The Courier. All rights reserved.</p></footer></body></html>"
    )
