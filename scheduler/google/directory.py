"""Reading everybody whom the Google Directory lists, with its `users.list` and no more of them than is used.

https://developers.google.com/workspace/admin/directory/reference/rest/v1/users/list
"""

from typing import Any

from scheduler.errors import BadConfig, Problem
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError, SignInFailed

_FIELDS = (
    "nextPageToken,users(primaryEmail,name/fullName,aliases,nonEditableAliases,relations,suspended,archived)"
)
_WHERE = "Google Directory"
_PAGE = 500
_FORBIDDEN = 403


def read_users(google: Google, subject: str) -> list[dict[str, Any]]:
    """Return every user of all domains of the organisation, as `subject` may see them, or none at all.

    Users are as the API answers them, by email, suspended and archived ones too; somebody may stand on two
    pages if the Directory changes meanwhile. Raises BadConfig where any page can't be had.
    """
    try:
        return _all_pages(google, subject)
    except GoogleError as error:
        raise BadConfig(_problem(error, subject)) from None


def _all_pages(google: Google, subject: str) -> list[dict[str, Any]]:
    """Follow `nextPageToken` to its end: a page may be short, or empty, and not be the last."""
    found: list[dict[str, Any]] = []
    asked: set[str] = set()
    token: str | None = None
    while True:
        request = google.collection(Api.DIRECTORY, "users").list(
            customer="my_customer",
            fields=_FIELDS,
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
        if token in asked:
            raise GoogleError(200, "the same page again and again")
        asked.add(token)


def _problem(error: GoogleError, subject: str) -> Problem:
    said = error.problem(_WHERE)
    if error.status == _FORBIDDEN and not (isinstance(error, SignInFailed) or error.passing or error.spent):
        remedy = f"{said.remedy}: {subject} must be an administrator with the right to read users"
        return Problem(_WHERE, f"who works here can't be read: {said.what}", remedy)
    return Problem(_WHERE, f"who works here can't be read: {said.what}", said.remedy)
