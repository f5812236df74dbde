"""The conditions of rules: names, numbers, comparisons, and, or, not, + - * /; never run as Python (conditions).

A fact not told leaves the answer open, unless the other facts settle it: "by_train or hours > 6" is kept by train
whatever the hours.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache

from terreau.kernel.errors import TerreauError

Value = float | bool | None
"""A number, a truth, or unknown."""
MOST_LETTERS = 300
_COMPARED: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_COUNTED: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_KNOWN = (ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.BinOp, ast.Name,
          ast.Constant, ast.Load, *_COMPARED, *_COUNTED)  # fmt: skip


def holds(condition: str, facts: Mapping[str, float | bool]) -> bool | None:
    """The truth of ``condition``, None when missing facts leave it open; TerreauError levers.condition_unreadable."""
    answer = _value(_tree(condition), facts)
    return None if answer is None else bool(answer)


def names(condition: str) -> frozenset[str]:
    """The facts a condition names; TerreauError levers.condition_unreadable."""
    return frozenset(node.id for node in ast.walk(_tree(condition)) if isinstance(node, ast.Name))


@lru_cache(maxsize=256)
def _tree(condition: str) -> ast.expr:
    try:
        if len(condition) > MOST_LETTERS:
            raise ValueError(len(condition))
        body = ast.parse(condition.strip(), mode="eval").body
        if not all(isinstance(node, _KNOWN) and _plain(node) for node in ast.walk(body)):
            raise ValueError(condition)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise TerreauError("levers.condition_unreadable", condition=condition[:80]) from None
    return body


def _plain(node: ast.AST) -> bool:
    """Only numbers and truths as constants; one comparison at a time."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, bool | int | float)
    return not isinstance(node, ast.Compare) or len(node.ops) == 1


def _value(node: ast.expr, facts: Mapping[str, float | bool]) -> Value:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, bool) else float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        return facts.get(node.id)
    if isinstance(node, ast.BoolOp):
        return _both_or_either([_value(one, facts) for one in node.values], stops_at=isinstance(node.op, ast.Or))
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, facts)
        return None if inner is None else (not inner if isinstance(node.op, ast.Not) else -inner)
    if isinstance(node, ast.Compare):
        return _two(_COMPARED[type(node.ops[0])], _value(node.left, facts), _value(node.comparators[0], facts))
    assert isinstance(node, ast.BinOp)
    return _two(_COUNTED[type(node.op)], _value(node.left, facts), _value(node.right, facts))


def _both_or_either(values: list[Value], *, stops_at: bool) -> bool | None:
    """ "or" stops at the first true, "and" at the first false; otherwise an unknown leaves it open."""
    told = [None if value is None else bool(value) for value in values]
    if stops_at in told:
        return stops_at
    return None if None in told else not stops_at


def _two(work: Callable[[float, float], Value], left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    try:
        return work(left, right)
    except ZeroDivisionError:
        return None
