"""A company of 10,000 people with nothing scheduled: a time for every pair, on one core, and every date of a year checked.

    .venv/bin/python -m benchmarks.company [--people 10000] [--seed 1] [--profile] [--record]

One tree, eight reports a manager; zones, hours, meetings, leave and holidays as `company_people` and `company_weeks` make
them. All pairs are asked for in one call of `scheduler.slots.assign`. The check (`slots_check`) shares no code with it. Ends with
1 where a rule is broken. `--record` puts the figures into docs/performance.md.
"""

import argparse
import cProfile
import pstats
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from random import Random

from benchmarks.company_people import company, seeded
from benchmarks.company_weeks import calendars
from benchmarks.page import machine, record, table
from benchmarks.slots_check import check
from scheduler.every import Cadence
from scheduler.people import Pair, Person
from scheduler.settings import SlotSettings
from scheduler.slots.assign import assign
from scheduler.slots.request import NoSlot, Slot, SlotRequest
from scheduler.timespans import Span, midnight

MONDAY = date(2026, 11, 23)
WINDOW = Span(midnight(MONDAY, UTC), midnight(MONDAY, UTC) + timedelta(weeks=12))
WEEKS = 27
"""How far ahead calendars are known: months are looked at for 26 weeks."""
_EVERY = (*("1 week",) * 8, *("2 weeks",) * 9, *("4 weeks",) * 2, "1 month")
_LEAVING = 0.02  # the share of pairs that come to an end within the year
_MOST_BROKEN = 20
_LINES_OF_PROFILE = 40


def main() -> int:
    """Make the company, place everybody, check every date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="show where the time goes; slower by half")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    where, settings = machine(), SlotSettings()
    people = company(options.people, options.seed)
    known = calendars(people, MONDAY, WEEKS, seeded(options.seed))
    asked = requests(people, seeded(options.seed))
    print(f"{where}\n{len(people):,} people, {len(asked):,} pairs", flush=True)
    profile = cProfile.Profile(builtins=False) if options.profile else None
    wall, cpu = time.perf_counter(), time.process_time()
    if profile:
        profile.enable()
    answers = assign(asked, known, WINDOW, settings)
    if profile:
        profile.disable()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"placed in {wall:.1f} s, {cpu:.1f} s of CPU, peak {peak:.0f} MB", flush=True)
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(_LINES_OF_PROFILE)
    verdict = check(asked, answers, known, WINDOW, settings.free_share)
    text = _text(people, answers, wall, cpu, peak)
    print(f"\n{text}\n\n{verdict}")
    for broken in verdict.broken[:_MOST_BROKEN]:
        print(broken)
    if options.record:
        record("company", f"{where}.\n\n{text}\n\nChecked: {verdict}.")
    return 1 if verdict.broken else 0


def requests(people: Sequence[Person], chance: Random) -> list[SlotRequest]:
    """Return a request for every pair: every week, two weeks, four weeks or month, some of them overdue."""
    everybody = {person.email: person for person in people}
    return [
        SlotRequest(
            pair=Pair(everybody[report.manager], report),
            cadence=Cadence.parse(chance.choice(_EVERY)),
            minutes=chance.choice((30, 30, 30, 45, 60)),
            earliest=midnight(MONDAY + timedelta(days=3), everybody[report.manager].tz),
            until=None if chance.random() > _LEAVING else MONDAY + timedelta(days=chance.randrange(60, 300)),
            urgency=float(chance.choice((0, 0, 0, 0, 7, 14, 30))),
        )
        for report in people
        if report.manager is not None
    ]


def _text(
    people: Sequence[Person],
    answers: Mapping[tuple[str, str], Slot | NoSlot],
    wall: float,
    cpu: float,
    peak: float,
) -> str:
    slots = [answer for answer in answers.values() if isinstance(answer, Slot)]
    dates = sum(len(slot.dates) for slot in slots)
    clashes, away = sum(len(slot.clashes) for slot in slots), sum(len(slot.away) for slot in slots)
    managers = len({person.manager for person in people} - {None})
    rows = [
        ("people", f"{len(people):,}"),
        ("managers", f"{managers:,}"),
        ("zones", len({person.tz for person in people})),
        ("pairs", f"{len(answers):,}"),
        ("placed", f"{len(slots):,}"),
        ("without a time", len(answers) - len(slots)),
        ("seconds", f"{wall:.1f}"),
        ("seconds of CPU", f"{cpu:.1f}"),
        ("MB, peak", f"{peak:.0f}"),
        ("free, of the dates ahead on which both work", f"{1 - clashes / max(1, dates - away):.2%}"),
    ]
    left = Counter(_kind(answer) for answer in answers.values() if isinstance(answer, NoSlot))
    why = "\n".join(f"- {count} x {kind}" for kind, count in left.most_common())
    return table(("", ""), rows) + (f"\n\nWithout a time:\n\n{why}" if why else "")


def _kind(answer: NoSlot) -> str:
    """Return what stands in the way, without names and numbers."""
    reason = answer.reason.rpartition("; ")[2].removeprefix("No time fits: ")
    return re.sub(
        r"1-2-1|\d[\d.]*%?",
        lambda found: found[0] if found[0] == "1-2-1" else "n",
        re.sub(r"Person \d+|p\d+@\S+|\bPerson\b", "X", reason),
    ).strip(" .")


if __name__ == "__main__":
    sys.exit(main())
