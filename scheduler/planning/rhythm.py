"""How often a recurrence rule repeats, as a cadence."""

from datetime import date

from scheduler.every import Cadence, Unit

_PLAIN = frozenset({"FREQ", "INTERVAL", "UNTIL", "WKST"})
_MONTHS_OF_A_QUARTER = 3
_ANY_DAY = date(2026, 1, 1)


def cadence_of(rrule: str) -> Cadence | None:
    """Return the cadence of a rule (RFC 5545, 3.3.10) that has one date in every so many weeks or months.

    Three months are a quarter. None for every other rule: twice a week, five times in all, by the day.
    """
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    days = {name: value for name, value in parts.items() if name not in _PLAIN}
    interval = parts.get("INTERVAL", "1")
    if not interval.isdecimal() or int(interval) < 1 or any("," in value for value in days.values()):
        return None
    count = int(interval)
    if parts.get("FREQ") == "WEEKLY" and days.keys() <= {"BYDAY"}:
        return Cadence(count, Unit.WEEK)
    if parts.get("FREQ") == "MONTHLY" and _once_a_month(days):
        quarters, rest = divmod(count, _MONTHS_OF_A_QUARTER)
        return Cadence(count, Unit.MONTH) if rest else Cadence(quarters, Unit.QUARTER)
    return None


def keeps(rrule: str, cadence: Cadence) -> bool:
    """Say whether a rule repeats as often as a cadence asks; three months and a quarter are the same."""
    return cadence_of(rrule) == cadence_of(cadence.rrule(_ANY_DAY))


def _once_a_month(days: dict[str, str]) -> bool:
    if days.keys() == {"BYDAY"}:
        return not days["BYDAY"].isalpha()  # a bare TU is every Tuesday of the month
    return days.keys() in ({"BYMONTHDAY"}, {"BYDAY", "BYSETPOS"}) or not days
