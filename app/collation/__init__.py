"""The pure core: paragraphs, alignment, diff and drift, over frozen dataclasses."""
