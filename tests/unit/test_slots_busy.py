"""When a person is taken, read from their own calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.meetings import Answer, Attendee, Busy, CalendarReading, EventStatus, Occurrence
from scheduler.slots.busy import busy_spans
from scheduler.timespans import Span, local_day
from tests.unit.slots_builders import ANN, BERLIN, WINDOW, span

TEN = span("2026-12-01 10:00")
MEETING = Occurrence(uid="1", span=TEN, original_start=TEN.start)


def busy(*occurrences: Occurrence) -> tuple[Span, ...]:
    """Return Ann's busy spans with these in her calendar."""
    return busy_spans(ANN, CalendarReading(owner=ANN.email, window=WINDOW, occurrences=occurrences), WINDOW)


def test_a_meeting_takes_its_time() -> None:
    """A plain meeting is busy time."""
    assert busy(MEETING) == (TEN,)


@pytest.mark.parametrize(
    "changed",
    [
        replace(MEETING, status=EventStatus.CANCELLED),
        replace(MEETING, busy=Busy.FREE),
        replace(MEETING, attendees=(Attendee(ANN.email, Answer.DECLINED),)),
        replace(MEETING, attendees=(Attendee(ANN.email, Answer.DELEGATED),)),
        replace(MEETING, span=Span(TEN.start, TEN.start)),
    ],
)
def test_what_is_cancelled_free_declined_or_empty_takes_none(changed: Occurrence) -> None:
    """Cancelled, free, declined, delegated and zero-length ones take no time."""
    assert busy(changed) == ()


@pytest.mark.parametrize(
    "changed",
    [
        replace(MEETING, status=EventStatus.TENTATIVE),
        replace(MEETING, busy=Busy.TENTATIVE),
        replace(MEETING, busy=Busy.OUT_OF_OFFICE),
        replace(MEETING, attendees=(Attendee(ANN.email),)),
        replace(MEETING, attendees=(Attendee("bo@example.com", Answer.DECLINED),)),
    ],
)
def test_what_may_take_place_counts(changed: Occurrence) -> None:
    """Tentative and unanswered ones count, and those that only somebody else declined."""
    assert busy(changed) == (TEN,)


def test_an_alias_declines_for_its_person() -> None:
    """A no from an alias is the person's no."""
    ann = replace(ANN, aliases=frozenset({"a.nn@example.com"}))
    declined = replace(MEETING, attendees=(Attendee("a.nn@example.com", Answer.DECLINED),))
    reading = CalendarReading(owner=ann.email, window=WINDOW, occurrences=(declined,))
    assert busy_spans(ann, reading, WINDOW) == ()


def test_an_all_day_one_takes_the_whole_local_day() -> None:
    """An all-day meeting lasts from local midnight to local midnight."""
    day = local_day(date(2026, 12, 1), BERLIN)
    assert busy(replace(MEETING, span=day, all_day=True)) == (day,)


def test_leave_takes_whole_local_days_and_series_about_to_end_take_none() -> None:
    """Away dates are added; events whose UID is to be left out are not there."""
    reading = CalendarReading(owner=ANN.email, window=WINDOW, occurrences=(MEETING,))
    away = {date(2026, 12, 24): "public holiday (DE)"}
    expected = (local_day(date(2026, 12, 24), BERLIN),)
    assert busy_spans(ANN, reading, WINDOW, away=away, without={"1"}) == expected


def test_spans_are_merged_ordered_and_clipped() -> None:
    """Touching ones become one, and nothing reaches past the window."""
    later = replace(MEETING, uid="2", span=Span(TEN.end, TEN.end + timedelta(minutes=30)))
    before = replace(MEETING, uid="3", span=Span(datetime(2026, 1, 1, tzinfo=UTC), WINDOW.start))
    across = replace(
        MEETING, uid="4", span=Span(WINDOW.start - timedelta(hours=1), WINDOW.start + timedelta(hours=1))
    )
    assert busy(later, MEETING, before, across) == (
        Span(WINDOW.start, WINDOW.start + timedelta(hours=1)),
        Span(TEN.start, TEN.end + timedelta(minutes=30)),
    )
