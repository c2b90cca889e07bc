"""Whose sign-in it is, as far as the scopes let that be known that the job has anyway."""

from collections.abc import Collection

from scheduler.google.client import Api, Google
from scheduler.google.scopes import Scope
from scheduler.google.trouble import GoogleError

_FIELDS = "summary,items(creator(email,self),organizer(email,self))"


def signed_in_as(google: Google, scopes: Collection[str]) -> str | None:
    """Return the address of whoever is signed in, in lower case; None where it can't be known.

    `drive.file` lets Drive's about.get tell it. With a scope for events alone, the person's own events say by whom
    they were made (`self`), and a primary calendar is called by its owner's address unless they renamed it. Raises
    GoogleError where neither can be asked.
    """
    if Scope.FILES in scopes:
        try:
            request = google.collection(Api.DRIVE, "about").get(fields="user(emailAddress)")
            return str(google.send(request, user="")["user"]["emailAddress"]).lower()
        except (GoogleError, KeyError):
            pass  # Drive may be switched off; the calendar is asked
    request = google.collection(Api.CALENDAR, "events").list(
        calendarId="primary", maxResults=50, fields=_FIELDS
    )
    answer = google.send(request, user="")
    parts = [event.get(part, {}) for event in answer.get("items", []) for part in ("organizer", "creator")]
    own = [part["email"] for part in parts if part.get("self") and "@" in part.get("email", "")]
    named = [answer["summary"]] if "@" in answer.get("summary", "") else []
    return next((str(address).lower() for address in (*own, *named)), None)


def owns(google: Google, account: str) -> bool:
    """Say whether whoever is signed in is the owner of this account's calendar; raises GoogleError."""
    request = google.collection(Api.CALENDAR, "events").list(
        calendarId=account, maxResults=1, fields="accessRole"
    )
    try:
        return bool(google.send(request, user="").get("accessRole") == "owner")
    except GoogleError as error:
        if error.status in {403, 404} and not error.passing:
            return False
        raise
