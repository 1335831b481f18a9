"""What can be taken away: a comparison, an article, a story as files, and how they are cited.

Everything here is a pure function of what it is given: no database, no web, no settings, no clock. A format is a module
in ``formats`` and a row in ``registry``.
"""
