"""How often a pair is to meet as JSON, for scripts (docs/how-often.md has every key).

Keys keep their order and their meaning; new ones may join. Dates are those of the report's own calendar.
"""

import json
from collections.abc import Mapping
from datetime import date

from scheduler.cadence.explained import Becoming, Explanation, Weighed
from scheduler.cadence.policy import Decision
from scheduler.every import Cadence

Value = Mapping[str, object]


def render_policy(found: Explanation, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the whole of it as one JSON object."""
    pair, decision = found.pair, found.decision
    whole = {
        "version": 1,
        "generated_at": found.now.isoformat(),
        "manager": pair.manager.email,
        "report": pair.report.email,
        **_decision(decision),
        "first_minutes": decision.first_minutes,
        "first_by": _day(found.first_by),
        "starts": _day(found.starts),
        "ends": _day(found.ends),
        "rules": [_rule(rule) for rule in found.rules],
        "becomes": [_becoming(each) for each in found.coming],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _decision(decision: Decision) -> Value:
    return {
        "cadence": _cadence(decision.cadence),
        "minutes": decision.minutes,
        "rule": decision.rule,
        "why": decision.why,
    }


def _rule(rule: Weighed) -> Value:
    return {
        "name": rule.name,
        "outcome": rule.outcome.value,
        "cadence": _cadence(rule.cadence),
        "minutes": rule.minutes,
        "reasons": list(rule.reasons),
    }


def _becoming(each: Becoming) -> Value:
    return {"from": each.start.isoformat(), **_decision(each.decision)}


def _cadence(cadence: Cadence | None) -> str | None:
    return None if cadence is None else str(cadence)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
