"""What is a 1-2-1, what became of it, and what does not count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cadence.recognise import meetings_of
from scheduler.cadence.results import Meeting, MeetingOutcome, NotCounted
from scheduler.meetings import (
    Answer,
    Attendee,
    Busy,
    CalendarReading,
    EventStatus,
    Evidence,
    Occurrence,
    Series,
)
from scheduler.people import Pair
from scheduler.timespans import Span
from tests.unit.cadence_builders import (
    ALWAYS,
    BERLIN,
    NOW,
    PAIR,
    ROOM,
    ROSTER,
    all_day,
    at,
    changed,
    evidence,
    meeting,
    out_of_office,
    person,
    reading,
    roster_of,
)

HELD, PLANNED = MeetingOutcome.HELD, MeetingOutcome.PLANNED
CANCELLED, DECLINED, MOVED = MeetingOutcome.CANCELLED, MeetingOutcome.DECLINED, MeetingOutcome.MOVED
YESTERDAY, TOMORROW = at(-3), at(1)


def found(calendars: Evidence) -> tuple[Meeting, ...]:
    """Return the meetings of Ann and Bo."""
    return meetings_of(PAIR, calendars, ROSTER, NOW)[0]


def left_out(calendars: Evidence) -> tuple[NotCounted, ...]:
    """Return what has both in it and does not count; nothing else may count either."""
    meetings, others = meetings_of(PAIR, calendars, ROSTER, NOW)
    assert meetings == ()
    return others


def outcomes(calendars: Evidence) -> list[tuple[str, str | None]]:
    """Return what became of each meeting, and who called it off."""
    return [(m.outcome, m.by) for m in found(calendars)]


def guests(*addresses: str, answer: Answer = Answer.ACCEPTED) -> tuple[Attendee, ...]:
    """Return people who were invited."""
    return tuple(Attendee(address, answer) for address in addresses)


def series(start: datetime = YESTERDAY, rrule: str = "FREQ=WEEKLY") -> Series:
    """Return the series of which `meeting(..., uid='s', in_series=True)` is an occurrence."""
    return Series(uid="s", start=start, minutes=30, rrule=rrule)


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


def test_both_copies_are_one_meeting() -> None:
    """The same UID and original start in both calendars count once, whatever zone each is written in."""
    theirs = meeting(YESTERDAY.astimezone(ZoneInfo("Asia/Kolkata")), uid="one")
    assert outcomes(evidence([meeting(YESTERDAY, uid="one")], [theirs])) == [(HELD, None)]


@pytest.mark.parametrize("owner", ["ann", "bo"])
def test_a_meeting_in_one_calendar_counts(owner: str) -> None:
    """Where only one of the two calendars has it, that one counts."""
    one = [meeting(YESTERDAY)]
    assert outcomes(evidence(one if owner == "ann" else [], one if owner == "bo" else [])) == [(HELD, None)]


def test_copies_with_uids_of_their_own_count_once() -> None:
    """A tool that copies meetings into the other calendar under a new UID makes no second meeting."""
    copies = evidence([meeting(YESTERDAY, uid="a")], [meeting(YESTERDAY, uid="b")])
    assert outcomes(copies) == [(HELD, None)]


def test_a_decline_on_a_copy_with_a_uid_of_its_own_is_a_no() -> None:
    """Each calendar is the authority on its owner's answer, under whatever UID."""
    no = meeting(YESTERDAY, uid="b", attendees=guests("bo@x.org", answer=Answer.DECLINED))
    assert outcomes(evidence([meeting(YESTERDAY, uid="a")], [no])) == [(DECLINED, "bo@x.org")]


def test_one_that_was_put_back_at_the_same_time_counts() -> None:
    """A cancelled meeting and a new one in its place are one meeting, which stands."""
    gone = meeting(YESTERDAY, uid="a", status=EventStatus.CANCELLED)
    assert outcomes(evidence([gone, meeting(YESTERDAY, uid="b")])) == [(HELD, None)]


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


def test_the_organizers_copy_decides_on_the_guests() -> None:
    """A third person in the organizer's copy is in the meeting, also where the other copy is stale."""
    mine = meeting(YESTERDAY, uid="one", attendees=guests("bo@x.org", "cy@x.org"))
    theirs = meeting(YESTERDAY, uid="one")
    assert [other.why for other in left_out(evidence([mine], [theirs]))] == [
        "3 people are in it, not the two alone."
    ]


def test_somebody_who_was_taken_off_the_guest_list_is_not_in_it() -> None:
    """The stale copy in their own calendar does not make it a meeting of the two."""
    mine = meeting(TOMORROW, uid="one", attendees=guests("cy@x.org"))
    theirs = meeting(TOMORROW, uid="one", attendees=guests("bo@x.org", "ann@x.org"))
    (other,) = left_out(evidence([mine], [theirs]))
    assert other.why == "The copy of whoever arranged it no longer has both of them in it."


def test_the_organizers_copy_decides_on_time() -> None:
    """A copy that was moved by its attendee alone is still where the organizer has it."""
    theirs = replace(meeting(YESTERDAY, uid="one"), span=meeting(TOMORROW).span)
    (one,) = found(evidence([meeting(YESTERDAY, uid="one")], [theirs]))
    assert (one.outcome, one.span.start) == (HELD, YESTERDAY)


def test_the_reports_copy_decides_where_the_report_arranged_it() -> None:
    """The report is the organizer: their copy is believed on time."""
    mine = meeting(YESTERDAY, uid="one", organizer="bo@x.org", attendees=guests("ann@x.org"))
    theirs = replace(mine, span=meeting(TOMORROW).span, original_start=YESTERDAY)
    assert [(m.outcome, m.span.start) for m in found(evidence([mine], [theirs]))] == [
        (MOVED, YESTERDAY),
        (PLANNED, TOMORROW),
    ]


def test_a_stale_copy_of_a_single_event_that_was_moved_is_the_same_event() -> None:
    """A single event keeps its UID; the organizer's time counts and the old one does not."""
    (one,) = found(evidence([meeting(TOMORROW, uid="one")], [meeting(at(2), uid="one")]))
    assert (one.outcome, one.span.start) == (PLANNED, TOMORROW)


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


def test_the_organizer_cancels() -> None:
    """Cancelled in the organizer's copy, though the other's may still show it."""
    gone = meeting(YESTERDAY, uid="one", status=EventStatus.CANCELLED)
    (one,) = found(evidence([gone], [meeting(YESTERDAY, uid="one")]))
    assert (one.outcome, one.by) == (CANCELLED, "ann@x.org")
    assert one.why == "Only Ann and Bo were invited; Ann cancelled it."


def test_a_cancelled_copy_alone_was_cancelled_by_the_organizer() -> None:
    """The organizer's calendar forgot it; the attendee's remembers the cancellation."""
    gone = meeting(YESTERDAY, status=EventStatus.CANCELLED)
    assert outcomes(evidence([], [gone])) == [(CANCELLED, "ann@x.org")]


def test_a_meeting_that_an_outsider_arranged_and_cancelled_was_cancelled() -> None:
    """By neither of the two; no name is given."""
    gone = meeting(
        YESTERDAY,
        status=EventStatus.CANCELLED,
        organizer="pa@x.org",
        attendees=guests("ann@x.org", "bo@x.org"),
    )
    (one,) = found(evidence([gone]))
    assert (one.outcome, one.by) == (CANCELLED, None)
    assert one.why.endswith("it was cancelled.")


def test_an_attendee_who_takes_it_out_of_their_calendar_says_no() -> None:
    """A cancelled copy of the attendee's own, beside one that stands, is theirs: declined."""
    gone = meeting(YESTERDAY, uid="one", status=EventStatus.CANCELLED)
    (one,) = found(evidence([meeting(YESTERDAY, uid="one")], [gone]))
    assert (one.outcome, one.by) == (DECLINED, "bo@x.org")
    assert one.why == "Only Ann and Bo were invited; Bo took it out of their calendar."


def test_an_attendee_who_takes_one_date_out_of_the_series_says_no_to_it() -> None:
    """Their copy of the same series lacks the date (EXDATE)."""
    one = meeting(YESTERDAY, uid="s", in_series=True)
    calendars = {
        "ann@x.org": reading("ann@x.org", one, series=(series(),)),
        "bo@x.org": reading("bo@x.org", series=(series(),)),
    }
    assert outcomes(Evidence(calendars, {})) == [(DECLINED, "bo@x.org")]


@pytest.mark.parametrize(
    "theirs",
    [
        reading("bo@x.org", series=(series(rrule="FREQ=WEEKLY;COUNT=3"),)),
        reading("bo@x.org", series=(series(),), window=Span(NOW, ALWAYS.end)),
        reading("bo@x.org"),
    ],
)
def test_a_copy_that_is_stale_or_was_not_read_there_says_nothing(theirs: CalendarReading) -> None:
    """Only the same series with that one date missing is a no."""
    calendars = {
        "ann@x.org": reading("ann@x.org", meeting(YESTERDAY, uid="s"), series=(series(),)),
        "bo@x.org": theirs,
    }
    assert outcomes(Evidence(calendars, {})) == [(HELD, None)]


def stale_copy(organizers: Series) -> Evidence:
    """Return calendars in which only the attendee's copy of the series has tomorrow's date."""
    left = meeting(TOMORROW, uid="s", in_series=True)
    calendars = {
        "ann@x.org": reading("ann@x.org", series=(organizers,)),
        "bo@x.org": reading("bo@x.org", left, series=(series(),)),
    }
    return Evidence(calendars, {})


def test_an_organizer_who_takes_one_date_out_cancels_it() -> None:
    """The copy of it in the attendee's calendar is no meeting."""
    (one,) = found(stale_copy(series()))
    assert (one.outcome, one.by) == (CANCELLED, "ann@x.org")
    assert one.why.endswith("Ann took this date out of the series.")


def test_a_stale_copy_of_a_series_that_was_changed_or_ended_is_no_meeting() -> None:
    """Nobody cancelled that date; the organizer's series is elsewhere now."""
    for organizers in (series(rrule="FREQ=WEEKLY;COUNT=1"), series(start=YESTERDAY + timedelta(hours=1))):
        (other,) = left_out(stale_copy(organizers))
        assert other.why == "The series of whoever arranged it no longer has this date."


@pytest.mark.parametrize(
    ("mine", "theirs", "outcome"),
    [
        (Answer.DECLINED, Answer.ACCEPTED, HELD),
        (Answer.ACCEPTED, Answer.DECLINED, DECLINED),
        (Answer.DECLINED, Answer.NEEDS_ACTION, DECLINED),
        (Answer.NEEDS_ACTION, Answer.NEEDS_ACTION, HELD),
        (Answer.ACCEPTED, Answer.DELEGATED, DECLINED),
        (Answer.TENTATIVE, Answer.TENTATIVE, HELD),
    ],
)
def test_each_calendar_is_the_authority_on_its_owners_answer(
    mine: Answer,
    theirs: Answer,
    outcome: MeetingOutcome,
) -> None:
    """Bo's answer is the one in Bo's calendar; Ann's copy of it counts where Bo's holds none."""
    copies = [
        meeting(YESTERDAY, uid="one", attendees=guests("bo@x.org", answer=answer))
        for answer in (mine, theirs)
    ]
    (one,) = found(evidence([copies[0]], [copies[1]]))
    assert one.outcome is outcome
    assert one.by == ("bo@x.org" if outcome is DECLINED else None)


def test_the_more_willing_answer_counts_of_somebody_invited_twice() -> None:
    """Ann declined under one address and accepted under the other: she comes."""
    twice = (
        Attendee("ann@x.org", Answer.DECLINED),
        Attendee("A.Ode@x.org", Answer.ACCEPTED),
        *guests("bo@x.org"),
    )
    assert outcomes(evidence([meeting(YESTERDAY, attendees=twice)])) == [(HELD, None)]


def test_both_may_decline() -> None:
    """The first is named, and the sentence has both."""
    noes = guests("ann@x.org", "bo@x.org", answer=Answer.DECLINED)
    (one,) = found(evidence([meeting(YESTERDAY, attendees=noes)]))
    assert one.by == "ann@x.org"
    assert one.why.endswith("; Ann declined it and Bo declined it.")


def test_the_mark_and_the_series_are_those_of_any_copy() -> None:
    """A copy whose mark a vendor dropped is still of the series that we made."""
    copies = evidence(
        [meeting(YESTERDAY, uid="s", in_series=True)], [meeting(YESTERDAY, uid="s", mark="key")]
    )
    (one,) = found(copies)
    assert (one.mark, one.in_series) == ("key", True)


def test_what_one_calendar_holds_twice_counts_once() -> None:
    """The live copy outweighs the cancelled one."""
    twice = [meeting(YESTERDAY, uid="one"), meeting(YESTERDAY, uid="one", status=EventStatus.CANCELLED)]
    assert outcomes(evidence(twice, [])) == [(HELD, None)]


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


def test_an_absence_is_no_meeting() -> None:
    """An out-of-office event without guests is nobody's 1-2-1."""
    assert left_out(evidence([out_of_office(YESTERDAY, TOMORROW)])) == ()


def test_the_manager_s_calendar_alone_may_have_been_read() -> None:
    """Recognition works with what there is."""
    only = Evidence({"ann@x.org": reading("ann@x.org", meeting(YESTERDAY, uid="s", in_series=True))}, {})
    assert outcomes(only) == [(HELD, None)]
