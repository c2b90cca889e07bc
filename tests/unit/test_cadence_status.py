"""The statuses of a pair that is to meet: unscheduled, overdue, at risk, on track, each with its reasons."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.cadence.coverage import check
from scheduler.cadence.results import MeetingOutcome, PairStatus
from scheduler.meetings import (
    Answer,
    Attendee,
    EventStatus,
)
from scheduler.memory import Memory, PairSeen
from tests.unit.cadence_builders import (
    AT_RISK,
    BERLIN,
    FINE,
    NOW,
    ON_TRACK,
    OVERDUE,
    PAIR,
    ROSTER,
    UNSCHEDULED,
    all_day,
    at,
    changed,
    checked,
    every_days,
    evidence,
    meeting,
    pair_of,
    seen,
    settings,
    status,
)


def test_a_series_that_keeps_to_its_cadence_is_on_track() -> None:
    """Every number and sentence of a pair about whom there is nothing to say."""
    found = checked(evidence(FINE))
    assert found.status is ON_TRACK
    assert found.reasons == ("Last met 12 days ago, next on Tue 24 Nov; every 2 weeks.",)
    assert (found.suggestions, found.pause) == ((), None)
    assert (found.last_held, found.next_planned) == (at(-13, 11), at(1, 11))
    assert (found.days_since, found.expected, found.held, found.coverage) == (12, 6, 6, 1.0)
    assert found.longest_gap_days == 14
    assert found.days_overdue == pytest.approx(12 + 23 / 24 - 21)
    assert [m.outcome for m in found.meetings] == [MeetingOutcome.HELD] * 6 + [MeetingOutcome.PLANNED] * 6
    assert (found.minutes, str(found.cadence), found.cadence_why[:13]) == (30, "2 weeks", "Every 2 weeks")


def test_nothing_planned_is_unscheduled() -> None:
    """However lately they met."""
    found = checked(evidence([meeting(at(-5))]))
    assert found.status is UNSCHEDULED
    assert found.reasons == (
        "Nothing is planned up to Mon 15 Feb; every 2 weeks is the cadence.",
        "Last met 5 days ago.",
    )
    assert (found.next_planned, found.days_since) == (None, 5)


def test_a_pair_that_never_met_says_so() -> None:
    """With where the counting begins."""
    assert checked(evidence()).reasons[1] == (
        "No 1-2-1 found since Mon 31 Aug; 63 days past the limit of 21 days (every 2 weeks and 50% over)."
    )
    began = checked(evidence(), pair=pair_of(report={"start_date": date(2026, 11, 2)}))
    assert began.reasons[1].startswith(
        "Not met yet since they became a pair on Mon 2 Nov; less than a day past"
    )


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        ({"status": EventStatus.CANCELLED}, "The one on Tue 24 Nov was cancelled by Ann."),
        (
            {"attendees": (Attendee("bo@x.org", Answer.DECLINED),)},
            "The one on Tue 24 Nov was declined by Bo.",
        ),
        (
            {
                "status": EventStatus.CANCELLED,
                "organizer": "pa@x.org",
                "attendees": (Attendee("ann@x.org"), Attendee("bo@x.org")),
            },
            "The one on Tue 24 Nov was cancelled.",
        ),
    ],
)
def test_one_that_was_called_off_plans_nothing_and_is_spoken_of(
    details: dict[str, object], reason: str
) -> None:
    """Cancelled or declined ahead: unscheduled, and by whom."""
    found = checked(evidence([meeting(at(-5)), changed(meeting(at(1)), details)]))
    assert found.status is UNSCHEDULED
    assert found.reasons[2] == reason


@pytest.mark.parametrize(("days", "expected"), [(83, AT_RISK), (84, UNSCHEDULED)])
def test_only_the_look_ahead_is_looked_at(days: int, expected: PairStatus) -> None:
    """Half-open: what starts at its end is outside of it."""
    assert status(meeting(at(-5)), meeting(at(days))) is expected


def test_a_quarterly_pair_is_looked_at_for_longer_than_the_window() -> None:
    """12 weeks without a meeting are no gap in a quarterly cadence."""
    found = checked(evidence([meeting(at(-30)), meeting(at(88))]), every="1 quarter")
    assert found.status is ON_TRACK
    assert (found.expected, found.held, found.coverage) == (1, 1, 1.0)
    assert checked(evidence([meeting(at(100))]), every="1 quarter").status is OVERDUE


def test_one_that_is_running_now_is_planned() -> None:
    """Not unscheduled; the series runs out with it."""
    found = checked(evidence([meeting(at(-10)), meeting(at(0, 9, 45))]))
    assert found.status is AT_RISK
    assert found.next_planned == at(0, 9, 45)
    assert (
        checked(evidence([*FINE, meeting(at(0, 9, 45))]))
        .reasons[0]
        .startswith("Last met 12 days ago, next is running now")
    )


@pytest.mark.parametrize(("minute", "expected"), [(0, ON_TRACK), (-1, OVERDUE)])
def test_more_than_cadence_and_tolerance_is_overdue(minute: int, expected: PairStatus) -> None:
    """Two weeks and half as much again are 21 days to the minute; the limit itself is fine."""
    last = at(-21) + timedelta(minutes=minute)
    assert status(meeting(last), meeting(at(0)), *every_days(14, 13, 84)) is expected


def test_the_reasons_of_an_overdue_pair() -> None:
    """How long, how much too long, and what comes."""
    found = checked(evidence([meeting(at(-40)), *every_days(14, 1, 84)]))
    assert found.status is OVERDUE
    assert found.reasons == (
        "Last met 40 days ago; 19 days past the limit of 21 days (every 2 weeks and 50% over).",
        "Next on Tue 24 Nov.",
    )
    assert found.days_overdue == pytest.approx(19)


def test_leave_is_not_held_against_anyone() -> None:
    """26 days, but a week of them on leave; the numbers leave it out too."""
    leave = all_day(date(2026, 11, 2), date(2026, 11, 6))
    events = (meeting(at(-26)), *every_days(14, 1, 84))
    assert status(*events) is OVERDUE
    found = checked(evidence([*events, leave]))
    assert found.status is ON_TRACK
    assert (found.days_since, found.expected, found.longest_gap_days) == (26, 5, 58)
    late = checked(evidence([meeting(at(-40)), *every_days(14, 1, 84), leave]))
    assert late.reasons[0].startswith("Last met 40 days ago (7 days of it leave); 12 days past the limit")


def test_a_week_over_a_clock_change_is_seven_days() -> None:
    """Weekly at 10:00 in Berlin, also over the end of October, is 7 days and no hour more."""
    now = datetime(2026, 10, 29, 10, tzinfo=BERLIN)
    last = datetime(2026, 10, 22, 10, tzinfo=BERLIN)
    found = check(
        PAIR,
        evidence([meeting(last), *(meeting(last + timedelta(weeks=n)) for n in range(2, 14))]),
        ROSTER,
        settings("1 week", tolerance=0),
        Memory(),
        now,
    )
    assert (found.status, found.days_overdue, found.days_since) == (AT_RISK, 0.0, 7)


def test_expected_meetings_do_not_depend_on_the_clocks() -> None:
    """12 weeks are six times two weeks, in whatever zone `now` is given and the clocks have changed."""
    for zone in ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"):
        assert checked(evidence(), now=NOW.astimezone(ZoneInfo(zone))).expected == 6


def test_a_new_joiner_is_late_from_their_first_day_on() -> None:
    """Not from the start of the window; the later of both first days counts."""
    future = every_days(14, 1, 84)
    assert status(*future, pair=pair_of(report={"start_date": date(2026, 11, 9)})) is ON_TRACK
    both = pair_of(report={"start_date": date(2020, 1, 1)}, manager={"start_date": date(2026, 11, 9)})
    assert status(*future, pair=both) is ON_TRACK
    late = checked(evidence(future), pair=pair_of(report={"start_date": date(2026, 11, 1)}))
    assert late.status is OVERDUE
    assert late.reasons[0].startswith("Not met yet since they became a pair on Sun 1 Nov; 1 day past")
    assert (late.last_held, late.days_since, late.expected, late.coverage) == (None, None, 1, 0.0)


def test_a_report_who_changed_manager_is_late_from_then_on() -> None:
    """First seen as a pair after the memory began; a pair as old as the memory is not new."""
    future = every_days(14, 1, 84)
    assert status(*future, memory=seen(at(-200), at(-10))) is ON_TRACK
    assert status(*future, memory=seen(at(-200), at(-22))) is OVERDUE
    assert status(*future, memory=seen(at(-10), at(-10))) is OVERDUE
    assert status(*future, memory=replace(seen(at(-200), at(-10)), began=None)) is OVERDUE


def test_a_pair_that_nobody_has_noted_yet_is_new() -> None:
    """Before the first run notes it as well as after: it is not late for a time in which it was none."""
    future = every_days(14, 1, 84)
    others = Memory(began=at(-200), pairs_seen=(PairSeen("cy@x.org", "bo@x.org", at(-200)),))
    found = checked(evidence(future), memory=others)
    assert (found.status, found.expected) == (ON_TRACK, 0)
    assert status(*future, memory=Memory(began=at(-200))) is OVERDUE


def test_a_renamed_person_is_no_new_pair() -> None:
    """They were first seen under the address that is an alias now."""
    before = (PairSeen("a.ode@x.org", "bo@x.org", at(-200)), PairSeen("ann@x.org", "bo@x.org", at(-3)))
    found = checked(evidence(FINE), memory=Memory(began=at(-200), pairs_seen=before))
    assert (found.held, found.expected) == (6, 6)


def test_the_last_one_counts_though_it_lies_before_the_window() -> None:
    """What was read is wider than the look-back."""
    found = checked(evidence([meeting(at(-100)), *every_days(14, 1, 84)]))
    assert (found.status, found.days_since, found.held) == (OVERDUE, 100, 0)
    assert all(m.outcome is MeetingOutcome.PLANNED for m in found.meetings)


def test_a_series_of_ours_that_is_about_to_start_closes_the_gap() -> None:
    """At risk with a stated reason, not overdue, until its first meeting has come."""
    ours = every_days(14, 3, 84, mark="key")
    found = checked(evidence([meeting(at(-40)), *ours]))
    assert found.status is AT_RISK
    assert found.reasons == ("Last met 40 days ago; the new series starts on Thu 26 Nov.",)
    first = checked(evidence(ours))
    assert first.reasons == ("No 1-2-1 found since Mon 31 Aug; the new series starts on Thu 26 Nov.",)


def test_a_series_of_ours_whose_first_meeting_fell_through_closes_no_gap() -> None:
    """Else it would never be overdue again."""
    missed = every_days(14, -11, 84, mark="key", attendees=(Attendee("bo@x.org", Answer.DECLINED),))[:1]
    assert status(meeting(at(-40)), *missed, *every_days(14, 3, 84, mark="key")) is OVERDUE


def test_an_interval_ahead_that_is_too_long_is_a_risk() -> None:
    """Between two that are planned."""
    found = checked(evidence([*every_days(14, -13, 20), *every_days(14, 43, 84)]))
    assert found.status is AT_RISK
    assert found.reasons == (
        "The one on Tue 5 Jan comes 28 days after the one on Tue 8 Dec; at most 21 days (every 2 weeks and 50% over).",
    )


def test_the_interval_to_the_next_one_may_be_too_long() -> None:
    """From the last one held, or from the pair's start."""
    found = checked(evidence([meeting(at(-10)), *every_days(14, 13, 84)]))
    assert found.reasons[0].startswith(
        "The one on Sun 6 Dec comes 23 days after the last one, on Fri 13 Nov;"
    )
    new = checked(evidence(every_days(14, 13, 84)), pair=pair_of(report={"start_date": date(2026, 11, 9)}))
    assert new.status is AT_RISK
    assert new.reasons[0].startswith(
        "The one on Sun 6 Dec comes 27 days after they became a pair on Mon 9 Nov;"
    )


def test_leave_is_left_out_of_an_interval_ahead() -> None:
    """The weeks around Christmas, away; a longer one gives both counts."""
    events = (*every_days(14, -13, 20), *every_days(14, 43, 84))
    leave = all_day(date(2026, 12, 21), date(2027, 1, 1))
    assert status(*events, leave) is ON_TRACK
    longer = (*every_days(14, -13, 20), *every_days(14, 57, 84), leave)
    assert (
        checked(evidence(longer))
        .reasons[0]
        .startswith("The one on Tue 19 Jan comes 42 days (28 days without leave) after")
    )


def test_an_interval_that_is_too_long_by_an_hour_says_so() -> None:
    """It does not read as the limit itself."""
    found = checked(evidence([meeting(at(-5)), meeting(at(16, 11)), *every_days(14, 30, 84)]))
    assert found.reasons[0].startswith("The one on Wed 9 Dec comes a little over 21 days after the last one,")


def test_a_series_that_runs_out_is_a_risk() -> None:
    """Longer before the end of the look-ahead than the limit is."""
    found = checked(evidence(every_days(14, -13, 43)))
    assert found.status is AT_RISK
    assert found.reasons == ("What is planned runs out on Tue 5 Jan; nothing follows it up to Mon 15 Feb.",)


def test_nothing_is_asked_for_after_the_last_day() -> None:
    """A series that ends with the report's employment does not run out; the last day is told."""
    leaver = pair_of(report={"end_date": date(2027, 1, 8)})
    found = checked(evidence(every_days(14, -83, 43)), pair=leaver)
    assert found.status is ON_TRACK
    assert found.suggestions == ("Bo's last day is Fri 8 Jan.",)


def test_the_start_of_what_was_read_is_named_where_no_other_is() -> None:
    """A rare cadence, no meeting yet: the interval that is known of is too long already."""
    found = checked(evidence([meeting(at(2)), meeting(at(70))]), every="12 weeks")
    assert found.status is OVERDUE
    ahead = checked(
        evidence([all_day(date(2026, 8, 24), date(2026, 11, 20)), *every_days(14, 50, 84)]),
    )
    assert ahead.status is AT_RISK
    assert "after the start of what was read, Mon 31 Aug;" in ahead.reasons[0]
