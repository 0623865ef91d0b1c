"""CASEs whose outcome is certain, because of the few texts that a column they ask has.

Knows mappings as trees; knows no engine and no column by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sqlglot import exp

Texts = Mapping[str, Collection[str | None]]
"""Column of `raw` → every text it has, None for NULL."""


def decide(mapping: exp.Select, texts: Texts) -> None:
    """Take out of a mapping, changed in place, what no row comes to."""
    for case in reversed(list(mapping.find_all(exp.Case))):  # those inside others first
        if case.this is None:
            case.replace(_what_is_left(case, texts))


def _what_is_left(case: exp.Case, texts: Texts) -> exp.Expr:
    branches, default = [], case.args.get("default") or exp.null()
    for branch in case.args["ifs"]:
        outcome = _outcome(branch.this, texts)
        if outcome:
            default = branch.args["true"]
            break
        if outcome is None:
            branches.append(branch)
    if isinstance(default, exp.Null) and not branches:
        return case  # which knows its type
    return exp.Case(ifs=branches, default=default) if branches else default


def _outcome(condition: exp.Expr, texts: Texts) -> bool | None:
    """Whether a condition holds in every row, or in none; None where that is not known."""
    match condition:
        case exp.Paren():
            return _outcome(condition.this, texts)
        case exp.And():
            sides = [_outcome(side, texts) for side in (condition.left, condition.right)]
            return False if False in sides else True if all(sides) else None
        case exp.Or():
            sides = [_outcome(side, texts) for side in (condition.left, condition.right)]
            return True if True in sides else None if None in sides else False
    column = condition.this
    of_column = texts.get(column.name) if isinstance(column, exp.Column) else None
    outcomes = {_holds(condition, text) for text in of_column or [None]}
    return outcomes.pop() if of_column and len(outcomes) == 1 else None


def _holds(test: exp.Expr, text: str | None) -> bool | None:
    """Whether a test of a text holds; None where it is another kind of test."""
    match test:
        case exp.EQ(expression=exp.Literal() as other):
            return text == str(other.this)
        case exp.In(expressions=[*choices]) if choices and all(isinstance(c, exp.Literal) for c in choices):
            return text in {str(choice.this) for choice in choices}
        case exp.Like(expression=exp.Literal() as pattern):
            signs = {"%": ".*", "_": "."}
            like = "".join(signs.get(sign) or re.escape(sign) for sign in str(pattern.this))
            return text is not None and re.fullmatch(like, text, re.S) is not None
    return None
