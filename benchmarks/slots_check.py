"""A check of placed series that shares no code with the search: it follows each rule with dateutil, by the clock on the wall.

`check` goes through every occurrence of a year, for both people by their own clocks. Of `scheduler.slots` it knows what is
asked and answered (`request.py`) and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from benchmarks.slots_dates import Taken, expanded, in_hours, shown_once
from benchmarks.slots_rules import PairKey, Rule, Verdict
from scheduler.every import Unit
from scheduler.slots.request import NoSlot, PersonTime, Slot, SlotRequest
from scheduler.timespans import Span

YEAR = timedelta(days=366)
_HALF_A_YEAR = timedelta(weeks=26)
_ROUNDING = 1e-9
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3}


def check(
    requests: Sequence[SlotRequest],
    answers: Mapping[PairKey, Slot | NoSlot],
    calendars: Mapping[str, PersonTime],
    window: Span,
    free_share: float,
) -> Verdict:
    """Go through every occurrence for a year from the start of the window, and say which rules are broken."""
    verdict = Verdict()
    known = _Known({email: Taken(one) for email, one in calendars.items()}, window, free_share)
    agendas: dict[str, list[tuple[Span, PairKey | None]]] = {}
    for request in requests:
        key = request.pair.key
        answer = answers.get(key)
        verdict.look(Rule.ANSWERED, key, answer is not None)
        if not isinstance(answer, Slot):
            verdict.unplaced += 1
            continue
        verdict.series += 1
        spans = _occurrences(request, answer, window.start + YEAR, verdict)
        verdict.occurrences += len(spans)
        _check_dates(request, answer, spans, verdict)
        _check_look_ahead(request, answer, spans, known, verdict)
        for email in key:
            agendas.setdefault(email, []).extend((span, key) for span in spans)
    for email, agenda in agendas.items():
        _check_agenda(agenda, calendars[email].one_to_ones, verdict)
    return verdict


def _occurrences(request: SlotRequest, slot: Slot, last: datetime, verdict: Verdict) -> list[Span]:
    """Return when the series takes place, in UTC."""
    key, tz = request.pair.key, request.pair.manager.tz
    rule, _, until = slot.rrule.partition(";UNTIL=")
    first = slot.start.replace(tzinfo=None)
    starts = expanded(rule, first, last.replace(tzinfo=None))
    verdict.look(Rule.CADENCE, key, starts[:1] == (first,) and _is_cadence(rule, request), slot.start)
    ends = None if not until else datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    asked = request.until
    if asked is None:
        verdict.look(Rule.UNTIL, key, ends is None, ends)
    else:
        begins, over = (datetime.combine(asked + timedelta(days=day), time(), tz) for day in (0, 1))
        verdict.look(Rule.UNTIL, key, ends is not None and begins <= ends < over, ends)
    found = []
    for number, wall in enumerate(starts):
        start = wall.replace(tzinfo=tz)
        moment = start.astimezone(UTC)
        if ends is not None and moment > ends:
            break
        verdict.look(Rule.CLOCK, key, shown_once(wall, tz), start)
        if asked is not None:
            verdict.look(Rule.UNTIL, key, wall.date() <= asked, start)
        long = _minutes(request, number)
        found.append(Span(moment, moment + timedelta(minutes=long)))
    return found


def _check_dates(request: SlotRequest, slot: Slot, spans: Iterable[Span], verdict: Verdict) -> None:
    key = request.pair.key
    verdict.look(Rule.EARLIEST, key, slot.start >= request.earliest, slot.start)
    verdict.look(Rule.CADENCE, key, slot.minutes == request.minutes, slot.start)
    for span in spans:
        for person in (request.pair.manager, request.pair.report):
            verdict.look(Rule.HOURS, key, in_hours(person, span), span.start.astimezone(person.tz))


def _check_look_ahead(
    request: SlotRequest, slot: Slot, spans: Sequence[Span], known: "_Known", verdict: Verdict
) -> None:
    key = request.pair.key
    both = [known.people[email] for email in key]
    away = [any(one.away(span) for one in both) for span in spans]
    verdict.look(Rule.FIRST_DAY, key, bool(spans) and not away[0], slot.start)
    end = known.window.end
    if request.cadence.unit is not Unit.WEEK:
        end = max(end, known.window.start + _HALF_A_YEAR)
    seen = max(1, sum(span.start < end for span in spans))
    clash = [any(one.busy(span) for one in both) for span in spans[:seen]]
    ahead = list(zip(spans, away, clash, strict=False))
    told = {Rule.DATES: slot.dates, Rule.AWAY: slot.away, Rule.CLASHES: slot.clashes}
    found = {
        Rule.DATES: [span.start for span, _, _ in ahead],
        Rule.AWAY: [span.start for span, gone, _ in ahead if gone],
        Rule.CLASHES: [span.start for span, gone, taken in ahead if taken and not gone],
    }
    for rule, moments in told.items():
        verdict.look(rule, key, sorted(at.astimezone(UTC) for at in moments) == found[rule])
    counted = sum(not gone for _, gone, _ in ahead)
    free = counted - len(found[Rule.CLASHES])
    verdict.look(Rule.FREE, key, free >= known.free_share * counted - _ROUNDING)


def _check_agenda(
    placed: list[tuple[Span, PairKey | None]], standing: Iterable[Span], verdict: Verdict
) -> None:
    """Look at what a person has, in order: each against the one that ends last of those before it.

    Two that stood in the calendar before are not looked at.
    """
    whole = sorted([*placed, *((span, None) for span in standing)], key=lambda each: each[0])
    ends: datetime | None = None
    ended: PairKey | None = None
    for span, key in whole:
        about = key or ended
        if ends is not None and about is not None:
            verdict.look(Rule.ONE_TO_ONES, about, ends <= span.start, span.start)
        if ends is None or span.end > ends:
            ends, ended = span.end, key


@dataclass(frozen=True, slots=True)
class _Known:
    """What dates are held against: everybody's time by address, the look-ahead, and the least share that is free."""

    people: Mapping[str, "Taken"]
    window: Span
    free_share: float


def _is_cadence(rule: str, request: SlotRequest) -> bool:
    """Say whether a rule comes as often as was asked for, once each time."""
    parts = dict(part.split("=") for part in rule.split(";"))
    cadence = request.cadence
    weekly = cadence.unit is Unit.WEEK
    interval = cadence.count * _MONTHS.get(cadence.unit, 1)
    return (
        parts["FREQ"] == ("WEEKLY" if weekly else "MONTHLY")
        and int(parts.get("INTERVAL", "1")) == interval
        and "," not in parts["BYDAY"]
        and parts["BYDAY"].isalpha() == weekly
    )


def _minutes(request: SlotRequest, number: int) -> int:
    """Return how long an occurrence is; the very first may be longer."""
    return max(request.minutes, request.first_minutes or 0) if number == 0 else request.minutes
