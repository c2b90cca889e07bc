"""A reading as the mirror keeps it: text, with every address hidden; `unpacking` is the way back.

Events are kept one UID at a time, so that only those are unpacked that somebody asks for. No titles are in it, as
none are in a reading.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.calendars.packed_dates import Date, in_rows, kept
from scheduler.calendars.veil import Veil
from scheduler.calendars.zones import bare_definition_of
from scheduler.errors import Problem
from scheduler.meetings import (
    Answer,
    Busy,
    CalendarReading,
    EventStatus,
    Occurrence,
    Series,
)

_OURS = "onetoone"  # what the UIDs of our series begin with: a copy may have lost our mark, and its guests
# Each is kept by its number; their order is part of `maker`.
STATUS, BUSY, ANSWERS = tuple(EventStatus), tuple(Busy), tuple(Answer)
_SECOND = timedelta(seconds=1)
_Json = Any


def packed(reading: CalendarReading, veil: Veil) -> str:
    """Return a whole reading as text, each address hidden.

    The first line says which addresses and zones of its own there are, for each address the lines that it is in, the lines
    that matter whoever is in them, and how long each line is; the second is the problems. Then each UID has a line.
    """
    occurrences: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for each in reading.occurrences:
        occurrences[each.uid].append(each)
    series: defaultdict[str, list[Series]] = defaultdict(list)
    for one in reading.series:
        series[one.uid].append(one)
    writer = _Writer(veil)
    within: defaultdict[int, list[str]] = defaultdict(list)
    always: list[int] = []
    lines: list[str] = []
    for uid in dict.fromkeys((*occurrences, *series)):
        people, line = writer.group(uid, occurrences.get(uid, ()), series.get(uid, ()))
        if people is None:
            always.append(len(lines))
        for person in people or ():
            within[person].append(f"{len(lines)}")
        lines.append(line)
    unread = [(*_problem(each.problem), sorted(map(veil.hide, each.addresses))) for each in reading.unread]
    problems = _text([unread, [_problem(each) for each in reading.warnings]])
    index = [" ".join(within[number]) for number in range(len(writer.people))]
    head = [writer.people, index, always, list(map(len, lines)), writer.zones]
    return "\n".join((_text(head), problems, *lines))


def _text(value: _Json) -> str:
    return json.dumps(value, separators=(",", ":"))


def _problem(problem: Problem) -> tuple[str, str, str]:
    return problem.where, problem.what, problem.remedy


def _people(each: Occurrence | Series) -> Iterator[str]:
    if each.organizer is not None:
        yield each.organizer
    yield from (guest.email for guest in each.attendees)


def _always(each: Occurrence) -> bool:
    """Say whether it matters whoever is in it: ours, and what may be an absence."""
    return (
        each.mark is not None
        or each.busy is Busy.OUT_OF_OFFICE
        or (each.all_day and each.busy is not Busy.FREE)
    )


class _Writer:
    """Writes events, with each person by a number: their place in `people`, which are hidden addresses."""

    def __init__(self, veil: Veil) -> None:
        self._veil = veil
        self._numbers: dict[str, int] = {}
        self._zones: dict[str, int] = {}

    @property
    def people(self) -> list[str]:
        return list(self._numbers)

    @property
    def zones(self) -> list[str]:
        return list(self._zones)

    def group(
        self, uid: str, occurrences: Sequence[Occurrence], series: Sequence[Series]
    ) -> tuple[list[int] | None, str]:
        """Return who is in the events of one UID, None where they matter whoever is, and the events."""
        facts: dict[str, int] = {}
        dates: list[Date] = []
        for each in occurrences:
            fact = facts.setdefault(_text(self._facts(each)), len(facts))
            flags = each.in_series | each.all_day << 1
            span = each.span
            dates.append((kept(span.start), kept(span.end), kept(each.original_start), fact, flags))
        parts = [self._series(each) for each in series]
        line = _text([uid, list(map(json.loads, facts)), in_rows(dates), parts])
        if uid.startswith(_OURS) or any(map(_always, occurrences)) or any(one.mark for one in series):
            return None, line
        people = {self._number(a) for each in occurrences for a in _people(each)}
        return sorted(people | {self._number(a) for each in series for a in _people(each)}), line

    def _number(self, address: str) -> int:
        return self._numbers.setdefault(self._veil.hide(address), len(self._numbers))

    def _organizer(self, each: Occurrence | Series) -> int | None:
        return None if each.organizer is None else self._number(each.organizer)

    def _guests(self, each: Occurrence | Series) -> list[_Json]:
        return [[self._number(g.email), ANSWERS.index(g.answer), int(g.is_room)] for g in each.attendees]

    def _facts(self, each: Occurrence) -> list[_Json]:
        busy, status = BUSY.index(each.busy), STATUS.index(each.status)
        guests = self._guests(each)
        return [status, busy, self._organizer(each), guests, int(each.incomplete_guests), each.mark]

    def _series(self, one: Series) -> list[_Json]:
        last = None if one.last_end is None else int(one.last_end.timestamp())
        links = one.links if one.mark is not None else ()
        start = [one.start.replace(tzinfo=None).isoformat(), one.start.fold, self._zone(one.start)]
        who = self._organizer(one), self._guests(one)
        status = STATUS.index(one.status)
        return [start, one.minutes, one.rrule, last, status, *who, one.mark, one.sequence, links]

    def _zone(self, moment: datetime) -> _Json:
        """Return the name of a zone, the place among `zones` of one that the file defines, or how far it is ahead of UTC."""
        zone = moment.tzinfo
        if isinstance(zone, ZoneInfo):
            return zone.key
        definition = "" if zone is None or isinstance(zone, timezone) else bare_definition_of(zone)
        if definition:
            return [self._zones.setdefault(definition, len(self._zones))]
        return (moment.utcoffset() or timedelta()) // _SECOND
