"""Reading everybody whom the Google Directory lists, with its `users.list` and no more of them than is used.

https://developers.google.com/workspace/admin/directory/reference/rest/v1/users/list
"""

from typing import TYPE_CHECKING, Any

from scheduler.errors import BadConfig, Problem
from scheduler.google.opening import open_directory
from scheduler.google.trouble import GoogleError
from scheduler.settings import Settings

if TYPE_CHECKING:  # it needs the libraries, which a base install lacks
    from scheduler.google.client import Google

_FIELDS = (
    "primaryEmail",
    "name/fullName",
    "aliases",
    "nonEditableAliases",
    "relations",
    "suspended",
    "archived",
)
_OF_COLUMNS = {"department": "organizations", "org_unit": "orgUnitPath", "title": "organizations"}
_WHERE = "Google Directory"
_PAGE = 500
_FORBIDDEN = 403


def directory_users(settings: Settings, also: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """Return every user of the organisation, or none at all; the libraries for Google are loaded here.

    `also` are columns that are asked for beside those of the rules for how often.
    Raises BadConfig where the Directory can't be reached as the settings say, or any part of it can't be read.
    """
    try:
        way = open_directory(settings)
    except GoogleError as error:
        raise BadConfig(_unread(error)) from None
    return read_users(way.google, way.user, settings.cadence.columns | also)


def read_users(google: "Google", subject: str, columns: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """Return every user of all the organisation's domains, as `subject` may see them.

    `columns` are those that rules for how often look at: what stands for them in the Directory is asked for too.

    Users are as the API answers them, by email, suspended and archived ones too; somebody may stand on two
    pages if the Directory changes meanwhile. Raises BadConfig where any page can't be had.
    """
    try:
        return _all_pages(google, subject, _fields(columns))
    except GoogleError as error:
        may_not = error.status == _FORBIDDEN and not (error.passing or error.spent)
        raise BadConfig(
            _unread(error, f"; {subject} must be an administrator who may read users" if may_not else "")
        ) from None


def _fields(columns: frozenset[str]) -> str:
    """Return what is asked of each user (`fields` of users.list): no more than is used."""
    more = sorted({field for column, field in _OF_COLUMNS.items() if column in columns})
    return f"nextPageToken,users({','.join((*_FIELDS, *more))})"


def _all_pages(google: "Google", subject: str, fields: str) -> list[dict[str, Any]]:
    """Follow `nextPageToken` to its end: a page may be short, or empty, and not be the last."""
    from scheduler.google.client import Api  # noqa: PLC0415 - needs the libraries

    found: list[dict[str, Any]] = []
    asked: set[str | None] = set()
    token: str | None = None
    while token not in asked:
        asked.add(token)
        request = google.collection(Api.DIRECTORY, "users").list(
            customer="my_customer",
            fields=fields,
            maxResults=_PAGE,
            orderBy="email",
            pageToken=token,
            projection="basic",
        )
        page = google.send(request, user=subject)
        found += page.get("users", [])
        token = page.get("nextPageToken")
        if not token:
            return found
    raise GoogleError(200, "the same page again and again")


def _unread(error: GoogleError, further: str = "") -> Problem:
    said = error.problem(_WHERE)
    return Problem(_WHERE, f"who works here can't be read: {said.what}", said.remedy + further)
