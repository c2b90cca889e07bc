"""How often and how long pairs are asked to meet: as the policy decided, or as somebody asks 'what if'."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.cadence.results import PairCoverage
from scheduler.every import Cadence
from scheduler.words import every


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair, how often it is asked to meet, and for how many minutes."""

    coverage: PairCoverage
    cadence: Cadence
    minutes: int

    @property
    def minutes_a_week(self) -> float:
        """What it takes of either's week on average; months and quarters by their mean length."""
        return self.minutes * 7 / self.cadence.days


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Another cadence, another length, or both; what is None stays as the policy has it."""

    cadence: Cadence | None = None
    minutes: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a meeting without length."""
        if self.minutes is not None and self.minutes < 1:
            msg = f"a meeting takes at least one minute, not {self.minutes}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Say it as people do: `every week, 45 minutes`."""
        parts = [
            every(self.cadence) if self.cadence is not None else "",
            f"{self.minutes} minutes" if self.minutes is not None else "",
        ]
        return ", ".join(filter(None, parts))


POLICY = WhatIf()
"""Nothing is asked: all stays as the policy has it."""


def asked(coverages: Iterable[PairCoverage], what_if: WhatIf = POLICY) -> tuple[Asked, ...]:
    """Return what is asked of each pair that is to have 1-2-1s; who is to have none is not asked for any."""
    return tuple(
        Asked(coverage, what_if.cadence or coverage.cadence, what_if.minutes or coverage.minutes)
        for coverage in coverages
        if coverage.cadence is not None
    )
