"""Leave: the dates on which a person does not work though they otherwise would."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache

import holidays

from scheduler.cadence.survey import is_of
from scheduler.meetings import Answer, Busy, CalendarReading, EventStatus, Occurrence
from scheduler.people import Person
from scheduler.timespans import Span, local_dates, merged

_COUNTRY = re.compile(r"(?P<country>[A-Z]{2,3})(?:-(?P<part>[A-Z0-9]{1,3}))?")
_COMING = frozenset({Answer.ACCEPTED, Answer.TENTATIVE})


def away_dates(person: Person, reading: CalendarReading | None, window: Span) -> Mapping[date, str]:
    """Return the person's local working dates in the window on which they are away, each with why.

    Away are: dates outside their employment; public holidays of their country; dates whose
    working hours out-of-office events cover whole; dates of all-day events that make them busy. A
    cancelled, declined, free or tentative event is no absence, nor is an all-day invitation from
    somebody else that was not accepted. Weekdays on which they never work are not in it. The reasons hold no
    titles. Dates are in order. Without a reading the roster alone speaks; an unknown country has no holidays.
    """
    events = _absences(person, reading) if reading is not None else ()
    all_day = {day: why for span, why in events for day in local_dates(span, person.tz) if why}
    outs = merged(span for span, why in events if not why)
    return dict(_days_away(person, window, all_day, _covered(person, outs)))


def _days_away(
    person: Person,
    window: Span,
    all_day: Mapping[date, str],
    covered: frozenset[date],
) -> Iterator[tuple[date, str]]:
    feasts = _feasts(person.country, window)
    for day in local_dates(window, person.tz):
        if not person.hours.on(day):
            continue
        if not person.employed(day):
            started = person.start_date is None or person.start_date <= day
            yield day, "has left" if started else "not started yet"
        elif day in feasts:
            yield day, f"public holiday ({person.country})"
        elif day in covered:
            yield day, "out of office"
        elif day in all_day:
            yield day, all_day[day]


def _absences(person: Person, reading: CalendarReading) -> tuple[tuple[Span, str], ...]:
    """Return the spans of absence; the reason is empty where it has to cover a day's hours to count."""
    found: list[tuple[Span, str]] = []
    for event in reading.occurrences:
        if event.busy is Busy.OUT_OF_OFFICE:
            if _stands(event, person):
                found.append((event.span, "out of office" if event.all_day else ""))
        elif event.all_day and event.busy is Busy.BUSY and _stands(event, person) and _theirs(event, person):
            found.append((event.span, "away all day"))
    # An out-of-office event names the day even where another all-day event lies on it.
    return tuple(sorted(found, key=lambda absence: absence[1]))


def _stands(event: Occurrence, person: Person) -> bool:
    return event.status is not EventStatus.CANCELLED and not any(
        guest.answer is Answer.DECLINED for guest in event.attendees if is_of(guest.email, person)
    )


def _theirs(event: Occurrence, person: Person) -> bool:
    if event.organizer is None or is_of(event.organizer, person):
        return True
    return any(guest.answer in _COMING for guest in event.attendees if is_of(guest.email, person))


def _covered(person: Person, outs: Iterable[Span]) -> frozenset[date]:
    """Return the dates of which every working hour lies in the merged spans."""
    spans = tuple(outs)
    days = {day for span in spans for day in local_dates(span, person.tz)}
    return frozenset(day for day in days if person.hours.on(day) and _all_out(person, day, spans))


def _all_out(person: Person, day: date, outs: tuple[Span, ...]) -> bool:
    shifts = (
        Span(datetime.combine(day, start, person.tz), datetime.combine(day, end, person.tz))
        for start, end in person.hours.on(day)
    )
    return all(any(out.covers(shift) for out in outs) for shift in shifts)


def _feasts(country: str | None, window: Span) -> frozenset[date]:
    if country is None:
        return frozenset()
    # A local date may lie in the next year though the window's own zone has not reached it.
    years = range(window.start.year - 1, window.end.year + 2)
    return frozenset().union(*(_public_holidays(country, year) for year in years))


@cache
def _public_holidays(country: str, year: int) -> frozenset[date]:
    """Return the public holidays of an ISO 3166 country (`DE`) or part of one (`DE-BY`) in a year."""
    found = _COUNTRY.fullmatch(country)
    if found is None:
        return frozenset()
    try:
        known = holidays.country_holidays(found["country"], subdiv=found["part"], years=year, expand=False)
    except NotImplementedError:
        return frozenset()
    return frozenset(known)
