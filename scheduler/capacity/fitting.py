"""Whether all of a manager's pairs find a time: really tried, with the search that the plan uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC

from scheduler.cadence.results import PairCoverage, PairStatus, Pause
from scheduler.capacity.results import Fit, Left
from scheduler.capacity.what_if import Asked
from scheduler.planning.creating import request_for
from scheduler.planning.situation import Situation
from scheduler.slots.assign import assign
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import DAY, Span, midnight


def tried(asked: Sequence[Asked], times: Mapping[str, PersonTime], known: Situation) -> Fit:
    """Return how many of these pairs find a time beside each other, and who does not.

    `times` are those of everybody in them, without their present 1-2-1s with each other. Who is on long leave, or
    is gone before a first meeting could be, is not asked for. A pair of which a calendar can't be read is unknown.
    """
    requests: list[SlotRequest] = []
    unknown: list[Left] = []
    for one in asked:
        pair, request = one.coverage.pair, _request(one, known)
        if request is None:
            continue
        unread = _unread(one.coverage, times)
        if unread:
            unknown.append(Left(pair.report, unread))
        else:
            requests.append(request)
    start = midnight(known.now.astimezone(UTC).date(), UTC)
    window = Span(start, start + known.settings.job.look_ahead)
    unplaced = tuple(_unplaced(requests, times, window, known))
    return Fit(len(requests) + len(unknown), len(requests) - len(unplaced), unplaced, tuple(unknown))


def _unplaced(
    requests: Sequence[SlotRequest], times: Mapping[str, PersonTime], window: Span, known: Situation
) -> Iterator[Left]:
    found = assign(requests, times, window, known.settings.slots)
    for request in requests:
        slot = found[request.pair.key]
        if not isinstance(slot, Slot):
            yield Left(request.pair.report, slot.reason, slot.remedy)


def _request(one: Asked, known: Situation) -> SlotRequest | None:
    """Return what is asked of the search; None where nothing can be for the time being."""
    request = request_for(one.coverage, known)
    if request is None or one.coverage.pause is Pause.LEAVE:
        return None
    gone = None if request.until is None else midnight(request.until + DAY, request.pair.manager.tz)
    if gone is not None and gone <= request.earliest:
        return None
    return replace(request, cadence=one.cadence, minutes=one.minutes)


def _unread(coverage: PairCoverage, times: Mapping[str, PersonTime]) -> str:
    """Say what is not known of the two; nothing where all that is needed is."""
    unread = [p.name for p in (coverage.pair.manager, coverage.pair.report) if p.email not in times]
    if unread:
        whose = (
            f"The calendar of {unread[0]}" if len(unread) == 1 else f"The calendars of {' and '.join(unread)}"
        )
        return f"{whose} could not be read."
    if coverage.status is PairStatus.UNKNOWN:
        return next(iter(coverage.reasons), "Their calendars could not be read.")
    return ""
