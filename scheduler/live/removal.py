"""Removing scratch things: by their ids as far as they are known, and by their marks.

What is removed is gone for good, past the bin; Google alone remembers a deleted event as cancelled. Nobody is told.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from scheduler.errors import Problem
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError
from scheduler.live.ground import if_there
from scheduler.live.scratch import DOCUMENT_TITLE, MARK, TITLE
from scheduler.planning.identity import document_key

KEY = "onetoone"  # of documents; files.py of the documents' room writes it
_BY_HAND = "the next onetoone doctor --live removes it, or delete it by hand"


@dataclass(frozen=True, slots=True)
class Place:
    """Where scratch things may stand: a user's own calendar, and their Drive, as far as the config has them at Google."""

    google: Google
    user: str
    calendars: bool
    documents: bool

    def cleared(self, *events: str) -> tuple[int, tuple[Problem, ...]]:
        """Remove all scratch things, those too that bear the mark alone; return how many there were, and what is left.

        `events` are ids that are known. Raises GoogleError where it can't be seen what there is.
        """
        found = {event: self._named(event) for event in events} if self.calendars else {}
        if self.calendars:
            found |= self._marked()
        return self._removed(found, list(self._files()) if self.documents else [])

    def tidied(self, event: str, documents: Collection[str]) -> tuple[Problem, ...]:
        """Remove what was just made, whatever else is wrong; return what is left and why.

        A document may have been made twice, so that those are looked for that nobody knows of.
        """
        files = dict.fromkeys(documents)
        problems: tuple[Problem, ...] = ()
        if self.documents:
            try:
                files |= dict.fromkeys(self._files())
            except GoogleError as error:
                what = f"a document '{DOCUMENT_TITLE}' may be left ({_said(error)})"
                problems = (Problem(f"the Drive of {self.user}", what, _BY_HAND),)
        events = {event: self._named(event)} if self.calendars else {}
        return (*self._removed(events, files)[1], *problems)

    def _removed(self, events: Mapping[str, str], files: Iterable[str]) -> tuple[int, tuple[Problem, ...]]:
        steps = [(where, partial(self._delete_event, event)) for event, where in events.items()]
        steps += [
            (f"https://docs.google.com/document/d/{file}", partial(self._delete_file, file)) for file in files
        ]
        done = [_try(where, step) for where, step in steps]
        return sum(one is True for one in done), tuple(one for one in done if isinstance(one, Problem))

    def _delete_event(self, event: str) -> bool:
        events = self.google.collection(Api.CALENDAR, "events")
        return self._gone(events.delete(calendarId="primary", eventId=event, sendUpdates="none"))

    def _delete_file(self, file: str) -> bool:
        """Delete a document that bears the mark; one that does not is somebody's, whatever led here."""
        files = self.google.collection(Api.DRIVE, "files")
        request = files.get(fileId=file, fields="appProperties")
        found = if_there(lambda: self.google.send(request, user=self.user))
        return found is not None and self._bears_mark(found) and self._gone(files.delete(fileId=file))

    def _bears_mark(self, file: Mapping[str, Any]) -> bool:
        return bool((file.get("appProperties") or {}).get(KEY) == document_key(self.user, self.user))

    def _gone(self, request: Any) -> bool:  # noqa: ANN401 - the library makes these at run time
        """Send a deletion; return whether there was something to delete."""
        return if_there(lambda: (self.google.send(request, user=self.user), True)) is not None

    def _marked(self) -> dict[str, str]:
        """Return the events that bear the mark of a scratch series, with where people find them."""
        (key, value), *_ = MARK.items()
        events = self.google.collection(Api.CALENDAR, "events")
        request = events.list(
            calendarId="primary",
            privateExtendedProperty=f"{key}={value}",
            maxResults=2500,
            fields="nextPageToken,items(id,htmlLink,recurringEventId,extendedProperties/private)",
        )
        found: dict[str, str] = {}
        for item in self._listed(events, request, "items"):
            private = item.get("extendedProperties", {}).get("private", {})
            # What Google found is looked at again; a date of a series goes with the series.
            if private.get(key) == value and "recurringEventId" not in item:
                found[item["id"]] = str(item.get("htmlLink") or self._named(item["id"]))
        return found

    def _files(self) -> Iterator[str]:
        """Yield the documents that bear the mark of a scratch document, from the bin, too."""
        files = self.google.collection(Api.DRIVE, "files")
        key = document_key(self.user, self.user)
        wanted = f"appProperties has {{ key='{KEY}' and value='{key}' }}"
        request = files.list(q=wanted, spaces="drive", fields="nextPageToken,files(id,appProperties)")
        for file in self._listed(files, request, "files"):
            if self._bears_mark(file):
                yield str(file["id"])

    def _listed(self, collection: Any, request: Any, name: str) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as above
        while request is not None:
            answer = self.google.send(request, user=self.user)
            yield from answer.get(name, ())
            request = collection.list_next(request, answer)

    def _named(self, event: str) -> str:
        return f"the calendar of {self.user}, series '{TITLE}' (id {event})"


def _try(where: str, step: Callable[[], bool]) -> bool | Problem:
    try:
        return step()
    except GoogleError as error:
        return Problem(where, f"it could not be removed ({_said(error)})", _BY_HAND)


def _said(error: GoogleError) -> str:
    return error.problem("").what
