"""Dates and times of the day as values: English ones, and those of other languages."""
