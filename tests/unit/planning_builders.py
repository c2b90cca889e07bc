"""People, their series and settings for the tests of planning, and what is read off a plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.meetings import (
    Answer,
    Attendee,
    Occurrence,
    Series,
)
from scheduler.memory import MadeSeries
from scheduler.people import CalendarSource, Person, Roster
from scheduler.planning.changes import ChangeKind, Plan
from scheduler.settings import CadenceSettings, CalendarSettings, JobSettings, LimitSettings, Settings
from scheduler.timespans import Span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday, 10:00 in Berlin."""
Model = TypeVar("Model", Person, Series, MadeSeries, Settings)


class Killed(BaseException):
    """The power went; nothing catches it."""


def changed(model: Model, details: Mapping[str, object]) -> Model:
    """Return the same with other details."""
    return replace(model, **details)  # type: ignore[arg-type]  # tests name the fields themselves


def person(email: str, manager: str | None = None, **details: object) -> Person:
    """Return somebody in Berlin who works in the week, named by the address."""
    plain = Person(
        email=email,
        name=email.partition("@")[0].title() + " Doe",
        tz=BERLIN,
        hours=WorkingHours.parse("Mon-Fri 09:00-17:30"),
        calendar=CalendarSource("folder"),
        manager=manager,
    )
    return changed(plain, details)


def roster(*people: Person) -> Roster:
    """Return the roster of these people."""
    return Roster({p.email: p for p in people})


ANN = person("ann@x.org")
BO = person("bo@x.org", "ann@x.org")
CY = person("cy@x.org", "ann@x.org")
DI = person("di@x.org")
KEY = ("ann@x.org", "bo@x.org")


def settings(**details: object) -> Settings:
    """Return settings of a pair that meets every two weeks."""
    plain = Settings(
        directory=Path(),
        calendars=CalendarSettings(provider="folder"),
        cadence=CadenceSettings(every=Cadence.parse("2 weeks"), minutes=30),
        job=JobSettings(state=Path(), agendas=Path(), exports=Path(), reports=Path()),
    )
    return changed(plain, details)


def series(
    uid: str = "theirs",
    *,
    start: datetime = datetime(2026, 11, 24, 11, tzinfo=BERLIN),
    report: str = "bo@x.org",
    **details: object,
) -> Series:
    """Return a recurring event of a person's own: Ann meets Bo every two weeks."""
    plain = Series(
        uid=uid,
        start=start,
        minutes=30,
        rrule=f"FREQ=WEEKLY;INTERVAL=2;BYDAY={('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[start.weekday()]}",
        organizer="ann@x.org",
        attendees=(Attendee(report, Answer.ACCEPTED),),
    )
    return changed(plain, details)


def answered(standing: Series, address: str, answer: Answer) -> Series:
    """Return the series with somebody's answer to it."""
    others = tuple(guest for guest in standing.attendees if guest.email != address)
    return replace(standing, attendees=(*others, Attendee(address, answer)))


def single(start: datetime, *, uid: str = "single", **details: object) -> Occurrence:
    """Return a meeting of Ann and Bo that stands alone."""
    plain = Occurrence(
        uid=uid,
        span=Span(start, start + timedelta(minutes=30)),
        original_start=start,
        organizer="ann@x.org",
        attendees=(Attendee("bo@x.org", Answer.ACCEPTED),),
    )
    return replace(plain, **details)  # type: ignore[arg-type]  # tests name the fields themselves


def kinds(plan: Plan) -> list[ChangeKind]:
    """Return the kinds of a plan's changes in their order."""
    return [change.kind for change in plan.changes]


def reasons(plan: Plan) -> list[str]:
    """Return why things were left out."""
    return [skip.reason for skip in plan.skipped]


def limited(**limits: float) -> Settings:
    """Return settings with other limits."""
    return settings(limits=replace(LimitSettings(), **limits))  # type: ignore[arg-type]  # tests name the limits


def day(offset: int) -> date:
    """Return the date so many days from today."""
    return NOW.date() + timedelta(days=offset)
