"""What a finished comparison tells a reader: excerpts, kept quotations, verbatim text."""
