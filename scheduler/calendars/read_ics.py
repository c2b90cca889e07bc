"""From the bytes of a file to its components, each with the lines that it stands on.

Nothing is understood yet but BEGIN and END (RFC 5545, section 3.6), so that one broken event costs
itself alone. A file that is cut short is refused: nobody can say what was in the rest.
"""

import re
from dataclasses import dataclass, field

from scheduler.calendars.content import ContentLine, SourceText, content_lines, decode, name_of, property_of
from scheduler.errors import CalendarUnreadable, Problem

_NAME = re.compile(r"[A-Z0-9-]+")
_BETWEEN_ADDRESSES = re.compile(r"[\s<>\"';:,=\\]+")
_ROOT = "VCALENDAR"
_OF_EVENTS = frozenset({"DTSTART", "DTEND", "RRULE", "ATTENDEE", "ORGANIZER", "RECURRENCE-ID"})


@dataclass(frozen=True, slots=True)
class Block:
    """A component as it stands in the file: `start` to `end` is its half-open range in the text.

    `lines` are its own properties. `fault` says what is broken about its shape; empty where nothing is.
    """

    name: str
    where: str
    line: int
    start: int
    end: int
    lines: tuple[ContentLine, ...] = ()
    fault: str = ""

    @property
    def place(self) -> str:
        """Name the file and the line that it begins on."""
        return f"{self.where}:{self.line}"

    @property
    def addresses(self) -> frozenset[str]:
        """Return everything in it that looks like an email address, in lower case."""
        texts = (line.text for line in self.lines if "@" in line.text)
        words = (word for text in texts for word in _BETWEEN_ADDRESSES.split(text))
        return frozenset(word.strip(".").lower() for word in words if "@" in word[1:-1])


@dataclass(slots=True)
class CalendarObject:
    """One VCALENDAR of a file; `end_line` is where its END stands."""

    where: str
    line: int
    lines: list[ContentLine] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    broken: list[Block] = field(default_factory=list)
    end_line: ContentLine | None = None

    def value(self, name: str) -> str:
        """Return the first value of one of its own properties, or an empty string."""
        for line in self.lines:
            if name_of(line.text) == name:
                found = property_of(line.text)
                return found.value.strip() if found is not None else ""
        return ""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A calendar file whose shape was read."""

    where: str
    source: SourceText
    calendars: tuple[CalendarObject, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Open:
    name: str
    begin: ContentLine
    lines: list[ContentLine] = field(default_factory=list)
    fault: str = ""


def scan(data: bytes, where: str) -> ScannedFile:
    """Return the file's components; raise CalendarUnreadable where it is none or not all of one.

    `where` names the file in every problem.
    """
    if not data:
        raise unreadable(where, "the file is empty (0 bytes)", "save the calendar there again")
    try:
        source = decode(data)
    except UnicodeDecodeError as error:
        what = f"it says that it is {error.encoding.upper()} but is not, from byte {error.start} on"
        raise unreadable(where, what, "export the calendar again, as UTF-8") from error
    return _Scanner(where).run(source)


def unreadable(where: str, what: str, remedy: str) -> CalendarUnreadable:
    """Return the error for a calendar of which one part can't be read."""
    return CalendarUnreadable(Problem(where, what, remedy))


def printable(name: str) -> str:
    """Return a name from a file as a sentence can hold it: short, and without control characters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name[:40])
    return shown + ("…" if len(name) > len(shown) else "")


class _Scanner:
    def __init__(self, where: str) -> None:
        self._where = where
        self._stack: list[_Open] = []
        self._calendars: list[CalendarObject] = []
        self._warnings: list[Problem] = []
        self._outside: list[ContentLine] = []

    def run(self, source: SourceText) -> ScannedFile:
        for line in content_lines(source.text):
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
        return ScannedFile(self._where, source, tuple(self._calendars), tuple(self._warnings))

    def _begin(self, line: ContentLine, name: str) -> None:
        if name == _ROOT:
            if self._stack:
                what = f"another calendar begins on line {line.number} before this one ends"
                raise self._cut_short(self._stack[0], what)
            self._calendars.append(CalendarObject(self._where, line.number))
        elif name == "VEVENT":
            self._close_down_to("VEVENT", line, "it has no END:VEVENT")
        self._stack.append(_Open(name, line))
        if _NAME.fullmatch(name) is None:
            self._stack[-1].fault = "it begins with a component name that is none"

    def _end(self, line: ContentLine, name: str) -> None:
        names = [each.name for each in self._stack]
        if name not in names:
            self._stray_end(line, name)
            return
        inside = names[len(names) - names[::-1].index(name) :]
        if inside:
            self._close_down_to(inside[0], line, f"it has no END:{inside[0]}")
        self._close(line)

    def _close_down_to(self, name: str, line: ContentLine, fault: str) -> None:
        names = [each.name for each in self._stack]
        if name not in names:
            return
        while True:
            last = self._stack[-1]
            last.fault = last.fault or fault
            self._close(line._replace(end=line.start))
            if last.name == name:
                return

    def _close(self, line: ContentLine) -> None:
        done = self._stack.pop()
        calendar = self._calendars[-1] if self._calendars else None
        block = Block(
            name=done.name,
            where=self._where,
            line=done.begin.number,
            start=done.begin.start,
            end=line.end,
            lines=tuple(done.lines),
            fault=done.fault,
        )
        if done.name == _ROOT and calendar is not None:
            calendar.lines = done.lines
            calendar.end_line = line
        elif calendar is None or not self._stack:
            self._outside += [done.begin, *done.lines]
        elif done.name == "VEVENT":
            calendar.events.append(block)
        elif done.name == "VTIMEZONE":
            calendar.zones.append(block)
        elif done.fault and self._stack[-1].name == "VEVENT":
            # what it swallowed may have been the event's own
            self._stack[-1].fault = self._stack[-1].fault or done.fault
            self._stack[-1].lines += done.lines
        elif done.fault:
            calendar.broken.append(block)

    def _stray_end(self, line: ContentLine, name: str) -> None:
        """Blame what is open; an event whose BEGIN was lost leaves its lines with the calendar."""
        if len(self._stack) > 1:
            last = self._stack[-1]
            last.fault = last.fault or f"line {line.number} ends a {printable(name)} that was never begun"
        elif self._stack:
            calendar, inside = self._calendars[-1], self._stack[-1].lines
            lost = [each for each in inside if name_of(each.text) in _OF_EVENTS or "@" in each.text]
            fault = f"it ends a {printable(name)} that was never begun"
            calendar.broken.append(
                Block(name, self._where, line.number, line.start, line.end, tuple(lost), fault=fault),
            )
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
            self._calendars[-1].broken.append(_outside_block(self._where, lines))
            self._warnings.append(Problem(where, "an event stands outside of any VCALENDAR", remedy))
            return
        self._warnings.append(Problem(where, "text outside of the calendar was left out"))


def _outside_block(where: str, lines: list[ContentLine]) -> Block:
    first = lines[0]
    fault = "it stands outside of any VCALENDAR"
    return Block("VEVENT", where, first.number, first.start, lines[-1].end, tuple(lines), fault=fault)
