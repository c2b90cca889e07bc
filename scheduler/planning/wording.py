"""The sentences that plans share."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.people import Person, Roster
from scheduler.words import day_month


def on(day: date) -> str:
    """Write a date: `1 Dec 2026`."""
    return f"{day_month(day)} {day.year}"


def on_day(moment: datetime, tz: ZoneInfo) -> str:
    """Write the local date of a moment."""
    return on(moment.astimezone(tz).date())


def named(address: str | None, roster: Roster) -> str:
    """Name a person of the roster, or give the address; `a person` where nobody knows who."""
    if address is None:
        return "a person"
    person = roster.find(address)
    return person.name if person is not None else address


def title(template: str, manager: Person, report: Person) -> str:
    """Return the title of a series of ours, from the config's template and their given names."""
    return template.replace("{manager}", manager.given_name).replace("{report}", report.given_name)
