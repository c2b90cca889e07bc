"""What Outlook and Exchange write in their own way.

Their X-MICROSOFT properties are described in Microsoft's [MS-OXCICAL], section 2.1.3.1.1.20.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from scheduler.calendars.content import Property, unescaped
from scheduler.meetings import Busy

BUSY_PROPERTIES = ("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS")
# Who works elsewhere can be met all the same.
_BUSY = {
    "FREE": Busy.FREE,
    "TENTATIVE": Busy.TENTATIVE,
    "BUSY": Busy.BUSY,
    "OOF": Busy.OUT_OF_OFFICE,
    "WORKINGELSEWHERE": Busy.FREE,
}
ALL_DAY = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")
# A series that repeats by the Hebrew, the Hijri or another calendar has this in place of an RRULE.
OTHER_RULE = "X-MICROSOFT-RRULE"
# What stands before the title of a meeting that its organizer called off, in the language of the mailbox.
_CALLED_OFF = re.compile(
    r"(?:cancell?ed|abgesagt|annulée?|cancelad[oa]|annullat[oa]|geannuleerd)\s*:", re.IGNORECASE
)
_NUMBERED = re.compile(r"(.+ Time) \d+", re.IGNORECASE)
_SHOWN = re.compile(r"\((?:UTC|GMT)(?:([+-])(\d\d)[:.](\d\d))?\)\s*(.*)", re.IGNORECASE)
_REGION = re.compile(r"(.+ time) \(.+\)", re.IGNORECASE)
_REGIONS = {
    "atlantic time": "Atlantic Standard Time",
    "eastern time": "Eastern Standard Time",
    "central time": "Central Standard Time",
    "mountain time": "Mountain Standard Time",
    "pacific time": "Pacific Standard Time",
}


def busy(values: Mapping[str, str]) -> Busy | None:
    """Return what Outlook says of the owner's time, or None.

    BUSYSTATUS is the owner's own word; INTENDEDSTATUS, what the organizer meant for those who accept,
    speaks only where the first is silent.
    """
    for name in BUSY_PROPERTIES:
        found = _BUSY.get(values.get(name, "").strip().upper())
        if found is not None:
            return found
    return None


def with_whole_tzid(line: Property) -> Property:
    """Mend a date whose TZID holds a colon that is not quoted, as in `TZID=(UTC+01:00) Berlin:2026…`.

    A date holds no colon itself, so that everything before the last one belongs to the TZID.
    """
    head, colon, date = line.value.rpartition(":")
    if not colon or "TZID" not in line.parameters:
        return line
    return Property(line.name, {**line.parameters, "TZID": f"{line.parameters['TZID']}:{head}"}, date)


def is_called_off(title: str, busy_status: str) -> bool:
    """Say whether the organizer called the meeting off: Outlook keeps STATUS, shows the time as free and says so in the title.

    Who still has that time blocked may hold the meeting all the same. The title is looked at here and kept nowhere.
    """
    return busy_status.strip().upper() == "FREE" and _CALLED_OFF.match(unescaped(title).strip()) is not None


def days_of(start: datetime, end: datetime, owner: tzinfo) -> tuple[date, date] | None:
    """Return the days from midnight to midnight, end exclusive; None where one of the two is no midnight.

    Each counts in its own zone; in UTC it is midnight of the owner's (section 2.1.3.1.1.20.28).
    """
    first, last = (each.astimezone(owner) if each.tzinfo is UTC else each for each in (start, end))
    if first.time() != time() or last.time() != time() or last.date() < first.date():
        return None
    return first.date(), max(last.date(), first.date() + timedelta(days=1))


def zone_name(tzid: str) -> str:
    """Return the name that is meant by one of Exchange's own: numbered where it met two of one name, or a path of its own."""
    numbered = _NUMBERED.fullmatch(tzid)
    if numbered is not None:
        return numbered[1]
    if tzid.casefold() == "tzone://microsoft/utc":
        return "UTC"
    shown = _SHOWN.fullmatch(tzid)
    region = _REGION.fullmatch(shown[4] if shown is not None else tzid)
    if region is not None and region[1].casefold() in _REGIONS:
        return _REGIONS[region[1].casefold()]
    return "UTC" if shown is not None and shown[4].casefold() == "coordinated universal time" else tzid


def shown_places(tzid: str) -> tuple[timedelta, tuple[str, ...]] | None:
    """Return the offset without daylight saving, and the places, of a zone named as Windows shows it, or None.

    As in `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`, also with its commas escaped.
    """
    found = _SHOWN.fullmatch(tzid)
    if found is None:
        return None
    offset = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    places = tuple(place.strip(" \\") for place in found[4].split(","))
    return (-offset if found[1] == "-" else offset), places
