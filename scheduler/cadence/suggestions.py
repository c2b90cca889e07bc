"""What could be better about a pair's meetings that people made: said, never done (law 1)."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from statistics import median

from scheduler.cadence.facts import Facts
from scheduler.cadence.recognise import recognised
from scheduler.cadence.results import Meeting, MeetingOutcome
from scheduler.cadence.survey import Survey
from scheduler.cadence.words import called, on_day
from scheduler.every import Cadence, Unit
from scheduler.memory import Memory
from scheduler.people import Pair, Roster
from scheduler.timespans import wall_clock_days
from scheduler.words import every, on_date

_RARER = 1.25
_MOST_ON_LEAVE = 3


def suggestions(facts: Facts, survey: Survey, former: Iterable[Pair]) -> tuple[str, ...]:
    """Return what the pair might do themselves, one sentence each.

    `former` are the pairs that the report was in before this one. No titles, no times of other meetings.
    """
    return (
        *_too_rare(facts),
        *_runs_out(facts, survey),
        *_on_leave(facts),
        *_former_manager(facts, survey, former),
        *_leaves(facts),
    )


def former_pairs(memory: Memory, roster: Roster) -> tuple[Pair, ...]:
    """Return the managers and reports who were pairs once and are not now, as far as both are still here.

    They are ordered by report, then manager.
    """
    found: list[Pair] = []
    for seen in memory.pairs_seen:
        manager, report = roster.find(seen.manager), roster.find(seen.report)
        if manager is not None and report is not None and manager.email not in (report.manager, report.email):
            found.append(Pair(manager, report))
    return tuple(sorted(found, key=lambda pair: (pair.report.email, pair.manager.email)))


def _too_rare(facts: Facts) -> Iterable[str]:
    cadence = facts.decision.cadence
    if cadence is None:
        return
    for meetings in _planned_series(facts).values():
        apart = [
            wall_clock_days(one.original_start, other.original_start, facts.shared.tz)
            for one, other in pairwise(meetings)
        ]
        if apart and median(apart) > cadence.days * _RARER:
            weeks = Cadence(max(1, round(median(apart) / 7)), Unit.WEEK)
            asked = f"comes {every(weeks)}; the cadence asks for {every(cadence)}"
            if meetings[0].mark is None:
                yield f"Their own series {asked}."
            else:
                yield f"The series that was set up for them {asked}: unless one of the two has changed it, it is replaced as soon as a time fits."


def _runs_out(facts: Facts, survey: Survey) -> Iterable[str]:
    ends = []
    for uid in _own_series(facts):
        for person in (facts.pair.manager, facts.pair.report):
            diary = survey.diaries.get(person.email)
            series = diary.series.get(uid) if diary is not None else None
            if series is not None:
                ends.append(series.last_end)
                break
    last = [end for end in ends if end is not None]
    if last and len(last) == len(ends) and max(last) < facts.end:
        day = on_day(max(last), facts.shared.tz, facts.now)
        yield f"Their own series runs out on {day}; it is theirs to extend."


def _own_series(facts: Facts) -> dict[str, list[Meeting]]:
    """Return what is planned in series that people made, by UID."""
    return {uid: found for uid, found in _planned_series(facts).items() if found[0].mark is None}


def _planned_series(facts: Facts) -> dict[str, list[Meeting]]:
    """Return what is planned in series, ours and people's own, by UID."""
    planned: dict[str, list[Meeting]] = {}
    for meeting in facts.planned:
        if meeting.in_series:
            planned.setdefault(meeting.uid, []).append(meeting)
    return planned


def _on_leave(facts: Facts) -> Iterable[str]:
    """Yield one sentence for each reason that somebody is away, with the dates of the meetings it hits."""
    hit: dict[tuple[str, str], list[str]] = {}
    for meeting in facts.planned:
        for person in (facts.pair.manager, facts.pair.report):
            day = meeting.span.start.astimezone(person.tz).date()
            why = facts.away[person.email].get(day)
            if why is not None and person.employed(day):
                dates = hit.setdefault((called(person, facts.pair), why), [])
                dates.append(on_date(day, facts.today(person)))
                break
    for (name, why), dates in hit.items():
        if len(dates) == 1:
            yield f"The meeting on {dates[0]} falls on a day when {name} is away ({why}): move it rather than drop it."
        else:
            yield f"The meetings on {_listed(dates)} fall on days when {name} is away ({why}): move them rather than drop them."


def _listed(dates: list[str]) -> str:
    shown, more = dates[:_MOST_ON_LEAVE], len(dates) - _MOST_ON_LEAVE
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _former_manager(facts: Facts, survey: Survey, former: Iterable[Pair]) -> Iterable[str]:
    for earlier in former:
        meetings, _ = recognised(earlier, survey, facts.now)
        if any(m.in_series and m.outcome is MeetingOutcome.PLANNED for m in meetings):
            yield (
                f"{called(earlier.report, earlier)} still has a series with {earlier.manager.name}, "
                "who was their manager before."
            )


def _leaves(facts: Facts) -> Iterable[str]:
    for person in (facts.pair.manager, facts.pair.report):
        last: date | None = person.end_date
        if last is not None and last < facts.window.end.date():
            yield f"{called(person, facts.pair)}'s last day is {on_date(last, facts.today(person))}."
