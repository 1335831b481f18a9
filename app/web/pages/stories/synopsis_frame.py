"""What the pages of many texts say of the texts that they show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import permalinks
from app.services.stories.synopsis import Synopsis
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.formatting import counted
from app.web.pages.stories.story import called
from app.web.synopsis_address import SynopsisAddress


@dataclass(frozen=True, slots=True)
class SynopsisChoice:
    """A choice and whether it is the current one."""

    name: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SynopsisFrame:
    """What both pages say of the texts that they show."""

    story: str
    """The story's title."""
    story_path: str
    base: str
    """What the base is called."""
    base_day: str
    base_path: str
    """The base's text, in the revision shown."""
    changed: str
    """For a link that names its texts: what is no longer as it was; empty where nothing changed, or for others."""
    is_pinned: bool
    today: str
    """The same for the story as it is now."""
    waiting: str
    """Which texts are not compared yet; empty where all are."""
    bases: tuple[SynopsisChoice, ...]
    path: str
    lasting: str
    """The address that shows these very texts for as long as they exist."""
    json_path: str
    is_single: bool
    """Whether there is no other text."""
    is_phrase_chosen: bool
    """Whether the reader asked for the wordings of certain words; otherwise the page chooses them."""
    fields: tuple[tuple[str, str], ...]
    """What a search for a phrase keeps of the address."""


def frame_of(synopsis: Synopsis, address: SynopsisAddress, base: str, shown: Sequence[str]) -> SynopsisFrame:
    """Return what both pages say; ``base`` is what the base is called, ``shown`` are the revisions with a wording."""
    revisions = [each.revision for each in synopsis.witnesses]
    members = [revision for revision in revisions if revision in synopsis.members]
    quoting = [revision for revision in revisions if revision in shown and revision not in synopsis.members]
    entry = synopsis.base
    current = replace(address, texts=(), quoting=(), base=entry.article)
    lasting = (
        address
        if address.texts
        else replace(address, texts=(entry.revision, *members), quoting=tuple(quoting), base="")
    )
    changed = synopsis.pinned
    return SynopsisFrame(
        story=synopsis.title,
        story_path=permalinks.story_path(synopsis.story),
        base=base,
        base_day=formatting.day(entry.published_on),
        base_path=permalinks.revision_path(entry.article, entry.number),
        changed=_changed(synopsis) if changed else "",
        is_pinned=changed is not None,
        today=replace(current, story=synopsis.story).path,
        waiting=_waiting(synopsis, base),
        bases=tuple(
            SynopsisChoice(name, _base_path(address, choice), choice.article == entry.article)
            for choice, name in zip(synopsis.choices, called(synopsis.choices), strict=True)
        )
        if len(synopsis.choices) > 1
        else (),
        path=address.path,
        lasting=lasting.path,
        json_path=replace(address, phrase="", start=None, paragraph="", sort="serious").json_path,
        is_single=not synopsis.witnesses and not synopsis.waiting,
        is_phrase_chosen=bool(address.phrase),
        fields=address.fields,
    )


def _base_path(address: SynopsisAddress, choice: ArticleEntry) -> str:
    """Return the whole text of another base: its paragraphs have other numbers."""
    return replace(address.of_all(), base=choice.article, texts=(), quoting=()).path


def _changed(synopsis: Synopsis) -> str:
    """Return what is no longer as it was when the link was made, in a sentence."""
    changed = synopsis.pinned
    if not changed:
        return ""
    parts = [
        f"{counted(changed.newer, 'text')} {'has' if changed.newer == 1 else 'have'} a newer version"
        if changed.newer
        else "",
        f"{counted(changed.joined, 'article')} joined the story since" if changed.joined else "",
        f"{counted(changed.deleted, 'text')} {'was' if changed.deleted == 1 else 'were'} deleted"
        if changed.deleted
        else "",
    ]
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _waiting(synopsis: Synopsis, base: str) -> str:
    parts = []
    if synopsis.waiting:
        count = len(synopsis.waiting)
        parts.append(
            f"{counted(count, 'article')} {'is' if count == 1 else 'are'} not compared with {base} yet, "
            "and not counted here. Reload the page to compare more."
        )
    if synopsis.unshown:
        parts.append(f"{counted(synopsis.unshown, 'further article')} of the story: not shown.")
    return " ".join(parts)
