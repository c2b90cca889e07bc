"""The law that reading keeps, whatever the bytes: one for hypothesis and for the fuzzer.

Work is counted in steps, which are calls of Python functions, and not in seconds, so that a slow machine judges
as a fast one does. What they may come to is said by the length of the file and the number of its rules.
"""

import sys
from datetime import UTC, timedelta
from types import FrameType

from scheduler.calendars import rules
from scheduler.calendars.content import decode
from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import MOST_OCCURRENCES, reading_of
from scheduler.calendars.told import MOST_TOLD
from scheduler.errors import CalendarUnreadable, Problem
from scheduler.meetings import CalendarReading, Occurrence
from tests.unit.calendars_builders import WINDOW, person

WHERE = "ana@example.com.ics"
LONGEST_MESSAGE = 400
CALLS_TO_BEGIN = 100_000
CALLS_A_BYTE = 60
CALLS_A_STEP = 40
# Whether it ever comes true is tried for sixty years, however few steps it may take.
CALLS_A_RULE = 300_000
Result = CalendarReading | tuple[Problem, ...]


class _Counter:
    """How many Python functions were called; it stops what goes beyond the limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.calls = 0

    def __call__(self, _frame: FrameType, kind: str, _argument: object) -> None:
        self.calls += kind == "call"
        if self.calls > self.limit:
            sys.setprofile(None)
            raise TooManySteps(self.limit)


class TooManySteps(BaseException):
    """Reading took more steps than the file's length and its rules allow; no `except` in between catches it."""


def must_hold(data: bytes) -> None:
    """Read the bytes twice, counting, and judge what comes of it."""
    _must_come_back(data)
    first = _read_within(data, allowed_calls(data))
    assert _read(data) == first, "the second reading is another one"
    _must_be_right(first)


def must_be_read(data: bytes) -> str:
    """Read the bytes once and judge what comes of it, which is returned in a few words."""
    found = _read(data)
    _must_be_right(found)
    if isinstance(found, tuple):
        return f"refused: {found[0].what}"
    counts = {name: len(getattr(found, name)) for name in ("occurrences", "series", "unread", "warnings")}
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _must_be_right(found: Result) -> None:
    if isinstance(found, tuple):
        assert found, "refused without a word"
        for problem in found:
            _must_be_told_well(problem)
    else:
        _must_be_sound(found)


def allowed_calls(data: bytes) -> int:
    """Return how many calls of Python functions the reading of these bytes may take."""
    many = data.replace(b"\0", b"").upper().count(b"RRULE")
    return CALLS_TO_BEGIN + CALLS_A_BYTE * len(data) + (CALLS_A_RULE + CALLS_A_STEP * rules.MOST_STEPS) * many


def _read(data: bytes) -> Result:
    try:
        return reading_of([scan(data, WHERE)], person(), WINDOW)
    except CalendarUnreadable as error:
        return error.problems


def _read_within(data: bytes, limit: int) -> Result:
    before = sys.getprofile()
    sys.setprofile(_Counter(limit))
    try:
        return _read(data)
    finally:
        sys.setprofile(before)


def _must_come_back(data: bytes) -> None:
    """Whatever the bytes, the text that is made of them gives them back."""
    try:
        source = decode(data)
    except UnicodeDecodeError:
        return
    assert source.encode(source.text) == data, "decoding lost something"


def _must_be_sound(reading: CalendarReading) -> None:
    assert len(reading.warnings) <= MOST_TOLD
    assert len({each.problem for each in reading.unread}) <= MOST_TOLD
    for problem in (*reading.warnings, *(each.problem for each in reading.unread)):
        _must_be_told_well(problem)
    assert len(reading.occurrences) <= MOST_OCCURRENCES
    for occurrence in reading.occurrences:
        _must_be_aware(occurrence)
    for series in reading.series:
        assert series.start.utcoffset() is not None
        assert series.last_end is None or series.last_end.utcoffset() is not None
        assert series.minutes >= 0
    order = [(each.span.start, each.uid) for each in reading.occurrences]
    assert order == sorted(order)


def _must_be_aware(occurrence: Occurrence) -> None:
    span = occurrence.span
    for moment in (span.start, span.end, occurrence.original_start):
        assert moment.utcoffset() is not None, "a time without a zone"
        moment.astimezone(UTC)
    assert span.duration >= timedelta()
    touches = span.start <= WINDOW.end and WINDOW.start <= span.end
    assert touches or WINDOW.holds(occurrence.original_start), "an occurrence of another time"


def _must_be_told_well(problem: Problem) -> None:
    """One printable sentence that names the file."""
    text = str(problem)
    assert len(text) <= LONGEST_MESSAGE, f"{len(text)} letters: {text[:LONGEST_MESSAGE]}"
    assert text.isprintable(), f"not printable: {text!r}"
    place, _, line = problem.where.partition(":")
    assert place == WHERE, f"no file named: {text}"
    assert not line or line.isdigit(), f"no line number: {text}"
    assert problem.what, "a problem without a word"
