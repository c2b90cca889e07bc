"""What the doctor looks at where Google is used: the credentials, who may read them, and whether a token can be had."""

from datetime import date

from scheduler.errors import BadConfig, CalendarUnreadable, OnetooneError, Problem
from scheduler.google.credentials import exposed
from scheduler.google.opening import credentials_of, ensure_libraries
from scheduler.google.tokens import token_path
from scheduler.people import Roster
from scheduler.settings import Settings

_GOOGLE = "google"


def uses_google(settings: Settings, roster: Roster) -> bool:
    """Say whether calendars, documents or people are kept at Google: by default, or on one row of the roster."""
    return _GOOGLE in {
        settings.calendars.provider,
        settings.documents_provider,
        settings.roster.source,
        *(person.calendar.provider for person in roster.people.values()),
    }


def first_manager(roster: Roster, today: date) -> str | None:
    """Return the address of the first manager on the roster, of one whose calendar is Google's if there is any."""
    managers = [pair.manager for pair in roster.pairs(today)]
    at_google = [person for person in managers if person.calendar.provider == _GOOGLE]
    return next((person.email for person in (*at_google, *managers)), None)


def sign_in_trouble(settings: Settings, user: str | None) -> OnetooneError | None:
    """Return what keeps a token with the scopes that are needed from being had, for this user where one is named.

    BadConfig where something is to be mended, CalendarUnreadable where it may be fine a little later.
    """
    try:
        credentials_of(settings)
        ensure_libraries()
    except BadConfig as error:
        return error
    from scheduler.google.standing import standing  # noqa: PLC0415 - needs the libraries

    try:
        found = standing(settings, user)
    except BadConfig as error:
        return error
    if not found.problems:
        return None
    return (CalendarUnreadable if found.passing else BadConfig)(*found.problems)


def exposed_files(settings: Settings) -> tuple[Problem, ...]:
    """Return which of the files with secrets in them every user of this machine may read or change."""
    named = settings.google.credentials if settings.google else None
    paths = (*((named,) if named else ()), token_path(settings.job.state))
    return tuple(problem for path in paths if (problem := exposed(path)) is not None)
