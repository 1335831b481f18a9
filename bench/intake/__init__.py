"""How well articles are brought in: fields, encodings, and texts that come back from the formats they were written to.

``python -m bench.intake.round_trip``, ``bench.intake.encodings`` and ``bench.intake.fields`` print what they find.
"""
