"""What a cadence costs as CSV: a header and a row a manager, for spreadsheets."""

import csv
import io

from scheduler.capacity.results import CapacityReport, Load, TeamCost
from scheduler.reports.csv import guarded

_LOAD = ("hours", "share", "fit", "asked", "placed", "not_placed", "unknown")
COLUMNS = (
    "manager",
    "manager_name",
    "span",
    "working_hours",
    "held_hours",
    "planned_hours",
    "unknown_pairs",
    *(f"policy_{name}" for name in _LOAD),
    *(f"what_if_{name}" for name in _LOAD),
    "practice",
)


def render_capacity(report: CapacityReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write a row a manager, what binds first, as `scheduler.reports.csv` writes; what is not known is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for team in report.teams:
        writer.writerow([guarded(cell) for cell in _cells(team)])
    return text.getvalue()


def _cells(team: TeamCost) -> tuple[object, ...]:
    known = team.now.unknown < team.span
    return (
        team.manager.email,
        team.manager.name,
        team.span,
        f"{team.week:.2f}",
        f"{team.now.held:.2f}" if known else None,
        f"{team.now.planned:.2f}" if known else None,
        team.now.unknown,
        *_load(team.policy),
        *_load(team.if_asked),
        team.practice,
    )


def _load(load: Load | None) -> tuple[object, ...]:
    if load is None:
        return ("",) * len(_LOAD)
    return (
        f"{load.hours:.2f}",
        f"{load.share:.3f}",
        load.fit.fits.value,
        load.fit.asked,
        load.fit.placed,
        ";".join(left.report.email for left in load.fit.unplaced),
        ";".join(left.report.email for left in load.fit.unknown),
    )
