"""What the calendars say about the series that this program made, and about a person's no.

A plan reckons with what is noticed before it is stored, so that planning alone gives the same answer
as planning after an apply.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from scheduler.meetings import CalendarReading, Series
from scheduler.memory import AgendaWritten, MadeSeries, Memory, Refusal, SeriesState
from scheduler.people import Pair
from scheduler.planning.identity import generation_of
from scheduler.planning.occurrences import runs_on
from scheduler.planning.situation import Situation
from scheduler.planning.standing import Copies, called_off, over
from scheduler.planning.swept import swept
from scheduler.planning.wording import title


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What is to be remembered of what was read; each piece replaces what is known under its identity."""

    series: tuple[MadeSeries, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    agendas: tuple[AgendaWritten, ...] = ()

    def added_to(self, memory: Memory) -> Memory:
        """Return the memory as it will be once this is stored."""
        series = {made.uid: made for made in (*memory.series, *self.series)}
        return replace(
            memory,
            series=tuple(series[uid] for uid in sorted(series)),
            refusals=memory.refusals + self.refusals,
            agendas=memory.agendas + self.agendas,
        )


class _Stands(Enum):
    """How a series of ours stands; where a calendar can't be read, nothing is concluded."""

    LIVE = "live"
    OVER = "over"
    REFUSED = "refused"
    UNSURE = "unsure"


def noticed(known: Situation) -> Noticed:
    """Return what was learnt of the calendars and documents that memory does not hold yet.

    Series that carry our mark though memory does not know them (it was lost, or a run was killed); a
    person's no to one of ours, or a change of mind; series that ran out; a person's no to a series of
    their own; agendas that stand though nobody noted them. Empty when nothing is new.
    """
    pairs = known.roster.pairs(known.now.date())
    adopted = tuple(_adopted(known))
    changed: dict[str, MadeSeries] = {made.uid: made for made in adopted}
    by_key = {pair.key: pair for pair in pairs}
    for made in (*known.memory.series, *adopted):
        pair = by_key.get(known.pair_of(made))
        if pair is not None and made.state in {SeriesState.STANDING, SeriesState.REFUSED}:
            changed[made.uid] = _as_it_stands(made, pair, known)
    before = {made.uid: made for made in known.memory.series}
    return Noticed(
        series=tuple(made for uid, made in sorted(changed.items()) if before.get(uid) != made),
        refusals=tuple(_noes(known, pairs)),
        agendas=tuple(_unnoted(known)),
    )


def _adopted(known: Situation) -> Iterator[MadeSeries]:
    remembered = {made.uid for made in known.memory.series}
    for uid, copies in known.shelf.by_uid.items():
        copy = next((copy for copy in copies.values() if copy.mark), None)
        two = None if copy is None or uid in remembered else _our_two(copy)
        if copy is None or two is None:
            continue
        manager, report, generation = two
        organizer, attendee = known.roster.find(manager), known.roster.find(report)
        yield MadeSeries(
            uid=uid,
            key=copy.mark or "",
            manager=manager,
            report=report,
            generation=generation,
            start=copy.start,
            timezone=organizer.tz.key if organizer else getattr(copy.start.tzinfo, "key", "UTC"),
            rrule=copy.rrule,
            minutes=copy.minutes,
            summary=title(known.settings.series.title, organizer, attendee) if organizer and attendee else "",
            state=SeriesState.STANDING,
            created_at=known.now,
        )


def _our_two(copy: Series) -> tuple[str, str, int] | None:
    """Return manager, report and generation where mark and UID are truly ours; addresses as they stand there."""
    if copy.organizer is None:
        return None
    for guest in copy.attendees:
        generation = generation_of(copy.mark, copy.uid, copy.organizer, guest.email)
        if generation is not None:
            return copy.organizer, guest.email, generation
    return None


def _as_it_stands(made: MadeSeries, pair: Pair, known: Situation) -> MadeSeries:
    copies = known.shelf.copies(made.uid)
    stands, by = _standing(made, pair, copies, known)
    if stands is _Stands.LIVE:
        return replace(made, state=SeriesState.STANDING, refused_at=None, refused_by=None)
    if stands is _Stands.OVER and made.state is SeriesState.STANDING:
        ends = max((copy.last_end for copy in copies.values() if copy.last_end), default=known.now)
        return replace(made, state=SeriesState.ENDED, ended_at=ends)
    if stands is _Stands.REFUSED and made.state is SeriesState.STANDING:
        return replace(made, state=SeriesState.REFUSED, refused_at=known.now, refused_by=by)
    return made


def _standing(made: MadeSeries, pair: Pair, copies: Copies, known: Situation) -> tuple[_Stands, str | None]:
    if not runs_on(made.rrule, made.start, known.now):
        return _Stands.OVER, None
    no = called_off(copies, pair.manager, pair.report, known.roster)
    if no is not None or _uninvited(copies, pair):
        return _Stands.REFUSED, no[0] if no is not None else pair.manager.email
    for person in (pair.manager, pair.report):
        reading = known.evidence.readings.get(person.email)
        if person.email in copies:
            continue
        if reading is None or _may_hold_it_unread(reading, pair) or swept(person, known):
            return _Stands.UNSURE, None
        # From folder to folder an invitation arrives for certain; elsewhere it may not be shown until it is answered.
        if person is pair.manager or _delivered(pair):
            return _Stands.REFUSED, person.email
    if all(over(copy, known.now) for copy in copies.values()):
        return _Stands.REFUSED, pair.manager.email
    return _Stands.LIVE, None


def _uninvited(copies: Copies, pair: Pair) -> bool:
    """Say whether the manager's own copy stands, and the report is no guest of it any more.

    A file without any guests may have lost them on its way; at Google there are none then.
    """
    own = copies.get(pair.manager.email)
    if own is None or not (own.attendees or pair.manager.calendar.provider == "google"):
        return False
    return not any(guest.email in pair.report.addresses for guest in own.attendees)


def _delivered(pair: Pair) -> bool:
    return pair.manager.calendar.provider == pair.report.calendar.provider == "folder"


def _may_hold_it_unread(reading: CalendarReading, pair: Pair) -> bool:
    other = pair.report if reading.owner in pair.manager.addresses else pair.manager
    return any(not unread.addresses or unread.addresses & other.addresses for unread in reading.unread)


def _noes(known: Situation, pairs: tuple[Pair, ...]) -> Iterator[Refusal]:
    """Yield a person's no to the newest series of their own, where it would still be running."""
    noted = {(no.manager, no.report, no.uid) for no in known.memory.refusals}
    ours = {made.uid for made in known.memory.series}
    for pair in pairs:
        uids = known.shelf.of_two.get(frozenset(pair.key), ())
        newest = max(uids, key=lambda uid: (_begins(known.shelf.copies(uid)), uid), default=None)
        if newest is None or newest in ours or (*pair.key, newest) in noted:
            continue
        copies = known.shelf.copies(newest)
        if any(copy.mark for copy in copies.values()) or all(
            over(copy, known.now) for copy in copies.values()
        ):
            continue
        no = called_off(copies, pair.manager, pair.report, known.roster)
        if no is not None:
            yield Refusal(*pair.key, newest, known.now, no[0])


def _begins(copies: Copies) -> datetime:
    return max(copy.start for copy in copies.values())


def _unnoted(known: Situation) -> Iterator[AgendaWritten]:
    noted = {(written.manager, written.report, written.meeting) for written in known.memory.agendas}
    for (manager, report), meetings in sorted(known.agendas.sections.items()):
        for meeting in sorted(meetings):
            if meeting >= known.now and (manager, report, meeting) not in noted:
                yield AgendaWritten(manager, report, meeting)
