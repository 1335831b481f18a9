"""Jobs over a whole archive on Apache Spark: the extra ``variorum[spark]``, which nothing else of the program needs.

The collation core runs unchanged in Spark's Python workers. Modules here import Spark and Arrow inside their functions,
so that the rest of the program, its tests and its type checks do without them.
"""
