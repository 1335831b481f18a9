"""``python -m bench.intake.round_trip [TEXTS.jsonl ...]``: texts written to each format, read back and counted.

Word, OpenDocument and PDF are written by LibreOffice, where ``soffice`` is; hyphens only where its dictionaries are
(Debian: hyphen-en-us). Prints the mean and the lowest F1 of paragraphs for each format, and each file below .98.
"""

import base64
import gzip
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xml.sax.saxutils import escape

from app.errors import VariorumError
from app.sources.reading import read_document
from bench.intake.texts import WrittenText, f1, given_texts

ADDRESS = "https://test.example/a"
ENOUGH = 0.98


def as_page(text: WrittenText) -> bytes:
    """Return a web page with a menu and a foot around the text."""
    title, quoted = html.escape(text.title), html.escape(text.title, quote=True)
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Daily Test</title>'
        f'<meta property="og:title" content="{quoted}"></head><body>'
        '<nav><a href="/a">Home</a> <a href="/b">World</a> <a href="/c">Sport</a></nav>'
        f"<article><h1>{title}</h1>{body}</article>"
        '<footer><p>Copyright Daily Test. All rights reserved.</p><a href="/t">Terms</a></footer></body></html>'
    ).encode()


def as_mail(text: WrittenText, *, with_page: bool = True) -> bytes:
    """Return an e-mail of the text, and of its page beside it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = text.title[:200], "a@b.example", "c@d.example"
    message.set_content("\n\n".join(text.paragraphs))
    if with_page:
        message.add_alternative(as_page(text).decode(), subtype="html")
    return bytes(message)


def as_mhtml(text: WrittenText) -> bytes:
    """Return the page as Chromium saves it in one file."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="BB"\r\n\r\n--BB\r\nContent-Type: text/html\r\n'
        f"Content-Location: {ADDRESS}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(as_page(text)) + b"\r\n--BB--\r\n"


def as_single_file(text: WrittenText) -> bytes:
    """Return the page as SingleFile saves it."""
    mark = f'<html lang="en"><!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sun Nov 29 2026 -->'
    return as_page(text).replace(b'<html lang="en">', mark.encode(), 1)


def as_warc(text: WrittenText) -> bytes:
    """Return the page as a web archive holds it."""
    body = as_page(text)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {ADDRESS}\r\nWARC-Date: 2026-11-29T12:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:0f0f0f0f-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n")


WRAPPERS: dict[str, Callable[[WrittenText], bytes]] = {
    "html": as_page,
    "eml": as_mail,
    "eml of text": lambda text: as_mail(text, with_page=False),
    "mhtml": as_mhtml,
    "SingleFile": as_single_file,
    "warc": as_warc,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is laid out."""

    columns: int = 1
    justified: bool = False
    hyphens: bool = False
    indented: bool = False
    """Whether paragraphs begin with an indent, in place of a blank between them."""
    size: int = 11
    font: str = "Liberation Serif"
    head: str = "The Evening Post - 3 March 2025"


SETTINGS = {
    "docx": Setting(),
    "odt": Setting(),
    "pdf": Setting(),
    "pdf, justified": Setting(justified=True, hyphens=True, size=12, font="DejaVu Serif"),
    "pdf, indented": Setting(indented=True, font="Liberation Sans"),
    "pdf, two columns": Setting(columns=2),
    "pdf, two columns, justified": Setting(columns=2, justified=True, hyphens=True, size=10, font="Carlito"),
    "pdf, two columns, indented": Setting(columns=2, indented=True, size=10, font="Caladea"),
    "pdf, three columns": Setting(columns=3, justified=True, hyphens=True, indented=True, size=9),
}


def as_flat_document(text: WrittenText, setting: Setting) -> str:
    """Return an OpenDocument in one file of XML."""
    gap = '<style:columns fo:column-count="{0}" fo:column-gap="0.6cm">{1}</style:columns>'
    column = '<style:column style:rel-width="1000*" fo:start-indent="0.3cm" fo:end-indent="0.3cm"/>'
    columns = gap.format(setting.columns, column * setting.columns) if setting.columns > 1 else ""
    body = "".join(f'<text:p text:style-name="B">{escape(line)}</text:p>' for line in text.paragraphs)
    names = {
        "office": "office",
        "style": "style",
        "text": "text",
        "fo": "xsl-fo-compatible",
    }
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )

    def style(name: str, size: float, paragraph: str = "", more: str = "") -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
            f'<style:text-properties fo:font-family="\'{setting.font}\'" fo:font-size="{size}pt" {more}/></style:style>'
        )

    paragraph = (
        f'fo:margin-bottom="{0 if setting.indented else 0.2}cm" fo:text-indent="{0.5 if setting.indented else 0}cm" '
        f'fo:text-align="{"justify" if setting.justified else "start"}" fo:orphans="2" fo:widows="2"'
    )
    hyphens = f'fo:language="en" fo:country="US" fo:hyphenate="{str(setting.hyphens).lower()}"'
    edges = "".join(
        f'<style:{edge}-style><style:header-footer-properties fo:min-height="0.6cm"/></style:{edge}-style>'
        for edge in ("header", "footer")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>'
        f"{style('B', setting.size, paragraph, hyphens)}"
        f"{style('T', setting.size * 1.8)}{style('H', setting.size - 2)}"
        '</office:styles><office:automatic-styles><style:style style:name="S" style:family="section">'
        f"<style:section-properties>{columns}</style:section-properties></style:style>"
        '<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="21cm" '
        f'fo:page-height="29.7cm" fo:margin="2cm"/>{edges}</style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="PL">'
        f'<style:header><text:p text:style-name="H">{escape(setting.head)}</text:p></style:header>'
        '<style:footer><text:p text:style-name="H">Page <text:page-number/></text:p></style:footer>'
        "</style:master-page></office:master-styles><office:body><office:text>"
        f'<text:p text:style-name="T">{escape(text.title)}</text:p>'
        f'<text:section text:style-name="S" text:name="s">{body}</text:section>'
        "</office:text></office:body></office:document>"
    )


def written_by_libreoffice(texts: list[WrittenText], kind: str, setting: Setting) -> list[bytes]:
    """Return the texts as documents of a kind, in their order."""
    if kind in ("docx", "odt"):
        setting = replace(setting, head="")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        sources = [folder / f"{number}.fodt" for number in range(len(texts))]
        for source, text in zip(sources, texts, strict=True):
            source.write_text(as_flat_document(text, setting), "utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", made, *map(str, sources)],
            check=True,
            capture_output=True,
        )
        return [source.with_suffix(f".{kind}").read_bytes() for source in sources]


def report(name: str, texts: list[WrittenText], contents: list[bytes]) -> None:
    """Print how much of each text came back from what it was written to."""
    scores = []
    for text, content in zip(texts, contents, strict=True):
        try:
            reading = read_document(content)
            at_edge = ("running head", "footnote")
            lines = [block.text for block in reading.blocks if block.reason not in at_edge]
            if not name.startswith(("docx", "odt", "pdf")):
                lines = list(reading.paragraphs)
            scores.append(f1([line for line in lines if line != text.title], text.paragraphs))
        except VariorumError as error:
            print(f"  {name}, {text.name}: {error}")
            scores.append(0.0)
        if scores[-1] < ENOUGH:
            print(f"  {name}, {text.name}: {scores[-1]:.3f}")
    print(f"{name}: mean {sum(scores) / len(scores):.4f}, lowest {min(scores):.3f}, of {len(scores)}")


def main(paths: list[Path]) -> None:
    """Print what comes back from each format."""
    texts = given_texts(paths)
    for name, write in WRAPPERS.items():
        report(name, texts, [write(text) for text in texts])
    if not shutil.which("soffice"):
        print("Word, OpenDocument and PDF were left out: LibreOffice (soffice) is not here.")
        return
    for name, setting in SETTINGS.items():
        report(name, texts, written_by_libreoffice(texts, name.partition(",")[0], setting))


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]])
