"""The times at which a series could be: hard rules, clashes, and the best against brute force."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.every import Unit
from scheduler.slots.assign import assign
from scheduler.slots.candidates import cell_from, look_ahead, starts_on_grid
from scheduler.slots.grid import bit_places
from scheduler.slots.request import NoSlot, PersonTime, Slot, SlotRequest
from scheduler.timespans import Span, local_day
from tests.unit.slots_builders import (
    ANN,
    BERLIN,
    BO,
    LONDON,
    NOW,
    SETTINGS,
    WINDOW,
    YEAR,
    local,
    person,
    placed,
    request,
    span,
    times,
    weekly,
)


def slot(asked: SlotRequest, busy: tuple[Span, ...] = (), one_to_ones: tuple[Span, ...] = ()) -> Slot:
    """Return the slot of Ann and Bo, with these spans in Ann's calendar."""
    ann = PersonTime(person=asked.pair.manager, busy=busy, one_to_ones=one_to_ones)
    result = assign([asked], times(ann, asked.pair.report), WINDOW, SETTINGS)
    return placed(result, asked.pair.manager, asked.pair.report)


def test_an_empty_week_gives_the_first_good_time() -> None:
    """With nothing in the way: the first day, the middle of the day, after lunch."""
    found = slot(request())
    assert found.start == local("2026-11-25 13:00")
    assert found.rrule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=WE"
    assert len(found.dates) == 12
    assert (found.clashes, found.away, found.minutes) == ((), (), 30)


def test_nothing_starts_before_the_earliest_time() -> None:
    """On the first day, times before the earliest belong to the next week."""
    late = request(earliest=local("2026-11-25 16:45"), report=person("Bo", hours="Wed 09:00-17:00"))
    assert slot(late).start == local("2026-12-02 13:00")


def test_the_look_ahead_begins_with_the_window() -> None:
    """An earliest time in the past does not put a meeting into the past."""
    assert slot(request(earliest=NOW - timedelta(weeks=5))).start > NOW


def test_a_one_to_one_is_never_overlapped_not_even_once() -> None:
    """One existing 1-2-1 in March takes that weekly time away."""
    only = person("Bo", hours="Wed 13:00-14:00")
    taken = span("2027-03-03 13:00", 30)
    assert slot(request(report=only), one_to_ones=(taken,)).start == local("2026-11-25 13:30")
    assert slot(request(report=only), busy=(taken,)).start == local("2026-11-25 13:00")


def test_the_fewest_clashes_win_and_are_listed() -> None:
    """Two clashes are better than three; where they are is told."""
    only = person("Bo", hours="Wed 10:00-11:00")
    ten, half_past = weekly("2026-12-02 10:00", 30, 3), weekly("2026-12-02 10:30", 30, 2)
    found = slot(request(report=only), busy=ten + half_past)
    assert found.start == local("2026-11-25 10:30")
    assert found.clashes == (local("2026-12-02 10:30"), local("2026-12-09 10:30"))


def test_more_clashes_than_the_share_allows_are_no_slot() -> None:
    """A quarter of twelve is three; the fourth clash is too many."""
    only = person("Bo", hours="Wed 10:00-10:30")
    asked = request(report=only)
    assert len(slot(asked, busy=weekly("2026-12-02 10:00", 30, 3)).clashes) == 3
    four = PersonTime(person=ANN, busy=weekly("2026-12-02 10:00", 30, 4))
    assert isinstance(assign([asked], times(four, only), WINDOW, SETTINGS)[asked.pair.key], NoSlot)


def test_leave_is_neither_free_nor_a_clash() -> None:
    """A date on which one is away is listed as such, and does not count against the time."""
    only = person("Bo", hours="Wed 10:00-10:30")
    ann = PersonTime(
        person=ANN,
        busy=(local_day(date(2026, 12, 2), BERLIN),),
        away={date(2026, 12, 2): "out of office", date(2040, 1, 1): "out of office"},
    )
    found = placed(assign([request(report=only)], times(ann, only), WINDOW, SETTINGS))
    assert (found.away, found.clashes) == ((local("2026-12-02 10:00"),), ())
    assert found.start == local("2026-11-25 10:00")


def test_a_series_does_not_begin_on_leave() -> None:
    """Where the first date is away, another day goes first, or the series begins a week later."""
    away = PersonTime(person=ANN, away={date(2026, 11, 25): "public holiday (DE)"})
    assert placed(assign([request()], times(away, BO), WINDOW, SETTINGS)).start == local("2026-11-26 13:00")
    only = person("Bo", hours="Wed 10:00-10:30")
    found = placed(assign([request(report=only)], times(away, only), WINDOW, SETTINGS))
    assert (found.start, found.away) == (local("2026-12-02 10:00"), ())


def test_an_ending_pair_gets_until_in_utc() -> None:
    """The last day counts; RFC 5545 wants UNTIL in UTC where the series has a zone."""
    found = slot(request(until=date(2026, 12, 23)))
    assert found.rrule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=WE;UNTIL=20261223T225959Z"
    assert found.dates[-1] == local("2026-12-23 13:00")


def test_months_are_looked_at_for_half_a_year() -> None:
    """A quarterly pair has two dates, not one, in its look-ahead."""
    assert len(slot(request(every="1 quarter")).dates) == 2
    assert look_ahead(request().cadence, WINDOW) == WINDOW


def test_hours_hold_in_the_weeks_when_one_clock_has_changed() -> None:
    """New York is four hours behind London for some weeks of the year: 14:00 London is then 10:00."""
    manager = person("Ann", LONDON)
    report = person("Bo", ZoneInfo("America/New_York"), "Mon-Fri 09:30-17:00")
    found = placed(
        assign([request(manager, report)], times(manager, report), WINDOW, SETTINGS), manager, report
    )
    assert found.start.time().isoformat() >= "14:30:00"
    early = person("Bo", ZoneInfo("America/New_York"), "Mon-Fri 09:00-09:30")
    assert isinstance(
        assign([request(manager, early)], times(manager, early), WINDOW, SETTINGS)[
            manager.email, early.email
        ],
        NoSlot,
    )


def test_an_hour_that_a_clock_skips_or_repeats_is_not_taken() -> None:
    """A night shift in Berlin meets outside 02:00 to 03:00 on Sundays, when the clocks change."""
    night = "Sun 02:00-03:30"
    manager, report = person("Ann", hours=night), person("Bo", hours=night)
    assert slot(request(manager, report)).start == local("2026-11-29 03:00")


def test_air_is_left_between_one_to_ones() -> None:
    """A time that touches another 1-2-1 is less liked."""
    only = person("Bo", hours="Wed 13:00-15:00")
    found = slot(request(report=only), one_to_ones=weekly("2026-11-25 13:30", 30))
    assert found.start == local("2026-11-25 14:30")


def test_a_series_does_not_begin_with_a_clash_where_a_later_one_will_do() -> None:
    """Of two times with one clash each, the one that is free on its first date."""
    only = person("Bo", hours="Wed 10:00-11:00")
    first, later = span("2026-11-25 10:30", 30), span("2026-12-09 10:00", 30)
    assert slot(request(report=only), busy=(first, later)).start == local("2026-11-25 10:00")


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("Mon 09:00-11:00; Thu 09:00-10:00", "2026-11-26 09:00"),
        ("Fri 13:00-14:00; Tue 16:00-17:00", "2026-12-01 16:30"),
        ("Wed 12:00-13:00; Thu 09:00-10:00", "2026-11-26 09:00"),
    ],
)
def test_times_to_avoid(hours: str, expected: str) -> None:
    """Monday mornings, Friday afternoons and lunch come last."""
    assert slot(request(report=person("Bo", hours=hours))).start in {
        local(expected),
        local(expected) + timedelta(minutes=30),
        local(expected) - timedelta(minutes=30),
    }


def test_where_the_week_begins_on_sunday_its_morning_is_avoided() -> None:
    """For people who work Sunday to Thursday, Thursday afternoon is the end of the week."""
    week = "Sun-Thu 13:00-15:00"
    riyadh = ZoneInfo("Asia/Riyadh")
    manager, report = person("Ann", riyadh, week), person("Bo", riyadh, week)
    asked = request(manager, report, earliest=local("2026-11-26 09:00", riyadh))
    assert slot(asked).start.date() == date(2026, 11, 29)


def test_starts_lie_on_the_step_and_the_half_hours() -> None:
    """A step of 45 minutes keeps :00 and :30, and every start is a multiple of five minutes."""
    minutes = [cell * 5 for cell in bit_places(starts_on_grid(timedelta(minutes=45)))]
    assert minutes[:5] == [0, 30, 45, 60, 90]
    assert len(list(bit_places(starts_on_grid(timedelta(seconds=1))))) == 288


def test_the_first_cell_after_a_moment() -> None:
    """A moment on a cell is that cell; a microsecond later it is the next."""
    at = local("2026-12-01 10:00")
    assert (cell_from(at), cell_from(at + timedelta(microseconds=1))) == (120, 121)


@dataclass(frozen=True)
class Case:
    """A small world for brute force: five-minute edges, a few meetings, 1-2-1s and days of leave."""

    request: SlotRequest
    ann: PersonTime
    bo: PersonTime


SPANS = st.lists(
    st.builds(
        lambda days, slot, length, every: tuple(
            span(
                f"{date(2026, 11, 23) + timedelta(days=days + 7 * week)} {slot // 12:02}:{slot % 12 * 5:02}",
                length * 5,
            )
            for week in range(0, 14, every)
        ),
        st.integers(0, 13),
        st.integers(9 * 12, 13 * 12),
        st.integers(1, 20),
        st.integers(1, 4),
    ),
    max_size=6,
).map(lambda groups: tuple(one for group in groups for one in group))
AWAY = st.dictionaries(
    st.integers(0, 40).map(lambda days: date(2026, 11, 23) + timedelta(days=days)),
    st.just("leave"),
    max_size=6,
)
HOURS = st.sampled_from(
    ["Mon-Wed 09:00-11:00", "Tue-Thu 09:30-12:30", "Mon-Fri 10:10-11:50", "Fri 08:00-14:00"]
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a world."""
    ann = replace(ANN, hours=person("Ann", hours=draw(HOURS)).hours)
    bo = person("Bo", draw(st.sampled_from([BERLIN, LONDON])), draw(HOURS))
    return Case(
        request=request(
            ann,
            bo,
            draw(st.sampled_from(["1 week", "2 weeks", "3 weeks", "1 month", "1 quarter"])),
            minutes=draw(st.sampled_from([15, 25, 30, 60])),
            earliest=NOW + timedelta(hours=draw(st.integers(0, 200))),
            until=draw(st.none() | st.dates(date(2026, 11, 20), date(2027, 2, 20))),
        ),
        ann=PersonTime(person=ann, busy=draw(SPANS), one_to_ones=draw(SPANS), away=draw(AWAY)),
        bo=PersonTime(person=bo, busy=draw(SPANS), away=draw(AWAY)),
    )


def brute_force(case: Case) -> Iterator[tuple[int, int]]:
    """Yield (clashes, dates that count) of every series that may be, looked at date by date."""
    asked, tz = case.request, case.request.pair.manager.tz
    ahead = look_ahead(asked.cadence, WINDOW)
    last = min((asked.earliest + YEAR).date(), asked.until or date.max)
    for rule, first in first_dates(asked):
        for minute in range(8 * 60, 14 * 60, 30):
            start = datetime.combine(first, datetime.min.time(), tz) + timedelta(minutes=minute)
            walls = rrulestr(rule, dtstart=start.replace(tzinfo=None)).between(
                start.replace(tzinfo=None), datetime.combine(last, datetime.max.time()), inc=True
            )
            dates = [
                Span(at, at + timedelta(minutes=asked.minutes))
                for at in (w.replace(tzinfo=tz) for w in walls)
            ]
            while dates and (dates[0].start < asked.earliest or is_away(case, dates[0])):
                dates = dates[1:]
                if dates and dates[0].start.date() >= ahead.end.astimezone(tz).date():
                    dates = []
            if dates and all(may_be(case, at) for at in dates):
                judged = [at for at in dates if at.start < ahead.end] or dates[:1]
                counted = [at for at in judged if not is_away(case, at)]
                clashes = [at for at in counted if any(at.overlaps(b) for b in case.ann.busy + case.bo.busy)]
                yield len(clashes), len(counted)


def first_dates(asked: SlotRequest) -> Iterator[tuple[str, date]]:
    """Yield every rule with each date on which it can begin."""
    start = asked.earliest.astimezone(asked.pair.manager.tz).date()
    if asked.cadence.unit is Unit.WEEK:
        for days in range(asked.cadence.count * 7):
            yield asked.cadence.rrule(start + timedelta(days=days)), start + timedelta(days=days)
        return
    months = 1 if str(asked.cadence) == "1 month" else 3
    for place in (1, 2, 3, 4, -1):
        for weekday in ("MO", "TU", "WE", "TH", "FR"):
            monthly = rrulestr(
                f"FREQ=MONTHLY;BYDAY={place}{weekday}", dtstart=datetime.combine(start, datetime.min.time())
            )
            for first in list(monthly.xafter(datetime.combine(start, datetime.min.time()), months, inc=True)):
                yield f"FREQ=MONTHLY;INTERVAL={months};BYDAY={place}{weekday}", first.date()


def is_away(case: Case, at: Span) -> bool:
    """Say whether one of the two does not work on that date."""
    return any(at.start.astimezone(time.person.tz).date() in time.away for time in (case.ann, case.bo))


def may_be(case: Case, at: Span) -> bool:
    """Say whether a date is inside both people's hours and on no 1-2-1."""
    hours = all(time.person.hours.hold(at, time.person.tz) for time in (case.ann, case.bo))
    return hours and not any(at.overlaps(one) for one in case.ann.one_to_ones)


@given(case=cases())
@settings(max_examples=25, deadline=None)
def test_the_choice_has_the_fewest_clashes_that_brute_force_finds(case: Case) -> None:
    """There is a slot if and only if brute force finds one, and with as few clashes."""
    result = assign([case.request], times(case.ann, case.bo), WINDOW, SETTINGS)
    found = result[case.request.pair.key]
    allowed = [clashes for clashes, counted in brute_force(case) if (counted - clashes) / counted >= 0.75]
    if isinstance(found, Slot):
        assert len(found.clashes) == min(allowed)
    else:
        assert not allowed
