"""How often a pair is to meet, in sentences that every rendering has."""

from datetime import date

from scheduler.cadence.explained import Becoming, Explanation, Outcome, Weighed
from scheduler.cadence.policy import BY_CONFIG, BY_ROSTER, Decision
from scheduler.reports.order import names_of
from scheduler.words import every, on_date

SYMBOLS = {Outcome.DECIDES: "✓", Outcome.FITS_TOO: "=", Outcome.DOES_NOT_FIT: "·"}
_ROWS = {BY_ROSTER: "roster", BY_CONFIG: "everybody"}


def answer(found: Explanation) -> str:
    """Say how often the two are to meet."""
    manager, report = names(found)
    cadence = found.decision.cadence
    if cadence is None:
        return f"{manager} and {report} have no 1-2-1."
    return f"{manager} and {report} meet {every(cadence)}, for {found.decision.minutes} minutes."


def names(found: Explanation) -> tuple[str, str]:
    """Name manager and report in full, so that nobody takes the one for the other."""
    told = names_of((found.pair.manager, found.pair.report))
    return told[found.pair.manager.email], told[found.pair.report.email]


def because(decision: Decision) -> str:
    """Say why, in one sentence that follows the answer: how often is not said again."""
    often = "" if decision.cadence is None else f"{every(decision.cadence)}, "
    why = decision.why if decision.why[: len(often)].casefold() != often else decision.why[len(often) :]
    return f"{why[:1].upper()}{why[1:]}."


def besides(found: Explanation) -> list[str]:
    """Say what else is known: the first meeting of all, a first day to come, a last day."""
    manager, report = found.pair.names
    told = []
    if found.starts is not None:
        starter = manager if found.pair.manager.start_date == found.starts else report
        told.append(f"{starter} starts on {_day(found, found.starts)}; until then the pair is paused.")
    if found.decision.first_minutes is not None or found.first_by is not None:
        long = found.decision.first_minutes or found.decision.minutes
        told.append(f"The first one of all takes {long} minutes{_by(found)}.")
    return told


def becomes(found: Explanation) -> list[str]:
    """Say what it will become, a sentence for each date that is known; nothing where it stays as it is."""
    told = [_becoming(found, each) for each in found.coming]
    if found.ends is not None:
        told.append(f"The last day of the two as a pair is {_day(found, found.ends)}.")
    return told


def stays(found: Explanation) -> str:
    """Say that no date on the roster changes anything."""
    return "No date on the roster changes that." if not found.coming and found.ends is None else ""


def row(rule: Weighed, found: Explanation) -> str:
    """Name a rule as its row is headed."""
    others = len(found.rules) > len(_ROWS)
    return _ROWS.get(rule.name, rule.name) + (" else" if rule.name == BY_CONFIG and others else "")


def asks(rule: Weighed) -> str:
    """Say what a rule decides where it fits: `every week, 30 minutes`; a dash for no 1-2-1, and for nothing."""
    return "—" if rule.cadence is None else f"{every(rule.cadence)}, {rule.minutes} minutes"


def whys(rule: Weighed) -> str:
    """Say why a rule fits or does not, and that one above it has decided already where it fits as well."""
    reasons = "; ".join(rule.reasons)
    return f"{reasons}; a rule above has decided" if rule.outcome is Outcome.FITS_TOO else reasons


def _by(found: Explanation) -> str:
    if found.first_by is None:
        return ""
    past = found.first_by < _today(found)
    return f", and {'was to be' if past else 'is'} held by {_day(found, found.first_by)}"


def _becoming(found: Explanation, each: Becoming) -> str:
    why = each.decision.why[:1].lower() + each.decision.why[1:]  # it begins with how often
    return f"From {_day(found, each.start)} on: {why}."


def _day(found: Explanation, day: date) -> str:
    return on_date(day, _today(found))


def _today(found: Explanation) -> date:
    return found.now.astimezone(found.pair.report.tz).date()
