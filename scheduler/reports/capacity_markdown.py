"""What a cadence costs as Markdown, for a wiki or a chat: a row a manager, what it comes to, and why not."""

from collections.abc import Mapping

from scheduler.capacity.results import CapacityReport, TeamCost, Totals
from scheduler.reports.capacity_words import (
    TITLE,
    TOO_FEW,
    counts,
    fit,
    hours,
    hours_now,
    hours_together,
    key_words,
    lines,
    names,
    share,
    sizes,
    sums,
    what_if_words,
    worth_saying,
)
from scheduler.reports.markdown import escaped
from scheduler.words import listed


def render_capacity(report: CapacityReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write what was asked, a table of the managers, what binds first, the totals, and why it does not fit."""
    told = ", ".join((listed(sizes(report)), *(words for _, words in counts(report))))
    parts = [f"# {TITLE}", f"{told}. As of {report.generated_at:%Y-%m-%d %H:%M %z}."]
    if report.what_if is not None:
        parts.append(f"**{what_if_words(report)}.**")
    called, totals = names(report), report.totals
    if report.teams:
        parts += [_table(report, called), key_words(report)]
        parts += ["\n".join(f"- {one}" for one in sums(totals, report))] if totals else [TOO_FEW]
    why = [line for team in report.teams for line in _why(team, report, called)]
    if why:
        parts += ["## Why", "\n".join(why)]
    if report.problems:
        parts += ["## Problems", "\n".join(f"- {escaped(str(problem))}" for problem in report.problems)]
    return "\n\n".join(parts) + "\n"


def _table(report: CapacityReport, called: Mapping[str, str]) -> str:
    heads = ["Manager", "Span", "Held", "Planned", "Policy"]
    heads += ["Fits", "What if"] if report.what_if is not None else []
    heads += ["Week", "Fits"]
    left = {"Manager", "Fits"}
    rows = [heads, ["---" if head in left else "--:" for head in heads]]
    rows += [_row(team, escaped(called[team.manager.email])) for team in report.teams]
    if report.totals is not None and len(report.teams) > 1:
        rows.append(_all(report.totals))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(team: TeamCost, name: str) -> list[str]:
    other = [fit(team.policy.fit), hours(team.load.hours)] if team.if_asked is not None else []
    return [
        name,
        f"{team.span:,}",
        hours_now(team.now.held, team.now, team.span),
        hours_now(team.now.planned, team.now, team.span),
        hours(team.policy.hours),
        *other,
        share(team.load),
        fit(team.load.fit),
    ]


def _all(totals: Totals) -> list[str]:
    policy, load = totals.policy, totals.load
    other = [f"{policy.placed}/{policy.asked}", hours(load.hours)] if totals.if_asked is not None else []
    cells = [
        "All",
        f"{totals.reports:,}",
        hours_together(totals.held, totals),
        hours_together(totals.planned, totals),
        hours(policy.hours),
        *other,
        "",
        f"{load.placed}/{load.asked}",
    ]
    return [f"**{cell}**" if cell else "" for cell in cells]


def _why(team: TeamCost, report: CapacityReport, called: Mapping[str, str]) -> list[str]:
    told = [f"  - {escaped(line)}" for line in lines(team, called)]
    if worth_saying(team, report):
        told.append(f"  - *{escaped(team.practice)}*")
    return [f"- **{escaped(called[team.manager.email])}**", *told] if told else []
