"""The time of a manager and the reports as it is without their present 1-2-1s: what a new cadence would have to fit into."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.cadence.results import PairCoverage
from scheduler.meetings import Detail
from scheduler.people import Person
from scheduler.planning.situation import Situation
from scheduler.planning.times import times_of
from scheduler.slots.request import PersonTime
from scheduler.timespans import without


def freed_times(
    team: Sequence[PairCoverage], around: Sequence[PairCoverage], known: Situation
) -> Mapping[str, PersonTime]:
    """Return when the people of these pairs are taken, what the two of each pair have with each other left out.

    `around` are all pairs in which any of them is, these included: 1-2-1s with others stay. Whose calendar does not
    tell is not in it. Where only free/busy is known, all that lies on a 1-2-1 of theirs goes with it. Of a series
    of more people, in which single dates were left to the two, nothing is left out.
    """
    people = {p.email: p for coverage in team for p in (coverage.pair.manager, coverage.pair.report)}
    ends = dict.fromkeys(_theirs(team, known), known.now)
    found = dict(times_of(people.values(), around, known, ends))
    blind = [people[email] for email in found if known.evidence.readings[email].detail is Detail.BUSY]
    return found | _less_busy(blind, around, known, found, ends)


def _theirs(team: Sequence[PairCoverage], known: Situation) -> Collection[str]:
    """Return the UIDs of the meetings and series that are the two's alone."""
    found: set[str] = set()
    for coverage in team:
        found.update(known.shelf.of_two.get(frozenset(coverage.pair.key), ()))
        found.update(meeting.uid for meeting in coverage.meetings if not meeting.in_series)
    return found


def _less_busy(
    people: Sequence[Person],
    around: Sequence[PairCoverage],
    known: Situation,
    found: Mapping[str, PersonTime],
    ends: Mapping[str, datetime],
) -> dict[str, PersonTime]:
    if not people or not ends:
        return {}
    with_all = times_of(people, around, known, {})
    return {
        email: replace(
            time, busy=without(time.busy, set(with_all[email].one_to_ones) - set(found[email].one_to_ones))
        )
        for email, time in ((person.email, found[person.email]) for person in people)
    }
