"""From when a new series of a pair may run, and how often it is to repeat from there."""

from datetime import date, datetime, timedelta

from scheduler.cadence.results import PairCoverage
from scheduler.every import Cadence
from scheduler.people import Pair
from scheduler.planning.rhythm import keeps
from scheduler.planning.situation import Situation
from scheduler.planning.wording import on
from scheduler.timespans import midnight
from scheduler.words import every


def earliest(pair: Pair, known: Situation) -> datetime:
    """Return the start of the first whole day, by the manager's clock, after the notice and in employment."""
    tz = pair.manager.tz
    noticed: date = (known.now + known.settings.slots.notice).astimezone(tz).date() + timedelta(days=1)
    return max(midnight(noticed, tz), first_day(pair))


def first_day(pair: Pair) -> datetime:
    """Return the start of the first day of both, by the manager's clock; long ago where nothing says so."""
    started = [day for day in (pair.manager.start_date, pair.report.start_date) if day is not None]
    return midnight(max(started, default=date(1970, 1, 1)), pair.manager.tz)


def cadence_to_begin(coverage: PairCoverage, known: Situation) -> Cadence | None:
    """Return how often a series that is made now is to repeat: as its second meeting would be due.

    Where a rule ends before that, such as the one for new joiners, the series begins with what follows:
    it would be replaced before it came twice.
    """
    until, then = coverage.cadence_until, coverage.cadence_then
    if coverage.cadence is None or until is None or then is None:
        return coverage.cadence
    second = earliest(coverage.pair, known) + timedelta(days=coverage.cadence.days)
    return then if until <= second.astimezone(coverage.pair.report.tz).date() else coverage.cadence


def still_asked(rrule: str, coverage: PairCoverage, known: Situation) -> bool:
    """Say whether a series that repeats so is what is asked of the pair: now, or of one that is made now."""
    asked = (coverage.cadence, cadence_to_begin(coverage, known))
    return any(cadence is not None and keeps(rrule, cadence) for cadence in asked)


def cadence_told(coverage: PairCoverage, known: Situation) -> tuple[str, ...]:
    """Say why a series that is made now repeats as it does; nothing where the config has no rules for how often."""
    begins, now, until = cadence_to_begin(coverage, known), coverage.cadence, coverage.cadence_until
    if not known.settings.cadence.rules or begins is None or now is None:
        return ()
    if begins != now and until is not None:
        return (f"Up to {on(until)} they are to meet {every(now)}, and from there on {every(begins)}.",)
    return (f"{coverage.cadence_why}.",)
