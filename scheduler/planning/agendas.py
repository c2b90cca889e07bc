"""Which agendas are attached to series of ours, and which are written for meetings to come."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from scheduler.cadence.results import Meeting, MeetingOutcome, PairCoverage
from scheduler.memory import SeriesState
from scheduler.people import Pair
from scheduler.planning.changes import Change, ChangeKind, Skip
from scheduler.planning.identity import agenda_change_id, series_change_id
from scheduler.planning.persons_no import refused_uids
from scheduler.planning.situation import PairKey, Situation
from scheduler.planning.standing import live
from scheduler.timespans import midnight

_GONE = "The document that is attached to their series is gone; another one takes its place."
_NEVER = datetime.max.replace(tzinfo=UTC)


def attachments(
    coverages: Sequence[PairCoverage], known: Situation, ending: Collection[str]
) -> Iterator[Change]:
    """Yield the standing series of ours, in order of their pairs, that have no agenda attached, or one that is gone."""
    for coverage in sorted(coverages, key=lambda c: c.pair.key):
        for made in known.made.get(coverage.pair.key, ())[-1:]:
            copies = known.shelf.copies(made.uid).values()
            gone = made.link is not None and coverage.pair.key in known.agendas.missing
            if (
                made.state is not SeriesState.STANDING
                or made.uid in ending
                or not (gone or made.link is None)
            ):
                continue
            unread = known.unread(coverage.pair.manager, coverage.pair.report)
            if copies and unread is None and all(live(copy, known.now) for copy in copies):
                yield Change(
                    id=series_change_id(ChangeKind.ATTACH_AGENDA, made.manager, made.report, made.generation),
                    kind=ChangeKind.ATTACH_AGENDA,
                    manager=made.manager,
                    report=made.report,
                    start=made.start,
                    timezone=made.timezone,
                    reasons=(_GONE if gone else "Their series has no agenda attached yet.",),
                    uid=made.uid,
                    generation=made.generation,
                )


def agendas_due(
    coverages: Sequence[PairCoverage],
    creations: Iterable[Change],
    known: Situation,
    ends: Mapping[str, datetime],
) -> tuple[tuple[Change, ...], tuple[Skip, ...]]:
    """Decide for which meetings an agenda is written: each pair's next, if it comes soon, in order of pair.

    One that stands in the document already, or that was written once and taken out by a person, is not
    written again. A series that the same plan creates counts as planned; one that it ends, in `ends`, not from
    then on.
    """
    first = {(change.manager, change.report): change for change in creations}
    written = {(*known.key_of(a.manager, a.report), a.meeting) for a in known.memory.agendas}
    changes: list[Change] = []
    skipped: list[Skip] = []
    for coverage in sorted(coverages, key=lambda c: c.pair.key):
        due = _next_meeting(coverage, first, known, ends)
        if due is None:
            continue
        meeting, start, uid = due
        key = coverage.pair.key
        if meeting in known.agendas.sections.get(key, frozenset()) or (*key, meeting) in written:
            continue
        if key in known.agendas.unreadable:
            skipped.append(Skip(*key, f"Their agenda can't be written: {known.agendas.unreadable[key]}"))
            continue
        changes.append(_writing(coverage.pair, meeting, start, uid))
    return tuple(changes), tuple(skipped)


def _next_meeting(
    coverage: PairCoverage,
    first: Mapping[PairKey, Change],
    known: Situation,
    ends: Mapping[str, datetime],
) -> tuple[datetime, datetime, str | None] | None:
    """Return the original start, the start and the UID of the pair's next meeting, if it comes soon."""
    if coverage.cadence is None:
        return None
    refused = refused_uids(coverage.pair, known)
    coming = [
        (m.original_start, m.span.start, m.uid)
        for m in coverage.meetings
        if _ahead(m, known.now) and m.uid not in refused and m.original_start < ends.get(m.uid, _NEVER)
    ]
    created = first.get(coverage.pair.key)
    found: list[tuple[datetime, datetime, str | None]] = [*coming]
    if created is not None:
        found.append((created.start, created.start, created.uid))
    due = min(found, key=lambda meeting: meeting[1], default=None)
    before = due_before(coverage.pair, known.now, known.settings.agenda.ahead)
    return due if due is not None and due[1] < before else None


def _ahead(meeting: Meeting, now: datetime) -> bool:
    return meeting.outcome is MeetingOutcome.PLANNED and meeting.span.start > now


def due_before(pair: Pair, now: datetime, ahead: timedelta) -> datetime:
    """Return the end of the last day whose meetings get their agenda now; whole days, by the manager's clock."""
    tz = pair.manager.tz
    return midnight((now + ahead).astimezone(tz).date() + timedelta(days=1), tz)


def _writing(pair: Pair, meeting: datetime, start: datetime, uid: str | None) -> Change:
    return Change(
        id=agenda_change_id(*pair.key, meeting),
        kind=ChangeKind.WRITE_AGENDA,
        manager=pair.manager.email,
        report=pair.report.email,
        start=start.astimezone(pair.manager.tz),
        timezone=pair.manager.tz.key,
        reasons=("Their next meeting is near, and its agenda is not written yet.",),
        uid=uid,
        meeting=meeting.astimezone(UTC),  # one moment, one name: openers are chosen by it, also after a kill
    )
