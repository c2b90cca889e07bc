"""A live check where Google behaves as is believed: every fact holds, and nothing stays behind."""

from typing import Any

import pytest

from scheduler.live.finding import Verdict
from scheduler.live.run import CHECKS
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.live_fixtures import world
from tests.unit.live_worlds import ANN, BO, LiveWorld, of, one

pytestmark = on_loopback
__all__ = ["world"]


def test_with_a_second_person_and_a_click_all_holds(world: LiveWorld) -> None:
    """What no API can do or show is left: mails, and a split by a person."""
    before = world.seen()
    told = world.check(BO)
    assert [finding for finding in told if finding.verdict in {Verdict.DIFFERS, Verdict.FAILED}] == []
    assert of(told, Verdict.UNTRIED) == [
        "attaching sends no mail",
        "'this and following' goes on under the id of the series and _R",
    ]
    assert len(told) >= len(CHECKS)
    mails, world.fake.store.mails[:] = list(world.fake.mails), []
    assert [(mail.to, mail.kind) for mail in mails] == [(BO, "invitation")]
    assert world.seen() == before
    assert (world.files.mails, world.waited, world.journal.read()) == ([], 0.0, ())
    assert world.asked[0].startswith("Open https://docs.google.com/document/d/")


def test_alone_nobody_hears_of_it(world: LiveWorld) -> None:
    """No mail, nobody else's calendar, no permission; what takes a second person says so."""
    before = world.seen()
    told = world.check()
    assert of(told, Verdict.FAILED) == of(told, Verdict.DIFFERS) == []
    assert world.seen() == before
    assert (world.fake.mails, world.files.mails) == ([], [])
    assert world.fake.log.count("drive.permissions.*") == 0
    assert {entry.user for entry in world.fake.log} == {ANN, ""}
    assert one(told, "the guest does not see").then == "it takes a second person: --with EMAIL"


def test_nobody_at_the_terminal_is_no_fault(world: LiveWorld) -> None:
    """The one fact that takes a click is not tried."""
    tick = one(world.check(ask=lambda _: False), "a box that a person ticks")
    assert (tick.verdict, "run it again on a terminal" in tick.then) == (Verdict.UNTRIED, True)


def test_who_pressed_enter_without_a_click_is_told(world: LiveWorld) -> None:
    """The document did not change, so that nothing is said of Google."""
    world.ticks = False
    tick = one(world.check(), "a box that a person ticks")
    assert (tick.verdict, "no box was ticked" in tick.then) == (Verdict.UNTRIED, True)


@pytest.mark.parametrize(
    ("parts", "never"),
    [
        ({"calendars": False}, "calendar.*"),
        ({"documents": False}, "d*"),
        ({"scopes": ()}, "calendar.freebusy.*"),
    ],
)
def test_what_the_config_does_not_use_is_not_asked_for(
    world: LiveWorld, parts: dict[str, Any], never: str
) -> None:
    """Calendars or documents that are kept elsewhere, or busy times that are not needed."""
    told = world.check(**parts)
    assert of(told, Verdict.FAILED) == of(told, Verdict.DIFFERS) == []
    assert world.fake.log.count(never) == 0
    assert len(told) >= len(CHECKS)


def test_without_meet_no_link_is_made(world: LiveWorld) -> None:
    """As the config has it."""
    assert one(world.check(meet=False), "Meet").then == "meet is not set in [google]"
