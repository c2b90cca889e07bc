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
from tests.unit.calendars_builders import person
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
    shifts = shifts_of(drawn)
    rows = [row_of(each, drawn.owner, shifts) for each in standing]
    rows += taken_out(drawn, wide)
    return sorted(inside(one_a_moment(rows), drawn.window))


def row_of(found: Event, owner: ZoneInfo, shifts: dict[str, timedelta]) -> Row:
    """Return one occurrence of the judge's. What a THISANDFUTURE carries along is named by its own slot.

    The judge names all of those by the RECURRENCE-ID of the override.
    """
    words = str(found["X-ONETOONE-KEY"])
    begin = moment_of(found, "DTSTART")
    start = moment_in_utc(begin, owner)
    end = moment_in_utc(moment_of(found, "DTEND"), owner)
    own = begin - shifts[words] if words in shifts else moment_of(found, "RECURRENCE-ID")
    cancelled = found.get("STATUS") == "CANCELLED"
    return start, forwards(start, end, found), moment_in_utc(own, owner), words, cancelled


def forwards(start: datetime, end: datetime, found: Event) -> datetime:
    """Return the end; where the clocks leap over the start, the judge has it end before it starts."""
    return end if end >= start else start + apart(moment_of(found, "DTSTART"), moment_of(found, "DTEND"))


def shifts_of(drawn: Drawn) -> dict[str, timedelta]:
    """Return how far each THISANDFUTURE moves what follows, by its words."""
    events = Calendar.from_ical(drawn.meant()).events
    named = [each for each in events if "RECURRENCE-ID" in each]
    forward = [each for each in named if "RANGE" in cast("vDDDTypes", each["RECURRENCE-ID"]).params]
    moved = ((each, moment_of(each, "RECURRENCE-ID"), moment_of(each, "DTSTART")) for each in forward)
    return {str(each["X-ONETOONE-KEY"]): apart(named, went) for each, named, went in moved}


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
