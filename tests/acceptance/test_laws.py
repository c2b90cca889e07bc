"""The laws of the house on random organisations, their calendars real files: read back by another reader than ours."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import recurring_ical_events  # type: ignore[import-untyped] # the package ships no types
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.config import load_config
from scheduler.findings import Result
from scheduler.job import Job
from scheduler.people import Roster
from scheduler.planning.changes import ChangeKind, Outcome
from scheduler.timespans import Span
from tests.acceptance.conftest import LEAST

ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
HOURS = ("Mon-Fri 09:00-17:30", "Mon-Thu 08:00-16:00; Fri 08:00-12:00", "Tue-Sat 12:00-20:00")
CADENCES = ("", "", "1 week", "1 month", "1 quarter", "none")
MOMENTS = ("2026-03-02T09:00:00+00:00", "2026-10-12T06:30:00+00:00", "2026-11-23T09:00:00+00:00")
RULES = (
    "",
    "RRULE:FREQ=WEEKLY",
    "RRULE:FREQ=WEEKLY;INTERVAL=2",
    "RRULE:FREQ=DAILY;COUNT=20",
    "RRULE:FREQ=MONTHLY",
)
MARKS = (
    "",
    "",
    "STATUS:TENTATIVE",
    "STATUS:CANCELLED",
    "TRANSP:TRANSPARENT",
    'X-KEEP;A="b:c":Ü, \\; 你好 🙂',
)
HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//somebody//EN\nX-WR-CALNAME:Mine\n"
WEEKS = 52
KEY = "X-ONETOONE-KEY"


@dataclass
class Company:
    """Rows of the roster, and the events in everybody's calendar as text."""

    now: datetime
    rows: dict[str, str] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    events: dict[str, list[str]] = field(default_factory=dict)
    meetings: dict[str, list[str]] = field(default_factory=dict)
    vdirs: frozenset[str] = frozenset()
    newline: str = "\r\n"

    def hire(self, email: str, manager: str, tz: str, hours: str, cadence: str) -> None:
        """Add a person to the roster."""
        self.rows[email] = f"{email},{email[:2].upper()},{manager},{tz},{hours},{cadence}"
        self.managers[email] = manager
        self.zones[email] = tz
        self.events[email] = []
        self.meetings[email] = []


def event_text(uid: str, start: datetime, *lines: str, tz: str, minutes: int = 60) -> str:
    """Return an event at a wall-clock time in a zone."""
    end = start + timedelta(minutes=minutes)
    times = [f"{name};TZID={tz}:{at:%Y%m%dT%H%M%S}" for name, at in (("DTSTART", start), ("DTEND", end))]
    return "\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *times, *filter(None, lines), "END:VEVENT"]
    )


@st.composite
def wall_clock(draw: st.DrawFn, now: datetime) -> datetime:
    """Return a time of a day within some months of now."""
    day = now.date() + timedelta(days=draw(st.integers(-60, 80)))
    at = datetime(day.year, day.month, day.day, draw(st.integers(7, 18)))  # noqa: DTZ001 - a wall-clock time
    return at + timedelta(minutes=draw(st.sampled_from([0, 30])))


@st.composite
def own_events(draw: st.DrawFn, now: datetime, tz: str, owner: str) -> list[str]:
    """Return what else a person does: events of any kind, alone or with people from outside."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        rule, mark = draw(st.sampled_from(RULES)), draw(st.sampled_from(MARKS))
        uid = f"own-{number}-{owner}"
        if draw(st.integers(0, 4)) == 0:
            day = now.date() + timedelta(days=draw(st.integers(-10, 30)))
            lines = (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", "SUMMARY:Out of office", mark)
            text = [
                "BEGIN:VEVENT",
                f"UID:{uid}",
                "DTSTAMP:20260101T000000Z",
                *filter(None, lines),
                "END:VEVENT",
            ]
            found.append("\n".join(text))
        else:
            found.append(event_text(uid, draw(wall_clock(now)), rule, mark, tz=tz))
    return found


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Return two to four managers and one to six reports, with calendars that people filled themselves."""
    company = Company(now=datetime.fromisoformat(draw(st.sampled_from(MOMENTS))))
    managers = [f"m{n}@x.org" for n in range(draw(st.integers(2, 4)))]
    reports = [f"p{n}@x.org" for n in range(draw(st.integers(1, 6)))]
    for number, email in enumerate([*managers, *reports]):
        above = managers[: min(number, len(managers))]
        nobody = [] if email in reports else [""]
        company.hire(
            email,
            draw(st.sampled_from([*above, *nobody])),
            draw(st.sampled_from(ZONES)),
            draw(st.sampled_from(HOURS)),
            draw(st.sampled_from(CADENCES)),
        )
        company.events[email] = draw(own_events(company.now, company.zones[email], email))
    for email, manager in company.managers.items():
        if manager and draw(st.integers(0, 2)) == 0:
            set_up(draw, company, manager, email)
    company.vdirs = frozenset(draw(st.sets(st.sampled_from([*managers, *reports]), max_size=2)))
    company.newline = draw(st.sampled_from(["\r\n", "\n"]))
    return company


def set_up(draw: st.DrawFn, company: Company, manager: str, report: str) -> None:
    """Put a 1-2-1 that the two set up themselves into both calendars, or into one."""
    answer = draw(st.sampled_from(["ACCEPTED", "NEEDS-ACTION", "DECLINED"]))
    uid, mark = f"theirs-{report}", draw(st.sampled_from(["", "", "STATUS:CANCELLED"]))
    text = event_text(
        uid,
        draw(wall_clock(company.now)),
        draw(st.sampled_from(RULES[:3])),
        f"ORGANIZER:mailto:{manager}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{manager}",
        f"ATTENDEE;PARTSTAT={answer}:mailto:{report}",
        mark,
        tz=company.zones[manager],
        minutes=30,
    )
    for owner in draw(st.sampled_from([(manager, report), (manager,), (report,)])):
        company.events[owner].append(text)
        if not mark and answer != "DECLINED":
            company.meetings[owner].append(uid)


class Office:
    """A company on the disk."""

    def __init__(self, root: Path, company: Company) -> None:
        """Write config, roster and calendars."""
        self.root, self.company, self.now = root, company, company.now
        (root / "config").mkdir()
        (root / "calendars").mkdir()
        (root / "config" / "onetoone.toml").write_text(LEAST)
        rows = ["email,name,manager,timezone,hours,cadence", *company.rows.values(), ""]
        (root / "config" / "people.csv").write_text("\n".join(rows))
        for email, events in company.events.items():
            self._write(email, events)
        self.before = self.files()

    def _write(self, email: str, events: list[str]) -> None:
        place = self.root / "calendars" / email
        if email not in self.company.vdirs:
            self._put(place.with_name(f"{email}.ics"), events)
            return
        place.mkdir()
        for number, text in enumerate(events):
            self._put(place / f"{number}.ics", [text])

    def _put(self, path: Path, events: list[str]) -> None:
        text = HEAD + "".join(f"{one}\n" for one in events) + "END:VCALENDAR\n"
        path.write_bytes(text.replace("\n", self.company.newline).encode())

    def files(self) -> dict[Path, bytes]:
        """Return every calendar file with its bytes."""
        return {p: p.read_bytes() for p in sorted((self.root / "calendars").rglob("*.ics"))}

    @property
    def job(self) -> Job:
        """Return the job at this office's present moment."""
        return Job(load_config(self.root / "config"), self.now, lambda _what, _done, _of: None)

    @property
    def roster(self) -> Roster:
        """Return the people."""
        return self.job.config.roster

    def run(self) -> Result:
        """Run the job; nothing may fail."""
        result = self.job.run()
        assert result.complete, [str(one) for one in result.applied if one.outcome is Outcome.FAILED]
        return result

    def created(self) -> list[tuple[str, str]]:
        """Return the pairs that a plan would give a series now."""
        job = self.job
        changes = job.decide(job.find()).changes
        return [(c.manager, c.report) for c in changes if c.kind is ChangeKind.CREATE_SERIES]

    def dates(self, email: str) -> list[tuple[Mapping[str, object], Span]]:
        """Return what takes place of the timed events of a person in a year, by recurring-ical-events."""
        year = self.now, self.now + timedelta(weeks=WEEKS)
        calendars = (Calendar.from_ical(path.read_bytes()) for path in self._of(email))
        return [
            (one, Span(one.start.astimezone(UTC), one.end.astimezone(UTC)))
            for calendar in calendars
            for one in recurring_ical_events.of(calendar).between(*year)
            if isinstance(one.start, datetime) and one.get("STATUS") != "CANCELLED"
        ]

    def _of(self, email: str) -> list[Path]:
        vdir = self.root / "calendars" / email
        return sorted(vdir.glob("*.ics")) if vdir.is_dir() else [vdir.with_name(f"{email}.ics")]

    def replace_ours(self, email: str, uid: str, change: str) -> None:
        """Take our event out of a person's calendar, or let them decline it."""
        for path in self._of(email):
            text = path.read_bytes().decode()
            for block in ours_in(text):
                if uid not in block:
                    continue
                unfolded = re.sub(r"\r?\n[ \t]", "", block)
                declined = re.sub(
                    rf"(ATTENDEE[^\n]*PARTSTAT=)[A-Z-]+([^\n]*mailto:{re.escape(email)})",
                    r"\1DECLINED\2",
                    unfolded,
                )
                path.write_bytes(text.replace(block, "" if change == "deleted" else declined).encode())


def ours_in(text: str) -> list[str]:
    """Return our events, each with its line end."""
    return [b for b in re.findall(r"BEGIN:VEVENT.*?END:VEVENT\r?\n", text, re.DOTALL) if KEY in b]


def without_ours(text: str) -> str:
    """Return a file less our events; people's calendars here define no zones, so that these are ours too."""
    for block in ours_in(text):
        text = text.replace(block, "")
    return re.sub(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r?\n", "", text, flags=re.DOTALL)


def offices(company: Company) -> Iterator[Office]:
    """Yield the company's office in a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        yield Office(Path(folder), company)


@settings(max_examples=12)
@given(companies())
def test_what_a_run_leaves_behind_keeps_every_law(company: Company) -> None:
    """No double booking, nobody's bytes touched, inside both working hours all year, and nothing left to do."""
    for office in offices(company):
        result = office.run()
        event(f"{sum(one.change.kind is ChangeKind.CREATE_SERIES for one in result.applied)} series")
        assert_nobodys_bytes_changed(office)
        assert_no_double_booking(office)
        assert_within_working_hours(office)
        job = office.job
        plan = job.decide(job.find())
        assert plan.changes == ()
        after = office.files()
        assert office.run().applied == ()
        assert office.files() == after


def assert_nobodys_bytes_changed(office: Office) -> None:
    """Check that every file is what it was, less what is ours."""
    after = office.files()
    assert office.before.keys() <= after.keys()
    for path, data in after.items():
        if path in office.before:
            assert without_ours(data.decode()) == office.before[path].decode()
        else:
            assert path.parent.name in office.company.vdirs
            assert len(ours_in(data.decode())) == data.count(b"BEGIN:VEVENT") == 1


def assert_no_double_booking(office: Office) -> None:
    """Check that none of ours is on top of another of ours, or of a 1-2-1 of people's own, in a year."""
    for email in office.company.rows:
        dates = office.dates(email)
        ours = sorted((span.start, span.end) for one, span in dates if KEY in one)
        assert all(one[1] <= other[0] for one, other in pairwise(ours)), email
        theirs = [span for one, span in dates if str(one["UID"]) in office.company.meetings[email]]
        for start, end in ours:
            assert not any(span.overlaps(Span(start, end)) for span in theirs), (email, start)


def assert_within_working_hours(office: Office) -> None:
    """Check that every date of ours lies in a shift of both, by the clock on each one's wall."""
    roster = office.roster
    for manager in roster.people.values():
        for one, span in office.dates(manager.email):
            if KEY not in one:
                continue
            for guest in one["ATTENDEE"]:  # type: ignore[attr-defined] # icalendar gives a list
                person = roster.find(str(guest).removeprefix("mailto:"))
                assert person is not None
                assert person.hours.hold(span, person.tz), (person.email, span)


@settings(max_examples=8)
@given(companies(), st.sampled_from(["deleted", "declined"]), st.booleans(), st.data())
def test_a_persons_no_stands(company: Company, way: str, by_manager: bool, data: st.DataObject) -> None:  # noqa: FBT001 - an example's side
    """Whoever deletes or declines a series, it is not put back while the no stands; the other's bytes stay theirs."""
    for office in offices(company):
        made = [one for one in office.run().applied if one.change.kind is ChangeKind.CREATE_SERIES]
        assume(made)
        change = data.draw(st.sampled_from(made)).change
        pair = change.manager, change.report
        office.replace_ours(pair[0 if by_manager else 1], change.uid or "", way)
        left = office.files()
        for weeks in (0, 3, 9):
            office.now = company.now + timedelta(weeks=weeks)
            assert pair not in office.created()
            office.run()
        found = {path: d.decode().count(f"UID:{change.uid}") for path, d in office.files().items()}
        assert found == {
            path: d.decode().count(f"UID:{change.uid}") for path, d in left.items()
        } | dict.fromkeys(found.keys() - left.keys(), 0)
