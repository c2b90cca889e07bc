"""What a night costs, over the number of calendars and over the share of them that changed: measured, and drawn.

    .venv/bin/python -m benchmarks.night_plot FOLDER [--sizes 50,100,200,400,1000] [--of 200] [--rounds 3] [--draw-only]

Makes the calendars in FOLDER unless they are there, as `benchmarks.night` does, and runs `onetoone run` on the first so
many of them. Writes docs/pictures/night-cost.json and draws night-cost.svg beside it from that; `--draw-only` draws it again.
"""

import argparse
import json
import statistics
from pathlib import Path
from typing import Any

from benchmarks.calendar_files import NOW
from benchmarks.night import Runner
from benchmarks.night_files import Organisation
from benchmarks.page import DOCS, machine
from benchmarks.plot import Axis, Line, Panel, picture

_FIGURES = DOCS / "pictures" / "night-cost.json"
_SHARES = (0, 0.05, 0.1, 0.25, 0.5, 0.75, 1)
_MINUTE = 60


def main() -> None:
    """Measure unless there is nothing to but draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sizes", default="50,100,200,400,1000")
    parser.add_argument("--of", type=int, default=200, help="calendars for the shares")
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--draw-only", action="store_true")
    options = parser.parse_args()
    if not options.draw_only:
        if options.folder is None:
            parser.error("say in which FOLDER the calendars are, or are to be made")
        sizes = [int(size) for size in options.sizes.split(",")]
        organisation = Organisation(options.folder.resolve(), max(*sizes, options.of), options.events)
        organisation.make()
        figures = {
            "machine": machine(),
            "command": "onetoone run",
            "events": options.events,
            "rounds": options.rounds,
            "sizes": [by_size(organisation, size, options.rounds) for size in sizes],
            "of": options.of,
            "shares": by_share(organisation, options.of),
        }
        _FIGURES.write_text(json.dumps(figures, indent=2) + "\n")
    _FIGURES.with_suffix(".svg").write_text(drawn(json.loads(_FIGURES.read_text())))
    print(f"drawn: {_FIGURES.with_suffix('.svg')}")


def by_size(organisation: Organisation, calendars: int, rounds: int) -> dict[str, float]:
    """Return what a cold night and one without a change take of so many calendars, in seconds of the whole command."""
    runner = Runner(organisation, calendars)
    runner.forget()
    cold = runner.once(NOW)
    same = [runner.once(NOW) for _ in range(rounds)]
    found = {
        "calendars": calendars,
        "cold": round(cold.seconds, 2),
        "unchanged": round(statistics.median(each.seconds for each in same), 2),
        "peak_mb": round(max(each.resident_mb for each in (cold, *same))),
    }
    print(found)
    return found


def by_share(organisation: Organisation, calendars: int) -> list[dict[str, float]]:
    """Return what a night takes where one event has changed in a share of so many calendars."""
    runner = Runner(organisation, calendars)
    runner.once(NOW)
    return [of_share(runner, share) for share in _SHARES]


def of_share(runner: Runner, share: float) -> dict[str, float]:
    """Measure one share on two nights: what was moved for the first is moved back for the second."""
    changed = range(round(runner.calendars * share))
    every = []
    for _ in range(2):
        runner.organisation.change(changed)
        every.append(runner.once(NOW).seconds)
    found = {"share": share, "seconds": round(statistics.median(every), 2)}
    print(found)
    return found


def drawn(figures: dict[str, Any]) -> str:
    """Return the picture of the figures."""
    sizes, shares = figures["sizes"], figures["shares"]
    events = f"{figures['events']:,} events each"
    most, least = max(each["cold"] for each in sizes), min(each["unchanged"] for each in sizes)
    left = Panel(
        "Cost over the number of calendars",
        Axis(
            f"calendars of {events}, logarithmic",
            sizes[0]["calendars"] * 0.9,
            sizes[-1]["calendars"] * 1.1,
            [(each["calendars"], f"{each['calendars']:,}") for each in sizes],
            logarithmic=True,
        ),
        Axis(
            "time of the whole command, logarithmic",
            least / 1.5,
            most * 2,
            [tick for tick in _TIMES if least / 1.5 <= tick[0] <= most * 2],
            logarithmic=True,
        ),
        [
            Line("cold: nothing known", "one", [(each["calendars"], each["cold"]) for each in sizes]),
            Line("nothing changed", "two", [(each["calendars"], each["unchanged"]) for each in sizes]),
        ],
    )
    high = max(each["seconds"] for each in shares) * 1.25
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60, 120, 300) if high / step <= _TICKS)
    right = Panel(
        f"Cost over the share changed, of {figures['of']:,} calendars",
        Axis(
            "calendars in which one event changed",
            0,
            1,
            [(share, f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)],
        ),
        Axis(
            "time of the whole command",
            0,
            high,
            [(step * number, f"{step * number} s") for number in range(int(high // step) + 1)],
        ),
        [Line("the night after", "two", [(each["share"], each["seconds"]) for each in shares], at=4)],
        _cold_rule(figures, high),
    )
    rounds = f"the median of {figures['rounds']} nights each, cold ones once, of a share two"
    foot = [f"{figures['command']}, from start to end: {rounds}.", f"{figures['machine']}."]
    what = "What a night costs over the number of calendars, and over the share of them that changed"
    return picture(what, [left, right], foot)


def _cold_rule(figures: dict[str, Any], high: float) -> list[tuple[float, str]]:
    same = [each["cold"] for each in figures["sizes"] if each["calendars"] == figures["of"]]
    return [(seconds, "cold: nothing known") for seconds in same if seconds < high]


def _time(seconds: float) -> str:
    return f"{seconds / _MINUTE:g} min" if seconds and seconds % _MINUTE == 0 else f"{seconds:g} s"


_TICKS = 6
_TIMES = [(seconds, _time(seconds)) for seconds in (1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 3600)]


if __name__ == "__main__":
    main()
