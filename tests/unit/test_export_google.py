"""The export of series that stand in Google Calendar: the files meet the invitations that Google mails."""

from dataclasses import replace

from scheduler.memory import Memory, SeriesState
from scheduler.people import CalendarSource, Roster
from tests.unit.export_builders import (
    ANN,
    ANN_BO,
    ANNS,
    BO,
    ROSTER,
    events,
    evidence,
    export,
    made,
    occurrence,
)
from tests.unit.ics_builders import NOW

AT_GOOGLE = replace(ANN, calendar=CalendarSource("google"))
COMPANY = Roster({**ROSTER.people, ANN.email: AT_GOOGLE})
MEMORY = Memory(series=(made(uid="onetoone0ann"),))


def uids(files: dict[str, bytes], name: str) -> set[str]:
    """Return the UIDs in a file."""
    return {event["UID"] for event in events(files[name])}


def test_a_series_of_a_google_calendar_has_the_uid_that_google_gives_it() -> None:
    """Who took the invitation in and imports the file has one event, not two."""
    result, _ = export(MEMORY, evidence(), roster=COMPANY)
    assert uids(dict(result.files), ANN_BO) == uids(dict(result.files), ANNS) == {"onetoone0ann@google.com"}


def test_an_organizer_who_left_the_roster_leaves_the_uid_as_it_was() -> None:
    """A cancellation under another UID would cancel nothing."""
    _, memory = export(MEMORY, evidence(None, [occurrence(8)]), roster=COMPANY)
    gone = Roster({BO.email: BO})
    ended = replace(memory, series=(made(uid="onetoone0ann", state=SeriesState.ENDED, ended_at=NOW),))
    result, _ = export(ended, evidence(), roster=gone)
    assert uids(dict(result.files), ANN_BO) == {"onetoone0ann@google.com"}


def test_a_series_of_a_folder_keeps_its_own_uid() -> None:
    """It is what stands in both calendars."""
    result, _ = export(MEMORY, evidence())
    assert uids(dict(result.files), ANN_BO) == {"onetoone0ann"}
