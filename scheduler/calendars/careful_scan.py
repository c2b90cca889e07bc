"""The careful way to the components of a file, line by line, whatever is wrong with its shape.

It is the judge of what a file holds; `plain_scan` is its short way. The time it takes grows with the text alone,
however deep components lie in each other.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from scheduler.calendars.components import Block, CalendarObject, ScannedFile, printable, unreadable
from scheduler.calendars.content import ContentLine, SourceText, content_lines, name_of
from scheduler.calendars.plain_scan import is_plain
from scheduler.errors import CalendarUnreadable, Problem

_NAME = re.compile(r"[A-Z0-9-]+")
_ROOT = "VCALENDAR"
_OF_EVENTS = frozenset({"DTSTART", "DTEND", "RRULE", "ATTENDEE", "ORGANIZER", "RECURRENCE-ID"})


@dataclass(slots=True)
class _Open:
    name: str
    begin: ContentLine
    lines: list[ContentLine] = field(default_factory=list)
    fault: str = ""
    uneven: bool = False
    """Something in it has no end, or an end without a beginning."""
    blamed: int = 0
    """So many of its lines were told of with an END before."""


def carefully_scanned(source: SourceText, where: str) -> ScannedFile:
    """Return the components of a file; raise CalendarUnreadable where it is none or not all of one."""
    return _Scanner(where, source).run()


class _Scanner:
    def __init__(self, where: str, source: SourceText) -> None:
        self._where = where
        self._source = source
        self._stack: list[_Open] = []
        self._open = Counter[str]()
        self._calendars: list[CalendarObject] = []
        self._warnings: list[Problem] = []
        self._outside: list[ContentLine] = []

    def run(self) -> ScannedFile:
        for line in content_lines(self._source.text):
            start = line.text[:6].upper()
            if start == "BEGIN:":
                self._begin(line, line.text[6:].strip().upper())
            elif start[:4] == "END:":
                self._end(line, line.text[4:].strip().upper())
            elif self._stack:
                self._stack[-1].lines.append(line)
            else:
                self._outside.append(line)
        self._must_be_whole()
        self._warn_of_what_stands_outside()
        return ScannedFile(self._where, self._source, tuple(self._calendars), tuple(self._warnings))

    def _begin(self, line: ContentLine, name: str) -> None:
        if name == _ROOT:
            if self._stack:
                what = f"another calendar begins on line {line.number} before this one ends"
                raise self._cut_short(self._stack[0], what)
            self._calendars.append(CalendarObject(self._where, line.number))
        elif name == "VEVENT" and self._open[name]:
            self._close_until(name, line, "it has no END:VEVENT")
            self._close_broken(line, "it has no END:VEVENT")
        self._stack.append(_Open(name, line))
        self._open[name] += 1
        if _NAME.fullmatch(name) is None:
            self._stack[-1].fault = "it begins with a component name that is none"

    def _end(self, line: ContentLine, name: str) -> None:
        if not self._open[name]:
            self._stray_end(line, name)
            return
        if self._stack[-1].name != name:
            inside = next(n for n in range(len(self._stack), 0, -1) if self._stack[n - 1].name == name)
            self._close_until(name, line, f"it has no END:{self._stack[inside].name}")
        self._close(line)

    def _close_until(self, name: str, line: ContentLine, fault: str) -> None:
        while self._stack[-1].name != name:
            self._close_broken(line, fault)

    def _close_broken(self, line: ContentLine, fault: str) -> None:
        self._stack[-1].fault = self._stack[-1].fault or fault
        self._close(line._replace(end=line.start))

    def _close(self, line: ContentLine) -> None:
        done = self._stack.pop()
        self._open[done.name] -= 1
        around = self._stack[-1] if self._stack else None
        if around is not None and (done.fault or done.uneven):
            around.uneven = True
        calendar = self._calendars[-1] if self._calendars else None
        if done.name == _ROOT and calendar is not None:
            calendar.lines = done.lines
            calendar.end_line = line
        elif calendar is None or around is None:
            self._outside += [done.begin, *done.lines]
        elif done.name == "VEVENT":
            calendar.events.append(self._block(done, line.end))
        elif done.name == "VTIMEZONE":
            calendar.zones.append(self._block(done, line.end))
        elif done.fault and around.name == "VEVENT":
            # what it swallowed may have been the event's own
            around.fault = around.fault or done.fault
            around.lines += done.lines
        elif done.fault:
            calendar.broken.append(self._block(done, line.end))

    def _block(self, done: _Open, end: int) -> Block:
        """Return it with its lines where they can't be told from its range, as something in it has no end."""
        text, start = self._source.text, done.begin.start
        even = not done.fault and not done.uneven
        return Block(
            name=done.name,
            where=self._where,
            line=done.begin.number,
            start=start,
            end=end,
            text=text,
            kept=None if even else tuple(done.lines),
            fault=done.fault,
            plain=even and is_plain(self._source, start, end),
        )

    def _stray_end(self, line: ContentLine, name: str) -> None:
        """Blame what is open; an event whose BEGIN was lost leaves its lines with the calendar.

        Each line is told of once, and one END more after it is not.
        """
        fault = f"it ends a {printable(name)} that was never begun"
        if len(self._stack) > 1 or (self._stack and not self._calendars):
            last = self._stack[-1]
            last.fault = last.fault or f"line {line.number} ends a {printable(name)} that was never begun"
        elif self._stack:
            inside = self._stack[-1]
            lost = tuple(each for each in inside.lines[inside.blamed :] if _may_be_of_an_event(each))
            if lost or not inside.blamed:
                block = Block(
                    name, self._where, line.number, line.start, line.end, self._source.text, lost, fault
                )
                self._calendars[-1].broken.append(block)
            inside.blamed = len(inside.lines)
        else:
            self._outside.append(line)

    def _must_be_whole(self) -> None:
        if not self._calendars:
            held = (
                "an event without a calendar around it" if self._has_event() else "no BEGIN:VCALENDAR in it"
            )
            what = f"it is not a whole iCalendar file: there is {held}"
            raise unreadable(self._where, what, "put an .ics file there, as a calendar program exports it")
        if self._stack:
            last = self._stack[-1]
            raise self._cut_short(last, f"the {printable(last.name)} that begins here has no end")

    def _has_event(self) -> bool:
        lines = [each.begin for each in self._stack] + self._outside
        return any(line.text.upper().startswith("BEGIN:VEVENT") for line in lines)

    def _cut_short(self, opened: _Open, what: str) -> CalendarUnreadable:
        where = f"{self._where}:{opened.begin.number}"
        remedy = "export or download the calendar again; what is missing is not known"
        return unreadable(where, f"the file is cut short: {what}", remedy)

    def _warn_of_what_stands_outside(self) -> None:
        lines = [line for line in self._outside if line.text.strip("\0\x1a \t")]
        if not lines:
            return
        where = f"{self._where}:{lines[0].number}"
        if any(line.text.upper().startswith("BEGIN:VEVENT") for line in lines):
            remedy = "put it between BEGIN:VCALENDAR and END:VCALENDAR"
            self._calendars[-1].broken.append(_outside_block(self._where, self._source.text, lines))
            self._warnings.append(Problem(where, "an event stands outside of any VCALENDAR", remedy))
            return
        self._warnings.append(Problem(where, "text outside of the calendar was left out"))


def _outside_block(where: str, text: str, lines: list[ContentLine]) -> Block:
    first = lines[0]
    fault = "it stands outside of any VCALENDAR"
    return Block("VEVENT", where, first.number, first.start, lines[-1].end, text, tuple(lines), fault)


def _may_be_of_an_event(line: ContentLine) -> bool:
    return name_of(line.text) in _OF_EVENTS or "@" in line.text
