"""Services that take a Database open their own transaction; those that take a Session use the caller's."""

import ast
from collections.abc import Iterator

import pytest

from tests.contracts.test_tree import ROOT, tracked

OPENING = {"reading", "writing"}
ENDING = {"commit", "rollback", "close", "begin"}


def functions(*folders: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function with the name by which a failure reports it."""
    for path in tracked(*folders):
        if path.suffix == ".py":
            for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield f"{path}:{node.name}", node


def parameter_types(function: ast.FunctionDef) -> list[str]:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [ast.unparse(argument.annotation) for argument in arguments if argument.annotation]


def methods_called(function: ast.FunctionDef) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {called.attr for called in calls if isinstance(called, ast.Attribute)}


def offence(function: ast.FunctionDef) -> str | None:
    """Describe what a function wrongly does with its caller's transaction; None if nothing."""
    types = parameter_types(function)
    if "Session" not in types:
        return None
    if "Database" in types:
        return "takes a Session and a Database"
    if types[0] != "Session":
        return "takes a Session, but not first"
    called = methods_called(function) & (OPENING | ENDING)
    return f"calls {', '.join(sorted(called))} in its caller's transaction" if called else None


def test_functions_that_take_a_session_leave_the_transaction_to_the_caller() -> None:
    offences = {name: offence(function) for name, function in functions("app/services", "app/db")}
    assert {name: reason for name, reason in offences.items() if reason} == {}


def test_only_the_engine_ends_a_transaction() -> None:
    ending = {
        name for name, function in functions("app") if methods_called(function) & {"commit", "rollback"}
    }
    assert ending == {"app/db/engine/base.py:writing"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(session: Session): session.commit()", "calls commit in its caller's transaction"),
        ("def f(session: Session, db: Database): ...", "takes a Session and a Database"),
        ("def f(name: str, session: Session): ...", "takes a Session, but not first"),
        ("def f(session: Session): session.execute(statement)", None),
        ("def f(db: Database):\n    with db.writing() as session: ...", None),
    ],
)
def test_an_offence_is_found(source: str, expected: str | None) -> None:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert offence(function) == expected
