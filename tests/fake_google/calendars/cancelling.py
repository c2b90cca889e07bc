"""How events end: for everybody, for one guest, or because their series does not meet then any more."""

from tests.fake_google.calendars.guests import responded
from tests.fake_google.calendars.model import Calendar, Copy, Event
from tests.fake_google.calendars.recurrence import meets_at
from tests.fake_google.calendars.store import Store


def cancel(store: Store, event: Event) -> None:
    """Cancel an event, and the exceptions of a series, in every calendar; the organizer alone keeps the details."""
    ended = []
    for calendar, copy in list(store.copies_of(event)):
        if not copy.cancelled:
            copy.bare = not store.organizes(calendar, event)
            ended.append(copy)
        ended += [exception for exception in calendar.exceptions_of(event.id) if not exception.cancelled]
    for copy in ended:
        copy.cancelled = True
    store.touch(ended)


def take_out(store: Store, calendar: Calendar, copy: Copy) -> None:
    """Take an event out of a guest's calendar, by which the guest declines; the others keep it."""
    event = copy.event
    index = store.is_guest(calendar, event)
    touched = [copy]
    if index is not None:
        responded(event, index, {"responseStatus": "declined"})
        touched = [there for _, there in store.copies_of(event)]
    gone = [copy, *(there for there in calendar.exceptions_of(event.id) if not there.cancelled)]
    for there in gone:
        there.cancelled = True
    store.touch(list({id(there): there for there in [*touched, *gone]}.values()))


def drop_stray_exceptions(store: Store, event: Event) -> None:
    """Cancel the exceptions of a changed series that belong to no occurrence of it any more."""
    stray = []
    for calendar, _ in list(store.copies_of(event)):
        for there in calendar.exceptions_of(event.id):
            original = there.event.original
            if original and not there.cancelled and not (event.lines and meets_at(event, original)):
                there.cancelled = there.bare = True
                stray.append(there)
    store.touch(stray)
