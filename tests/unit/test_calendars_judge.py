"""Whatever a calendar holds, its occurrences are those that the judge finds in the same text.

The judge is icalendar with recurring-ical-events, asked from outside on the whole text. Where this program
differs on purpose, `Line.why` or a function below says so; where the judge is wrong, a test below says so.
`ONETOONE_EXAMPLES=5000` has more calendars drawn than the few of every run.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from hypothesis import given, note, settings
from icalendar import Calendar, Event, vDDDTypes

from scheduler.calendars.moments import Moment
from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.meetings import EventStatus
from scheduler.timespans import Span
from tests.unit.calendars_builders import (
    BERLIN,
    calendar,
    cancelled,
    event,
    only,
    person,
    read,
    starts,
    written,
)
from tests.unit.judge_builders import calendars
from tests.unit.judge_text import SERIES, Drawn, judged, moment_in_utc, moment_of

EXAMPLES = int(os.environ.get("ONETOONE_EXAMPLES", "60"))
Row = tuple[datetime, datetime, datetime, str, bool]
"""Start, end and original start in UTC, whose words it has, and whether it is cancelled."""


def read_rows(drawn: Drawn) -> list[Row]:
    """Return what this program reads."""
    reading = reading_of([scan(drawn.text.encode(), "a.ics")], person(tz=drawn.owner), drawn.window)
    assert [each.problem.what for each in reading.unread] == []
    return sorted(
        (
            each.span.start.astimezone(UTC),
            each.span.end.astimezone(UTC),
            each.original_start.astimezone(UTC),
            each.mark or "",
            each.status is EventStatus.CANCELLED,
        )
        for each in reading.occurrences
    )


def judged_rows(drawn: Drawn) -> list[Row]:
    """Return what the judge finds, told as this program tells it."""
    wide = Span(drawn.window.start - drawn.margin, drawn.window.end + drawn.margin)
    standing = judged(drawn.meant(), wide, drawn.owner)
    moves = moves_of(drawn)
    rows = [row_of(each, drawn.owner, moves) for each in standing]
    known = {row[2] for row in rows}
    rows += (row for row in taken_out(drawn, wide) if row[2] not in known)
    return sorted(inside(one_a_moment(rows), drawn.window))


def row_of(found: Event, owner: ZoneInfo, moves: dict[str, tuple[Moment, Moment]]) -> Row:
    """Return one occurrence of the judge's. What a THISANDFUTURE carries along is named by its own slot.

    The judge names all of those by the RECURRENCE-ID of the override.
    """
    words = str(found["X-ONETOONE-KEY"])
    begin = moment_of(found, "DTSTART")
    start = moment_in_utc(begin, owner)
    end = moment_in_utc(moment_of(found, "DTEND"), owner)
    own = moment_of(found, "RECURRENCE-ID")
    if words in moves and begin != moves[words][1]:
        own = begin - apart(*moves[words])
    cancelled = found.get("STATUS") == "CANCELLED"
    return start, forwards(start, end, found), moment_in_utc(own, owner), words, cancelled


def forwards(start: datetime, end: datetime, found: Event) -> datetime:
    """Return the end; where the clocks leap over the start, the judge has it end before it starts."""
    return end if end >= start else start + apart(moment_of(found, "DTSTART"), moment_of(found, "DTEND"))


def moves_of(drawn: Drawn) -> dict[str, tuple[Moment, Moment]]:
    """Return from where to where each THISANDFUTURE moves its own date and what follows, by its words."""
    events = Calendar.from_ical(drawn.meant()).events
    named = [each for each in events if "RECURRENCE-ID" in each]
    forward = [each for each in named if "RANGE" in cast("vDDDTypes", each["RECURRENCE-ID"]).params]
    moved = ((each, moment_of(each, "RECURRENCE-ID"), moment_of(each, "DTSTART")) for each in forward)
    return {str(each["X-ONETOONE-KEY"]): (named, went) for each, named, went in moved}


def apart(first: Moment, second: Moment) -> timedelta:
    """Return how far two moments of one kind are apart, as the judge reckons."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        return second - first
    return timedelta(days=second.toordinal() - first.toordinal())


def taken_out(drawn: Drawn, wide: Span) -> Iterator[Row]:
    """Yield the dates that EXDATE takes out: the judge leaves them out, here they are told as cancelled."""
    if not drawn.taken_out:
        return
    left = {
        row_of(each, drawn.owner, {})[0] for each in judged(drawn.meant(changes=False), wide, drawn.owner)
    }
    for each in judged(drawn.meant(taken_out=False, changes=False), wide, drawn.owner):
        start, end, original, _, _ = row_of(each, drawn.owner, {})
        if start not in left:
            yield start, end, original, SERIES, True


def one_a_moment(rows: Iterable[Row]) -> Iterable[Row]:
    """Return the rows, one for each original start, the longest: an hour that clocks leap over is the next one, too."""
    return {row[2]: row for row in sorted(rows, key=lambda row: row[1])}.values()


def inside(rows: Iterable[Row], window: Span) -> Iterator[Row]:
    """Yield what touches the half-open window, and what the series had put into it."""
    for row in rows:
        start, end, original = row[:3]
        touches = (start < window.end and window.start < end) or (start == end and window.holds(start))
        if touches or window.holds(original):
            yield row


@settings(max_examples=EXAMPLES)
@given(calendars())
def test_every_occurrence_is_the_judges(drawn: Drawn) -> None:
    """Start, end, original start, words and cancellation, for series that repeat daily or more seldom."""
    note(drawn.text)
    assert read_rows(drawn) == judged_rows(drawn)


@settings(max_examples=EXAMPLES)
@given(calendars(often=True))
def test_every_occurrence_of_those_within_a_day_is_the_judges(drawn: Drawn) -> None:
    """The same for hourly rules and those that repeat each minute or second."""
    note(drawn.text)
    assert read_rows(drawn) == judged_rows(drawn)


TWO_A_DAY = (
    "DTSTART;TZID=Europe/Berlin:20261103T090000",
    "DURATION:PT30M",
    "RRULE:FREQ=DAILY;BYHOUR=9,10;COUNT=4",
)


def test_the_judge_takes_one_of_a_day_for_another() -> None:
    """Where EXDATE takes out the 10:00 alone, the judge takes out the 9:00 in Berlin, too: 10:00 there is 9:00 in UTC.

    RFC 5545, section 3.8.5.1, takes out the date-time that is named, and no other.
    """
    text = calendar(event(*TWO_A_DAY, "EXDATE;TZID=Europe/Berlin:20261103T100000"))
    assert [f"{moment_of(each, 'DTSTART'):%d %H}" for each in in_november(text)] == ["04 09", "04 10"]
    reading = read(text)
    assert starts(reading) == ["2026-11-03 08:00", "2026-11-04 08:00", "2026-11-04 09:00"]
    assert cancelled(reading) == ["2026-11-03 09:00"]


def test_the_judge_loses_one_of_a_day_beside_a_changed_one() -> None:
    """Where the 10:00 alone was moved, the judge leaves out the 9:00 for the same reason; it takes place."""
    moved = ("RECURRENCE-ID;TZID=Europe/Berlin:20261103T100000", "DTSTART;TZID=Europe/Berlin:20261103T150000")
    text = calendar(event(*TWO_A_DAY), event(*moved, "DURATION:PT30M"))
    assert [f"{moment_of(each, 'DTSTART'):%d %H}" for each in in_november(text)] == [
        "03 15",
        "04 09",
        "04 10",
    ]
    assert starts(read(text)) == [
        *("2026-11-03 08:00", "2026-11-03 14:00"),
        *("2026-11-04 08:00", "2026-11-04 09:00"),
    ]


def test_the_judge_has_a_meeting_end_before_it_starts_where_clocks_leap() -> None:
    """2:45 to 3:15 on the night when 2:00 becomes 3:00: 2:45 means 3:45 (section 3.3.5), and 3:15 would be before it."""
    series = (
        "DTSTART;TZID=Europe/Berlin:20260328T024500",
        "DTEND;TZID=Europe/Berlin:20260328T031500",
        "RRULE:FREQ=DAILY;COUNT=2",
    )
    window = Span(datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC))
    (found,) = judged(calendar(event(*series)), window, BERLIN)
    ends = [moment_in_utc(moment_of(found, name), BERLIN) for name in ("DTSTART", "DTEND")]
    assert ends == [datetime(2026, 3, 29, 1, 45, tzinfo=UTC), datetime(2026, 3, 29, 1, 15, tzinfo=UTC)]
    span = only(read(calendar(event(*series)), window=window)).span
    assert (written(span.start), span.duration) == ("2026-03-29 01:45", timedelta(minutes=30))


def in_november(text: str) -> list[Event]:
    """Return what the judge finds in November 2026, in order."""
    found = judged(text, Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)), BERLIN)
    return sorted(found, key=lambda each: f"{moment_of(each, 'DTSTART'):%Y%m%d%H%M}")
