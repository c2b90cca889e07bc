"""Carrying out a plan: one change at a time, one outcome each; one failure stops nothing else.

What a change is about to do is written down before the first calendar is touched, and that it is done
after the last. Killed between any two instructions, the next run finishes it: the same names, no second
invitation.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from scheduler.calendars.interface import WritableCalendar, Written
from scheduler.errors import DocumentBusy, OnetooneError
from scheduler.hours import WorkingHours
from scheduler.memory import AgendaWritten, MadeSeries, Refusal, SeriesState
from scheduler.people import CalendarSource, Pair, Person
from scheduler.planning.changes import Applied, Change, ChangeKind, Outcome, Plan
from scheduler.planning.invitation import begun_series, invitation_of
from scheduler.planning.noticing import noticed
from scheduler.planning.situation import PairKey, Situation
from scheduler.several import several_at_once

_log = logging.getLogger(__name__)
_ANY_HOURS = WorkingHours.parse("Mon-Sun 00:00-23:59")
Told = tuple[Outcome, str]


class AgendaKeeper(Protocol):
    """What applying asks of the agendas; every call may be repeated, a second one meets the first."""

    def open_document(self, pair: Pair) -> str:
        """Create the pair's document where there is none, and return its address; raise WriteFailed."""
        ...

    def write(self, pair: Pair, meeting: datetime, start: datetime) -> Told:
        """Write the agenda of the meeting with this original start; return what became of it, and why."""
        ...


class Journal(Protocol):
    """What applying writes down, as `scheduler.state` keeps it; each raises WriteFailed."""

    def remember_series(self, *made: MadeSeries) -> None:
        """Keep each series as it is now."""
        ...

    def remember_refusals(self, *refusals: Refusal) -> None:
        """Keep a person's no."""
        ...

    def remember_agendas(self, *written: AgendaWritten) -> None:
        """Keep that these agendas were written."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """The doors to everything that applying touches; so many agendas are written at once."""

    calendars: WritableCalendar
    agendas: AgendaKeeper
    journal: Journal
    agendas_at_once: int = 1


def apply_plan(
    plan: Plan,
    ports: Ports,
    known: Situation,
    progress: Callable[[str, int, int], None] = lambda _what, _done, _of: None,
) -> tuple[Applied, ...]:
    """Make the changes in their order and return the outcome of each; agendas, which come last, several at once.

    `known` is what the plan was made from. What was noticed in it is remembered first. Raises WriteFailed,
    with nothing changed, only where not even that can be written down.
    """
    news = noticed(known)
    ports.journal.remember_series(*news.series)
    ports.journal.remember_refusals(*news.refusals)
    ports.journal.remember_agendas(*news.agendas)
    run = _Run(ports, known.with_memory(news.added_to(known.memory)))
    done = count(1)

    def outcome(change: Change) -> Applied:
        applied = run.outcome_of(change)
        progress("making changes", next(done), len(plan.changes))
        return applied

    # One after another: ids of events are only unique if their writers take turns (Calendar API, events.insert).
    in_turn = [change for change in plan.changes if change.kind is not ChangeKind.WRITE_AGENDA]
    agendas = [change for change in plan.changes if change.kind is ChangeKind.WRITE_AGENDA]
    applied = several_at_once(outcome, in_turn, 1) + several_at_once(outcome, agendas, ports.agendas_at_once)
    by_change = {id(one.change): one for one in applied}
    return tuple(by_change[id(change)] for change in plan.changes)


class _Run:
    """One application of a plan; remembers which series it could not create, for what follows from them."""

    def __init__(self, ports: Ports, known: Situation) -> None:
        self._ports = ports
        self._known = known
        self._made = {made.uid: made for made in known.memory.series}
        self._not_created: set[str] = set()
        self._without: set[PairKey] = set()

    def outcome_of(self, change: Change) -> Applied:
        """Carry out one change; whatever goes wrong is its own outcome and nobody else's."""
        try:
            outcome, reason = self._carry_out(change)
        except DocumentBusy as error:
            outcome, reason = Outcome.SKIPPED, str(error)
        except OnetooneError as error:
            outcome, reason = Outcome.FAILED, str(error)
        except Exception as error:  # noqa: BLE001 - a bug in one change must not cost the others
            _log.debug("%s failed", change.id, exc_info=True)
            outcome, reason = (
                Outcome.FAILED,
                f"the program itself failed ({type(error).__name__}); --verbose shows where",
            )
        if change.kind is ChangeKind.CREATE_SERIES and outcome in {Outcome.FAILED, Outcome.SKIPPED}:
            self._not_created.add(change.uid or "")
            self._without.add(self._known.key_of(change.manager, change.report))
        return Applied(change, outcome, reason)

    def _carry_out(self, change: Change) -> Told:
        match change.kind:
            case ChangeKind.CREATE_SERIES:
                return self._create(change)
            case ChangeKind.END_SERIES:
                return self._end(change)
            case ChangeKind.ATTACH_AGENDA:
                return self._attach(change)
            case ChangeKind.WRITE_AGENDA:
                return self._write(change)
            case ChangeKind.EXTEND_SERIES | ChangeKind.MOVE_MEETING:
                return Outcome.SKIPPED, "this version does not do that"
        assert_never(change.kind)

    def _create(self, change: Change) -> Told:
        pair = self._pair(change)
        known = self._made.get(change.uid or "")
        made = begun_series(change, pair, self._known.settings.series, self._known.now)
        if known is not None and (known.start, known.rrule, known.minutes) == (
            made.start,
            made.rrule,
            made.minutes,
        ):
            made = replace(made, summary=known.summary, created_at=known.created_at)
        self._remember(made)
        link, trouble = self._document(pair)
        notify = change.report in change.notifies
        written = self._ports.calendars.create(
            invitation_of(made, pair, link, change.first_minutes), notify=notify
        )
        if written is Written.DELETED:
            self._remember(replace(made, state=SeriesState.REFUSED, refused_at=self._known.now))
            return Outcome.SKIPPED, "a person has deleted this series; it is not put back"
        if (
            written is Written.ALREADY_SO and link is not None
        ):  # an earlier attempt may have had none to attach
            self._ports.calendars.attach(pair.manager, pair.report, made.uid, link, self._known.now)
        self._remember(replace(made, state=SeriesState.STANDING, link=link))
        return _outcome(written), trouble

    def _document(self, pair: Pair) -> tuple[str | None, str]:
        """Return the address of the pair's document, which exists then; or why there is none to attach."""
        try:
            return self._ports.agendas.open_document(pair), ""
        except OnetooneError as error:
            return None, f"created without its agenda, which the next run attaches: {error}"

    def _end(self, change: Change) -> Told:
        if self._known.key_of(change.manager, change.report) in self._without:
            return Outcome.SKIPPED, "the series that is to take its place was not created"
        made = self._made[change.uid or ""]
        pair = self._pair(change)
        self._remember(replace(made, state=SeriesState.ENDING, ended_at=change.start))
        written = self._ports.calendars.end(
            pair.manager, pair.report, made.uid, change.start, self._known.now, notify=bool(change.notifies)
        )
        self._remember(replace(made, state=SeriesState.ENDED, ended_at=change.start))
        if written is Written.DELETED:
            return Outcome.ALREADY_SO, "a person had deleted it"
        return _outcome(written), ""

    def _attach(self, change: Change) -> Told:
        made = self._made[change.uid or ""]
        pair = self._pair(change)
        link = self._ports.agendas.open_document(pair)
        written = self._ports.calendars.attach(pair.manager, pair.report, made.uid, link, self._known.now)
        if written is Written.DELETED:
            self._remember(replace(made, state=SeriesState.REFUSED, refused_at=self._known.now))
            return Outcome.SKIPPED, "a person has deleted this series"
        self._remember(replace(made, link=link))
        return _outcome(written), ""

    def _write(self, change: Change) -> Told:
        if change.uid in self._not_created:
            return Outcome.SKIPPED, "its series was not created"
        meeting = change.meeting or change.start
        outcome, reason = self._ports.agendas.write(self._pair(change), meeting, change.start)
        if outcome in {Outcome.DONE, Outcome.ALREADY_SO}:
            self._ports.journal.remember_agendas(AgendaWritten(change.manager, change.report, meeting))
        return outcome, reason

    def _remember(self, made: MadeSeries) -> None:
        self._ports.journal.remember_series(made)
        self._made[made.uid] = made

    def _pair(self, change: Change) -> Pair:
        return Pair(self._person(change.manager, change), self._person(change.report, change))

    def _person(self, address: str, change: Change) -> Person:
        """Return the person of the roster, or what is known of one who is not on it any more."""
        return self._known.roster.find(address) or Person(
            email=address,
            name=address,
            tz=ZoneInfo(change.timezone),
            hours=_ANY_HOURS,
            calendar=CalendarSource(self._known.settings.calendars.provider),
        )


def _outcome(written: Written) -> Outcome:
    return Outcome.DONE if written is Written.DONE else Outcome.ALREADY_SO
