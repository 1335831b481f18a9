"""Quotations: where they are (``spans``), who speaks (``attribution``), and their versions (``versions``).

Finding spans and finding speakers are separate functions, since a comparison needs only the first, and quickly.
"""

from app.collation.quotations.spans import Quotation, find
from app.collation.quotations.speakers.attribute import Attributed, attribute

__all__ = ["Attributed", "Quotation", "attribute", "find"]
