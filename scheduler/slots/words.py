"""How people, places, days and times are written in the reasons; the same in every locale."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.every import Cadence
from scheduler.hours import WEEKDAYS
from scheduler.people import Pair
from scheduler.slots.grid import CELLS_A_DAY, MINUTES_A_CELL

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_DATES = 5


def names(pair: Pair) -> tuple[str, str]:
    """Return what to call the manager and the report: the shortest that tells them apart."""
    manager, report = pair.manager, pair.report
    if manager.given_name != report.given_name:
        return manager.given_name, report.given_name
    if manager.name != report.name:
        return manager.name, report.name
    return manager.email, report.email


def city(tz: ZoneInfo) -> str:
    """Return the place that a zone is named after."""
    return tz.key.rpartition("/")[2].replace("_", " ")


def clock(cell: int) -> str:
    """Write a cell of a day as its time, `09:30`; past midnight the clock starts again."""
    hour, minute = divmod(cell % CELLS_A_DAY * MINUTES_A_CELL, 60)
    return f"{hour:02}:{minute:02}"


def weekday_time(weekday: int, cell: int) -> str:
    """Write a weekly time, `Tue 16:00`."""
    return f"{WEEKDAYS[weekday % 7]} {clock(cell)}"


def day_month(day: date) -> str:
    """Write a date, `15 Feb`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def some_dates(days: Iterable[date]) -> str:
    """List dates, the first few of a long list and how many more there are."""
    written = [day_month(day) for day in days]
    more = len(written) - _MOST_DATES
    return ", ".join(written[:_MOST_DATES]) + (f" and {more} more" if more > 0 else "")


def every(cadence: Cadence) -> str:
    """Write how often, `every week`, `every 2 weeks`."""
    return f"every {cadence.unit}" if cadence.count == 1 else f"every {cadence}"


def hours_long(cells: int) -> str:
    """Write a length, `2 hours`, `1.5 hours`, `45 minutes`."""
    minutes = cells * MINUTES_A_CELL
    if minutes == 60:  # noqa: PLR2004 - minutes of an hour
        return "1 hour"
    return f"{minutes / 60:.3g} hours" if minutes % 30 == 0 and minutes > 60 else f"{minutes} minutes"  # noqa: PLR2004 - as above


def listed(parts: list[str]) -> str:
    """Join with commas and a last `and`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
