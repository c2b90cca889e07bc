"""Reading a plan that was saved before."""

from pathlib import Path

from scheduler.errors import Problem, WrongUsage
from scheduler.planning.saved import SavedPlan, saved_plan


def read_saved_plan(path: Path) -> SavedPlan:
    """Return the plan in a file; raise WrongUsage where it can't be read, PlanOutdated where it was edited."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        what = f"cannot be read ({reason})"
        raise WrongUsage(
            Problem(str(path), what, "save one with: onetoone plan --format json --output PLAN.json")
        ) from error
    return saved_plan(text, str(path))
