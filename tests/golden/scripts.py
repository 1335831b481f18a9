"""The word diff written as one line, for tests to read."""

from app.collation.diff import diff


def written(base: str, witness: str) -> str:
    """Return the diff as ``kept [-base only-][+witness only+] {typography|typography}``."""
    out = []
    for change in diff(base, witness).changes:
        struck, instead = base[slice(*change.base)], witness[slice(*change.witness)]
        if change.op == "equal":
            out.append(struck)
        elif change.typography:
            out.append(f"{{{struck}|{instead}}}")
        else:
            out.append((f"[-{struck}-]" if struck else "") + (f"[+{instead}+]" if instead else ""))
    return "".join(out)
