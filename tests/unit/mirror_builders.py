"""Calendars in files to be read through the mirror and directly, and what the two have to have in common."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from scheduler.calendars import file_work
from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.mirrored import MirroredFiles
from scheduler.calendars.read_ics import ScannedFile, scan
from scheduler.errors import CalendarUnreadable
from scheduler.meetings import Attendee, CalendarReading, Occurrence, Series
from scheduler.people import Person
from scheduler.state.file_readings import FileReadings
from scheduler.state.mirror_file import FILE_NAME, MirrorFile
from scheduler.timespans import Span
from tests.unit.calendars_builders import calendar, event, person

# Around the day on which midnight did not exist in São Paulo: 2018-11-04.
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
WINDOW = Span(datetime(2018, 9, 1, tzinfo=UTC), datetime(2018, 12, 1, tzinfo=UTC))
ANA = replace(person(tz=SAO_PAULO), aliases=frozenset({"ana.b@example.com"}))
BO = "bo@example.com"
KNOWN = (*sorted(ANA.addresses), BO)
STRANGERS = ("Cy@elsewhere.example", "di@elsewhere.example", "eve@elsewhere.example")
_SHOWN: dict[tuple[str, ...], tzinfo] = {}
ROOM = "c_188_room@resource.calendar.google.com"
ZONE = """BEGIN:VTIMEZONE
TZID:Our own
COMMENT:asked for by di@elsewhere.example
BEGIN:STANDARD
DTSTART:20000101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0130
TZNAME:OWN
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000601T000000
TZOFFSETFROM:+0130
TZOFFSETTO:+0200
TZNAME:OWND
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE"""


def weekly(*more: str, uid: str = "weekly@google.com", who: str = BO) -> str:
    """Return a series of Ana's with somebody."""
    lines = ["DTSTART;TZID=America/Sao_Paulo:20180904T100000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY"]
    people = [f"ORGANIZER:mailto:{ANA.email}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}"]
    return event(*lines, *people, *more, uid=uid)


@dataclass
class World:
    """A folder of calendars beside a mirror; each `night` opens the mirror as a new run does."""

    root: Path
    state: Path
    owner: Person = ANA
    known: tuple[str, ...] = KNOWN
    mirrored: FolderCalendar = field(init=False)
    file: MirrorFile = field(init=False)
    rows: FileReadings = field(init=False)

    def __post_init__(self) -> None:
        """Make the folders and begin the first night."""
        self.root.mkdir(exist_ok=True)
        self.state.mkdir(exist_ok=True)
        self.night()

    @property
    def path(self) -> Path:
        """Where the mirror is."""
        return self.state / FILE_NAME

    def night(self) -> None:
        """Begin another run."""
        self.file = MirrorFile(self.state)
        self.rows = FileReadings(self.file)
        self.mirrored = FolderCalendar(self.root, MirroredFiles(self.rows, self.known))

    def put(self, name: str, *parts: str, zones: str = "") -> Path:
        """Write a calendar file with these components."""
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(calendar(*filter(None, (zones, *parts))))
        return path

    def read(self, window: Span = WINDOW, about: Iterable[str] | None = None) -> CalendarReading:
        """Read through the mirror, in a run of its own."""
        self.night()
        try:
            return self.mirrored.read(self.owner, window, None if about is None else frozenset(about))
        finally:
            self.file.close()

    def freshen(self) -> None:
        """Have the mirror know everything, in a run of its own."""
        self.night()
        self.mirrored.freshen([self.owner], WINDOW)
        self.file.close()

    def direct(self, window: Span = WINDOW) -> CalendarReading:
        """Read without the mirror."""
        return FolderCalendar(self.root).read(self.owner, window)

    def check(self, window: Span = WINDOW) -> None:
        """Hold the reading through the mirror to the direct one; unreadable is unreadable for both."""
        try:
            right = self.direct(window)
        except CalendarUnreadable:
            with pytest.raises(CalendarUnreadable):
                self.read(window)
            return
        assert_alike(self.read(window), right, self.known)


def assert_alike(found: CalendarReading, right: CalendarReading, known: Iterable[str] = KNOWN) -> None:
    """Hold one reading to the other, part by part."""
    one, other = told(found, known), told(right, known)
    for each in fields(CalendarReading):
        a, b = getattr(one, each.name), getattr(other, each.name)
        only = (
            ([x for x in a if x not in b], [x for x in b if x not in a]) if isinstance(a, tuple) else (a, b)
        )
        assert a == b, f"{each.name}: {only[0]} is not {only[1]}"


def told(reading: CalendarReading, known: Iterable[str]) -> CalendarReading:
    """Return what both ways of reading tell: people that nobody knows by number, links of our series alone."""
    names: dict[str, str] = {address.lower(): address.lower() for address in known}

    def name(address: str) -> str:
        return names.setdefault(address, f"stranger {len(names)}")

    return replace(
        reading,
        occurrences=tuple(_of_people(each, name) for each in reading.occurrences),
        series=tuple(_of_series(each, name) for each in reading.series),
        unread=tuple(
            replace(each, addresses=frozenset(_counted(each.addresses, names))) for each in reading.unread
        ),
    )


def _of_people(each: Occurrence, name: Callable[[str], str]) -> Occurrence:
    organizer = None if each.organizer is None else name(each.organizer)
    return replace(each, organizer=organizer, attendees=_guests(each.attendees, name))


def _guests(attendees: Iterable[Attendee], name: Callable[[str], str]) -> tuple[Attendee, ...]:
    return tuple(replace(guest, email=name(guest.email)) for guest in attendees)


def _of_series(each: Series, name: Callable[[str], str]) -> Series:
    """Return the series with its start in the one zone of those that behave alike."""
    return replace(
        each,
        start=each.start.replace(tzinfo=_alike(each.start.tzinfo or UTC)),
        organizer=None if each.organizer is None else name(each.organizer),
        attendees=_guests(each.attendees, name),
        links=each.links if each.mark is not None else (),
    )


def _counted(addresses: Iterable[str], names: Mapping[str, str]) -> Iterable[str]:
    """Yield the known ones; the others by how many there are."""
    others = 0
    for address in addresses:
        if names.get(address) == address:
            yield address
        else:
            others += 1
    yield f"and {others} others"


class Alike(tzinfo):
    """A zone, known by how it behaves in the years around the window alone."""

    def __init__(self, zone: tzinfo) -> None:
        """Behave as this one."""
        self._zone = zone

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return what the zone returns."""
        return None if moment is None else moment.replace(tzinfo=self._zone).utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Tell nothing."""
        return None if moment is None else timedelta()

    def tzname(self, moment: datetime | None) -> str | None:
        """Tell nothing."""
        return None if moment is None else "alike"


@cache
def _alike(zone: tzinfo) -> tzinfo:
    """Return one and the same zone for all that behave alike; times in two zones may differ where clocks change."""
    hours = (WINDOW.start + timedelta(hours=n) for n in range(-9000, 9000, 5))
    shown = tuple(str(hour.astimezone(zone).replace(tzinfo=None)) for hour in hours)
    return _SHOWN.setdefault(shown, Alike(zone))


def count_scans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the name of each file is added that is parsed from now on, for the mirror."""
    scans: list[str] = []

    def counted(data: bytes, where: str) -> ScannedFile:
        scans.append(Path(where).name)
        return scan(data, where)

    monkeypatch.setattr(file_work, "scan", counted)
    return scans


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for one that was written long ago."""
    monkeypatch.setattr(file_work, "has_settled", lambda _: True)


_WHENS = (
    *(
        "DTSTART;TZID=America/Sao_Paulo:{day}T{hour}0000",
        "DTSTART:{day}T{hour}0000Z",
        "DTSTART:{day}T{hour}0000",
    ),
    *(
        "DTSTART;VALUE=DATE:{day}",
        "DTSTART;TZID=Our own:{day}T{hour}0000",
        "DTSTART;TZID=Nowhere:{day}T{hour}0000",
    ),
    *("DTSTART;TZID=GMT+0100:{day}T{hour}0000", "DTSTART;TZID=Europe/Berlin:{day}T{hour}0000"),
)
_RULES = (
    *("RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=40", "RRULE:FREQ=MONTHLY;BYDAY=1SU"),
    *("RRULE:FREQ=WEEKLY;UNTIL=20181110T000000Z", "RRULE:FREQ=YEARLY", "RDATE:20181107T130000Z"),
    *("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=WEEKLY\nEXDATE:20181104T100000Z"),
)
_WORDS = (
    *("STATUS:CANCELLED", "STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
    *("X-ONETOONE-KEY:0123456789abcdef-1", "ATTACH:https://docs.example/1", "SEQUENCE:2", "DURATION:PT0S"),
    *("DURATION:PT45M", "DURATION:P3D", "DTEND:20181105T120000Z", "DTEND;VALUE=DATE:20181106"),
    *("RECURRENCE-ID:20181104T100000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20181016T130000Z"),
    *("RECURRENCE-ID;VALUE=DATE:20181104", "ATTENDEE;CN=Eve:no address", "DTSTART:when we like", "ORGANIZER"),
)
_UIDS = ("u1", "u2", "u3", "onetoone42", "a\\, b")
_ANYBODY = (*KNOWN, *STRANGERS, ROOM)


@st.composite
def events(draw: st.DrawFn) -> str:
    """Draw a VEVENT; some are broken, some have no UID, several share one."""
    day = draw(
        st.sampled_from(("20180930", "20181016", "20181103", "20181104", "20181130", "20181215", "20180101"))
    )
    hour = draw(st.sampled_from(("00", "10", "13", "23")))
    lines = [draw(st.sampled_from(_WHENS)).format(day=day, hour=hour)]
    lines += draw(st.lists(st.sampled_from(_RULES), max_size=1) | st.just([]))
    lines += draw(st.lists(st.sampled_from(_WORDS), max_size=3, unique=True))
    who = st.sampled_from(_ANYBODY)
    lines += [f"ORGANIZER:mailto:{each}" for each in draw(st.lists(who, max_size=1))]
    answers = st.sampled_from(("ACCEPTED", "DECLINED", "NEEDS-ACTION"))
    guests = draw(st.lists(st.tuples(who, answers), max_size=3))
    lines += [f"ATTENDEE;CN=N {each};PARTSTAT={answer}:mailto:{each}" for each, answer in guests]
    uid = draw(st.sampled_from(_UIDS))
    text = event(*lines, uid=uid)
    return text if draw(st.integers(0, 9)) else text.replace(f"UID:{uid}\n", "")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a calendar file; one in some is none, or cut short."""
    head = draw(
        st.sampled_from(("", "", "X-WR-TIMEZONE:Asia/Kolkata", "X-WR-TIMEZONE:Our own", "METHOD:PUBLISH"))
    )
    parts = [head, ZONE if draw(st.booleans()) else "", *draw(st.lists(events(), max_size=4))]
    text = calendar(*filter(None, parts))
    fault = draw(st.integers(0, 40))
    if fault == 0:
        return text[: len(text) // 2]
    return (
        text if fault > 1 else text.replace("BEGIN:VEVENT", "BEGIN:VEVENT\nBEGIN:VFUN\nEND:VFUN\nnonsense", 1)
    )
