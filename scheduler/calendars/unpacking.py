"""What the mirror kept, as far as it is asked for: the other half of `packing`."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.calendars.packed_dates import moment_of, out_of_rows
from scheduler.calendars.packing import ANSWERS, BUSY, STATUS
from scheduler.calendars.veil import Veil
from scheduler.calendars.zones import zone_defined_by
from scheduler.errors import Problem
from scheduler.meetings import Answer, Attendee, Busy, EventStatus, Occurrence, Series, Unread
from scheduler.timespans import Span, merged

_NOT_GOING = frozenset(map(ANSWERS.index, (Answer.DECLINED, Answer.DELEGATED)))
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
    starts = list(accumulate(lengths, initial=lines))

    def groups(numbers: Iterable[int]) -> _Json:
        """Return the events on these lines, each of which ends one letter after its length."""
        parts = (text[starts[n] + n : starts[n + 1] + n] for n in numbers)
        return json.loads(f"[{','.join(parts)}]")

    for group in groups(sorted(wanted)):
        reader.group(group)
    if asked.rest is not None:
        for group in groups(n for n in range(len(lengths)) if n not in wanted):
            reader.rest(group, asked.rest)
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
        self._sure = f"{(window.start + _AROUND).date()}", f"{(window.end - _AROUND).date()}"
        self._attendees: dict[tuple[int, int, int], Attendee] = {}

    def group(self, group: _Json) -> None:
        """Add the events of one UID, as far as they are in the window."""
        uid, kept_facts, dates, parts = group
        asked, into = self._asked, self._into
        facts = [self._told(each) for each in kept_facts]
        since, until = self._bounds
        first, last = self._days
        within_first, within_last = self._sure
        for start, end, original, fact, flags in out_of_rows(*dates):
            if sure := isinstance(start, int) and isinstance(end, int) and isinstance(original, int):
                touches = (start < until and since < end) or (start == end and since <= start < until)
                if not touches and not since <= original < until:
                    continue
            elif start == original and (str(end) < first or str(start) > last):
                continue
            else:
                sure = isinstance(start, str) and within_first <= start <= within_last
            begin = moment_of(start, asked.tz)
            each = Occurrence(
                uid=uid,
                span=Span(begin, moment_of(end, asked.tz)),
                original_start=begin if original == start else moment_of(original, asked.tz),
                in_series=bool(flags & 1),
                all_day=bool(flags & 2),
                **facts[fact],
            )
            if sure or _inside(each, asked.window):
                into.occurrences.append(each)
        into.series += (self._series(uid, part) for part in parts)

    def rest(self, group: _Json, rest: Span) -> None:
        """Add the stretches in which the events of one UID take their owner's time.

        The rule is that of `slots.busy.takes_time`. Those that take days are never left to this.
        """
        _, facts, dates, _ = group
        takes = [
            STATUS[status] is not EventStatus.CANCELLED
            and BUSY[busy] is not Busy.FREE
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
            "status": STATUS[status],
            "busy": BUSY[busy],
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
            found = self._attendees[key] = Attendee(name, ANSWERS[answer], bool(room))
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
            status=STATUS[status],
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
