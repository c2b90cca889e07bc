"""Large surprises are refused, with the numbers and the flag."""

from dataclasses import replace

import pytest

from scheduler.errors import PastLimit
from scheduler.memory import MadeSeries, Memory, SeriesState
from scheduler.planning.changes import Change, ChangeKind, Plan
from scheduler.planning.limits import ensure_safe
from tests.unit.planning_builders import NOW, limited


def change(kind: ChangeKind, number: int = 0, notifies: tuple[str, ...] = ()) -> Change:
    """Return a change to the n-th series."""
    return Change(
        id=f"{kind}-{number}",
        kind=kind,
        manager="a",
        report="b",
        start=NOW,
        timezone="UTC",
        reasons=(),
        uid=f"u{number}",
        notifies=notifies,
    )


def plan(*changes: Change) -> Plan:
    """Return the plan of these changes."""
    return Plan(generated_at=NOW, changes=changes)


def memory(count: int, state: SeriesState = SeriesState.STANDING) -> Memory:
    """Return a memory of so many series."""
    made = MadeSeries(
        uid="u",
        key="k",
        manager="a",
        report="b",
        generation=1,
        start=NOW,
        timezone="UTC",
        rrule="FREQ=WEEKLY",
        minutes=30,
        summary="",
        state=state,
        created_at=NOW,
    )
    return Memory(series=tuple(replace(made, uid=f"u{n}") for n in range(count)))


def refused(of: Plan, memory_: Memory, **limits: float) -> str:
    """Return what it is refused with; nothing where it is not."""
    try:
        ensure_safe(of, memory_, limited(**limits), allowed=False)
    except PastLimit as error:
        return str(error)
    return ""


def ends(count: int) -> Plan:
    """Return a plan that ends so many series."""
    return plan(*(change(ChangeKind.END_SERIES, n) for n in range(count)))


def test_an_empty_plan_is_safe() -> None:
    """Nothing surprises nobody."""
    assert refused(plan(), Memory()) == ""


def test_more_new_series_than_a_run_may_create() -> None:
    """The numbers and the flag are told."""
    told = refused(plan(*(change(ChangeKind.CREATE_SERIES, n) for n in range(4))), Memory(), new_series=3)
    assert "4 new series in one run, and the limit is 3" in told
    assert "--yes-really" in told


@pytest.mark.parametrize(("count", "safe"), [(25, True), (26, False)])
def test_the_share_of_series_that_may_be_ended(count: int, safe: bool) -> None:  # noqa: FBT001 - an example's answer
    """A quarter of a hundred, and not one more."""
    assert (refused(ends(count), memory(100)) == "") is safe


@pytest.mark.parametrize(("count", "safe"), [(3, True), (4, False)])
def test_a_few_may_always_be_ended(count: int, safe: bool) -> None:  # noqa: FBT001 - an example's answer
    """A small company would never get past a share."""
    assert (refused(ends(count), memory(4)) == "") is safe


def test_the_message_counts() -> None:
    """Numbers, not adjectives."""
    told = refused(ends(26), memory(100))
    assert "26 of the 100 series made so far would be ended or changed, and the limit is 25 (25%" in told
    assert "people.csv" in told


def test_what_was_begun_to_be_created_was_allowed_then() -> None:
    """A killed run is finished without asking again."""
    begun = plan(*(change(ChangeKind.CREATE_SERIES, n) for n in range(4)))
    assert refused(begun, memory(4, SeriesState.BEGUN), new_series=1) == ""


def test_what_was_begun_to_be_ended_was_allowed_then() -> None:
    """A killed run is finished without asking again."""
    assert refused(ends(40), memory(40, SeriesState.ENDING)) == ""


def test_attaching_an_agenda_touches_nothing_that_takes_place() -> None:
    """All may get their agenda at once."""
    assert refused(plan(*(change(ChangeKind.ATTACH_AGENDA, n) for n in range(50))), memory(50)) == ""


def test_mails_are_counted_by_person() -> None:
    """The one with the most is named."""
    two = (
        change(ChangeKind.CREATE_SERIES, 1, ("bo@x.org", "cy@x.org")),
        change(ChangeKind.END_SERIES, 2, ("bo@x.org", "cy@x.org")),
        change(ChangeKind.END_SERIES, 3, ("cy@x.org",)),
    )
    told = refused(plan(*two), Memory())
    assert "cy@x.org and 1 more would get 3 mails in one run, and the limit is 1" in told
    assert "bo@x.org would get 2 mails" in refused(
        plan(two[0], replace(two[1], notifies=("bo@x.org",))), Memory()
    )


def test_all_limits_are_told_at_once() -> None:
    """Not the first."""
    both = plan(
        change(ChangeKind.CREATE_SERIES, 1, ("bo@x.org",)),
        change(ChangeKind.CREATE_SERIES, 2, ("bo@x.org",)),
    )
    assert len(refused(both, Memory(), new_series=1).splitlines()) == 2


def test_yes_really() -> None:
    """What is refused goes on once a person said so."""
    with pytest.raises(PastLimit):
        ensure_safe(ends(50), memory(50), limited(), allowed=False)
    ensure_safe(ends(50), memory(50), limited(), allowed=True)
