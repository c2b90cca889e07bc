"""Where the evidence does not suffice: a calendar, or an event that may be the very one, was not read."""

from scheduler.cadence.facts import Facts
from scheduler.cadence.results import PairStatus
from scheduler.cadence.survey import meant
from scheduler.cadence.verdict import Verdict
from scheduler.cadence.words import called
from scheduler.meetings import Evidence, Unread
from scheduler.people import Person, Roster

_MISSING = frozenset({PairStatus.UNSCHEDULED, PairStatus.OVERDUE})


def unread_calendar(facts: Facts, evidence: Evidence) -> Verdict | None:
    """Return the verdict `unknown` where the calendar of one of the two was not read, else None."""
    told = []
    for person in (facts.pair.manager, facts.pair.report):
        if person.email in evidence.readings:
            continue
        problem = evidence.unreadable.get(person.email)
        why = f": {problem.what}" if problem is not None else ""
        told.append(f"{called(person, facts.pair)}'s calendar could not be read{why}.")
    return Verdict(PairStatus.UNKNOWN, tuple(told)) if told else None


def doubtful(found: Verdict, facts: Facts, evidence: Evidence, roster: Roster) -> Verdict:
    """Return `unknown` in place of a verdict that misses a meeting which a broken event may be.

    That is any event in either calendar that could not be read and names the two, and nobody
    else of the roster; whose calendar it lies in takes part in it.
    """
    if found.status not in _MISSING:
        return found
    for person in (facts.pair.manager, facts.pair.report):
        for event in evidence.readings[person.email].unread:
            if _may_be_theirs(event, person, facts, roster):
                told = (
                    f"An event in {called(person, facts.pair)}'s calendar names the two but could not be "
                    f"read; it may be their 1-2-1 ({event.problem.where})."
                )
                return Verdict(PairStatus.UNKNOWN, (told, *found.reasons[:2]))
    return found


def _may_be_theirs(event: Unread, owner: Person, facts: Facts, roster: Roster) -> bool:
    people = {meant(address, roster) for address in event.addresses} & roster.people.keys()
    return bool(event.addresses) and people | {owner.email} == set(facts.pair.key)
