"""Whose calendar is read, and how much of it: the least data that does the job; pure.

Calendars are read for the meetings with a person's own manager and reports. Reports' calendars that are reached over
the network are not read at all until something depends on it: then for when they are taken, and for nothing else. `full_reports` under [google] has reports' calendars read as managers' are.
A Directory lists accounts that are nobody's, such as a reception's: the calendar of whoever is in no pair there is not read.
"""

from collections import defaultdict
from collections.abc import Mapping

from scheduler.cadence.results import GapReport, PairStatus
from scheduler.meetings import Detail, Evidence, Wish
from scheduler.memory import Memory
from scheduler.people import Person, Roster
from scheduler.settings import Settings

_DIRECTORY = "google"
_IN_DOUBT = frozenset({PairStatus.UNSCHEDULED, PairStatus.OVERDUE, PairStatus.AT_RISK})


def wishes(roster: Roster, settings: Settings, memory: Memory) -> Mapping[str, Wish]:
    """Return what is to be read of each person's calendar at first, by main address.

    Who was somebody's manager when a series was made counts as one: it stands in their calendar.
    """
    unpaired_too = settings.roster.source != _DIRECTORY
    partners: defaultdict[str, set[str]] = defaultdict(set)
    managers: set[str] = set()
    met = [(made.manager, made.report) for made in memory.series]
    met += [(seen.manager, seen.report) for seen in memory.pairs_seen]
    met += [(person.manager, person.email) for person in roster.people.values() if person.manager is not None]
    for one, other in met:
        manager, report = roster.find(one), roster.find(other)
        if manager is not None:
            managers.add(manager.email)
            partners[manager.email] |= report.addresses if report is not None else {other}
        if report is not None:
            partners[report.email] |= manager.addresses if manager is not None else {one}
    full_reports = settings.google is not None and settings.google.full_reports
    return {
        person.email: _wish(person, partners[person.email], meets=person.email in managers or full_reports)
        if unpaired_too or partners[person.email]
        else Wish(Detail.NOTHING)
        for person in roster.people.values()
    }


def _wish(person: Person, partners: set[str], *, meets: bool) -> Wish:
    meets = meets or person.calendar.provider != "google"
    return Wish(Detail.MEETINGS, frozenset(partners)) if meets else Wish(Detail.NOTHING)


def absences_wanted(report: GapReport, evidence: Evidence) -> frozenset[str]:
    """Return of whom an absence matters and is not known: those not on track whose calendar was not asked for.

    Leave only ever lengthens what an interval may be, so that who is on track without it is so with it.
    """
    in_doubt = (coverage.pair for coverage in report.pairs if coverage.status in _IN_DOUBT)
    people = {person.email for pair in in_doubt for person in (pair.manager, pair.report)}
    readings = (evidence.readings.get(email) for email in people)
    return frozenset(r.owner for r in readings if r is not None and r.detail is Detail.NOTHING)
