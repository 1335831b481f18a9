"""The wordings of a paragraph, each with the texts that have it."""

from dataclasses import dataclass

from app.collation.highlights.seriousness import STEPS, Step
from app.collation.synopsis.apparatus import Apparatus, wording_key
from app.collation.synopsis.version import FINDING_WEIGHT, STEP_WEIGHTS, Difference, Version

_ORDER = {step: place for place, step in enumerate(STEPS)}


@dataclass(frozen=True, slots=True)
class VersionGroup:
    """A wording of the paragraph."""

    versions: tuple[Version, ...]
    """The texts that have it, by their revisions; the first one's words stand for all."""
    step: Step
    """The most serious difference; ``wording`` where there is none."""
    weight: int
    """Of that difference; 0 where there is none."""
    share: float
    """The share of the base paragraph's words that it has a wording of, 0 to 1."""

    @property
    def may_reverse(self) -> bool:
        """Whether it may say the opposite of the base."""
        return self.weight >= STEP_WEIGHTS["direction"]

    @property
    def is_finding(self) -> bool:
        """Whether a finding other than an attribution names a difference."""
        return self.weight >= FINDING_WEIGHT

    @property
    def is_whole(self) -> bool:
        """Whether it words the whole paragraph, not a part of it."""
        return self.share == 1


def version_groups(variants: Apparatus) -> tuple[VersionGroup, ...]:
    """Return the wordings, the most serious first and those that are word for word the base's last."""
    groups: dict[tuple[object, ...], list[Version]] = {}
    for version in variants.versions:
        key = wording_key(version.text) if version.differences else ("same", version.present)
        groups.setdefault((key,), []).append(version)
    return tuple(
        sorted(
            (_group(variants, tuple(versions)) for versions in groups.values()),
            key=lambda group: (
                -group.weight,
                _ORDER[group.step],
                -len(group.versions[0].differences),
                -group.share,
                group.versions[0].revision,
            ),
        )
    )


def _group(variants: Apparatus, versions: tuple[Version, ...]) -> VersionGroup:
    first = versions[0]
    worst: Difference | None = min(
        first.differences,
        key=lambda difference: (-difference.weight, _ORDER[difference.step]),
        default=None,
    )
    return VersionGroup(
        versions=versions,
        step=worst.step if worst else "wording",
        weight=worst.weight if worst else 0,
        share=(first.present[1] - first.present[0]) / len(variants.words) if variants.words else 1.0,
    )
