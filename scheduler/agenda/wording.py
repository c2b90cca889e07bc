"""How an agenda says things: dates, ages, names, and lines that cannot break the document."""

import re
import unicodedata
from datetime import date, datetime
from hashlib import sha256

from scheduler.people import Pair
from scheduler.words import city, counted, day_month

_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"[^\w]+")
_BLOCK_START = re.compile(r"(?=[#>|<=]|[-+*](?:\s|$)|[-*_=]{2,}\s*$|```|~~~)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_NAME_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_OVERRIDES = dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
_DAYS_A_WEEK = 7
_WEEKS_SAID = 13
_DAYS_A_MONTH = 30.44
_TWICE = 2


def fingerprint(text: str, length: int = 8) -> str:
    """Return the identity of a text: hex digits that ignore case, spacing, punctuation and markup."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _MARKUP.sub(" ", folded).replace("_", " ")
    return sha256((" ".join(words.split()) or folded.strip()).encode()).hexdigest()[:length]


def one_line(text: str) -> str:
    """Return the text on one line, without control characters that could reorder or hide it."""
    kept = "".join(c if unicodedata.category(c) != "Cc" else " " for c in text.translate(_OVERRIDES))
    return _SPACE.sub(" ", kept).strip()


def safe_line(text: str) -> str:
    """Return inline Markdown that stays one paragraph wherever a list item or a line holds it.

    What would begin a heading, list, quote, fence, table, rule or comment gets a backslash. A safe
    line comes out as it went in.
    """
    line = one_line(text).replace("<!--", r"<\!--")
    line = _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
    return f"\\{line}" if _BLOCK_START.match(line) else line


def safe_name(name: str) -> str:
    """Return a name that Markdown shows letter by letter, whatever is in it."""
    return _NAME_MARKUP.sub(r"\\\1", one_line(name))


def short_date(day: date, beside: date) -> str:
    """Write `3 Nov`, with the year where it is not the one of the date that it stands beside."""
    return day_month(day) + ("" if day.year == beside.year else f" {day.year}")


def age(since: date, on: date) -> str:
    """Say how long ago a date is, in the largest unit that fits; empty for the same day."""
    days = (on - since).days
    if days <= 0:
        return ""
    if days < _DAYS_A_WEEK:
        return counted(days, "day")
    weeks = days // _DAYS_A_WEEK
    return counted(weeks, "week") if weeks < _WEEKS_SAID else counted(int(days / _DAYS_A_MONTH), "month")


def times(count: int) -> str:
    """Write `once`, `twice`, `3 times`."""
    return "once" if count == 1 else "twice" if count == _TWICE else f"{count} times"


def meeting_title(pair: Pair, start: datetime) -> str:
    """Write the meeting's date and time by the manager's clock, and by the report's where it differs."""
    here, there = start.astimezone(pair.manager.tz), start.astimezone(pair.report.tz)
    title = f"{here:%A} {here.day} {here:%B} {here.year}, {here:%H:%M}"
    if here.utcoffset() == there.utcoffset():
        return title
    day = "" if here.date() == there.date() else f"{there:%A} "
    return f"{title} {city(pair.manager.tz)}, {day}{there:%H:%M} {city(pair.report.tz)}"
