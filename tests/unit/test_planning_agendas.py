"""Which agendas are attached and written, and which are left alone."""

from dataclasses import replace
from datetime import timedelta

from scheduler.errors import Problem
from scheduler.memory import AgendaWritten
from tests.unit.planning_builders import BERLIN, KEY, NOW, kinds, reasons, series, single
from tests.unit.planning_worlds import ATTACH, WRITE, made_world, pair_world


class TestAgendas:
    """Agendas, attached and written."""

    def test_a_series_without_a_link_gets_one(self) -> None:
        """Quietly: nobody gets a mail for it."""
        world = made_world()
        made = world.journal.memory.series[0]
        world.journal.memory = replace(world.journal.memory, series=(replace(made, link=None),))
        (change,) = world.plan().changes
        assert (change.kind, change.notifies) == (ATTACH, ())

    def test_nothing_is_attached_where_a_calendar_cannot_be_read(self) -> None:
        """It would fail, run after run."""
        world = made_world()
        made = world.journal.memory.series[0]
        world.journal.memory = replace(world.journal.memory, series=(replace(made, link=None),))
        world.calendars.unreadable.add("bo@x.org")
        assert kinds(world.plan()) == []

    def test_the_next_meeting_s_agenda_is_written_when_it_is_near(self) -> None:
        """Also for a meeting that people set up themselves."""
        world = pair_world(series())
        (change,) = world.plan().changes
        assert (change.kind, change.start, change.notifies) == (WRITE, series().start, ())

    def test_a_meeting_far_off_waits(self) -> None:
        """Its agenda comes in days."""
        world = pair_world(series(start=series().start + timedelta(days=7)))
        assert kinds(world.plan()) == []
        assert kinds(world.later(days=5).plan()) == [WRITE]

    def test_a_moved_meeting_is_known_by_where_it_was(self) -> None:
        """Its agenda was written before it moved, so it is not written again."""
        world = pair_world()
        original = NOW.astimezone(BERLIN) + timedelta(days=1)
        moved = single(original + timedelta(hours=3), original_start=original)
        world.calendars.singles = {owner: [moved] for owner in KEY}
        (change,) = world.plan().changes
        assert (change.meeting, change.start) == (original, original + timedelta(hours=3))
        world.agendas.documents[KEY] = {original}
        assert kinds(world.plan()) == []

    def test_an_agenda_that_a_person_took_out_is_not_put_back(self) -> None:
        """It was written once."""
        world = pair_world(series())
        world.run()
        world.agendas.documents[KEY].clear()
        assert kinds(world.plan()) == []

    def test_an_agenda_that_stands_though_nobody_noted_it_is_noted(self) -> None:
        """A run was killed in between; taking it out afterwards is a person's will."""
        world = pair_world(series())
        world.agendas.documents[KEY] = {series().start}
        world.run()
        assert world.journal.memory.agendas == (AgendaWritten(*KEY, series().start),)

    def test_an_unreadable_document_is_told(self) -> None:
        """And left alone."""
        world = pair_world(series())
        world.agendas.unreadable[KEY] = Problem("a.md", "it is not UTF-8 text", "save it as UTF-8")
        assert reasons(world.plan()) == [
            "Their agenda can't be written: a.md: it is not UTF-8 text; save it as UTF-8"
        ]

    def test_one_that_runs_already_gets_none(self) -> None:
        """It is too late to write it."""
        world = pair_world(series(start=NOW.astimezone(BERLIN) - timedelta(minutes=10)))
        assert kinds(world.plan()) == []
