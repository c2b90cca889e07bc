"""The dates of a series by its rule alone, by the wall clock of the zone in which it recurs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, takewhile

from dateutil.rrule import rrule as dateutil_rrule
from dateutil.rrule import rruleset, rrulestr

_MOST = 5_000
_BY_THE_CLOCK = ("HOURLY", "MINUTELY", "SECONDLY")  # replayed from their first date, these take minutes


def starts(rrule: str, first: datetime, after: datetime, before: datetime) -> tuple[datetime, ...]:
    """Return the starts in [after, before), in the zone of `first`, the first occurrence.

    `rrule` as RFC 5545 writes it, without `RRULE:`. Dates that people moved or took out stand as the
    rule has them. Raises ValueError for a rule that can't be read.
    """
    coming = takewhile(lambda moment: moment.astimezone(UTC) < before, _from(rrule, first, after))
    return tuple(moment for moment in islice(coming, _MOST) if moment.astimezone(UTC) >= after)


def next_start(rrule: str, first: datetime, after: datetime) -> datetime | None:
    """Return the first start at or after a moment; None where the series is over by then."""
    return next((m for m in islice(_from(rrule, first, after), _MOST) if m.astimezone(UTC) >= after), None)


def runs_on(rrule: str, first: datetime, after: datetime) -> bool:
    """Say whether anything of it starts at or after a moment; a rule that can't be followed is taken to."""
    try:
        return next_start(rrule, first, after) is not None
    except ValueError:
        return True


def until_of(rrule: str) -> datetime | None:
    """Return the moment named by UNTIL; None where there is none, or where it is only a date or local."""
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    try:
        return datetime.strptime(parts.get("UNTIL", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _from(rrule: str, first: datetime, after: datetime) -> Iterator[datetime]:
    """Yield the starts from shortly before `after` on; the rule runs on the wall clock, UNTIL on UTC's."""
    until = until_of(rrule)
    if until is not None:
        rrule = ";".join(part for part in rrule.split(";") if not part.upper().startswith("UNTIL="))
    wall = first.replace(tzinfo=None, fold=0)
    rule = _rule(rrule, wall)
    begin = max(wall, after.astimezone(first.tzinfo).replace(tzinfo=None))
    for start in rule.xafter(begin.replace(hour=0, minute=0, second=0, microsecond=0), inc=True):
        moment = start.replace(tzinfo=first.tzinfo)
        if until is not None and moment.astimezone(UTC) > until:
            return
        yield moment


def _rule(rrule: str, wall: datetime) -> dateutil_rrule | rruleset:
    msg = f"{rrule!r} is not a rule of days, weeks, months or years"
    if any(unit in rrule.upper() for unit in _BY_THE_CLOCK):
        raise ValueError(msg)
    try:
        return rrulestr(rrule, dtstart=wall)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError(msg) from error
