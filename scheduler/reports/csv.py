"""The gap report as CSV: a header and a row a pair, for spreadsheets."""

import csv
import io

from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.reports.order import worst_first

COLUMNS = (
    "manager",
    "manager_name",
    "report",
    "report_name",
    "cadence",
    "status",
    "last_held",
    "next_planned",
    "days_since",
    "expected",
    "held",
    "coverage",
    "longest_gap_days",
    "reasons",
    "suggestions",
)
_READ_AS_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")


def render_report(report: GapReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    r"""Write a row a pair, worst first; lines end with CRLF and cells are quoted as RFC 4180 has it.

    A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a full-width one
    of these, a tab or a line end) gets a leading apostrophe, which spreadsheets read as 'this is text'.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for coverage in worst_first(report.pairs):
        writer.writerow([guarded(cell) for cell in _cells(coverage)])
    return text.getvalue()


def _cells(coverage: PairCoverage) -> tuple[object, ...]:
    pair, tz = coverage.pair, coverage.pair.manager.tz
    last, following = (
        None if moment is None else moment.astimezone(tz).isoformat()
        for moment in (coverage.last_held, coverage.next_planned)
    )
    return (
        pair.manager.email,
        pair.manager.name,
        pair.report.email,
        pair.report.name,
        "none" if coverage.cadence is None else coverage.cadence,
        coverage.status.value,
        last,
        following,
        coverage.days_since,
        coverage.expected,
        coverage.held,
        coverage.coverage,
        coverage.longest_gap_days,
        " ".join(coverage.reasons),
        " ".join(coverage.suggestions),
    )


def guarded(cell: object) -> str:
    """Return a cell as text that no spreadsheet runs; None as an empty one."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_READ_AS_FORMULA) else text
