"""The plan, and what became of it, for a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from scheduler.planning.changes import Applied, Change, Outcome, Plan
from scheduler.reports.summary import outcomes_words
from scheduler.reports.terminal import drawn, indented
from scheduler.reports.wording import change_head, change_when, outcome_words
from scheduler.words import counted, day_words

_STYLES = {
    Outcome.DONE: "green",
    Outcome.ALREADY_SO: "dim",
    Outcome.SKIPPED: "yellow",
    Outcome.FAILED: "bold red",
}


def plan_table(plan: Plan, *, width: int = 80, colour: bool = False) -> str:
    """Write each change with its reasons, then the pairs that are left alone and why."""
    return drawn(lambda console: draw_plan(console, plan), width=width, colour=colour)


def applied_table(plan: Plan, applied: Sequence[Applied], *, width: int = 80, colour: bool = False) -> str:
    """Write what was done, skipped or failed, with reasons, then the pairs that were left alone."""
    return drawn(lambda console: draw_applied(console, plan, applied), width=width, colour=colour)


def draw_plan(console: Console, plan: Plan) -> None:
    """Print the plan."""
    at = plan.generated_at
    console.print(Text.assemble(("1-2-1 plan", "bold"), f"  {day_words(at.date())} {at.year}, {at:%H:%M %Z}"))
    count = counted(len(plan.changes), "change") if plan.changes else "nothing to change"
    console.print(f"{count}, {counted(len(plan.skipped), 'pair')} left alone")
    for change in plan.changes:
        console.print()
        _draw_change(console, change, Text(change_head(change), style="bold green"))
    _draw_skipped(console, plan)


def draw_applied(console: Console, plan: Plan, applied: Sequence[Applied]) -> None:
    """Print the outcomes."""
    console.print(Text.assemble(("1-2-1 changes", "bold"), f"  {outcomes_words(applied)}"))
    for done in applied:
        console.print()
        words = (outcome_words(done.outcome), _STYLES[done.outcome])
        head = Text.assemble(words, (f"  {change_head(done.change)}", "bold"))
        _draw_change(console, done.change, head, done)
    _draw_skipped(console, plan)


def _draw_change(console: Console, change: Change, head: Text, done: Applied | None = None) -> None:
    console.print(head)
    indented(console, f"{change.manager} and {change.report}", by=2)
    indented(console, change_when(change), by=2)
    if done is not None:
        if done.reason:
            indented(console, done.reason, by=2, bullet="└ ")
        return
    if change.notifies:
        indented(console, f"mails {', '.join(change.notifies)}", by=2)
    indented(console, " ".join(change.reasons), style="dim", by=2, bullet="└ ")


def _draw_skipped(console: Console, plan: Plan) -> None:
    if not plan.skipped:
        return
    console.print()
    console.print(Text(f"{counted(len(plan.skipped), 'pair')} left alone", style="bold"))
    for skip in plan.skipped:
        indented(console, f"{skip.manager} and {skip.report}", by=2)
        indented(console, skip.reason, by=2, bullet="└ ")
