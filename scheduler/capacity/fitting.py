"""Whether all of a manager's pairs find a time: really tried, with the search that the plan uses."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from scheduler.cadence.results import PairCoverage, PairStatus
from scheduler.capacity.results import Fit, Left
from scheduler.capacity.what_if import Asked
from scheduler.people import Pair
from scheduler.settings import Settings
from scheduler.slots.assign import assign
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import DAY, Span, midnight


def tried(asked: Sequence[Asked], times: Mapping[str, PersonTime], settings: Settings, now: datetime) -> Fit:
    """Return how many of these pairs find a time beside each other, and who does not.

    `times` are those of everybody in them, without their present 1-2-1s with each other. Who leaves before a
    first meeting could be is not asked for. A pair with a calendar that could not be read is unknown.
    """
    staying = [pair for pair in asked if not _leaves(pair.coverage.pair, settings, now)]
    unknown = tuple(_unknown(staying, times))
    told = {left.report.email for left in unknown}
    requests = [_request(one, settings, now) for one in staying if one.coverage.pair.report.email not in told]
    start = midnight(now.astimezone(UTC).date(), UTC)
    found = assign(requests, times, Span(start, start + settings.job.look_ahead), settings.slots)
    unplaced = tuple(
        Left(request.pair.report, slot.reason, slot.remedy)
        for request in requests
        if not isinstance(slot := found[request.pair.key], Slot)
    )
    return Fit(len(staying), len(requests) - len(unplaced), unplaced, unknown)


def _unknown(asked: Sequence[Asked], times: Mapping[str, PersonTime]) -> Iterator[Left]:
    for one in asked:
        coverage = one.coverage
        if coverage.status is PairStatus.UNKNOWN:
            yield Left(coverage.pair.report, _why(coverage))
        elif unread := [
            p.name for p in (coverage.pair.manager, coverage.pair.report) if p.email not in times
        ]:
            yield Left(coverage.pair.report, f"The calendar of {' and '.join(unread)} could not be read.")


def _why(coverage: PairCoverage) -> str:
    return " ".join(coverage.reasons) or "Their calendars could not be read."


def _request(one: Asked, settings: Settings, now: datetime) -> SlotRequest:
    pair = one.coverage.pair
    return SlotRequest(
        pair=pair,
        cadence=one.cadence,
        minutes=one.minutes,
        earliest=_earliest(pair, settings, now),
        until=_last_day(pair),
        urgency=one.coverage.days_overdue,
    )


def _leaves(pair: Pair, settings: Settings, now: datetime) -> bool:
    last = _last_day(pair)
    return last is not None and midnight(last + DAY, pair.manager.tz) <= _earliest(pair, settings, now)


def _earliest(pair: Pair, settings: Settings, now: datetime) -> datetime:
    """Return the start of the first whole day, by the manager's clock, after the notice and in employment."""
    tz = pair.manager.tz
    noticed = (now + settings.slots.notice).astimezone(tz).date() + DAY
    starts = (person.start_date for person in (pair.manager, pair.report))
    return midnight(max([noticed, *(day for day in starts if day is not None)]), tz)


def _last_day(pair: Pair) -> date | None:
    return min((d for d in (pair.manager.end_date, pair.report.end_date) if d is not None), default=None)
