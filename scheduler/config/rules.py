"""What is wrong within and between the rules for how often, once each key of theirs can be read."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import product
from math import prod

from scheduler.cadence.policy import BY_CONFIG, BY_ROSTER
from scheduler.cadence.rules import holds
from scheduler.config.assembly import cadence_rules
from scheduler.config.sections import Sections
from scheduler.errors import Problem
from scheduler.settings import Asked, CadenceRule
from scheduler.timespans import DAY
from scheduler.wording import did_you_mean, quoted
from scheduler.words import listed, spoken

_MOST_PAIRS = 20_000
_OTHER = "\n"
"""What no cell says."""


def rule_problems(sections: Sections) -> Iterator[Problem]:
    """Yield what keeps a rule from working: keys that need one another, names twice, rules that decide for nobody."""
    rules = cadence_rules(sections)
    faulty = False
    for place, rule in enumerate(rules):
        for key, what, remedy in (*_within(rule), *_name(rule, rules[:place])):
            faulty = True
            yield Problem(_at(sections, place, key), f"the rule {quoted(rule.name)} {what}", remedy)
    if not faulty:
        yield from _idle(rules, sections)


def column_problems(sections: Sections, columns: Collection[str]) -> Iterator[Problem]:
    """Yield each rule that looks at a column which the roster has not; `columns` are those it has.

    Of a roster without columns, which could not be read, nothing is said.
    """
    if not columns:
        return
    for place, rule in enumerate(cadence_rules(sections)):
        if rule.column is not None and rule.column not in columns:
            what = (
                f"the rule {quoted(rule.name)} looks at the column {rule.column!r}, which the roster has not"
            )
            near = did_you_mean(rule.column, columns)
            yield Problem(
                _at(sections, place, "column"), what, near or f"its columns are {listed([*columns])}"
            )


def _at(sections: Sections, place: int, key: str) -> str:
    return sections.at("cadence", "rules", str(place), key)


def _within(rule: CadenceRule) -> Iterator[tuple[str, str, str]]:
    """Yield the key, what is wrong and what to write, for keys that need one another."""
    if rule.column is not None and not rule.says:
        yield "column", "names a column and not what it is to say", 'add is = ["director", "vp"]'
    if rule.column is None and (rule.says or rule.of is not Asked.REPORT):
        key = "is" if rule.says else "of"
        yield key, f"has '{key}' and no 'column'", 'add column = "level", as the header of the roster has it'
    if rule.span_over is not None and rule.span_up_to is not None and rule.span_up_to <= rule.span_over:
        what = f"asks for more than {rule.span_over} and up to {rule.span_up_to} people at once"
        yield "span_up_to", what, "make 'span_up_to' the larger, or leave one of the two out"
    if not _asks(rule):
        remedy = (
            "add a condition, such as joined_within = \"90 days\"; for everybody 'every' of [cadence] holds"
        )
        yield "name", "has no condition, so that it would decide for everybody", remedy
    first = next((key for key in ("first_minutes", "first_within") if getattr(rule, key) is not None), None)
    if first is not None and rule.joined_within is None:
        what = f"has '{first}', but is not for people who are new"
        yield first, what, 'add joined_within = "90 days"'
    elif rule.joined_within and rule.first_within and rule.first_within > rule.joined_within:
        what = f"wants the first meeting within {spoken(rule.first_within)}, and ends after {spoken(rule.joined_within)}"
        yield "first_within", what, "make 'first_within' the shorter of the two"


def _asks(rule: CadenceRule) -> bool:
    asked = (rule.joined_within, rule.span_over, rule.span_up_to, rule.column)
    return any(condition is not None for condition in asked)


def _name(rule: CadenceRule, before: Sequence[CadenceRule]) -> Iterator[tuple[str, str, str]]:
    name = rule.name.casefold()
    if name in {BY_ROSTER, BY_CONFIG}:
        yield "name", "has a name that means what is no rule", "give it another"
    elif name in {other.name.casefold() for other in before}:
        yield "name", "has the name of another", "give each its own, so that a reason names one of them"


def _idle(rules: Sequence[CadenceRule], sections: Sections) -> Iterator[Problem]:
    """Yield the rules that can never decide, because those before them take every pair that they would fit.

    Every kind of pair that the rules tell apart is tried; of so many that it would take long, none is.
    """
    columns = _columns(rules)
    cells = [_cells(rules, column, of) for column, of in columns]
    kinds = [*product(_lengths(rules), _spans(rules))]
    if len(kinds) * prod(len(each) for each in cells) > _MOST_PAIRS:
        return
    takers: dict[int, set[int]] = {place: set() for place in range(len(rules))}
    for (here, span), said in product(kinds, product(*cells)):
        told = dict(zip(columns, said, strict=True))
        fitting = [
            place
            for place, rule in enumerate(rules)
            if holds(rule, here=here, span=span, cell=told.get((rule.column or "", rule.of), ""))
        ]
        for place in fitting:
            takers[place].add(fitting[0])
    for place, rule in enumerate(rules):
        if place not in takers[place]:
            before = [quoted(rules[taker].name) for taker in sorted(takers[place])]
            take = "takes" if len(before) == 1 else "take"
            what = f"the rule {quoted(rule.name)} never decides, for {listed(before)} above it {take} all whom it fits"
            remedy = "put the narrower rule first, or take it out"
            yield Problem(_at(sections, place, "name"), what, remedy)


def _lengths(rules: Sequence[CadenceRule]) -> list[timedelta]:
    """Return how long somebody may have been here, so that every set of rules that can fit fits one of them."""
    ends = {rule.joined_within for rule in rules if rule.joined_within is not None}
    return [0 * DAY, *sorted(ends)]


def _spans(rules: Sequence[CadenceRule]) -> list[int]:
    limits = {limit for rule in rules for limit in (rule.span_over, rule.span_up_to) if limit is not None}
    return sorted({1, *limits, *(limit + 1 for limit in limits)})


def _columns(rules: Sequence[CadenceRule]) -> list[tuple[str, Asked]]:
    return list(dict.fromkeys((rule.column, rule.of) for rule in rules if rule.column is not None))


def _cells(rules: Sequence[CadenceRule], column: str, of: Asked) -> list[str]:
    said = {cell for rule in rules if (rule.column, rule.of) == (column, of) for cell in rule.says}
    return [*sorted(said), _OTHER]
