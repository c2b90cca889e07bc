"""How often a pair is to meet, and why: a list of rules, of which the first that speaks decides."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.every import Cadence
from scheduler.people import Pair
from scheduler.settings import CadenceSettings
from scheduler.words import every


@dataclass(frozen=True, slots=True)
class Decision:
    """How often and how long a pair meets; `cadence` is None where they are to have no 1-2-1."""

    cadence: Cadence | None
    minutes: int
    why: str


Rule = Callable[[Pair, CadenceSettings], Decision | None]


def cadence_for(pair: Pair, settings: CadenceSettings) -> Decision:
    """Return what the first rule that speaks says; the config's own cadence speaks last, for everybody."""
    for rule in RULES:
        decision = rule(pair, settings)
        if decision is not None:
            return decision
    return Decision(
        settings.every,
        settings.minutes,
        f"{every(settings.every)}, as the config has it for everybody".capitalize(),
    )


def _none_wanted(pair: Pair, settings: CadenceSettings) -> Decision | None:
    if not pair.report.no_one_to_one:
        return None
    return Decision(None, settings.minutes, "The roster says that they have no 1-2-1")


def _asked_for(pair: Pair, settings: CadenceSettings) -> Decision | None:
    if pair.report.cadence is None:
        return None
    why = f"{every(pair.report.cadence)}, as the roster has it for {pair.report.given_name}"
    return Decision(pair.report.cadence, settings.minutes, why[:1].upper() + why[1:])


RULES: tuple[Rule, ...] = (_none_wanted, _asked_for)
