"""What ties an apply to the plan that was approved."""

import hashlib
import json
from datetime import UTC, datetime

from scheduler.planning.changes import Change, Plan


def digest(plan: Plan) -> str:
    """Return `sha256:…` over what the plan would do, in its order; reasons and the clock are left out.

    Moments count as instants: the same start with another offset has the same digest. A first occurrence that is
    like the rest is left out, too: a plan that knows of none keeps the digest that it had before there were any.
    """
    actions = [_action(change) for change in plan.changes]
    canonical = json.dumps(actions, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _action(change: Change) -> dict[str, object]:
    first = {} if change.first_minutes is None else {"first_minutes": change.first_minutes}
    return first | {
        "id": change.id,
        "kind": change.kind.value,
        "manager": change.manager,
        "report": change.report,
        "start": _instant(change.start),
        "timezone": change.timezone,
        "rrule": change.rrule,
        "minutes": change.minutes,
        "uid": change.uid,
        "notifies": list(change.notifies),
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
