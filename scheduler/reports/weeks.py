"""A pair's weeks, one cell each: what became of the meeting in it, and why the cell says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from scheduler.cadence.results import GapReport, Meeting, MeetingOutcome, PairCoverage, PairStatus, Pause
from scheduler.reports.due import due_days, working_weekdays
from scheduler.reports.words import moment_words
from scheduler.timespans import DAY, Span, midnight
from scheduler.words import day_words

WEEK = timedelta(weeks=1)


class WeekState(StrEnum):
    """What a week was for a pair; `due` is a week to come in which one is due and none is planned."""

    HELD = "held"
    MOVED = "moved"
    MISSED = "missed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LEAVE = "leave"
    PLANNED = "planned"
    DUE = "due"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One ISO week of a pair, by its Monday in the manager's zone."""

    monday: date
    state: WeekState
    why: str


_STRENGTH = (
    MeetingOutcome.HELD,
    MeetingOutcome.PLANNED,
    MeetingOutcome.MOVED,
    MeetingOutcome.DECLINED,
    MeetingOutcome.CANCELLED,
)
_GAVE_WAY_TO_LEAVE = (WeekState.DECLINED, WeekState.CANCELLED)


def week_cells(coverage: PairCoverage, report: GapReport) -> tuple[WeekCell, ...]:
    """Return a cell for each ISO week that the report's window touches, Monday to Monday.

    Of several meetings in a week the one that says most decides: held, planned, moved, declined,
    cancelled. `moved`: held on another day of its week, or gone to another week. `leave`: no meeting
    stands, and one of the two is away on every day on which both work. `missed`: a meeting was due
    by now (see `due_days`) and nothing of the above explains the week.
    """
    tz = coverage.pair.manager.tz
    today = report.generated_at.astimezone(tz).date()
    due = due_days(coverage, report)
    by_week: dict[date, list[tuple[int, WeekState, str]]] = {}
    for meeting in coverage.meetings:
        found = _of_meeting(meeting, coverage)
        if found is not None:
            by_week.setdefault(monday_of(meeting.span.start, tz), []).append(found)
    return tuple(
        _cell(
            monday,
            by_week.get(monday, ()),
            [day for day in due if monday <= day < monday + WEEK],
            coverage,
            today,
        )
        for monday in mondays(report.window, tz)
    )


def mondays(window: Span, tz: tzinfo) -> Iterator[date]:
    """Yield the Monday of every ISO week that the window touches in that zone, in order."""
    monday = monday_of(window.start, tz)
    while midnight(monday, tz) < window.end:
        yield monday
        monday += WEEK


def monday_of(moment: datetime, tz: tzinfo) -> date:
    """Return the Monday of the ISO week in which a moment lies in that zone."""
    day = moment.astimezone(tz).date()
    return day - day.weekday() * DAY


def _of_meeting(meeting: Meeting, coverage: PairCoverage) -> tuple[int, WeekState, str] | None:
    """Say what one meeting makes of its week; None where its other entry in that week tells it."""
    tz = coverage.pair.manager.tz
    at = moment_words(meeting.span.start, tz)
    was_moved = meeting.span.start != meeting.original_start
    same_week = monday_of(meeting.original_start, tz) == monday_of(meeting.span.start, tz)
    came_from = f", moved from {day_words(meeting.original_start.astimezone(tz).date())}" if was_moved else ""
    strength = _STRENGTH.index(meeting.outcome) * 2 + was_moved
    match meeting.outcome:
        case MeetingOutcome.HELD:
            return (
                strength,
                WeekState.MOVED if was_moved and same_week else WeekState.HELD,
                f"Held {at}{came_from}",
            )
        case MeetingOutcome.PLANNED:
            return strength, WeekState.PLANNED, f"Planned {at}{came_from}"
        case MeetingOutcome.MOVED:
            return _moved_away(meeting, coverage, strength)
        case MeetingOutcome.DECLINED:
            return strength, WeekState.DECLINED, f"Declined{_by(meeting, coverage)}: {at}{came_from}"
        case MeetingOutcome.CANCELLED:
            return strength, WeekState.CANCELLED, f"Cancelled{_by(meeting, coverage)}: {at}{came_from}"


def _moved_away(meeting: Meeting, coverage: PairCoverage, strength: int) -> tuple[int, WeekState, str] | None:
    tz = coverage.pair.manager.tz
    at = moment_words(meeting.span.start, tz)
    went = [
        m.span.start
        for m in coverage.meetings
        if (m.uid, m.original_start) == (meeting.uid, meeting.original_start)
        and m.outcome is not MeetingOutcome.MOVED
    ]
    if not went:
        return strength, WeekState.MOVED, f"Moved away from {at}"
    if monday_of(went[0], tz) == monday_of(meeting.span.start, tz):
        return None
    return strength, WeekState.MOVED, f"Moved from {at} to {moment_words(went[0], tz)}"


def _by(meeting: Meeting, coverage: PairCoverage) -> str:
    for person in (coverage.pair.manager, coverage.pair.report):
        if meeting.by in person.addresses:
            return f" by {person.given_name}"
    return ""


def _cell(
    monday: date,
    found: Sequence[tuple[int, WeekState, str]],
    due: Sequence[date],
    coverage: PairCoverage,
    today: date,
) -> WeekCell:
    ranked = sorted(found, key=lambda entry: entry[0])
    state = ranked[0][1] if ranked else None
    told = "; ".join(dict.fromkeys(sentence for _, _, sentence in ranked))
    leave = _leave(monday, coverage)
    if leave and (state is None or state in _GAVE_WAY_TO_LEAVE):
        return WeekCell(monday, WeekState.LEAVE, f"{leave}; {told}" if told else leave)
    if state is not None:
        return WeekCell(monday, state, told)
    return _empty_cell(monday, due, coverage, today)


def _empty_cell(monday: date, due: Sequence[date], coverage: PairCoverage, today: date) -> WeekCell:
    if coverage.status is PairStatus.UNKNOWN:
        return WeekCell(monday, WeekState.UNKNOWN, "Not known: a calendar could not be read")
    if due and due[0] < today:
        return WeekCell(monday, WeekState.MISSED, f"Missed: due by {day_words(due[0])}, nothing held")
    if due:
        return WeekCell(monday, WeekState.DUE, f"Due by {day_words(due[0])}, nothing planned")
    if coverage.cadence is None or coverage.pause is Pause.NO_ONE_TO_ONE:
        return WeekCell(monday, WeekState.NONE, "No 1-2-1 asked for")
    return WeekCell(monday, WeekState.NONE, "None due")


def _leave(monday: date, coverage: PairCoverage) -> str:
    """Return whose leave takes all days of the week on which both work, or nothing."""
    away = coverage.away
    if not away:
        return ""
    days = [monday + weekday * DAY for weekday in sorted(working_weekdays(coverage.pair))]
    if not all(day in away for day in days):
        return ""
    return f"Away ({'; '.join(dict.fromkeys(away[day] for day in days))})"
