"""When people are taken, and nothing else of their calendars: `freebusy.query`.

Fifty calendars a call and 90 days a call at most; what is wrong with one of them stands beside it in an answer
that is a success as a whole (https://developers.google.com/calendar/api/v3/reference/freebusy/query).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scheduler.errors import Problem
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError
from scheduler.meetings import Busy, CalendarReading, Detail, Evidence, Occurrence
from scheduler.people import Person
from scheduler.timespans import Span, local_dates, merged

_AT_ONCE = 50
_LONGEST = timedelta(days=90)


def read_busy(google: Google, people: Sequence[Person], window: Span) -> Evidence:
    """Return when each person is taken in half-open `window`, or why that is not known.

    It is asked as the manager of the first of each fifty; whom that manager may not see is asked about as that
    person, where the sign-in speaks for a whole domain. Where Google does not answer, or takes no more, nobody is
    tried one by one. Raises SignInFailed where nobody is signed in.
    """
    readings: dict[str, CalendarReading] = {}
    unreadable: dict[str, Problem] = {}
    account = google.account
    ordered = sorted(people, key=lambda person: (person.manager or person.email, person.email))
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        for person, spans in _some(google, account, some, window):
            if isinstance(spans, Problem):
                unreadable[person.email] = spans
            else:
                readings[person.email] = _reading(person, spans, window)
    return Evidence(readings, unreadable)


def _some(
    google: Google, account: str | None, people: Sequence[Person], window: Span
) -> Iterator[tuple[Person, list[Span] | Problem]]:
    try:
        found = _asked(google, account or people[0].manager or people[0].email, people, window)
    except GoogleError as error:
        if account is not None or error.passing or error.spent:
            yield from ((person, error.problem(_where(person))) for person in people)
            return
        found = {person.email: error.problem(_where(person)) for person in people}
    for person in people:
        spans = found[person.email]
        if isinstance(spans, Problem) and account is None:
            spans = _alone(google, person, window)
        yield person, spans


def _alone(google: Google, person: Person, window: Span) -> list[Span] | Problem:
    try:
        return _asked(google, person.email, [person], window)[person.email]
    except GoogleError as error:
        return error.problem(_where(person))


def _asked(
    google: Google, user: str, people: Sequence[Person], window: Span
) -> dict[str, list[Span] | Problem]:
    found: dict[str, list[Span] | Problem] = {person.email: [] for person in people}
    for part in _parts(window):
        body = {
            "timeMin": part.start.isoformat(),
            "timeMax": part.end.isoformat(),
            "items": [{"id": person.email} for person in people],
        }
        request = google.collection(Api.CALENDAR, "freebusy").query(body=body, fields="calendars")
        calendars = google.send(request, user=user).get("calendars", {})
        for person in people:
            spans = found[person.email]
            told = _told(calendars.get(person.email), person)
            found[person.email] = (
                spans + told if isinstance(spans, list) and isinstance(told, list) else _worse(spans, told)
            )
    return found


def _worse(one: list[Span] | Problem, other: list[Span] | Problem) -> list[Span] | Problem:
    return one if isinstance(one, Problem) else other


def _parts(window: Span) -> Iterator[Span]:
    start = window.start.astimezone(UTC)
    end = window.end.astimezone(UTC)
    while start < end:
        yield Span(start, min(start + _LONGEST, end))
        start += _LONGEST


def _told(calendar: dict[str, Any] | None, person: Person) -> list[Span] | Problem:
    """Read the answer about one calendar; one that is not in it is not known to be free."""
    errors = (
        ["nothing was answered"]
        if calendar is None
        else [str(e.get("reason")) for e in calendar.get("errors", ())]
    )
    if errors or calendar is None:
        remedy = "let colleagues see free/busy, or set full_reports = true under [google]"
        return Problem(_where(person), f"when they are busy can't be read ({errors[0]})", remedy)
    return [Span(_moment(each["start"]), _moment(each["end"])) for each in calendar.get("busy", ())]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _where(person: Person) -> str:
    return f"the calendar of {person.email}"


def _reading(person: Person, spans: Iterable[Span], window: Span) -> CalendarReading:
    return CalendarReading(
        owner=person.email,
        window=window,
        occurrences=tuple(_taken(person, span) for span in merged(spans)),
        detail=Detail.BUSY,
    )


def _taken(person: Person, span: Span) -> Occurrence:
    """Return a stretch of time that is taken; one that fills a working day is an absence."""
    away = any(_fills(person, span, day) for day in local_dates(span, person.tz))
    busy = Busy.OUT_OF_OFFICE if away else Busy.BUSY
    return Occurrence(uid=f"busy-{span.start:%Y%m%dT%H%MZ}", span=span, original_start=span.start, busy=busy)


def _fills(person: Person, span: Span, day: date) -> bool:
    shifts = person.hours.on(day)
    return bool(shifts) and all(
        span.covers(Span(datetime.combine(day, first, person.tz), datetime.combine(day, last, person.tz)))
        for first, last in shifts
    )
