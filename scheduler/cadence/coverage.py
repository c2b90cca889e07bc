"""The check: how every pair stands against its cadence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby, pairwise
from math import floor

from scheduler.cadence.absence import away_dates
from scheduler.cadence.elapsed import SharedTime, told_apart
from scheduler.cadence.facts import Facts, look_back, pair_began
from scheduler.cadence.leaderless import leaderless
from scheduler.cadence.policy import Circumstances, cadence_for
from scheduler.cadence.recognise import recognised
from scheduler.cadence.results import GapReport, Meeting, MeetingOutcome, NotCounted, PairCoverage
from scheduler.cadence.suggestions import former_pairs, suggestions
from scheduler.cadence.survey import Survey, meant
from scheduler.cadence.unknown import doubtful, unread_calendar
from scheduler.cadence.verdict import verdict
from scheduler.cadence.windows import pair_window, reading_window, report_window
from scheduler.cadence.words import called
from scheduler.errors import Problem
from scheduler.meetings import Evidence
from scheduler.memory import MadeSeries, Memory
from scheduler.people import Pair, Roster
from scheduler.settings import Settings
from scheduler.timespans import Span, midnight

__all__ = ["check", "check_everyone", "check_pairs", "gap_report", "needed_for", "reading_window"]

_ROUNDING = 1e-6
"""Leave is worth 7/n days: sums of it may fall a hair short of a whole cadence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Everything:
    """What the check of each pair draws on, worked out once, `survey` and `away` for each team.

    `away` holds each person's absences, `seen` when each pair was first seen, by today's addresses, `noes` the
    series of ours that a person said no to, `former` the pairs that each report was in before.
    """

    evidence: Evidence
    roster: Roster
    settings: Settings
    memory_began: datetime | None
    now: datetime
    circumstances: Circumstances
    window: Span
    seen: Mapping[tuple[str, str], datetime]
    noes: Mapping[str, MadeSeries]
    former: Mapping[str, tuple[Pair, ...]]
    survey: Survey = field(default_factory=Survey)
    away: Mapping[str, Mapping[date, str]] = field(default_factory=dict)


def check(  # noqa: PLR0917  as `check_everyone`, the pair first
    pair: Pair,
    evidence: Evidence,
    roster: Roster,
    settings: Settings,
    memory: Memory,
    now: datetime,
) -> PairCoverage:
    """Return how one pair stands at this moment; see `PairCoverage` for what each number counts.

    The look-back and look-ahead of the pair are those of the settings, or as long as one interval of
    its own cadence may be, where that is longer. A day with two meetings held counts once.
    """
    common = _everything((pair,), evidence=evidence, roster=roster, settings=settings, memory=memory, now=now)
    return _checked(pair, _of_team((pair,), common))


def check_everyone(
    roster: Roster,
    evidence: Evidence,
    settings: Settings,
    memory: Memory,
    now: datetime,
) -> GapReport:
    """Return how every pair stands, in the roster's order, with the problems of everybody's calendars.

    Who is in no pair because their manager has left is a problem, too.
    """
    pairs = roster.pairs(now.date())
    return gap_report(
        check_pairs(pairs, evidence, roster, settings, memory, now), evidence, roster, settings, now
    )


def check_pairs(  # noqa: PLR0917  as `check`, for several pairs
    pairs: tuple[Pair, ...],
    evidence: Evidence,
    roster: Roster,
    settings: Settings,
    memory: Memory,
    now: datetime,
) -> Mapping[tuple[str, str], PairCoverage]:
    """Return how each of these pairs stands, by its key; `evidence` must hold what `needed_for` names."""
    common = _everything(pairs, evidence=evidence, roster=roster, settings=settings, memory=memory, now=now)
    found: dict[tuple[str, str], PairCoverage] = {}
    # One manager's people at a time: what is indexed for them is not held for everybody.
    for _, group in groupby(pairs, key=lambda pair: pair.manager.email):
        team = tuple(group)
        everything = _of_team(team, common)
        found |= {pair.key: _checked(pair, everything) for pair in team}
    return found


def needed_for(pairs: Iterable[Pair], roster: Roster, memory: Memory) -> frozenset[str]:
    """Return whose calendars the check of these pairs looks at: theirs, and those of reports' former managers."""
    people = {person.email for pair in pairs for person in (pair.manager, pair.report)}
    former = (pair.manager.email for pair in former_pairs(memory, roster) if pair.report.email in people)
    return frozenset((*people, *former))


def gap_report(
    found: Mapping[tuple[str, str], PairCoverage],
    evidence: Evidence,
    roster: Roster,
    settings: Settings,
    now: datetime,
) -> GapReport:
    """Return the gap report of every pair of the roster, in its order, each of which was checked."""
    return GapReport(
        generated_at=now,
        window=report_window(settings, now),
        pairs=tuple(found[pair.key] for pair in roster.pairs(now.date())),
        problems=(
            *leaderless(roster, settings, now.date()),
            *_problems(evidence),
        ),
    )


def _everything(
    pairs: tuple[Pair, ...],
    *,
    evidence: Evidence,
    roster: Roster,
    settings: Settings,
    memory: Memory,
    now: datetime,
) -> _Everything:
    former = former_pairs(memory, roster)
    return _Everything(
        evidence=evidence,
        roster=roster,
        settings=settings,
        memory_began=memory.began,
        now=now,
        circumstances=Circumstances.of(roster, now),
        window=reading_window(settings, roster, now),
        seen=_first_seen(pairs, memory, roster, now),
        noes={made.uid: made for made in memory.series if made.refused_at is not None},
        former={report: tuple(theirs) for report, theirs in groupby(former, lambda p: p.report.email)},
    )


def _of_team(team: tuple[Pair, ...], everything: _Everything) -> _Everything:
    """Return the same with what these pairs' calendars hold."""
    evidence = everything.evidence
    people = {person.email: person for pair in team for person in (pair.manager, pair.report)}
    former = (pair for email in people for pair in everything.former.get(email, ()))
    away = {
        email: away_dates(person, evidence.readings.get(email), everything.window)
        for email, person in people.items()
    }
    return replace(everything, survey=Survey.of(evidence, everything.roster, (*team, *former)), away=away)


def _checked(pair: Pair, everything: _Everything) -> PairCoverage:
    facts, not_counted = _facts(pair, everything)
    unread = unread_calendar(facts, everything.evidence)
    found = unread or doubtful(verdict(facts), facts, everything.evidence, everything.roster)
    has_cadence = facts.decision.cadence is not None
    expected, held, longest = _counted(facts) if unread is None else (0, 0, None)
    return PairCoverage(
        pair=pair,
        cadence=facts.decision.cadence,
        cadence_why=facts.decision.why,
        cadence_rule=facts.decision.rule,
        cadence_until=facts.decision.until,
        cadence_then=facts.decision.then,
        minutes=facts.decision.minutes,
        first_minutes=facts.decision.first_minutes if facts.last_held is None else None,
        first_by=_first_by(facts),
        status=found.status,
        reasons=found.reasons,
        suggestions=suggestions(facts, everything.survey, everything.former.get(pair.report.email, ())),
        pause=found.pause,
        began=facts.began,
        last_held=facts.last_held,
        next_planned=facts.planned[0].span.start if facts.planned else None,
        days_since=facts.days_since,
        days_overdue=facts.gap - facts.limit if has_cadence else 0.0,
        expected=expected,
        held=held,
        coverage=round(min(1.0, held / expected), 2) if expected else None,
        longest_gap_days=longest,
        meetings=tuple(m for m in facts.meetings if _within(m.span, facts.window)),
        not_counted=tuple(other for other in not_counted if _within(other.span, facts.window)),
        away=_told(facts, report_window(everything.settings, everything.now)),
    )


def _facts(pair: Pair, everything: _Everything) -> tuple[Facts, tuple[NotCounted, ...]]:
    settings, now = everything.settings, everything.now
    decision = cadence_for(pair, settings.cadence, everything.circumstances)
    meetings, not_counted = recognised(pair, everything.survey, now)
    away = {person.email: everything.away[person.email] for person in (pair.manager, pair.report)}
    facts = Facts(
        pair=pair,
        decision=decision,
        tolerance=settings.cadence.tolerance,
        now=now,
        window=pair_window(pair, decision.cadences, settings, now),
        meetings=tuple(_heeded(meeting, everything.noes, pair) for meeting in meetings),
        began=pair_began(pair, everything.seen.get(pair.key), everything.memory_began),
        shared=SharedTime.of(pair, *away.values()),
        away=away,
    )
    return facts, not_counted


def _first_seen(
    pairs: tuple[Pair, ...], memory: Memory, roster: Roster, now: datetime
) -> Mapping[tuple[str, str], datetime]:
    """Return when each pair was first seen, whatever their addresses were then; now, where others were seen before."""
    first: dict[tuple[str, str], datetime] = {}
    for seen in memory.pairs_seen:
        key = (meant(seen.manager, roster), meant(seen.report, roster))
        first[key] = min(seen.first_seen, first.get(key, seen.first_seen))
    new = {pair.key: now for pair in pairs} if first else {}
    return new | first


def _heeded(meeting: Meeting, noes: Mapping[str, MadeSeries], pair: Pair) -> Meeting:
    """Return a meeting as declined where a person had said no to its series, wherever a copy still stands.

    What had ended before their no was noticed was held.
    """
    no = noes.get(meeting.uid)
    if no is None or no.refused_at is None or meeting.span.end <= no.refused_at:
        return meeting
    if meeting.outcome not in {MeetingOutcome.PLANNED, MeetingOutcome.HELD}:
        return meeting
    who = next(
        (called(p, pair) for p in (pair.manager, pair.report) if no.refused_by in p.addresses),
        "One of the two",
    )
    return replace(
        meeting, outcome=MeetingOutcome.DECLINED, by=no.refused_by, why=f"{who} said no to the whole series."
    )


def _first_by(facts: Facts) -> datetime | None:
    """Return by when the two are to have met for the first time; None where they have, or nothing says so."""
    within, start = facts.decision.first_within, facts.pair.report.start_date
    if facts.last_held is not None or within is None or start is None:
        return None
    return midnight(start + within, facts.pair.manager.tz)


def _counted(facts: Facts) -> tuple[int, int, int | None]:
    """Return the meetings expected in the look-back, the days on which any was held, the longest gap."""
    back = look_back(facts)
    starts = [m.span.start for m in facts.held if back.holds(m.span.start)]
    held = len({start.astimezone(facts.shared.tz).date() for start in starts})
    if facts.decision.cadence is None or back.start >= back.end:
        return 0, held, None
    expected = floor(facts.shared.days(back.start, back.end) / facts.decision.cadence.days + _ROUNDING)
    longest = max(facts.shared.days(one, other) for one, other in pairwise([back.start, *starts, back.end]))
    return expected, held, floor(longest + _ROUNDING)


def _within(span: Span, window: Span) -> bool:
    return window.start < span.end and span.start < window.end


def _told(facts: Facts, window: Span) -> Mapping[date, str]:
    tz = facts.shared.tz
    first, last = window.start.astimezone(tz).date(), window.end.astimezone(tz).date()
    named = [(called(p, facts.pair), facts.away[p.email]) for p in (facts.pair.manager, facts.pair.report)]
    return {day: why for day, why in told_apart(named).items() if first <= day <= last}


def _problems(evidence: Evidence) -> tuple[Problem, ...]:
    readings = evidence.readings.values()
    unread = {event.problem for reading in readings for event in reading.unread}
    odd = {warning for reading in readings for warning in reading.warnings}
    return tuple(sorted(unread | odd | set(evidence.unreadable.values())))
