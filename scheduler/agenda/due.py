"""Due dates as people write them: `by 2026-12-01`, `due 1 Dec`, `(Friday)`, `until Dec 1st`.

What could be read two ways (1/12, next week) is no date: the words stay where they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?:{_DAY_NAMES.replace('weekday', 'named')},?\s+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?"
    r"|(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4})?)"
    rf"|(?:this\s+|next\s+|on\s+)?{_DAY_NAMES}|(?P<near>today|tomorrow))"
)
_WORD = r"(?:due(?:\s+date)?|by|until|till|before|no later than|deadline)"
_SAID = re.compile(rf"(?:\b{_WORD}\s*:?\s*(?:on\s+|the\s+)?|📅\s*){_DATE}(?!\w|[-/]\d)", re.IGNORECASE)
_BRACKETED = re.compile(rf"[(\[]\s*(?:{_WORD}\s*:?\s*)?{_DATE}\s*[)\]]", re.IGNORECASE)
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Due:
    """A date by which something is due; `relative` where it was a weekday, today or tomorrow."""

    day: date
    relative: bool = False


def take_due(text: str, on: date) -> tuple[str, Due | None]:
    """Return the text and the date that it says it is due, as seen on the day that it was written.

    The words that say it are taken out where they stand in brackets or at the end; elsewhere the
    sentence needs them.
    """
    first: Due | None = None
    while True:
        text, due, taken = _take_one(text, on)
        if not taken:  # a date that stays in the sentence is read again next time, so it counts
            return text, due if due and not due.relative else first or due
        if due is not None and (first is None or (first.relative and not due.relative)):
            first = due


def _take_one(text: str, on: date) -> tuple[str, Due | None, bool]:
    for pattern in (_BRACKETED, _SAID):
        found = pattern.search(text)
        due = _resolve(found, on) if found else None
        if found is None or due is None:
            continue
        before, after = text[: found.start()], text[found.end() :]
        if pattern is _BRACKETED or not after.strip(" .;!*_)"):
            joint = " " if after[:1].isalnum() else ""
            return (before.rstrip(" ,;\u2013\u2014(") + joint + after).strip(), due, True
        return text, due, False
    return text, None, False


def noted_day(text: str, on: date) -> date | None:
    """Read a date of our own note: without a year, it lies in the year of the section that it stands in."""
    found = re.fullmatch(_DATE, text.strip(), re.IGNORECASE)
    due = _resolve(found, on) if found else None
    if due is None or found is None or found["year"]:
        return due.day if due else None
    return due.day.replace(year=on.year)


def _resolve(found: re.Match[str], on: date) -> Due | None:
    try:
        if found["iso"]:
            return Due(date.fromisoformat(found["iso"]))
        if found["near"]:
            return Due(on + timedelta(days=found["near"].lower() == "tomorrow"), relative=True)
        if found["weekday"]:
            ahead = (_WEEKDAYS.index(found["weekday"][:3].lower()) - on.weekday() - 1) % 7 + 1
            return Due(on + timedelta(days=ahead), relative=True)
        day = int(found["day"] or found["day2"] or found["day3"])
        year = found["year"] or found["year2"] or found["year3"]
        month = _month(found["month"] or found["month2"], found["month3"])
        return Due(date(int(year), month, day) if year else _nearest(lambda y: date(y, month, day), on))
    except ValueError:
        return None  # the 31st of a month that has 30


def _month(name: str | None, number: str | None) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name else int(number or 0)


def _nearest(in_year: Callable[[int], date], on: date) -> date:
    """Return the date without a year that lies within half a year of the day it was written on."""
    day = in_year(on.year)
    if day - on > _HALF_A_YEAR:
        return in_year(on.year - 1)
    return in_year(on.year + 1) if on - day > _HALF_A_YEAR else day
