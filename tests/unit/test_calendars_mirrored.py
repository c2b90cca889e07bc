"""A calendar read through the mirror is the calendar, whatever happened to its files and to the mirror."""

import os
import shutil
import tempfile
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from time import sleep, time_ns

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scheduler.calendars import file_work
from scheduler.errors import CalendarUnreadable
from scheduler.meetings import Busy, Detail, Occurrence, Series
from scheduler.slots.busy import busy_spans
from scheduler.timespans import Span
from tests.unit.mirror_builders import ANA, BO, KNOWN, ROOM, STRANGERS, WINDOW, World, texts, told

_TICK = 20_000_000  # nanoseconds: longer than a tick of this file system's clock
_NAMES = (
    *("ana@example.com.ics", "ANA.B@example.com.ics", "ana@example.com/one.ics", "ana@example.com/two.ics"),
    *("ana@example.com/three.ics", "ana@example.com/.hidden.ics", "ana@example.com/zw\udcffei.ics"),
)


def settles_soon(changed: int) -> bool:
    """Do what `has_settled` does, on a disk whose clock is as fine as this one's."""
    return time_ns() - changed > _TICK


class Mirrored(RuleBasedStateMachine):
    """Files come, go, and change in every way; the reading through the mirror stays the direct one."""

    @initialize(text=texts())
    def begin(self, text: str) -> None:
        """Begin with one file."""
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder / "cals", self.folder / "state")
        self.older: dict[str, str] = {}
        self.saved: bytes | None = None
        self.whole = pytest.MonkeyPatch()
        self.whole.setattr(file_work, "has_settled", settles_soon)
        self.write(_NAMES[0], text)

    @rule(name=st.sampled_from(_NAMES), text=texts())
    def write(self, name: str, text: str) -> None:
        """Write a file, new or in place of an old one, whose text is remembered."""
        path = self.world.root / name
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            self.older[name] = path.read_text()
        path.write_text(text)

    @rule(name=st.sampled_from(_NAMES))
    def put_back(self, name: str) -> None:
        """Put an older version back, with the times of the newer one."""
        path = self.world.root / name
        if path.exists() and name in self.older:
            was = path.stat()
            beside = path.with_name(".beside")
            beside.write_text(self.older[name])
            os.utime(beside, ns=(was.st_atime_ns, was.st_mtime_ns))
            beside.replace(path)

    @rule(name=st.sampled_from(_NAMES))
    def change_alike(self, name: str) -> None:
        """Change a file within itself so that neither its size nor its time shows it."""
        path = self.world.root / name
        if path.exists():
            was = path.stat()
            path.write_text(path.read_text().replace("T10", "T11").replace("u1", "u2"))
            os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    @rule(name=st.sampled_from(_NAMES))
    def touch(self, name: str) -> None:
        """Write the same again."""
        if (self.world.root / name).exists():
            (self.world.root / name).touch()

    @rule(name=st.sampled_from(_NAMES))
    def remove(self, name: str) -> None:
        """Remove a file."""
        (self.world.root / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(_NAMES), to=st.sampled_from(_NAMES))
    def rename(self, name: str, to: str) -> None:
        """Give a file the name of another."""
        target = self.world.root / to
        target.parent.mkdir(exist_ok=True)
        if (self.world.root / name).exists():
            (self.world.root / name).replace(target)

    @rule()
    def remove_folder(self) -> None:
        """Remove the vdir with all its items."""
        shutil.rmtree(self.world.root / "ana@example.com", ignore_errors=True)

    @rule()
    def save(self) -> None:
        """Take a copy of the mirror."""
        self.saved = self.world.path.read_bytes() if self.world.path.exists() else None

    @rule()
    def restore(self) -> None:
        """Put the copy of the mirror back."""
        if self.saved is not None:
            self.world.path.write_bytes(self.saved)

    @rule()
    def wait(self) -> None:
        """Let the clock of the disk go on."""
        sleep(2 * _TICK / 1e9)

    @rule(days=st.integers(0, 27))
    def look_later(self, days: int) -> None:
        """Look through a later window: a part of what is known already."""
        shift = timedelta(days=days)
        self.world.check(Span(WINDOW.start + shift, WINDOW.end + shift))

    @rule()
    def freshen(self) -> None:
        """Look through all calendars ahead of the reading."""
        self.world.freshen()

    @invariant()
    def is_the_direct_reading(self) -> None:
        """Hold what the mirror gives to what is in the files, twice: anew and from the mirror."""
        self.world.check()
        self.world.check()

    def teardown(self) -> None:
        """Remove everything."""
        if hasattr(self, "folder"):
            self.whole.undo()
            shutil.rmtree(self.folder)


TestMirrored = Mirrored.TestCase
TestMirrored.settings = settings(
    max_examples=int(os.environ.get("ONETOONE_EXAMPLES", "15")),
    stateful_step_count=12,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # to shrink one takes minutes: each step touches the disk
)


@given(
    st.lists(texts(), min_size=1, max_size=3), st.integers(0, 25), st.sets(st.sampled_from((BO, *STRANGERS)))
)
def test_what_is_asked_for_is_the_part_that_concerns_these_people(
    files: list[str], days: int, about: set[str]
) -> None:
    """All that they are in, that may be an absence, or is ours; nothing that the calendar does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "cals", Path(folder) / "state", known=(*KNOWN, *STRANGERS, ROOM))
        for number, text in enumerate(files):
            path = world.root / ANA.email / f"{number}.ics"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        window = Span(WINDOW.start + timedelta(days=days), WINDOW.end + timedelta(days=days))
        try:
            world.read()
            right = world.direct(window)
        except CalendarUnreadable:
            return
        found = world.read(window, about=about)
        events: tuple[Occurrence | Series, ...] = (*right.occurrences, *right.series)
        wanted = {each.uid for each in events if _matters(each, about)}
        assert found.detail is Detail.MEETINGS
        part = told(found, world.known)
        every = told(right, world.known)
        assert set(part.occurrences) <= set(every.occurrences)
        assert {each for each in every.occurrences if each.uid in wanted} <= set(part.occurrences)
        assert [each for each in every.series if each.uid in wanted] == [
            each for each in part.series if each.uid in wanted
        ]
        assert (part.unread, part.warnings) == (every.unread, every.warnings)


def _matters(each: Occurrence | Series, about: Collection[str]) -> bool:
    people = {each.organizer, *(guest.email for guest in each.attendees)}
    if (
        each.mark is not None
        or each.uid.startswith("onetoone")
        or not people.isdisjoint(map(str.lower, about))
    ):
        return True
    if isinstance(each, Series):
        return False
    return each.busy is Busy.OUT_OF_OFFICE or (each.all_day and each.busy is not Busy.FREE)


@given(texts(), st.integers(0, 25), st.integers(0, 60 * 24 * 80), st.sets(st.sampled_from((BO, *STRANGERS))))
def test_the_rest_takes_the_time_that_it_takes(text: str, days: int, minutes: int, about: set[str]) -> None:
    """When the owner is taken is known to the minute, also where by whom is not told."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "cals", Path(folder) / "state")
        (world.root / f"{ANA.email}.ics").write_text(text)
        window = Span(WINDOW.start + timedelta(days=days), WINDOW.end + timedelta(days=days))
        rest = Span(window.start + timedelta(minutes=minutes), window.end)
        try:
            right = world.direct(window)
        except CalendarUnreadable:
            return
        for _ in range(2):
            world.night()
            found = world.mirrored.read(ANA, window, frozenset(about), rest)
            world.file.close()
            assert found.detail is Detail.FULL
            assert busy_spans(ANA, found, rest) == busy_spans(ANA, right, rest)
