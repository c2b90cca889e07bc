"""A live check where Drive and Docs behave otherwise: the line says so, and what the program does instead."""

from dataclasses import replace
from typing import Any

import pytest

from scheduler.live.finding import Verdict
from tests.fake_google.calls import ApiError, Call
from tests.fake_google.docs_edit import Doubts
from tests.fake_google.docs_markdown import Exporter
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.live_fixtures import world
from tests.unit.live_worlds import Answer, LiveWorld, Other, one

pytestmark = on_loopback
__all__ = ["world"]


def _conflict(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
    try:
        return usual(call)
    except ApiError:
        raise ApiError(409, "ABORTED") from None


@pytest.mark.parametrize(
    ("exporter", "fact", "instead"),
    [
        (Exporter(exports_checked=False), "a box that a person ticks", "agendas say 'tick' all the same"),
        (Exporter(escaped="*_#"), "a backslash before punctuation", "nothing is lost"),
    ],
)
def test_drive_exports_otherwise(world: LiveWorld, *, exporter: Exporter, fact: str, instead: str) -> None:
    """Ticks that can't be read are told with what to write in their place."""
    world.files.library.exporter = exporter
    found = one(world.check(), fact)
    assert (found.verdict, instead in found.then) == (Verdict.DIFFERS, True)


@pytest.mark.parametrize(
    ("old", "new", "fact", "instead"),
    [
        (b"- [ ] ", b"* ", "not ticked is exported", "until its words say that it is done"),
        (b"~~", b"", "exported between ~~", "reads it from the document itself"),
        (b"- [x] Tick this box", b"- [ ] ~~Tick this box~~", "a box that a person ticks", "is read as ticked, too"),
    ],
)  # fmt: skip
def test_drive_writes_other_markdown(
    world: LiveWorld, *, old: bytes, new: bytes, fact: str, instead: str
) -> None:
    """A tick that is shown as a strike is read all the same."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - bytes
        found: Any = usual(call)
        return found.replace(old, new)

    world.instead("drive.files.export", answer)
    found = one(world.check(), fact)
    assert (found.verdict, instead in found.then) == (Verdict.DIFFERS, True)


def test_a_box_beside_a_ticked_one_must_stay_open(world: LiveWorld) -> None:
    """Anything else would close what is open."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - bytes
        found: Any = usual(call)
        return found.replace(b"- [ ]", b"- [x]") if b"[x]" in found else found

    world.instead("drive.files.export", answer)
    assert one(world.check(), "a box beside a ticked one").verdict is Verdict.FAILED


@pytest.mark.parametrize(
    "doubts",
    [
        Doubts(first_style_survives=False),
        Doubts(splits_copy_ticks=False),
        Doubts(ranges_reach_end=False),
    ],
)
def test_what_docs_may_do_with_edits_is_read_back_the_same(world: LiveWorld, doubts: Doubts) -> None:
    """Where Google documents nothing, the program comes out right either way, and the check shows it."""
    world.files.library.doubts = doubts
    told = world.check()
    assert one(told, "is read back as it was written").verdict is Verdict.HOLDS
    assert one(told, "named ranges").verdict is Verdict.HOLDS


def test_documents_that_are_read_otherwise_are_shown(world: LiveWorld) -> None:
    """With the first line that differs; ranges that are lost are told as well."""

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        for tab in found.get("tabs", ()):
            tab["documentTab"].pop("namedRanges", None)
        return found

    world.instead("docs.documents.get", answer)
    told = world.check()
    assert "'<!-- onetoone: 2028-01-02T04:00:00+00:00 -->' is read as" in one(told, "read back").then
    assert "known by its heading alone" in one(told, "named ranges").then


@pytest.mark.parametrize(
    ("answer", "instead"),
    [
        (lambda call, usual: usual(replace(call, body=(call.body or {}) | {"writeControl": {}})), "in the midst of"),
        (_conflict, "it is refused with 409"),
    ],
)  # fmt: skip
def test_stale_revisions_are_taken_or_refused_otherwise(
    world: LiveWorld, *, answer: Other, instead: str
) -> None:
    """Either is told; Docs' other word for 400 makes no difference."""
    world.files.library.stale_status = "INVALID_ARGUMENT"
    assert one(world.check(), "edited meanwhile is refused").verdict is Verdict.HOLDS
    world.instead("docs.documents.batchUpdate", answer)
    found = one(world.check(), "edited meanwhile is refused")
    assert (found.verdict, instead in found.then) == (Verdict.DIFFERS, True)


def test_a_document_that_the_search_does_not_know_is_removed_all_the_same(world: LiveWorld) -> None:
    """By its id; what needs it is not tried."""
    world.instead("drive.files.list", lambda _call, _usual: {"files": []})
    before = world.seen()
    told = world.check()
    assert "which goes into the bin" in one(told, "a new document is found").then
    assert "or not be found" in one(told, "is read back").then
    assert world.seen() == before
    assert world.waited == 15.0


def test_a_late_search_is_told_in_seconds(world: LiveWorld) -> None:
    """How often it had to be asked."""
    calls = []

    def answer(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        calls.append(call)
        return usual(call) if len(calls) > 4 else {"files": []}

    world.instead("drive.files.list", answer)
    assert one(world.check(), "a new document").what == "a new document is found by its mark, after 3 seconds"


def test_a_double_that_is_never_shown_is_told_and_one_that_stays_in_use_is_a_failure(
    world: LiveWorld,
) -> None:
    """Two documents in use would part what belongs together."""

    def oldest(call: Call, usual: Answer) -> Any:  # noqa: ANN401 - JSON
        found: Any = usual(call)
        return found | {"files": found["files"][-1:]} if "trashed = false" in call.parameters["q"] else found

    before = world.seen()
    world.instead("drive.files.list", oldest)
    assert "stays beside the first" in one(world.check(), "created twice").then
    assert world.seen() == before
