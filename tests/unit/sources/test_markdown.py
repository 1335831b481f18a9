"""Markdown's marks, front matter and entities are read, not kept."""

import pytest

from app.sources.model import Field
from app.sources.reading import read_document

TEXT = """---
title: "Talks open in Oslo"
author: [Ann Lee, Bo Moe]
date: 2024-02-05T10:00:00Z
source: The Courier
url: https://courier.example/talks
---

# Talks open in Oslo #

The talks *opened* on **Monday** in [Oslo](https://a.example "there"),
officials said&nbsp;&mdash; after a `long` night.[^1]

![The hall](hall.jpg)

What was agreed
---------------

- Prisoners are exchanged.
2. The crossing opens at 5 \\* 3.

> “We will stay,” the minister said.

| Place | Name |
|-------|------|
| 1     | Lee  |

***

<div align="center">Nobody else came.</div>

[^1]: A note.
[a]: https://a.example
"""


def test_marks_front_matter_and_entities_are_read() -> None:
    reading = read_document(TEXT.encode(), file_name="talks.md")
    assert reading.format == "markdown"
    assert reading.title == Field("Talks open in Oslo", "file")
    assert reading.author == Field("Ann Lee, Bo Moe", "file")
    assert reading.published_on == Field("2024-02-05", "file")
    assert reading.publisher == Field("The Courier", "file")
    assert reading.address == Field("https://courier.example/talks", "file")
    texts = [block.text.replace("\u00a0", " ") for block in reading.blocks]
    assert texts == [
        "The talks opened on Monday in Oslo, officials said — after a long night.",
        "What was agreed",
        "Prisoners are exchanged.",
        "The crossing opens at 5 * 3.",
        "“We will stay,” the minister said.",
        "Place | Name",
        "1 | Lee",
        "Nobody else came.",
        "A note.",
    ]


@pytest.mark.parametrize("mark", ["*", "[", "`", "_a", "![", "[a](", "**a "])
def test_marks_without_end_are_read_at_once(mark: str) -> None:
    assert read_document(f"# A visit\n\nHe came. {mark * 25_000}\n".encode(), file_name="a.md").paragraphs


def test_entities_of_html_in_a_plain_text_are_read() -> None:
    text = "The visit\n\n&ldquo;He came&rdquo;, said AT&amp;T&#8217;s Ann.\n\nR&D and Q&A; fish &chips; are none."
    reading = read_document(text.encode())
    assert reading.paragraphs == ("“He came”, said AT&T’s Ann.", "R&D and Q&A; fish &chips; are none.")


def test_front_matter_whose_values_are_in_the_lines_below_is_read() -> None:
    head = "---\ntitle: >-\n  Talks open\n  in Oslo\ntags:\n  - a\nauthor:\n  - Ann Lee\n  - 'Bo Ness'\n"
    head += "date: 2024-02-05\n---\n"
    reading = read_document(f"{head}\nHe came.\n\nShe left.\n".encode(), file_name="a.md")
    assert reading.title.value == "Talks open in Oslo"
    assert reading.author.value == "Ann Lee, Bo Ness"
    assert reading.published_on.value == "2024-02-05"
    assert reading.paragraphs == ("He came.", "She left.")


@pytest.mark.parametrize(
    "text",
    [
        "# Talks open\n\nHe **came** to Oslo.\n\nShe left.\n",
        "Talks open\n\nHe **came** to [Oslo](https://oslo.example).\n\nShe left.\n",
    ],
)
def test_markdown_is_told_by_its_marks_without_a_name(text: str) -> None:
    reading = read_document(text.encode())
    assert (reading.format, reading.title.value) == ("markdown", "Talks open")
    assert reading.paragraphs == ("He came to Oslo.", "She left.")


@pytest.mark.parametrize(
    "text",
    [
        "# Talks open\n\nHe came to Oslo.\n\nShe left.\n",
        "Talks open\n\nHe gave it **** of *****, and 5 ** 3.\n\nShe left _ there.\n",
        "# Talks\nHe **came** to Oslo.\nShe left.\nNobody knew.\n",
    ],
)
def test_a_text_with_few_such_marks_keeps_them(text: str) -> None:
    assert read_document(text.encode()).format == "text"
