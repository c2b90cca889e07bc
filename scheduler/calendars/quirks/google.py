"""What Google Calendar writes in its own way.

Its .ics exports carry no event type: an out-of-office event looks like any other that blocks time.
What is left of it is the title that Google fills in, in the language of the account.
"""

import re

from scheduler.calendars.content import unescaped

ROOM_DOMAIN = "@resource.calendar.google.com"

# The titles that the dialog for an out-of-office event offers, as it is shown in each language. A
# title that somebody changed is not known as one; the event then counts as busy, which costs nothing
# but the leave. They are matched whole: a meeting called 'Out of office party' is a meeting.
OUT_OF_OFFICE_TITLES = frozenset(
    title.casefold()
    for title in (
        "Out of office",  # English
        "OOO",
        "Abwesend",  # German
        "Abwesenheit",
        "Außer Haus",
        "Absent",  # French
        "Absent du bureau",
        "Absence du bureau",
        "Fuera de la oficina",  # Spanish
        "Fora do escritório",  # Portuguese
        "Fuori sede",  # Italian
        "Fuori ufficio",
        "Niet aanwezig",  # Dutch
        "Afwezig",
        "Poza biurem",  # Polish
        "Frånvarande",  # Swedish
        "Ikke på kontoret",  # Danish, Norwegian
        "不在",  # Japanese
        "부재중",  # Korean
        "不在办公室",  # Chinese
    )
)


_DATE_IN_UTC = re.compile(r"\d{8}Z")


def without_zulu(value: str) -> str:
    """Mend a date that says it is in UTC, `20131210Z`, as the calendar of birthdays has it: a date has no zone."""
    return value[:-1] if _DATE_IN_UTC.fullmatch(value) else value


def is_out_of_office(title: str, *, others_invited: bool) -> bool:
    """Say whether a busy event is an out-of-office one by the title that Google gave it.

    Nobody else is ever invited to one. The title is looked at here and kept nowhere.
    """
    return not others_invited and unescaped(title).strip().casefold() in OUT_OF_OFFICE_TITLES


def is_room(address: str) -> bool:
    """Say whether an address is that of a room or another resource."""
    return address.endswith(ROOM_DOMAIN)
