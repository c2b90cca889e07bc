"""Advice to two people, as the reports show it: some times that fit, and nothing that does."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from scheduler.people import Person
from scheduler.settings import SlotSettings
from scheduler.slots.advice import Advice, Present, advise, half_hour
from scheduler.slots.board import Board
from scheduler.slots.grid import Grid
from scheduler.slots.picture import week_of
from scheduler.slots.ranking import Option
from scheduler.slots.remarks import Remark
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import Span
from tests.unit.slots_builders import (
    EARLIEST,
    NEW_YORK,
    NOW,
    SETTINGS,
    WINDOW,
    YEAR,
    local,
    person,
    request,
    times,
    weekly,
)

KOLKATA = ZoneInfo("Asia/Kolkata")
ANN = person("Ann Lee")
BO = person("Bo Dahl", KOLKATA, "Mon-Fri 11:00-20:00")
PRESENT = Present(local("2026-11-26 11:00"), "FREQ=WEEKLY;INTERVAL=2", 30)
ASKED = request(ANN, BO, "2 weeks")


def every_week(start: str, weeks: int, step: int = 1) -> tuple[Span, ...]:
    """Return an hour in every so many of so many weeks."""
    return weekly(start, 60, weeks)[::step]


BUSY = (
    *weekly("2026-11-23 09:00", 90, 54),
    *every_week("2026-11-24 10:00", 12, 3),
    *every_week("2026-11-25 13:00", 9),
    *every_week("2026-11-26 14:00", 6),
    *every_week("2026-11-27 12:00", 54),
    *weekly("2026-11-25 15:00", 120, 8),
)
ONE_TO_ONES = (*weekly("2026-11-24 14:00", 60, 54), *weekly("2026-11-25 10:00", 30, 54))


def calendars() -> dict[str, PersonTime]:
    """Return what Ann has in a week, and an empty calendar of Bo's."""
    return times(PersonTime(person=ANN, busy=BUSY, one_to_ones=ONE_TO_ONES), BO)


def option(start: str, clashes: Sequence[int], score: int, *remarks: tuple[int, str]) -> Option:
    """Return a time of every second week with clashes on some of its six dates."""
    first = local(start)
    dates = tuple(first + timedelta(weeks=2 * week) for week in range(6))
    slot = Slot(
        start=first,
        rrule=f"FREQ=WEEKLY;INTERVAL=2;BYDAY={['MO', 'TU', 'WE', 'TH', 'FR'][first.weekday()]}",
        minutes=30,
        dates=dates,
        clashes=tuple(dates[place] for place in clashes),
    )
    return Option(slot, score, tuple(Remark(points, words) for points, words in remarks))


FREE = (0, "free on all 6 dates")
OPTIONS = (
    option("2026-11-26 11:00", (), 997, FREE, (0, "a time they had before"), (-3, "the first is on 26 Nov")),
    option("2026-11-26 09:30", (), 961, FREE, (-15, "not a time they had before"), (-4, "off the middle")),
    option(
        "2026-12-01 13:00", (), 930, FREE, (-40, "over lunch for Ann"), (-15, "not a time they had before")
    ),
    option(
        "2026-11-30 11:30",
        (),
        885,
        FREE,
        (-40, "Monday morning for Ann"),
        (-40, "over lunch for Ann"),
        (-20, "next to the 1-2-1 of Ann upward"),
        (-15, "not a time they had before"),
    ),
    option("2026-12-01 10:30", (1, 4), 667, (-320, "taken on 2 of 6 dates: 15 Dec, 26 Jan")),
)


def some_times() -> Advice:
    """Return the advice to Ann in Berlin and Bo in Kolkata, who meet every other Thursday as it is."""
    return _advice(ASKED, OPTIONS, (PRESENT,))


def ten_times() -> Advice:
    """Return advice with as many times as there are by default, all on one day."""
    hours = ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:00", "13:30")
    found = tuple(
        option(f"2026-11-26 {hour}", (), 900 - place, (0, "free on all 6 dates"))
        for place, hour in enumerate(hours)
    )
    return _advice(ASKED, found, ())


def nothing_fits() -> Advice:
    """Return the advice to Ann in Berlin and Cy in New York, who share an hour that is taken."""
    cy = person("Cy Young", NEW_YORK, "Mon-Thu 08:30-16:30")
    taken = tuple(one for day in range(23, 27) for one in weekly(f"2026-11-{day} 15:00", 120, 54))
    asked = request(person("Ann Lee"), cy, "1 week", minutes=60)
    known = times(PersonTime(person=asked.pair.manager, busy=taken), cy)
    return advise(asked, known, WINDOW, SETTINGS, now=NOW)


def nothing_helps() -> Advice:
    """Return the advice to two who never work at the same time."""
    night = person("Bo Dahl", hours="Sat 01:00-02:00")
    asked = request(ANN, night)
    return advise(asked, times(ANN, night), WINDOW, SETTINGS, now=NOW)


def one_clock(report: Person) -> Advice:
    """Return advice to Ann and somebody else in Berlin, as the search gives it."""
    asked = request(ANN, report)
    return advise(asked, times(ANN, report), WINDOW, SlotSettings(), now=NOW)


def _advice(asked: SlotRequest, options: tuple[Option, ...], present: tuple[Present, ...]) -> Advice:
    board = Board(Grid.spanning(WINDOW.start, EARLIEST + YEAR), calendars())
    week = week_of(
        asked,
        board,
        WINDOW,
        SETTINGS,
        ranks={half_hour(one.slot.start): rank for rank, one in enumerate(options, start=1)},
        present=frozenset(half_hour(one.start) for one in present),
    )
    return Advice(
        request=asked,
        now=NOW,
        ahead=WINDOW,
        enough=SETTINGS.free_share,
        present=present,
        options=options,
        counts="Ann and Bo share 30 hours of work a week (Mon 09:00-15:30, Tue 09:00-15:30, Wed 09:00-15:30 and 2 more in Berlin); of 125 possible times 30 would fall on another 1-2-1, 12 would clash with other meetings on more than 25% of dates and 83 fit.",
        relaxations=(),
        week=week,
    )
