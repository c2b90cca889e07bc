"""A live check where Calendar behaves otherwise: the line says so, and what the program does instead."""

from datetime import datetime
from typing import Any

import pytest

from scheduler.live.finding import Verdict
from tests.fake_google.calls import ApiError, Call, Json
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.live_fixtures import world
from tests.unit.live_worlds import Answer, LiveWorld, Other, of, one, without_headers

pytestmark = on_loopback
__all__ = ["world"]


def _no_duplicates(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    try:
        return usual(call)
    except ApiError as error:
        if error.status != 409:
            raise
        return {"id": (call.body or {})["id"]}


def _gone_is_unknown(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    if found.get("status") == "cancelled":
        raise ApiError(404, "notFound")
    return found


def _gone_is_confirmed(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    return found | {"status": "confirmed"}


def _json(found: Any) -> dict[str, Any]:  # noqa: ANN401 - what a handler returned
    return dict(found)


def _marks_forgotten(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    return {name: value for name, value in _json(usual(call)).items() if name != "extendedProperties"}


def _is_instance(call: Call) -> bool:
    return "_" in str(call.parameters["eventId"])


def _marks_forgotten_of_instances(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    return _marks_forgotten(call, usual) if _is_instance(call) else usual(call)


def _no_instances(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    if _is_instance(call):
        raise ApiError(404, "notFound")
    return usual(call)


def _ends_stay(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    """Return the event unchanged where its end alone is to be changed."""
    return {"id": call.parameters["eventId"]} if (call.body or {}).keys() == {"end"} else usual(call)


def _finds_nothing_by_property(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    return found | {"items": []} if "privateExtendedProperty" in call.parameters else found


def _tells_no_change(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    return found | {"items": []} if "syncToken" in call.parameters else found


def _tells_no_deletion(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    return found | {"items": [item for item in found["items"] if item["status"] != "cancelled"]}


def _whole_tombstones(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    found: Any = usual(call)
    items = [item | {"start": item.get("start", item.get("originalStartTime"))} for item in found["items"]]
    return found | {"items": items}


def _without(field: str) -> Other:
    """Return an answer that never has a field."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        return {name: value for name, value in found.items() if name != field}

    return answer


def _days(most: int) -> Other:
    """Return an answer that refuses more days than this."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        days = _length(call.body or {})
        if days > most:
            raise ApiError(400, "timeRangeTooLong")
        return usual(call) if days <= 90 else {"calendars": {}}

    return answer


def _length(body: Json) -> int:
    return (datetime.fromisoformat(body["timeMax"]) - datetime.fromisoformat(body["timeMin"])).days


def _refused(status: int, reason: str) -> Other:
    def answer(_call: Call, _usual: Answer) -> Any:  # noqa: ANN401 - JSON
        raise ApiError(status, reason)

    return answer


INSERT, PATCH, GET = "calendar.events.insert", "calendar.events.patch", "calendar.events.get"
LIST, BUSY = "calendar.events.list", "calendar.freebusy.query"


@pytest.mark.parametrize(
    ("method", "answer", "fact", "instead"),
    [
        (INSERT, _no_duplicates, "asked for twice", "may invite twice"),
        (INSERT, _no_duplicates, "the id of a deleted series", "known from the state folder alone"),
        (GET, _gone_is_confirmed, "can still be looked at", "it is told as confirmed: a run may"),
        (GET, _gone_is_unknown, "can still be looked at", "takes for deleted as well"),
        (
            PATCH,
            lambda call, usual: usual(without_headers(call)),
            "meanwhile is refused (412)",
            "may be undone",
        ),
        (LIST, _finds_nothing_by_property, "found by its private property", "by the journal"),
        (LIST, _tells_no_change, "what changed since", "every calendar is read whole again"),
        (LIST, _tells_no_deletion, "a deleted date is told", "it counts as planned until then"),
        (LIST, _whole_tombstones, "a deleted date is told", "leaves the date out all the same"),
        (GET, _without("attachments"), "an attached document stays", "every run attaches it anew"),
        (GET, _no_instances, "can take longer than the rest", "there is no instance of that id"),
        (PATCH, _ends_stay, "can take longer than the rest", "takes as long as the rest"),
        (GET, _without("conferenceData"), "a Meet link", "without a link"),
        (BUSY, _days(99), "over 91 days", "90 days at a time all the same"),
    ],
)
def test_the_calendar_behaves_otherwise(
    world: LiveWorld, *, method: str, answer: Other, fact: str, instead: str
) -> None:
    """It is told, it is no failure, and nothing stays behind."""
    before = world.seen()
    world.instead(method, answer)
    told = world.check()
    found = one(told, fact)
    assert (found.verdict, instead in found.then) == (Verdict.DIFFERS, True), found
    assert of(told, Verdict.FAILED) == []
    assert world.seen() == before


@pytest.mark.parametrize(
    ("method", "answer", "fact", "remedy"),
    [
        (GET, _marks_forgotten_of_instances, "can take longer than the rest", "leave 'first_minutes' out"),
        (GET, _marks_forgotten, "a private property stays", "please report it"),
        (BUSY, _days(60), "over 90 days at once", "set full_reports = true"),
        (BUSY, lambda _call, _usual: {"calendars": {}}, "over 90 days at once", "set full_reports = true"),
        (INSERT, _refused(403, "forbidden"), "a series can be created", "Google does not allow it"),
        (GET, _refused(403, "insufficientPermissions"), "a series can be created", "Google does not allow it"),
        (LIST, lambda call, usual: {"items": [{}]} if "syncToken" in call.parameters else usual(call), "what changed", "(KeyError)"),
        ("drive.files.create", _refused(403, "storageQuotaExceeded"), "a new document", "Google does not allow it"),
    ],
)  # fmt: skip
def test_what_the_program_cannot_live_with_is_a_failure(
    world: LiveWorld, *, method: str, answer: Other, fact: str, remedy: str
) -> None:
    """With what mends it; and nothing stays behind."""
    before = world.seen()
    world.instead(method, answer)
    found = one(world.check(), fact)
    assert (found.verdict, remedy in found.then) == (Verdict.FAILED, True), found
    assert world.seen() == before


def test_dates_that_stay_after_until_are_told(world: LiveWorld) -> None:
    """Whether people had moved them or not."""

    def everything(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        whole.setdefault("items", found["items"])
        return found | whole

    whole: dict[str, Any] = {}
    world.instead("calendar.events.instances", everything)
    told = world.check()
    assert one(told, "after UNTIL").then == "a run that ends a series deletes each later date by itself"
    assert "such date by itself" in one(told, "that a person had moved goes").then


def test_dates_that_are_lost_by_until_are_a_failure(world: LiveWorld) -> None:
    """A run that ends a series would take away meetings that come before."""

    def halved(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        return found | {"items": found["items"][: 1 if len(found["items"]) < 5 else None]}

    world.instead("calendar.events.instances", halved)
    found = one(world.check(), "after UNTIL")
    assert (found.verdict, "lose meetings" in found.then) == (Verdict.FAILED, True)
