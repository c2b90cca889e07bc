"""Working hours: how they are read, and what they are on a date in a zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.hours import WEEKDAYS, WorkingHours
from scheduler.timespans import Span

LONDON = ZoneInfo("Europe/London")
OFFICE = WorkingHours.parse("Mon-Fri 09:00-17:30")
NINE, HALF_PAST_FIVE = time(9), time(17, 30)


def test_days_from_to() -> None:
    """Both days are meant."""
    assert OFFICE.week == (((NINE, HALF_PAST_FIVE),),) * 5 + ((),) * 2


def test_several_stretches() -> None:
    """Semicolons or commas part them; a day may have two; order makes no difference."""
    hours = WorkingHours.parse("Tue 13:00-17:00; mon-tue 8:00-12:00, SUN 10:00-11:00;")
    assert hours.week[0] == ((time(8), time(12)),)
    assert hours.week[1] == ((time(8), time(12)), (time(13), time(17)))
    assert hours.week[6] == ((time(10), time(11)),)


def test_days_wrap_around_the_weekend() -> None:
    """Where the week begins on Sunday, it ends on Thursday."""
    hours = WorkingHours.parse("Sun-Thu 09:00-17:30")
    assert [name for name, shifts in zip(WEEKDAYS, hours.week, strict=True) if shifts] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Sun",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no hours given; write them like 'Mon-Fri 09:00-17:30'"),
        ("; ,", "no hours given"),
        ("9-5", "'9-5' is not a stretch of working hours; write it like"),
        ("Mon-Fri", "'Mon-Fri' is not a stretch of working hours"),
        ("Mon Fri 09:00-17:00", "'Mon Fri 09:00-17:00' is not a stretch of working hours"),
        ("Mo-Fr 09:00-17:00", "'Mo-Fr 09:00-17:00' is not a stretch of working hours"),
        ("Mon-Fry 09:00-17:00", "'Fry' is not a weekday; write one of Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
        ("Mon 09:00-24:00", "'24:00' is not a time of day; write it between 00:00 and 23:59"),
        (
            "Mon 17:00-09:00",
            "'Mon 17:00-09:00' ends before it starts; the first time must be the earlier one",
        ),
        ("Mon 09:00-09:00", "'Mon 09:00-09:00' ends before it starts"),
        ("Mon 09:00-12:00; Mon 11:00-13:00", "has hours that overlap; write each stretch once"),
    ],
)
def test_bad_hours_are_told_what_to_write(text: str, sentence: str) -> None:
    """The sentence names the part that is wrong, not only the cell."""
    with pytest.raises(ValueError, match=re.escape(sentence)):
        WorkingHours.parse(text)


def test_stretches_may_touch() -> None:
    """Half-open ranges that touch share no moment."""
    assert WorkingHours.parse("Mon 09:00-12:00; Mon 12:00-13:00") == WorkingHours.parse("Mon 09:00-13:00")


_CLOCKS = st.integers(0, 23 * 12 + 11).map(lambda step: time(step // 12, step % 12 * 5))
_DAYS = st.lists(_CLOCKS, max_size=6, unique=True).map(
    lambda clocks: tuple(zip(sorted(clocks)[::2], sorted(clocks)[1::2], strict=False)),
)


@given(st.lists(_DAYS, min_size=7, max_size=7).filter(any))
def test_hours_are_written_as_they_are_read(week: list[tuple[tuple[time, time], ...]]) -> None:
    """Whatever the week is like."""
    hours = WorkingHours(tuple(week))
    assert WorkingHours.parse(str(hours)) == hours


def test_equal_neighbouring_days_are_written_as_one() -> None:
    """People read a range more easily than five days."""
    assert str(WorkingHours.parse("Mon 09:00-10:00; Tue 09:00-10:00; Thu 09:00-10:00")) == (
        "Mon-Tue 09:00-10:00; Thu 09:00-10:00"
    )


def test_the_hours_of_a_date() -> None:
    """A Saturday has none."""
    assert OFFICE.on(date(2026, 11, 27)) == ((NINE, HALF_PAST_FIVE),)
    assert OFFICE.on(date(2026, 11, 28)) == ()


def test_spans_are_by_the_wall_clock_and_clipped() -> None:
    """Nine o'clock is nine o'clock on both sides of a clock change; the window cuts the first and last."""
    window = Span(datetime(2026, 10, 23, 12, tzinfo=LONDON), datetime(2026, 10, 26, 10, tzinfo=LONDON))
    assert [
        (span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in OFFICE.spans(window, LONDON)
    ] == [
        (datetime(2026, 10, 23, 11, tzinfo=UTC), datetime(2026, 10, 23, 16, 30, tzinfo=UTC)),
        (datetime(2026, 10, 26, 9, tzinfo=UTC), datetime(2026, 10, 26, 10, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("start", "minutes", "held"),
    [
        ("2026-11-27T09:00+00:00", 30, True),
        ("2026-11-27T17:00+00:00", 30, True),
        ("2026-11-27T08:59+00:00", 30, False),
        ("2026-11-27T17:01+00:00", 30, False),
        ("2026-11-28T10:00+00:00", 30, False),
        ("2026-11-27T10:00+01:00", 30, True),
        ("2026-11-27T09:30+01:00", 30, False),
        ("2026-11-27T16:00+00:00", 24 * 60, False),
    ],
)
def test_a_meeting_lies_within_the_hours_or_not(start: str, minutes: int, *, held: bool) -> None:
    """To the minute, by the local clock, all of it on one date."""
    begin = datetime.fromisoformat(start)
    assert OFFICE.hold(Span(begin, begin + timedelta(minutes=minutes)), LONDON) is held
