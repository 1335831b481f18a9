"""Quotations: where they stand (``spans``), who speaks (``attribution``), and their versions (``versions``).

Finding spans and telling speakers are two functions, since a comparison needs the first alone and needs it quickly.
"""

from app.collation.quotations.spans import Quotation, find
from app.collation.quotations.speakers.attribute import Attributed, attribute

__all__ = ["Attributed", "Quotation", "attribute", "find"]
