"""How people, places, days and times are written in the reasons; the same in every locale."""

from collections.abc import Iterable
from datetime import date, datetime

from scheduler.hours import WEEKDAYS
from scheduler.slots.grid import CELLS_A_DAY, MINUTES_A_CELL
from scheduler.words import city, day_month

_MOST_DATES = 5


def clock(cell: int) -> str:
    """Write a cell of a day as its time, `09:30`; past midnight the clock starts again."""
    hour, minute = divmod(cell % CELLS_A_DAY * MINUTES_A_CELL, 60)
    return f"{hour:02}:{minute:02}"


def weekday_time(weekday: int, cell: int) -> str:
    """Write a weekly time, `Tue 16:00`."""
    return f"{WEEKDAYS[weekday % 7]} {clock(cell)}"


def time_in(start: datetime) -> str:
    """Write the weekly time of a series by its first date, with its place: `Tue 16:00 in Berlin`."""
    if start.tzinfo is None:
        msg = f"a time is somewhere: {start}"
        raise ValueError(msg)
    return f"{WEEKDAYS[start.weekday()]} {start:%H:%M} in {city(start.tzinfo)}"


def some_dates(days: Iterable[date]) -> str:
    """List dates, the first few of a long list and how many more there are."""
    written = [day_month(day) for day in days]
    more = len(written) - _MOST_DATES
    return ", ".join(written[:_MOST_DATES]) + (f" and {more} more" if more > 0 else "")


def hours_long(cells: int) -> str:
    """Write a length, `2 hours`, `1.5 hours`, `45 minutes`."""
    minutes = cells * MINUTES_A_CELL
    if minutes == 60:  # noqa: PLR2004 - minutes of an hour
        return "1 hour"
    return f"{minutes / 60:.3g} hours" if minutes % 30 == 0 and minutes > 60 else f"{minutes} minutes"  # noqa: PLR2004 - as above
