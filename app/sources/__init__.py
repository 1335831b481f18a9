"""Reads what people bring, in every format, into a Draft."""
