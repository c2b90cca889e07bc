"""What one event of Google's says beside its times: who is in it, to which series it belongs, and whether it is ours."""

from typing import Any

import pytest

from scheduler.calendars.google.event import GoogleEvent
from scheduler.meetings import Attendee, CalendarReading
from tests.fake_google.calls import Json
from tests.unit.calendars_builders import only, starts
from tests.unit.google_event_builders import (
    ANA,
    ANA_HERSELF,
    BO,
    changed,
    days,
    event,
    gone,
    month,
    on,
    read,
    weekly,
)

DECEMBER = month(2026, 12)
ENDED = "FREQ=WEEKLY;UNTIL=20261207T225959Z"
SPLIT = "meeting_R20261208T090000"
SPLIT_AGAIN = "meeting_R20261222T100000"


def december(*bodies: Json) -> CalendarReading:
    """Return the reading of these events in December 2026."""
    return read(*bodies, window=DECEMBER)


def second_part(**more: Any) -> Json:  # noqa: ANN401 - an event's JSON
    """Return what a series goes on as from 8 December on, an hour later, as a person wished."""
    return weekly("2026-12-08 11:00", id=SPLIT, **more)


def test_the_owner_is_in_it_under_the_main_address_whichever_alias_was_invited() -> None:
    """Google says which guest is oneself."""
    alias = {"email": "a.n.a@example.com", "self": True}
    found = only(december(event("2026-12-01 10:00", organizer=alias, attendees=[alias, BO])))
    assert found.organizer == ANA.email
    assert [guest.email for guest in found.attendees] == [ANA.email, BO["email"]]


def test_others_are_in_it_under_the_address_that_was_invited_in_lower_case() -> None:
    """Whose it is the roster knows."""
    guests = [{"email": "Bo.Berg@Example.com"}]
    found = only(december(event("2026-12-01 10:00", organizer={"email": "Bo@Example.com"}, attendees=guests)))
    assert found.organizer == "bo@example.com"
    assert found.attendees == (Attendee("bo.berg@example.com"),)


@pytest.mark.parametrize(
    "room",
    [
        {"email": "c_18@resource.calendar.google.com", "resource": True},
        {"email": "c_18@resource.calendar.google.com"},
        {"email": "room-4@example.com", "resource": True},
    ],
)
def test_a_room_is_nobody(room: Json) -> None:
    """By what Google calls it, or by its address."""
    found = only(december(event("2026-12-01 10:00", attendees=[ANA_HERSELF, BO, room])))
    assert [guest.email for guest in found.attendees if guest.is_room] == [room["email"]]


def test_many_rooms_do_not_make_a_meeting_of_many() -> None:
    """Two people in three rooms are two people."""
    rooms = [{"email": f"c_{n}@resource.calendar.google.com"} for n in range(3)]
    assert not GoogleEvent(event(attendees=[ANA_HERSELF, BO, *rooms]), ANA.email).is_of_many
    four = [ANA_HERSELF, BO, {"email": "cy@example.com"}, {"email": "di@example.com"}]
    assert GoogleEvent(event(attendees=four), ANA.email).is_of_many


@pytest.mark.parametrize(
    ("told", "incomplete"),
    [
        ({}, False),
        ({"attendeesOmitted": True}, True),
        ({"attendees": [ANA_HERSELF, {"displayName": "somebody"}]}, True),
        ({"attendees": [ANA_HERSELF, BO, {"resource": True}]}, False),
    ],
)
def test_guests_that_are_not_told_make_the_list_incomplete(told: Json, *, incomplete: bool) -> None:
    """Hidden ones, and somebody without an address; a room without one is still a room."""
    assert only(december(event("2026-12-01 10:00", **told))).incomplete_guests is incomplete


def test_an_event_of_which_only_the_time_may_be_seen_is_time_that_is_taken() -> None:
    """What is private in a calendar that was shared comes without anybody in it."""
    shown = {name: event("2026-12-01 10:00")[name] for name in ("id", "status", "start", "end")}
    found = only(december(shown | {"visibility": "private"}))
    assert (found.organizer, found.attendees) == (None, ())


def test_an_event_of_another_program_keeps_that_programs_uid() -> None:
    """By which the copies in other calendars are known."""
    assert only(december(event("2026-12-01 10:00", iCalUID="040000008200E0@outlook"))).uid == (
        "040000008200E0@outlook"
    )


def test_our_series_is_known_by_its_id_in_every_calendar_and_by_its_mark_in_the_organizers() -> None:
    """A guest's copy does not show what the organizer's program keeps with it."""
    mark = {"private": {"onetoone": "ana|bo|1", "other": "x"}}
    ours = event("2026-12-01 10:00", id="onetoone4f", extendedProperties=mark)
    assert (only(december(ours)).uid, only(december(ours)).mark) == ("onetoone4f", "ana|bo|1")
    copy = {name: told for name, told in ours.items() if name != "extendedProperties"}
    assert (only(december(copy)).uid, only(december(copy)).mark) == ("onetoone4f", None)


def test_a_date_of_our_series_is_ours_though_only_the_series_bears_the_mark() -> None:
    """The exception has the properties of its own."""
    mark = {"private": {"onetoone": "ana|bo|1"}}
    series = weekly("2026-12-01 10:00", id="onetoone4f", extendedProperties=mark)
    found = december(series, changed("2026-12-08 10:00", "2026-12-09 10:00", series="onetoone4f"))
    assert {each.mark for each in found.occurrences} == {"ana|bo|1"}


def test_a_series_that_was_split_is_one_and_goes_on_as_its_last_part() -> None:
    """*This and following*, edited: the two have one UID, and the dates of both."""
    found = december(second_part(), weekly(rule=ENDED))
    assert starts(found) == [
        "2026-12-01 09:00",
        *(f"2026-12-{day:02} 10:00" for day in (8, 15, 22, 29)),
    ]
    assert {each.uid for each in found.occurrences} == {"meeting@google.com"}
    (series,) = found.series
    assert (series.uid, series.start.day, series.last_end) == ("meeting@google.com", 8, None)


def test_a_series_that_was_split_twice_is_one() -> None:
    """The second part too is named after the very first id."""
    middle = second_part(recurrence=["RRULE:FREQ=WEEKLY;UNTIL=20261221T225959Z"])
    found = december(weekly("2026-12-22 12:00", id=SPLIT_AGAIN), middle, weekly(rule=ENDED))
    assert len(starts(found)) == 5
    assert {each.uid for each in found.occurrences} == {"meeting@google.com"}
    assert [series.start.day for series in found.series] == [22]


def test_a_series_of_ours_that_a_person_split_is_still_ours() -> None:
    """The properties go along with the split; the UID is the id under which it was created."""
    mark = {"private": {"onetoone": "ana|bo|1"}}
    parts = (
        weekly(rule=ENDED, id="onetoone4f"),
        weekly("2026-12-08 11:00", id="onetoone4f_R20261208T090000"),
    )
    found = december(
        *(part | {"extendedProperties": mark, "iCalUID": f"{part['id']}@google.com"} for part in parts)
    )
    assert {(each.uid, each.mark) for each in found.occurrences} == {("onetoone4f", "ana|bo|1")}
    assert [series.uid for series in found.series] == ["onetoone4f"]


def test_a_series_of_days_that_was_split_is_one() -> None:
    """Its parts are named after days."""
    first = days("2026-11-02", "2026-11-03", recurrence=["RRULE:FREQ=WEEKLY;UNTIL=20261206"])
    then = days("2026-12-08", "2026-12-09", id="meeting_R20261208", recurrence=["RRULE:FREQ=WEEKLY"])
    found = december(first, then)
    assert {each.uid for each in found.occurrences} == {"meeting@google.com"}
    assert len(found.series) == 1


def test_a_changed_date_of_a_later_part_is_changed_there() -> None:
    """It is named after the first id, and belongs to the part."""
    moved = changed("2026-12-15 11:00", "2026-12-16 11:00", series=SPLIT)
    assert moved["id"] == "meeting_20261215T100000Z"
    found = december(weekly(rule=ENDED), second_part(), moved, gone("2026-12-22 11:00", series=SPLIT))
    assert starts(found) == ["2026-12-01 09:00", "2026-12-08 10:00", "2026-12-16 10:00", "2026-12-29 10:00"]


def test_guests_who_joined_with_the_split_are_in_the_later_part_alone() -> None:
    """A 1-2-1 that became a meeting of three."""
    three = [ANA_HERSELF, BO, {"email": "cy@example.com"}]
    found = december(weekly(rule=ENDED), second_part(attendees=three))
    assert [len(each.attendees) for each in found.occurrences] == [2, 3, 3, 3, 3]
    assert len(found.series[0].attendees) == 3


BROKEN = [
    weekly() | {"recurrence": ["RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY"]},
    weekly(rule="FREQ=MINUTELY"),
    weekly(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    weekly(rule="WEEKLY"),
    event("2026-12-01 10:00", minutes=-10),
    event("2026-12-01 10:00", start=on("2026-12-01")),
    event("2026-12-01 10:00", start={}),
    event("2026-12-01 10:00", start={"dateTime": "soon"}),
    event("2026-12-01 10:00", start={"dateTime": "0001-01-01T00:00:00+01:00"}),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_event_costs_itself_and_names_whom_it_concerns(broken: Json) -> None:
    """It may have been the very meeting that is looked for; the others are read."""
    found = december(broken, event("2026-12-02 10:00", id="whole"))
    assert starts(found) == ["2026-12-02 09:00"]
    (unread,) = found.unread
    assert unread.addresses == {"bo@example.com"}
    assert unread.problem.where == "the calendar of ana@example.com"
    assert "'meeting' can't be read: " in unread.problem.what


def test_what_is_broken_about_one_date_is_told_with_everybody_on_any_date() -> None:
    """The series is not read then, and whom any of its dates concerns is named."""
    broken = changed("2026-12-08 10:00", end={}, attendees=[{"email": "Cy@example.com"}])
    (unread,) = december(weekly(), broken).unread
    assert unread.addresses == {"bo@example.com", "cy@example.com"}
