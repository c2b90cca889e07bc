"""Which copy of a meeting is believed about what, and who called it off."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.cadence.results import MeetingOutcome
from scheduler.meetings import (
    Answer,
    Attendee,
    CalendarReading,
    EventStatus,
    Evidence,
    Series,
)
from scheduler.timespans import Span
from tests.unit.cadence_builders import (
    ALWAYS,
    CANCELLED,
    DECLINED,
    HELD,
    MOVED,
    NOW,
    PLANNED,
    TOMORROW,
    YESTERDAY,
    at,
    evidence,
    found,
    guests,
    left_out,
    meeting,
    outcomes,
    reading,
    series,
)


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


def test_the_manager_s_calendar_alone_may_have_been_read() -> None:
    """Recognition works with what there is."""
    only = Evidence({"ann@x.org": reading("ann@x.org", meeting(YESTERDAY, uid="s", in_series=True))}, {})
    assert outcomes(only) == [(HELD, None)]
