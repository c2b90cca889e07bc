"""The sample organisation's calendar files, as Google, Outlook and Apple would have written them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from scheduler.demo.people import DOMAIN, PEOPLE, Sample
from scheduler.demo.scenarios import (
    GARBLED,
    HISTORIES,
    LEAVES,
    OTHERS,
    RAN_ON,
    History,
    Leave,
    Recurring,
    Twist,
)
from scheduler.ics.text import escape_text, fold
from scheduler.ics.timezones import vtimezone_lines

Lines = tuple[str, ...]
BY_ACCOUNT = {person.account: person for person in PEOPLE}
WINDOWS_ZONES = {
    "Europe/Berlin": "W. Europe Standard Time",
    "America/New_York": "Eastern Standard Time",
    "Europe/London": "GMT Standard Time",
    "Asia/Kolkata": "India Standard Time",
}
PRODUCERS = {
    "google": "-//Google Inc//Google Calendar 70.9054//EN",
    "outlook": "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
    "apple": "-//Apple Inc.//macOS 14.6//EN",
}
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOVED_BY = timedelta(days=1, hours=1)
ONE_OFFS = 14


@dataclass(frozen=True, slots=True)
class Week:
    """Turns weeks that count from the present one into dates; `monday` is this week's."""

    monday: date

    def day(self, week: int, weekday: int = 0) -> date:
        """Return a weekday of the week that many weeks from now."""
        return self.monday + timedelta(weeks=week, days=weekday)


def calendar_files(now: datetime) -> dict[str, tuple[bytes, tuple[bytes, ...]]]:
    """Return for each account its calendar as one file, and as one file an event."""
    week = Week((now - timedelta(days=now.weekday())).date())
    events: dict[str, list[Lines]] = {person.account: [] for person in PEOPLE}
    for history in HISTORIES:
        for lines in _history(history, week):
            events[history.manager].append(lines)
            events[history.report].append(lines)
    for lines in _history(GARBLED, week):
        garbled = tuple("DTSTART:next Wednesday" if line.startswith("DTSTART") else line for line in lines)
        events[GARBLED.manager].append(garbled)
        events[GARBLED.report].append(garbled)
    for meeting in OTHERS:
        for account in meeting.people:
            events[account].append(_recurring(meeting, week))
    for leave in LEAVES:
        events[leave.person].append(_leave(leave, week))
    for person in PEOPLE:
        events[person.account] += _own(person, week)
    return {person.account: _files(person, events[person.account], week) for person in PEOPLE}


def _files(person: Sample, events: list[Lines], week: Week) -> tuple[bytes, tuple[bytes, ...]]:
    dressed = [_dressed(lines, person) for lines in events]
    whole = _calendar(person, dressed, week)
    return whole, tuple(_calendar(person, [lines], week) for lines in dressed)


def _calendar(person: Sample, events: Iterable[Lines], week: Week) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        f"PRODID:{PRODUCERS[person.calendar_style]}",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
    ]
    if person.calendar_style == "google":
        lines += [f"X-WR-CALNAME:{person.email}", f"X-WR-TIMEZONE:{person.place.zone}"]
    body = [line for event in events for line in event]
    for zone in sorted({line.split("TZID=")[1].split(":")[0] for line in body if "TZID=" in line}):
        known = {windows: iana for iana, windows in WINDOWS_ZONES.items()}.get(zone, zone)
        tz = ZoneInfo(known)
        own = vtimezone_lines(tz, datetime.combine(week.day(-30), time(), tz))
        lines += [f"TZID:{zone}" if line.startswith("TZID:") else line for line in own]
    return fold([*lines, *body, "END:VCALENDAR"])


def _dressed(lines: Lines, person: Sample) -> Lines:
    """Write an event as the person's own calendar program would."""
    if person.calendar_style != "outlook":
        return lines
    text = "\n".join(lines)
    for iana, windows in WINDOWS_ZONES.items():
        text = text.replace(f";TZID={iana}:", f";TZID={windows}:")
    busy = "FREE" if "TRANSP:TRANSPARENT" in text else "OOF" if "Out of office" in text else "BUSY"
    return (*text.split("\n")[:-1], f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}", "END:VEVENT")


def _event(uid: str, *lines: str) -> Lines:
    return ("BEGIN:VEVENT", f"UID:{uid}@{DOMAIN}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT")


def _when(start: datetime, minutes: int) -> Lines:
    zone, end = start.tzinfo, start + timedelta(minutes=minutes)
    return (f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}")


def _at(person: Sample, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), person.tz)


def _guests(
    people: Iterable[Sample], answers: Mapping[str, str] | None = None, *, room: bool = False
) -> Lines:
    lines = [
        f'ATTENDEE;CN="{p.name}";ROLE=REQ-PARTICIPANT;PARTSTAT={(answers or {}).get(p.account, "ACCEPTED")}:mailto:{p.email}'
        for p in people
    ]
    if room:
        lines.append(f"ATTENDEE;CN=Lighthouse;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room.lighthouse@{DOMAIN}")
    return tuple(lines)


def _history(history: History, week: Week) -> Iterator[Lines]:
    manager, report = BY_ACCOUNT[history.manager], BY_ACCOUNT[history.report]
    title = f"SUMMARY:{escape_text(manager.name.split()[0])} / {escape_text(report.name.split()[0])}"
    if history.only:
        for number in history.only:
            start = _at(manager, week.day(number, history.weekday), history.clock)
            yield _event(
                f"booking-{history.report}-{start:%Y%m%d}",
                *_when(start, history.minutes),
                title,
                "ORGANIZER;CN=Bookings:mailto:bookings@tool.example",
                *_guests((manager, report)),
            )
        return
    uid = f"series-{history.manager}-{history.report}"
    first = _at(manager, week.day(history.first, history.weekday), history.clock)
    common = (title, f"ORGANIZER;CN={manager.name}:mailto:{manager.email}")
    rule = f"RRULE:FREQ=WEEKLY;INTERVAL={history.every};BYDAY={BYDAY[history.weekday]}"
    if history.last < RAN_ON:
        until = _at(manager, week.day(history.last, history.weekday), history.clock).astimezone(UTC)
        rule += f";UNTIL={until:%Y%m%dT%H%M%SZ}"
    deleted = [
        f"EXDATE;TZID={manager.place.zone}:{_at(manager, week.day(number, history.weekday), history.clock):%Y%m%dT%H%M%S}"
        for number, twist in history.twists
        if twist is Twist.DELETED
    ]
    guests = _guests((manager, report), room=history.room)
    yield _event(uid, *_when(first, history.minutes), rule, *deleted, *common, *guests, "SEQUENCE:0")
    for number, twist in history.twists:
        if twist is not Twist.DELETED:
            yield _twisted(
                history, uid, _at(manager, week.day(number, history.weekday), history.clock), twist, common
            )


def _twisted(history: History, uid: str, original: datetime, twist: Twist, common: Lines) -> Lines:
    people = BY_ACCOUNT[history.manager], BY_ACCOUNT[history.report]
    start = original + MOVED_BY if twist is Twist.MOVED else original
    answers = {history.report: "DECLINED"} if twist is Twist.DECLINED else {}
    return _event(
        uid,
        f"RECURRENCE-ID;TZID={original.tzinfo}:{original:%Y%m%dT%H%M%S}",
        *_when(start, history.minutes),
        *common,
        *_guests(people, answers, room=history.room),
        "STATUS:CANCELLED" if twist is Twist.CANCELLED else "STATUS:CONFIRMED",
        "SEQUENCE:1",
    )


def _recurring(meeting: Recurring, week: Week) -> Lines:
    people = [BY_ACCOUNT[account] for account in meeting.people]
    start = _at(people[0], week.day(-26, meeting.weekdays[0]), meeting.clock)
    days = ",".join(BYDAY[day] for day in meeting.weekdays)
    return _event(
        f"team-{start:%H%M}-{meeting.people[0]}-{meeting.weekdays[0]}",
        *_when(start, meeting.minutes),
        f"RRULE:FREQ=WEEKLY;BYDAY={days}",
        f"SUMMARY:{escape_text(meeting.title)}",
        f"ORGANIZER;CN={people[0].name}:mailto:{people[0].email}",
        *_guests(people),
    )


def _leave(leave: Leave, week: Week) -> Lines:
    person = BY_ACCOUNT[leave.person]
    first, last = week.day(leave.from_week), week.day(leave.to_week)
    if leave.timed:
        start, end = _at(person, first, "00:00"), _at(person, last, "00:00")
        when = (
            f"DTSTART;TZID={person.place.zone}:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID={person.place.zone}:{end:%Y%m%dT%H%M%S}",
        )
    else:
        when = (f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}")
    return _event(f"leave-{leave.person}-{leave.from_week}", *when, "SUMMARY:Out of office", "TRANSP:OPAQUE")


def _own(person: Sample, week: Week) -> Iterator[Lines]:
    """Yield a person's other appointments, seeded by the account: always the same for the same week."""
    chance = Random(person.account)  # noqa: S311 # sample data, not a secret
    focus = _at(person, week.day(-20, chance.choice((2, 4))), chance.choice(("11:00", "15:00")))
    yield _event(
        f"focus-{person.account}",
        *_when(focus, 90),
        f"RRULE:FREQ=WEEKLY;BYDAY={BYDAY[focus.weekday()]}",
        "SUMMARY:Focus",
    )
    birthday = week.day(chance.randrange(-10, 10), chance.randrange(7))
    yield _event(
        f"birthday-{person.account}",
        f"DTSTART;VALUE=DATE:{birthday:%Y%m%d}",
        "SUMMARY:Birthday",
        "TRANSP:TRANSPARENT",
    )
    for number in range(ONE_OFFS):
        day = week.day(chance.randrange(-10, 12), chance.randrange(5))
        start = _at(person, day, f"{chance.randrange(9, 17):02}:{chance.choice(('00', '30'))}")
        yield _event(
            f"one-off-{person.account}-{number}",
            *_when(start, chance.choice((30, 45, 60, 90))),
            f"SUMMARY:{escape_text(chance.choice(('Interview', 'Client call, part 2', 'Dentist', 'Review; numbers')))}",
            f"ORGANIZER:mailto:{person.email}",
            *_guests((person,)),
            f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest{number}@client.example",
        )
