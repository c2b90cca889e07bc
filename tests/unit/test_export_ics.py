"""The export: what is in which file, and that it is the same bytes as long as nothing changes."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from scheduler.export.ics import build_export, names_about
from scheduler.export.series import exported_series
from scheduler.meetings import Answer, EventStatus, Evidence
from scheduler.memory import Memory, SeriesState
from scheduler.people import Roster
from tests.foreign import own_check
from tests.unit.export_builders import (
    ANN,
    ANN_BO,
    ANNS,
    BO,
    BOS,
    CY,
    ROSTER,
    START,
    UNREADABLE,
    events,
    evidence,
    export,
    made,
    occurrence,
    reading,
    standing,
    week,
)
from tests.unit.ics_builders import NOW

MEMORY = Memory(series=(made(),))
LATER = NOW + timedelta(days=1)
DAY = timedelta(days=1)
CANCELLED = EventStatus.CANCELLED


def test_everybody_has_a_file_and_so_has_every_pair() -> None:
    """A file a person has no METHOD, a file a pair invites; both are as we want them."""
    result, _ = export(MEMORY, evidence())
    assert list(result.files) == [ANN_BO, ANNS, BOS]
    assert b"METHOD:REQUEST" in result.files[ANN_BO]
    assert b"METHOD" not in result.files[ANNS]
    assert result.files[ANNS] == result.files[BOS]
    assert [own_check.problems_of(data) for data in result.files.values()] == [[], [], []]


def test_an_exported_series_says_all_there_is() -> None:
    """Times in the organizer's zone, the rule, the agenda twice: as an attachment, and for those who show none."""
    (event,) = events(export(MEMORY, evidence())[0].files[ANNS])
    assert event["DTSTART"] == "TZID=Europe/Berlin:20261006T100000"
    assert event["RRULE"] == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    assert (event["SEQUENCE"], event["STATUS"], event["DTSTAMP"]) == ("0", "CONFIRMED", "20261123T083000Z")
    assert event["ATTACH"] == "FMTTYPE=text/markdown:file:///agendas/ann@example.org--bo@example.org.md"
    assert event["DESCRIPTION"] == "file:///agendas/ann@example.org--bo@example.org.md"
    assert event["X-ONETOONE-KEY"] == "ann:bo:0"


def test_a_second_export_is_the_same_bytes() -> None:
    """With nothing changed no byte differs, whatever the time is."""
    seen = evidence(None, [occurrence(8, moved_by=DAY), occurrence(9, status=CANCELLED)])
    first, memory = export(MEMORY, seen)
    second, after = export(memory, seen, LATER)
    assert second == first
    assert after == memory


def test_a_series_just_created_is_the_same_once_its_calendar_shows_it() -> None:
    """The first export knows it from memory, the next from the calendar, which words the rule in its own way."""
    first, memory = export(MEMORY, Evidence({ANN.email: reading(ANN.email)}, {}))
    second, _ = export(memory, evidence(standing(rrule="FREQ=WEEKLY;BYDAY=TU")), LATER)
    assert second.files == first.files


def test_a_series_that_was_moved_follows_the_calendar() -> None:
    """Where a person moved the whole series, the export does too, under a higher SEQUENCE and a new DTSTAMP."""
    _, memory = export(MEMORY, evidence())
    moved = standing(start=START + timedelta(days=1, hours=1), minutes=45, rrule="FREQ=WEEKLY;BYDAY=WE")
    (event,) = events(export(memory, evidence(moved), LATER)[0].files[BOS])
    assert event["DTSTART"] == "TZID=Europe/Berlin:20261007T110000"
    assert event["DTEND"] == "TZID=Europe/Berlin:20261007T114500"
    assert event["RRULE"] == "FREQ=WEEKLY;BYDAY=WE"
    assert (event["SEQUENCE"], event["DTSTAMP"]) == ("1", "20261124T083000Z")


def test_a_moved_meeting_is_an_override() -> None:
    """RECURRENCE-ID names it, its own times say where it went; the series itself is not touched."""
    _, memory = export(MEMORY, evidence())
    result, _ = export(memory, evidence(None, [occurrence(7), occurrence(8, moved_by=DAY)]), LATER)
    for name in (ANN_BO, ANNS):
        series, override = events(result.files[name])
        assert (series["SEQUENCE"], series["DTSTAMP"]) == ("0", "20261123T083000Z")
        assert override["RECURRENCE-ID"] == "TZID=Europe/Berlin:20261201T100000"
        assert override["DTSTART"] == "TZID=Europe/Berlin:20261202T100000"
        assert (override["SEQUENCE"], override["DTSTAMP"]) == ("1", "20261124T083000Z")
        assert "RRULE" not in override


def test_a_longer_meeting_is_an_override() -> None:
    """An hour instead of half of one counts as changed."""
    result, _ = export(MEMORY, evidence(None, [occurrence(8, lasts=timedelta(hours=1))]))
    assert events(result.files[ANNS])[1]["DTEND"] == "TZID=Europe/Berlin:20261201T110000"


def test_a_cancelled_meeting_is_kept_as_cancelled() -> None:
    """In a person's file it stands as CANCELLED; an invitation may not hold that and leaves the date out."""
    _, memory = export(MEMORY, evidence())
    result, _ = export(memory, evidence(None, [occurrence(8, status=CANCELLED, moved_by=DAY)]), LATER)
    _, override = events(result.files[ANNS])
    assert (override["STATUS"], override["DTSTART"]) == ("CANCELLED", "TZID=Europe/Berlin:20261201T100000")
    (request,) = events(result.files[ANN_BO])
    assert request["EXDATE"] == "TZID=Europe/Berlin:20261201T100000"
    assert (request["SEQUENCE"], request["DTSTAMP"]) == ("1", "20261124T083000Z")


def test_a_meeting_that_was_put_back_is_said_to_be_back() -> None:
    """Who imported the cancelled or moved meeting gets it at its old time under a higher SEQUENCE."""
    _, memory = export(MEMORY, evidence(None, [occurrence(8, status=CANCELLED), occurrence(9, moved_by=DAY)]))
    result, memory = export(memory, evidence(None, [occurrence(8), occurrence(9)]), LATER)
    series, *overrides = events(result.files[ANN_BO])
    assert "EXDATE" not in series
    assert series["SEQUENCE"] == "1"
    assert [each["DTSTART"][-15:] for each in overrides] == ["20261201T100000", "20261208T100000"]
    assert {(each["STATUS"], each["SEQUENCE"]) for each in overrides} == {("CONFIRMED", "1")}
    again, _ = export(memory, evidence(None, [occurrence(8), occurrence(9)]), LATER + DAY)
    assert again == result


def test_what_leaves_the_window_changes_nothing_else() -> None:
    """An override that is too old to be read drops out; no other SEQUENCE or DTSTAMP moves, and it is not forgotten."""
    both = [occurrence(0, moved_by=DAY), occurrence(1, status=CANCELLED), occurrence(8, moved_by=DAY)]
    first, memory = export(MEMORY, evidence(None, both))
    second, after = export(memory, evidence(None, both[2:]), LATER)
    before = {each.get("RECURRENCE-ID"): each for each in events(first.files[ANNS])}
    now = {each.get("RECURRENCE-ID"): each for each in events(second.files[ANNS])}
    assert len(now) == 2
    assert all(before[key] == event for key, event in now.items())
    assert after == memory


def test_an_answer_renews_the_stamp_alone() -> None:
    """SEQUENCE is for what takes place (RFC 5545, 3.8.7.4); that Bo accepted is told by DTSTAMP."""
    _, memory = export(MEMORY, evidence())
    accepted = reading(BO.email, [standing(attendees=(*standing().attendees[:1], *_bo(Answer.ACCEPTED)))])
    (event,) = events(export(memory, evidence(reports=accepted), LATER)[0].files[ANNS])
    assert "PARTSTAT=ACCEPTED" in event["ATTENDEE bo"]
    assert (event["SEQUENCE"], event["DTSTAMP"]) == ("0", "20261124T083000Z")


def _bo(answer: Answer) -> tuple[object, ...]:
    return tuple(guest for guest in occurrence(0, answer=answer).attendees if guest.email == BO.email)


def test_an_answer_to_one_meeting_is_an_override() -> None:
    """Bo declined a single date, in the organizer's copy or in their own."""
    declined = occurrence(8, answer=Answer.DECLINED)
    for seen in (
        evidence(None, [declined]),
        evidence(None, [occurrence(8)], reports=reading(BO.email, [standing()], [declined])),
    ):
        _, override = events(export(MEMORY, seen)[0].files[ANNS])
        assert "PARTSTAT=DECLINED" in override["ATTENDEE bo"]


def test_the_calendars_own_sequence_is_never_undercut() -> None:
    """What the calendar has counted to is where the export starts, and where it catches up to."""
    _, memory = export(MEMORY, evidence(standing(sequence=3)))
    assert {row.sequence for row in memory.exported} == {3}
    (event,) = events(export(memory, evidence(standing(sequence=5)), LATER)[0].files[ANNS])
    assert (event["SEQUENCE"], event["DTSTAMP"]) == ("5", "20261124T083000Z")


def test_a_clock_that_went_back_does_not_take_the_stamp_along() -> None:
    """DTSTAMP never gets older."""
    _, memory = export(MEMORY, evidence())
    result, _ = export(memory, evidence(standing(sequence=1)), NOW - DAY)
    assert events(result.files[ANNS])[0]["DTSTAMP"] == "20261123T083000Z"


def test_an_ended_series_says_until_when() -> None:
    """UNTIL is in UTC and before the end; what was moved beyond it is called off where it was taken in."""
    _, memory = export(MEMORY, evidence(None, [occurrence(6, moved_by=DAY), occurrence(8, moved_by=DAY)]))
    memory = replace(memory, series=(made(state=SeriesState.ENDED, ended_at=week(7)),))
    seen = evidence(
        standing(rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20261117T090000Z"), [occurrence(6, moved_by=DAY)]
    )
    result, memory = export(memory, seen, LATER)
    series, kept, gone = events(result.files[BOS])
    assert series["RRULE"] == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20261124T085959Z"
    assert (series["STATUS"], series["SEQUENCE"]) == ("CONFIRMED", "1")
    assert (kept["STATUS"], kept["DTSTART"][-15:]) == ("CONFIRMED", "20261118T100000")
    assert (gone["STATUS"], gone["DTSTART"][-15:]) == ("CANCELLED", "20261201T100000")
    assert b"METHOD:REQUEST" in result.files[ANN_BO]
    assert export(memory, seen, LATER + DAY)[0] == result


def test_an_end_is_the_same_once_the_calendar_shows_it() -> None:
    """The run that ends a series has read the calendar before; the next one finds the calendar's own UNTIL."""
    _, memory = export(MEMORY, evidence())
    memory = replace(memory, series=(made(state=SeriesState.ENDED, ended_at=week(7)),))
    first, memory = export(memory, evidence(), LATER)
    ended = standing(rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20261117T090000Z", sequence=1)
    assert export(memory, evidence(ended), LATER + DAY)[0] == first


@pytest.mark.parametrize(
    "changes",
    [
        {"state": SeriesState.REFUSED, "refused_at": NOW},
        {"state": SeriesState.ENDED, "refused_at": NOW, "ended_at": week(7)},
        {"state": SeriesState.ENDED, "ended_at": START},
        {"state": SeriesState.ENDING, "ended_at": START - DAY},
        {"state": SeriesState.ENDED},
    ],
)
def test_a_series_that_never_takes_place_is_cancelled(changes: dict[str, object]) -> None:
    """Refused, or ended before it began: CANCELLED is kept in people's files, and the pair's file calls it off."""
    _, memory = export(MEMORY, evidence(None, [occurrence(8, moved_by=DAY)]))
    memory = replace(memory, series=(made(**changes),))
    result, memory = export(memory, evidence(), LATER)
    series, override = events(result.files[ANNS])
    assert (series["STATUS"], series["SEQUENCE"]) == ("CANCELLED", "1")
    assert series["RRULE"] == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    assert override["STATUS"] == "CANCELLED"
    assert b"METHOD:CANCEL" in result.files[ANN_BO]
    assert len(events(result.files[ANN_BO])) == 1
    assert export(memory, evidence(), LATER + DAY)[0] == result


def test_a_series_that_a_person_cancelled_is_cancelled() -> None:
    """The organizer's calendar has the last word."""
    result, _ = export(MEMORY, evidence(standing(status=CANCELLED)))
    assert events(result.files[ANNS])[0]["STATUS"] == "CANCELLED"


def test_a_series_that_was_only_begun_is_not_exported() -> None:
    """Nobody is told of what the next run has yet to finish."""
    result, _ = export(Memory(series=(made(state=SeriesState.BEGUN),)), evidence())
    assert (result.files, result.remembered) == ({}, ())


def test_an_unreadable_calendar_keeps_the_files_of_last_time() -> None:
    """Moves and answers are unknown: no file that needs the calendar is written, nothing is forgotten."""
    _, memory = export(MEMORY, evidence(None, [occurrence(8, moved_by=DAY)]))
    result, after = export(memory, UNREADABLE, LATER)
    assert (result.files, result.kept) == ({}, (ANN_BO, ANNS, BOS))
    assert after == memory


def test_an_unreadable_calendar_keeps_nobody_from_a_first_file() -> None:
    """What was never exported is written from memory."""
    result, _ = export(MEMORY, UNREADABLE)
    assert list(result.files) == [ANN_BO, ANNS, BOS]


def test_somebody_who_left_the_roster_still_has_their_file() -> None:
    """Their name is not known any more; the end of the series still reaches the other one."""
    _, memory = export(MEMORY, evidence())
    memory = replace(memory, series=(made(state=SeriesState.ENDED, ended_at=week(7)),))
    result, _ = export(memory, Evidence({BO.email: reading(BO.email)}, {}), LATER, Roster({BO.email: BO}))
    (event,) = events(result.files[BOS])
    assert event["ORGANIZER"] == "mailto:ann@example.org"
    assert "UNTIL" in event["RRULE"]
    assert ANNS in result.files


def test_a_newer_series_of_a_pair_has_the_plain_name() -> None:
    """An invitation speaks of one UID: an earlier generation keeps a file of its own."""
    old = made(state=SeriesState.ENDED, ended_at=week(3))
    new = made(uid="ann-bo-1@onetoone", generation=1, start=week(4))
    result, _ = export(Memory(series=(new, old)), evidence())
    assert b"UID:ann-bo-1@onetoone" in result.files[ANN_BO]
    assert b"UID:ann-bo-0@onetoone" in result.files["pairs/ann@example.org--bo@example.org.0.ics"]
    assert [each["UID"] for each in events(result.files[ANNS])] == ["ann-bo-0@onetoone", "ann-bo-1@onetoone"]


def test_an_old_address_means_the_same_person() -> None:
    """A series made under an alias is exported under the main address."""
    roster = Roster({**ROSTER.people, BO.email: replace(BO, aliases=frozenset({"robert@example.org"}))})
    result, _ = export(Memory(series=(made(report="robert@example.org"),)), evidence(), roster=roster)
    assert BOS in result.files
    assert events(result.files[BOS])[0]["ATTENDEE bo"].endswith("CN=Bo Baker:mailto:bo@example.org")


def test_nothing_made_is_nothing_exported() -> None:
    """An empty memory gives no files."""
    result, _ = export(Memory(), evidence())
    assert (result.files, result.remembered, result.kept) == ({}, (), ())


def test_files_are_chosen_by_manager_and_by_person() -> None:
    """A manager: theirs, their reports', the pairs'. A person: theirs and their pairs'."""
    memory = Memory(
        series=(
            made(),
            made(uid="ann-cy", report=CY.email),
            made(uid="bo-cy", manager=BO.email, report=CY.email),
        ),
    )
    series = exported_series(memory, ROSTER, evidence())
    everything = frozenset(build_export(series, memory, NOW).files)
    assert names_about(series) == everything
    assert names_about(series, manager=BO.email) == {
        BOS,
        "people/cy@example.org.ics",
        _pair(BO.email, CY.email),
    }
    assert names_about(series, person=BO.email) == {BOS, ANN_BO, _pair(BO.email, CY.email)}
    assert names_about(series, manager=ANN.email, person=BO.email) == {BOS, ANN_BO}
    assert names_about(series, manager="nobody@example.org") == frozenset()


def _pair(manager: str, report: str) -> str:
    return f"pairs/{manager}--{report}.ics"


def test_a_stop_between_memory_and_files_costs_nothing() -> None:
    """Saved rows without files: the next export writes the very bytes that were lost."""
    lost, memory = export(MEMORY, evidence(None, [occurrence(8, moved_by=DAY)]))
    assert all(row.stamped == NOW.astimezone(UTC) for row in memory.exported)
    assert export(memory, evidence(None, [occurrence(8, moved_by=DAY)]), LATER)[0].files == lost.files
