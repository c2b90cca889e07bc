"""What is rendered: a gap report with every status and awkward names, a plan, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.cadence.results import GapReport, Meeting, MeetingOutcome, PairCoverage, PairStatus, Pause
from scheduler.errors import Problem
from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Pair, Person
from scheduler.planning.changes import Applied, Change, ChangeKind, Outcome, Plan, Skip
from scheduler.timespans import DAY, Span

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
WEEKS = timedelta(weeks=12)
WINDOW = Span(NOW - WEEKS, NOW + WEEKS)
HALF_HOUR = timedelta(minutes=30)
WEEKLY, BIWEEKLY, MONTHLY = (Cadence.parse(text) for text in ("1 week", "2 weeks", "1 month"))


def person(
    email: str, name: str = "", *, tz: ZoneInfo = BERLIN, hours: str = "Mon-Fri 09:00-17:30"
) -> Person:
    """Make a person; the address alone will do."""
    return Person(
        email=email,
        name=name,
        tz=tz,
        hours=WorkingHours.parse(hours),
        calendar=CalendarSource("folder", email),
    )


ANN = person("ann@example.com", "Ann Lee")
BO = person("bo@example.com", "Bo Dahl")


def at(text: str, tz: ZoneInfo = BERLIN) -> datetime:
    """Read `2026-11-03 10:00` on the wall clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def meeting(
    start: datetime,
    outcome: MeetingOutcome = MeetingOutcome.HELD,
    *,
    original: datetime | None = None,
    by: str | None = None,
) -> Meeting:
    """Make a meeting of half an hour; `original` is where it was moved from."""
    return Meeting(
        span=Span(start, start + HALF_HOUR),
        original_start=original or start,
        outcome=outcome,
        uid="weekly@example.com",
        why="Only the two were invited.",
        by=by,
        in_series=True,
    )


def moved(
    from_: datetime, to: datetime, outcome: MeetingOutcome = MeetingOutcome.HELD
) -> tuple[Meeting, Meeting]:
    """Make the two entries of a moved meeting: where it was, and where it went."""
    return meeting(from_, MeetingOutcome.MOVED), meeting(to, outcome, original=from_)


def every(
    first: datetime, weeks: int, *, until: datetime = WINDOW.end, leaving_out: Iterable[int] = ()
) -> tuple[Meeting, ...]:
    """Make a series by the wall clock, held before now and planned after; some numbers left out."""
    found, number, start = [], 0, first
    while start < until:
        if number not in set(leaving_out):
            outcome = MeetingOutcome.HELD if start + HALF_HOUR <= NOW else MeetingOutcome.PLANNED
            found.append(meeting(start, outcome))
        number += 1
        start = first + number * weeks * timedelta(weeks=1)
    return tuple(found)


def coverage(
    manager: Person = ANN,
    report: Person = BO,
    *,
    status: PairStatus = PairStatus.ON_TRACK,
    cadence: Cadence | None = BIWEEKLY,
    meetings: Iterable[Meeting] = (),
    reasons: tuple[str, ...] = ("Last met 8 days ago.",),
    away: Mapping[date, str] | None = None,
    **more: object,
) -> PairCoverage:
    """Make a pair's coverage with its counts taken from the meetings."""
    ordered = tuple(sorted(meetings, key=lambda m: (m.span.start, m.uid)))
    held = [m for m in ordered if m.outcome is MeetingOutcome.HELD]
    planned = [m for m in ordered if m.outcome is MeetingOutcome.PLANNED]
    expected = int(WEEKS / DAY / cadence.days) if cadence else 0
    made = PairCoverage(
        pair=Pair(manager, report),
        cadence=cadence,
        cadence_why="the roster says so",
        minutes=30,
        status=status,
        reasons=reasons,
        last_held=held[-1].span.start if held else None,
        next_planned=planned[0].span.start if planned else None,
        days_since=(NOW - held[-1].span.start).days if held else None,
        expected=expected,
        held=len(held),
        coverage=min(1.0, round(len(held) / expected, 2)) if expected else None,
        meetings=ordered,
        away=away,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the caller names fields of PairCoverage


def gap_report(*pairs: PairCoverage, problems: tuple[Problem, ...] = ()) -> GapReport:
    """Make a report around now."""
    return GapReport(generated_at=NOW, window=WINDOW, pairs=pairs, problems=problems)


def every_status() -> GapReport:
    """Return one report with every status, every kind of week, and names that renderers trip over."""
    quoted = person("q@example.com", 'Quinn "Q", Jr. <b>O\'Neil</b>')
    formula = person("sum@example.com", "=SUM(A1:A9)")
    arabic = person("layla@example.com", "ليلى حداد")
    chinese = person("tanaka@example.com", "田中 美咲", tz=NEW_YORK)
    emoji = person("zoe@example.com", "Zoë 👩‍💻 | Frost*")
    long = person("max@example.com", "Maximiliane Friederike von und zu Hohenlohe-Waldenburg-Schillingsfürst")
    twin = person("bo2@example.com", "Bo Dahl")
    newline = person("ed@example.com", "Ed\nNewline")
    return gap_report(
        coverage(ANN, BO, meetings=every(at("2026-09-09 10:00"), 2)),
        moved_and_missed(ANN, twin),
        declined(ANN, quoted),
        coverage(
            ANN,
            emoji,
            status=PairStatus.UNSCHEDULED,
            cadence=WEEKLY,
            meetings=every(at("2026-09-03 14:00"), 1, until=at("2026-10-20 00:00")),
            reasons=("Nothing is planned; they last met 41 days ago.",),
            suggestions=("The series ran out on Thu 15 Oct; it can be renewed.",),
            days_overdue=30.5,
        ),
        coverage(
            quoted,
            formula,
            status=PairStatus.UNSCHEDULED,
            reasons=("They have never met.",),
            days_overdue=63.0,
        ),
        coverage(
            quoted,
            arabic,
            status=PairStatus.PAUSED,
            pause=Pause.LEAVE,
            reasons=("ليلى حداد is on leave until Fri 18 Dec.",),
            meetings=every(at("2026-09-08 11:00"), 2, until=at("2026-11-01 00:00")),
            away=leave("2026-11-02", "2026-12-18", "ليلى حداد: out of office"),
        ),
        coverage(
            quoted,
            newline,
            status=PairStatus.PAUSED,
            cadence=None,
            pause=Pause.NO_ONE_TO_ONE,
            reasons=("The roster asks for no 1-2-1.",),
        ),
        coverage(
            chinese,
            long,
            status=PairStatus.AT_RISK,
            cadence=MONTHLY,
            meetings=(
                meeting(at("2026-10-27 20:30", NEW_YORK)),
                meeting(at("2027-01-26 09:00", NEW_YORK), PLANNED),
            ),
            reasons=("The next one is 91 days after the last; the cadence allows 45.",),
            days_overdue=-16.0,
        ),
        coverage(
            chinese,
            person("kim@example.com"),
            status=PairStatus.UNKNOWN,
            reasons=("The calendar of kim@example.com could not be read.",),
            meetings=(meeting(at("2026-11-10 09:00", NEW_YORK)),),
        ),
        problems=(Problem("calendars/kim@example.com.ics:12", "no END:VEVENT <script>", "export it again"),),
    )


PLANNED = MeetingOutcome.PLANNED


def moved_and_missed(manager: Person, report: Person) -> PairCoverage:
    """Return a pair that is overdue: one meeting came earlier, one later, and none since."""
    held = [entry for entry in every(at("2026-09-10 15:00"), 1) if at("2026-10-12 00:00") > entry.span.start]
    return coverage(
        manager,
        report,
        status=PairStatus.OVERDUE,
        cadence=WEEKLY,
        meetings=(
            *held,
            *moved(at("2026-10-15 15:00"), at("2026-10-13 09:00")),
            *moved(at("2026-10-22 15:00"), at("2026-10-26 09:00")),
            meeting(at("2026-12-03 15:00"), PLANNED),
        ),
        reasons=("30 days since the last one; the cadence allows 10.", "The next one is on Thu 3 Dec."),
        days_overdue=19.5,
    )


def declined(manager: Person, report: Person) -> PairCoverage:
    """Return a weekly pair with one meeting declined, one cancelled, and a holiday to come."""
    series = every(at("2026-09-07 09:00"), 1, leaving_out=(3, 5))
    return coverage(
        manager,
        report,
        cadence=WEEKLY,
        meetings=(
            *series,
            meeting(at("2026-09-28 09:00"), MeetingOutcome.DECLINED, by="q@example.com"),
            meeting(at("2026-10-12 09:00"), MeetingOutcome.CANCELLED, by="ann@example.com"),
        ),
        away=leave("2026-12-23", "2026-12-26", "Ann Lee: public holiday (DE)"),
    )


def leave(first: str, last: str, why: str) -> dict[date, str]:
    """Mark the weekdays of a stretch, both ends included, as leave."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = (start + step * DAY for step in range((end - start).days + 1))
    return {day: why for day in days if day.weekday() < 5}


def sample_plan() -> Plan:
    """Return a plan with a change of every kind, and a pair that is left alone."""
    kinds = (
        (ChangeKind.CREATE_SERIES, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (ChangeKind.EXTEND_SERIES, "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1TU"),
        (ChangeKind.END_SERIES, None),
        (ChangeKind.MOVE_MEETING, None),
        (ChangeKind.ATTACH_AGENDA, None),
        (ChangeKind.WRITE_AGENDA, None),
    )
    changes = tuple(
        Change(
            id=f"change-{number}",
            kind=kind,
            manager="ann@example.com",
            report=f"bo{number}@example.com",
            start=at("2026-12-01 10:00"),
            timezone="Europe/Berlin",
            reasons=("Both are free on all 6 dates.", "Not next to another 1-2-1."),
            rrule=rule,
            minutes=30 if rule else None,
            uid=f"uid-{number}@example.com",
            notifies=(f"bo{number}@example.com",) if rule else (),
            meeting=at("2026-12-01 10:00") if kind is ChangeKind.WRITE_AGENDA else None,
        )
        for number, (kind, rule) in enumerate(kinds)
    )
    skip = Skip("ann@example.com", "zoe@example.com", "No time is free for both on 9 of 12 dates.")
    return Plan(generated_at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC), changes=changes, skipped=(skip,))


def sample_applied() -> tuple[Applied, ...]:
    """Return an outcome of every kind for the sample plan; the last two changes were not reached."""
    outcomes = (
        (Outcome.DONE, ""),
        (Outcome.ALREADY_SO, "it was there from the run before"),
        (Outcome.SKIPPED, "somebody deleted it"),
        (Outcome.FAILED, "the disk is full"),
    )
    changes = sample_plan().changes
    return tuple(
        Applied(change, outcome, reason) for change, (outcome, reason) in zip(changes, outcomes, strict=False)
    )
