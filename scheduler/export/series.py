"""What is exported of each series of ours: what the program remembers, corrected by what the calendars show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.export.copies import Copies, Override, Witnesses
from scheduler.ics.event import Guest
from scheduler.meetings import Answer, EventStatus, Evidence, Series
from scheduler.memory import MadeSeries, Memory, SeriesState
from scheduler.people import Person, Roster
from scheduler.timespans import Span

_ENDED = (SeriesState.ENDING, SeriesState.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedSeries:
    """One series of ours as it goes into files.

    `rrule` has its UNTIL where the series has ended. `sequence` is the calendar's own. `known` is false where the
    organizer's calendar was not or could not be read: what was exported last time is then better than what we could
    write. Of an organizer who is no longer on the roster nothing is read, and nothing more is waited for.
    """

    uid: str
    key: str
    generation: int
    zone: ZoneInfo
    organizer: Guest
    attendee: Guest
    span: Span
    rrule: str
    status: EventStatus
    summary: str
    link: str | None
    sequence: int
    overrides: tuple[Override, ...] = ()
    known: bool = True

    @property
    def pair(self) -> tuple[str, str]:
        """The addresses of the two, manager first."""
        return self.organizer.email, self.attendee.email


def exported_series(memory: Memory, roster: Roster, evidence: Evidence) -> tuple[ExportedSeries, ...]:
    """Return what is to be exported of every series that this program made, by pair and generation.

    One that was only begun is left out: the next run finishes it first. The organizer's calendar says where each
    meeting takes place; an answer is taken from the calendar of whoever gave it, else from the organizer's.
    """
    uids = frozenset(made.uid for made in memory.series)
    copies = {
        address: Copies(reading, uids)
        for address, reading in evidence.readings.items()
        if reading.detail.tells_series
    }
    before = _exported_before(memory)
    series = (
        _exported(made, roster, copies, before)
        for made in memory.series
        if made.state is not SeriesState.BEGUN
    )
    return tuple(sorted(series, key=lambda each: (each.pair, each.generation)))


def _exported_before(memory: Memory) -> Mapping[str, frozenset[datetime]]:
    """Return the original starts of the occurrences that stood in an earlier export, by UID; none for the series alone."""
    before: dict[str, frozenset[datetime]] = {}
    for row in memory.exported:
        starts = {datetime.fromisoformat(row.recurrence_id)} if row.recurrence_id else set()
        before[row.uid] = before.get(row.uid, frozenset()) | starts
    return before


def _exported(
    made: MadeSeries,
    roster: Roster,
    copies: Mapping[str, Copies],
    before: Mapping[str, frozenset[datetime]],
) -> ExportedSeries:
    manager, report = roster.find(made.manager), roster.find(made.report)
    uid = _known_as(made, manager, before)
    both = Witnesses(made.uid, _addresses(manager, made.manager), _addresses(report, made.report), copies)
    standing = both.organizers.series.get(made.uid) if both.organizers else None
    start, minutes, rrule = _shape(made, standing)
    cancelled = _is_cancelled(made, standing, start)
    ended_at = start if cancelled else made.ended_at if made.state in _ENDED else None
    return ExportedSeries(
        uid=uid,
        key=made.key,
        generation=made.generation,
        zone=ZoneInfo(made.timezone),
        organizer=_guest(manager, made.manager, both.organizer_answer()),
        attendee=_guest(report, made.report, both.attendee_answer()),
        span=Span(start, start + timedelta(minutes=minutes)),
        rrule=rrule if cancelled or ended_at is None else _until(rrule, ended_at),
        status=EventStatus.CANCELLED if cancelled else EventStatus.CONFIRMED,
        summary=made.summary,
        link=made.link,
        sequence=standing.sequence if standing else 0,
        overrides=both.overrides(timedelta(minutes=minutes), ended_at, before.get(uid, frozenset())),
        known=both.organizers is not None or manager is None,
    )


def _known_as(made: MadeSeries, manager: Person | None, before: Mapping[str, frozenset[datetime]]) -> str:
    """Return the UID by which other programs know the series: Google's invitations have its id and their own ending.

    Who has one of these in their calendar and takes the file in meets the same event, and not a second one.
    """
    at_google = f"{made.uid}@google.com"
    keeps = at_google in before if manager is None else manager.calendar.provider == "google"
    return at_google if keeps else made.uid


def _addresses(person: Person | None, email: str) -> tuple[str, frozenset[str]]:
    """Return the main address, and every one that means the same person; somebody who left has but the one."""
    return (person.email, person.addresses) if person else (email, frozenset({email}))


def _guest(person: Person | None, email: str, answer: Answer) -> Guest:
    return Guest(person.email, person.name, answer) if person else Guest(email, "", answer)


def _is_cancelled(made: MadeSeries, standing: Series | None, start: datetime) -> bool:
    """Say whether nothing of the series takes place: refused, ended before it began, or cancelled by a person."""
    if made.refused_at is not None or (standing and standing.status is EventStatus.CANCELLED):
        return True
    return made.state in _ENDED and (made.ended_at is None or made.ended_at <= start)


def _shape(made: MadeSeries, standing: Series | None) -> tuple[datetime, int, str]:
    """Return start, minutes and rule: the calendar's, where a person changed the series there.

    The start is in UTC, where adding minutes is elapsed time. The rule's wording stays ours as long as it means
    the same, so that reading it back changes nothing.
    """
    if standing is None:
        return made.start.astimezone(UTC), made.minutes, made.rrule
    theirs = _endless(standing.rrule) if made.state in _ENDED else standing.rrule
    same = not standing.rrule or _meaning(theirs) == _meaning(made.rrule)
    return standing.start.astimezone(UTC), standing.minutes, made.rrule if same else standing.rrule


def _meaning(rrule: str) -> Mapping[str, str]:
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";") if part)
    return {"INTERVAL": "1", "WKST": "MO"} | parts


def _until(rrule: str, ended_at: datetime) -> str:
    """Return the rule with nothing at or after the moment; UNTIL is inclusive and in UTC (RFC 5545, 3.3.10)."""
    last = (ended_at - timedelta(seconds=1)).astimezone(UTC)
    return f"{_endless(rrule)};UNTIL={last:%Y%m%dT%H%M%SZ}"


def _endless(rrule: str) -> str:
    return ";".join(part for part in rrule.split(";") if not part.upper().startswith(("UNTIL=", "COUNT=")))
