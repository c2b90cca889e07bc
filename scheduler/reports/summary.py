"""The report and the run in one line, without a name in it: for cron's mail and the journal."""

from collections import Counter
from collections.abc import Sequence

from scheduler.cadence.results import GapReport
from scheduler.planning.changes import Applied, Outcome
from scheduler.reports.statuses import LOOKS
from scheduler.words import counted


def totals_words(report: GapReport) -> str:
    """Say how many pairs there are and how they stand: `12 pairs: 1 overdue, 11 on track`."""
    totals = report.totals
    parts = [f"{totals[status]:,} {look.word}" for status, look in LOOKS.items() if totals[status]]
    return counted(totals["pairs"], "pair") + (f": {', '.join(parts)}" if parts else "")


def summary_line(report: GapReport, applied: Sequence[Applied], unread_agendas: int = 0) -> str:
    """Say in one line how the pairs stand, what the run did and what it could not; no line end, no name."""
    parts = [totals_words(report), outcomes_words(applied)]
    if unread_agendas:
        parts.append(f"{counted(unread_agendas, 'agenda')} could not be read")
    if report.problems:
        parts.append(counted(len(report.problems), "problem"))
    return "; ".join(parts)


def outcomes_words(applied: Sequence[Applied]) -> str:
    """Count the outcomes in words: `3 changes done, 1 failed`, or `nothing to change`."""
    count = Counter(done.outcome for done in applied)
    parts = [counted(count[Outcome.DONE], "change") + " done"] if count[Outcome.DONE] else []
    parts += [
        f"{count[outcome]:,} {word}"
        for outcome, word in (
            (Outcome.FAILED, "failed"),
            (Outcome.SKIPPED, "skipped"),
            (Outcome.ALREADY_SO, "already so"),
        )
        if count[outcome]
    ]
    return ", ".join(parts) or "nothing to change"
