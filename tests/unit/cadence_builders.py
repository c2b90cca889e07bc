"""A small organisation for the tests of the check: Ann in Berlin manages Bo; each meeting in one line."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from scheduler.cadence.coverage import check
from scheduler.cadence.recognise import meetings_of
from scheduler.cadence.results import Meeting, MeetingOutcome, NotCounted, PairCoverage, PairStatus
from scheduler.errors import Problem
from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, Attendee, Busy, CalendarReading, Evidence, Occurrence, Series, Unread
from scheduler.memory import Memory, PairSeen
from scheduler.people import CalendarSource, Pair, Person, Roster
from scheduler.settings import CadenceSettings, CalendarSettings, JobSettings, Settings
from scheduler.timespans import Span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday, 10:00 in Berlin."""
ALWAYS = Span(NOW - timedelta(weeks=60), NOW + timedelta(weeks=60))
OFFICE = WorkingHours.parse("Mon-Fri 09:00-17:30")


UNKNOWN, PAUSED, UNSCHEDULED = PairStatus.UNKNOWN, PairStatus.PAUSED, PairStatus.UNSCHEDULED
OVERDUE, AT_RISK, ON_TRACK = PairStatus.OVERDUE, PairStatus.AT_RISK, PairStatus.ON_TRACK
HELD, PLANNED = MeetingOutcome.HELD, MeetingOutcome.PLANNED
CANCELLED, DECLINED, MOVED = MeetingOutcome.CANCELLED, MeetingOutcome.DECLINED, MeetingOutcome.MOVED
BROKEN = Problem("ann@x.org.ics:7", "DTSTART is missing")
Model = TypeVar("Model", Person, Occurrence, CalendarReading)


def changed(model: Model, details: Mapping[str, object]) -> Model:
    """Return the same with other details."""
    return replace(model, **details)  # type: ignore[arg-type]  # tests name the fields themselves


def person(email: str, name: str, manager: str | None = None, **details: object) -> Person:
    """Return somebody in Berlin who works in the week, whatever else is said about them."""
    plain = Person(
        email=email,
        name=name,
        tz=BERLIN,
        hours=OFFICE,
        calendar=CalendarSource("folder"),
        manager=manager,
    )
    return changed(plain, details)


ANN = person("ann@x.org", "Ann Ode", aliases=frozenset({"a.ode@x.org"}))
BO = person("bo@x.org", "Bo Lee", "ann@x.org")
CY = person("cy@x.org", "Cy Roe")
ROSTER = Roster({p.email: p for p in (ANN, BO, CY)})
PAIR = Pair(ANN, BO)
ROOM = Attendee("room-4@x.org", Answer.ACCEPTED, is_room=True)


def pair_of(
    *, manager: Mapping[str, object] | None = None, report: Mapping[str, object] | None = None
) -> Pair:
    """Return Ann and Bo with some details of theirs changed."""
    return Pair(changed(ANN, manager or {}), changed(BO, report or {}))


def roster_of(pair: Pair, *others: Person) -> Roster:
    """Return the roster that holds the pair, Cy and others."""
    return Roster({p.email: p for p in (CY, *others, pair.manager, pair.report)})


def at(days: float, hour: int = 10, minute: int = 0) -> datetime:
    """Return a time of day in Berlin, so many days from today."""
    day = NOW.astimezone(BERLIN) + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def meeting(start: datetime, *, minutes: int = 30, uid: str | None = None, **details: object) -> Occurrence:
    """Return a single meeting that Ann arranged with Bo, who accepted."""
    plain = Occurrence(
        uid=uid or f"single-{start.isoformat()}",
        span=Span(start, start + timedelta(minutes=minutes)),
        original_start=start,
        organizer="ann@x.org",
        attendees=(Attendee("bo@x.org", Answer.ACCEPTED),),
    )
    return changed(plain, details)


def every_days(step: int, first: int, last: int, **details: object) -> tuple[Occurrence, ...]:
    """Return the meetings of one series, each so many days after the one before, last included."""
    details = {"uid": "series", "in_series": True} | details
    return tuple(changed(meeting(at(day, 11)), details) for day in range(first, last + 1, step))


def all_day(day: date, until: date | None = None, **details: object) -> Occurrence:
    """Return an all-day event without guests, in Berlin, up to its last date."""
    start = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    last = until or day
    end = datetime(last.year, last.month, last.day, tzinfo=BERLIN) + timedelta(days=1)
    details = {"uid": f"all-day-{day}", "all_day": True, "organizer": None, "attendees": ()} | details
    return changed(meeting(start), {"span": Span(start, end), "original_start": start} | details)


def out_of_office(start: datetime, end: datetime, **details: object) -> Occurrence:
    """Return a timed out-of-office event."""
    plain = meeting(
        start, uid=f"out-{start.isoformat()}", busy=Busy.OUT_OF_OFFICE, organizer=None, attendees=()
    )
    return changed(plain, {"span": Span(start, end)} | details)


def reading(
    owner: str, *occurrences: Occurrence, unread: Iterable[Unread] = (), **details: object
) -> CalendarReading:
    """Return a calendar that was read."""
    plain = CalendarReading(owner=owner, window=ALWAYS, occurrences=occurrences, unread=tuple(unread))
    return changed(plain, details)


def evidence(
    ann: Iterable[Occurrence] = (), bo: Iterable[Occurrence] | None = None, **others: CalendarReading
) -> Evidence:
    """Return the calendars of Ann and Bo; Bo's holds what Ann's does where nothing else is said."""
    mine = tuple(ann)
    theirs = mine if bo is None else tuple(bo)
    readings = {
        "ann@x.org": reading("ann@x.org", *mine),
        "bo@x.org": reading("bo@x.org", *theirs),
        "cy@x.org": reading("cy@x.org"),
    }
    return Evidence(readings | {r.owner: r for r in others.values()}, {})


def settings(
    every: str = "2 weeks", *, tolerance: float = 0.5, look_back: int = 12, look_ahead: int = 12
) -> Settings:
    """Return settings with a window in weeks."""
    return Settings(
        directory=Path(),
        calendars=CalendarSettings(provider="folder"),
        cadence=CadenceSettings(every=Cadence.parse(every), minutes=30, tolerance=tolerance),
        job=JobSettings(
            state=Path(),
            agendas=Path(),
            exports=Path(),
            reports=Path(),
            look_back=timedelta(weeks=look_back),
            look_ahead=timedelta(weeks=look_ahead),
        ),
    )


def checked(
    found: Evidence,
    *,
    pair: Pair = PAIR,
    every: str = "2 weeks",
    memory: Memory | None = None,
    now: datetime = NOW,
    others: Iterable[Person] = (),
) -> PairCoverage:
    """Return how the pair stands on this evidence."""
    return check(pair, found, roster_of(pair, *others), settings(every), memory or Memory(), now)


def status(*events: Occurrence, pair: Pair = PAIR, memory: Memory | None = None) -> PairStatus:
    """Return how the pair stands with these events in both calendars."""
    return checked(evidence(events), pair=pair, memory=memory).status


def seen(began: datetime, first_seen: datetime) -> Memory:
    """Return what remembers when Ann and Bo were first seen."""
    return Memory(began=began, pairs_seen=(PairSeen("ann@x.org", "bo@x.org", first_seen),))


def found(calendars: Evidence) -> tuple[Meeting, ...]:
    """Return the meetings of Ann and Bo."""
    return meetings_of(PAIR, calendars, ROSTER, NOW)[0]


def left_out(calendars: Evidence) -> tuple[NotCounted, ...]:
    """Return what has both in it and does not count; nothing else may count either."""
    meetings, others = meetings_of(PAIR, calendars, ROSTER, NOW)
    assert meetings == ()
    return others


def outcomes(calendars: Evidence) -> list[tuple[str, str | None]]:
    """Return what became of each meeting, and who called it off."""
    return [(m.outcome, m.by) for m in found(calendars)]


def guests(*addresses: str, answer: Answer = Answer.ACCEPTED) -> tuple[Attendee, ...]:
    """Return people who were invited."""
    return tuple(Attendee(address, answer) for address in addresses)


YESTERDAY, TOMORROW = at(-1), at(1)
FINE = every_days(14, -83, 84)
"""Ann and Bo's fortnightly series: the last one 13 days ago, the next one tomorrow."""


def series(start: datetime = YESTERDAY, rrule: str = "FREQ=WEEKLY") -> Series:
    """Return the series of which `meeting(..., uid='s', in_series=True)` is an occurrence."""
    return Series(uid="s", start=start, minutes=30, rrule=rrule)
