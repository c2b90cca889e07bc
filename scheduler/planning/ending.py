"""Which of our series are ended: those whose pair is no more, and those that a newer one replaced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.cadence.results import PairCoverage
from scheduler.meetings import Answer, EventStatus
from scheduler.memory import MadeSeries, SeriesState
from scheduler.people import Pair
from scheduler.planning.changes import Change, ChangeKind, Skip
from scheduler.planning.identity import series_change_id
from scheduler.planning.occurrences import next_start, runs_on
from scheduler.planning.situation import PairKey, Situation
from scheduler.planning.standing import answer_of, live, of_others_too
from scheduler.planning.wording import named, on
from scheduler.timespans import DAY, midnight

_REPLACED = "A newer series has taken its place."


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a series comes to its end, and the moment from which nothing of it is to take place."""

    why: str
    at: datetime


def endings(
    coverages: Sequence[PairCoverage], known: Situation
) -> tuple[tuple[Change, ...], tuple[Skip, ...]]:
    """Decide which of our series are ended, in order of pair and generation; each from its next date on.

    Nothing is concluded of a calendar that could not be read. Nobody is in `notifies` yet.
    """
    pairs = {coverage.pair.key: coverage for coverage in coverages}
    changes: list[Change] = []
    skipped: list[Skip] = []
    for key, series in sorted(known.made.items()):
        for made in series:
            reason = _reason(made, newest=series[-1], coverage=pairs.get(key), known=known)
            verdict = None if reason is None else _ending(made, reason, key, known)
            if isinstance(verdict, Change):
                changes.append(verdict)
            elif verdict is not None:
                skipped.append(verdict)
    return tuple(changes), tuple(skipped)


def replaced(creations: Iterable[Change], known: Situation, why: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the endings of older series of ours that still stand where a new one is created.

    They go on up to the day on which the new one starts, but for those that a person said no to. `why` has
    the reasons of those that are not self-evident, by UID.
    """
    changes = []
    for creation in creations:
        key = (creation.manager, creation.report)
        for made in known.made.get(key, ()):
            if made.uid != creation.uid and made.state is not SeriesState.ENDED:
                at = _taken_over(made, creation.start, creation.timezone, known)
                ending = _ending(made, _Reason(why.get(made.uid, _REPLACED), at), key, known)
                changes += [ending] if isinstance(ending, Change) else []
    return tuple(changes)


def out_of_it(change: Change, known: Situation) -> bool:
    """Say whether the report has deleted, cancelled or declined the series: its end is no news to them."""
    report = known.roster.find(change.report)
    if report is None or report.email not in known.evidence.readings or change.uid is None:
        return False
    copies = known.shelf.copies(change.uid)
    own = copies.get(report.email)
    if answer_of(report, copies) is Answer.DECLINED:
        return True
    if (
        own is None
    ):  # from folder to folder an invitation arrives for certain; elsewhere it may not show unanswered
        manager = known.roster.find(change.manager)
        providers = {person.calendar.provider for person in (manager, report) if person is not None}
        return providers == {"folder"}
    return own.status is EventStatus.CANCELLED


def _reason(
    made: MadeSeries,
    *,
    newest: MadeSeries,
    coverage: PairCoverage | None,
    known: Situation,
) -> _Reason | None:
    if made.state is SeriesState.ENDING and made.ended_at is not None:
        return _Reason("An earlier run began to end this.", made.ended_at)
    over = made.state is SeriesState.ENDED and (made.ended_at is None or made.ended_at <= known.now)
    if coverage is None or over:
        return None if over else _Reason(_why_no_pair(made, known), known.now)
    if coverage.cadence is None:
        return _Reason("The roster says that they have no 1-2-1.", known.now)
    # A newer one that no calendar shows, or that was refused, has not taken the place of one that stands.
    stands = newest.state not in {SeriesState.BEGUN, SeriesState.REFUSED}
    if made is not newest and (stands or made.refused_at is not None):
        return _Reason(_REPLACED, _taken_over(made, newest.start, newest.timezone, known))
    return _leaving(coverage.pair, known)


def _taken_over(made: MadeSeries, start: datetime, timezone: str, known: Situation) -> datetime:
    """Return from when on nothing of an older series takes place: whole days, so that no day has two meetings."""
    if made.refused_at is not None:
        return known.now
    tz = ZoneInfo(timezone)
    return max(known.now, midnight(start.astimezone(tz).date(), tz))


def _leaving(pair: Pair, known: Situation) -> _Reason | None:
    last = _last_day(pair)
    if last is None:
        return None
    leaver = pair.report if pair.report.end_date == last else pair.manager
    at = max(known.now, midnight(last + DAY, pair.manager.tz))
    return _Reason(f"The last day of {leaver.name} is {on(last)}.", at)


def _why_no_pair(made: MadeSeries, known: Situation) -> str:
    today = known.now.date()
    for address in (made.report, made.manager):
        person = known.roster.find(address)
        if person is None:
            return f"{address} is not on the roster any more."
        if person.end_date is not None and person.end_date < today:
            return f"{person.name} left on {on(person.end_date)}."
    report = known.roster.find(made.report)
    manager = report.manager if report is not None else None
    name = report.name if report is not None else made.report
    if manager is None:
        return f"{name} reports to nobody now."
    return f"{name} now reports to {named(manager, known.roster)}."


def _ending(made: MadeSeries, reason: _Reason, key: PairKey, known: Situation) -> Change | Skip | None:
    copies = known.shelf.copies(made.uid)
    standing = [copy for copy in copies.values() if live(copy, known.now)]
    unread = [address for address in key if address in known.evidence.unreadable]
    if unread and (standing or not copies) and runs_on(made.rrule, made.start, known.now):
        who = named(unread[0], known.roster)
        return Skip(*key, f"Their series is to be ended; the calendar of {who} could not be read.")
    if not copies and _out_of_sight(made, known):
        who = named(made.report, known.roster)
        return Skip(
            *key,
            f"Their series is to be ended; {made.manager} is not on the roster any more, so that the calendar with "
            f"it is not read: {who} can delete it.",
        )
    if not standing and made.state is not SeriesState.ENDING:
        return None
    if made.state is not SeriesState.ENDING and of_others_too(copies, key, known.roster, known.now):
        return Skip(
            *key, "Others take part in their series by now, so that it is not ended: it is people's own."
        )
    stops = made.ended_at if made.state is SeriesState.ENDING else None
    for copy in standing:
        coming = _next(copy.rrule, copy.start, reason.at)
        if coming is not None and (copy.last_end is None or coming < copy.last_end):
            stops = coming if stops is None else min(stops, coming)
    if stops is None:
        return None
    return Change(
        id=series_change_id(ChangeKind.END_SERIES, made.manager, made.report, made.generation),
        kind=ChangeKind.END_SERIES,
        manager=made.manager,
        report=made.report,
        start=stops.astimezone(ZoneInfo(made.timezone)),
        timezone=made.timezone,
        reasons=(reason.why,),
        uid=made.uid,
        generation=made.generation,
    )


def _out_of_sight(made: MadeSeries, known: Situation) -> bool:
    """Say whether a series of ours is still to come in calendars that are not read: nobody else would tell of it.

    Its manager is not on the roster any more, and of the report, who is, no more was asked than when they are busy.
    """
    report = known.roster.find(made.report)
    reading = known.evidence.readings.get(report.email) if report is not None else None
    return (
        made.state is SeriesState.STANDING
        and known.roster.find(made.manager) is None
        and reading is not None
        and not reading.detail.tells_series
        and runs_on(made.rrule, made.start, known.now)
    )


def _next(rrule: str, first: datetime, after: datetime) -> datetime | None:
    try:
        return next_start(rrule, first, after)
    except ValueError:
        return max(first, after)  # a person gave it a rule that can't be worked out: from that moment on


def _last_day(pair: Pair) -> date | None:
    return min((d for d in (pair.manager.end_date, pair.report.end_date) if d is not None), default=None)
