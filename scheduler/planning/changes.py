"""A plan is data: what would be changed, why, and what was left alone and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.errors import Problem


class ChangeKind(StrEnum):
    """What a change does; the values stand in plans (docs/commands.md)."""

    CREATE_SERIES = "create_series"
    END_SERIES = "end_series"
    EXTEND_SERIES = "extend_series"
    MOVE_MEETING = "move_meeting"
    ATTACH_AGENDA = "attach_agenda"
    WRITE_AGENDA = "write_agenda"


class Outcome(StrEnum):
    """What became of a change."""

    DONE = "done"
    ALREADY_SO = "already_so"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the plan.

    `id` is stable: it comes from the kind, the pair, the generation and, for agendas, the meeting.
    `start` is the first occurrence (create), the meeting (agenda), or the moment from which nothing
    more takes place (end). `generation` counts the series that this program made for the pair.
    `meeting` is, for agendas, the meeting's original start (RFC 5545, RECURRENCE-ID), else None.
    `first_minutes` is, for a series to create, how long its first occurrence takes, None where as long as the rest.
    """

    id: str
    kind: ChangeKind
    manager: str
    report: str
    start: datetime
    timezone: str
    reasons: tuple[str, ...]
    rrule: str | None = None
    minutes: int | None = None
    uid: str | None = None
    generation: int = 0
    notifies: tuple[str, ...] = ()
    meeting: datetime | None = None
    first_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """A pair for which nothing is planned though something is missing, with the reason."""

    manager: str
    report: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The changes of one run, in a stable order.

    `untimed` are people who are to get a series and of whom it is not known yet when they are taken: to be read,
    and the plan made again. A plan that is carried out has none.
    """

    generated_at: datetime
    changes: tuple[Change, ...] = ()
    skipped: tuple[Skip, ...] = ()
    untimed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Applied:
    """A change and what became of it; the reason is empty for plain `done`."""

    change: Change
    outcome: Outcome
    reason: str = ""

    @property
    def problem(self) -> Problem | None:
        """What went wrong, where the change failed, or was done in part."""
        where = f"{self.change.manager} and {self.change.report}"
        # A creation that met its own first attempt, whose answer was lost, may lack its agenda as any other may.
        met = self.change.kind is ChangeKind.CREATE_SERIES and self.outcome is Outcome.ALREADY_SO
        if self.outcome is Outcome.DONE or met:
            return Problem(where, self.reason) if self.reason else None
        if self.outcome is not Outcome.FAILED:
            return None
        what = f"{self.change.kind.replace('_', ' ')} failed: {self.reason}"
        return Problem(where, what, "the next run tries again")


_IN_CALENDARS = frozenset({ChangeKind.CREATE_SERIES, ChangeKind.END_SERIES, ChangeKind.ATTACH_AGENDA})


def touched(applied: Iterable[Applied]) -> frozenset[str]:
    """Return whose calendars were written to, or were tried to be."""
    changes = (one.change for one in applied if one.change.kind in _IN_CALENDARS)
    return frozenset(address for change in changes for address in (change.manager, change.report))
