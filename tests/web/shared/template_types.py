"""What a template takes from its page's dataclass, followed through loops, includes, macros and assignments."""

import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes

Types = dict[str, Any]
UNKNOWN = object()


def attribute_type(owner: Any, name: str) -> Any:
    """Return the type of ``owner.name``; None if a dataclass or named tuple has no such attribute; else UNKNOWN."""
    if not (isinstance(owner, type) and (is_dataclass(owner) or hasattr(owner, "_fields"))):
        return UNKNOWN
    hints = get_type_hints(owner)
    if name in hints:
        return bare(hints[name])
    member = getattr(owner, name, None)
    if isinstance(member, property):
        return bare(get_type_hints(member.fget).get("return", UNKNOWN))
    return UNKNOWN if callable(member) else None


def bare(hint: Any) -> Any:
    """``hint`` without ``| None``; UNKNOWN for a union of several."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return kinds[0] if len(kinds) == 1 else UNKNOWN
    return hint


def element_types(container: Any) -> Any:
    """Return the type of the items of ``container``."""
    origin, arguments = get_origin(container), get_args(container)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return bare(arguments[0])
    if origin in (list, frozenset) or (isinstance(origin, type) and issubclass(origin, typing.Sequence)):
        return bare(arguments[0])
    return UNKNOWN


class Reader:
    """Follows a template from what it is given, and notes every name that its dataclass does not have."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.missing: list[str] = []
        self.reached: set[str] = set()
        self.taken: set[tuple[type, str]] = set()
        self._calls: set[tuple[str, str, tuple[str, ...]]] = set()

    def read(self, template: str, scope: Types) -> None:
        """Everything that ``template`` does with ``scope``."""
        self.reached.add(template)
        assert self.environment.loader is not None
        source = self.environment.loader.get_source(self.environment, template)[0]
        tree = self.environment.parse(source)
        macros = {macro.name: (template, macro) for macro in tree.find_all(nodes.Macro)}
        for imported in tree.find_all(nodes.FromImport):
            assert isinstance(imported.template, nodes.Const)
            macros |= self._imported(imported.template.value, imported.names)
        self._body(tree.body, dict(scope), macros, template)

    def _imported(self, template: str, names: list[Any]) -> dict[str, Any]:
        self.reached.add(template)
        assert self.environment.loader is not None
        tree = self.environment.parse(self.environment.loader.get_source(self.environment, template)[0])
        macros = {macro.name: (template, macro) for macro in tree.find_all(nodes.Macro)}
        for imported in tree.find_all(nodes.FromImport):
            assert isinstance(imported.template, nodes.Const)
            macros |= self._imported(imported.template.value, imported.names)
        return macros

    def _body(self, body: list[Any], scope: Types, macros: Mapping[str, Any], template: str) -> None:
        for node in body:
            self._node(node, scope, macros, template)

    def _node(self, node: nodes.Node, scope: Types, macros: Mapping[str, Any], template: str) -> None:
        match node:
            case nodes.Macro() | nodes.FromImport():
                return
            case nodes.For():
                self._type(node.iter, scope, macros, template)
                inner = dict(scope) | {"loop": UNKNOWN}
                item_types = element_types(self._type(node.iter, scope, macros, template))
                if isinstance(node.target, nodes.Name):
                    inner[node.target.name] = item_types
                else:
                    inner |= {name.name: UNKNOWN for name in node.target.find_all(nodes.Name)}
                self._body([*node.body, *([node.test] if node.test else [])], inner, macros, template)
                self._body(node.else_, scope, macros, template)
            case nodes.Assign() if isinstance(node.target, nodes.Name):
                scope[node.target.name] = self._type(node.node, scope, macros, template)
            case nodes.Include():
                assert isinstance(node.template, nodes.Const)
                self.read(node.template.value, scope)
            case nodes.Extends():
                assert isinstance(node.template, nodes.Const)
                self.read(node.template.value, scope)
            case nodes.Expr():
                self._type(node, scope, macros, template)
            case nodes.Block() | nodes.If() | nodes.With():
                self._body(list(node.iter_child_nodes()), scope, macros, template)
            case _:
                self._body(list(node.iter_child_nodes()), scope, macros, template)

    def _type(self, node: nodes.Node, scope: Types, macros: Mapping[str, Any], template: str) -> Any:
        """Return the type of an expression, and note every attribute that it reads."""
        match node:
            case nodes.Name():
                return scope.get(node.name, UNKNOWN)
            case nodes.Getattr():
                owner = self._type(node.node, scope, macros, template)
                member_type = attribute_type(owner, node.attr)
                if member_type is None:
                    self.missing.append(f"{template}:{node.lineno}: {owner.__name__} has no {node.attr}")
                    return UNKNOWN
                if isinstance(owner, type):
                    self.taken.add((owner, node.attr))
                return member_type
            case nodes.Getitem() if not isinstance(node.arg, nodes.Slice):
                return element_types(self._type(node.node, scope, macros, template))
            case nodes.Call() if isinstance(node.node, nodes.Name) and node.node.name in macros:
                self._call(node, scope, macros, template)
                return UNKNOWN
            case _:
                for child in node.iter_child_nodes():
                    self._node(child, scope, macros, template)
                return UNKNOWN

    def _call(self, node: nodes.Call, scope: Types, macros: Mapping[str, Any], template: str) -> None:
        assert isinstance(node.node, nodes.Name)
        home, macro = macros[node.node.name]
        names = [argument.name for argument in macro.args]
        arguments = dict.fromkeys(names, UNKNOWN)
        for name, value in [
            *zip(names, node.args, strict=False),
            *((kw.key, kw.value) for kw in node.kwargs),
        ]:
            arguments[name] = self._type(value, scope, macros, template)
        key = (home, macro.name, tuple(str(kind) for kind in arguments.values()))
        if key not in self._calls:
            self._calls.add(key)
            self._body(macro.body, arguments | {"site": scope.get("site", UNKNOWN)}, macros, home)
