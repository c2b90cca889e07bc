"""What live checks stand on: as whom Google is asked, and the scratch things as far as there are any."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from scheduler.documents.gdocs.files import DriveFile
from scheduler.google.client import Api, Google
from scheduler.google.scopes import Scope
from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Untried
from scheduler.live.scratch import scratch_pair
from scheduler.people import Pair, Person

T = TypeVar("T")
_PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0)
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """On whose account it is done and what of Google this config uses.

    `ask` shows lines and waits until the person has done what they say: False where there is nobody to do it.
    `pause` waits some seconds. `guest` is the second address, who is invited. `report` is the one
    report of the person's whose busy times are asked for.
    """

    person: Person
    guest: str | None
    start: datetime
    event_id: str
    calendars: bool
    documents: bool
    meet: bool
    scopes: tuple[Scope, ...]
    ask: Callable[[Iterable[str]], bool]
    pause: Callable[[float], None]
    report: Person | None = None


class Ground:
    """One live check: the way to Google, and what was made so far; every request raises GoogleError."""

    def __init__(self, google: Google, here: Circumstances) -> None:
        """Begin with nothing made."""
        self.google = google
        self.here = here
        self.pair: Pair = scratch_pair(here.person)
        self._stands = False
        self._document: DriveFile | None = None
        self._written = False
        self.made: set[str] = set()

    @property
    def user(self) -> str:
        """The address as which Google is asked."""
        return self.here.person.email

    @property
    def event_id(self) -> str:
        """The id of the scratch series; raises Untried where there is none."""
        self.need_calendars()
        if not self._stands:
            why = "the scratch series could not be made"
            raise Untried(why)
        return self.here.event_id

    @property
    def document(self) -> DriveFile:
        """The scratch document; raises Untried where there is none."""
        self.need_documents()
        if self._document is None:
            why = "the scratch document could not be made, or not be found"
            raise Untried(why)
        return self._document

    @property
    def guest(self) -> str:
        """The second address; raises Untried where none is given."""
        if self.here.guest is None:
            why = "it takes a second person: --with EMAIL"
            raise Untried(why)
        return self.here.guest

    @property
    def speaks_for_guest(self) -> str:
        """The second address where the sign-in speaks for it, too; raises Untried."""
        if self.google.account is not None and self.here.guest is not None:
            why = f"one person's sign-in does not see the calendar of {self.guest}"
            raise Untried(why)
        return self.guest

    def need_calendars(self) -> None:
        """Raise Untried where no calendar is Google's."""
        if not self.here.calendars:
            why = "no calendar of this config is Google's"
            raise Untried(why)

    def need_documents(self) -> None:
        """Raise Untried where documents are not Google's."""
        if not self.here.documents:
            why = "documents are kept in a folder ([documents] provider)"
            raise Untried(why)

    def need_text(self) -> None:
        """Raise Untried where nothing was written into the document, of which something could be said."""
        _ = self.document
        if not self._written:
            why = "nothing could be written into the scratch document"
            raise Untried(why)

    def written(self) -> None:
        """Note that the document has its text."""
        self._written = True

    def standing(self) -> None:
        """Note that the series stands."""
        self._stands = True

    def created(self, document: DriveFile) -> None:
        """Note that a document was made, so that it is removed in the end."""
        self.made |= {document.id, *document.doubles}

    def found(self, document: DriveFile) -> None:
        """Note that the document stands, and is found."""
        self._document = document

    def events(
        self, method: str, *, user: str | None = None, headers: Mapping[str, str] | None = None, **how: object
    ) -> Any:  # noqa: ANN401 - JSON
        """Call a method of Calendar's events on the primary calendar of a user, the person's own unless told."""
        request = getattr(self.google.collection(Api.CALENDAR, "events"), method)(calendarId="primary", **how)
        return self.google.send(request, user=user or self.user, headers=headers)

    def change(self, event_id: str, body: Mapping[str, Any], **how: Any) -> Any:  # noqa: ANN401 - JSON
        """Patch an event so that nobody is told."""
        return self.events("patch", eventId=event_id, body=body, sendUpdates="none", **how)

    def listed(self, method: str, **how: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - of the method
        """Yield the pages of a listing of events."""
        page: str | None = None
        while True:
            answer = self.events(method, pageToken=page, **how)
            yield answer
            page = answer.get("nextPageToken")
            if not page:
                return

    def until(self, look: Callable[[], T | None]) -> tuple[T | None, float]:
        """Look several times until something is seen; return it, or None, and how many seconds were waited."""
        waited = 0.0
        for seconds in _PAUSES:
            if seconds:
                self.here.pause(seconds)
            waited += seconds
            found = look()
            if found is not None:
                return found, waited
        return None, waited


def if_there(ask: Callable[[], T]) -> T | None:
    """Return what is asked for, or None where Google knows no such thing; raise GoogleError for all else."""
    try:
        return ask()
    except GoogleError as error:
        if error.status in _GONE:
            return None
        raise


def after(waited: float) -> str:
    """Say how late something was seen."""
    return f", after {waited:.0f} seconds" if waited else ""
