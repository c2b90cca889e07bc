"""Parts of a gap report: one manager's pairs, the pairs that are off cadence."""

from dataclasses import replace
from datetime import date

from scheduler.cadence.results import GapReport, PairCoverage, PairStatus
from scheduler.errors import Problem, WrongUsage
from scheduler.people import Pair, Person, Roster
from scheduler.words import day_words


def find_person(roster: Roster, address: str, option: str) -> Person:
    """Return the person that an address or alias means; raise WrongUsage where nobody has it."""
    person = roster.find(address)
    if person is None:
        what = f"nobody on the roster has the address {address!r}"
        raise WrongUsage(Problem(option, what, "see people.csv, or the Google Directory"))
    return person


def find_pair(roster: Roster, manager: str, report: str) -> Pair:
    """Return the pair that two addresses name; raise WrongUsage where they are none."""
    pair = Pair(find_person(roster, manager, "MANAGER"), find_person(roster, report, "REPORT"))
    if pair.report.manager != pair.manager.email:
        its = pair.report.manager or "nobody"
        what = f"{pair.report.email} does not report to {pair.manager.email} but to {its}"
        raise WrongUsage(Problem("REPORT", what, "name the manager first, then the report"))
    return pair


def find_present_pair(roster: Roster, manager: str, report: str, today: date) -> Pair:
    """Return the pair that two addresses name; raise WrongUsage where they are none, or one of them has left."""
    pair = find_pair(roster, manager, report)
    for option, person in (("MANAGER", pair.manager), ("REPORT", pair.report)):
        if person.end_date is not None and person.end_date < today:
            what = f"{person.email} has left: their last day was {day_words(person.end_date)} {person.end_date.year}"
            raise WrongUsage(Problem(option, what, "name two who are there, or mend end_date on the roster"))
    return pair


def of_manager(gaps: GapReport, roster: Roster, manager: str | None) -> GapReport:
    """Return the report with one manager's pairs alone; with all where none is named."""
    if manager is None:
        return gaps
    person = find_person(roster, manager, "--manager")
    pairs = tuple(coverage for coverage in gaps.pairs if coverage.pair.manager == person)
    if not pairs:
        raise WrongUsage(
            Problem("--manager", f"{person.email} has no reports on the roster", "name a manager")
        )
    return replace(gaps, pairs=pairs)


def off_cadence(gaps: GapReport) -> tuple[PairCoverage, ...]:
    """Return the pairs that do not meet as they should now: overdue or unscheduled.

    Those at risk still do; paused ones need not; of unknown ones nothing can be said.
    """
    return tuple(c for c in gaps.pairs if c.status in {PairStatus.OVERDUE, PairStatus.UNSCHEDULED})
