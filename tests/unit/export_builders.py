"""A pair, a series of ours, and what their calendars show of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.errors import Problem
from scheduler.export.ics import Export, build_export
from scheduler.export.series import exported_series
from scheduler.meetings import Answer, Attendee, CalendarReading, EventStatus, Evidence, Occurrence, Series
from scheduler.memory import MadeSeries, Memory, SeriesState
from scheduler.people import Roster
from scheduler.timespans import Span
from tests.unit.ics_builders import NOW, person

BERLIN = ZoneInfo("Europe/Berlin")
ANN, BO, CY = person(), person("bo@example.org", "Bo Baker"), person("cy@example.org", "Cy Cole")
ROSTER = Roster({each.email: each for each in (ANN, BO, CY)})
START = datetime(2026, 10, 6, 10, 0, tzinfo=BERLIN)
HALF_HOUR = timedelta(minutes=30)
WINDOW = Span(NOW - timedelta(weeks=12), NOW + timedelta(weeks=12))
ANN_BO = "pairs/ann@example.org--bo@example.org.ics"
ANNS = "people/ann@example.org.ics"
BOS = "people/bo@example.org.ics"


def made(**changes: object) -> MadeSeries:
    """Return the standing series of Ann and Bo, weekly on Tuesdays at 10:00 since 6 October 2026."""
    series = MadeSeries(
        uid="ann-bo-0@onetoone",
        key="ann:bo:0",
        manager=ANN.email,
        report=BO.email,
        generation=0,
        start=START,
        timezone="Europe/Berlin",
        rrule="FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
        minutes=30,
        summary="1-2-1: Ann / Bo",
        state=SeriesState.STANDING,
        created_at=NOW,
        link="file:///agendas/ann@example.org--bo@example.org.md",
    )
    return replace(series, **changes)  # type: ignore[arg-type] # the fields are MadeSeries' own


def guests(answer: Answer = Answer.NEEDS_ACTION) -> tuple[Attendee, ...]:
    """Return the two as attendees, with Bo's answer."""
    return (Attendee(ANN.email, Answer.ACCEPTED), Attendee(BO.email, answer))


def standing(of: MadeSeries | None = None, **changes: object) -> Series:
    """Return the series as it stands in a calendar."""
    of = of or made()
    series = Series(
        uid=of.uid, start=of.start, minutes=of.minutes, rrule=of.rrule, attendees=guests(), mark=of.key
    )
    return replace(series, **changes)  # type: ignore[arg-type] # the fields are Series' own


def week(number: int) -> datetime:
    """Return the original start of an occurrence, counted from nought; 10:00 by the wall clock."""
    return START + timedelta(weeks=number)


def occurrence(
    number: int,
    *,
    moved_by: timedelta = timedelta(),
    lasts: timedelta = HALF_HOUR,
    status: EventStatus = EventStatus.CONFIRMED,
    answer: Answer = Answer.NEEDS_ACTION,
) -> Occurrence:
    """Return one occurrence as a calendar has it."""
    start = week(number) + moved_by
    return Occurrence(
        uid="ann-bo-0@onetoone",
        span=Span(start, start + lasts),
        original_start=week(number),
        in_series=True,
        status=status,
        organizer=ANN.email,
        attendees=guests(answer),
    )


def reading(
    owner: str, series: Iterable[Series] = (), occurrences: Iterable[Occurrence] = ()
) -> CalendarReading:
    """Return a calendar as read."""
    return CalendarReading(owner=owner, window=WINDOW, series=tuple(series), occurrences=tuple(occurrences))


def evidence(
    series: Series | None = None,
    occurrences: Iterable[Occurrence] = (),
    *,
    reports: CalendarReading | None = None,
) -> Evidence:
    """Return what Ann's calendar shows (and Bo's, empty unless given)."""
    return Evidence(
        {
            ANN.email: reading(ANN.email, [series or standing()], occurrences),
            BO.email: reports or reading(BO.email),
            CY.email: reading(CY.email),
        },
        {},
    )


UNREADABLE = Evidence(
    {BO.email: reading(BO.email), CY.email: reading(CY.email)},
    {ANN.email: Problem("ann.ics", "is gone")},
)


def export(
    memory: Memory, seen: Evidence, now: datetime = NOW, roster: Roster = ROSTER
) -> tuple[Export, Memory]:
    """Export once; return the files, and the memory as the next run finds it."""
    result = build_export(exported_series(memory, roster, seen), memory, now)
    return result, replace(memory, exported=result.remembered)


def events(data: bytes) -> list[dict[str, str]]:
    """Return the properties of each event, parameters kept with the value."""
    found: list[dict[str, str]] = []
    inside = False
    for line in data.replace(b"\r\n ", b"").decode().split("\r\n"):
        name, value = line[: len(line) - len(line.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ-"))], line
        inside = (inside or line == "BEGIN:VEVENT") and line != "END:VEVENT"
        if line == "BEGIN:VEVENT":
            found.append({})
        elif inside:
            key = f"{name} bo" if name == "ATTENDEE" and value.endswith(BO.email) else name
            found[-1][key] = value[len(name) + 1 :]
    return found
