"""What each cell of a person's row may hold; every function raises Fault or ValueError in plain words."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from scheduler.every import Cadence
from scheduler.hours import HalfDay, WorkingHours
from scheduler.people import CalendarSource
from scheduler.places import absolute
from scheduler.wording import Fault, did_you_mean, one_of, quoted

_ADDRESS = re.compile(
    r"(?P<local>[^\s@\"(),:;<>\[\]\\/.]+(?:\.[^\s@\"(),:;<>\[\]\\/.]+)*)@(?P<domain>(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*)",
)
_INSIDE = re.compile(r"(?:^mailto:|.*<)\s*(?P<address>[^<>\s]+@[^<>\s]+?)>?", re.IGNORECASE | re.DOTALL)
_LONGEST_ADDRESS = 254
_LONGEST_NAME = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(1950, 2101)
_OTHER_DATE = re.compile(r"(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<year>\d{4})")
_SPREADSHEET = re.compile(r"[=+@]|#(?:REF|NAME|VALUE|N/A|DIV/0|NULL|NUM)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PROVIDERS = ("folder", "google", "caldav", "ics")


@cache
def cadence(text: str) -> Cadence | None:
    """Read a cadence; `none` gives None: no 1-2-1 for this pair."""
    if text.casefold() == "none":
        return None
    try:
        return Cadence.parse(text)
    except ValueError as error:
        what = str(error).partition("; ")[0]
        raise Fault(
            what, "write '1 week', '2 weeks', '1 month', '1 quarter', or 'none' for no 1-2-1"
        ) from None


@cache
def hours(text: str) -> WorkingHours:
    """Read working hours."""
    return WorkingHours.parse(text)


def half_day(text: str) -> HalfDay:
    """Read the half of a day in which a person would rather meet, capitals aside."""
    try:
        return HalfDay(text.casefold())
    except ValueError:
        what = f"{quoted(text)} is no half of a day"
        near = did_you_mean(text, [half.value for half in HalfDay])
        raise Fault(what, near or f"write {one_of(list(HalfDay))}, or leave it empty") from None


def address(text: str) -> str:
    """Return an email address in lower case (RFC 5321's shape, less what no directory of people uses)."""
    if len(text) > _LONGEST_ADDRESS:
        what = f"{quoted(text)} is too long for an email address"
        raise Fault(what, f"it may have {_LONGEST_ADDRESS} characters")
    if text.startswith("="):
        what = f"{quoted(text)} is a spreadsheet's formula"
        raise Fault(what, "write the address itself")
    if not text.isprintable() or not _ADDRESS.fullmatch(text):
        inside = _INSIDE.fullmatch(text)
        remedy = f"write only {inside['address'].lower()!r}" if inside else "write it like 'ann@example.com'"
        what = f"{quoted(text)} is not an email address"
        raise Fault(what, remedy)
    return text.lower()


def addresses(text: str) -> frozenset[str]:
    """Return the addresses between semicolons."""
    return frozenset(address(part.strip()) for part in text.split(";") if part.strip())


def name(text: str) -> str:
    """Return a person's name, on one line."""
    plain = " ".join(text.split())
    if _SPREADSHEET.match(plain):
        what = f"{quoted(plain)} is a spreadsheet's formula, or what became of one"
        raise Fault(what, "write the name itself")
    if _CONTROL.search(plain):
        what = f"{quoted(plain)} has a control character in it"
        raise Fault(what, "type the name anew")
    if len(plain) > _LONGEST_NAME:
        what = f"{quoted(plain)} has {len(plain)} characters"
        raise Fault(what, f"write at most {_LONGEST_NAME}")
    return plain


def day(text: str) -> date:
    """Read a date as ISO 8601 has it, and only so: 03/04/2026 means two days, depending on who reads it."""
    found = None
    if _DATE.fullmatch(text):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            what = f"{quoted(text)} is not in the calendar"
            raise Fault(what, "write the date as year-month-day, such as 2026-03-31") from None
    if found is None:
        what = f"{quoted(text)} is not a date"
        raise Fault(what, _date_remedy(text))
    if found.year not in _YEARS:
        what = f"{quoted(text)} is not between {_YEARS[0]} and {_YEARS[-1]}"
        raise Fault(what, "leave the cell empty where there is no such date")
    return found


def _date_remedy(text: str) -> str:
    other = _OTHER_DATE.fullmatch(text)
    example = "such as 2026-03-31"
    if other:
        example = f"{other['year']}-{other['b']:0>2}-{other['a']:0>2} or {other['year']}-{other['a']:0>2}-{other['b']:0>2}"
    return f"write it as year-month-day, {example}"


@cache
def country(text: str) -> str:
    """Return the country (ISO 3166), also with a part of it (`DE-BY`), whose public holidays are known."""
    code, dash, part = text.upper().partition("-")
    known = _countries()
    if code not in known:
        what = f"no public holidays are known for {quoted(text)}"
        meant = _by_name().get(text.casefold().replace(" ", "_"))
        remedy = (
            f"write {meant!r}"
            if meant
            else "write the country's ISO 3166 code, such as 'GB', or leave it empty"
        )
        raise Fault(what, remedy)
    if not dash:
        return code
    parts = {known_part.upper(): known_part for known_part in known[code]}
    if part not in parts:
        what = f"{quoted(text)}: {code} has no part {part!r} with holidays of its own"
        choices = [f"{code}-{known_part}" for known_part in known[code]]
        near = did_you_mean(f"{code}-{part}", choices)
        raise Fault(
            what, near or (f"write {code!r} or {one_of(choices[:8])}" if choices else f"write {code!r}")
        )
    return f"{code}-{parts[part]}"


def calendar(text: str, directory: Path, default: CalendarSource) -> CalendarSource:
    """Read where a person's calendar is; the path of `folder:PATH` starts at the config's folder."""
    provider, _, rest = text.partition(":")
    provider = provider.strip().lower()
    if provider not in _PROVIDERS:
        what = f"{quoted(text)} is not a place of a calendar"
        raise Fault(what, "write folder:PATH, google, caldav:URL or ics:URL, or leave it empty")
    if provider not in {"folder", "google"}:
        what = f"the provider {provider!r} is not in this version of onetoone; 'folder' and 'google' are"
        raise Fault(what, "write folder:PATH or google, or leave it empty")
    place = rest.strip()
    if provider == "google":
        if place:
            what = f"{quoted(text)}: at Google it is the person's own calendar, which has no other name"
            raise Fault(what, "write google")
        return CalendarSource("google")
    if not place and default.provider == "folder":
        return default
    if not place or not place.isprintable():
        what = f"{quoted(text)} names no path"
        raise Fault(what, "write folder:PATH, with the person's .ics file or folder of .ics files")
    return CalendarSource("folder", str(absolute(place, directory)))


@cache
def _countries() -> Mapping[str, list[str]]:
    import holidays  # noqa: PLC0415 - it loads every country; rosters without the column need not wait

    return holidays.list_supported_countries()


@cache
def _by_name() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - as above

    names = {module: codes[1] for module, codes in COUNTRIES.items()}
    return names | {code.lower(): codes[1] for codes in COUNTRIES.values() for code in codes[1:]}
