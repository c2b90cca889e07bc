"""When a series is by somebody else's clock, through all clock changes of a year."""

from datetime import UTC, datetime, timedelta, tzinfo

_WEEKS = 54
_WEEK = timedelta(weeks=1)


def local_times(start: datetime, tz: tzinfo) -> tuple[datetime, ...]:
    """Return a weekly time by another clock: as it is at first, then each other way that it becomes within 54 weeks.

    The series keeps the wall clock of `start`'s own zone. Of each way the first date is given.
    """
    if start.tzinfo is None:
        msg = f"a time is somewhere: {start}"
        raise ValueError(msg)
    found: dict[tuple[int, int, int], datetime] = {}
    for week in range(_WEEKS):
        local = (start + week * _WEEK).astimezone(UTC).astimezone(tz)
        found.setdefault((local.weekday(), local.hour, local.minute), local)
    return tuple(found.values())
