"""What people do by hand beside what the job does: the first common free slot of next week, repeated.

    .venv/bin/python -m benchmarks.slots_by_hand [--people 400] [--seed 1] [--record]

By hand, a manager goes through their reports and takes for each the first time of next week, on the hour or half hour, at
which both work and nothing stands in either calendar, the 1-2-1s that they have just found among it. Both are then held to the same
calendars, date by date: how many of the next 12 weeks' occurrences fall on a meeting of either, and how many of a year's
lie outside somebody's hours. `--record` puts the table into docs/performance.md.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from benchmarks.company import MONDAY, WEEKS, WINDOW, requests
from benchmarks.company_people import company, seeded
from benchmarks.company_weeks import calendars
from benchmarks.page import machine, record, table
from benchmarks.slots_dates import Taken, expanded, in_hours
from scheduler.settings import SlotSettings
from scheduler.slots.assign import assign
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import DAY, Span, midnight

NEXT_WEEK = MONDAY + 7 * DAY
_HALF_HOUR = timedelta(minutes=30)
_YEAR = timedelta(days=366)
_MOST_HELD = (
    0.1  # of what is done by hand: what the job may collide with at most, for the command to end with 0
)
PairKey = tuple[str, str]


@dataclass(slots=True)
class Count:
    """What came of one way of doing it; occurrences of the next 12 weeks on which both work, and those of a year."""

    series: int = 0
    ahead: int = 0
    collide: int = 0
    away: int = 0
    series_that_collide: int = 0
    year: int = 0
    outside: int = 0
    series_outside: int = 0


def main() -> int:
    """Place the same pairs both ways, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    where, settings = machine(), SlotSettings()
    people = company(options.people, options.seed)
    known = calendars(people, MONDAY, WEEKS, seeded(options.seed))
    asked = [
        replace(request, earliest=midnight(NEXT_WEEK, request.pair.manager.tz), until=None)
        for request in requests(people, seeded(options.seed))
    ]
    hand = dict(by_hand(asked, known))
    ours = {
        key: slot for key, slot in assign(asked, known, WINDOW, settings).items() if isinstance(slot, Slot)
    }
    both = [request for request in asked if request.pair.key in hand and request.pair.key in ours]
    counts = [counted(both, slots, known) for slots in (hand, ours)]
    text = (
        f"{len(asked)} pairs of a company of {options.people}: {len(hand)} have a time by hand, {len(ours)} by the job, "
        f"{len(both)} both ways; these are compared.\n{where}.\n\n{_table(*counts)}"
    )
    print(text)
    if options.record:
        record("by hand", text)
    of_hand, of_ours = (count.collide / max(1, count.ahead) for count in counts)
    return 0 if of_ours <= _MOST_HELD * of_hand and not counts[1].outside else 1


def by_hand(asked: Sequence[SlotRequest], known: Mapping[str, PersonTime]) -> Iterator[tuple[PairKey, Slot]]:
    """Yield the first common free time of next week for each pair in turn, where there is one."""
    taken = {email: Taken(time) for email, time in known.items()}
    found: dict[str, list[Span]] = {}
    for request in asked:
        both = [(taken[email], found.setdefault(email, [])) for email in request.pair.key]
        for start in _half_hours(request):
            begin = start.astimezone(UTC)
            span = Span(begin, begin + timedelta(minutes=request.minutes))
            people = (request.pair.manager, request.pair.report)
            if not all(in_hours(person, span) for person in people):
                continue
            if any(one.busy(span) or one.away(span) or _on(span, spans) for one, spans in both):
                continue
            for _, spans in both:
                spans.append(span)
            rule = request.cadence.rrule(start.date())
            yield request.pair.key, Slot(start=start, rrule=rule, minutes=request.minutes, dates=(start,))
            break


def counted(
    asked: Sequence[SlotRequest], slots: Mapping[PairKey, Slot], known: Mapping[str, PersonTime]
) -> Count:
    """Return what becomes of the series, in the next 12 weeks and within a year."""
    taken = {email: Taken(time) for email, time in known.items()}
    spans = {request.pair.key: list(_spans(slots[request.pair.key])) for request in asked}
    one_to_ones: dict[str, list[tuple[Span, PairKey]]] = {}
    for key, series in spans.items():
        for email in key:
            one_to_ones.setdefault(email, []).extend(
                (span, key) for span in series if span.start < WINDOW.end
            )
    count = Count(series=len(asked))
    for request in asked:
        key = request.pair.key
        ahead = [span for span in spans[key] if span.start < WINDOW.end]
        at_work = [span for span in ahead if not any(taken[email].away(span) for email in key)]
        collide = [
            span
            for span in at_work
            if any(taken[email].busy(span) or _on_others(span, key, one_to_ones[email]) for email in key)
        ]
        people = (request.pair.manager, request.pair.report)
        outside = sum(not all(in_hours(person, span) for person in people) for span in spans[key])
        count.ahead += len(at_work)
        count.away += len(ahead) - len(at_work)
        count.collide += len(collide)
        count.series_that_collide += bool(collide)
        count.year += len(spans[key])
        count.outside += outside
        count.series_outside += bool(outside)
    return count


def _half_hours(request: SlotRequest) -> Iterator[datetime]:
    """Yield every half hour of next week from Monday on, by the manager's clock."""
    for half_hour in range(7 * 48):
        yield midnight(NEXT_WEEK, request.pair.manager.tz) + half_hour * _HALF_HOUR


def _spans(slot: Slot) -> Iterator[Span]:
    """Yield when a series takes place within a year, in UTC."""
    first, tz = slot.start.replace(tzinfo=None), slot.start.tzinfo
    rule, _, _ = slot.rrule.partition(";UNTIL=")
    for wall in expanded(rule, first, (WINDOW.start + _YEAR).replace(tzinfo=None)):
        start = wall.replace(tzinfo=tz).astimezone(UTC)
        yield Span(start, start + timedelta(minutes=slot.minutes))


def _on(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _on_others(span: Span, key: PairKey, others: Sequence[tuple[Span, PairKey]]) -> bool:
    return any(other_key != key and span.overlaps(other) for other, other_key in others)


def _table(hand: Count, ours: Count) -> str:
    def both(title: str, part: str, whole: str) -> tuple[str, ...]:
        return (
            title,
            *(f"{getattr(each, part) / max(1, getattr(each, whole)):.1%}" for each in (hand, ours)),
        )

    return table(
        ("", "by hand", "onetoone"),
        [
            ("occurrences in the next 12 weeks on which both work", f"{hand.ahead:,}", f"{ours.ahead:,}"),
            both("of these, on a meeting of one of the two", "collide", "ahead"),
            both("series with such a date", "series_that_collide", "series"),
            ("occurrences in a year", f"{hand.year:,}", f"{ours.year:,}"),
            both("of these, outside the hours of one of the two", "outside", "year"),
            both("series with such a date", "series_outside", "series"),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
