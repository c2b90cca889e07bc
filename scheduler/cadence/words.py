"""The wording that the sentences of this room share: names, dates, counts of days."""

from datetime import datetime, tzinfo

from scheduler.people import Pair, Person
from scheduler.words import on_date


def days(count: float) -> str:
    """Write a count of days, whole ones where it is whole: `1 day`, `10.5 days`."""
    return "1 day" if count == 1 else f"{round(count, 1):g} days"


def longer(count: float, limit: float) -> str:
    """Write an interval that is longer than a limit in whole days, so that it does not read as the limit."""
    return days(int(count)) if int(count) > limit else f"a little over {days(limit)}"


def ago(count: int) -> str:
    """Write how long ago something was, in whole days."""
    return f"{days(count)} ago" if count else "less than a day ago"


def on_day(moment: datetime, tz: tzinfo, now: datetime) -> str:
    """Write the local date of a moment, as `on_date` does."""
    return on_date(moment.astimezone(tz).date(), now.astimezone(tz).date())


def at_time(moment: datetime, tz: tzinfo, now: datetime) -> str:
    """Write the local date and the time of a moment: `Tue 1 Dec 10:00`."""
    return f"{on_day(moment, tz, now)} {moment.astimezone(tz):%H:%M}"


def called(person: Person, pair: Pair) -> str:
    """Name one of the two so that nobody takes the one for the other: given name, name or address."""
    manager, report = pair.names
    return manager if person == pair.manager else report


def both(pair: Pair) -> str:
    """Name the two, manager first."""
    return " and ".join(pair.names)
