"""Use cases, by subject. The first parameter of a function says whose transaction it works in.

One that takes a ``Database`` owns its transactions. It does what takes time (reading texts, finding relations and
quotations) before it takes the write lock, and has committed when it returns. What works off a backlog, imports or
exports takes one transaction for each batch, so it can be stopped at any time.

One that takes a ``Session`` is a step inside its caller's transaction, and neither commits nor opens another. There
are two reasons for one:

- What is stored with a revision is stored with it or not at all: its index entry (``relations.index``), its relations
  and story (``relations.relate``, ``relations.story_clusters``), what they teach about boilerplate
  (``relations.boilerplate_scan``), its quotations (``quotations.extract``, ``quotations.cluster``); an import stores a
  whole batch so (``transfer.import_batch``).
- What one page or one decision reads is read from one moment: candidates (``relations.candidates``), groups of copies
  (``relations.boilerplate``) and the parts of an article's, a story's or a quotation's page.

A test (``tests/contracts/test_transactions.py``) holds this.
"""
