"""What readers see of a finished comparison: excerpts, kept quotations, verbatim text."""
