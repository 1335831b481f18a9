"""What feeds say of a text, a note, a quotation, or what a search found."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app import permalinks
from app.collation.document import labels
from app.collation.findings.registry import KINDS
from app.collation.highlights.revised import RevisedPassage, Substance
from app.collation.model import Change
from app.services.articles.history import HistoryEntry
from app.services.notes import EditorNote
from app.services.quotations.versions import PrintedQuotation, WordingGroup
from app.services.search.find import ArticleHits
from app.services.search.marks import HitExcerpt
from app.services.stories.latest import LatestText, WorstOfText
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.feeds.atom import NEVER, FeedEntry, stable_id, text
from app.web.pages.notes.note_view import STATUSES
from app.web.pages.quotations.quotation import HEADINGS
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED
from app.web.pages.shared.numbering import in_signs
from app.web.pages.shared.relatives import compare_path, shared_view

STATED = {
    "title": "Title",
    "publisher": "Publisher",
    "author": "Author",
    "published_on": "Published on",
    "url": "Address",
}

SUBSTANCES: dict[Substance, str] = {
    "text": "",
    "extras": "Only page extras changed, not the article’s text.",
    "typography": "Only punctuation marks and spaces changed.",
    "none": "Only what is stated of the article changed, not its text.",
}


def text_entry(latest: LatestText, base: str) -> FeedEntry:
    """Return the entry of a text that was added or edited; ``base`` is the start of absolute links."""
    entry = latest.entry
    parts = [_stated(entry)]
    if entry.number > 1:
        parts.append(_edited(latest.edit))
    if latest.nearest:
        other = latest.nearest.article
        name = labels(entry.publisher, entry.title, other.publisher, other.title)[1]
        shared = shared_view(latest.nearest.relation)
        parts.append(
            f"<p>{text(shared.kind)}{': ' if shared.says else ''}{text(shared.says)} "
            f"{_link(base + compare_path(entry, latest.nearest), f'Compare with {name}')}</p>"
        )
    if latest.worst:
        parts.append(_worst(latest.worst, base))
    title = f"Edited: {entry.title} (revision {entry.number})" if entry.number > 1 else entry.title
    return FeedEntry(
        id=stable_id("revision", entry.revision),
        title=title,
        updated=latest.at,
        link=base + permalinks.revision_path(entry.article, entry.number),
        author=entry.author or entry.publisher,
        html="".join(parts),
    )


def note_entry(note: EditorNote, base: str) -> FeedEntry:
    """Return the entry of a public note."""
    words = "".join(
        f"<p>{letter}: <q>{text(words)}</q></p>"
        for letter, words in (("A", note.base_words), ("B", note.witness_words))
        if words
    )
    lines = "".join(f"<p>{text(line)}</p>" for line in note.text.split("\n") if line.strip())
    return FeedEntry(
        id=stable_id("note", note.id),
        title=f"Note on {note.place}: {STATUSES[note.status].lower()}",
        updated=note.changed_at,
        link=base + note.link,
        author=note.who,
        html=words + lines,
    )


def printing_entry(
    printed: PrintedQuotation, group: WordingGroup, times: Mapping[str, datetime], base: str
) -> FeedEntry:
    """Return the entry of an article that prints a quotation, with how its wording differs from the most complete."""
    entry = printed.entry
    heading = HEADINGS[group.kind]
    speaker = f"<p>Said by {text(printed.person or printed.speaker or '')}.</p>" if printed.speaker else ""
    return FeedEntry(
        id=stable_id("quotation", printed.id),
        title=f"{entry.publisher or PUBLISHER_NOT_STATED}: {heading.lower()}",
        updated=times.get(entry.revision, NEVER),
        link=f"{base}{permalinks.quotation_path(printed.id)}",
        author=entry.author or entry.publisher,
        html=f"{_stated(entry)}<blockquote>{_marked(group.beside, group.text, group.changes)}</blockquote>{speaker}",
    )


def hit_entry(hits: ArticleHits, times: Mapping[str, datetime], base: str) -> FeedEntry:
    """Return the entry of an article that a search found, with the paragraphs that hold the words."""
    entry = hits.article
    path = base + permalinks.revision_path(entry.article, entry.number)
    paragraphs = "".join(
        f"<p>{_link(f'{path}#{hit.anchor}', f'Paragraph {hit.number}')} {_excerpt(hit.excerpt)}</p>"
        for hit in hits.paragraphs
    )
    return FeedEntry(
        id=stable_id("revision", entry.revision),
        title=entry.title,
        updated=times.get(entry.revision, entry.added_at),
        link=path,
        author=entry.author or entry.publisher,
        html=_stated(entry) + paragraphs,
    )


def _stated(entry: ArticleEntry) -> str:
    facts = (entry.publisher or PUBLISHER_NOT_STATED, entry.author, formatting.day(entry.published_on))
    return f"<p>{text(', '.join(fact for fact in facts if fact))}</p>"


def _edited(edit: HistoryEntry | None) -> str:
    stated = "".join(
        f"<p>{text(STATED[each.field])}: <del>{text(each.before)}</del> <ins>{text(each.after)}</ins></p>"
        for each in (edit.stated if edit else ())
    )
    if edit is None or edit.change is None:
        return f"{stated}<p>What it changed in the text has not been compared yet.</p>"
    change = edit.change
    if change.substance != "text":
        return f"{stated}<p>{SUBSTANCES[change.substance]}</p>"
    more = formatting.counted(change.unshown, "more place") if change.unshown else ""
    return stated + "".join(map(_passage, change.passages)) + f"<p>{more}</p>" * bool(more)


def _passage(passage: RevisedPassage) -> str:
    gone = f"<del>{text(passage.before)}</del>" if passage.before and not passage.is_moved else ""
    come = f"<ins>{text(passage.after)}</ins>" if passage.after else ""
    if passage.is_moved and not come:
        return f"<p>{text(in_signs([passage.place]))} moved: {text(passage.before)}</p>"
    return f"<p>{text(in_signs([passage.place]))} {text(passage.lead)}{gone}{come}{text(passage.tail)}</p>"


def _worst(worst: WorstOfText, base: str) -> str:
    finding = worst.finding.finding
    heading = "May reverse the meaning" if finding.may_reverse else KINDS[finding.kind].heading
    comparison = permalinks.compare_path(worst.finding.base, worst.finding.witness)
    path = permalinks.row_path(comparison, finding.row, finding.number)
    return (
        f"<p>{_link(base + path, heading)}: <q>{text(finding.base_words)}</q> – "
        f"<q>{text(finding.witness_words)}</q></p>"
    )


def _marked(before: str, after: str, changes: Sequence[Change]) -> str:
    """Return a text with what left it and what came into it."""
    parts: list[str] = []
    for change in changes:
        gone, come = before[slice(*change.base)], after[slice(*change.witness)]
        if change.op == "equal":
            parts.append(text(come))
            continue
        parts += [f"<del>{text(gone)}</del>"] * bool(gone) + [f"<ins>{text(come)}</ins>"] * bool(come)
    return "".join(parts)


def _excerpt(excerpt: HitExcerpt) -> str:
    parts: list[str] = [] if excerpt.is_opening else ["… "]
    end = 0
    for start, stop in excerpt.spans:
        parts += [text(excerpt.text[end:start]), f"<mark>{text(excerpt.text[start:stop])}</mark>"]
        end = stop
    return "".join([*parts, text(excerpt.text[end:]), "" if excerpt.is_ending else " …"])


def _link(address: str, words: str) -> str:
    return f'<a href="{text(address)}">{text(words)}</a>'
