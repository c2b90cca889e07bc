"""From the bytes of a file to its components.

Nothing is understood yet but BEGIN and END (RFC 5545, section 3.6), so that one broken event costs
itself alone. A file that is cut short is refused: nobody can say what was in the rest.
"""

from scheduler.calendars.careful_scan import carefully_scanned
from scheduler.calendars.components import Block, CalendarObject, ScannedFile, printable, unreadable
from scheduler.calendars.content import decode
from scheduler.calendars.plain_scan import plainly_scanned

__all__ = ["Block", "CalendarObject", "ScannedFile", "printable", "scan", "unreadable"]


def scan(data: bytes, where: str) -> ScannedFile:
    """Return the file's components; raise CalendarUnreadable where it is none or not all of one.

    `where` names the file in every problem.
    """
    if not data:
        raise unreadable(where, "the file is empty (0 bytes)", "save the calendar there again")
    try:
        source = decode(data)
    except UnicodeDecodeError as error:
        what = f"it says that it is {error.encoding.upper()} but is not, from byte {error.start} on"
        raise unreadable(where, what, "export the calendar again, as UTF-8") from error
    return plainly_scanned(source, where) or carefully_scanned(source, where)
