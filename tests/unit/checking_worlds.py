"""An office at a fake Google whose cadence is checked: Ann manages Bo and Cy, Bo manages Di."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scheduler.cadence.results import GapReport, PairStatus
from scheduler.calendars.registry import Calendars
from scheduler.checking import Checking
from scheduler.config import Config
from scheduler.looking import Look
from scheduler.meetings import Evidence
from scheduler.memory import Memory
from scheduler.people import Person, Roster
from scheduler.planning.changes import Plan
from scheduler.planning.planner import make_plan
from scheduler.planning.situation import Situation
from scheduler.settings import GoogleSettings
from tests.fake_google.calls import ApiError
from tests.fake_google.fake import NOW, FakeGoogle
from tests.unit.fake_google_worlds import Client, invited, timed
from tests.unit.google_builders import settings
from tests.unit.google_calendar_builders import ANN, BO, CY, person

DI = person("di", "Europe/Berlin", BO.email)
EVERYBODY = (ANN, BO, CY, DI)
FORTNIGHTLY = ["RRULE:FREQ=WEEKLY;INTERVAL=2"]


@dataclass
class Office:
    """The people at Google, and the runs that look at them."""

    fake: FakeGoogle
    client: Client
    root: Path
    people: tuple[Person, ...] = EVERYBODY
    memory: Memory = field(default_factory=Memory)
    google: GoogleSettings = field(default_factory=lambda: GoogleSettings(threads=1))
    now: datetime = NOW

    @property
    def config(self) -> Config:
        """Return the config of these people."""
        found = settings(self.root, self.google, documents="folder")
        return Config(found, Roster({person.email: person for person in self.people}))

    def checking(self) -> tuple[Checking, Look]:
        """Return what a run has that knows nothing yet."""
        config = self.config
        calendars = Calendars(config.settings, self.client.google, self.now, config.roster.addresses)
        look = Look(config, calendars, self.now, lambda *_: None)
        return Checking(config, look, self.memory, self.now), look

    def check(self) -> GapReport:
        """Return how everybody stands, as a run finds it."""
        return self.checking()[0].everybody()

    def statuses(self) -> dict[str, PairStatus]:
        """Return how each report stands with their manager."""
        return {coverage.pair.report.email: coverage.status for coverage in self.check().pairs}

    def plan(self) -> Plan:
        """Return what a run would do, as it decides it."""
        checking, look = self.checking()
        gaps = checking.everybody()
        return self.decided(gaps, checking.evidence, look)

    def decided(self, gaps: GapReport, evidence: Evidence, look: Look) -> Plan:
        """Return the plan; when people are taken is looked at once, as it must do."""
        config = self.config
        known = Situation(
            evidence=evidence,
            roster=config.roster,
            memory=self.memory,
            settings=config.settings,
            now=self.now,
        )
        plan = make_plan(gaps, known)
        if plan.untimed:
            plan = make_plan(gaps, known.with_evidence(look.times(evidence, plan.untimed)))
        assert not plan.untimed
        return plan

    def meets(self, manager: Person, report: Person, first: str = "2026-09-01", **more: Any) -> str:  # noqa: ANN401 - JSON
        """Let two meet every other week from a day on, at ten in London; return the series' id."""
        series = {**timed(first), "recurrence": FORTNIGHTLY} | more
        return self.fake.people.create_event(
            manager.email, attendees=invited(manager.email, report.email), **series
        )

    def away(self, who: Person, first: str, end: str) -> None:
        """Let somebody be out of office from midnight to midnight of their own."""
        zone = who.tz.key
        times = {
            "start": {"dateTime": f"{first}T00:00:00", "timeZone": zone},
            "end": {"dateTime": f"{end}T00:00:00", "timeZone": zone},
        }
        self.fake.people.create_event(who.email, **times, eventType="outOfOffice")

    def asked(self, method: str) -> list[str]:
        """Return as whom a method was called, in order, and forget all requests."""
        found = [entry.user for entry in self.fake.log if entry.method == method]
        self.fake.log.clear()
        return found


@dataclass
class Life:
    """What happens in the office, named by small numbers; each doing says in whose calendars something changed."""

    office: Office
    series: list[tuple[str, Person, Person]] = field(default_factory=list)

    def goes_on(self, doing: int, which: int, week: int) -> frozenset[str]:
        """Let something happen that may be possible."""
        manager, report = ((ANN, BO), (ANN, CY), (BO, DI))[which % 3]
        day = NOW + timedelta(weeks=week - 8)
        if doing % 8 == 0 or not self.series:
            first = f"{day:%Y-%m-%d}"
            self.series.append((self.office.meets(manager, report, first), manager, report))
            return frozenset({manager.email, report.email})
        if doing % 8 == 1:
            who = (ANN, BO, CY, DI)[which % 4]
            self.office.away(who, f"{day:%Y-%m-%d}", f"{day + timedelta(days=1 + which):%Y-%m-%d}")
            return frozenset({who.email})
        one, manager, report = self.series[which % len(self.series)]
        calendar = self.office.fake.store.calendar_of(manager.email)
        start = calendar.copies[one].event.start.at if calendar is not None else NOW
        assert isinstance(start, datetime)
        date = start + timedelta(weeks=2 * (week % 8))
        instance = f"{one.partition('_R')[0]}_{date.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        people = self.office.fake.people
        doings: tuple[Callable[[], object], ...] = (
            lambda: people.delete_series(manager.email, one),
            lambda: people.decline(report.email, instance),
            lambda: people.move_instance(manager.email, instance, date + timedelta(days=3)),
            lambda: people.delete_instance(report.email, instance),
            lambda: people.end_series_from(manager.email, instance),
            lambda: self.series.append((people.split_series(manager.email, instance), manager, report)),
        )
        with suppress(ApiError, LookupError):
            doings[doing % 8 - 2]()
        return frozenset({manager.email, report.email})
