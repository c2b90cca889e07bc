"""How often two people meet: `2 weeks`, `1 month`, `1 quarter`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_EVERY = re.compile(r"(?P<count>\d{1,3})\s+(?P<unit>week|month|quarter)s?", re.IGNORECASE)
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS_OF_MONTH = 365.2425 / 12
_LAST_REGULAR_WEEK = 4


class Unit(StrEnum):
    """What a cadence counts in."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A count of weeks, months or quarters between two meetings; count is at least 1."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Cadence":
        """Read `1 week` … `1 quarter`; raise ValueError in words that say what to write instead."""
        found = _EVERY.fullmatch(text.strip())
        if found is None or int(found["count"]) == 0:
            msg = f"{text!r} is not a cadence; write '1 week', '2 weeks', '1 month' or '1 quarter'"
            raise ValueError(msg)
        return cls(int(found["count"]), Unit(found["unit"].lower()))

    def __str__(self) -> str:
        """Write the cadence as `parse` reads it."""
        return f"{self.count} {self.unit}" + ("" if self.count == 1 else "s")

    @property
    def days(self) -> float:
        """Return its length in days; months by their mean length in the Gregorian calendar."""
        if self.unit is Unit.WEEK:
            return 7.0 * self.count
        return self.count * _DAYS_OF_MONTH * (3 if self.unit is Unit.QUARTER else 1)

    def limit(self, tolerance: float) -> timedelta:
        """Return the longest interval that is still on cadence: cadence times (1 + tolerance)."""
        return timedelta(days=self.days * (1 + tolerance))

    def rrule(self, first: date) -> str:
        """Return the RFC 5545 rule for a series whose first occurrence is on this date.

        Weeks keep the weekday. Months and quarters keep the weekday and its place in the month
        (`2TU`); a fifth one becomes the last (`-1TU`), so that no month is left out.
        """
        day = _BYDAY[first.weekday()]
        if self.unit is Unit.WEEK:
            return f"FREQ=WEEKLY;INTERVAL={self.count};BYDAY={day}"
        months = self.count * (3 if self.unit is Unit.QUARTER else 1)
        place = (first.day - 1) // 7 + 1
        nth = place if place <= _LAST_REGULAR_WEEK else -1
        return f"FREQ=MONTHLY;INTERVAL={months};BYDAY={nth}{day}"
