"""Plain series, whose dates are reckoned from near the window: the very dates that the judge gives."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import cast
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrule, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars import in_model, recurrence
from scheduler.calendars.events import Facts, Times
from scheduler.calendars.moments import Moment, in_utc
from scheduler.calendars.plain_series import plain_slots
from scheduler.calendars.rules import rule_of
from scheduler.calendars.versions import Group, Version
from scheduler.meetings import Busy, EventStatus
from scheduler.timespans import Span

EXAMPLES = int(os.environ.get("ONETOONE_EXAMPLES", "60"))
BERLIN = ZoneInfo("Europe/Berlin")
_NAMES = (
    *("Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"),
    *("America/Sao_Paulo", "Africa/Casablanca", "UTC"),
)
ZONES = tuple(map(ZoneInfo, _NAMES))
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FACTS = Facts(
    status=EventStatus.CONFIRMED,
    busy=Busy.BUSY,
    organizer=None,
    attendees=(),
    incomplete_guests=False,
    mark=None,
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """Stands for where an event was read from."""

    uid: str = "series"
    sequence: int = 0


@st.composite
def rules_of(draw: st.DrawFn, start: Moment) -> str:
    """Draw a rule of the kinds that people's series have."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    rule = f"FREQ={frequency}"
    some = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=5, unique=True).map(",".join)
    nth = f"{(start.day - 1) // 7 + 1}{WEEKDAYS[start.weekday()]}"
    by = {
        "DAILY": st.just("") | some.map("BYDAY={}".format),
        "WEEKLY": st.just("") | some.map("BYDAY={}".format),
        "MONTHLY": st.sampled_from(
            (
                *("", f"BYMONTHDAY={start.day}", f"BYMONTHDAY={start.day},-1,15", f"BYDAY={nth}"),
                *(f"BYDAY={nth},-1FR", f"BYDAY={','.join(WEEKDAYS[:5])};BYSETPOS=1", "BYDAY=MO,TH"),
                f"BYDAY={WEEKDAYS[start.weekday()]};BYSETPOS={(start.day - 1) // 7 + 1}",
            )
        ),
        "YEARLY": st.sampled_from(
            (
                *("", f"BYMONTH={start.month}", f"BYMONTH={start.month};BYMONTHDAY={start.day}"),
                f"BYMONTH={start.month};BYDAY={nth}",
            )
        ),
    }[frequency]
    chosen = draw(by)
    if frequency != "DAILY" or not chosen:
        rule += f";INTERVAL={draw(st.integers(1, 5))}"
    rule += f";{chosen}" if chosen else ""
    rule += draw(st.sampled_from(("", "", ";WKST=SU", ";WKST=MO", ";WKST=TH")))
    end = draw(st.sampled_from(("", "UNTIL", "COUNT")))
    if end == "COUNT":
        rule += f";COUNT={draw(st.integers(1, 200))}"
    elif end:
        until = start + timedelta(days=draw(st.integers(-1, 1500)), hours=draw(st.integers(-2, 2)))
        rule += f";UNTIL={until:%Y%m%d}" if not isinstance(until, datetime) else ""
        rule += f";UNTIL={until.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(until, datetime) else ""
    return rule


@st.composite
def groups(draw: st.DrawFn) -> tuple[Group[Row], Span]:
    """Draw a series with some dates taken out and some moved or in place, and a window."""
    days = st.dates(date(2009, 1, 1), date(2026, 6, 1))
    start: Moment = draw(days | st.sampled_from((date(2024, 2, 29), date(2025, 1, 31), date(2011, 12, 29))))
    length = timedelta(days=draw(st.integers(1, 3)))
    if draw(st.integers(0, 3)):
        zone = draw(st.sampled_from(ZONES))
        minute = draw(st.sampled_from((0, 15, 30, 45)))
        start = datetime(start.year, start.month, start.day, draw(st.integers(0, 23)), minute, tzinfo=zone)
        length = timedelta(minutes=draw(st.sampled_from((0, 30, 90, 600, 2000))))
    times = Times(start=start, end=start + length, rules=(draw(rules_of(start)),))
    first = in_utc(start, BERLIN) + timedelta(hours=draw(st.integers(-500, 40_000)))
    window = Span(first, first + timedelta(hours=draw(st.integers(1, 5000))))
    group: Group[Row] = Group("series", Version(Row(), times))
    around = Span(window.start - timedelta(days=60), window.end + timedelta(days=60))
    slots = plain_slots(times, around) or []
    touched = draw(st.lists(st.sampled_from(slots), max_size=6, unique=True)) if slots else []
    group.master = Version(Row(), replace(times, excluded=tuple(touched[:2])))
    for original in touched[2:]:
        hours = draw(st.integers(-500, 500))
        went = original + (timedelta(hours=hours) if isinstance(original, datetime) else hours * _DAY)
        moved = Times(start=went, end=went + length, recurrence_id=original)
        group.overrides[in_utc(original, BERLIN)] = Version(Row(), moved)
    return group, window


def seen(group: Group[Row], window: Span) -> list[tuple[Span, datetime, bool]]:
    """Return what takes place, in order."""
    found = recurrence.placed(group, window, BERLIN)
    spans = ((Span(p.span.start.astimezone(UTC), p.span.end.astimezone(UTC)), p) for p in found)
    return sorted((span, p.original_start.astimezone(UTC), p.taken_out) for span, p in spans)


@settings(max_examples=EXAMPLES)
@given(groups())
def test_a_plain_series_is_what_the_judge_says(drawn: tuple[Group[Row], Span]) -> None:
    """With and without the short way, every occurrence is the same: moved, taken out and standing ones."""
    group, window = drawn
    with mock.patch.object(recurrence, "plain_slots", return_value=None):
        judged = seen(group, window)
    assert seen(group, window) == judged


@settings(max_examples=EXAMPLES)
@given(groups())
def test_the_last_end_is_that_of_all_its_dates(drawn: tuple[Group[Row], Span]) -> None:
    """It is looked for from the end, and is what the judge has as the last end when asked for the whole series."""
    group, window = drawn
    assert group.master is not None
    facts = {id(version): FACTS for version in (group.master, *group.overrides.values())}
    found = in_model.last_end(group, facts, window.end, BERLIN)
    if found is None:
        assert rule_of(group.master.times.rules[0], group.master.times.start, window.end).until is None
        return
    begin = in_utc(group.master.times.start, BERLIN)
    whole = Span(begin - timedelta(days=900), max(found, begin) + timedelta(days=900))
    with mock.patch.object(recurrence, "plain_slots", return_value=None):
        ends = [span.end for span, _, out in seen(group, whole) if not out]
    assert found == max(ends, default=in_utc(group.master.times.end, BERLIN))


@settings(max_examples=EXAMPLES)
@given(groups())
def test_forwards_and_backwards_are_the_same_dates(drawn: tuple[Group[Row], Span]) -> None:
    """A rule with an end has the same starts from either side."""
    group, window = drawn
    assert group.master is not None
    rule = rule_of(group.master.times.rules[0], group.master.times.start, window.end)
    back = rule.backwards()
    if back is not None and rule.plain is not None and rule.until is not None:
        assert sorted(back) == sorted(rule.starts(in_utc(rule.until, UTC) + _DAY))


@settings(max_examples=EXAMPLES)
@given(groups(), st.integers(1, 300))
def test_the_last_of_a_counted_series_is_the_librarys(drawn: tuple[Group[Row], Span], count: int) -> None:
    """A COUNT becomes the UNTIL of its last date, reckoned; the library counts up to it."""
    group, window = drawn
    assert group.master is not None
    start, text = group.master.times.start, group.master.times.rules[0]
    bare = ";".join(part for part in text.split(";") if part[:5] not in {"UNTIL", "COUNT"})
    rule = rule_of(f"{bare};COUNT={count}", start, window.end)
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    last = list(cast("rrule", rrulestr(f"{bare};COUNT={count}", dtstart=begin)))[-1]
    if rule.until is None:
        assert last.year > window.end.year + 40
    else:
        assert rule.until == (last.astimezone(UTC) if isinstance(start, datetime) else last.date())


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=9", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        *("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T000000Z"),
        *(
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYMONTHDAY=3",
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU",
            "FREQ=MONTHLY;BYDAY=-4TU",
        ),
        *("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=3"),
        "FREQ=YEARLY;BYMONTH=11;BYDAY=1TU",
    ],
)
def test_what_people_have_is_plain(rule: str) -> None:
    """The laws above would hold for nothing if the short way were never taken."""
    window = Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    for start in (datetime(2026, 11, 3, 2, 30, tzinfo=BERLIN), date(2026, 11, 3)):
        assert plain_slots(Times(start=start, end=start + _DAY, rules=(rule,)), window) is not None


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=DAILY;INTERVAL=2;BYDAY=TU", "FREQ=DAILY;BYMONTH=3", "FREQ=DAILY;BYHOUR=9,10", "FREQ=HOURLY"),
        *("FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=1", "FREQ=WEEKLY;BYMONTH=11", "FREQ=MONTHLY;BYMONTHDAY=4"),
        *("FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=3", "FREQ=YEARLY;BYMONTHDAY=3", "FREQ=YEARLY;BYDAY=1TU"),
        *("FREQ=YEARLY;BYMONTH=11,12", "FREQ=YEARLY;BYYEARDAY=307", "FREQ=YEARLY;BYWEEKNO=45"),
    ],
)
def test_what_is_not_surely_simple_goes_to_the_judge(rule: str) -> None:
    """So do series with several rules, and those with added dates."""
    start = datetime(2026, 11, 3, 9, tzinfo=BERLIN)
    window = Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    one = Times(start=start, end=start, rules=(rule,))
    assert plain_slots(one, window) is None
    weekly = replace(one, rules=("FREQ=WEEKLY",))
    assert plain_slots(replace(weekly, rules=("FREQ=WEEKLY", rule)), window) is None
    assert plain_slots(replace(weekly, added=(start + _DAY,)), window) is None


@given(st.integers(1, 100), st.integers(1, 9))
def test_a_very_old_series_costs_no_more_than_a_new_one(years: int, interval: int) -> None:
    """Its dates are reckoned from near the window: no more are made than the window and its margin hold."""
    start = datetime(2026 - years, 1, 5, 9, tzinfo=BERLIN)
    window = Span(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
    found = plain_slots(Times(start=start, end=start, rules=(f"FREQ=DAILY;INTERVAL={interval}",)), window)
    assert found is not None
    assert len(found) <= 33 // interval + 1
