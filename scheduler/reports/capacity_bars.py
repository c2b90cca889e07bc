"""Hours as bars: one line a manager, all on one scale, so that they can be compared at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.capacity.results import Load, Now, TeamCost

_STEPS = (1.0, 2.0, 5.0)
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn for one manager, in hundredths of the scale; None where it is not known, or was not asked."""

    held: float | None
    planned: float | None
    policy: float
    if_asked: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """From nought to `end` hours a week, with a tick at each of `ticks`."""

    end: float
    ticks: tuple[float, ...]

    @classmethod
    def of(cls, teams: Sequence[TeamCost]) -> "Scale":
        """Return the scale of round hours on which the longest of all bars has room."""
        longest = max((most for team in teams for most in _hours(team)), default=0.0)
        step = next(
            step * 10.0**power
            for power in range(-1, 6)
            for step in _STEPS
            if step * 10.0**power * _MOST_TICKS >= longest
        )
        count = max(1, -int(-longest // step))
        return cls(count * step, tuple(number * step for number in range(count + 1)))

    def place(self, hours: float) -> float:
        """Return where so many hours end, in hundredths of the scale."""
        return round(100 * hours / self.end, 2)

    def bars(self, team: TeamCost) -> Bars:
        """Return the bars of one manager."""
        known = team.now.unknown < team.span
        return Bars(
            held=self.place(team.now.held) if known else None,
            planned=self.place(team.now.planned) if known else None,
            policy=self.place(team.policy.hours),
            if_asked=None if team.if_asked is None else self.place(team.if_asked.hours),
        )


def _hours(team: TeamCost) -> tuple[float, ...]:
    now: Now = team.now
    loads: tuple[Load, ...] = (team.policy, team.load)
    return (now.held, now.planned, *(load.hours for load in loads))
