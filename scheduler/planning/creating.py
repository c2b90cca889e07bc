"""Which series are created: those that a killed run began, the missing ones, those in place of outdated ones.

Each of these the most overdue first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from scheduler.cadence.results import MeetingOutcome, PairCoverage, PairStatus, Pause
from scheduler.memory import MadeSeries, SeriesState
from scheduler.people import Pair
from scheduler.planning.beginning import cadence_to_begin, earliest, first_day, still_asked
from scheduler.planning.changes import Change, Skip
from scheduler.planning.outdated import Outdated, outdated
from scheduler.planning.persons_no import persons_no, refused_uids
from scheduler.planning.placing import creation, placed
from scheduler.planning.replacing import Replacement, replacements
from scheduler.planning.situation import Situation
from scheduler.planning.standing import live
from scheduler.planning.swept import swept
from scheduler.planning.wording import on, on_day
from scheduler.slots.request import Slot, SlotRequest
from scheduler.timespans import DAY, midnight

_KEPT = frozenset((SeriesState.STANDING, SeriesState.ENDING, SeriesState.ENDED))


@dataclass(frozen=True, slots=True)
class Creations:
    """The creations of a plan, in the order of their urgency, and what is left out.

    `replaced` are the outdated series whose place is taken, by UID, with the reason.
    """

    changes: tuple[Change, ...]
    skipped: tuple[Skip, ...]
    replaced: Mapping[str, str]


def creations(coverages: Sequence[PairCoverage], known: Situation, ends: Mapping[str, datetime]) -> Creations:
    """Decide which series are created; the urgent first, no more new ones than a run may create.

    What an earlier run began does not count as new: were its writing to fail for ever, it would keep
    everybody else waiting.
    `ends` are the series that the same plan ends, by UID: from then on they do not stand in the way of a
    time, and they are not replaced.
    """
    replaced: dict[str, str] = {}
    replacing: list[Replacement] = []
    begun: list[Change] = []
    wanted: list[tuple[PairCoverage, SlotRequest]] = []
    skipped: list[Skip] = []
    for coverage in sorted(coverages, key=lambda c: (-c.days_overdue, c.pair.key)):
        old = outdated(coverage, known)
        old = None if old is None or old.made.uid in ends else old
        verdict = _verdict(coverage, known, old)
        if old is not None:
            replaced[old.made.uid] = old.why
        if isinstance(verdict, Change):
            begun.append(verdict)
        elif isinstance(verdict, SlotRequest) and old is not None:
            replacing.append(Replacement(old, verdict))
        elif isinstance(verdict, SlotRequest):
            wanted.append((coverage, verdict))
        elif isinstance(verdict, str):
            skipped.append(Skip(*coverage.pair.key, verdict))
    changes, left = placed(wanted, coverages, known, ends)
    new, unplaced = replacements(replacing, coverages, known, ends, changes)
    left += unplaced
    every = tuple(_within_mails([*begun, *changes, *new], known, left))
    return Creations(every, (*skipped, *left), replaced)


def missing(coverage: PairCoverage, known: Situation) -> bool:
    """Say whether the pair is to be given a series: nothing is planned, or a joiner starts soon.

    What only one of the two still has in the calendar, after the other said no to it, is no plan.
    """
    if coverage.cadence is None or coverage.status is PairStatus.UNKNOWN:
        return False
    planned = _planned(coverage, known)
    if coverage.status is not PairStatus.PAUSED:
        return coverage.status is PairStatus.UNSCHEDULED or not planned
    soon = known.now + known.settings.series.joiners_ahead
    return coverage.pause is Pause.NOT_STARTED and first_day(coverage.pair) <= soon and not planned


def _verdict(
    coverage: PairCoverage, known: Situation, old: Outdated | None
) -> Change | SlotRequest | str | None:
    """Return what to finish, what to place, why not, or None where nothing is missing."""
    pair = coverage.pair
    last = known.made.get(pair.key, ())[-1:]
    if last and last[0].state is SeriesState.BEGUN and coverage.cadence is not None:
        finish = _to_finish(last[0], coverage, known, old)
        if finish is not None:
            return finish
    if coverage.status is PairStatus.UNKNOWN:
        return " ".join(coverage.reasons) or "Their calendars could not be read."
    if old is not None:
        return _replacement(coverage, known, old)
    return _obstacle(coverage, known) or (request_for(coverage, known) if missing(coverage, known) else None)


def _to_finish(
    made: MadeSeries, coverage: PairCoverage, known: Situation, old: Outdated | None
) -> Change | str | None:
    """Take up what a killed run began, at the same time; None where nothing of it stands and it is moot."""
    pair = coverage.pair
    unread = known.unread(pair.manager, pair.report)
    if unread is not None:
        return f"A series was begun for them; it is finished once the calendar of {unread} can be read."
    stands = bool(known.shelf.copies(made.uid))
    wanted = missing(coverage, known) if old is None else still_asked(made.rrule, coverage, known)
    if not stands and (made.start <= known.now or not wanted or persons_no(pair, known)):
        return None
    begun = Slot(start=made.start, rrule=made.rrule, minutes=made.minutes, dates=())
    first = coverage.first_minutes
    return creation(pair, made.generation, begun, ("An earlier run began this.",), first_minutes=first)


def _obstacle(coverage: PairCoverage, known: Situation) -> str | None:
    """Say why a pair that misses a series gets none; None where nothing is missing, or nothing stands against it."""
    pair = coverage.pair
    if not missing(coverage, known):
        return None
    no = persons_no(pair, known)
    if no is not None:
        return no.reason
    untold = _untold(pair, known)
    if untold is not None:
        return untold
    last_day = _last_day(pair)
    if last_day is not None and earliest(pair, known) >= midnight(last_day + DAY, pair.manager.tz):
        return f"The last day of one of them is {on(last_day)}, before a first meeting could be."
    if last_day is not None and _due(coverage, known) >= midnight(last_day + DAY, pair.manager.tz):
        return f"The last day of one of them is {on(last_day)}, before their next meeting is due."
    return _theirs_ahead(coverage, known)


def _untold(pair: Pair, known: Situation) -> str | None:
    """Say whose calendar does not tell what stands in it; None where both do."""
    unread = known.unread(pair.manager, pair.report)
    if unread is not None:
        return f"The calendar of {unread} could not be read."
    lost = next((person.name for person in (pair.manager, pair.report) if swept(person, known)), None)
    if lost is not None:
        return (
            f"All of our series are gone from the calendar of {lost} at once; it looks as if it was replaced."
        )
    return None


def _theirs_ahead(coverage: PairCoverage, known: Situation) -> str | None:
    """Say which recurring 1-2-1 of the two stands though nothing of it is planned in the look-ahead."""
    pair = coverage.pair
    called_off = {
        m.uid
        for m in coverage.meetings
        if m.in_series
        and m.span.start >= known.now
        and m.outcome in {MeetingOutcome.CANCELLED, MeetingOutcome.DECLINED}
    }
    beyond = known.now + known.settings.job.look_ahead
    refused = refused_uids(pair, known)
    for uid in sorted(set(known.shelf.of_two.get(frozenset(pair.key), ())) - refused):
        copies = tuple(known.shelf.copies(uid).values())
        if not all(live(copy, known.now) for copy in copies):
            continue
        first = min(copy.start for copy in copies)
        if first > known.now and uid not in called_off:
            return f"A series of theirs starts on {on_day(first, pair.manager.tz)}."
        if uid in called_off and all(live(copy, beyond) for copy in copies):
            return "Every meeting of their series in the look-ahead was called off; the series itself stands."
    return None


def _replacement(coverage: PairCoverage, known: Situation, old: Outdated) -> SlotRequest | None:
    """Ask for a time after what people arranged themselves; None where one of the two is gone by then."""
    request, tz = request_for(coverage, known), coverage.pair.manager.tz
    if request is None:
        return None
    if old.touched_until is not None:
        after = midnight(old.touched_until.astimezone(tz).date() + DAY, tz)
        request = replace(request, earliest=max(request.earliest, after))
    gone = None if request.until is None else midnight(request.until + DAY, tz)
    return request if gone is None or request.earliest < gone else None


def request_for(coverage: PairCoverage, known: Situation) -> SlotRequest | None:
    """Return what is asked of the search for a pair; None where it is to have no 1-2-1."""
    cadence = cadence_to_begin(coverage, known)
    if cadence is None:
        return None
    begins, first_by = earliest(coverage.pair, known), coverage.first_by
    return SlotRequest(
        pair=coverage.pair,
        cadence=cadence,
        minutes=coverage.minutes,
        first_minutes=coverage.first_minutes,
        first_by=first_by if first_by is not None and first_by > begins else None,  # else as soon as may be
        earliest=begins,
        until=_last_day(coverage.pair),
        urgency=coverage.days_overdue,
        before=_before(coverage.pair, known),
    )


def _before(pair: Pair, known: Situation) -> tuple[datetime, ...]:
    """Return the starts of the series that the two had from us and kept, the last one last."""
    tz = pair.manager.tz
    made = known.made.get(pair.key, ())
    return tuple(series.start.astimezone(tz) for series in made if series.state in _KEPT)


def _within_mails(changes: Sequence[Change], known: Situation, left: list[Skip]) -> Iterator[Change]:
    """Pass on the creations that send nobody more mails than a run may."""
    most = known.settings.limits.mails_per_person
    mails: dict[str, int] = {}
    for change in changes:
        if any(mails.get(address, 0) >= most for address in change.notifies):
            left.append(
                Skip(change.manager, change.report, f"Left for the next run: at most {most} mails a person.")
            )
            continue
        for address in change.notifies:
            mails[address] = mails.get(address, 0) + 1
        yield change


def _planned(coverage: PairCoverage, known: Situation) -> frozenset[str]:
    """Return the UIDs of what the two have planned, less what one of them said no to, or is gone by then."""
    last_day = _last_day(coverage.pair)
    gone = None if last_day is None else midnight(last_day + DAY, coverage.pair.manager.tz)
    planned = (m for m in coverage.meetings if m.outcome is MeetingOutcome.PLANNED and m.span.end > known.now)
    uids = frozenset(m.uid for m in planned if gone is None or m.span.start < gone)
    return uids - refused_uids(coverage.pair, known)


def _due(coverage: PairCoverage, known: Situation) -> datetime:
    """Return the moment up to which the present interval is within its limit."""
    return known.now - timedelta(days=coverage.days_overdue)


def _last_day(pair: Pair) -> date | None:
    return min((d for d in (pair.manager.end_date, pair.report.end_date) if d is not None), default=None)
