"""The digest, and plans that come back from a file."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.errors import PlanOutdated, WrongUsage
from scheduler.planning.changes import Change, ChangeKind, Plan, Skip
from scheduler.planning.digest import digest
from scheduler.planning.saved import SavedPlan, ensure_holds, saved_plan
from scheduler.reports.json import plan_json
from tests.unit.planning_builders import ANN, BERLIN, BO, CY, NOW, roster
from tests.unit.planning_worlds import World

CHANGE = Change(
    id="create_series-1",
    kind=ChangeKind.CREATE_SERIES,
    manager="ann@x.org",
    report="bo@x.org",
    start=NOW,
    timezone="Europe/Berlin",
    reasons=("Because.",),
    rrule="FREQ=WEEKLY",
    minutes=30,
    uid="u",
    notifies=("bo@x.org",),
)
PLAN = Plan(generated_at=NOW, changes=(CHANGE,), skipped=(Skip("a", "b", "no time"),))


def altered(**details: object) -> Plan:
    """Return the plan with its change altered."""
    return Plan(generated_at=NOW, changes=(replace(CHANGE, **details),))  # type: ignore[arg-type]  # tests name the fields


def saved(**keys: object) -> str:
    """Return the saved plan with some keys replaced; None takes one out."""
    whole = json.loads(plan_json(PLAN, digest(PLAN))) | keys
    return json.dumps({key: value for key, value in whole.items() if value is not None})


@pytest.mark.parametrize(
    "details",
    [
        {"id": "x"},
        {"kind": ChangeKind.END_SERIES},
        {"manager": "x"},
        {"report": "x"},
        {"start": NOW + timedelta(minutes=1)},
        {"timezone": "UTC"},
        {"rrule": None},
        {"minutes": 31},
        {"uid": None},
        {"notifies": ()},
    ],
)
def test_every_part_of_an_action_is_in_the_digest(details: dict[str, object]) -> None:
    """What is approved is what is done."""
    assert digest(altered(**details)) != digest(PLAN)


def test_reasons_clock_and_offsets_are_not_in_the_digest() -> None:
    """They do not change what is done."""
    same = Plan(
        generated_at=NOW + timedelta(days=1),
        changes=(replace(CHANGE, reasons=(), start=NOW.astimezone(BERLIN)),),
    )
    assert digest(same) == digest(PLAN)
    assert digest(PLAN).startswith("sha256:")


def test_the_order_is_in_the_digest() -> None:
    """It decides who comes first where something is scarce."""
    other = replace(CHANGE, id="other")
    assert digest(Plan(generated_at=NOW, changes=(CHANGE, other))) != digest(
        Plan(generated_at=NOW, changes=(other, CHANGE)),
    )


def test_a_real_plan_comes_back_as_it_was_saved() -> None:
    """With the digest that it was given, and it holds as long as nothing moved."""
    world = World(roster(ANN, BO, CY))
    plan = world.plan()
    back = saved_plan(plan_json(plan, digest(plan)))
    assert back.digest == digest(plan) == digest(back.plan)
    assert [c.id for c in back.plan.changes] == [c.id for c in plan.changes]
    ensure_holds(back, plan)


def test_an_empty_plan_comes_back() -> None:
    """Nothing to do is a plan, too."""
    empty = Plan(generated_at=NOW)
    assert saved_plan(plan_json(empty, digest(empty))) == SavedPlan(empty, digest(empty))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "it is no plan (Invalid JSON"),
        ("{", "it is no plan (Invalid JSON"),
        ("[]", "it is no plan (Input should be an object"),
        ("{}", "`version`: field required"),
        (saved(version=2), "it is a plan of version 2, and this onetoone reads version 1"),
        (saved(version="x"), "`version`: input should be a valid integer"),
        (saved(digest=None), "`digest`: field required"),
        (saved(changes=None), "`changes`: field required"),
        (saved(generated_at="2026-11-23T09:00:00"), "`generated_at`: input should have timezone info"),
        (saved(changes=[{"id": "x"}]), "`changes.0.kind`: field required"),
    ],
)
def test_what_is_no_plan_is_told_in_a_sentence(text: str, what: str) -> None:
    """What is wrong, where, and what to do about it."""
    with pytest.raises(WrongUsage) as caught:
        saved_plan(text, "plan.json")
    told = [str(problem) for problem in caught.value.problems]
    assert any(f"plan.json: {what}" in each for each in told)
    assert all("`onetoone plan --format json`" in each for each in told)


def test_all_problems_are_told_at_once() -> None:
    """Not the first."""
    with pytest.raises(WrongUsage) as caught:
        saved_plan(saved(digest=None, generated_at=None, changes=[{"id": "x"}]))
    assert len(caught.value.problems) > 4


def test_an_altered_plan_is_refused() -> None:
    """Somebody has moved the start after the approval."""
    moved = json.loads(saved())
    moved["changes"][0]["minutes"] = 60
    with pytest.raises(PlanOutdated, match="its changes were altered after it was made"):
        saved_plan(json.dumps(moved))


@pytest.mark.parametrize(
    ("fresh", "told"),
    [
        (Plan(generated_at=NOW), "1 no longer called for"),
        (altered(minutes=60), "1 different"),
        (Plan(generated_at=NOW, changes=(CHANGE, replace(CHANGE, id="new"))), "1 new"),
    ],
)
def test_a_plan_that_no_longer_holds_is_refused_with_what_differs(fresh: Plan, told: str) -> None:
    """Nothing is changed then."""
    with pytest.raises(PlanOutdated) as caught:
        ensure_holds(SavedPlan(PLAN, digest(PLAN)), fresh, "plan.json")
    assert str(caught.value).startswith("plan.json: calendars, roster or config have moved on since")
    assert told in str(caught.value)


def test_another_order_no_longer_holds() -> None:
    """The order says who comes first."""
    two = Plan(generated_at=NOW, changes=(CHANGE, replace(CHANGE, id="other")))
    back = SavedPlan(two, digest(two))
    with pytest.raises(PlanOutdated, match="another order"):
        ensure_holds(back, replace(two, changes=two.changes[::-1]))
