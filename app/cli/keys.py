"""``keys``: make, list and revoke keys for scripts, on the server itself."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.operations.api_keys import ApiKey
    from app.settings import Settings


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command, with what it can do; return its parser."""
    keys = commands.add_parser(
        "keys",
        help="make, list and revoke keys for scripts that use the API",
        description="Without more, lists the keys. A key is printed once, when it is made; a running server knows at "
        "once of keys made and revoked here.",
    )
    doing = keys.add_subparsers(title="what to do", metavar="WHAT")
    add = doing.add_parser("add", help="make a key and print it, this once")
    add.add_argument("name", metavar="NAME", help="what the key is for")
    add.add_argument(
        "--write", action="store_true", help="it may also add, edit and delete (default: read only)"
    )
    revoke = doing.add_parser("revoke", help="revoke a key for good")
    revoke.add_argument("id", metavar="ID", help="as the list has it")
    keys.set_defaults(name=None, id=None)
    return keys


def keys(settings: "Settings", options: argparse.Namespace) -> str:
    """Do what the command says, and return what to print."""
    from app.services.edit_log import account
    from app.services.operations import api_keys
    from app.services.operations.database import open_database

    db = open_database(settings)
    try:
        if options.name is not None:
            scope = "write" if options.write else "read"
            return api_keys.make_key(db, options.name, scope, actor=account())[1]
        if options.id is not None:
            key = api_keys.revoke_key(db, options.id, actor=account())
            return f"The key {key.id} “{key.name}” is revoked."
        listed = api_keys.list_keys(db)
    finally:
        db.dispose()
    return "\n".join(map(_line, listed)) or "There is no key yet. Make one: variorum keys add NAME"


def _line(key: "ApiKey") -> str:
    used = f"revoked on {key.revoked_at:%Y-%m-%d}" if key.revoked_at else f"last used on {key.used_on or '-'}"
    return f"{key.id}  {key.scope:5}  made on {key.made_at:%Y-%m-%d}, {used}  {key.name}"
