"""However a live check ends, what it created is removed, at once or by the next one, or it is said where it stands."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from scheduler.errors import WriteFailed
from scheduler.google.client import Google
from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, Verdict
from scheduler.live.ground import Ground
from scheduler.live.journal import Begun
from scheduler.live.run import live_check
from scheduler.live.scratch import DOCUMENT_TITLE, MARK, TITLE
from tests.fake_google.faults import CUT_SHORT, LOST, UNANSWERED, Fault, answered
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import timed
from tests.unit.live_fixtures import world
from tests.unit.live_worlds import ANN, BO, PERSON, LiveWorld, of, one

pytestmark = on_loopback
__all__ = ["world"]
MOST = int(os.environ.get("ONETOONE_KILLS", "12"))
"""How many places of a live check are tried: all of them, some 120, take minutes (ONETOONE_KILLS=1000)."""
FORBIDDEN = answered(403, "forbidden")
REMOVED = "what was created is removed again"


class Killed(BaseException):
    """The power went; nothing catches it."""


@contextmanager
def stopped(at: int, by: BaseException, *, for_good: bool) -> Iterator[list[int]]:
    """Stop the program at the n-th request, counted from 0, and `for_good` at every one after that; counts them."""
    sent: list[int] = []
    send = Google.send

    def counted(google: Google, request: Any, **how: Any) -> Any:  # noqa: ANN401 - as the client has it
        sent.append(len(sent))
        if sent[-1] == at or (for_good and sent[-1] > at):
            raise by
        return send(google, request, **how)

    with mock.patch.object(Google, "send", counted):
        yield sent


def requests_of(world: LiveWorld) -> int:
    """Return how many requests a whole live check makes."""
    with stopped(-1, Killed(), for_good=False) as sent:
        world.check(BO)
    world.fake.mails.clear()
    return len(sent)


def chosen(total: int) -> list[int]:
    """Return the places to fail at, counted from 0: spread evenly, or all of them."""
    return sorted({total * number // MOST for number in range(MOST)})


def checked(world: LiveWorld, told: list[Finding]) -> None:
    """Do a live check that may end in any way."""
    live_check(Ground(world.google, world.here(BO)), world.journal, told.append)


def test_after_ctrl_c_at_any_request_nothing_is_left(world: LiveWorld) -> None:
    """It goes up to the command; a second one while tidying up is told with what is left."""
    before = world.seen()
    total = requests_of(world)
    for at in (*chosen(total), total - 2):  # the last ones are those that tidy up
        told: list[Finding] = []
        with stopped(at, KeyboardInterrupt(), for_good=False), pytest.raises(KeyboardInterrupt):
            checked(world, told)
        left = one(told, REMOVED).verdict if of(told, Verdict.FAILED) else None
        if left is None:
            world.fake.mails.clear()
            assert world.seen() == before, at
            assert world.journal.read() == ()
        else:
            assert "the next onetoone doctor --live as ann@example.com removes it" in told[-1].then
            assert one(world.check(), "what an earlier live check had left").verdict is Verdict.HOLDS
        world.fake.mails.clear()
        assert world.seen() == before, at


def test_after_a_kill_at_any_request_the_next_check_tidies_up(world: LiveWorld) -> None:
    """By the journal and by the marks; the killed process does nothing more."""
    before = world.seen()
    for at in chosen(requests_of(world)):
        with stopped(at, Killed(), for_good=True), suppress(Killed):
            checked(world, [])
        world.fake.mails.clear()
        left = world.seen() != before
        told = world.check()
        found = [finding for finding in told if finding.what.startswith("what an earlier")]
        assert (len(found) == 1, of(told, Verdict.FAILED)) == (left, []), at
        assert world.seen() == before
        assert world.journal.read() == ()


@pytest.mark.parametrize("fault", [FORBIDDEN, LOST, UNANSWERED, CUT_SHORT], ids=lambda fault: fault.how.name)
def test_after_a_fault_at_any_request_nothing_is_left(world: LiveWorld, fault: Fault) -> None:
    """Each request fails once; what is sent a second time meets the first."""
    before = world.seen()
    world.check()
    total = len(world.fake.log)
    for at in chosen(total):
        world.fake.faults.clear()
        world.fake.faults.add(fault, nth=[at + 1])
        told: list[Finding] = []
        with suppress(GoogleError):
            live_check(Ground(world.google, world.here()), world.journal, told.append)
        world.fake.faults.clear()
        failed = of(told, Verdict.FAILED)
        if REMOVED in failed:
            assert any(
                where in finding.then for finding in told for where in (TITLE, "docs.google.com", "Drive")
            )
            world.check()
        assert fault is FORBIDDEN or not failed, (at, failed)
        assert world.seen() == before, at
        assert world.fake.mails == []


def test_google_goes_away_in_the_middle(world: LiveWorld) -> None:
    """The rest is not tried; what is left is named, and the next check removes it."""
    before = world.seen()
    world.fake.faults.add(LOST, nth=range(30, 10**6))
    told = world.check()
    world.fake.faults.clear()
    assert len([one for one in told if one.then == "Google could not be reached any more"]) > 5
    left = [finding.then for finding in told if finding.what == REMOVED]
    assert any(f"series '{TITLE}' (id livecheck" in then for then in left)
    assert any(f"'{DOCUMENT_TITLE}' may be left" in then for then in left)
    assert all("the next onetoone doctor --live removes it, or delete it by hand" in then for then in left)
    assert world.seen() != before
    assert one(world.check(), "what an earlier live check").verdict is Verdict.HOLDS
    assert world.seen() == before


def test_without_google_nothing_is_created(world: LiveWorld) -> None:
    """It is said in the first place."""
    world.fake.faults.add(LOST)
    with pytest.raises(GoogleError):
        world.check()
    assert world.journal.read() == ()
    assert world.fake.log.count("*insert") == 0


@pytest.mark.parametrize(
    ("method", "where"),
    [
        ("calendar.events.delete", f"the calendar of {ANN}, series '{TITLE}' (id livecheck"),
        ("drive.files.delete", "https://docs.google.com/document/d/"),
    ],
)
def test_what_can_not_be_removed_is_named(world: LiveWorld, method: str, where: str) -> None:
    """Each with its address; the journal keeps it."""
    world.fake.faults.add(FORBIDDEN, method=method)
    told = world.check()
    assert any(where in finding.then for finding in told if finding.what == REMOVED)
    assert world.journal.read() != ()
    again = world.check()
    assert len(of(again, Verdict.FAILED)) >= 2  # the old one and the new one
    world.fake.faults.clear()
    assert of(world.check(), Verdict.FAILED) == []
    assert world.journal.read() == ()


def test_what_was_left_with_somebody_else_is_removed_there(world: LiveWorld) -> None:
    """Where the sign-in reaches them; else it is told, and by whom it can be done."""
    bo = replace(PERSON, email=BO)
    with stopped(12, Killed(), for_good=True), suppress(Killed):
        live_check(Ground(world.google, world.here(None, bo)), world.journal, lambda _: None)
    assert [begun.user for begun in world.journal.read()] == [BO]
    world.fake.faults.add(FORBIDDEN, user=BO)
    told = world.check()
    assert f"onetoone doctor --live --as {BO} removes it" in one(told[:1], REMOVED).then
    world.fake.faults.clear()
    told = world.check()
    assert told[0].what == f"what an earlier live check had left with {BO} is removed"
    assert (world.seen()["calendars"], world.journal.read()) == ({}, ())


def test_events_of_people_are_never_removed(world: LiveWorld) -> None:
    """Not where Google finds more than was asked for, nor where the journal names what we did not make."""
    mine = world.fake.people.create_event(ANN, **timed("2026-12-01"), id="livetheatre")
    own = world.files.people.own_document("Mine", ANN)
    world.files.library.files[own].foreign = False

    def everything(call: Any, usual: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - JSON
        call = replace(
            call,
            parameters={
                k: v for k, v in call.parameters.items() if k not in {"privateExtendedProperty", "q"}
            },
        )
        return usual(call)

    world.instead("calendar.events.list", everything)
    world.instead("drive.files.list", everything)
    world.journal.begin(Begun(ANN, mine))
    with suppress(GoogleError, WriteFailed):
        world.check()
    assert mine in world.seen()["calendars"][ANN]
    assert own in world.files.library.files


def test_the_mark_alone_is_enough(world: LiveWorld) -> None:
    """Where the state folder was lost; also what a person made of the series."""
    with stopped(14, Killed(), for_good=True), suppress(Killed):
        checked(world, [])
    (world.state / "google-scratch.json").unlink()
    (series,) = (each for each in world.seen()["calendars"][ANN] if "_" not in each)
    world.fake.people.split_series(ANN, f"{series}_20280116T040000Z", summary="Split")
    world.fake.mails.clear()
    world.check()
    assert world.seen()["calendars"] == {}


def test_the_journal_can_be_damaged_but_not_left_unwritten(world: LiveWorld, tmp_path: Path) -> None:
    """A damaged one is passed over; where none can be written nothing is created."""
    path = world.state / "google-scratch.json"
    for text in ("", "[]", '{"version": 2, "begun": []}', '{"version": 1, "begun": [{}]}', "{"):
        world.state.mkdir(exist_ok=True)
        path.write_text(text)
        assert world.journal.read() == ()
    path.unlink()
    world.journal.begin(Begun(ANN, "livecheck0"))
    assert json.loads(path.read_text())["begun"] == [{"user": ANN, "event": "livecheck0"}]
    assert path.stat().st_mode & 0o777 == 0o600
    world.state = tmp_path / "file" / "state"
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteFailed):
        world.check()
    assert world.fake.log.count("*insert") == 0


def test_a_mark_is_not_that_of_a_real_series() -> None:
    """A run would take it for its own."""
    assert "onetoone" not in MARK
