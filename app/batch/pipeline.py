"""All pairs of an archive: the steps of a job, each written whole before the next begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce

from app.batch import candidates, groups, json_output, postings, quotations, reading, verification
from app.batch.folder import ArchiveRun, Folder, Manifest, schema
from app.batch.session import Frame
from app.collation.discovery.copies import groups_allowed
from app.collation.relations import REUSE
from app.collation.text import fingerprints
from app.errors import InvalidInputError

PIECES, MIN_PIECE = 16, 32_768
"""A run's texts are verified in at most so many pieces, each of at least so many serials and written by itself: what a
kill loses."""

KEYS_PER_TEXT = 320
"""Fingerprints and distinct words of a text of some 430 words, from which the number of buckets follows."""


@dataclass(frozen=True, slots=True)
class ArchiveCounts:
    """What a job found."""

    articles: int
    bad: int
    """Lines without an article."""
    replaced: int
    """Articles that a later line of the same id repeated or replaced."""
    relations: int


class Job:
    """A job in its folder."""

    def __init__(self, folder: Folder, limit: int) -> None:
        self.folder = folder
        self._limit = limit
        self._spark = folder.spark

    def run(self, names: Sequence[str]) -> ArchiveCounts:
        """Find all relations of the articles in these inputs that the folder does not have yet."""
        manifest, number = self._begin(names)
        run = manifest.runs[number]
        if not run.done:
            self._read_texts(manifest, number, names)
            texts, total = self.texts(number), self._counted(number)[0]
            self.folder.say(f"{total:,} articles in all")
            self._find_candidates(texts, total, number, run.first)
            self._verify(run, number)
            self._write_for_library(run, number, groups_allowed(total))
            self._group(number)
            self._find_versions(run, number)
            run.done = True
            self.folder.store_manifest(manifest)
        return self._counts(number)

    def texts(self, last: int) -> Frame:
        """Return the articles of all runs up to ``last``, without those that a later line replaced."""
        return self._lines(last).where("problem IS NULL").join(self._dropped(last), "serial", "left_anti")

    def bad_lines(self, last: int) -> Frame:
        """Return the lines that gave no article."""
        return self._lines(last).where("problem IS NOT NULL").select("source", "line", "problem")

    def relations(self, last: int) -> Frame:
        """Return the relations of all runs, without articles that a later line replaced."""
        from pyspark.sql import functions as f

        reader = self._spark.read.schema(schema(verification.RELATIONS)).option("recursiveFileLookup", "true")
        relations = reader.parquet(
            *(self.folder.at(_name(number, "relations")) for number in range(last + 1))
        )
        dropped = f.broadcast(self._dropped(last))
        for end in ("a_serial", "b_serial"):
            relations = relations.join(dropped.withColumnRenamed("serial", end), end, "left_anti")
        return relations

    def groups(self, last: int) -> Frame:
        """Return ``id`` and ``story``, the id of the first article of its group, of articles that share text."""
        return self.folder.read(_name(last, "groups"))

    def quotations(self, last: int) -> Frame:
        """Return every quotation, with the ``head`` of its wording and the ``kind`` of version that it is."""
        quotations = self._quotations(last).drop("grams", "length")
        return quotations.join(self.folder.read(_name(last, "versions")), "wording", "left")

    @property
    def last(self) -> int:
        """The number of the last run, from 0."""
        manifest = self.folder.manifest()
        return len(manifest.runs) - 1 if manifest else -1

    def _begin(self, names: Sequence[str]) -> tuple[Manifest, int]:
        """Return the run to do: the one that was stopped, or a new one if the inputs are not those of the last."""
        given = [list(file) for source in reading.find_inputs(self.folder, names) for file in source.files]
        made_by = str(fingerprints.VERSION)
        manifest = self.folder.manifest() or Manifest(made_by)
        if manifest.made_by != made_by:
            raise InvalidInputError(
                f"{self.folder.path} has fingerprints of another version of the program.",
                "Name another --out.",
            )
        runs = manifest.runs
        if runs and runs[-1].inputs == given:
            self.folder.say(
                "going on with the run that was stopped" if not runs[-1].done else "nothing is new"
            )
            return manifest, len(runs) - 1
        if runs and not runs[-1].done:
            raise InvalidInputError(
                f"The last run in {self.folder.path} was stopped, and it read other inputs, or they changed since.",
                "Finish it with the same inputs as they were, or name another --out.",
            )
        runs.append(ArchiveRun(given, runs[-1].first + runs[-1].lines if runs else 0))
        self.folder.store_manifest(manifest)
        return manifest, len(runs) - 1

    def _read_texts(self, manifest: Manifest, number: int, names: Sequence[str]) -> None:
        run = manifest.runs[number]

        def make() -> Frame:
            texts, end = reading.read_texts(
                self.folder, reading.find_inputs(self.folder, names), run.first, self._limit
            )
            run.lines = end - run.first
            self.folder.store_manifest(manifest)
            return texts

        self.folder.step(_name(number, "texts"), "reading articles", make)
        self.folder.step(
            _name(number, "dropped"),
            "looking for ids given twice",
            lambda: reading.repeated(self._lines(number)),
        )

    def _find_candidates(self, texts: Frame, total: int, number: int, first: int) -> None:
        from pyspark.sql import functions as f

        buckets = postings.bucket_count(total * KEYS_PER_TEXT, self._spark.sparkContext.defaultParallelism)
        allowed = groups_allowed(total)
        held = self.folder.step(
            _name(number, "work/prints"),
            "sorting fingerprints",
            lambda: postings.lists(postings.packets(texts, "prints", buckets)),
        )

        def frequent() -> Frame:
            wanted = postings.holders_to_count(held, allowed)
            return postings.frequent(held, wanted.join(texts.select("serial", "prints"), "serial"), allowed)

        known = self.folder.step(_name(number, "work/frequent"), "counting groups of copies", frequent)

        def chosen() -> Frame:
            messages = postings.print_messages(held, known, first).unionByName(
                postings.word_messages(postings.packets(texts, "words", buckets), first)
            )
            return candidates.candidates(texts.where(f.col("serial") >= first), messages, total)

        self.folder.step(_name(number, "candidates"), "choosing candidates", chosen)

    def _verify(self, run: ArchiveRun, number: int) -> None:
        from pyspark.sql import functions as f

        candidates = self.folder.read(_name(number, "candidates"))
        size = max(MIN_PIECE, -(-run.lines // PIECES))
        size += -size % verification.BLOCK_TEXTS
        start = run.first - run.first % verification.BLOCK_TEXTS
        pieces = range(start, max(run.first + run.lines, start + 1), size)  # one at least, even if empty
        for place, begins in enumerate(pieces):
            piece = candidates.where((f.col("serial") >= begins) & (f.col("serial") < begins + size))
            self.folder.step(
                _name(number, f"relations/{place:04}"),
                f"verifying, part {place + 1} of {len(pieces)}",
                partial(verification.verified, self.texts(number), piece),
            )

    def _write_for_library(self, run: ArchiveRun, number: int, allowed: int) -> None:
        """Write what ``import --relations`` reads: this run's articles, its relations, and what is too common."""
        from pyspark.sql import functions as f

        new = self.texts(number).where(f.col("serial") >= run.first)
        known = self.folder.read(_name(number, "work/frequent"))
        relations = self.relations(number).where(f.col("b_serial") >= run.first)
        write = self.folder.lines
        write(_name(number, "library/articles"), "writing articles", partial(json_output.article_lines, new))
        write(
            _name(number, "library/relations"),
            "writing relations",
            partial(json_output.relation_lines, relations),
        )
        write(
            _name(number, "library/frequent"),
            "writing what is common",
            partial(json_output.print_lines, known, allowed),
        )

    def _group(self, number: int) -> None:
        from pyspark.sql import functions as f

        def make() -> Frame:
            reuse = self.relations(number).where(f.col("kind").isin(sorted(REUSE)))
            labels = groups.groups(
                reuse.select(f.col("a_serial").alias("one"), f.col("b_serial").alias("other"))
            )
            names = self.texts(number).select("serial", "id")
            firsts = names.withColumnsRenamed({"serial": "first", "id": "story"})
            return labels.join(names, "serial").join(firsts, "first").select("id", "story")

        self.folder.step(_name(number, "groups"), "grouping articles that share text", make)

    def _find_versions(self, run: ArchiveRun, number: int) -> None:
        from pyspark.sql import functions as f

        def extract() -> Frame:
            return quotations.extracted(self.texts(number).where(f.col("serial") >= run.first))

        self.folder.step(_name(number, "quotations"), "finding quotations", extract)
        known = self.folder.step(
            _name(number, "work/wordings"),
            "gathering wordings",
            lambda: quotations.wordings(self._quotations(number)),
        )
        pairs = self.folder.step(
            _name(number, "work/wording_pairs"), "comparing wordings", lambda: quotations.related(known)
        )
        self.folder.step(
            _name(number, "versions"), "finding versions", lambda: quotations.versions(known, pairs)
        )
        self.folder.remove(_name(number, "work"))

    def _quotations(self, last: int) -> Frame:
        every = [self.folder.read(_name(number, "quotations")) for number in range(last + 1)]
        return reduce(lambda one, other: one.unionByName(other), every).join(
            self._dropped(last), "serial", "left_anti"
        )

    def _lines(self, last: int) -> Frame:
        return reduce(
            lambda one, other: one.unionByName(other),
            [self.folder.read(_name(number, "texts")) for number in range(last + 1)],
        )

    def _dropped(self, last: int) -> Frame:
        return self.folder.read(_name(last, "dropped"))

    def _counts(self, number: int) -> ArchiveCounts:
        articles, bad, replaced = self._counted(number)
        return ArchiveCounts(articles, bad, replaced, self.relations(number).count())

    def _counted(self, last: int) -> tuple[int, int, int]:
        """Return how many articles there are up to a run, how many lines without one, and how many were replaced."""
        good, bad = (
            self._lines(last).selectExpr("count_if(problem IS NULL)", "count_if(problem IS NOT NULL)").first()
        )
        replaced = self._dropped(last).count()
        return good - replaced, bad, replaced


def _name(number: int, name: str) -> str:
    """Return the name of a run's dataset.

    >>> _name(0, "texts")
    'runs/0001/texts'
    """
    return f"runs/{number + 1:04}/{name}"
