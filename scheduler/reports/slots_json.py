"""The best times of a pair as JSON (docs/best-time.md): times are ISO 8601 with offset."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from scheduler.slots.advice import Advice, half_hour
from scheduler.slots.local_times import local_times
from scheduler.slots.picture import HalfHour, State
from scheduler.slots.ranking import Option
from scheduler.slots.relaxations import Relaxation

VERSION = 1
Json = dict[str, Any]  # what json.dumps takes


def render_slots(advice: Advice, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write all that the other formats show."""
    request = advice.request
    pair = request.pair
    found: Json = {
        "version": VERSION,
        "generated_at": advice.now.isoformat(),
        "manager": pair.manager.email,
        "report": pair.report.email,
        "every": str(request.cadence),
        "minutes": request.minutes,
        "first_minutes": request.first_minutes,
        "timezone": pair.manager.tz.key,
        "report_timezone": pair.report.tz.key,
        "earliest": request.earliest.isoformat(),
        "counted_to": advice.ahead.end.isoformat(),
        "present": [
            {"start": series.start.isoformat(), "rrule": series.rrule, "minutes": series.minutes}
            for series in advice.present
        ],
        "options": [_option(rank, option, advice) for rank, option in enumerate(advice.options, start=1)],
        "counts": advice.counts,
        "relaxations": [_relaxation(relaxation) for relaxation in advice.relaxations],
        "week": _week(advice),
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _option(rank: int, option: Option, advice: Advice) -> Json:
    slot = option.slot
    counted = len(slot.dates) - len(slot.away)
    return {
        "rank": rank,
        "start": slot.start.isoformat(),
        "rrule": slot.rrule,
        "report_starts": [at.isoformat() for at in local_times(slot.start, advice.request.pair.report.tz)],
        "free": counted - len(slot.clashes),
        "counted": counted,
        "clashes": _moments(slot.clashes),
        "away": _moments(slot.away),
        "score": option.score,
        "for": [remark.words for remark in option.remarks if remark.points >= 0],
        "against": [
            {"points": -remark.points, "words": remark.words}
            for remark in option.remarks
            if remark.points < 0
        ],
        "present": half_hour(slot.start) in {half_hour(series.start) for series in advice.present},
    }


def _relaxation(relaxation: Relaxation) -> Json:
    found = relaxation.found
    end = found.start + timedelta(minutes=relaxation.request.minutes)
    return {
        "kind": relaxation.kind.value,
        "cost": relaxation.cost,
        "does": relaxation.does,
        "start": found.start.isoformat(),
        "end": end.isoformat(),
        "free": found.free,
        "counted": found.counted,
        "moved": list(relaxation.moved[0].key) if relaxation.moved else None,
    }


def _week(advice: Advice) -> Json:
    return {
        "weekdays": list(advice.week.headings),
        "rows": [
            {"start": row.start, "report": list(row.theirs), "cells": [_cell(cell) for cell in row.cells]}
            for row in advice.week.rows
        ],
    }


def _cell(cell: HalfHour) -> Json:
    found: Json = {"state": cell.state.value}
    if cell.state is State.OPEN:
        found |= {"free": cell.free, "counted": cell.counted}
    if cell.rank is not None:
        found["rank"] = cell.rank
    return found | ({"present": True} if cell.present else {})


def _moments(moments: Sequence[datetime]) -> list[str]:
    return [moment.isoformat() for moment in moments]
