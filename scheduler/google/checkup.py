"""What the doctor looks at where Google is used: the credentials, who may read them, and whether a token can be had."""

from datetime import date

from scheduler.errors import BadConfig, CalendarUnreadable, OnetooneError, Problem
from scheduler.google.credentials import exposed
from scheduler.google.opening import credentials_of, ensure_libraries, open_google
from scheduler.google.tokens import token_path
from scheduler.google.trouble import GoogleError
from scheduler.people import Roster
from scheduler.settings import Settings

_GOOGLE = "google"
_ANSWERED = frozenset({400, 404})  # there is no such document, says an API that is switched on


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


def documents_trouble(settings: Settings, user: str | None) -> tuple[Problem, ...]:
    """Return what keeps Drive or Docs from answering, as this user or whoever is signed in; nothing is read of anybody."""
    from scheduler.google.client import Api  # noqa: PLC0415 - needs the libraries

    google = open_google(settings)
    asked = google and (google.account or user)
    if google is None or not asked:
        return ()
    problems = []
    for name, request in (
        ("Google Drive", google.collection(Api.DRIVE, "files").list(pageSize=1, fields="files(id)")),
        ("Google Docs", google.collection(Api.DOCS, "documents").get(documentId="none", fields="documentId")),
    ):
        try:
            google.send(request, user=asked)
        except GoogleError as error:
            if error.status not in _ANSWERED:
                problems.append(error.problem(name))
    return tuple(problems)


def exposed_files(settings: Settings) -> tuple[Problem, ...]:
    """Return which of the files with secrets in them every user of this machine may read or change."""
    named = settings.google.credentials if settings.google else None
    paths = (*((named,) if named else ()), token_path(settings.job.state))
    return tuple(problem for path in paths if (problem := exposed(path)) is not None)
