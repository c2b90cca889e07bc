"""What Outlook and Exchange write in their own way.

Their X-MICROSOFT properties are described in Microsoft's [MS-OXCICAL], section 2.1.3.1.1.20.
"""

from collections.abc import Mapping

from scheduler.calendars.content import Property
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
