"""CASEs whose outcome is certain: for what columns a file has, or for the few texts that one of them has.

Knows mappings as trees; knows no engine and no column by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sqlglot import exp

Texts = Mapping[str, Collection[str | None]]
"""Column of `raw` → every text it has, None for NULL."""


def decide(mapping: exp.Select, texts: Texts, facts: Mapping[str, bool] | None = None) -> None:
    """Take out of a mapping, changed in place, what no row comes to.

    Args:
        mapping: changed in place.
        texts: what is known of its columns.
        facts: conditions it asks by name → whether they hold in every row, or in none.
    """
    for place in [place for place in mapping.find_all(exp.Column) if place.name in (facts or {})]:
        _put(place, outcome=bool(facts and facts[place.name]))
    for case in reversed(list(mapping.find_all(exp.Case))):  # those inside others first
        if case.this is None:
            case.replace(_what_is_left(case, texts))


def _put(condition: exp.Column, *, outcome: bool) -> None:
    """Write what a condition comes to in its place; beside another one, what holds need not be said."""
    both = condition.parent
    if outcome and isinstance(both, exp.And):
        both.replace(both.right if condition is both.left else both.left)
    else:
        condition.replace(exp.Boolean(this=outcome))


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
        case exp.Boolean():
            return bool(condition.this)
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
