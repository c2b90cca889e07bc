"""A live check that can't see all of it: a line claims no more than what was seen."""

from typing import Any

import pytest

from scheduler.google.trouble import SignInFailed
from scheduler.live.finding import Finding, Verdict
from scheduler.live.ground import Ground
from scheduler.live.removal import Place
from scheduler.live.run import live_check
from tests.fake_google.calls import Call
from tests.fake_google.faults import LOST
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import CY, Consented
from tests.unit.live_fixtures import world
from tests.unit.live_worlds import ANN, BO, Answer, LiveWorld, of, one

pytestmark = on_loopback
__all__ = ["world"]
SCOPES = "the scopes that were asked for"


def test_scopes_are_not_called_enough_where_not_all_was_asked(world: LiveWorld) -> None:
    """Google goes away after a dozen requests."""
    world.fake.faults.add(LOST, nth=range(12, 10_000))
    assert one(world.check(), SCOPES).verdict is Verdict.UNTRIED
    world.fake.faults.clear()
    assert one(world.check(), SCOPES).verdict is Verdict.HOLDS


def test_a_guest_of_elsewhere_is_no_fault(world: LiveWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign-in does not speak for them: what takes that is untried, with Google's reason."""

    def only_ann(consented: Consented, user: str) -> Any:  # noqa: ANN401 - google-auth's credentials
        if user != ANN:
            reason = "Google knows no such user"
            raise SignInFailed(reason, "")
        return usual(consented, user)

    usual = Consented.credentials_for
    monkeypatch.setattr(Consented, "credentials_for", only_ann)
    told = world.check("di@elsewhere.example")
    assert of(told, Verdict.FAILED) == []
    for fact in ("the guest does not see", "a date that the guest declines"):
        found = one(told, fact)
        assert found.verdict is Verdict.UNTRIED
        assert found.then == "the sign-in does not speak for di@elsewhere.example: Google knows no such user"


@pytest.mark.parametrize("hidden", [False, True])
def test_one_report_is_asked_about_as_a_run_would(world: LiveWorld, *, hidden: bool) -> None:
    """As their manager; where that manager is not told, as the report."""
    asked: list[tuple[str, str]] = []

    def heard(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        asked.append((call.user, (call.body or {})["items"][0]["id"]))
        if hidden and asked[-1] == (ANN, BO):
            return {"calendars": {BO: {"errors": [{"reason": "notFound"}], "busy": []}}}
        return usual(call)

    world.instead("calendar.freebusy.query", heard)
    found = one(world.check(), "a report's busy times")
    if hidden:
        assert found.verdict is Verdict.DIFFERS
        assert "(notFound); the program then asks as the report" in found.then
        assert asked[:2] == [(ANN, BO), (BO, BO)]
    else:
        assert found.verdict is Verdict.HOLDS
        assert asked == [(ANN, BO), (ANN, ANN), (ANN, ANN)]


def test_busy_times_that_nobody_is_told_are_a_failure(world: LiveWorld) -> None:
    """A report without a calendar at Google; where there is no report at all, nobody is asked about."""
    world.instead("calendar.freebusy.query", _own_alone)
    found = one(world.check(), "a report's busy times")
    assert (found.verdict, "set full_reports = true" in found.then) == (Verdict.FAILED, True)
    world.fake.log.clear()
    found = one(world.check(report=None), "a report's busy times")
    assert found.then == f"{ANN} has no report on the roster whose calendar is Google's"
    assert {entry.user for entry in world.fake.log}.isdisjoint({BO, CY})


def _own_alone(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    return {"calendars": {who: told for who, told in found["calendars"].items() if who == ANN}}


def test_a_deleted_date_without_its_time_costs_the_series_its_reading(world: LiveWorld) -> None:
    """That is what the reading of calendars does with it."""

    def bare(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        return found | {"items": [_bare(item) for item in found["items"]]}

    world.instead("calendar.events.list", bare)
    found = one(world.check(), "a deleted date is told")
    assert (found.verdict, "can't be read" in found.then) == (Verdict.DIFFERS, True)


def _bare(item: dict[str, Any]) -> dict[str, Any]:
    gone = item.get("status") == "cancelled"
    return {name: value for name, value in item.items() if name != "originalStartTime" or not gone}


def test_who_stops_the_removal_is_told_where_things_stand(
    world: LiveWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By address; the next live check removes them."""
    before = world.seen()
    told: list[Finding] = []
    usual = Place._delete_file  # noqa: SLF001 - the step that is stopped
    monkeypatch.setattr(Place, "_delete_file", _stop)
    with pytest.raises(KeyboardInterrupt):
        live_check(Ground(world.google, world.here()), world.journal, told.append)
    monkeypatch.setattr(Place, "_delete_file", usual)
    left = world.files.people.documents()
    assert left
    for document in left:
        assert f"https://docs.google.com/document/d/{document}" in told[-1].then
    assert one(world.check(), "an earlier live check had left").verdict is Verdict.HOLDS
    assert world.seen() == before


def _stop(*_: object) -> bool:
    raise KeyboardInterrupt
