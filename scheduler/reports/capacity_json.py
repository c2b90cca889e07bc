"""What a cadence costs as JSON, for scripts (docs/capacity.md has every key).

Keys keep their order and their meaning; new ones may join. Hours are hours a week, to a hundredth; shares are of the
manager's working week, to a thousandth. What is not known is null, never nought.
"""

import json
from collections.abc import Mapping, Sequence

from scheduler.capacity.results import CapacityReport, Left, Load, LoadTotals, TeamCost, Totals

Value = Mapping[str, object]


def render_capacity(report: CapacityReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the whole of it as one JSON object; what binds comes first."""
    asked = report.what_if
    whole = {
        "version": 1,
        "generated_at": report.generated_at.isoformat(),
        "window": {"from": report.window.start.isoformat(), "to": report.window.end.isoformat()},
        "what_if": None
        if asked is None
        else {"every": None if asked.cadence is None else str(asked.cadence), "minutes": asked.minutes},
        "managers": [_team(team) for team in report.teams],
        "totals": None if report.totals is None else _totals(report.totals),
        "problems": [{"where": one.where, "what": one.what, "remedy": one.remedy} for one in report.problems],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _team(team: TeamCost) -> Value:
    known = team.now.unknown < team.span
    return {
        "manager": team.manager.email,
        "manager_name": team.manager.name,
        "span": team.span,
        "working_hours": round(team.week, 2),
        "now": {
            "held_hours": _hours(team.now.held) if known else None,
            "planned_hours": _hours(team.now.planned) if known else None,
            "unknown_pairs": team.now.unknown,
        },
        "policy": _load(team.policy),
        "what_if": None if team.if_asked is None else _load(team.if_asked),
        "practice": team.practice,
    }


def _load(load: Load) -> Value:
    return {
        "hours": _hours(load.hours),
        "share": round(load.share, 3),
        "fit": load.fit.fits.value,
        "asked": load.fit.asked,
        "placed": load.fit.placed,
        "not_placed": _left(load.fit.unplaced),
        "unknown": _left(load.fit.unknown),
    }


def _left(left: Sequence[Left]) -> Sequence[Value]:
    return [{"report": one.report.email, "reason": one.reason, "remedy": one.remedy} for one in left]


def _totals(totals: Totals) -> Value:
    return {
        "managers": totals.managers,
        "reports": totals.reports,
        "held": _both(totals.held),
        "planned": _both(totals.planned),
        "unknown_pairs": totals.unknown,
        "policy": _load_totals(totals.policy),
        "what_if": None if totals.if_asked is None else _load_totals(totals.if_asked),
        "difference": _both(totals.difference) | {"from": "planned" if totals.if_asked is None else "policy"},
    }


def _load_totals(load: LoadTotals) -> Value:
    return {**_both(load.hours), "asked": load.asked, "placed": load.placed}


def _both(hours: float) -> dict[str, object]:
    """Return the hours of managers, and of everybody: each meeting takes two."""
    return {"manager_hours": _hours(hours), "everybody_hours": _hours(2 * hours)}


def _hours(hours: float) -> float:
    return round(hours, 2) + 0.0  # no minus before nought
