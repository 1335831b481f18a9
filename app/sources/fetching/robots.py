"""What a site asks of programs in its robots.txt (RFC 9309)."""

from dataclasses import dataclass

MAX_RULES = 2_000
"""Rules of a file that are heeded."""

MAX_PATTERN_CHARS = 500


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one robots.txt for one program."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, each with whether it allows them."""

    def allows(self, target: str) -> bool:
        """Return whether ``target``, a path with its query, may be fetched: the longest pattern decides.

        >>> rules = read_robots("User-agent: *\\nDisallow: /a\\nAllow: /a/b$", "variorum")
        >>> [rules.allows(path) for path in ("/c", "/a/x", "/a/b", "/a/b/c")]
        [True, False, True, False]
        """
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, target)]
        return max(matching)[1] if matching else True


EVERYTHING = Rules()
NOTHING = Rules((("/", False),))


def read_robots(text: str, agent: str) -> Rules:
    """Return the rules for ``agent``, a product's name in lower case: its own group's, else those for everybody."""
    own: list[tuple[str, bool]] = []
    everybody: list[tuple[str, bool]] = []
    has_own = False
    is_own = is_everybody = in_rules = False  # of the group that is being read
    for line in text.lstrip("\ufeff").splitlines():
        name, separator, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not separator:
            continue
        if name == "user-agent":
            named = value.lower()
            is_own = (is_own and not in_rules) or _is(named, agent)
            is_everybody = (is_everybody and not in_rules) or named == "*"
            in_rules = False
            has_own |= is_own
        elif name in ("allow", "disallow"):
            in_rules = True
            if not value or len(value) > MAX_PATTERN_CHARS:
                continue
            rule = (value, name == "allow")
            if is_own:
                own.append(rule)
            if is_everybody:
                everybody.append(rule)
    return Rules(tuple((own if has_own else everybody)[:MAX_RULES]))


def _is(named: str, agent: str) -> bool:
    return named.partition("/")[0].strip() == agent


def _matches(pattern: str, target: str) -> bool:
    """Return whether ``pattern`` matches the beginning of ``target``: ``*`` is any run, ``$`` at its end is the end.

    Each part between stars is looked for from where the one before it ends, so that no pattern takes long.
    """
    first, *rest = pattern.removesuffix("$").split("*")
    is_whole = pattern.endswith("$")
    if is_whole and not rest:
        return target == first
    if not target.startswith(first):
        return False
    place = len(first)
    last = rest.pop() if is_whole else ""
    for part in rest:
        place = target.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return len(target) - len(last) >= place and target.endswith(last)
