"""What the check says: a `PairCoverage` for each pair, and the `GapReport` that holds them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.errors import Problem
from scheduler.every import Cadence
from scheduler.people import Pair
from scheduler.timespans import Span


class MeetingOutcome(StrEnum):
    """What became of a meeting of the two."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    MOVED = "moved"


class PairStatus(StrEnum):
    """How a pair stands; the first that fits, in this order (docs/gap-report.md)."""

    UNKNOWN = "unknown"
    PAUSED = "paused"
    UNSCHEDULED = "unscheduled"
    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"


class Pause(StrEnum):
    """Why a pair is paused."""

    LEAVE = "leave"
    NOT_STARTED = "not_started"
    NO_ONE_TO_ONE = "no_one_to_one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of the two that counts, or would have.

    A moved meeting stands here twice: at its original time as `moved`, and where it went as what it
    is there; `original_start` names it either way. `why` is one plain sentence. `by` is who cancelled or declined it, where that is known.
    """

    span: Span
    original_start: datetime
    outcome: MeetingOutcome
    uid: str
    why: str
    by: str | None = None
    in_series: bool = False
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A meeting that has the two in it and does not count, with the reason in one sentence.

    A series stands here once for each reason, by the date that is nearest to now.
    """

    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCoverage:
    """How one pair stands, over the window of the check.

    `cadence` is None where the pair has no 1-2-1s. `expected`, `held`, `coverage` and
    `longest_gap_days` speak of the look-back, leave taken out; `coverage` is None where nothing was
    expected. `days_since` counts whole days since the last one held. `days_overdue` is how far the
    present interval is past its limit (negative while inside): the order of urgency. `away` are the
    dates on which one of the two was or will be on leave, with whose it is. `began` is when the two
    became a pair, None where that is not known: nothing was due before. `cadence_rule` names what decided
    the cadence. It holds up to `cadence_until`, a date by the report's clock that is not included, and is
    `cadence_then` from there on; both are None where no end is known. Of two who have not met yet
    `first_minutes` is how long their first meeting is to take, and `first_by` the end of the time for it,
    not included; both None where nothing is said.
    """

    pair: Pair
    cadence: Cadence | None
    cadence_why: str
    minutes: int
    status: PairStatus
    reasons: tuple[str, ...]
    suggestions: tuple[str, ...] = ()
    pause: Pause | None = None
    last_held: datetime | None = None
    next_planned: datetime | None = None
    days_since: int | None = None
    days_overdue: float = 0.0
    expected: int = 0
    held: int = 0
    coverage: float | None = None
    longest_gap_days: int | None = None
    meetings: tuple[Meeting, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    away: Mapping[date, str] | None = None
    began: datetime | None = None
    cadence_rule: str = ""
    cadence_until: date | None = None
    cadence_then: Cadence | None = None
    first_minutes: int | None = None
    first_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """The cadence gap report as data; `window` runs from look-back to look-ahead around now."""

    generated_at: datetime
    window: Span
    pairs: tuple[PairCoverage, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """Count the pairs, in all and by status, in the order of the JSON report's keys."""
        count = Counter(coverage.status for coverage in self.pairs)
        order = ("on_track", "at_risk", "overdue", "unscheduled", "paused", "unknown")
        return {"pairs": len(self.pairs)} | {name: count[PairStatus(name)] for name in order}
