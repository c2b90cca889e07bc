"""The config's rules for how often: whether one fits a pair at a moment, and why, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from scheduler.cadence.words import called
from scheduler.people import Pair, Person, Roster
from scheduler.settings import Asked, CadenceRule
from scheduler.timespans import DAY
from scheduler.wording import one_of, quoted
from scheduler.words import counted, on_date, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What rules look at beside the two: the moment, and how many reports each manager meets, by main address."""

    now: datetime
    spans: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, roster: Roster, now: datetime) -> "Circumstances":
        """Count everybody's reports at this moment, once for all pairs.

        Counted is who works here on that day; those for whom the roster says that they have no 1-2-1 are not.
        """
        day = now.date()
        meeting = (p for p in roster.people.values() if p.employed(day) and not p.no_one_to_one)
        return cls(now=now, spans=Counter(p.manager for p in meeting if p.manager is not None))


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule: whether it holds for a pair, and why, as a part of a sentence."""

    holds: bool
    why: str


def fits(rule: CadenceRule, pair: Pair, known: Circumstances) -> bool:
    """Say whether every condition of the rule holds for the pair."""
    return holds(
        rule,
        here=_here(pair.report, known.now) if rule.joined_within is not None else None,
        span=known.spans.get(pair.manager.email, 0),
        cell=cell_of(_whose(rule, pair), rule.column) if rule.column is not None else "",
    )


def holds(rule: CadenceRule, *, here: timedelta | None, span: int, cell: str) -> bool:
    """Say whether the rule fits whoever began so long ago (None: nobody knows), in such a span, with such a cell.

    Who has yet to begin is here for less than nothing, so that they have joined within any time.
    """
    if rule.joined_within is not None and (here is None or here >= rule.joined_within):
        return False
    if rule.span_over is not None and span <= rule.span_over:
        return False
    if rule.span_up_to is not None and span > rule.span_up_to:
        return False
    return rule.column is None or cell in rule.says


def conditions(rule: CadenceRule, pair: Pair, known: Circumstances) -> Iterator[Condition]:
    """Yield the rule's conditions in the order of docs/how-often.md, each with why it holds or does not."""
    if rule.joined_within is not None:
        yield _joined(rule.joined_within, pair, known.now)
    span = known.spans.get(pair.manager.email, 0)
    meets = f"{called(pair.manager, pair)} meets {counted(span, 'person', 'people')}"
    if rule.span_over is not None:
        over = span > rule.span_over
        yield Condition(over, f"{meets}, {'' if over else 'not '}more than {rule.span_over}")
    if rule.span_up_to is not None:
        within = span <= rule.span_up_to
        yield Condition(within, f"{meets}, {'up to' if within else 'more than'} {rule.span_up_to}")
    if rule.column is not None:
        yield _says(rule, rule.column, pair)


def rule_ends(rule: CadenceRule, person: Person) -> date | None:
    """Return the first date on which the person has been here too long for the rule; None where it has no such end."""
    if rule.joined_within is None or person.start_date is None:
        return None
    return person.start_date + rule.joined_within


def cell_of(person: Person, column: str) -> str:
    """Return a cell as rules compare it: in lower case, blanks as one; empty where the roster says nothing."""
    return " ".join(person.columns.get(column, "").split()).casefold()


def _here(person: Person, now: datetime) -> timedelta | None:
    if person.start_date is None:
        return None
    return now.astimezone(person.tz).date() - person.start_date


def _whose(rule: CadenceRule, pair: Pair) -> Person:
    return pair.manager if rule.of is Asked.MANAGER else pair.report


def _joined(within: timedelta, pair: Pair, now: datetime) -> Condition:
    name, start = called(pair.report, pair), pair.report.start_date
    if start is None:
        return Condition(holds=False, why=f"the roster does not say when {name} started")
    here = now.astimezone(pair.report.tz).date() - start
    last = on_date(start + within - DAY, start + here)
    new = here < within
    return Condition(new, f"the first {spoken(within)} of {name} {'end' if new else 'ended'} on {last}")


def _says(rule: CadenceRule, column: str, pair: Pair) -> Condition:
    person = _whose(rule, pair)
    label = f"the {column.replace('_', ' ')} of {called(person, pair)}"
    cell = cell_of(person, column)
    if not cell:
        return Condition(holds=False, why=f"the roster does not say {label}")
    written = f"{label} is {quoted(person.columns[column])}"
    if cell in rule.says:
        return Condition(holds=True, why=written)
    return Condition(holds=False, why=f"{written}, not {one_of([quoted(each) for each in rule.says])}")
