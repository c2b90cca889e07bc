"""Large surprises are refused: a plan past the limits stops before its first change."""

from collections import Counter

from scheduler.errors import PastLimit, Problem
from scheduler.memory import Memory, SeriesState
from scheduler.planning.changes import ChangeKind, Plan
from scheduler.settings import LimitSettings, Settings

_TOUCHING = frozenset({ChangeKind.END_SERIES, ChangeKind.EXTEND_SERIES, ChangeKind.MOVE_MEETING})
_FLAG = "if you mean it, say --yes-really"


def ensure_safe(plan: Plan, memory: Memory, settings: Settings, *, allowed: bool) -> None:
    """Refuse a plan past any limit of the config, with the numbers; `allowed` is 'yes, really'.

    Ending, extending and moving touch a series; attaching an agenda changes nothing that takes place, and
    what an earlier run began was allowed then. Raises PastLimit with all that is past a limit.
    """
    if allowed:
        return
    limits = settings.limits
    problems = [
        *_too_many_new(plan, memory, limits),
        *_too_many_touched(plan, memory, limits),
        *_too_many_mails(plan, limits),
    ]
    if problems:
        raise PastLimit(*problems)


def _too_many_new(plan: Plan, memory: Memory, limits: LimitSettings) -> list[Problem]:
    begun = {series.uid for series in memory.series if series.state is SeriesState.BEGUN}
    created = [change for change in plan.changes if change.kind is ChangeKind.CREATE_SERIES]
    count = sum(change.uid not in begun for change in created)
    if count <= limits.new_series:
        return []
    what = f"{count} new series in one run, and the limit is {limits.new_series}"
    return [Problem("plan", what, f"raise new_series in [limits], or, {_FLAG}")]


def _too_many_touched(plan: Plan, memory: Memory, limits: LimitSettings) -> list[Problem]:
    begun = {series.uid for series in memory.series if series.state is SeriesState.ENDING}
    touched = {c.uid for c in plan.changes if c.kind in _TOUCHING} - begun
    standing = {s.uid for s in memory.series if s.state in {SeriesState.STANDING, SeriesState.BEGUN}}
    most = max(limits.touched_floor, int(limits.touched_share * len(standing | touched)))
    if len(touched) <= most:
        return []
    what = (
        f"{len(touched)} of the {len(standing | touched)} series made so far would be ended or changed, "
        f"and the limit is {most} ({limits.touched_share:.0%}, but never under {limits.touched_floor})"
    )
    return [
        Problem(
            "plan",
            what,
            f"look whether people are missing in people.csv or the Google Directory, or the cadence of many was changed; {_FLAG}",
        )
    ]


def _too_many_mails(plan: Plan, limits: LimitSettings) -> list[Problem]:
    mails = Counter(address for change in plan.changes for address in change.notifies)
    over = {address: count for address, count in mails.items() if count > limits.mails_per_person}
    if not over:
        return []
    worst = min(over, key=lambda address: (-over[address], address))
    who = worst if len(over) == 1 else f"{worst} and {len(over) - 1} more"
    what = f"{who} would get {over[worst]} mails in one run, and the limit is {limits.mails_per_person}"
    return [Problem("plan", what, f"raise mails_per_person in [limits], or, {_FLAG}")]
