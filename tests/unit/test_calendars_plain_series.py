"""Plain series, followed by their rule from near the window: the very dates that the judge gives."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars import recurrence
from scheduler.calendars.events import Times
from scheduler.calendars.plain_series import plain_starts
from scheduler.calendars.versions import Group, Version
from scheduler.timespans import Span

ZONES = tuple(map(ZoneInfo, ("Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe")))
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Row:
    """Stands for where an event was read from."""

    uid: str = "series"
    sequence: int = 0


def times(start: datetime, rule: str, excluded: tuple[datetime, ...] = ()) -> Times:
    """Return a half hour that repeats by a rule."""
    return Times(start=start, end=start + HALF_HOUR, rules=(rule,), excluded=excluded)


@st.composite
def groups(draw: st.DrawFn) -> tuple[Group[Row], Span]:
    """Draw a daily or weekly series with some dates taken out and some moved or in place, and a window."""
    zone = draw(st.sampled_from(ZONES))
    start = datetime(2024, 1, 1, draw(st.integers(4, 22)), 30, tzinfo=zone)
    start += timedelta(days=draw(st.integers(0, 800)))
    rule = f"FREQ={draw(st.sampled_from(('DAILY', 'WEEKLY')))};INTERVAL={draw(st.integers(1, 5))}"
    if draw(st.booleans()):
        days = draw(st.sets(st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), min_size=1))
        rule += f";BYDAY={','.join(sorted(days))}"
    rule += draw(st.sampled_from(("", ";WKST=SU", ";WKST=MO")))
    if draw(st.booleans()):
        until = start + timedelta(days=draw(st.integers(0, 900)), hours=draw(st.integers(-2, 2)))
        rule += f";UNTIL={until.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    first = datetime(2025, 9, 1, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 9000)))
    window = Span(first, first + timedelta(days=draw(st.integers(1, 200))))
    group: Group[Row] = Group("series", Version(Row(), times(start, rule)))
    around = Span(window.start - timedelta(days=60), window.end + timedelta(days=60))
    dates = plain_starts(times(start, rule), around) or []
    touched = draw(st.lists(st.sampled_from(dates), max_size=6, unique=True)) if dates else []
    excluded = tuple(each.astimezone(zone) for each in touched[:2])
    group.master = Version(Row(), times(start, rule, excluded=excluded))
    for original in touched[2:]:
        went = (original + timedelta(hours=draw(st.integers(-500, 500)))).astimezone(zone)
        moved = Times(start=went, end=went + HALF_HOUR, recurrence_id=original.astimezone(zone))
        group.overrides[original] = Version(Row(), moved)
    return group, window


def seen(group: Group[Row], window: Span) -> list[tuple[Span, datetime, bool]]:
    """Return what takes place, in order."""
    found = recurrence.placed(group, window, ZoneInfo("Europe/Berlin"))
    spans = ((Span(p.span.start.astimezone(UTC), p.span.end.astimezone(UTC)), p) for p in found)
    return sorted((span, p.original_start.astimezone(UTC), p.taken_out) for span, p in spans)


@given(groups())
def test_a_plain_series_is_what_the_judge_says(drawn: tuple[Group[Row], Span]) -> None:
    """With and without the short way, every occurrence is the same: moved, taken out and standing ones."""
    group, window = drawn
    with mock.patch.object(recurrence, "plain_starts", return_value=None):
        judged = seen(group, window)
    assert seen(group, window) == judged


@given(groups())
def test_most_series_are_plain(drawn: tuple[Group[Row], Span]) -> None:
    """The law above would hold for nothing if the short way were never taken."""
    group, window = drawn
    assert group.master is not None
    start, rule = group.master.times.start, group.master.times.rules[0]
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()]
    assert (
        plain_starts(group.master.times, window) is not None
        or weekday not in rule.partition("BYDAY=")[2].partition(";")[0]
    )
