"""What is a 1-2-1, what became of it, and what does not count."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cadence.recognise import meetings_of
from scheduler.cadence.results import MeetingOutcome, NotCounted
from scheduler.meetings import (
    Busy,
    EventStatus,
    Occurrence,
)
from scheduler.people import Pair
from scheduler.timespans import Span
from tests.unit.cadence_builders import (
    BERLIN,
    CANCELLED,
    HELD,
    MOVED,
    NOW,
    PAIR,
    PLANNED,
    ROOM,
    ROSTER,
    TOMORROW,
    YESTERDAY,
    all_day,
    at,
    changed,
    evidence,
    found,
    guests,
    left_out,
    meeting,
    out_of_office,
    outcomes,
    person,
    roster_of,
)


def test_a_meeting_that_has_ended_and_nobody_declined_was_held() -> None:
    """Ended, not cancelled, neither declined: held, and the reason says so."""
    (held,) = found(evidence([meeting(YESTERDAY, attendees=(*guests("bo@x.org"), ROOM))]))
    assert held.outcome is HELD
    assert held.why == "Only Ann and Bo were invited (the room aside); it has ended and neither declined."


def test_a_meeting_to_come_is_planned() -> None:
    """What has not begun is planned."""
    (planned,) = found(evidence([meeting(TOMORROW)]))
    assert planned.outcome is PLANNED
    assert planned.why == "Only Ann and Bo are invited; it has not ended yet and neither has declined."


@pytest.mark.parametrize(("minutes", "outcome"), [(-30, HELD), (-29, PLANNED), (0, PLANNED), (1, PLANNED)])
def test_a_meeting_is_held_from_the_moment_it_ends(minutes: int, outcome: MeetingOutcome) -> None:
    """One that is running now is planned; ranges are half-open, so at its end it has ended."""
    assert outcomes(evidence([meeting(NOW + timedelta(minutes=minutes))])) == [(outcome, None)]


def test_two_meetings_at_different_times_are_two() -> None:
    """Even where they overlap; coverage counts the day once."""
    two = evidence([meeting(YESTERDAY, uid="a"), meeting(YESTERDAY + timedelta(minutes=15), uid="b")])
    assert outcomes(two) == [(HELD, None), (HELD, None)]


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        ({"organizer": None, "attendees": guests("ann@x.org", "bo@x.org")}, "both are on the guest list"),
        ({"organizer": None, "attendees": guests("bo@x.org")}, "the owner takes part in what has guests"),
        ({"organizer": "bo@x.org", "attendees": guests("ann@x.org")}, "the report may arrange it"),
        ({"organizer": "A.Ode@x.org", "attendees": guests("bo@x.org")}, "an alias is the person"),
        ({"organizer": "pa@x.org", "attendees": guests("ann@x.org", "bo@x.org")}, "an assistant arranged it"),
        ({"organizer": "ROOM-4@x.org", "attendees": (*guests("bo@x.org"), ROOM)}, "a room arranges nothing"),
        ({"attendees": guests("ann@x.org", "a.ode@x.org", "bo@x.org")}, "one person under two addresses"),
        ({"busy": Busy.FREE}, "it shows as free"),
        ({"busy": Busy.OUT_OF_OFFICE}, "they walk outside"),
        ({"status": EventStatus.TENTATIVE}, "it is pencilled in"),
        ({"span": meeting(YESTERDAY, minutes=5).span}, "it is short"),
    ],
)
def test_a_meeting_of_the_two_alone_is_a_one_to_one(details: dict[str, object], reason: str) -> None:
    """By address with aliases, rooms left out, whoever arranged it, however it shows."""
    one = changed(meeting(YESTERDAY), details)
    assert outcomes(evidence([one], [])) == [(HELD, None)], reason


@pytest.mark.parametrize(
    ("occurrence", "why"),
    [
        (
            all_day(YESTERDAY.date(), attendees=guests("bo@x.org", "ann@x.org")),
            "It lasts all day; a 1-2-1 has a time.",
        ),
        (
            meeting(YESTERDAY, attendees=guests("bo@x.org", "cy@x.org")),
            "3 people are in it, not the two alone.",
        ),
        (
            meeting(YESTERDAY, organizer="cy@x.org", attendees=guests("cy@x.org", "bo@x.org", "ann@x.org")),
            "3 people are in it, not the two alone.",
        ),
        (
            meeting(YESTERDAY, organizer="out@y.org", attendees=guests("bo@x.org")),
            "3 people are in it, not the two alone.",
        ),
        (
            meeting(YESTERDAY, incomplete_guests=True),
            "The calendar does not show all of its guests, so it may not be the two alone.",
        ),
        (meeting(YESTERDAY, minutes=0), "It has no length; it ends when it starts."),
        (meeting(YESTERDAY, minutes=24 * 60), "It lasts a day or longer; a 1-2-1 is shorter."),
    ],
)
def test_what_has_both_in_it_and_is_no_one_to_one_says_why(occurrence: Occurrence, why: str) -> None:
    """In one sentence, with the number of people but not their names."""
    assert left_out(evidence([occurrence], [])) == (NotCounted(occurrence.span, why),)


@pytest.mark.parametrize(
    "details",
    [
        {"attendees": ()},
        {"attendees": (ROOM,)},
        {"attendees": guests("cy@x.org")},
        {"attendees": guests("cy@x.org", "bo@x.org"), "status": EventStatus.CANCELLED},
    ],
)
def test_what_is_not_theirs_is_not_spoken_of(details: dict[str, object]) -> None:
    """Solo events, meetings with others, and cancelled ones that would not have counted."""
    assert left_out(evidence([changed(meeting(YESTERDAY), details)], [])) == ()


def test_a_moved_meeting_stands_twice() -> None:
    """Once where the series had put it, as moved; once where it went, as what it is there."""
    moved = meeting(TOMORROW, uid="s", in_series=True, original_start=YESTERDAY)
    one, other = found(evidence([moved]))
    assert (one.outcome, one.span) == (MOVED, Span(YESTERDAY, YESTERDAY + timedelta(minutes=30)))
    assert one.why == "The series had put it here; it was moved to Tue 24 Nov 10:00."
    assert (other.outcome, other.span.start) == (PLANNED, TOMORROW)
    assert one.original_start == other.original_start == YESTERDAY


def test_a_meeting_that_was_moved_and_then_cancelled_is_both() -> None:
    """It is moved where it was and cancelled where it went."""
    gone = meeting(TOMORROW, uid="s", original_start=YESTERDAY, status=EventStatus.CANCELLED)
    assert outcomes(evidence([gone])) == [(MOVED, None), (CANCELLED, "ann@x.org")]


def test_two_with_the_same_name_are_told_apart() -> None:
    """By whole name where the given names are alike, by address where those are too."""
    for name, called in (("Bo Lee", "Only Bo Ode and Bo Lee"), ("Bo Ode", "Only ann@x.org and bo@x.org")):
        pair = Pair(person("ann@x.org", "Bo Ode"), person("bo@x.org", name, "ann@x.org"))
        ((one,), _) = meetings_of(pair, evidence([meeting(YESTERDAY)]), roster_of(pair), NOW)
        assert one.why.startswith(called)


def test_they_come_in_order_of_time() -> None:
    """Also across zones, and in the hour that a clock shows twice."""
    autumn = [
        datetime(2026, 10, 25, 0, 45, tzinfo=UTC).astimezone(BERLIN),
        datetime(2026, 10, 25, 1, 15, tzinfo=UTC).astimezone(BERLIN),
    ]
    calendars = evidence([meeting(TOMORROW), meeting(autumn[1]), meeting(YESTERDAY), meeting(autumn[0])])
    assert [m.span.start for m in found(calendars)] == [*autumn, YESTERDAY, TOMORROW]


def test_an_absence_is_no_meeting() -> None:
    """An out-of-office event without guests is nobody's 1-2-1."""
    assert left_out(evidence([out_of_office(YESTERDAY, TOMORROW)])) == ()


MEETINGS = st.lists(
    st.builds(
        lambda day, uid, organizer, names, status: meeting(
            at(day), uid=uid, organizer=organizer, status=status, attendees=guests(*names)
        ),
        st.integers(-20, 20),
        st.sampled_from("abcde"),
        st.sampled_from(["ann@x.org", "bo@x.org", "cy@x.org", "out@y.org", None]),
        st.lists(st.sampled_from(["ann@x.org", "bo@x.org", "cy@x.org", "out@y.org"]), unique=True),
        st.sampled_from(EventStatus),
    ),
    max_size=12,
    unique_by=lambda occurrence: (occurrence.uid, occurrence.span.start),
)


@settings(max_examples=60, deadline=None)
@given(MEETINGS, MEETINGS, st.randoms(use_true_random=False))
def test_the_order_of_events_in_a_calendar_says_nothing(
    mine: list[Occurrence],
    theirs: list[Occurrence],
    random: Random,
) -> None:
    """Shuffled calendars have the same meetings in them."""
    before = meetings_of(PAIR, evidence(mine, theirs), ROSTER, NOW)
    random.shuffle(mine)
    assert meetings_of(PAIR, evidence(reversed(mine), theirs[::-1]), ROSTER, NOW) == before


@settings(max_examples=60, deadline=None)
@given(MEETINGS)
def test_at_most_one_meeting_stands_at_a_time_and_each_says_why(mine: list[Occurrence]) -> None:
    """No stretch of time counts twice, and every entry has its sentence."""
    meetings, others = meetings_of(PAIR, evidence(mine), ROSTER, NOW)
    spans = [m.span for m in meetings if m.outcome is not MOVED]
    assert len(spans) == len(set(spans))
    assert all(why.endswith(".") for why in (*(m.why for m in meetings), *(o.why for o in others)))
    assert all((m.by is None) == (m.outcome in {HELD, PLANNED, MOVED}) or m.by is None for m in meetings)
