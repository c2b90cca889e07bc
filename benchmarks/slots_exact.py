"""The search for a manager's week beside the proven best: 100 teams, ample, scarce and alike, the same problem to HiGHS and CP-SAT.

    make peers
    .venv-bench/bin/python -m benchmarks.slots_exact [--limit 300] [--seed 0] [--teams 0-99] [--without cp_sat]
        [--record]

First as many people as possible, then the most urgent, then the best times: the solvers are asked for one after the other, on
one thread each, with so many seconds an aim. Ends with 1 where the search places fewer people, or less urgent ones, than is
possible, or where its times are worth less than the best by more than 0.2 %; a team for which nothing is proven is named, with
the bound that was. `--record` puts the table into docs/performance.md.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from benchmarks.page import machine, record, table
from benchmarks.slots_exact_model import model_of
from benchmarks.slots_exact_solvers import Outcome, with_cp_sat, with_highs
from benchmarks.slots_exact_teams import SETTINGS, WINDOW, Team, problem_of, teams
from scheduler.slots.assign import assign
from scheduler.slots.team import TeamProblem, Value, value_of
from scheduler.slots.team_search import solve

_SOLVERS = {"highs": with_highs, "cp_sat": with_cp_sat}
_ROUNDS = 3
_MOST_LOST = 0.002
T = TypeVar("T")


@dataclass(frozen=True)
class Compared:
    """One team: what ours is worth and took, what the proven best is worth, what the solvers took; seconds."""

    team: Team
    choices: int
    ours: Value
    best: Value
    bound: float
    ideal: int
    proven: bool
    search: float
    whole: float
    solvers: dict[str, float]

    @property
    def lost(self) -> float:
        """The share of what the times could be worth that the search leaves."""
        if self.ours[:2] != self.best[:2]:
            return 1.0
        return max(0.0, (self.bound - self.ours.worth) / max(1, abs(self.bound)))

    def __str__(self) -> str:
        """Say it in one line."""
        took = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in self.solvers.items())
        proof = "" if self.proven else f" NOT PROVEN, bound {self.bound:.1f}"
        return (
            f"{self.team}: {self.choices} choices; {tuple(self.ours)} of {tuple(self.best)}, {self.lost:.3%} left{proof}; "
            f"{self.search * 1000:.1f} ms, all of it {self.whole * 1000:.0f} ms, {took}"
        )


def main() -> int:
    """Compare on each team, print a line each, then the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--limit", type=float, default=300, help="seconds a solver has for each aim")
    parser.add_argument("--seed", type=int, default=0, help="other teams of the same kinds")
    parser.add_argument("--teams", default="0-99", help="the first and the last, or one")
    parser.add_argument("--without", choices=sorted(_SOLVERS), action="append", default=[])
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    first, _, last = options.teams.partition("-")
    wanted = range(int(first), int(last or first) + 1)
    where, found = machine(), []
    for team in teams(options.seed):
        if team.number in wanted:
            found.append(compared(team, options.limit, options.without))
            print(found[-1], flush=True)
    text = f"{where}.\n\n{_text(found)}"
    print(f"\n{text}")
    if options.record:
        record("the best week", text)
    return 0 if all(each.lost <= _MOST_LOST for each in found) else 1


def compared(team: Team, limit: float, without: Sequence[str] = ()) -> Compared:
    """Give one team's problem to the search and to the solvers."""
    problem = problem_of(team)
    answer, search = _timed(lambda: solve(problem))
    _, whole = _timed(lambda: assign(team.requests, team.calendars, WINDOW, SETTINGS))
    model = model_of(problem)
    outcomes = {
        name: solver(model, len(problem.choices), limit)
        for name, solver in _SOLVERS.items()
        if name not in without
    }
    proven = {value_of(problem, outcome.answer) for outcome in outcomes.values() if outcome.proven}
    if len(proven) > 1:
        msg = f"{team}: both solvers call their answer the best, and they differ: {sorted(proven)}"
        raise ValueError(msg)
    best = max(outcomes.values(), key=lambda outcome: (outcome.proven, value_of(problem, outcome.answer)))
    return Compared(
        team=team,
        choices=sum(map(len, problem.choices)),
        ours=value_of(problem, answer),
        best=value_of(problem, best.answer),
        bound=_bound(problem, best),
        ideal=sum(max(choice.worth for choice in choices) for choices in problem.choices if choices),
        proven=best.proven,
        search=search,
        whole=whole,
        solvers={name: outcome.seconds for name, outcome in outcomes.items()},
    )


def _bound(problem: TeamProblem, outcome: Outcome) -> float:
    """Return the most that the times can be worth: every worth is a whole number, so a proven answer is that itself."""
    return value_of(problem, outcome.answer).worth if outcome.proven else outcome.bound


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    """Return what is done, and the median of the seconds that it takes."""
    took = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        result = do()
        took.append(time.perf_counter() - begin)
    return result, statistics.median(took)


def _text(found: Sequence[Compared]) -> str:
    same = sum(each.ours[:2] == each.best[:2] for each in found)
    unproven = [str(each.team) for each in found if not each.proven]
    people = sum(each.team.size for each in found)
    exact, worst = sum(not each.lost for each in found), max(each.lost for each in found)
    lines = [
        f"{len(found)} teams, {people} people. As many placed as can be, and as urgent ones: {same} of {len(found)}.",
        f"Times worth as much as the proven best: {exact} of {len(found)}; at worst {worst:.3%} less.",
        f"Not proven within the limit: {'; '.join(unproven) or 'none'}.",
        "",
        table(_HEAD, _rows(found)),
    ]
    return "\n".join(lines)


_HEAD = (
    "people", "time is", "teams", "choices", "placed, ours", "placed, best", "worth left, worst", "ms, ours",
    "ms, ours with calendars", "ms, HiGHS", "ms, CP-SAT",
)  # fmt: skip


def _rows(found: Sequence[Compared]) -> Iterator[tuple[object, ...]]:
    """Yield a line for each size and kind; milliseconds are medians of its teams."""

    def kind(each: Compared) -> tuple[str, int]:
        return each.team.kind, each.team.size

    for (name, size), group in groupby(sorted(found, key=kind), kind):
        some = list(group)
        yield (
            size,
            name,
            len(some),
            f"{statistics.median(each.choices for each in some):.0f}",
            sum(each.ours.placed for each in some),
            sum(each.best.placed for each in some),
            f"{max(each.lost for each in some):.3%}",
            f"{statistics.median(each.search for each in some) * 1000:.1f}",
            f"{statistics.median(each.whole for each in some) * 1000:.0f}",
            *(
                f"{statistics.median(each.solvers[solver] for each in some) * 1000:,.0f}"
                if all(solver in each.solvers for each in some)
                else "-"
                for solver in _SOLVERS
            ),
        )


if __name__ == "__main__":
    sys.exit(main())
