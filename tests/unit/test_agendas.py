"""Which documents are read: those that something is asked of, and no others."""

from dataclasses import replace
from pathlib import Path

from scheduler.agenda.blocks import mark
from scheduler.agendas import Agendas
from scheduler.every import Cadence
from scheduler.memory import AgendaWritten, Memory
from scheduler.people import Pair
from scheduler.planning.situation import AgendasDue
from scheduler.settings import CadenceSettings, CalendarSettings, JobSettings, Settings
from tests.unit.documents_builders import Folder
from tests.unit.report_builders import ANN, BO, NOW, at, coverage, every, gap_report

US = Pair(ANN, BO)
NEXT = at("2026-11-26 10:00")
NOTHING = Memory()
STANDING = AgendasDue(sections={US.key: frozenset({NEXT})})


def standing(
    directory: Path, memory: Memory = NOTHING, *, pair: Pair = US, first: str = "2026-09-03 10:00"
) -> AgendasDue:
    """Return what stands in the documents of a folder, for a pair that meets weekly from that day on."""
    settings = Settings(
        directory=directory,
        calendars=CalendarSettings(provider="folder"),
        cadence=CadenceSettings(every=Cadence.parse("1 week"), minutes=30),
        job=JobSettings(state=directory, agendas=directory, exports=directory, reports=directory),
    )
    meetings = every(at(first), 1)
    gaps = gap_report(coverage(pair.manager, pair.report, meetings=meetings))
    return Agendas(settings, NOW).standing(gaps, memory)


def remembered(manager: str = ANN.email, meeting: str = "2026-11-26 10:00") -> Memory:
    """Return a memory of one agenda that was written."""
    return Memory(agendas=(AgendaWritten(manager, BO.email, at(meeting)),))


def test_a_document_is_read_for_an_agenda_that_may_be_missing(tmp_path: Path) -> None:
    """What is remembered of another meeting says nothing about the next one."""
    Folder(tmp_path).save(f"## Thursday\n{mark(NEXT)}\n", two=US)
    assert standing(tmp_path) == STANDING
    assert standing(tmp_path, remembered(meeting="2026-11-19 10:00")) == STANDING
    assert standing(tmp_path, remembered(manager="other@example.com")) == STANDING


def test_a_document_is_not_read_for_an_agenda_that_is_remembered(tmp_path: Path) -> None:
    """Not even where it could not be."""
    Folder(tmp_path).save_bytes(b"\xff", two=US)
    assert list(standing(tmp_path).unreadable) == [US.key]
    assert standing(tmp_path, remembered()) == AgendasDue()


def test_an_agenda_is_remembered_under_earlier_addresses(tmp_path: Path) -> None:
    """Who was renamed has written it all the same."""
    Folder(tmp_path).save_bytes(b"\xff", two=US)
    renamed = Pair(replace(ANN, aliases=frozenset({"ann.old@example.com"})), BO)
    assert standing(tmp_path, remembered(manager="ann.old@example.com"), pair=renamed) == AgendasDue()
    assert standing(tmp_path, remembered(manager="ann.old@example.com")).unreadable


def test_a_document_is_not_read_long_before_the_meeting(tmp_path: Path) -> None:
    """Its agenda is not due yet."""
    Folder(tmp_path).save_bytes(b"\xff", two=US)
    assert standing(tmp_path, first="2026-12-15 10:00") == AgendasDue()
