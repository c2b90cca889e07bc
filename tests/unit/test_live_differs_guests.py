"""A live check where the second person sees or gets something else: the line says so, and what the program does instead."""

from typing import Any

import pytest

from scheduler.live.finding import Verdict
from tests.fake_google.calls import ApiError, Call
from tests.fake_google.library import Grant, Role
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.live_fixtures import world
from tests.unit.live_worlds import BO, Answer, LiveWorld, one

pytestmark = on_loopback
__all__ = ["world"]


def test_a_guest_may_see_more_than_is_believed(world: LiveWorld) -> None:
    """The mark, the document; or no copy at all."""
    world.instead("calendar.events.get", _shows_the_mark)
    world.instead("calendar.events.patch", lambda call, usual: _shares(world, call, usual))
    told = world.check(BO)
    assert "names nobody" in one(told, "the guest does not see").then
    assert f"{BO} got access by it" in one(told, "gives nobody access").then
    world.instead("calendar.events.get", _hides_from_guests)
    told = world.check(BO)
    for fact in ("the guest does not see", "a date that the guest declines"):
        assert one(told, fact).then == f"the series does not appear in the calendar of {BO}"


def _json(found: Any) -> dict[str, Any]:  # noqa: ANN401 - what a handler returned
    return dict(found)


def _shows_the_mark(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    return {
        **_json(usual(call)),
        "extendedProperties": {"private": {"onetoone-scratch": "doctor"}},
    }


def _shares(world: LiveWorld, call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    for attached in (call.body or {}).get("attachments", ()):
        file = world.files.library.files[attached["fileUrl"].split("/")[-2]]
        file.grant(Grant("user", BO, Role.READER))
    return usual(call)


def _hides_from_guests(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    if call.user == BO:
        raise ApiError(404, "notFound")
    return usual(call)


def test_documents_that_a_domain_shares_by_itself_are_told(world: LiveWorld) -> None:
    """More people than the two would read agendas."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        for file in world.files.library.files.values():
            file.grant(Grant("domain", "example.com", Role.READER))
        return found

    world.instead("drive.files.create", answer)
    assert "Drive's sharing settings" in one(world.check(BO), "gives nobody access").then


@pytest.mark.parametrize(
    ("status", "instead"), [("accepted", "counts as planned"), ("cancelled", "leaves it out")]
)
def test_a_declined_date_may_look_otherwise(world: LiveWorld, status: str, instead: str) -> None:
    """The answer does not show, or the date is gone."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        declined = any(one.get("responseStatus") == "declined" for one in found.get("attendees", ()))
        if not declined:
            return found
        if status == "cancelled":
            return found | {"status": status}
        return found | {"attendees": [one | {"responseStatus": status} for one in found["attendees"]]}

    world.instead("calendar.events.get", answer)
    found = one(world.check(BO), "a date that the guest declines")
    assert (found.verdict, instead in found.then) == (Verdict.DIFFERS, True)
