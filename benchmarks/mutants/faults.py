"""The small faults that a module can have: one comparison, sum, constant, condition or statement changed.

Knows Python's syntax; knows no tests. Left alone are texts (what people read is held by golden files),
annotations, assignments, whose loss any test at all would notice, and `strict` of zip, which guards against
what cannot happen.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import partial

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_OPPOSITE = {"min": "max", "max": "min", "any": "all", "all": "any", "fmin": "fmax", "fmax": "fmin"}
_Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        name: where and what, the same on every run: `function: before → after`.
        line: of the original.
        in_function: whether it is met only when a function runs, not when the module is loaded.
        source: makes the text of the whole module with the fault in it.
    """

    name: str
    line: int
    in_function: bool
    source: Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Place:
    """An expression or a statement: itself, what it lies in, outermost first, and where in the last of it."""

    node: ast.expr | ast.stmt
    path: list[ast.AST]
    field: str
    index: int | None

    def source(self, tree: ast.Module, changed: ast.AST) -> str:
        """The module with something else in this place."""
        self._put(changed)
        try:
            return ast.unparse(ast.fix_missing_locations(tree))
        finally:
            self._put(self.node)

    def _put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.path[-1], self.field, node)
        else:
            getattr(self.path[-1], self.field)[self.index] = node


def faults(source: str) -> list[Fault]:
    """Every fault of a module, in the order of its lines."""
    tree = ast.parse(source)
    found = []
    names: Counter[str] = Counter()
    for place in _places(tree):
        for change in _changes(place.node, place.path):
            changed = change(copy(place.node))
            name = f"{_function(place.path)}: {_shown(place.node)} → {_shown(changed)}"
            names[name] += 1
            name += f" ({names[name]})" if names[name] > 1 else ""
            is_inside = any(isinstance(each, ast.FunctionDef) for each in place.path)
            found.append(Fault(name, place.node.lineno, is_inside, partial(place.source, tree, changed)))
    return sorted(found, key=lambda fault: (fault.line, fault.name))


def _places(tree: ast.Module) -> Iterator[_Place]:
    left: list[tuple[ast.AST, list[ast.AST]]] = [(tree, [])]
    while left:
        node, path = left.pop()
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue
        for field, value in ast.iter_fields(node):
            if field in {"annotation", "returns", "decorator_list", "format_spec"} or _is_types(node, field):
                continue
            for index, child in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(child, ast.expr | ast.stmt):
                    yield _Place(child, [*path, node], field, index if isinstance(value, list) else None)
                if isinstance(child, ast.AST):
                    left.append((child, [*path, node]))


def _is_types(node: ast.AST, field: str) -> bool:
    """Whether a field names types only: the second argument of isinstance, a type alias."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return field == "args" and node.func.id in {"isinstance", "TypeVar", "cast"}
    return isinstance(node, ast.Subscript) and field == "slice" and isinstance(node.value, ast.Name)


def _changes(node: ast.AST, path: list[ast.AST]) -> Iterator[_Change]:
    yield from _operator_changes(node)
    yield from _value_changes(node)
    yield from _condition_changes(node, path)
    yield from _statement_changes(node, path)


def _operator_changes(node: ast.AST) -> Iterator[_Change]:
    match node:
        case ast.Compare(ops=[operator]):
            for other in _COMPARED[type(operator)]:
                yield partial(_set, field="ops", value=[other()])
        case ast.BoolOp(op=ast.And()):
            yield partial(_set, field="op", value=ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield partial(_set, field="op", value=ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield lambda _: operand
        case ast.BinOp(op=operator) if type(operator) in _COMPUTED and not _is_text(node):
            yield partial(_set, field="op", value=_COMPUTED[type(operator)]())


def _value_changes(node: ast.AST) -> Iterator[_Change]:
    match node:
        case ast.Constant(value=bool() as value):
            yield partial(_set, field="value", value=not value)
        case ast.Constant(value=int() as value):
            yield partial(_set, field="value", value=value + 1)
        case ast.Constant(value=float() as value):
            yield partial(_set, field="value", value=value * 2 or 1.0)
        case ast.Call(func=ast.Name(id=name)) if name in _OPPOSITE:
            yield partial(_set, field="func", value=ast.Name(_OPPOSITE[name]))
        case ast.Call(func=ast.Attribute(attr=name) as called) if name in _OPPOSITE:
            yield partial(_set, field="func", value=_set(copy(called), field="attr", value=_OPPOSITE[name]))


def _condition_changes(node: ast.AST, path: list[ast.AST]) -> Iterator[_Change]:
    """A plain name, attribute or call that decides something, turned round."""
    parent = path[-1] if path else None
    decides = (
        (isinstance(parent, ast.If | ast.While | ast.IfExp) and node is parent.test)
        or (isinstance(parent, ast.comprehension) and node in parent.ifs)
        or (isinstance(parent, ast.BoolOp) and isinstance(path[-2], ast.If | ast.Return))
    )
    if decides and isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield lambda _: ast.UnaryOp(ast.Not(), node)


def _statement_changes(node: ast.AST, path: list[ast.AST]) -> Iterator[_Change]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield partial(_set, field="value", value=ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) if path[1:] or not path:
            yield lambda _: ast.Pass()
        case ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield lambda _: ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield lambda _: ast.Pass()


def _set(node: ast.AST, *, field: str, value: object) -> ast.AST:
    setattr(node, field, value)
    return node


def _is_text(node: ast.BinOp) -> bool:
    """Whether texts are put together, or types: any other operator would be no program."""
    sides = (node.left, node.right)
    return any(
        isinstance(side, ast.JoinedStr | ast.List | ast.Tuple)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str | None))
        for side in sides
    )


def _function(path: list[ast.AST]) -> str:
    names = [each.name for each in path if isinstance(each, ast.FunctionDef | ast.ClassDef)]
    return ".".join(names) or "module"


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else text[:89] + "…"
