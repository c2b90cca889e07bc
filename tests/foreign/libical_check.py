"""Ask libical whether calendar files are as RFC 5545 and 5546 want them; Debian's Python, not ours, runs this.

    /usr/bin/python3 libical_check.py FILE ...   ->   {"FILE": ["problem", ...], ...}

Each file is checked as it is, without its METHOD, and, split by UID, as the message that would carry it (REQUEST,
or CANCEL where the event is cancelled). Needs gir1.2-ical-3.0 and python3-gi.
"""

import json
import sys
from pathlib import Path

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - the version has to be said before


def problems_of(text: str) -> list[str]:
    """Return libical's complaints, each with the shape of the file in which it made it."""
    found = _complaints(ICalGLib.Component.new_from_string(text), "as it is")
    if found:
        return found
    found = _complaints(_with_method(text, None), "without METHOD")
    for uid, method in sorted(_messages(text)):
        message = _only(_with_method(text, method), uid, method)
        found += _complaints(message, f"as METHOD:{method}")
    return found


def _complaints(calendar: ICalGLib.Component | None, shape: str) -> list[str]:
    if calendar is None:
        return [f"libical ({shape}): not a calendar"]
    allowed = ICalGLib.restriction_check(calendar)
    found = [f"libical ({shape}): {complaint}" for complaint in dict.fromkeys(_errors(calendar))]
    if not allowed and not found:
        found.append(f"libical ({shape}): restrictions are not met")
    return found


def _errors(component: ICalGLib.Component) -> list[str]:
    """Return every X-LIC-ERROR that parsing or checking has left in the component and those within."""
    kind = ICalGLib.PropertyKind.XLICERROR_PROPERTY
    errors = []
    error = component.get_first_property(kind)
    while error is not None:
        errors.append(error.get_xlicerror())
        error = component.get_next_property(kind)
    for part in _parts(component):
        errors += _errors(part)
    return errors


def _parts(component: ICalGLib.Component) -> list[ICalGLib.Component]:
    parts = []
    part = component.get_first_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    while part is not None:
        parts.append(part)
        part = component.get_next_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    return parts


def _with_method(text: str, method: str | None) -> ICalGLib.Component:
    lines = [line for line in text.split("\r\n") if not line.startswith("METHOD:")]
    if method is not None:
        lines.insert(1, f"METHOD:{method}")
    return ICalGLib.Component.new_from_string("\r\n".join(lines))


def _messages(text: str) -> set[tuple[str, str]]:
    """Return the UID and the method of each message that would carry the file's events; what invites nobody does not travel."""
    events = _events(_with_method(text, None))
    return {(event.get_uid(), _method(event)) for event in events if _has(event, "ATTENDEE_PROPERTY")}


def _events(calendar: ICalGLib.Component) -> list[ICalGLib.Component]:
    return [part for part in _parts(calendar) if part.isa() == ICalGLib.ComponentKind.VEVENT_COMPONENT]


def _method(event: ICalGLib.Component) -> str:
    if not _has(event, "STATUS_PROPERTY"):
        return "REQUEST"
    return "CANCEL" if event.get_status() == ICalGLib.PropertyStatus.CANCELLED else "REQUEST"


def _has(event: ICalGLib.Component, kind: str) -> bool:
    return event.get_first_property(getattr(ICalGLib.PropertyKind, kind)) is not None


def _only(calendar: ICalGLib.Component, uid: str, method: str) -> ICalGLib.Component:
    for event in _events(calendar):
        if (event.get_uid(), _method(event)) != (uid, method):
            calendar.remove_component(event)
    return calendar


if __name__ == "__main__":
    files = {name: problems_of(Path(name).read_bytes().decode()) for name in sys.argv[1:]}
    json.dump(files, sys.stdout)
