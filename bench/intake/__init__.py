"""How well articles are brought in: fields, encodings, and texts read back from the formats to which they were written.

``python -m bench.intake.round_trip``, ``bench.intake.encodings`` and ``bench.intake.fields`` print what they find.
"""
