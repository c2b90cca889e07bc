"""How often a pair is to meet, and why: a list of rules, of which the first that speaks decides.

The roster speaks first, for a pair of its own; then the rules of the config, in their order; then the config's own
cadence, for everybody. docs/how-often.md shows it by examples.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.cadence.rules import Circumstances, conditions, fits, rule_ends
from scheduler.cadence.words import called
from scheduler.every import Cadence
from scheduler.people import Pair
from scheduler.settings import CadenceRule, CadenceSettings
from scheduler.timespans import midnight
from scheduler.words import every, listed

__all__ = ["BY_CONFIG", "BY_ROSTER", "Circumstances", "Decision", "cadence_for", "cadences_for"]

BY_ROSTER = "roster"
BY_CONFIG = "everybody"


@dataclass(frozen=True, slots=True)
class Decision:
    """How often and how long a pair meets; `cadence` is None where they are to have no 1-2-1.

    `rule` is the name of the config's rule that decided, or `BY_ROSTER` or `BY_CONFIG`. The first meeting of all takes
    `first_minutes`, and is held within `first_within` of the report's first day. The decision holds up to `until`, a
    date by the report's clock that is not included, and the cadence is `then` from there on; both are None where no
    end is known.
    """

    cadence: Cadence | None
    minutes: int
    why: str
    rule: str = BY_CONFIG
    first_minutes: int | None = None
    first_within: timedelta | None = None
    until: date | None = None
    then: Cadence | None = None

    @property
    def cadences(self) -> tuple[Cadence, ...]:
        """The cadence that holds now, and the one after it; none where there are no 1-2-1s."""
        return tuple(each for each in (self.cadence, self.then) if each is not None)


Rule = Callable[[Pair, CadenceSettings], Decision | None]


def cadence_for(pair: Pair, settings: CadenceSettings, known: Circumstances) -> Decision:
    """Return what the first rule that speaks says; the config's own cadence speaks last, for everybody."""
    for own in OWN:
        decision = own(pair, settings)
        if decision is not None:
            return decision
    for rule in settings.rules:
        if fits(rule, pair, known):
            return _by_rule(rule, pair, settings, known)
    why = f"{every(settings.every)}, as the config has it for everybody"
    if settings.rules:
        why += " else"
    return Decision(settings.every, settings.minutes, why.capitalize())


def cadences_for(pairs: Iterable[Pair], settings: CadenceSettings) -> frozenset[Cadence]:
    """Return every cadence that may be asked of any of these pairs, now or at another time."""
    reports = [pair.report for pair in pairs if not pair.report.no_one_to_one]
    own = {report.cadence for report in reports if report.cadence is not None}
    if all(report.cadence is not None for report in reports):
        return frozenset(own)
    return frozenset((*own, settings.every, *(rule.every for rule in settings.rules)))


def _by_rule(rule: CadenceRule, pair: Pair, settings: CadenceSettings, known: Circumstances) -> Decision:
    why = listed([condition.why for condition in conditions(rule, pair, known)])
    until = rule_ends(rule, pair.report)
    then = None
    if until is not None:
        # Time only takes rules away: nobody becomes a joiner later on. So the next one to speak is a later one.
        after = replace(known, now=midnight(until, pair.report.tz))
        then = cadence_for(pair, settings, after).cadence
    return Decision(
        rule.every,
        rule.minutes or settings.minutes,
        f"{_capital(every(rule.every))}, by the rule '{rule.name}': {why}",
        rule=rule.name,
        first_minutes=rule.first_minutes,
        first_within=rule.first_within,
        until=until,
        then=then,
    )


def _none_wanted(pair: Pair, settings: CadenceSettings) -> Decision | None:
    if not pair.report.no_one_to_one:
        return None
    return Decision(None, settings.minutes, "The roster says that they have no 1-2-1", rule=BY_ROSTER)


def _asked_for(pair: Pair, settings: CadenceSettings) -> Decision | None:
    if pair.report.cadence is None:
        return None
    why = f"{every(pair.report.cadence)}, as the roster has it for {called(pair.report, pair)}"
    return Decision(pair.report.cadence, settings.minutes, _capital(why), rule=BY_ROSTER)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


OWN: tuple[Rule, ...] = (_none_wanted, _asked_for)
