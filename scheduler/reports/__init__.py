"""The gap report, what it costs, the best times of a pair, and the plan as text: terminal, JSON, CSV, HTML, Markdown.

A format's module is imported when it is first asked for: rich and Jinja are slow to load.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import cast

from scheduler.cadence.explained import Explanation
from scheduler.cadence.results import GapReport
from scheduler.capacity.results import CapacityReport
from scheduler.errors import Problem, WrongUsage
from scheduler.planning.changes import Applied, Plan
from scheduler.reports.interface import CapacityRenderer, PolicyRenderer, Renderer, SlotsRenderer
from scheduler.reports.summary import summary_line
from scheduler.slots.advice import Advice

__all__ = [
    "FORMATS",
    "PLAN_FORMATS",
    "SLOTS_FORMATS",
    "render_applied",
    "render_capacity",
    "render_plan",
    "render_policy",
    "render_report",
    "render_slots",
    "summary_line",
]

FORMATS = ("table", "json", "csv", "html", "markdown")
SLOTS_FORMATS = ("table", "json", "html", "markdown")
PLAN_FORMATS = ("table", "json", "markdown")


def render_report(report: GapReport, format_name: str, *, width: int = 80, colour: bool = False) -> str:
    """Write the gap report in one of `FORMATS`; raise WrongUsage for any other."""
    _ensure_known(format_name, FORMATS)
    module = import_module(f"{__name__}.{format_name}")
    return cast("Renderer", module.render_report)(report, width=width, colour=colour)


def render_capacity(
    report: CapacityReport, format_name: str, *, width: int = 80, colour: bool = False
) -> str:
    """Write what a cadence costs in one of `FORMATS`; raise WrongUsage for any other."""
    _ensure_known(format_name, FORMATS)
    module = import_module(f"{__name__}.capacity_{format_name}")
    return cast("CapacityRenderer", module.render_capacity)(report, width=width, colour=colour)


def render_slots(advice: Advice, format_name: str, *, width: int = 80, colour: bool = False) -> str:
    """Write the best times of a pair in one of `SLOTS_FORMATS`; raise WrongUsage for any other."""
    _ensure_known(format_name, SLOTS_FORMATS)
    module = import_module(f"{__name__}.slots_{format_name}")
    return cast("SlotsRenderer", module.render_slots)(advice, width=width, colour=colour)


def render_plan(plan: Plan, digest: str, format_name: str, *, width: int = 80, colour: bool = False) -> str:
    """Write the plan in one of `PLAN_FORMATS`; raise WrongUsage for any other."""
    _ensure_known(format_name, PLAN_FORMATS)
    if format_name == "json":
        from scheduler.reports.json import plan_json  # noqa: PLC0415  only this format's module is loaded

        return plan_json(plan, digest)
    if format_name == "markdown":
        from scheduler.reports.markdown import plan_markdown  # noqa: PLC0415  as above

        return plan_markdown(plan, digest)
    from scheduler.reports.plan_table import plan_table  # noqa: PLC0415  as above

    return plan_table(plan, width=width, colour=colour)


def render_policy(found: Explanation, format_name: str, *, width: int = 80, colour: bool = False) -> str:
    """Write how often a pair is to meet, and why, in one of `PLAN_FORMATS`; raise WrongUsage for any other."""
    _ensure_known(format_name, PLAN_FORMATS)
    module = import_module(f"{__name__}.policy_{format_name}")
    return cast("PolicyRenderer", module.render_policy)(found, width=width, colour=colour)


def render_applied(
    plan: Plan,
    digest: str,
    applied: Sequence[Applied],
    format_name: str,
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Write what became of the plan in one of `PLAN_FORMATS`; raise WrongUsage for any other."""
    _ensure_known(format_name, PLAN_FORMATS)
    if format_name == "json":
        from scheduler.reports.json import applied_json  # noqa: PLC0415  only this format's module is loaded

        return applied_json(plan, digest, applied)
    if format_name == "markdown":
        from scheduler.reports.markdown import applied_markdown  # noqa: PLC0415  as above

        return applied_markdown(plan, digest, applied)
    from scheduler.reports.plan_table import applied_table  # noqa: PLC0415  as above

    return applied_table(plan, applied, width=width, colour=colour)


def _ensure_known(format_name: str, formats: tuple[str, ...]) -> None:
    if format_name not in formats:
        choices = ", ".join(formats)
        raise WrongUsage(
            Problem("--format", f"there is no format {format_name!r}", f"take one of: {choices}")
        )
