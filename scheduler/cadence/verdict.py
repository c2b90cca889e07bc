"""The verdict on a pair whose calendars are read: the first of the statuses in docs/gap-report.md that fits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from scheduler.cadence.elapsed import shared_weekdays
from scheduler.cadence.facts import Facts, coming_days
from scheduler.cadence.leave import LONG_LEAVE, leave_now, meets_again
from scheduler.cadence.results import Meeting, MeetingOutcome, PairStatus, Pause
from scheduler.cadence.words import ago, called, days, longer, on_day
from scheduler.every import Cadence
from scheduler.people import Person
from scheduler.timespans import wall_clock_days
from scheduler.words import every, on_date


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with its reasons, one to three plain sentences; `pause` says why a pair is paused."""

    status: PairStatus
    reasons: tuple[str, ...]
    pause: Pause | None = None


def verdict(facts: Facts) -> Verdict:
    """Return what the first rule that speaks says; where none does, the pair is on track."""
    for rule in _RULES:
        found = rule(facts)
        if found is not None:
            return found
    coming = facts.planned[0]
    reason = f"{_last_met(facts)}, next {_next(facts, coming)}; {every(facts.cadence)}."
    return Verdict(PairStatus.ON_TRACK, (reason,))


def _no_one_to_one(facts: Facts) -> Verdict | None:
    if facts.decision.cadence is not None:
        return None
    return Verdict(PairStatus.PAUSED, (f"{facts.decision.why}.",), Pause.NO_ONE_TO_ONE)


def _not_started(facts: Facts) -> Verdict | None:
    waiting = [
        f"{called(person, facts.pair)} starts on {on_date(person.start_date, facts.today(person))}."
        for person in (facts.pair.report, facts.pair.manager)
        if person.start_date is not None and person.start_date > facts.today(person)
    ]
    return Verdict(PairStatus.PAUSED, tuple(waiting), Pause.NOT_STARTED) if waiting else None


def _long_leave(facts: Facts) -> Verdict | None:
    told = [
        told
        for person in (facts.pair.report, facts.pair.manager)
        if (told := _leave_told(facts, person)) is not None
    ]
    if not told and shared_weekdays(facts.pair):
        away = {day: why for absences in facts.away.values() for day, why in absences.items()}
        if not meets_again(facts.pair, away, facts.shared.weekdays, coming_days(facts)):
            told.append(
                f"No working day of both is left up to {on_day(facts.window.end, facts.shared.tz, facts.now)}."
            )
    return Verdict(PairStatus.PAUSED, tuple(told), Pause.LEAVE) if told else None


def _leave_told(facts: Facts, person: Person) -> str | None:
    leave = leave_now(person, facts.away[person.email], facts.today(person))
    if leave is None or leave.working_days < LONG_LEAVE:
        return None
    if leave.last >= facts.window.end.date():
        until = "for all of the look-ahead"
    else:
        until = f"until {on_date(leave.last, facts.today(person))}"
    return f"{called(person, facts.pair)} is on leave {until}."


def _unscheduled(facts: Facts) -> Verdict | None:
    if facts.planned:
        return None
    end = on_day(facts.window.end, facts.shared.tz, facts.now)
    nothing = f"Nothing is planned up to {end}; {every(facts.cadence)} is the cadence."
    refusals = [m for m in facts.meetings if m.span.end > facts.now and m.outcome in _CALLED_OFF]
    off = tuple(
        f"The one on {on_day(m.span.start, facts.shared.tz, facts.now)} was {m.outcome}{_by(facts, m)}."
        for m in refusals[:1]
    )
    return Verdict(PairStatus.UNSCHEDULED, (nothing, _standing(facts), *off))


def _overdue(facts: Facts) -> Verdict | None:
    if facts.gap <= facts.limit:
        return None
    coming = facts.planned[0]
    if _closes_the_gap(facts, coming):
        starts = f"the new series starts on {on_day(coming.span.start, facts.shared.tz, facts.now)}"
        return Verdict(PairStatus.AT_RISK, (f"{_since(facts)}; {starts}.",))
    return Verdict(PairStatus.OVERDUE, (_standing(facts), f"Next {_next(facts, coming)}."))


def _at_risk(facts: Facts) -> Verdict | None:
    points = (facts.counted_from, *(m.span.start for m in facts.planned))
    tz, now = facts.shared.tz, facts.now
    reasons: list[str] = []
    also: list[str] = []
    for number, (one, other) in enumerate(pairwise(points)):
        broken = facts.too_long(one, other)
        if broken is not None and reasons:
            also.append(on_day(other, tz, now))
        elif broken is not None:
            since = _since_what(facts) if number == 0 else f"the one on {on_day(one, tz, now)}"
            reasons.append(
                f"The one on {on_day(other, tz, now)} comes {_apart(facts, one, other, broken)} after {since}; "
                f"at most {_limit(facts, broken)}."
            )
    if also:
        more = f" and {len(also) - 1} more" if len(also) > 1 else ""
        reasons.append(f"As late, each after the one before it: {also[0]}{more}.")
    if facts.too_long(points[-1], facts.end) is not None:
        reasons.append(
            f"What is planned runs out on {on_day(points[-1], tz, now)}; nothing follows it up to {on_day(facts.end, tz, now)}."
        )
    return Verdict(PairStatus.AT_RISK, tuple(reasons)) if reasons else None


_RULES: tuple[Callable[[Facts], Verdict | None], ...] = (
    _no_one_to_one,
    _not_started,
    _long_leave,
    _unscheduled,
    _overdue,
    _at_risk,
)
_CALLED_OFF = (MeetingOutcome.CANCELLED, MeetingOutcome.DECLINED)


def _closes_the_gap(facts: Facts, coming: Meeting) -> bool:
    """Say whether the next meeting is the first ever of a series that this program made."""
    return coming.mark is not None and not any(
        m.uid == coming.uid and m.span.end <= facts.now for m in facts.meetings
    )


def _apart(facts: Facts, start: datetime, end: datetime, cadence: Cadence) -> str:
    """Write an interval that is too long: as the calendar counts it, and without leave where there was any."""
    counted = longer(facts.shared.days(start, end), facts.limit_of(cadence))
    if not facts.shared.leave_days(start, end):
        return counted
    return f"{days(int(wall_clock_days(start, end, facts.shared.tz)))} ({counted} without leave)"


def _standing(facts: Facts) -> str:
    """Say how the present interval stands against its limit."""
    over = facts.gap - facts.limit
    much = days(int(over)) if over >= 1 else "less than a day"
    past = f"; {much} past the limit of {_limit(facts, facts.cadence)}" if over > 0 else ""
    return f"{_since(facts)}{past}."


def _since(facts: Facts) -> str:
    away = facts.shared.leave_days(facts.counted_from, facts.now)
    on_leave = f" ({days(away)} of it leave)" if away and facts.gap else ""
    if facts.last_held is not None:
        return f"{_last_met(facts)}{on_leave}"
    return f"{_not_met(facts)}{on_leave}"


def _last_met(facts: Facts) -> str:
    since = facts.days_since
    return f"Last met {ago(since)}" if since is not None else _not_met(facts)


def _not_met(facts: Facts) -> str:
    day = on_day(facts.counted_from, facts.shared.tz, facts.now)
    if facts.began is None:
        return f"No 1-2-1 found since {day}"
    return f"Not met yet since they became a pair on {day}"


def _since_what(facts: Facts) -> str:
    day = on_day(facts.counted_from, facts.shared.tz, facts.now)
    if facts.last_held is not None:
        return f"the last one, on {day}"
    return f"the start of what was read, {day}" if facts.began is None else f"they became a pair on {day}"


def _next(facts: Facts, meeting: Meeting) -> str:
    if meeting.span.holds(facts.now):
        return "is running now"
    return f"on {on_day(meeting.span.start, facts.shared.tz, facts.now)}"


def _limit(facts: Facts, cadence: Cadence) -> str:
    return f"{days(facts.limit_of(cadence))} ({every(cadence)} and {facts.tolerance:.0%} over)"


def _by(facts: Facts, meeting: Meeting) -> str:
    people = (facts.pair.manager, facts.pair.report)
    person = next((p for p in people if p.email == meeting.by), None)
    return f" by {called(person, facts.pair)}" if person is not None else ""
