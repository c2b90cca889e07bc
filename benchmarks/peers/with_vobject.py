"""vobject with dateutil: it follows rules and leaves out EXDATE; an override is one more event to it.

The date that an override replaces is left out here, by hand, as a program on top of vobject has to.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import vobject
from measure import Meeting, measured
from vobject.base import Component

Found = tuple[Component, date, date]


def read(path: Path, start: datetime, end: datetime) -> Iterator[Found]:
    """Yield every occurrence that overlaps the two."""
    events = list(vobject.readOne(path.read_text()).vevent_list)
    replaced: defaultdict[str, set[date]] = defaultdict(set)
    for event in events:
        if hasattr(event, "recurrence_id"):
            replaced[event.uid.value].add(event.recurrence_id.value)
    for event in events:
        first, last = event.dtstart.value, event.dtend.value
        days = not isinstance(first, datetime)
        low, high = (start.date(), end.date()) if days else (start, end)
        if hasattr(event, "recurrence_id") or event.rruleset is None:
            if first < high and last > low:
                yield event, first, last
            continue
        yield from _in_series(event, low, high, replaced[event.uid.value])


def _in_series(event: Component, low: date, high: date, replaced: set[date]) -> Iterator[Found]:
    first, length = event.dtstart.value, event.dtend.value - event.dtstart.value
    if isinstance(first, datetime):
        starts = event.rruleset.between(low - length, high)
        yield from ((event, each, each + length) for each in starts if each not in replaced)
        return
    days = event.rruleset.between(
        _naive(low - length + timedelta(days=1)), _naive(high - timedelta(days=1)), inc=True
    )
    yield from ((event, each.date(), each.date() + length) for each in days if each.date() not in replaced)


def _naive(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - dateutil counts days without a zone


def told(each: Found) -> Meeting | None:
    """Leave out what was cancelled."""
    event, start, end = each
    cancelled = hasattr(event, "status") and event.status.value == "CANCELLED"
    return None if cancelled else (event.uid.value, start, end)


if __name__ == "__main__":
    measured(read, told)
