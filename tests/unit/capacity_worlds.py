"""A manager's team whose calendars are in memory, and what its 1-2-1s cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from scheduler.cadence.coverage import check_everyone
from scheduler.capacity.costs import team_cost
from scheduler.capacity.results import TeamCost
from scheduler.capacity.what_if import WhatIf
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, Attendee, CalendarReading, Detail, Occurrence, Series
from scheduler.people import Person
from scheduler.planning.situation import Situation
from scheduler.timespans import Span
from tests.unit.planning_builders import ANN, BERLIN, NOW, person, roster, series
from tests.unit.planning_worlds import World

HOUR = WorkingHours.parse("Tue 09:00-10:00")
"""One hour a week: two half hours, and no more."""
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"
NINE = datetime(2026, 11, 24, 9, tzinfo=BERLIN)
"""The next day, a Tuesday."""
SOONER = timedelta(weeks=10)


def boss(**details: object) -> Person:
    """Return Ann, who has one hour a week for 1-2-1s."""
    return replace(ANN, hours=HOUR, **details)  # type: ignore[arg-type]  # tests name the fields themselves


def report_of(name: str, manager: str = "ann@x.org", **details: object) -> Person:
    """Return one of her reports, who works all week."""
    return person(f"{name}@x.org", manager, **details)


def weekly(
    uid: str, start: datetime, *guests: str, minutes: int = 30, organizer: str = "ann@x.org"
) -> Series:
    """Return a weekly series that began ten weeks ago."""
    return series(
        uid,
        start=start - SOONER,
        rrule=WEEKLY,
        minutes=minutes,
        organizer=organizer,
        attendees=tuple(Attendee(guest, Answer.ACCEPTED) for guest in guests),
    )


@dataclass
class Team:
    """Ann's team, she the first.

    `blind` are those of whom only free/busy is known; `alone` names the series every other date of which was left
    to the organizer and one guest.
    """

    people: tuple[Person, ...]
    world: World = field(init=False)
    blind: frozenset[str] = frozenset()
    alone: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put everybody in a world of their own."""
        self.world = World(roster(*self.people))

    def has(self, standing: Series, *owners: str) -> "Team":
        """Put a series into these calendars, by the name before the @."""
        self.world.calendars.put(standing, *(f"{owner}@x.org" for owner in owners))
        return self

    def known(self, *, blind: bool = True) -> Situation:
        """Return what is known, of the `blind` no more than when they are taken."""
        known = self.world.known()
        readings = {
            email: _blind(reading) if blind and email in self.blind else self._left_alone(reading)
            for email, reading in known.evidence.readings.items()
        }
        return known.with_evidence(replace(known.evidence, readings=readings))

    def cost(self, what_if: WhatIf | None = None) -> TeamCost:
        """Return what the 1-2-1s of the first of them cost."""
        seen = self.known(blind=False)
        gaps = check_everyone(seen.roster, seen.evidence, seen.settings, seen.memory, NOW)
        ours = [c for c in gaps.pairs if c.pair.manager.email == self.people[0].email]
        return team_cost(ours, gaps.pairs, self.known(), what_if)

    def _left_alone(self, reading: CalendarReading) -> CalendarReading:
        dates = tuple(
            replace(one, attendees=(Attendee(self.alone[one.uid], Answer.ACCEPTED),))
            if one.uid in self.alone and one.span.start.isocalendar().week % 2
            else one
            for one in reading.occurrences
        )
        return replace(reading, occurrences=dates)


def _blind(reading: CalendarReading) -> CalendarReading:
    """Return the same as free/busy tells it: stretches of time, and nobody in them."""
    spans = sorted({(one.span.start, one.span.end) for one in reading.occurrences})
    stretches = (
        Occurrence(uid=f"busy-{number}", span=Span(start, end), original_start=start)
        for number, (start, end) in enumerate(spans)
    )
    return replace(reading, occurrences=tuple(stretches), series=(), detail=Detail.BUSY)
