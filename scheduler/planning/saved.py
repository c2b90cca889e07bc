"""A plan that was saved and approved, as it comes back from a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from scheduler.errors import PlanOutdated, Problem, WrongUsage
from scheduler.planning.changes import Change, ChangeKind, Plan, Skip
from scheduler.planning.digest import digest

VERSION = 1
_MAKE_A_NEW_ONE = "make a new one with `onetoone plan --format json`"
Words = tuple[str, ...]


class _Saved(BaseModel):
    """What is read of a saved plan; keys that are not named here are left out of account."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Version(_Saved):
    version: int


class _SavedChange(_Saved):
    id: str
    kind: ChangeKind
    manager: str
    report: str
    start: AwareDatetime
    timezone: str
    rrule: str | None = None
    minutes: Annotated[int, Field(ge=1)] | None = None
    first_minutes: Annotated[int, Field(ge=1)] | None = None
    uid: str | None = None
    generation: int = 0
    reasons: Words = ()
    notifies: Words = ()
    meeting: AwareDatetime | None = None


class _SavedSkip(_Saved):
    manager: str
    report: str
    reason: str


class _SavedPlan(_Saved):
    version: Literal[1]
    digest: str
    generated_at: AwareDatetime
    changes: tuple[_SavedChange, ...]
    skipped: tuple[_SavedSkip, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it was saved, and the digest that stands in it."""

    plan: Plan
    digest: str


def saved_plan(text: str, where: str = "the saved plan") -> SavedPlan:
    """Return the plan that `onetoone plan --format json` wrote; `where` names it in errors.

    Raises WrongUsage with every problem where this is no plan, or one of another version; PlanOutdated
    where its changes are not those that its digest was made of.
    """
    _ensure_version(text, where)
    try:
        saved = _SavedPlan.model_validate_json(text)
    except ValidationError as error:
        raise WrongUsage(*_problems(error, where)) from None
    plan = Plan(
        generated_at=saved.generated_at,
        changes=tuple(Change(**dict(change)) for change in saved.changes),
        skipped=tuple(Skip(skip.manager, skip.report, skip.reason) for skip in saved.skipped),
    )
    if digest(plan) != saved.digest:
        what = "its changes were altered after it was made: its digest no longer fits"
        raise PlanOutdated(Problem(where, what, _MAKE_A_NEW_ONE))
    return SavedPlan(plan, saved.digest)


def ensure_holds(saved: SavedPlan, fresh: Plan, where: str = "the saved plan") -> None:
    """Raise PlanOutdated, with what differs, where the fresh plan would not do what the saved one says.

    Apply the fresh one afterwards: it does the same, and knows what a file does not.
    """
    if saved.digest == digest(fresh):
        return
    before, after = {c.id: c for c in saved.plan.changes}, {c.id: c for c in fresh.changes}
    same = before.keys() & after.keys()
    counts = (
        (len(before.keys() - after.keys()), "no longer called for"),
        (len(after.keys() - before.keys()), "new"),
        (sum(digest(_only(before[id_])) != digest(_only(after[id_])) for id_ in same), "different"),
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "another order"
    made = saved.plan.generated_at.isoformat(timespec="minutes")
    what = f"calendars, roster or config have moved on since it was made at {made} (of its changes: {told})"
    raise PlanOutdated(Problem(where, what, _MAKE_A_NEW_ONE))


def _only(change: Change) -> Plan:
    return Plan(generated_at=datetime.min, changes=(change,))  # noqa: DTZ901 - the digest leaves this moment out


def _ensure_version(text: str, where: str) -> None:
    try:
        version = _Version.model_validate_json(text).version
    except ValidationError as error:
        raise WrongUsage(*_problems(error, where)) from None
    if version != VERSION:
        what = f"it is a plan of version {version}, and this onetoone reads version {VERSION}"
        raise WrongUsage(Problem(where, what, _MAKE_A_NEW_ONE))


def _problems(error: ValidationError, where: str) -> list[Problem]:
    found = []
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        place = ".".join(str(part) for part in fault["loc"])
        what = (
            f"`{place}`: {fault['msg'][:1].lower()}{fault['msg'][1:]}"
            if place
            else f"it is no plan ({fault['msg']})"
        )
        found.append(Problem(where, what, _MAKE_A_NEW_ONE))
    return found
