"""A fake Google with a few people, and the client library's way to it."""

from collections.abc import Collection
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError

from scheduler.google.client import Api, Google
from scheduler.google.scopes import Scope
from scheduler.google.trouble import SignInFailed
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle

ANN, BO, CY = "ann@example.com", "bo@example.com", "cy@example.com"
OUTSIDE = "di@elsewhere.example"
ALL = tuple(Scope)


class Consented:
    """Everybody consented to the same scopes; each has credentials of their own."""

    def __init__(self, fake: FakeGoogle, scopes: Collection[str]) -> None:
        """Take the scopes."""
        self._fake = fake
        self._scopes = scopes
        self._credentials: dict[str, Credentials] = {}

    @property
    def account(self) -> str | None:
        """Speak for everybody."""
        return None

    def credentials_for(self, user: str) -> Credentials:
        """Return the credentials of a user."""
        if user not in self._credentials:
            self._credentials[user] = self._fake.authorized_user(user, self._scopes)
        return self._credentials[user]

    def explained(self, error: RefreshError, user: str) -> SignInFailed:
        """Give the token endpoint's words as they are."""
        return SignInFailed(f"{user}: {error}", "")


class Client:
    """One way to a fake's APIs that never waits between attempts."""

    def __init__(self, fake: FakeGoogle, scopes: Collection[str] = ALL) -> None:
        """Sign everybody in."""
        self.google = Google(Consented(fake, scopes), fake.root, sleep=lambda _: None)

    def close(self) -> None:
        """Close this thread's connection."""
        http = getattr(self.google._own, "http", None)  # noqa: SLF001 - the client keeps it till its thread ends
        if http is not None:
            http.close()

    def events(self, method: str, user: str = ANN, *, etag: str | None = None, **parameters: Any) -> Any:  # noqa: ANN401 - JSON
        """Call a method of Calendar's events; the calendar is the user's own unless another is named."""
        parameters = {"calendarId": "primary", **parameters}
        request = getattr(self.google.collection(Api.CALENDAR, "events"), method)(**parameters)
        return self.google.send(request, user=user, headers={"If-Match": etag} if etag else {})

    def listed(self, user: str = ANN, **parameters: Any) -> list[Json]:  # noqa: ANN401 - of events.list
        """Return all events of a listing, page by page."""
        found: list[Json] = []
        page: Json = {"nextPageToken": None}
        while "nextPageToken" in page:
            token = page["nextPageToken"]
            page = self.events("list", user, **parameters, **({"pageToken": token} if token else {}))
            found += page["items"]
        return found

    def synced(self, user: str = ANN, **parameters: Any) -> tuple[list[Json], str]:  # noqa: ANN401 - of events.list
        """Return the one page of a listing, and its sync token."""
        page = self.events("list", user, **parameters)
        return page["items"], page["nextSyncToken"]

    def busy(self, *calendars: str, user: str = ANN, **body: Any) -> Json:  # noqa: ANN401 - of the query
        """Ask when calendars are busy, in the week of 23 November 2026 unless told otherwise."""
        week: Json = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-11-30T00:00:00Z"}
        query = week | {"items": [{"id": calendar} for calendar in calendars], **body}
        request = self.google.collection(Api.CALENDAR, "freebusy").query(body=query)
        found: Json = self.google.send(request, user=user)["calendars"]
        return found

    def users(self, method: str = "list", **parameters: Any) -> Json:  # noqa: ANN401 - of users.list
        """Call a method of the directory's users."""
        request = getattr(self.google.collection(Api.DIRECTORY, "users"), method)(**parameters)
        found: Json = self.google.send(request, user=ANN)
        return found


def people(fake: FakeGoogle) -> FakeGoogle:
    """Add Ann, who manages Bo and Cy; Di is not of this company."""
    fake.add_account(ANN, "Europe/London", "Ann Archer", aliases=("ann.archer@example.com",))
    fake.add_account(BO, "Europe/Berlin", "Bo Berg", manager=ANN)
    fake.add_account(CY, "America/New_York", "Cy Cole", manager=ANN)
    return fake


def timed(day: str, start: str = "10:00", end: str = "10:30", zone: str = "Europe/London") -> Json:
    """Return the start and the end of an event on a day, with the zone."""
    return {
        "start": {"dateTime": f"{day}T{start}:00", "timeZone": zone},
        "end": {"dateTime": f"{day}T{end}:00", "timeZone": zone},
    }


def weekly(day: str = "2026-11-23", **more: Any) -> Json:  # noqa: ANN401 - an event's JSON
    """Return a weekly series of half an hour from a day on."""
    return {**timed(day), "recurrence": ["RRULE:FREQ=WEEKLY"], **more}


def invited(*addresses: str) -> list[Json]:
    """Return attendees who have not answered."""
    return [{"email": address} for address in addresses]
