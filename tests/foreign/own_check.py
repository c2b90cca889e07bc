"""Our own check of a calendar file, for what the foreign readers stay silent about.

Each rule is a function from the parsed file to complaints; `tests/unit/test_ics_own_check.py` breaks each of them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_OCTETS = 75
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,])(?:"[^"]*"|[^";:])*)')
_NAME = re.compile(r"[A-Za-z0-9-]+")
_BYDAY = re.compile(r"(-?\d*)(MO|TU|WE|TH|FR|SA|SU)")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ADDRESSES = frozenset({"ORGANIZER", "ATTENDEE"})


@dataclass(frozen=True, slots=True)
class Line:
    """A content line, unfolded: its name, parameters and value as they stand."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """A component with its lines and those within it."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Return the component's own lines of that name."""
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str:
        """Return the first value of that name, or nothing."""
        return next((line.value for line in self.all(name)), "")

    def within(self, *names: str) -> Iterator["Component"]:
        """Yield the parts of those names."""
        return (part for part in self.parts if part.name in names)


def problems_of(data: bytes) -> list[str]:
    """Return every complaint about a file; none: it is as we want it."""
    found = [complaint for rule in _OCTET_RULES for complaint in rule(data)]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [*found, f"not UTF-8: {error.reason} at octet {error.start}"]
    root, unbalanced = _parsed(text)
    found += unbalanced
    calendars = list(root.within("VCALENDAR"))
    if len(calendars) != 1 or root.lines or len(root.parts) != 1:
        found.append("the file is not one VCALENDAR and nothing else")
    return found + [complaint for calendar in calendars for rule in _RULES for complaint in rule(calendar)]


def _line_ends(data: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a line does not end in CRLF"
    if not data.endswith(b"\n"):
        yield "the last line has no line break"
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        yield "the file starts with a byte order mark"


def _line_lengths(data: bytes) -> Iterator[str]:
    for number, line in enumerate(re.split(rb"\r?\n", data), start=1):
        if len(line) > _OCTETS:
            yield f"line {number} has {len(line)} octets, more than {_OCTETS}"
        if re.match(rb"[ \t]?[\x80-\xbf]", line):
            yield f"line {number} begins in the middle of a character"


def _characters(data: bytes) -> Iterator[str]:
    for number, line in enumerate(re.split(rb"\r?\n", data), start=1):
        if _CONTROL.search(line.decode(errors="replace")):
            yield f"line {number} holds a control character"


def _parsed(text: str) -> tuple[Component, list[str]]:
    root = Component("")
    stack, problems = [root], []
    for content in re.sub("\r?\n[ \t]", "", text).replace("\r\n", "\n").split("\n"):
        if not content:
            continue
        line = _line(content)
        if line is None:
            problems.append(f"not a content line: {content[:40]!r}")
        elif line.name == "BEGIN":
            stack[-1].parts.append(Component(line.value.upper()))
            stack.append(stack[-1].parts[-1])
        elif line.name == "END":
            if stack[-1].name != line.value.upper() or len(stack) == 1:
                return root, [*problems, f"END:{line.value} ends nothing that is open"]
            stack.pop()
        else:
            stack[-1].lines.append(line)
    return root, problems + [f"BEGIN:{left.name} has no END" for left in stack[1:]]


def _line(content: str) -> Line | None:
    name = _NAME.match(content)
    if name is None:
        return None
    end, parameters = name.end(), {}
    while (found := _PARAMETER.match(content, end)) is not None:
        parameters[found[1].upper()] = found[2].strip('"')
        end = found.end()
    if content[end : end + 1] != ":":
        return None
    return Line(name[0].upper(), parameters, content[end + 1 :])


def _addresses(calendar: Component) -> Iterator[str]:
    for event in calendar.within("VEVENT"):
        for line in event.lines:
            if line.name in _ADDRESSES and not line.value.lower().startswith("mailto:"):
                yield f"{line.name} {line.value!r} has no mailto:"


def _zones(calendar: Component) -> Iterator[str]:
    zones = Counter(zone.value("TZID") for zone in calendar.within("VTIMEZONE"))
    yield from (f"TZID {name} has {count} VTIMEZONEs" for name, count in zones.items() if count > 1)
    used = {line.parameters.get("TZID") for event in calendar.within("VEVENT") for line in event.lines}
    yield from (f"TZID {name} has no VTIMEZONE" for name in sorted(filter(None, used)) if name not in zones)


def _zone_rules(calendar: Component) -> Iterator[str]:
    """Want a rule, or a list where none fits, for a change of the clocks that comes back."""
    for zone in calendar.within("VTIMEZONE"):
        observances = list(zone.within("STANDARD", "DAYLIGHT"))
        if not observances:
            yield f"VTIMEZONE {zone.value('TZID')} has neither STANDARD nor DAYLIGHT"
        changes = Counter(
            tuple(each.value(name) for name in ("TZOFFSETFROM", "TZOFFSETTO", "TZNAME"))
            for each in observances
            if not each.all("RRULE") and not each.all("RDATE")
        )
        if any(count > 1 for count in changes.values()):
            yield f"VTIMEZONE {zone.value('TZID')} lists its changes one by one, without RRULE"


def _required(calendar: Component) -> Iterator[str]:
    for name in ("VERSION", "PRODID"):
        if len(calendar.all(name)) != 1:
            yield f"the calendar has {len(calendar.all(name))} {name}s, not one"
    for event in calendar.within("VEVENT"):
        for name in ("UID", "DTSTAMP", "DTSTART"):
            if len(event.all(name)) != 1:
                yield f"event {event.value('UID')!r} has {len(event.all(name))} {name}s, not one"
        if event.all("DTSTAMP") and not event.value("DTSTAMP").endswith("Z"):
            yield f"event {event.value('UID')!r} has a DTSTAMP that is not in UTC"


def _identities(calendar: Component) -> Iterator[str]:
    events = [(event.value("UID"), event.value("RECURRENCE-ID")) for event in calendar.within("VEVENT")]
    for (uid, original), count in Counter(events).items():
        if count > 1:
            yield f"UID {uid} stands {count} times" + (
                f" for {original}" if original else " without RECURRENCE-ID"
            )
    if calendar.all("METHOD") and len({uid for uid, _ in events}) > 1:
        yield "an iTIP message speaks of more than one UID"


def _first_dates(calendar: Component) -> Iterator[str]:
    for event in calendar.within("VEVENT"):
        days = re.search(r"BYDAY=([^;]+)", event.value("RRULE"))
        start = event.value("DTSTART")
        if days is not None and start:
            first = datetime.strptime(start[:8], "%Y%m%d")  # noqa: DTZ007 - only its date is looked at
            if not any(_falls_on(first, day) for day in days[1].split(",")):
                yield f"event {event.value('UID')!r} starts on {first:%A %d %B}, which is not {days[0]}"


def _falls_on(day: datetime, byday: str) -> bool:
    found = _BYDAY.fullmatch(byday)
    if found is None or _DAYS[day.weekday()] != found[2]:
        return False
    place = int(found[1] or 0)
    if place > 0:
        return (day.day - 1) // 7 + 1 == place
    return place == 0 or (day + timedelta(days=7 * -place)).month != day.month


_OCTET_RULES: Sequence[Callable[[bytes], Iterator[str]]] = (_line_ends, _line_lengths, _characters)
_RULES: Sequence[Callable[[Component], Iterator[str]]] = (
    _required,
    _identities,
    _addresses,
    _zones,
    _zone_rules,
    _first_dates,
)
