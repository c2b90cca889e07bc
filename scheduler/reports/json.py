"""The gap report, the plan and what became of it as JSON, for scripts (docs: `report --format json`).

Keys keep their order and their meaning; new ones may join. Times are ISO 8601 with offset, those of
meetings by the manager's clock.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from scheduler.cadence.results import GapReport, Meeting, PairCoverage
from scheduler.planning.changes import Applied, Change, Outcome, Plan, Skip

Value = Mapping[str, object]
NOT_REACHED = "the run stopped before this change"


def render_report(report: GapReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the whole gap report as one JSON object; pairs stay in the report's own order."""
    # Pair by pair: the values of thousands at once would take many times the room of their text.
    pairs = (json.dumps(_pair(coverage), ensure_ascii=False, indent=2) for coverage in report.pairs)
    written = ",\n".join("    " + pair.replace("\n", "\n    ") for pair in pairs)
    whole = _written(
        {
            "version": 1,
            "generated_at": report.generated_at.isoformat(),
            "window": {"from": report.window.start.isoformat(), "to": report.window.end.isoformat()},
            "pairs": [],
            "problems": [
                {"where": problem.where, "what": problem.what, "remedy": problem.remedy}
                for problem in report.problems
            ],
            "totals": report.totals,
        },
    )
    return whole.replace('"pairs": []', f'"pairs": [\n{written}\n  ]', 1) if written else whole


def plan_json(plan: Plan, digest: str) -> str:
    """Write the plan as one JSON object that `apply` takes back, its digest with it."""
    return _written(_plan(plan, digest, [_change(change) for change in plan.changes]))


def applied_json(plan: Plan, digest: str, applied: Sequence[Applied]) -> str:
    """Write the plan with the outcome of each change; one that was not reached is `skipped`."""
    became = {done.change.id: done for done in applied}
    return _written(_plan(plan, digest, [_applied(change, became.get(change.id)) for change in plan.changes]))


def _written(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _pair(coverage: PairCoverage) -> Value:
    pair, tz = coverage.pair, coverage.pair.manager.tz
    return {
        "manager": pair.manager.email,
        "manager_name": pair.manager.name,
        "report": pair.report.email,
        "report_name": pair.report.name,
        "timezone": tz.key,
        "cadence": None if coverage.cadence is None else str(coverage.cadence),
        "cadence_why": coverage.cadence_why,
        "status": coverage.status.value,
        "last_held": _moment(coverage.last_held, tz),
        "next_planned": _moment(coverage.next_planned, tz),
        "days_since": coverage.days_since,
        "expected": coverage.expected,
        "held": coverage.held,
        "coverage": coverage.coverage,
        "longest_gap_days": coverage.longest_gap_days,
        "reasons": list(coverage.reasons),
        "suggestions": list(coverage.suggestions),
        "paused_because": None if coverage.pause is None else coverage.pause.value,
        "away": {day.isoformat(): why for day, why in sorted((coverage.away or {}).items())},
        "meetings": [_meeting(meeting, tz) for meeting in coverage.meetings],
        "not_counted": [
            {
                "start": _moment(other.span.start, tz),
                "end": _moment(other.span.end, tz),
                "why": other.why,
            }
            for other in coverage.not_counted
        ],
    }


def _meeting(meeting: Meeting, tz: tzinfo) -> Value:
    return {
        "start": _moment(meeting.span.start, tz),
        "end": _moment(meeting.span.end, tz),
        "outcome": meeting.outcome.value,
        "by": meeting.by,
        "original_start": _moment(meeting.original_start, tz),
        "why": meeting.why,
    }


def _moment(moment: datetime | None, tz: tzinfo) -> str | None:
    return None if moment is None else moment.astimezone(tz).isoformat()


def _plan(plan: Plan, digest: str, changes: Sequence[Value]) -> Value:
    return {
        "version": 1,
        "digest": digest,
        "generated_at": plan.generated_at.isoformat(),
        "changes": changes,
        "skipped": [_skip(skip) for skip in plan.skipped],
    }


def _change(change: Change) -> Value:
    return {
        "id": change.id,
        "kind": change.kind.value,
        "manager": change.manager,
        "report": change.report,
        "start": change.start.isoformat(),
        "timezone": change.timezone,
        "rrule": change.rrule,
        "minutes": change.minutes,
        "reasons": list(change.reasons),
        "notifies": list(change.notifies),
        "uid": change.uid,
        "generation": change.generation,
        "meeting": None if change.meeting is None else change.meeting.isoformat(),
        "first_minutes": change.first_minutes,
    }


def _applied(change: Change, done: Applied | None) -> Value:
    outcome = Outcome.SKIPPED if done is None else done.outcome
    reason = NOT_REACHED if done is None else done.reason
    return {**_change(change), "outcome": outcome.value, "reason": reason}


def _skip(skip: Skip) -> Value:
    return {"manager": skip.manager, "report": skip.report, "reason": skip.reason}
