"""Exports: a comparison, an article or a story as files, and their citations.

Everything here is a pure function of what it is given: no database, no web, no settings, no clock. A format is a module
in ``formats`` and a row in ``registry``.
"""
