"""Tagged PDFs, written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LEADING, SIZE = 13, 11


@dataclass
class Element:
    """An element of a structure: its type, and the pieces of text and the elements that it holds."""

    kind: str
    children: "list[Element | Piece]" = field(default_factory=list)


@dataclass
class Piece:
    """Lines that are drawn as one marked content."""

    lines: Sequence[str]
    left: int = 72
    top: int = 760
    page: int = 0
    mark: str = ""
    """What they are marked as without being in an element, such as ``Artifact``."""


def tagged_pdf(
    *elements: Element, loose: Sequence[Piece] = (), drawn: Sequence[Piece] | None = None
) -> bytes:
    """Return a PDF with these elements; ``loose`` pieces are in none, ``drawn`` gives another order of drawing."""
    pieces = [*_pieces(elements), *loose]
    pages = max(piece.page for piece in pieces) + 1
    objects: dict[int, bytes] = {}
    first_page, root = 10, 4
    numbers: dict[int, tuple[int, bytes]] = {}
    contents: list[list[bytes]] = [[] for _ in range(pages)]
    held: list[list[Piece]] = [[] for _ in range(pages)]
    for piece in drawn or pieces:
        if any(piece is other for other in loose):
            contents[piece.page].append(
                f"/{piece.mark} BMC\n".encode() + _drawn(piece) + b"\nEMC" if piece.mark else _drawn(piece)
            )
            continue
        mcid = len(held[piece.page])
        held[piece.page].append(piece)
        contents[piece.page].append(b"/Span <</MCID %d>> BDC\n%s\nEMC" % (mcid, _drawn(piece)))
        numbers[id(piece)] = mcid, b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (first_page + 2 * piece.page, mcid)
    parents: dict[int, int] = {}
    number = first_page + 2 * pages

    def write(element: Element, parent: int) -> int:
        nonlocal number
        own, number = number, number + 1
        kids = []
        for child in element.children:
            if isinstance(child, Piece):
                parents[id(child)] = own
                kids.append(numbers[id(child)][1])
            else:
                kids.append(b"%d 0 R" % write(child, own))
        objects[own] = b"<</Type/StructElem/S/%s/P %d 0 R/K[%s]>>" % (
            element.kind.encode(),
            parent,
            b" ".join(kids),
        )
        return own

    tops = [write(element, root) for element in elements]
    tree = b" ".join(
        b"%d [%s]" % (page, b" ".join(b"%d 0 R" % parents[id(piece)] for piece in pieces_of_page))
        for page, pieces_of_page in enumerate(held)
    )
    objects[1] = b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R>>"
    kids_of_pages = b" ".join(b"%d 0 R" % (first_page + 2 * page) for page in range(pages))
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids_of_pages)
    objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects[root] = b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>>>" % (
        b" ".join(b"%d 0 R" % top for top in tops),
        tree,
    )
    for page, parts in enumerate(contents):
        content = b"\n".join(parts)
        objects[first_page + 2 * page] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/StructParents %d/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (page, first_page + 2 * page + 1)
        )
        objects[first_page + 2 * page + 1] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in sorted(objects.items()))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF" % number


def _pieces(elements: "Sequence[Element | Piece]") -> list[Piece]:
    pieces: list[Piece] = []
    for element in elements:
        pieces += [element] if isinstance(element, Piece) else _pieces(element.children)
    return pieces


def _drawn(piece: Piece) -> bytes:
    return "\n".join(
        f"BT /F1 {SIZE} Tf {piece.left} {piece.top - LEADING * place} Td ({line}) Tj ET"
        for place, line in enumerate(piece.lines)
    ).encode()
