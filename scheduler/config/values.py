"""The kinds of value that settings have: each checks what was written and says what to write instead."""

import ipaddress
import re
import string
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import ValidationInfo

from scheduler.every import Cadence
from scheduler.hours import Shift, WorkingHours
from scheduler.places import absolute
from scheduler.settings import Asked, Days
from scheduler.wording import Fault, column_name, one_of, quoted
from scheduler.words import spoken
from scheduler.zones import zone

_DURATION = re.compile(r"(?P<count>\d{1,4})\s+(?P<unit>minute|hour|day|week)s?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_PROVIDERS = ("folder", "google")
_LONGEST_TITLE = 200
_A_MONDAY = date(2026, 1, 5)
_LONGEST_NAME = 60


def text(value: object) -> str:
    """Accept text that is not blank and has no control characters."""
    if not isinstance(value, str):
        what = f"must be text, not {quoted(value)}"
        raise Fault(what, "put it in double quotes")
    if not value.strip() or not value.isprintable():
        what = f"is {quoted(value)}: it must not be blank, and be on one line"
        raise Fault(what, "write it anew, or leave the key out")
    return value


def whole(low: int, high: int) -> Callable[[object], int]:
    """Accept a whole number from low to high, both included."""

    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            what = f"must be a whole number from {low} to {high}, not {quoted(value)}"
            raise Fault(what, "write the number without quotes")
        return value

    return check


def share(value: object) -> float:
    """Accept a share, from 0 to 1."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        what = f"must be a share from 0 to 1, not {quoted(value)}"
        raise Fault(what, "write one half as 0.5")
    return float(value)


def duration(low: timedelta, high: timedelta, example: str) -> Callable[[object], timedelta]:
    """Accept a length of time such as `12 weeks`, from low to high, both included."""

    def check(value: object) -> timedelta:
        remedy = f"write it like {example!r}, in minutes, hours, days or weeks"
        found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            what = f"must be a length of time, not {quoted(value)}"
            raise Fault(what, remedy)
        length = int(found["count"]) * timedelta(**{found["unit"].lower() + "s": 1})
        if not low <= length <= high:
            what = f"must be from {spoken(low)} to {spoken(high)}, not {quoted(value)}"
            raise Fault(what, remedy)
        return length

    return check


def days(low: timedelta, high: timedelta, example: str) -> Callable[[object], timedelta]:
    """Accept a length of whole days or weeks, from low to high, both included."""

    def check(value: object) -> timedelta:
        length = duration(low, high, example)(value)
        if length % timedelta(days=1):
            what = f"must be whole days, not {quoted(value)}"
            raise Fault(what, f"write it like {example!r}")
        return length

    return check


def step(value: object) -> timedelta:
    """Accept a grid of start times that divides the hour."""
    length = duration(timedelta(minutes=1), timedelta(hours=1), "30 minutes")(value)
    steps = (5, 10, 15, 20, 30, 60)
    if length not in {timedelta(minutes=minutes) for minutes in steps}:
        what = f"must divide the hour, which {quoted(value)} does not"
        raise Fault(what, f"write {one_of([str(minutes) for minutes in steps])} minutes")
    return length


def path(value: object, info: ValidationInfo[Mapping[str, Path]]) -> Path:
    """Accept a path; a relative one starts at the config's folder."""
    return absolute(text(value), info.context["directory"])


def rule_name(value: object) -> str:
    """Accept the name of a rule, by which sentences call it."""
    written = text(value).strip()
    if len(written) > _LONGEST_NAME:
        what = f"is {len(written)} characters long; it is read within a sentence"
        raise Fault(what, f"write at most {_LONGEST_NAME}")
    return written


def column(value: object) -> str:
    """Accept the name of a column of the roster, as the header has it; capitals, blanks and hyphens make no difference."""
    return column_name(text(value))


def cells(value: object) -> tuple[str, ...]:
    """Accept what a cell may say: one text or a list of them; they come back in lower case, each once."""
    given = value if isinstance(value, list) else [value]
    written = [" ".join(each.split()).casefold() for each in given if isinstance(each, str)]
    if not written or len(written) < len(given) or "" in written:
        what = f"must be a text, or a list of texts, not {quoted(value)}"
        raise Fault(what, 'write it like ["director", "vp"]')
    return tuple(dict.fromkeys(written))


def cadence(value: object) -> Cadence:
    """Accept how often two people meet."""
    if not isinstance(value, str):
        what = f"must be a cadence in quotes, not {quoted(value)}"
        raise Fault(what, "write '1 week', '2 weeks', '1 month' or '1 quarter'")
    return Cadence.parse(value)


def hours(value: object) -> WorkingHours:
    """Accept working hours."""
    return WorkingHours.parse(text(value))


def clock_hours(value: object) -> Shift:
    """Accept hours of a day, such as `08:00-18:00`."""
    try:
        (shift,) = WorkingHours.parse(f"Mon {text(value)}").on(_A_MONDAY)
    except ValueError:
        what = f"must be hours of a day, not {quoted(value)}"
        raise Fault(what, "write them like '08:00-18:00'") from None
    return shift


def days_over_the_week(value: object) -> Days:
    """Accept how a manager's 1-2-1s lie over the week."""
    return Days(choice(*(each.value for each in Days))(value))


def timezone(value: object) -> ZoneInfo:
    """Accept the name of a time zone."""
    return zone(text(value))


def choice(*names: str) -> Callable[[object], str]:
    """Accept one of these names."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in names:
            what = f"must be {one_of([quoted(name) for name in names])}, not {quoted(value)}"
            raise Fault(what)
        return value

    return check


def whose(value: object) -> Asked:
    """Accept whose column of the roster is looked at."""
    return Asked(choice(*(asked.value for asked in Asked))(value))


def provider(*names: str) -> Callable[[object], str]:
    """Accept the name of a provider that this version has."""

    def check(value: object) -> str:
        found = choice(*names)(value)
        if found not in _PROVIDERS:
            what = f"{quoted(value)} is not in this version of onetoone; {' and '.join(quoted(name) for name in _PROVIDERS)} are"
            raise Fault(what, 'write provider = "folder"')
        return found

    return check


def switch(value: object) -> bool:
    """Accept true or false."""
    if not isinstance(value, bool):
        what = f"must be true or false, not {quoted(value)}"
        raise Fault(what, "write it without quotes")
    return value


def email(value: object) -> str:
    """Accept an email address; it comes back in lower case."""
    written = text(value).strip().lower()
    if _EMAIL.fullmatch(written) is None:
        what = f"must be an email address, not {quoted(value)}"
        raise Fault(what, "write it like 'ann@example.com'")
    return written


def title(value: object) -> str:
    """Accept the title of created events, in which `{manager}` and `{report}` stand for given names."""
    remedy = "write it like '1-2-1: {manager} / {report}'; a brace itself is written twice"
    written = text(value)
    try:
        parts = list(string.Formatter().parse(written))
    except ValueError:
        what = f"has a brace without its partner: {quoted(written)}"
        raise Fault(what, remedy) from None
    for _, name, format_spec, conversion in parts:
        if name is not None and (name not in {"manager", "report"} or format_spec or conversion):
            what = f"knows {{manager}} and {{report}} only, not {{{name}}}"
            raise Fault(what, remedy)
    if len(written) > _LONGEST_TITLE:
        what = f"is {len(written)} characters long; calendars show a few dozen"
        raise Fault(what, f"write at most {_LONGEST_TITLE}")
    return written


def web_address(value: object) -> str:
    """Accept the address of a folder on the web; a slash at its end makes no difference."""
    parts = _split(value)
    if parts is None:
        what = f"must be a web address, not {quoted(value)}"
        raise Fault(what, "write it like 'https://wiki.example.com/agendas'")
    return str(value).rstrip("/")


def loopback(value: object) -> str:
    """Accept the address of a server on this very machine."""
    parts = _split(value)
    if parts is None or not _is_loopback(parts):
        what = f"must be an address on this machine, not {quoted(value)}; it is for tests only"
        raise Fault(what, "leave 'endpoint' out to reach Google itself")
    return str(value).rstrip("/")


def _split(value: object) -> str | None:
    """Return the host of a web address, or None where it is none."""
    if not isinstance(value, str) or not value.isprintable() or " " in value:
        return None
    try:
        parts = urlsplit(value)
        _ = parts.port  # a bad port raises only when asked for
    except ValueError:
        return None
    return parts.hostname if parts.scheme in {"http", "https"} and parts.hostname else None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
