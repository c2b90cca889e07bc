"""One team's numbers: what their 1-2-1s take now, under the policy, and if something else was asked."""

from collections.abc import Mapping, Sequence

from scheduler.cadence.results import MeetingOutcome, PairCoverage, PairStatus
from scheduler.capacity.fitting import tried
from scheduler.capacity.freed import freed_times
from scheduler.capacity.hours import hours_asked, hours_found, working_week
from scheduler.capacity.practice import practice
from scheduler.capacity.results import Load, Now, TeamCost
from scheduler.capacity.what_if import Asked, WhatIf, asked
from scheduler.people import Person
from scheduler.planning.situation import Situation
from scheduler.slots.request import PersonTime
from scheduler.timespans import Span


def team_cost(
    team: Sequence[PairCoverage],
    around: Sequence[PairCoverage],
    known: Situation,
    what_if: WhatIf | None = None,
) -> TeamCost:
    """Return what one manager's 1-2-1s take; `team` are all pairs of that manager, at least one.

    `around` are all pairs in which anybody of the team is; `known` must hold when these people are taken. The team
    is tried by itself, beside what everybody else has now.
    """
    manager = team[0].pair.manager
    wanted = asked(team)
    # Only what is asked for anew is taken away: who is to have no 1-2-1 keeps what stands in the calendar.
    times = freed_times([pair.coverage for pair in wanted], around, known)
    policy = _load(manager, wanted, times, known)
    if_asked = None
    if what_if is not None:
        other = asked(team, what_if)
        if_asked = policy if other == wanted else _load(manager, other, times, known)
    return TeamCost(
        manager=manager,
        people=frozenset(email for coverage in team for email in coverage.pair.key),
        span=len(team),
        week=working_week(manager.hours),
        now=_now(team, known),
        policy=policy,
        if_asked=if_asked,
        practice=practice(len(team), wanted if what_if is None else asked(team, what_if)),
    )


def _load(
    manager: Person, wanted: Sequence[Asked], times: Mapping[str, PersonTime], known: Situation
) -> Load:
    hours = hours_asked(wanted)
    return Load(hours, hours / working_week(manager.hours), tried(wanted, times, known))


def _now(team: Sequence[PairCoverage], known: Situation) -> Now:
    job, now = known.settings.job, known.now
    return Now(
        held=hours_found(team, MeetingOutcome.HELD, Span(now - job.look_back, now)),
        planned=hours_found(team, MeetingOutcome.PLANNED, Span(now, now + job.look_ahead)),
        unknown=sum(coverage.status is PairStatus.UNKNOWN for coverage in team),
    )
