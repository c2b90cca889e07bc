"""The quick way to the components of a file, for text whose shape holds no surprise.

The text is not cut into lines. One expression runs over it and stops where a component begins or ends, and at every
line that is not surely well-formed; what it passes over costs next to nothing. Surely well-formed is: a name in capitals
and the colon after whole parameters, folded or not; an EXDATE or RDATE with a value. All the rest, and whatever does not
fit into each other, is for `careful_scan`, which is the judge: what is found here is what it would find.
"""

import re
from dataclasses import dataclass, field

from scheduler.calendars.components import Block, CalendarObject, ScannedFile
from scheduler.calendars.content import LONE_SURROGATE, PARAMETERS, ContentLine, SourceText, content_lines

_LINE_IS_WHOLE = r"(?=\r?+\Z|(?:\r?\n)++(?![ \t\r]))"
_EDGE = r"(BEGIN|END):([A-Z0-9-]++)" + _LINE_IS_WHOLE
_DATES = (
    r"(?:EXDATE|RDATE)" + PARAMETERS + r":[^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+(?<=[0-9A-Z])\r?+\n(?![ \t\r\n])"
)
_OTHERS = r"(?!(?:BEGIN|END|EXDATE|RDATE)[:;])[A-Z0-9-]++" + PARAMETERS + ":"
_STOP = re.compile(rf"\n(?![ \t]|{_OTHERS}|{_DATES})(?:{_EDGE})?+")
_EDGE_AT = re.compile(_EDGE)
_FIRST = re.compile(r"BEGIN:VCALENDAR" + _LINE_IS_WHOLE)
# Only a line that starts so can begin or end a component.
_MAY_BE_EDGE = frozenset("BbEe")


@dataclass(slots=True)
class _Open:
    name: str
    start: int
    line: int
    plain: bool = True


class _Surprise(Exception):
    """The shape of the file is not surely what it seems."""


def plainly_scanned(source: SourceText, where: str) -> ScannedFile | None:
    """Return the components of a file, or None where its shape is for the careful scanner to judge."""
    if source.misencoded or _FIRST.match(source.text) is None:
        return None
    try:
        return ScannedFile(where, source, tuple(_Scanner(source.text, where).run()))
    except _Surprise:
        return None


def is_plain(source: SourceText, start: int, end: int) -> bool:
    """Say whether the component that the careful scanner found there, whole, holds no surprise."""
    text = source.text
    if _EDGE_AT.match(text, start, end) is None:
        return False
    if source.misencoded and LONE_SURROGATE.search(text, start, end) is not None:
        return False
    last = end - 1 if text[end - 1] == "\n" else end
    return all(stop[1] is not None for stop in _STOP.finditer(text, start, last))


@dataclass(slots=True)
class _Scanner:
    text: str
    where: str
    calendars: list[CalendarObject] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _line: int = 1
    _counted: int = 0
    _read: int = 0

    def run(self) -> list[CalendarObject]:
        self._begin("VCALENDAR", 0)
        for stop in _STOP.finditer(self.text):
            edge, name = stop.groups()
            if edge is None:
                self._odd_line(stop.end())
            elif edge == "BEGIN":
                self._begin(name, stop.start() + 1)
            else:
                self._end(name, stop.start() + 1)
        self._nothing_until(len(self.text))
        if self._stack:
            raise _Surprise
        return self.calendars

    def _begin(self, name: str, start: int) -> None:
        depth = len(self._stack)
        if (name == "VCALENDAR") is not (depth == 0) or (depth != 1 and name in {"VEVENT", "VTIMEZONE"}):
            raise _Surprise
        line = self._line_at(start)
        if depth == 0:
            self._nothing_until(start)
            self.calendars.append(CalendarObject(self.where, line))
        elif depth == 1:
            self._own_lines_until(start)
        self._stack.append(_Open(name, start, line))
        self._read = self._after(start)

    def _end(self, name: str, start: int) -> None:
        if not self._stack or self._stack[-1].name != name:
            raise _Surprise
        after = self._after(start)
        depth = len(self._stack)
        done = self._stack.pop()
        calendar = self.calendars[-1]
        if depth == 1:
            self._own_lines_until(start)
            text = f"END:{name}"
            calendar.end_line = ContentLine(self._line_at(start), start, after, text)
        elif depth == 2 and name in {"VEVENT", "VTIMEZONE"}:  # noqa: PLR2004 - within the calendar itself
            found = calendar.events if name == "VEVENT" else calendar.zones
            found.append(Block(name, self.where, done.line, done.start, after, self.text, plain=done.plain))
        elif not done.plain:
            self._stack[-1].plain = False
        self._read = after

    def _odd_line(self, start: int) -> None:
        if self.text[start : start + 1] in _MAY_BE_EDGE:
            raise _Surprise
        if self._stack:
            self._stack[-1].plain = False

    def _own_lines_until(self, end: int) -> None:
        """Give the calendar its own lines since the last component."""
        if self._read < end:
            lines = content_lines(self.text[self._read : end], self._line_at(self._read), self._read)
            self.calendars[-1].lines += lines

    def _nothing_until(self, end: int) -> None:
        """Text between calendars is told of, and so not for here."""
        if not self._stack and self.text[self._read : end].strip("\r\n"):
            raise _Surprise

    def _line_at(self, position: int) -> int:
        """Return the number of the line that begins there; they are asked for in order, but for the last one."""
        if position < self._counted:
            return self._line - self.text.count("\n", position, self._counted)
        self._line += self.text.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def _after(self, start: int) -> int:
        """Return where the line after this one begins."""
        return self.text.find("\n", start) + 1 or len(self.text)
