"""A reading as the mirror keeps it: text, with every address hidden, and back.

Events are kept one UID at a time, so that only those are unpacked that somebody asks for. No titles are in it, as
none are in a reading.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.calendars.packed_dates import Date, in_rows, kept, moment_of, out_of_rows
from scheduler.calendars.veil import Veil
from scheduler.calendars.zones import bare_definition_of, zone_defined_by
from scheduler.errors import Problem
from scheduler.meetings import (
    Answer,
    Attendee,
    Busy,
    CalendarReading,
    EventStatus,
    Occurrence,
    Series,
    Unread,
)
from scheduler.timespans import Span, merged

_OURS = "onetoone"  # what the UIDs of our series begin with: a copy may have lost our mark, and its guests
# Each is kept by its number; their order is part of `maker`.
_STATUS, _BUSY, _ANSWERS = tuple(EventStatus), tuple(Busy), tuple(Answer)
_NOT_GOING = frozenset(map(_ANSWERS.index, (Answer.DECLINED, Answer.DELEGATED)))
_SECOND = timedelta(seconds=1)
_AROUND = timedelta(days=2)  # within so much of a moment in UTC is its date in whatever zone
_Json = Any


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of packed readings: in whose zone, over which window, and, where told, about which addresses.

    `rest` is the span in which the time counts that everything else takes, `own` the addresses of whose time it is.
    """

    tz: tzinfo
    window: Span
    about: frozenset[str] | None = None
    rest: Span | None = None
    own: frozenset[str] = frozenset()


@dataclass(slots=True)
class Unpacked:
    """What packed readings hold of what was asked; `rest` are the seconds from and to which other meetings take."""

    occurrences: list[Occurrence] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    rest: list[tuple[int, int]] = field(default_factory=list)


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


def unpack(text: str, asked: Asked, veil: Veil, into: Unpacked) -> None:
    """Add what the text holds in the window; with `about` only what one of these addresses is in, and absences."""
    head, problems, lines = _parts(text)
    people, index, always, lengths, zones = json.loads(head)
    wanted = set(range(len(lengths)) if asked.about is None else always)
    if asked.about is not None:
        hidden = frozenset(map(veil.hide, asked.about))
        wanted.update(
            int(n) for who, within in zip(people, index, strict=True) if who in hidden for n in within.split()
        )
    reader = _Reader(asked, veil, people, zones, into)
    starts = list(accumulate(lengths, lambda at, length: at + length + 1, initial=lines))
    for number in sorted(wanted):
        reader.group(json.loads(text[starts[number] : starts[number + 1]]))
    if asked.rest is not None:
        for number in set(range(len(lengths))) - wanted:
            reader.rest(json.loads(text[starts[number] : starts[number + 1]]), asked.rest)
    unread, warnings = json.loads(problems)
    into.unread += (
        Unread(Problem(where, what, remedy), frozenset(map(veil.tell, addresses)))
        for where, what, remedy, addresses in unread
    )
    into.warnings += (Problem(*each) for each in warnings)


def _parts(text: str) -> tuple[str, str, int]:
    """Return the first two lines, and where the third begins."""
    first = text.index("\n")
    second = text.find("\n", first + 1)
    second = second if second >= 0 else len(text)
    return text[:first], text[first + 1 : second], second + 1


def rest_of(unpacked: Unpacked) -> Iterator[Occurrence]:
    """Yield the stretches of time that are taken by what was not asked for, merged, with nobody in them."""
    for span in merged(Span(*(datetime.fromtimestamp(at, UTC) for at in each)) for each in unpacked.rest):
        yield Occurrence(uid=f"busy-{span.start:%Y%m%dT%H%MZ}", span=span, original_start=span.start)


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
        return [[self._number(g.email), _ANSWERS.index(g.answer), int(g.is_room)] for g in each.attendees]

    def _facts(self, each: Occurrence) -> list[_Json]:
        busy, status = _BUSY.index(each.busy), _STATUS.index(each.status)
        guests = self._guests(each)
        return [status, busy, self._organizer(each), guests, int(each.incomplete_guests), each.mark]

    def _series(self, one: Series) -> list[_Json]:
        last = None if one.last_end is None else int(one.last_end.timestamp())
        links = one.links if one.mark is not None else ()
        start = [one.start.replace(tzinfo=None).isoformat(), one.start.fold, self._zone(one.start)]
        who = self._organizer(one), self._guests(one)
        status = _STATUS.index(one.status)
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


class _Reader:
    """Reads what was asked of events that a `_Writer` wrote."""

    def __init__(
        self, asked: Asked, veil: Veil, people: Sequence[str], zones: Sequence[str], into: Unpacked
    ) -> None:
        self._asked = asked
        self._veil = veil
        self._people = people
        self._zones = zones
        self._into = into
        self._own = frozenset(map(veil.hide, asked.own))
        window = asked.window
        self._bounds = window.start.timestamp(), window.end.timestamp()
        self._days = f"{(window.start - _AROUND).date()}", f"{(window.end + _AROUND).date()}"
        self._attendees: dict[tuple[int, int, int], Attendee] = {}

    def group(self, group: _Json) -> None:
        """Add the events of one UID, as far as they are in the window."""
        uid, kept_facts, dates, parts = group
        asked, into = self._asked, self._into
        facts = [self._told(each) for each in kept_facts]
        since, until = self._bounds
        first, last = self._days
        for start, end, original, fact, flags in out_of_rows(*dates):
            if timed := isinstance(start, int) and isinstance(end, int) and isinstance(original, int):
                touches = (start < until and since < end) or (start == end and since <= start < until)
                if not touches and not since <= original < until:
                    continue
            elif start == original and (str(end) < first or str(start) > last):
                continue
            begin = moment_of(start, asked.tz)
            each = Occurrence(
                uid=uid,
                span=Span(begin, moment_of(end, asked.tz)),
                original_start=begin if original == start else moment_of(original, asked.tz),
                in_series=bool(flags & 1),
                all_day=bool(flags & 2),
                **facts[fact],
            )
            if timed or _inside(each, asked.window):
                into.occurrences.append(each)
        into.series += (self._series(uid, part) for part in parts)

    def rest(self, group: _Json, rest: Span) -> None:
        """Add the stretches in which the events of one UID take their owner's time.

        The rule is that of `slots.busy.takes_time`. Those that take days are never left to this.
        """
        _, facts, dates, _ = group
        takes = [
            _STATUS[status] is not EventStatus.CANCELLED
            and _BUSY[busy] is not Busy.FREE
            and not any(self._people[who] in self._own and answer in _NOT_GOING for who, answer, _ in guests)
            for status, busy, _, guests, _, _ in facts
        ]
        since, until = rest.start.timestamp(), rest.end.timestamp()
        for start, end, _, fact, _ in out_of_rows(*dates):
            if (
                takes[fact]
                and isinstance(start, int)
                and isinstance(end, int)
                and start < until
                and since < end
            ):
                self._into.rest.append((start, end))

    def _who(self, number: int | None) -> str | None:
        return None if number is None else self._veil.tell(self._people[number])

    def _told(self, facts: _Json) -> dict[str, Any]:
        status, busy, organizer, guests, incomplete, mark = facts
        return {
            "status": _STATUS[status],
            "busy": _BUSY[busy],
            "organizer": self._who(organizer),
            "attendees": self._guests(guests),
            "incomplete_guests": bool(incomplete),
            "mark": mark,
        }

    def _guests(self, guests: _Json) -> tuple[Attendee, ...]:
        return tuple(map(self._guest, map(tuple, guests)))

    def _guest(self, key: tuple[int, int, int]) -> Attendee:
        found = self._attendees.get(key)
        if found is None:
            who, answer, room = key
            name = self._veil.tell(self._people[who])
            found = self._attendees[key] = Attendee(name, _ANSWERS[answer], bool(room))
        return found

    def _series(self, uid: str, part: _Json) -> Series:
        (wall, fold, zone), minutes, rrule, last, status, organizer, guests, *others = part
        mark, sequence, links = others
        return Series(
            uid=uid,
            start=datetime.fromisoformat(wall).replace(tzinfo=self._zone(zone), fold=fold),
            minutes=minutes,
            rrule=rrule,
            last_end=None if last is None else datetime.fromtimestamp(last, UTC),
            status=_STATUS[status],
            organizer=self._who(organizer),
            attendees=self._guests(guests),
            mark=mark,
            sequence=sequence,
            links=tuple(links),
        )

    def _zone(self, kept: _Json) -> tzinfo:
        if isinstance(kept, list):
            return zone_defined_by(self._zones[kept[0]])
        return ZoneInfo(kept) if isinstance(kept, str) else timezone(kept * _SECOND) if kept else UTC


def _inside(each: Occurrence, window: Span) -> bool:
    return each.span.overlaps(window) or window.holds(each.original_start)
