"""Finding an event by its id, which may be that of an instance that nobody has touched yet."""

import re
from datetime import UTC, date, datetime

from tests.fake_google.calendars.model import Calendar, Copy, Event
from tests.fake_google.calendars.recurrence import meets_at
from tests.fake_google.calendars.rendering import instance_id
from tests.fake_google.calendars.store import Store
from tests.fake_google.calendars.times import STAMP, When
from tests.fake_google.calls import ApiError

_INSTANCE = re.compile(r"(.+)_(\d{8})(T\d{6}Z)?")


def locate(calendar: Calendar, event_id: str) -> tuple[Copy, When | None]:
    """Return a copy, and for an untouched instance the series' copy and the instance's start; raise ApiError."""
    there = calendar.copies.get(event_id)
    if there is not None:
        return there, None
    named = _INSTANCE.fullmatch(event_id)
    if named:
        base, day, time = named.groups()
        for series in calendar.series_of(base):
            start = _start(series.event, day, time)
            if start is not None:
                return series, start
    raise ApiError(404, "notFound", "Not Found")


def materialise(store: Store, calendar: Calendar, series: Copy, start: When) -> Copy:
    """Make an instance an exception of its series, in every calendar that has the series; return this calendar's."""
    event = series.event
    id_ = instance_id(series, start)
    exception = Event(
        id=id_,
        base=id_,
        organizer=event.organizer,
        creator=event.creator,
        created=event.created,
        start=start,
        end=start.on_wall(start.wall + (event.end.wall - event.start.wall)),
        series=event.id,
        original=start,
        attendees=event.attendees,
        content=event.content,
        sequence=event.sequence,
        uid=event.uid,
    )
    for other, copy in list(store.copies_of(event)):
        if not copy.cancelled:
            store.put(other, exception, copy.own)
    return calendar.copies[id_]


def _start(series: Event, day: str, time: str | None) -> When | None:
    """Return the start that an instance's id names, if the series has such an occurrence."""
    try:
        if time is None:
            start = When(date.fromisoformat(day))
        else:
            at = datetime.strptime(day + time, STAMP).replace(tzinfo=UTC)
            start = When(at, "UTC")
    except ValueError:
        return None
    start = start.seen_in(series.start.zone)
    return start if meets_at(series, start) else None
