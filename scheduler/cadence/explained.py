"""Which rule decided how often a pair meets, why each of the others did not, and what it will become."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.cadence.policy import BY_CONFIG, BY_ROSTER, Decision, cadence_for
from scheduler.cadence.rules import Circumstances, Condition, conditions, fits, rule_ends
from scheduler.cadence.words import called
from scheduler.every import Cadence
from scheduler.people import Pair, Roster
from scheduler.settings import CadenceRule, CadenceSettings
from scheduler.timespans import DAY, midnight

_MOST_CHANGES = 5


class Outcome(StrEnum):
    """What came of a rule when its turn was to come."""

    DECIDES = "decides"
    FITS_TOO = "fits_too"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One rule in its turn: what it decides where it fits, what came of it, and why, as parts of sentences.

    `cadence` and `minutes` are None where it says nothing of them, or decides that there is no 1-2-1.
    """

    name: str
    outcome: Outcome
    reasons: tuple[str, ...]
    cadence: Cadence | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Becoming:
    """From which date on, by the report's clock, which decision holds."""

    start: date
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How often a pair is to meet now, every rule in its order, and what is known of the time to come.

    `coming` are the changes that follow from dates on the roster, at most five: first days of joiners come to
    their end, people join the manager's team and leave it. `starts` is the later first day of the two where it is
    still to come, `ends` the sooner last day of the two, included.
    """

    pair: Pair
    now: datetime
    decision: Decision
    rules: tuple[Weighed, ...]
    coming: tuple[Becoming, ...] = ()
    starts: date | None = None
    ends: date | None = None

    @property
    def first_by(self) -> date | None:
        """The last date on which the first meeting of all is to be held; None where nothing says so."""
        within, start = self.decision.first_within, self.pair.report.start_date
        return None if within is None or start is None else start + within - DAY


def explained(pair: Pair, roster: Roster, settings: CadenceSettings, now: datetime) -> Explanation:
    """Return how often the pair is to meet at this moment and why; no calendar is asked."""
    team = Roster({person.email: person for person in roster.reports_of(pair.manager)})
    known = Circumstances.of(team, now)
    decision = cadence_for(pair, settings, known)
    today = now.astimezone(pair.report.tz).date()
    starts = [day for p in (pair.manager, pair.report) if (day := p.start_date) is not None and day > today]
    ends = [day for p in (pair.manager, pair.report) if (day := p.end_date) is not None]
    return Explanation(
        pair=pair,
        now=now,
        decision=decision,
        rules=tuple(_weighed(pair, settings, known, decision)),
        coming=tuple(_coming(pair, team, settings, today, decision))[:_MOST_CHANGES],
        starts=max(starts, default=None),
        ends=min(ends, default=None),
    )


def _weighed(
    pair: Pair, settings: CadenceSettings, known: Circumstances, decision: Decision
) -> Iterator[Weighed]:
    yield _of_roster(pair, decision)
    for rule in settings.rules:
        yield Weighed(
            name=rule.name,
            outcome=_outcome(rule.name, decision, fits=fits(rule, pair, known)),
            reasons=tuple(each.why for each in _telling(rule, pair, known)),
            cadence=rule.every,
            minutes=rule.minutes or settings.minutes,
        )
    yield Weighed(
        name=BY_CONFIG,
        outcome=_outcome(BY_CONFIG, decision, fits=True),
        reasons=("what the config has for everybody" + (" else" if settings.rules else ""),),
        cadence=settings.every,
        minutes=settings.minutes,
    )


def _of_roster(pair: Pair, decision: Decision) -> Weighed:
    name = called(pair.report, pair)
    if decision.rule != BY_ROSTER:
        none = f"the row of {name} has no cadence"
        return Weighed(name=BY_ROSTER, outcome=Outcome.DOES_NOT_FIT, reasons=(none,))
    said = "none" if decision.cadence is None else str(decision.cadence)
    return Weighed(
        name=BY_ROSTER,
        outcome=Outcome.DECIDES,
        reasons=(f"the row of {name} has the cadence '{said}'",),
        cadence=decision.cadence,
        minutes=None if decision.cadence is None else decision.minutes,
    )


def _outcome(name: str, decision: Decision, *, fits: bool) -> Outcome:
    if not fits:
        return Outcome.DOES_NOT_FIT
    return Outcome.DECIDES if name == decision.rule else Outcome.FITS_TOO


def _telling(rule: CadenceRule, pair: Pair, known: Circumstances) -> Iterator[Condition]:
    """Yield the conditions that tell: of a rule that does not fit, those that do not hold."""
    found = [*conditions(rule, pair, known)]
    broken = [condition for condition in found if not condition.holds]
    yield from broken or found


def _coming(
    pair: Pair, team: Roster, settings: CadenceSettings, today: date, decision: Decision
) -> Iterator[Becoming]:
    """Yield each change of the decision that dates on the roster bring, as long as the two are a pair."""
    before = decision
    for day in _turning_days(pair, team, settings, today):
        known = Circumstances.of(team, midnight(day, pair.report.tz))
        after = cadence_for(pair, settings, known)
        if (after.rule, after.cadence, after.minutes) != (before.rule, before.cadence, before.minutes):
            yield Becoming(day, after)
        before = after


def _turning_days(pair: Pair, team: Roster, settings: CadenceSettings, today: date) -> list[date]:
    """Return the dates to come, in order, on which what rules look at is not what it was the day before."""
    days = {end for rule in settings.rules if (end := rule_ends(rule, pair.report)) is not None}
    for person in team.people.values():
        days |= {person.start_date} if person.start_date is not None else set()
        days |= {person.end_date + DAY} if person.end_date is not None else set()
    lasts = [person.end_date for person in (pair.manager, pair.report) if person.end_date is not None]
    return sorted(day for day in days if today < day and all(day <= last for last in lasts))
