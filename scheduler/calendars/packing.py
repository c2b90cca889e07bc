"""A reading as the mirror keeps it: text, with every address hidden, and back.

Events are kept one UID at a time, so that only those are unpacked that somebody asks for. No titles are in it, as
none are in a reading.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.calendars.veil import Veil
from scheduler.calendars.zones import definition_of, zone_defined_by
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
from scheduler.timespans import Span, merged, midnight

_OURS = "onetoone"  # what the UIDs of our series begin with: a copy may have lost our mark, and its guests
_ANYBODY = "*"
_NOT_GOING = (Answer.DECLINED, Answer.DELEGATED)
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
    """Return a whole reading as text, each address hidden."""
    occurrences: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for each in reading.occurrences:
        occurrences[each.uid].append(each)
    series: defaultdict[str, list[Series]] = defaultdict(list)
    for one in reading.series:
        series[one.uid].append(one)
    uids = dict.fromkeys((*occurrences, *series))
    groups = [_group(uid, occurrences.get(uid, ()), series.get(uid, ()), veil) for uid in uids]
    unread = [(*_problem(each.problem), sorted(map(veil.hide, each.addresses))) for each in reading.unread]
    return _text([groups, unread, [_problem(each) for each in reading.warnings]])


def unpack(text: str, asked: Asked, veil: Veil, into: Unpacked) -> None:
    """Add what the text holds in the window; with `about` only what one of these addresses is in, and absences."""
    groups, unread, warnings = json.loads(text)
    wanted = None if asked.about is None else frozenset(map(veil.hide, asked.about))
    own = frozenset(map(veil.hide, asked.own))
    for people, body in groups:
        if wanted is None or people == _ANYBODY or not wanted.isdisjoint(people.split()):
            _unpack_group(json.loads(body), asked, veil, into)
        elif asked.rest is not None:
            into.rest += _taken(json.loads(body), asked.rest, own)
    into.unread += (
        Unread(Problem(where, what, remedy), frozenset(map(veil.tell, addresses)))
        for where, what, remedy, addresses in unread
    )
    into.warnings += (Problem(*each) for each in warnings)


def rest_of(unpacked: Unpacked) -> Iterator[Occurrence]:
    """Yield the stretches of time that are taken by what was not asked for, merged, with nobody in them."""
    for span in merged(Span(*(datetime.fromtimestamp(at, UTC) for at in each)) for each in unpacked.rest):
        yield Occurrence(uid=f"busy-{span.start:%Y%m%dT%H%MZ}", span=span, original_start=span.start)


def _text(value: _Json) -> str:
    return json.dumps(value, separators=(",", ":"))


def _problem(problem: Problem) -> tuple[str, str, str]:
    return problem.where, problem.what, problem.remedy


def _group(
    uid: str, occurrences: Iterable[Occurrence], series: Iterable[Series], veil: Veil
) -> tuple[str, str]:
    """Return who is in the events of one UID, and the events."""
    facts: dict[str, int] = {}
    dates = []
    for each in occurrences:
        fact = facts.setdefault(_text(_facts(each, veil)), len(facts))
        flags = each.in_series | each.all_day << 1
        dates.append([_kept(each.span.start), _kept(each.span.end), _kept(each.original_start), fact, flags])
    parts = [_kept_series(each, veil) for each in series]
    body = _text([uid, list(map(json.loads, facts)), dates, parts])
    if uid.startswith(_OURS) or any(map(_always, occurrences)) or any(one.mark for one in series):
        return _ANYBODY, body
    people = {a for each in (*occurrences, *series) for a in _people(each)}
    return " ".join(sorted(map(veil.hide, people))), body


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


def _facts(each: Occurrence, veil: Veil) -> list[_Json]:
    guests = [[veil.hide(g.email), g.answer, g.is_room] for g in each.attendees]
    organizer = None if each.organizer is None else veil.hide(each.organizer)
    return [each.status, each.busy, organizer, guests, each.incomplete_guests, each.mark]


def _kept(moment: datetime) -> int | str:
    """Return a moment as seconds; a midnight of the owner's as its date, since a day is one in whatever zone."""
    return int(moment.timestamp()) if moment.tzinfo is UTC else f"{moment.date()}"


def _moment(kept: int | str, owner: tzinfo) -> datetime:
    if isinstance(kept, int):
        return datetime.fromtimestamp(kept, UTC)
    return midnight(date.fromisoformat(kept), owner)


def _kept_series(one: Series, veil: Veil) -> list[_Json]:
    organizer = None if one.organizer is None else veil.hide(one.organizer)
    guests = [[veil.hide(g.email), g.answer, g.is_room] for g in one.attendees]
    last = None if one.last_end is None else int(one.last_end.timestamp())
    links = one.links if one.mark is not None else ()
    zone = _kept_zone(one.start.tzinfo)
    first = one.start if zone is not None else one.start.astimezone(UTC)
    start = [first.replace(tzinfo=None).isoformat(), first.fold, *(zone or ("UTC", ""))]
    return [start, one.minutes, one.rrule, last, one.status, organizer, guests, one.mark, one.sequence, links]


def _kept_zone(zone: tzinfo | None) -> tuple[str, str] | None:
    """Return the name of a zone, or its definition where it is one of the file's own; None where it has neither."""
    if zone is UTC:
        return "UTC", ""
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key, ""
    definition = definition_of(zone) if zone is not None else ""
    return ("", definition) if definition else None


def _zone(name: str, definition: str) -> tzinfo:
    if definition:
        return zone_defined_by(definition)
    return UTC if name == "UTC" else ZoneInfo(name)


def _unpack_group(group: _Json, asked: Asked, veil: Veil, into: Unpacked) -> None:
    uid, kept_facts, dates, parts = group
    facts = [_told(each, veil) for each in kept_facts]
    since, until = asked.window.start.timestamp(), asked.window.end.timestamp()
    for start, end, original, fact, flags in dates:
        timed = isinstance(start, int) and isinstance(original, int)
        if timed:
            touches = (start < until and since < end) or (start == end and since <= start < until)
            if not touches and not since <= original < until:
                continue
        each = Occurrence(
            uid=uid,
            span=Span(_moment(start, asked.tz), _moment(end, asked.tz)),
            original_start=_moment(original, asked.tz),
            in_series=bool(flags & 1),
            all_day=bool(flags & 2),
            **facts[fact],
        )
        if timed or _inside(each, asked.window):
            into.occurrences.append(each)
    into.series += (_unpack_series(uid, part, veil) for part in parts)


def _taken(group: _Json, rest: Span, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which the events of one UID take their owner's time, in seconds.

    The rule is that of `slots.busy.takes_time`. Those that take days are never left to this.
    """
    _, facts, dates, _ = group
    takes = [
        status != EventStatus.CANCELLED
        and busy != Busy.FREE
        and not any(who in own and answer in _NOT_GOING for who, answer, _ in guests)
        for status, busy, _, guests, _, _ in facts
    ]
    since, until = rest.start.timestamp(), rest.end.timestamp()
    for start, end, _, fact, _ in dates:
        if takes[fact] and isinstance(start, int) and start < until and since < end:
            yield start, end


def _inside(each: Occurrence, window: Span) -> bool:
    return each.span.overlaps(window) or window.holds(each.original_start)


def _told(facts: _Json, veil: Veil) -> dict[str, Any]:
    status, busy, organizer, guests, incomplete, mark = facts
    return {
        "status": EventStatus(status),
        "busy": Busy(busy),
        "organizer": None if organizer is None else veil.tell(organizer),
        "attendees": _guests(guests, veil),
        "incomplete_guests": incomplete,
        "mark": mark,
    }


def _guests(guests: _Json, veil: Veil) -> tuple[Attendee, ...]:
    return tuple(Attendee(veil.tell(who), Answer(answer), is_room) for who, answer, is_room in guests)


def _unpack_series(uid: str, part: _Json, veil: Veil) -> Series:
    (wall, fold, name, definition), minutes, rrule, last, status, organizer, guests, mark, sequence, links = (
        part
    )
    return Series(
        uid=uid,
        start=datetime.fromisoformat(wall).replace(tzinfo=_zone(name, definition), fold=fold),
        minutes=minutes,
        rrule=rrule,
        last_end=None if last is None else datetime.fromtimestamp(last, UTC),
        status=EventStatus(status),
        organizer=None if organizer is None else veil.tell(organizer),
        attendees=_guests(guests, veil),
        mark=mark,
        sequence=sequence,
        links=tuple(links),
    )
