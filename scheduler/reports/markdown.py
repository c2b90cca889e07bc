"""The gap report and the plan as Markdown, for a wiki or a chat: totals, then worst first."""

import re
from collections.abc import Sequence

from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.planning.changes import Applied, Change, Plan
from scheduler.reports.order import display_names, plain, worst_first
from scheduler.reports.statuses import FINE, LOOKS
from scheduler.reports.summary import totals_words
from scheduler.reports.wording import change_words, outcome_words
from scheduler.reports.words import local_day_of, short_day
from scheduler.words import day_words

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~$&@]|:(?=[A-Za-z/+]))")
_LIST_ITEM = re.compile(r"^(\d*)([-+.)])")


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it is: no table cell, link or mention opens."""
    return _LIST_ITEM.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", plain(text)))


def render_report(report: GapReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write totals, a table of all pairs worst first, and the reasons of those that are not fine."""
    ordered = worst_first(report.pairs)
    when = (
        f"{totals_words(report)}. As of {report.generated_at:%Y-%m-%d %H:%M %z}, "
        f"looking from {day_words(report.window.start.date())} to {day_words(report.window.end.date())}."
    )
    parts = ["# 1-2-1 gap report", when]
    if ordered:
        parts.append(_table(report, ordered))
    attention = [coverage for coverage in ordered if coverage.status not in FINE or coverage.suggestions]
    if attention:
        parts += ["## Why", "\n".join(_why(report, attention))]
    if report.problems:
        parts += ["## Problems", "\n".join(f"- {escaped(str(problem))}" for problem in report.problems)]
    return "\n\n".join(parts) + "\n"


def plan_markdown(plan: Plan, digest: str) -> str:
    """Write what would be changed and why, and what is left alone and why."""
    parts = ["# 1-2-1 plan", f"As of {plan.generated_at:%Y-%m-%d %H:%M %z}. `{digest}`"]
    parts.append("\n".join(_change(change) for change in plan.changes) or "Nothing to change.")
    return "\n\n".join(parts + _skipped(plan)) + "\n"


def applied_markdown(plan: Plan, digest: str, applied: Sequence[Applied]) -> str:
    """Write what was done, skipped or failed, each with its reason."""
    parts = ["# 1-2-1 changes", f"As of {plan.generated_at:%Y-%m-%d %H:%M %z}. `{digest}`"]
    lines = [
        _change(
            done.change,
            f"**{outcome_words(done.outcome)}**" + (f", {escaped(done.reason)}" * bool(done.reason)),
        )
        for done in applied
    ]
    parts.append("\n".join(lines) or "Nothing to change.")
    return "\n\n".join(parts + _skipped(plan)) + "\n"


def _table(report: GapReport, ordered: Sequence[PairCoverage]) -> str:
    names = display_names(report)
    rows = [
        "| Status | Manager | Report | Cadence | Last | Next | Held |",
        "|---|---|---|---|---|---|---|",
    ]
    for coverage in ordered:
        pair, tz = coverage.pair, coverage.pair.manager.tz
        today = report.generated_at.astimezone(tz).date()
        look = LOOKS[coverage.status]
        cells = (
            f"{look.symbol} {look.word}",
            escaped(names[pair.manager.email]),
            escaped(names[pair.report.email]),
            "none" if coverage.cadence is None else str(coverage.cadence),
            short_day(local_day_of(coverage.last_held, tz), today),
            short_day(local_day_of(coverage.next_planned, tz), today),
            f"{coverage.held} of {coverage.expected}" if coverage.expected else "—",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _why(report: GapReport, attention: Sequence[PairCoverage]) -> list[str]:
    names = display_names(report)
    lines = []
    for coverage in attention:
        manager, about = (escaped(names[p.email]) for p in (coverage.pair.manager, coverage.pair.report))
        lines.append(f"- **{manager} and {about}** — {LOOKS[coverage.status].word}")
        lines += [f"  - {escaped(reason)}" for reason in coverage.reasons]
        lines += [f"  - *Suggestion:* {escaped(suggestion)}" for suggestion in coverage.suggestions]
    return lines


def _change(change: Change, outcome: str = "") -> str:
    first = f"- {outcome}{': ' if outcome else ''}{escaped(change_words(change))}"
    return "\n".join([first, *(f"  - {escaped(reason)}" for reason in change.reasons)])


def _skipped(plan: Plan) -> list[str]:
    if not plan.skipped:
        return []
    lines = [
        f"- {escaped(skip.manager)} and {escaped(skip.report)}: {escaped(skip.reason)}"
        for skip in plan.skipped
    ]
    return ["## Left alone", "\n".join(lines)]
