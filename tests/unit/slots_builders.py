"""People, calendars and requests for the tests of the slots room."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Pair, Person
from scheduler.settings import SlotSettings
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import Span

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday
EARLIEST = datetime(2026, 11, 25, 8, tzinfo=UTC)  # Wednesday, 09:00 in Berlin
WINDOW = Span(NOW, NOW + timedelta(weeks=12))
SETTINGS = SlotSettings()
YEAR = timedelta(weeks=54)
BERLIN, LONDON, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


def person(
    name: str,
    tz: ZoneInfo = BERLIN,
    hours: str = "Mon-Fri 09:00-17:00",
    manager: str | None = None,
) -> Person:
    """Return somebody whose address is their given name at example.com."""
    return Person(
        email=f"{name.split(maxsplit=1)[0].lower()}@example.com",
        name=name,
        tz=tz,
        hours=WorkingHours.parse(hours),
        calendar=CalendarSource("folder"),
        manager=manager,
    )


ANN, BO = person("Ann"), person("Bo")


def request(
    manager: Person = ANN,
    report: Person = BO,
    every: str = "1 week",
    *,
    minutes: int = 30,
    earliest: datetime = EARLIEST,
    until: date | None = None,
    urgency: float = 0.0,
) -> SlotRequest:
    """Return a request; by default Ann and Bo, every week, 30 minutes, from Wed 25 Nov on."""
    return SlotRequest(
        pair=Pair(manager, report),
        cadence=Cadence.parse(every),
        minutes=minutes,
        earliest=earliest,
        until=until,
        urgency=urgency,
    )


def times(*everybody: Person | PersonTime) -> dict[str, PersonTime]:
    """Return calendars by address; a person alone has an empty one."""
    given = (one if isinstance(one, PersonTime) else PersonTime(person=one) for one in everybody)
    return {time.person.email: time for time in given}


def local(text: str, tz: ZoneInfo = BERLIN) -> datetime:
    """Return a local time, `2026-12-01 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def span(text: str, minutes: int = 60, tz: ZoneInfo = BERLIN) -> Span:
    """Return so many minutes from a local time."""
    start = local(text, tz).astimezone(UTC)
    return Span(start, start + timedelta(minutes=minutes))


def weekly(text: str, minutes: int, weeks: int = 12, tz: ZoneInfo = BERLIN) -> tuple[Span, ...]:
    """Return a local time in each of so many weeks."""
    first = local(text, tz)
    starts = (first + timedelta(weeks=week) for week in range(weeks))
    return tuple(span(f"{start:%Y-%m-%d %H:%M}", minutes, tz) for start in starts)


def occurrences(slot: Slot, until: datetime, last: date | None = None) -> Iterator[Span]:
    """Expand a slot as a calendar would, by dateutil and the wall clock of its zone."""
    tz = slot.start.tzinfo
    rule, _, _ = slot.rrule.partition(";UNTIL")
    for wall in rrulestr(rule, dtstart=slot.start.replace(tzinfo=None)):
        start = wall.replace(tzinfo=tz)
        if start > until or (last is not None and wall.date() > last):
            return
        assert start.astimezone(UTC).astimezone(tz).replace(tzinfo=None) == wall, "a time that no clock shows"
        begin = start.astimezone(UTC)
        yield Span(begin, begin + timedelta(minutes=slot.minutes))


def placed(result: Mapping[tuple[str, str], object], manager: Person = ANN, report: Person = BO) -> Slot:
    """Return the slot of a pair, which must have one."""
    slot = result[manager.email, report.email]
    assert isinstance(slot, Slot), slot
    return slot
