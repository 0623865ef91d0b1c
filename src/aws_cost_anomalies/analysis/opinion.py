"""AWS's anomalies set beside ours: which tell of the same move.

Knows two lists of anomalies; asks nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly, Opinion
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

SLACK = timedelta(days=1)
"""Days that lie so far apart may still be the same move: AWS dates some anomalies a day off."""
_COMPARED = frozenset({"ServiceName", "SubAccountId", "RegionId", "x_UsageType"})
"""What AWS names; our other dimensions say nothing for or against it."""
_ACCOUNT = re.compile(r"\d{12}")


def opinion(
    ours: Sequence[Anomaly], theirs: Iterable[AwsAnomaly], *, imported_at: datetime, period: Period
) -> Opinion:
    """Both, only AWS, only us.

    Args:
        ours: our anomalies.
        theirs: AWS's, of whatever days.
        imported_at: when AWS was asked.
        period: the days looked at; what of theirs ended before is left out.
    """
    told = [each for each in theirs if _last(each, period.last_day) >= period.start]
    both = {
        one.anomaly_id: tuple(t for t in told if is_same(one, t, through=period.last_day)) for one in ours
    }
    shared = {each.anomaly_id for matches in both.values() for each in matches}
    alone = sorted((t for t in told if t.anomaly_id not in shared), key=lambda t: -abs(t.total_impact))
    return Opinion(
        imported_at=imported_at,
        period=period,
        both={ours_id: matches for ours_id, matches in both.items() if matches},
        only_aws=tuple(alone),
        only_ours=tuple(one.anomaly_id for one in ours if one.kind.is_increase and not both[one.anomaly_id]),
    )


def is_same(ours: Anomaly, theirs: AwsAnomaly, *, through: date) -> bool:
    """Whether both tell of the same move: days that overlap, one direction, scopes that can be one.

    Scopes can be one when no dimension that both name differs, and they share one, or ours is everything.
    """
    if ours.kind.is_increase != (theirs.total_impact >= 0):
        return False
    if theirs.start_date > ours.end_date + SLACK or _last(theirs, through) < ours.start_date - SLACK:
        return False
    return any(_can_be_one(ours.scope, scope) for scope in _scopes(theirs))


def _last(theirs: AwsAnomaly, through: date) -> date:
    return theirs.end_date or max(theirs.start_date, through)


def _scopes(theirs: AwsAnomaly) -> list[Scope]:
    """Where AWS saw it: its root causes, or what its monitor watches."""
    scopes = [cause.scope for cause in theirs.root_causes if cause.scope.values]
    if not scopes and theirs.dimension_value:
        is_account = _ACCOUNT.fullmatch(theirs.dimension_value)
        scopes = [Scope((("SubAccountId" if is_account else "ServiceName", theirs.dimension_value),))]
    return scopes


def _can_be_one(ours: Scope, theirs: Scope) -> bool:
    one, other = ours.as_dict(), theirs.as_dict()
    shared = one.keys() & other.keys() & _COMPARED
    return all(one[key] == other[key] for key in shared) and (bool(shared) or not one)
