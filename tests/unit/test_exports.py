"""Writing the ICS export: what the calendars say now counts, whether or not it was noted yet."""

from dataclasses import replace
from pathlib import Path

from scheduler.exports import write_changed, write_exports
from scheduler.state.store import open_memory
from tests.unit.planning_builders import ANN, BO, roster, settings
from tests.unit.planning_worlds import World


def test_a_no_that_was_only_just_noticed_is_exported_at_once(tmp_path: Path) -> None:
    """A run without changes notes it only after it has read; the next run has nothing left to export."""
    plain = settings()
    world = World(roster(ANN, BO), replace(plain, job=replace(plain.job, state=tmp_path / "state")))
    world.run()
    world.calendars.series["bo@x.org"].clear()
    write_exports(world.known(), tmp_path / "exports")
    pair = tmp_path / "exports" / "pairs" / "ann@x.org--bo@x.org.ics"
    assert b"METHOD:CANCEL" in pair.read_bytes()
    world.notice()
    exported = open_memory(tmp_path / "state").exported
    world.journal.memory = replace(world.journal.memory, exported=exported)
    assert write_exports(world.known(), tmp_path / "exports").changed == ()


def test_a_folder_that_is_made_for_what_is_left_behind_is_its_owners_alone(tmp_path: Path) -> None:
    """Who meets whom, and who is away, is not for everybody on the machine; a folder that is open stays so."""
    write_changed(tmp_path / "made", {"people/ann.ics": b"x"})
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700
    opened = tmp_path / "opened"
    opened.mkdir()
    opened.chmod(0o755)
    write_changed(opened, {"gap-report.html": b"x"})
    assert opened.stat().st_mode & 0o777 == 0o755
