"""A world of planning in memory: calendars, documents and a journal that a run reads and writes."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from scheduler.cadence.coverage import check_everyone, reading_window
from scheduler.calendars.interface import Written
from scheduler.errors import Problem
from scheduler.meetings import (
    Answer,
    Attendee,
    CalendarReading,
    EventStatus,
    Evidence,
    Invitation,
    Occurrence,
    Series,
    Unread,
)
from scheduler.memory import AgendaWritten, MadeSeries, Memory, PairSeen, Refusal
from scheduler.people import Pair, Person, Roster
from scheduler.planning.apply import Ports, apply_plan
from scheduler.planning.changes import Applied, ChangeKind, Outcome, Plan
from scheduler.planning.noticing import noticed
from scheduler.planning.occurrences import starts
from scheduler.planning.planner import make_plan
from scheduler.planning.situation import AgendasDue, PairKey, Situation
from scheduler.settings import Settings
from scheduler.timespans import Span
from tests.unit.planning_builders import ANN, BO, NOW, changed, roster, settings


@dataclass
class Calendars:
    """Everybody's calendar in memory, by address and UID; each write touches one copy after the other.

    `before_each` is called before every touch, so that a test can break it there. `off` are the dates that
    were called off, by UID; `moved` those that a person moved, and by how much.
    """

    series: dict[str, dict[str, Series]] = field(default_factory=dict)
    singles: dict[str, list[Occurrence]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    unread: dict[str, tuple[Unread, ...]] = field(default_factory=dict)
    off: dict[str, set[datetime]] = field(default_factory=dict)
    moved: dict[str, dict[datetime, timedelta]] = field(default_factory=dict)
    before_each: Callable[[], None] = lambda: None
    writes: int = 0
    told: list[str] = field(default_factory=list)

    def put(self, standing: Series, *owners: str) -> None:
        """Put a copy into each of these calendars."""
        for owner in owners:
            self.series.setdefault(owner, {})[standing.uid] = standing

    def read(self, who: Person, window: Span, about: Collection[str] | None = None) -> CalendarReading:
        """Read a calendar."""
        del about
        mine = self.series.get(who.email, {}).values()
        dates = [o for standing in mine for o in self._dates(standing, window)]
        dates += [o for o in self.singles.get(who.email, ()) if o.span.overlaps(window)]
        return CalendarReading(
            owner=who.email,
            window=window,
            occurrences=tuple(sorted(dates, key=lambda o: (o.span.start, o.uid))),
            series=tuple(mine),
            unread=self.unread.get(who.email, ()),
        )

    def _dates(self, standing: Series, window: Span) -> Iterable[Occurrence]:
        for start in starts(standing.rrule, standing.start, window.start, window.end):
            end = start + timedelta(minutes=standing.minutes)
            if standing.last_end is None or end <= standing.last_end:
                gone = start in self.off.get(standing.uid, ())
                by = self.moved.get(standing.uid, {}).get(start, timedelta())
                yield Occurrence(
                    uid=standing.uid,
                    span=Span(start + by, end + by),
                    original_start=start,
                    in_series=True,
                    status=EventStatus.CANCELLED if gone else standing.status,
                    organizer=standing.organizer,
                    attendees=standing.attendees,
                    mark=standing.mark,
                )

    def evidence(self, people: Roster, now: datetime) -> Evidence:
        """Read everybody's."""
        window = reading_window(settings(), people, now)
        return Evidence(
            {e: self.read(p, window) for e, p in people.people.items() if e not in self.unreadable},
            {e: Problem(e, "can't be read") for e in people.people if e in self.unreadable},
        )

    def create(self, invitation: Invitation, *, notify: bool = True) -> Written:
        """Put the series into the report's calendar, then into the manager's."""
        self.told += [invitation.attendee.email] * notify
        organizer, attendee = invitation.organizer, invitation.attendee
        copies = [self.series.get(p.email, {}).get(invitation.uid) for p in (organizer, attendee)]
        if any(copy is not None and copy.status is EventStatus.CANCELLED for copy in copies):
            return Written.DELETED
        if all(copies):
            return Written.ALREADY_SO
        new = Series(
            uid=invitation.uid,
            start=invitation.start,
            minutes=invitation.minutes,
            rrule=invitation.rrule,
            organizer=organizer.email,
            attendees=(Attendee(organizer.email, Answer.ACCEPTED), Attendee(attendee.email)),
            mark=invitation.key,
            links=() if invitation.link is None else (invitation.link,),
        )
        for owner in (attendee.email, organizer.email):
            if invitation.uid not in self.series.get(owner, {}):
                self._touch(owner, new)
        return Written.DONE

    def end(
        self,
        organizer: Person,
        attendee: Person,
        uid: str,
        at: datetime,
        stamped: datetime,
        *,
        notify: bool = True,
    ) -> Written:
        """End the series in both."""
        del stamped
        self.told += [attendee.email] * notify
        done = Written.ALREADY_SO
        for owner in (attendee.email, organizer.email):
            copy = self.series.get(owner, {}).get(uid)
            if copy is None or (copy.last_end is not None and copy.last_end <= at):
                continue
            if copy.start >= at:
                self._touch(owner, replace(copy, status=EventStatus.CANCELLED, last_end=at))
            else:
                self._touch(owner, replace(copy, last_end=at))
            done = Written.DONE
        return done

    def attach(self, organizer: Person, attendee: Person, uid: str, link: str, stamped: datetime) -> Written:
        """Attach the link in both."""
        del stamped
        done = Written.ALREADY_SO
        for owner in (attendee.email, organizer.email):
            copy = self.series.get(owner, {}).get(uid)
            if copy is not None and link not in copy.links:
                self._touch(owner, replace(copy, links=(*copy.links, link)))
                done = Written.DONE
        return done

    def _touch(self, owner: str, copy: Series) -> None:
        self.before_each()
        self.writes += 1
        self.series.setdefault(owner, {})[copy.uid] = copy


@dataclass
class Agendas:
    """Agenda documents in memory: the meetings with a section, by pair."""

    documents: dict[PairKey, set[datetime]] = field(default_factory=dict)
    unreadable: dict[PairKey, Problem] = field(default_factory=dict)
    before_each: Callable[[], None] = lambda: None
    writes: int = 0

    def open_document(self, pair: Pair) -> str:
        """Create the document."""
        if pair.key not in self.documents:
            self._touch()
            self.documents[pair.key] = set()
        return f"file:///agendas/{'--'.join(pair.key)}.md"

    def write(self, pair: Pair, meeting: datetime, start: datetime) -> tuple[Outcome, str]:
        """Write a section."""
        assert start.tzinfo is not None
        if meeting in self.documents.get(pair.key, ()):
            return Outcome.ALREADY_SO, ""
        self._touch()
        self.documents.setdefault(pair.key, set()).add(meeting)
        return Outcome.DONE, ""

    def due(self) -> AgendasDue:
        """Return what the documents hold."""
        return AgendasDue({key: frozenset(held) for key, held in self.documents.items()}, self.unreadable)

    def _touch(self) -> None:
        self.before_each()
        self.writes += 1


@dataclass
class Journal:
    """What is remembered, in memory; nothing equal is written twice."""

    memory: Memory = field(default_factory=Memory)
    before_each: Callable[[], None] = lambda: None
    writes: int = 0

    def remember_series(self, *made: MadeSeries) -> None:
        """Keep each series as it is now."""
        kept = {old.uid: old for old in self.memory.series}
        if new := {item.uid: item for item in made if kept.get(item.uid) != item}:
            self._write(replace(self.memory, series=tuple((kept | new).values())))

    def remember_refusals(self, *refusals: Refusal) -> None:
        """Keep a no."""
        if refusals:
            self._write(replace(self.memory, refusals=(*self.memory.refusals, *refusals)))

    def remember_agendas(self, *written: AgendaWritten) -> None:
        """Keep agendas."""
        if new := tuple(item for item in written if item not in self.memory.agendas):
            self._write(replace(self.memory, agendas=(*self.memory.agendas, *new)))

    def _write(self, memory: Memory) -> None:
        self.before_each()
        self.writes += 1
        self.memory = memory


@dataclass
class World:
    """Everything together: what a run reads and writes."""

    roster: Roster
    settings: Settings = field(default_factory=settings)
    now: datetime = NOW
    calendars: Calendars = field(default_factory=Calendars)
    agendas: Agendas = field(default_factory=Agendas)
    journal: Journal = field(default_factory=Journal)

    def known(self) -> Situation:
        """Read everything."""
        return Situation(
            evidence=self.calendars.evidence(self.roster, self.now),
            roster=self.roster,
            memory=self.journal.memory,
            settings=self.settings,
            now=self.now,
            agendas=self.agendas.due(),
        )

    def plan(self) -> Plan:
        """Decide."""
        known = self.known()
        seen = tuple(
            PairSeen(*pair.key, self.now - timedelta(weeks=50)) for pair in self.roster.pairs(self.now.date())
        )
        memory = replace(noticed(known).added_to(known.memory), pairs_seen=seen)
        gaps = check_everyone(self.roster, known.evidence, self.settings, memory, self.now)
        return make_plan(gaps, known)

    def run(self) -> tuple[Applied, ...]:
        """Decide and do."""
        return apply_plan(self.plan(), Ports(self.calendars, self.agendas, self.journal), self.known())

    def notice(self) -> None:
        """Remember what is noticed, as an apply does first."""
        news = noticed(self.known())
        self.journal.memory = news.added_to(self.journal.memory)

    def later(self, **span: float) -> "World":
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    @property
    def writes(self) -> int:
        """How often anything was written."""
        return self.calendars.writes + self.agendas.writes + self.journal.writes

    def state(self) -> object:
        """Return all that a run leaves behind, to compare."""
        memory = self.journal.memory
        return (
            self.calendars.series,
            self.agendas.documents,
            sorted(memory.series, key=lambda s: s.uid),
            sorted(memory.agendas, key=lambda a: (a.manager, a.report, a.meeting)),
            sorted(memory.refusals, key=lambda r: (r.manager, r.report)),
        )


CREATE, END = ChangeKind.CREATE_SERIES, ChangeKind.END_SERIES
ATTACH, WRITE = ChangeKind.ATTACH_AGENDA, ChangeKind.WRITE_AGENDA


def pair_world(*copies: Series, **details: object) -> World:
    """Return Ann and Bo with these series in both calendars."""
    world = World(roster(ANN, changed(BO, details)))
    for copy in copies:
        world.calendars.put(copy, "ann@x.org", "bo@x.org")
    return world


def made_world() -> World:
    """Return Ann and Bo after a run that made their series."""
    world = pair_world()
    world.run()
    return world


def only_series(world: World) -> Series:
    """Return the one series in Ann's calendar."""
    (found,) = world.calendars.series["ann@x.org"].values()
    return found


def put_both(world: World, copy: Series) -> None:
    """Replace the copies of both."""
    world.calendars.put(copy, "ann@x.org", "bo@x.org")
