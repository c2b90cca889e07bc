"""Who is invited, and who invites: ORGANIZER and ATTENDEE (RFC 5545, section 3.8.4)."""

import re
from collections.abc import Iterable

from scheduler.calendars.content import Property
from scheduler.calendars.quirks import apple, google
from scheduler.meetings import Answer, Attendee

_ANSWERS = {
    "ACCEPTED": Answer.ACCEPTED,
    "TENTATIVE": Answer.TENTATIVE,
    "DECLINED": Answer.DECLINED,
    "DELEGATED": Answer.DELEGATED,
}
_ROOMS = frozenset({"ROOM", "RESOURCE"})
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+")


def address_of(line: Property) -> str | None:
    """Return the address that a calendar user has, in lower case, or None where the line tells none.

    `mailto:` may be in any case, or missing; quotes, brackets and blanks around it are no part of it.
    """
    value = _MAILTO.split(line.value)[-1].strip(" \t<>\"'")
    for text in (value, apple.address(line), line.parameters.get("CN", "")):
        found = _ADDRESS.fullmatch(text.strip(" \t<>\"'"))
        if found is not None:
            return found[0].lower()
    return None


def attendees_of(lines: Iterable[Property]) -> tuple[tuple[Attendee, ...], bool]:
    """Return the attendees, each once, and whether there is one more whose address is not told.

    Listed twice, the answer given counts and not the one still open. Rooms without an address are nobody.
    """
    found: dict[str, Attendee] = {}
    incomplete = False
    for line in lines:
        address = address_of(line)
        room = line.parameters.get("CUTYPE", "").upper() in _ROOMS
        if address is None:
            incomplete = incomplete or not room
            continue
        answer = _ANSWERS.get(line.parameters.get("PARTSTAT", "").upper(), Answer.NEEDS_ACTION)
        before = found.get(address)
        if before is not None and answer is Answer.NEEDS_ACTION:
            answer = before.answer
        found[address] = Attendee(address, answer, room or google.is_room(address))
    return tuple(found.values()), incomplete
