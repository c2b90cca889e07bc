"""Reports on companies, large and small, made by rule and so always the same."""

from datetime import datetime, timedelta

from scheduler.cadence.results import GapReport, PairCoverage, PairStatus, Pause
from scheduler.every import Cadence
from scheduler.people import Person
from tests.unit.report_builders import (
    BERLIN,
    NOW,
    WEEKLY,
    at,
    coverage,
    declined,
    every,
    gap_report,
    leave,
    moved_and_missed,
    person,
)

GIVEN = ("Ana", "Ben", "Chidi", "Dana", "Eli", "Farah", "Goran", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Mia")
FAMILY = (
    "Almeida",
    "Brandt",
    "Costa",
    "Dubois",
    "Eriksen",
    "Fofana",
    "García",
    "Haddad",
    "Ito",
    "Jansen",
    "Kaya",
)


def large(pairs: int, *, reports_each: int = 9) -> GapReport:
    """Return a report of that many pairs, mostly fine, made by rule and so always the same."""
    made = []
    for number in range(pairs):
        boss = number // reports_each
        manager = person(f"m{boss}@example.com", f"{GIVEN[boss % 13]} {FAMILY[boss % 11]}")
        report = person(
            f"r{number}@example.com", f"{GIVEN[(number * 5 + 3) % 13]} {FAMILY[(number * 7 + 2) % 11]}"
        )
        made.append(_by_rule(manager, report, number))
    return gap_report(*made)


def _by_rule(manager: Person, report: Person, number: int) -> PairCoverage:
    weeks = 1 + (number % 3 > 0)
    first = datetime(2026, 9, 7 + number % 5 + 7 * (number % weeks), 9 + number % 7, 30, tzinfo=BERLIN)
    cadence = Cadence.parse(f"{weeks} weeks")
    if number % 11 == 4:
        series = every(first, weeks, until=NOW - timedelta(weeks=4))
        reasons = ("Nothing is planned in the 12 weeks ahead; they last met more than 4 weeks ago.",)
        return coverage(
            manager,
            report,
            status=PairStatus.UNSCHEDULED,
            cadence=cadence,
            meetings=series,
            reasons=reasons,
            days_overdue=18.0 + number % 5,
        )
    series = every(first, weeks, leaving_out=(3, 12 if weeks == 1 else 7) if number % 4 == 0 else ())
    if number % 13 == 6:
        series = tuple(m for m in series if not NOW - timedelta(weeks=4) <= m.span.start < NOW)
        reasons = ("36 days since the last one; the cadence and its tolerance allow 21.",)
        return coverage(
            manager,
            report,
            status=PairStatus.OVERDUE,
            cadence=cadence,
            meetings=series,
            reasons=reasons,
            days_overdue=15.0,
        )
    if number % 17 == 9:
        away = leave("2026-11-09", "2026-12-11", f"{report.given_name}: out of office")
        meetings = [m for m in series if m.span.start.date() not in away]
        return coverage(
            manager,
            report,
            status=PairStatus.PAUSED,
            cadence=cadence,
            meetings=meetings,
            away=away,
            pause=Pause.LEAVE,
            reasons=(f"{report.given_name} is on leave until Fri 11 Dec.",),
        )
    return coverage(manager, report, cadence=cadence, meetings=series)


def company() -> GapReport:
    """Return a small company as it is: most meet, some are forgotten, one is on leave."""
    maya, tomas, aisha = (
        person(f"{name.split()[0].lower()}@example.com", name)
        for name in ("Maya Okafor", "Tomás Ribeiro", "Aisha Rahman")
    )
    jonas, priya, wei, lucia, noor, emil, hana, sam, ines, kofi = (
        person(f"{name.split()[0].lower()}@example.com", name)
        for name in (
            "Jonas Weber",
            "Priya Nair",
            "Wei Zhang",
            "Lucía Ortega",
            "Noor Haddad",
            "Emil Larsen",
            "Hana Sato",
            "Sam Taylor",
            "Inês Costa",
            "Kofi Mensah",
        )
    )
    return gap_report(
        coverage(maya, jonas, cadence=WEEKLY, meetings=every(at("2026-09-07 11:00"), 1, leaving_out=(6,))),
        moved_and_missed(maya, priya),
        coverage(maya, wei, meetings=every(at("2026-09-03 09:30"), 2)),
        declined(maya, lucia),
        coverage(
            tomas,
            noor,
            status=PairStatus.UNSCHEDULED,
            meetings=every(at("2026-09-09 14:00"), 2, until=at("2026-10-20 00:00")),
            reasons=("Nothing is planned in the 12 weeks ahead; the series ran out on Wed 7 Oct.",),
            days_overdue=28.0,
        ),
        coverage(tomas, emil, meetings=every(at("2026-09-08 16:00"), 2)),
        coverage(
            tomas,
            hana,
            status=PairStatus.PAUSED,
            pause=Pause.LEAVE,
            meetings=[
                m
                for m in every(at("2026-09-10 10:00"), 2)
                if not at("2026-10-26 00:00") <= m.span.start < at("2026-12-12 00:00")
            ],
            away=leave("2026-10-26", "2026-12-11", "Hana: out of office"),
            reasons=("Hana is on leave until Fri 11 Dec.",),
        ),
        coverage(aisha, sam, cadence=WEEKLY, meetings=every(at("2026-09-04 13:00"), 1)),
        coverage(
            aisha,
            ines,
            status=PairStatus.AT_RISK,
            meetings=every(at("2026-09-01 15:00"), 2, until=at("2026-12-20 00:00")),
            reasons=("The series runs out on Tue 8 Dec.",),
            days_overdue=-12.0,
        ),
        coverage(
            aisha,
            kofi,
            status=PairStatus.UNSCHEDULED,
            cadence=WEEKLY,
            reasons=("They have never met; Kofi joined Aisha's team on Mon 26 Oct.",),
            days_overdue=19.0,
            began=at("2026-10-26 00:00"),
            expected=4,
        ),
    )
