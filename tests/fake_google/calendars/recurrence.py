"""When a series meets: its lines expanded by the clock on the wall of its own zone (RFC 5545, section 3.8.5)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rruleset, rrulestr

from tests.fake_google.calendars.model import Event
from tests.fake_google.calendars.times import When, zone_of
from tests.fake_google.calls import ApiError

_LINE = re.compile(r"(RRULE|EXRULE|RDATE|EXDATE)((?:;[^:]*)?):(.+)")
_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6}(Z?))?")
_COUNT = re.compile(r";?COUNT=\d+")


def check_lines(lines: tuple[str, ...], start: When) -> None:
    """Raise ApiError unless each line is an RRULE, EXRULE, RDATE or EXDATE that can be expanded."""
    for line in lines:
        if not _LINE.fullmatch(line):
            raise ApiError(400, "invalid", f"Invalid recurrence rule: {line}")
    try:
        _rules(lines, start)
    except ValueError as error:
        raise ApiError(400, "invalid", f"Invalid recurrence rule: {error}") from None


def starts(event: Event, after: datetime, before: datetime) -> Iterator[When]:
    """Return the starts of a series' occurrences with `after` <= start < `before`, which are moments in UTC."""
    zone = zone_of(event.start.zone or "UTC")
    day = timedelta(days=1)
    lower, upper = (moment.astimezone(zone).replace(tzinfo=None) for moment in (after - day, before + day))
    for wall in _rules(event.lines, event.start).xafter(lower, inc=True):
        if wall >= upper:
            return
        start = event.start.on_wall(wall)
        if event.start.zone is None or after <= start.instant(zone) < before:
            yield start


def meets_at(event: Event, start: When) -> bool:
    """Say whether a series has an occurrence that starts then."""
    if start.whole_day != event.start.whole_day:
        return False
    wall = start.seen_in(event.start.zone).wall
    return bool(_rules(event.lines, event.start).between(wall, wall, inc=True))


def ended_before(lines: tuple[str, ...], split: When) -> tuple[str, ...]:
    """Return the lines of a series that ends before the day of `split`, as Google's own clients write them.

    UNTIL is one second before local midnight of that day, in UTC; the day before for whole days.
    """
    midnight = datetime.combine(split.wall.date(), datetime.min.time())
    if split.zone is None:
        until = (midnight - timedelta(days=1)).strftime("%Y%m%d")
    else:
        last = midnight.replace(tzinfo=zone_of(split.zone)).astimezone(UTC) - timedelta(seconds=1)
        until = last.strftime("%Y%m%dT%H%M%SZ")
    return tuple(f"{_endless(line)};UNTIL={until}" if line.startswith("RRULE") else line for line in lines)


def continued(event: Event, split: When) -> tuple[str, ...]:
    """Return the lines of the series that goes on from `split`: an UNTIL stays, a COUNT loses what is past."""
    before = _rules(event.lines, event.start).between(event.start.wall, split.wall, inc=True)
    past = len([wall for wall in before if wall < split.wall])
    return tuple(
        re.sub(r"COUNT=(\d+)", lambda found: f"COUNT={int(found.group(1)) - past}", line)
        for line in event.lines
        if line.startswith("RRULE")
    )


def _endless(line: str) -> str:
    return _COUNT.sub("", re.sub(r";?UNTIL=[0-9TZ]+", "", line))


@lru_cache(maxsize=4096)
def _rules(lines: tuple[str, ...], start: When) -> rruleset:
    """Read lines into wall-clock times; the start itself is an occurrence even where the rule does not meet it."""
    found = rruleset()
    found.rdate(start.wall)
    for line in lines:
        match = _LINE.fullmatch(line)
        assert match, line  # checked when it was written
        name, parameters, value = match.groups()
        if name in {"RRULE", "EXRULE"}:
            rule = rrulestr(_local_until(value, start), dtstart=start.wall)
            assert isinstance(rule, rrule)
            (found.rrule if name == "RRULE" else found.exrule)(rule)
        else:
            for text in value.split(","):
                (found.rdate if name == "RDATE" else found.exdate)(_wall(text, parameters, start))
    return found


def _local_until(value: str, start: When) -> str:
    """Write a rule's UNTIL by the same clock as its start; a date ends with its day."""

    def local(found: re.Match[str]) -> str:
        if start.zone is None or found.group(2) is None:
            return f"UNTIL={found.group(1)}T235959"
        return f"UNTIL={_wall(found.group(1) + found.group(2), '', start):%Y%m%dT%H%M%S}"

    return _UNTIL.sub(local, value)


def _wall(text: str, parameters: str, start: When) -> datetime:
    """Read a time of RDATE or EXDATE by the clock of the series' start."""
    if len(text) == len("20250409"):
        return datetime.combine(
            datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date(), start.wall.time()
        )
    wall = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a clock on a wall has no zone
    zone = re.search(r"TZID=([^;]+)", parameters)
    source = "UTC" if text.endswith("Z") else zone.group(1) if zone else None
    if source is None or start.zone is None:
        return wall
    return wall.replace(tzinfo=zone_of(source)).astimezone(zone_of(start.zone)).replace(tzinfo=None)
