"""From the files of one person's calendar to what the check needs to know of it.

Each UID is read by itself: whatever is wrong with one event, the others come through.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta, tzinfo
from typing import NamedTuple

from scheduler.calendars.content import name_of
from scheduler.calendars.elsewhere import Elsewhere
from scheduler.calendars.events import RawEvent, facts_of, raw_event, times_of, uids_of_block
from scheduler.calendars.in_model import in_model
from scheduler.calendars.judge import length_of
from scheduler.calendars.moments import Clock
from scheduler.calendars.read_ics import Block, CalendarObject, ScannedFile, printable, unreadable
from scheduler.calendars.recurrence import span_of
from scheduler.calendars.rules import Effort
from scheduler.calendars.told import told_unread, told_warnings, without_uid
from scheduler.calendars.versions import Group, group_of, unread
from scheduler.calendars.zones import known_zone, zones_of_file
from scheduler.errors import Problem
from scheduler.meetings import CalendarReading, Occurrence, Series, Unread, in_order
from scheduler.people import Person
from scheduler.timespans import Span

MOST_OCCURRENCES = 100_000
_LONGEST = 160
_LONG = timedelta(days=366)
_log = logging.getLogger(__name__)
# Messages between calendar programs (RFC 5546) that are no events in a calendar.
_MESSAGES = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})


def reading_of(
    files: Iterable[ScannedFile],
    person: Person,
    window: Span,
    warnings: Iterable[Problem] = (),
) -> CalendarReading:
    """Return what the files hold, taken together as one calendar, in half-open `window`.

    Floating times are the owner's, or those of X-WR-TIMEZONE. An event with which there would be more than
    `MOST_OCCURRENCES` in it counts as one that can't be read. Raises CalendarUnreadable for a calendar that does not
    count in Gregorian days.
    """
    reader = _Reader(person, window, warnings)
    for file in files:
        reader.add(file)
    return reader.result()


def uids_of(file: ScannedFile) -> frozenset[str]:
    """Return the UIDs of its events as `reading_of` tells them apart, those made up for events without one included."""
    return frozenset(
        next(uids_of_block(block), "") or _made_up_uid(block)
        for calendar in file.calendars
        if calendar.value("METHOD").upper() not in _MESSAGES
        for block in calendar.events
    )


class _Standing(NamedTuple):
    """An event as it stands in its file; it is taken apart when its turn comes, and not held after it."""

    block: Block
    clock: Clock
    method: str


class _Reader:
    def __init__(self, person: Person, window: Span, warnings: Iterable[Problem]) -> None:
        self._person = person
        self._window = window
        self._elsewhere = Elsewhere(window)
        self._groups: dict[str, list[_Standing]] = {}
        self._clocks: list[tuple[str, Clock]] = []
        self._occurrences: list[Occurrence] = []
        self._series: list[Series] = []
        self._unread: list[Unread] = []
        self._warnings = list(warnings)
        self._without_uid: list[Block] = []
        self._effort = Effort()

    def add(self, file: ScannedFile) -> None:
        self._warnings += [*file.warnings, *_line_faults(file)]
        zones = zones_of_file(file.source.text[b.start : b.end] for c in file.calendars for b in c.zones)
        for calendar in file.calendars:
            self._add_calendar(calendar, zones)

    def _add_calendar(self, calendar: CalendarObject, zones: Mapping[str, tzinfo]) -> None:
        _must_be_gregorian(calendar)
        clock = self._clock(calendar, zones)
        method = calendar.value("METHOD").upper()
        if method in _MESSAGES and calendar.events:
            what = f"it holds a message (METHOD:{method}) and no event of the calendar; it was left out"
            self._warnings.append(Problem(f"{calendar.where}:{calendar.line}", what))
            return
        for block in calendar.broken:
            what = f"what stands here can't be read: {printable(block.fault, _LONGEST)}"
            problem = Problem(block.place, what, "export the calendar again")
            self._unread.append(Unread(problem, block.addresses))
        for block in calendar.events:
            uid = next(uids_of_block(block), "") or self._made_up_uid(block)
            self._groups.setdefault(uid, []).append(_Standing(block, clock, method))

    def _clock(self, calendar: CalendarObject, zones: Mapping[str, tzinfo]) -> Clock:
        name = calendar.value("X-WR-TIMEZONE")
        floating = (known_zone(name) or zones.get(name)) if name else None
        clock = Clock(floating or self._person.tz, zones)
        if name and floating is None:
            clock.unknown.add(printable(name))
        self._clocks.append((calendar.where, clock))
        return clock

    def _made_up_uid(self, block: Block) -> str:
        """Give an event without UID one of its own, to be told of."""
        self._without_uid.append(block)
        return _made_up_uid(block)

    def result(self) -> CalendarReading:
        for uid, standing in self._groups.items():
            if len(standing) == 1 and self._elsewhere.surely_holds(standing[0].block):
                continue
            raws = [raw_event(*each) for each in standing]
            try:
                self._read(uid, raws)
            except (ValueError, OverflowError) as error:
                self._unread.append(unread(raws[0], str(error)))
            except Exception as error:  # noqa: BLE001 - whatever a library makes of one event, the others are read
                _log.debug("the event at %s can't be read", raws[0].block.place, exc_info=True)
                self._unread.append(unread(raws[0], f"{type(error).__name__} in the calendar library"))
        return CalendarReading(
            owner=self._person.email,
            window=self._window,
            occurrences=in_order(self._occurrences),
            series=tuple(sorted(self._series, key=lambda each: (each.uid, each.start))),
            unread=told_unread(self._unread),
            warnings=told_warnings(
                [*self._warnings, *without_uid(self._without_uid), *_unknown_zones(self._clocks)]
            ),
        )

    def _read(self, uid: str, raws: list[RawEvent]) -> None:
        if len(raws) == 1 and self._is_elsewhere(raws[0]):
            return
        group = group_of(raws, self._person.tz)
        self._unread += group.unread
        self._must_be_followable(group)
        occurrences, series = in_model(uid, group, facts_of, self._window, self._person.tz)
        if len(self._occurrences) + len(occurrences) > MOST_OCCURRENCES:
            msg = f"with it the calendar would hold more than {MOST_OCCURRENCES:,} occurrences"
            raise ValueError(msg)
        self._occurrences += occurrences
        if series is not None:
            self._series.append(series)

    def _must_be_followable(self, group: Group[RawEvent]) -> None:
        """Raise ValueError in words where its rules are too much; where it lasts for years, its dates of years are looked at."""
        if group.master is not None and group.master.times.rules:
            times = group.master.times
            longest = max(length_of(each.times) for each in (group.master, *group.overrides.values()))
            short = not times.added and longest <= _LONG
            self._effort.allow(times.rules, times.start, self._window.end, alone=short)

    def _is_elsewhere(self, raw: RawEvent) -> bool:
        """Say whether it is a one-off event of another time: nothing else of it matters then."""
        if raw.recurs or raw.block.fault or raw.broken:
            return False
        try:
            times = times_of(raw)
        except (ValueError, OverflowError):
            return False
        span = span_of(times.start, times.end, self._person.tz)
        return span.end < self._window.start or span.start >= self._window.end


def _made_up_uid(block: Block) -> str:
    """Return a UID for an event without one, the same in each run."""
    text = "\n".join(line.text for line in block.lines)
    return f"without-uid-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _line_faults(file: ScannedFile) -> Iterator[Problem]:
    """Tell of lines that are not what they should be; in plain events there are none."""
    odd = (block for calendar in file.calendars for block in calendar.events if not block.plain)
    lines = [*(line for calendar in file.calendars for line in calendar.lines)]
    lines += (line for block in odd for line in block.lines)
    misencoded = [line.number for line in lines if line.misencoded]
    if misencoded:
        what = f"{_lines(misencoded)} not UTF-8; read as Windows-1252"
        yield Problem(f"{file.where}:{misencoded[0]}", what, "export the calendar as UTF-8")
    torn = [line.number for line in lines if ":" not in line.text]
    if torn:
        what = f"{_lines(torn)} not iCalendar; left out"
        yield Problem(
            f"{file.where}:{torn[0]}",
            what,
            "a long line may have been broken without a blank after the break",
        )
    empty = [
        line.number for line in lines if line.text[-1:] == ":" and name_of(line.text) in {"EXDATE", "RDATE"}
    ]
    if empty:
        what = f"{_lines(empty)} without a date; read as if not there"
        yield Problem(
            f"{file.where}:{empty[0]}", what, "look at the dates of that series in the calendar program"
        )


def _lines(numbers: list[int]) -> str:
    return "the line is" if len(numbers) == 1 else f"this line and {len(numbers) - 1} more are"


def _must_be_gregorian(calendar: CalendarObject) -> None:
    scale = calendar.value("CALSCALE").upper()
    if scale not in {"", "GREGORIAN"}:
        what = f"the calendar counts in {printable(scale)!r} days; only GREGORIAN can be read"
        where = f"{calendar.where}:{calendar.line}"
        raise unreadable(where, what, "export it in Gregorian dates")


def _unknown_zones(clocks: Iterable[tuple[str, Clock]]) -> Iterator[Problem]:
    names: Mapping[tuple[str, str], None] = dict.fromkeys(
        (where, name) for where, clock in clocks for name in sorted(clock.unknown)
    )
    for where, name in names:
        what = f"nobody knows the time zone {name!r}; times in it were read as those without one are"
        yield Problem(where, what, "use an IANA name, or keep its VTIMEZONE in the file")
