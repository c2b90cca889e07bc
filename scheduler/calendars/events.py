"""One VEVENT, understood: its properties as values, in the zone and the words of the model."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from scheduler.calendars.components import Block
from scheduler.calendars.content import Property, name_of, property_of, unescaped
from scheduler.calendars.guests import address_of, attendees_of
from scheduler.calendars.moments import (
    Clock,
    Moment,
    Period,
    as_day,
    duration,
    in_utc,
    is_day,
    moment,
    moments,
    rule_in_days,
)
from scheduler.calendars.plain_event import PlainProperties, lines_of, uid_lines
from scheduler.calendars.quirks import apple, google, outlook
from scheduler.meetings import Attendee, Busy, EventStatus

KEY_PROPERTY = "X-ONETOONE-KEY"
_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE"})
_OTHERS = frozenset(
    {
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "STATUS", "TRANSP", "SUMMARY"),
        *("ORGANIZER", "ATTENDEE", "ATTACH", KEY_PROPERTY),
        *outlook.BUSY_PROPERTIES,
        *outlook.ALL_DAY,
        outlook.OTHER_RULE,
        *apple.BUSY_PROPERTIES,
    },
)
_NEEDED = _TIMES | _OTHERS
# Without these whole, what is left of the event would say something else than the event does.
_VITAL = _NEEDED - {"SUMMARY", "ATTACH", "DTSTAMP", "LAST-MODIFIED"}
# There may be one of each only (section 3.6.1).
_SINGLE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "STATUS", "TRANSP", "ORGANIZER")
_LINES = lines_of(_NEEDED)
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """The properties of one VEVENT that are looked at, not yet understood, by name."""

    block: Block
    clock: Clock
    method: str
    properties: Mapping[str, tuple[Property, ...]]
    broken: tuple[str, ...] = ()
    uid: str = ""

    def first(self, name: str) -> Property | None:
        """Return the first property of that name, or None."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the value of the first property of that name, bare, or an empty string."""
        found = self.first(name)
        return found.value.strip() if found is not None else ""

    @property
    def recurs(self) -> bool:
        """Say whether it repeats or is one of a series."""
        return any(name in self.properties for name in ("RRULE", "RDATE", "RECURRENCE-ID"))

    @property
    def sequence(self) -> int:
        """Return its SEQUENCE; 0 where it has none (RFC 5545, section 3.8.7.4)."""
        text = self.text("SEQUENCE")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - RFC 5545's integers have no more digits

    @property
    def version(self) -> tuple[int, datetime, datetime]:
        """Return what tells the newer of two versions: SEQUENCE, then LAST-MODIFIED, then DTSTAMP."""
        return self.sequence, self._stamp("LAST-MODIFIED"), self._stamp("DTSTAMP")

    def _stamp(self, name: str) -> datetime:
        line = self.first(name)
        try:
            return in_utc(moment(line, self.clock, UTC), UTC) if line is not None else _LONG_AGO
        except ValueError:
            return _LONG_AGO


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When an event takes place; `end` is exclusive and of the same kind (date or aware time) as `start`."""

    start: Moment
    end: Moment
    rules: tuple[str, ...] = ()
    added: tuple[Moment | Period, ...] = ()
    excluded: tuple[Moment, ...] = ()
    recurrence_id: Moment | None = None
    this_and_future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an event says beside its times."""

    status: EventStatus
    busy: Busy
    organizer: str | None
    attendees: tuple[Attendee, ...]
    incomplete_guests: bool
    mark: str | None
    links: tuple[str, ...] = field(default=())


def raw_event(block: Block, clock: Clock, method: str) -> RawEvent:
    """Pick out the properties that are looked at; lines that can't be taken apart are named in `broken`."""
    properties, broken = (PlainProperties(block, _LINES), []) if block.plain else _taken_apart(block)
    uid = properties.get("UID", ())
    return RawEvent(
        block=block,
        clock=clock,
        method=method,
        properties=properties,
        broken=(*broken, *(f"it has more than one {name}, and they differ" for name in _doubled(properties))),
        uid=unescaped(uid[0].value.strip()) if uid else "",
    )


def uids_of_block(block: Block) -> Iterator[str]:
    """Yield what the UID lines of an event say, in order; the first one counts."""
    if block.plain:
        lines: Iterable[Property | None] = uid_lines(block)
    else:
        lines = (property_of(line.text) for line in block.lines if name_of(line.text) == "UID")
    for line in lines:
        if line is not None and line.name == "UID":
            yield unescaped(line.value.strip())


def _taken_apart(block: Block) -> tuple[dict[str, tuple[Property, ...]], list[str]]:
    found: dict[str, list[Property]] = {}
    broken: list[str] = []
    for line in block.lines:
        name = name_of(line.text)
        if name in _NEEDED:
            taken = property_of(line.text)
            if taken is not None:
                found.setdefault(taken.name, []).append(taken)
            elif name in _VITAL:
                broken.append(f"its {name} on line {line.number} is not whole")
    return {name: tuple(lines) for name, lines in found.items()}, broken


def _doubled(properties: Mapping[str, tuple[Property, ...]]) -> Iterator[str]:
    several = properties.several() if isinstance(properties, PlainProperties) else properties.keys()
    for name in _SINGLE:
        if name in several and any(line != properties[name][0] for line in properties[name]):
            yield name


def times_of(raw: RawEvent) -> Times:
    """Return when the event takes place; raise ValueError in words for what can't be right."""
    start_line = raw.first("DTSTART")
    if start_line is None:
        msg = "it has no start (DTSTART)"
        raise ValueError(msg)
    if "EXRULE" in raw.properties:
        msg = "it leaves dates out by a rule (EXRULE), which hardly any calendar program keeps any more"
        raise ValueError(msg)
    if outlook.OTHER_RULE in raw.properties and "RRULE" not in raw.properties:
        msg = f"it repeats by another calendar than the Gregorian one ({outlook.OTHER_RULE})"
        raise ValueError(msg)
    start = moment(start_line, raw.clock)
    end = _end(raw, start)
    floating = start.tzinfo if isinstance(start, datetime) else None
    same = raw.first("RECURRENCE-ID")
    added = [each for line in raw.properties.get("RDATE", ()) for each in moments(line, raw.clock, floating)]
    excluded = [
        _bare(each)
        for line in raw.properties.get("EXDATE", ())
        for each in moments(line, raw.clock, floating)
    ]
    times = Times(
        start=start,
        end=end,
        rules=tuple(line.value for line in raw.properties.get("RRULE", ()) if line.value.strip()),
        added=tuple(added),
        excluded=tuple(excluded),
        recurrence_id=moment(same, raw.clock, floating) if same is not None else None,
        this_and_future=same is not None and same.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
    )
    if any(name in raw.properties and raw.text(name).upper() == "TRUE" for name in outlook.ALL_DAY):
        times = _whole_days(times, raw.clock)
    return _of_days(times, raw.clock.floating) if is_day(times.start) else times


def _whole_days(times: Times, clock: Clock) -> Times:
    """Return what Outlook says lasts all day, from midnight to midnight, as the days that it means."""
    if not isinstance(times.start, datetime) or not isinstance(times.end, datetime):
        return times
    days = outlook.days_of(times.start, times.end, clock.floating)
    if days is None:
        return times
    return replace(times, start=days[0], end=days[1])


def _of_days(times: Times, midnights: tzinfo) -> Times:
    """Return a series of days with the dates that it ends on, adds and leaves out as days, too."""
    if not times.rules and not times.added and not times.excluded:
        return times
    return replace(
        times,
        rules=tuple(rule_in_days(rule, midnights) for rule in times.rules),
        added=tuple(as_day(_bare(each), midnights) for each in times.added),
        excluded=tuple(as_day(each, midnights) for each in times.excluded),
    )


def _bare(value: Moment | Period) -> Moment:
    return value[0] if isinstance(value, tuple) else value


def _end(raw: RawEvent, start: Moment) -> Moment:
    """Return DTEND, or DTSTART and DURATION; else the end of the day, or the start itself (section 3.6.1).

    DTEND counts where there are both, as it does for Outlook. An all-day event that ends where it starts is that
    one day: several programs write it so.
    """
    end_line, length = raw.first("DTEND"), raw.text("DURATION")
    day = timedelta(days=1)
    if end_line is not None:
        end = moment(end_line, raw.clock, start.tzinfo if isinstance(start, datetime) else None)
    elif length:
        end = start + duration(length)
    else:
        end = start
    if is_day(start) is not is_day(end):
        msg = "its start and its end are not both dates or both times"
        raise ValueError(msg)
    if is_day(end) and end == start:
        end = start + day
    if isinstance(start, datetime) and isinstance(end, datetime):
        end = end.astimezone(start.tzinfo)
    end = _after_the_leap(start, end)
    if in_utc(end, UTC) < in_utc(start, UTC):
        msg = "it ends before it starts"
        raise ValueError(msg)
    return end


def _after_the_leap(start: Moment, end: Moment) -> Moment:
    """Return the end, as long after the start as the clock says, where clocks leap over the start (section 3.3.5)."""
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end < start:
        return end
    if in_utc(end, UTC) >= in_utc(start, UTC):
        return end
    return (in_utc(start, UTC) + (end - start)).astimezone(start.tzinfo)


def facts_of(raw: RawEvent) -> Facts:
    """Return what the event says."""
    attendees, incomplete = attendees_of(raw.properties.get("ATTENDEE", ()))
    organizer = raw.first("ORGANIZER")
    status = status_of(raw)
    address = address_of(organizer) if organizer is not None else None
    return Facts(
        status=status,
        busy=_busy(raw, status, others_invited=any(each.email != address for each in attendees)),
        organizer=address,
        attendees=attendees,
        incomplete_guests=incomplete,
        mark=unescaped(raw.text(KEY_PROPERTY)) or None,
        links=tuple(_links(raw.properties.get("ATTACH", ()))),
    )


def status_of(raw: RawEvent) -> EventStatus:
    """Return whether it takes place: by its STATUS, by the message that it came in, or by what Outlook says."""
    text = raw.text("STATUS").upper()
    if raw.method == "CANCEL" or text in {"CANCELLED", "CANCELED"}:
        return EventStatus.CANCELLED
    busy_status = raw.text(outlook.BUSY_PROPERTIES[0])
    if busy_status and outlook.is_called_off(raw.text("SUMMARY"), busy_status):
        return EventStatus.CANCELLED
    return EventStatus.TENTATIVE if text == "TENTATIVE" else EventStatus.CONFIRMED


def _busy(raw: RawEvent, status: EventStatus, *, others_invited: bool) -> Busy:
    values = {name: raw.text(name) for name in (*outlook.BUSY_PROPERTIES, *apple.BUSY_PROPERTIES)}
    vendors = outlook.busy(values) or apple.busy(values)
    if vendors is not None:
        return vendors
    if raw.text("TRANSP").upper() == "TRANSPARENT":
        return Busy.FREE
    if google.is_out_of_office(raw.text("SUMMARY"), others_invited=others_invited):
        return Busy.OUT_OF_OFFICE
    return Busy.TENTATIVE if status is EventStatus.TENTATIVE else Busy.BUSY


def _links(lines: Iterable[Property]) -> Iterable[str]:
    """Yield the attachments that are addresses; those that are the data itself are none."""
    for line in lines:
        if line.parameters.get("VALUE", "").upper() != "BINARY" and line.value.strip():
            yield line.value.strip()
