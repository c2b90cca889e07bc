"""Calendars as a busy manager's are, generated: what the benchmarks of reading run on.

    .venv/bin/python -m benchmarks.calendar_files FOLDER [CALENDARS] [EVENTS]

Of the VEVENTs of a calendar about 87 in 100 are one-off meetings over four years, most of them past; 5 are series (half
of them over, by UNTIL or COUNT), 8 their moved, changed or cancelled dates. They have titles, descriptions of some lines,
places, one to nine guests and alarms as Google's and Outlook's exports have them: about 1.2 kB each. Seeded: one
number gives one calendar.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
SERIES, CHANGED = 0.05, 0.08
_FIRST, _LAST = date(2023, 11, 27), date(2027, 8, 1)
_WORDS = [
    "agenda",
    "budget",
    "customer",
    "decision",
    "estimate",
    "feedback",
    "goals",
    "hiring",
    "incident",
    "journey",
    "kickoff",
    "launch",
    "metrics",
    "notes",
    "offer",
    "planning",
    "quarter",
    "review",
    "sprint",
    "team",
    "update",
    "vendor",
    "workshop",
    "Zürich",
    "naïve",
    "計画",
    "résumé",
]
_DAYS = ("MO", "TU", "WE", "TH", "FR")
_VTIMEZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "X-LIC-LOCATION:Europe/Berlin",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class _Slot:
    """When something takes place: a local start, and how long for; whole days where `all_day`."""

    start: datetime
    length: timedelta
    all_day: bool = False

    def lines(self) -> Iterator[str]:
        """Yield DTSTART and DTEND."""
        end = self.start + self.length
        if self.all_day:
            yield f"DTSTART;VALUE=DATE:{self.start:%Y%m%d}"
            yield f"DTEND;VALUE=DATE:{end:%Y%m%d}"
            return
        yield f"DTSTART;TZID=Europe/Berlin:{self.start:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}"


def calendar(number: int, events: int = 2000, *, owner: str = "", people: tuple[str, ...] = ()) -> bytes:
    """Return one calendar file with so many VEVENTs; some meetings are with one of `people` alone."""
    chance = random.Random(number)  # noqa: S311 - sample data, not a secret
    writer = _Writer(chance, owner or f"owner{number}@example.com", people, number)
    return writer.calendar(events)


class _Writer:
    def __init__(self, chance: random.Random, owner: str, people: tuple[str, ...], number: int) -> None:
        self._chance = chance
        self._owner = owner
        self._people = people
        self._number = number
        self._count = 0

    def calendar(self, events: int) -> bytes:
        head = ["BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0"]
        head += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{self._owner}"]
        head += ["X-WR-TIMEZONE:Europe/Berlin", *_VTIMEZONE]
        series = round(events * SERIES)
        changed = round(events * CHANGED)
        blocks = [self._one_off() for _ in range(events - series - changed)]
        shares = [changed // series + (number < changed % series) for number in range(series)]
        for share in shares:
            blocks += self._series(share)
        self._chance.shuffle(blocks)
        lines = [*head, *(line for block in blocks for line in block), "END:VCALENDAR"]
        return ("\r\n".join(map(_folded, lines)) + "\r\n").encode()

    def _uid(self) -> str:
        self._count += 1
        return f"{self._number:04x}{self._chance.getrandbits(80):020x}@google.com"

    def _one_off(self) -> list[str]:
        day = _FIRST + timedelta(days=self._chance.randrange((_LAST - _FIRST).days))
        return self._event(self._uid(), self._slot(day))

    def _slot(self, day: date) -> _Slot:
        hour, minute = self._chance.randrange(8, 18), self._chance.choice((0, 0, 30, 30, 15))
        if self._chance.random() < 0.04:  # noqa: PLR2004 - one in 25
            return _Slot(datetime(day.year, day.month, day.day), timedelta(self._chance.randint(1, 5)), True)  # noqa: DTZ001, FBT003 - wall-clock time
        length = self._chance.choice((15, 25, 30, 30, 30, 45, 50, 60, 60, 90, 120))
        start = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - wall-clock time
        return _Slot(start, timedelta(minutes=length))

    def _series(self, changed: int) -> Iterator[list[str]]:
        """Yield a series and its changed dates."""
        chance, uid = self._chance, self._uid()
        day = _FIRST + timedelta(days=chance.randrange(900))
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= len(_DAYS) else 0)
        slot = self._slot(day)
        weekly = f"BYDAY={_DAYS[day.weekday()]}"
        rule, step = chance.choices(
            (
                (f"FREQ=WEEKLY;{weekly}", 7),
                (f"FREQ=WEEKLY;INTERVAL=2;{weekly}", 14),
                ("FREQ=WEEKLY;WKST=SU;BYDAY=MO,TU,WE,TH,FR", 7),
                ("FREQ=DAILY", 1),
                (f"FREQ=MONTHLY;BYDAY={(day.day - 1) // 7 + 1}{_DAYS[day.weekday()]}", 28),
                (f"FREQ=MONTHLY;BYMONTHDAY={day.day}", 28),
                ("FREQ=YEARLY", 365),
            ),
            weights=(40, 20, 10, 5, 10, 5, 10),
        )[0]
        ends = chance.random()
        if ends < 0.3:  # noqa: PLR2004 - three in ten end by a date
            until = slot.start + timedelta(days=chance.randrange(60, 700))
            rule += f";UNTIL={until:%Y%m%d}" if slot.all_day else f";UNTIL={until:%Y%m%dT%H%M%SZ}"
        elif ends < 0.5:  # noqa: PLR2004 - and two by a count
            rule += f";COUNT={chance.randrange(4, 60)}"
        dates = [slot.start + timedelta(days=step * n) for n in range(1, 40)] if step in {7, 14} else []
        out = chance.sample(dates, min(2, len(dates)))
        kind = "VALUE=DATE:{:%Y%m%d}" if slot.all_day else "TZID=Europe/Berlin:{:%Y%m%dT%H%M%S}"
        more = [f"RRULE:{rule}", *(f"EXDATE;{kind.format(each)}" for each in out)]
        guests = self._guests()
        master = self._event(uid, slot, more, guests)
        yield master
        status = next(line for line in master if line.startswith("STATUS:"))
        left = [each for each in dates if each not in out]
        for original in sorted(chance.sample(left, min(changed, len(left)))):
            moved = timedelta(hours=0 if slot.all_day else chance.choice((0, 1, 2, 24, 48)))
            named = f"RECURRENCE-ID;{kind.format(original)}"
            event = self._event(uid, _Slot(original + moved, slot.length, slot.all_day), [named], guests)
            if status == "STATUS:CANCELLED":  # calendar programs call the changed dates off with their series
                event = [status if line.startswith("STATUS:") else line for line in event]
            yield event
        for _ in range(changed - min(changed, len(left))):
            yield self._one_off()

    def _guests(self) -> tuple[str, ...]:
        if self._people and self._chance.random() < 0.03:  # noqa: PLR2004 - three in a hundred
            return (self._chance.choice(self._people),)
        count = self._chance.choice((0, 1, 1, 2, 3, 4, 6, 8))
        return tuple(f"colleague{self._chance.randrange(400)}@example.com" for _ in range(count))

    def _event(
        self, uid: str, slot: _Slot, more: list[str] | None = None, guests: tuple[str, ...] | None = None
    ) -> list[str]:
        chance = self._chance
        guests = self._guests() if guests is None else guests
        stamp = f"2026{chance.randrange(1, 11):02}{chance.randrange(1, 28):02}T080000Z"
        lines = ["BEGIN:VEVENT", *slot.lines(), *(more or ()), f"DTSTAMP:{stamp}"]
        lines += [f"ORGANIZER;CN={self._owner}:mailto:{self._owner}", f"UID:{uid}"]
        if guests:
            lines += [
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT="
                f"{chance.choice(('ACCEPTED', 'ACCEPTED', 'NEEDS-ACTION', 'DECLINED', 'TENTATIVE'))}"
                f";CN={guest};X-NUM-GUESTS=0:mailto:{guest}"
                for guest in dict.fromkeys((self._owner, *guests))
            ]
        lines += [f"CREATED:{stamp}", f"DESCRIPTION:{self._prose(chance.randrange(5, 60))}"]
        status = "CANCELLED" if chance.random() < 0.03 else "CONFIRMED"  # noqa: PLR2004 - three in a hundred
        lines += [f"LAST-MODIFIED:{stamp}", f"LOCATION:{self._prose(2)}", "SEQUENCE:0", f"STATUS:{status}"]
        # Days are mostly marked free, as Google does by itself: birthdays, visits, deadlines.
        free = chance.random() < (0.9 if slot.all_day else 0.07)
        lines += [f"SUMMARY:{self._prose(4)}", f"TRANSP:{'TRANSPARENT' if free else 'OPAQUE'}"]
        if chance.random() < 0.3:  # noqa: PLR2004 - three in ten
            lines += ["X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "X-MICROSOFT-CDO-IMPORTANCE:1"]
        if chance.random() < 0.5:  # noqa: PLR2004 - half of them
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:This is an event reminder"]
            lines += ["TRIGGER:-P0DT0H10M0S", "END:VALARM"]
        return [*lines, "END:VEVENT"]

    def _prose(self, words: int) -> str:
        return r"\, ".join(self._chance.choice(_WORDS) for _ in range(words))


def _folded(line: str) -> str:
    """Fold at 75 octets, never within a character (RFC 5545, section 3.1)."""
    if len(line.encode()) <= 75:  # noqa: PLR2004 - the RFC's number
        return line
    pieces: list[str] = []
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 74:  # noqa: PLR2004 - the blank that a fold begins with counts
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])


def main() -> None:
    """Write so many calendars into the folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1  # noqa: PLR2004 - the second argument
    events = int(sys.argv[3]) if len(sys.argv) > 3 else 2000  # noqa: PLR2004 - the third
    for number in range(count):
        (folder / f"owner{number}@example.com.ics").write_bytes(calendar(number, events))


if __name__ == "__main__":
    main()
