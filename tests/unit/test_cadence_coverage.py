"""How a pair stands: every status, what is counted, and what is said about it."""

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from scheduler.cadence.coverage import check, check_everyone
from scheduler.cadence.elapsed import SharedTime
from scheduler.cadence.facts import Facts
from scheduler.cadence.policy import Decision
from scheduler.cadence.results import MeetingOutcome, PairStatus, Pause
from scheduler.errors import Problem
from scheduler.hours import WorkingHours
from scheduler.meetings import (
    Answer,
    Attendee,
    EventStatus,
    Evidence,
    Occurrence,
    Series,
    Unread,
)
from scheduler.memory import Memory, PairSeen
from scheduler.people import Roster
from scheduler.timespans import Span
from tests.unit.cadence_builders import (
    BERLIN,
    NOW,
    PAIR,
    ROSTER,
    all_day,
    at,
    changed,
    checked,
    every_days,
    evidence,
    meeting,
    out_of_office,
    pair_of,
    person,
    reading,
    roster_of,
    settings,
)

UNKNOWN, PAUSED, UNSCHEDULED = PairStatus.UNKNOWN, PairStatus.PAUSED, PairStatus.UNSCHEDULED
OVERDUE, AT_RISK, ON_TRACK = PairStatus.OVERDUE, PairStatus.AT_RISK, PairStatus.ON_TRACK
FINE = every_days(14, -83, 84)
BROKEN = Problem("ann@x.org.ics:7", "DTSTART is missing")


def status(*events: Occurrence, **details: object) -> PairStatus:
    """Return how Ann and Bo stand with these meetings."""
    return checked(evidence(events), **details).status  # type: ignore[arg-type]  # passed on


def seen(began: datetime, first_seen: datetime) -> Memory:
    """Return what remembers when Ann and Bo were first seen."""
    return Memory(began=began, pairs_seen=(PairSeen("ann@x.org", "bo@x.org", first_seen),))


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


# unknown


@pytest.mark.parametrize(("owner", "name"), [("ann@x.org", "Ann"), ("bo@x.org", "Bo")])
def test_a_calendar_that_could_not_be_read_is_never_fine(owner: str, name: str) -> None:
    """Whosever it is; the reason names whose and why, and nothing is counted."""
    calendars = evidence(FINE)
    readings = {email: r for email, r in calendars.readings.items() if email != owner}
    found = checked(Evidence(readings, {owner: Problem(f"{owner}.ics", "it is not an iCalendar file")}))
    assert found.status is UNKNOWN
    assert found.reasons == (f"{name}'s calendar could not be read: it is not an iCalendar file.",)
    assert (found.expected, found.held, found.coverage, found.longest_gap_days) == (0, 0, None, None)
    assert found.next_planned == at(1, 11)


def test_a_calendar_of_which_nothing_is_known_is_not_fine_either() -> None:
    """Neither read nor refused; and both may be missing."""
    found = checked(Evidence({}, {}))
    assert found.status is UNKNOWN
    assert found.reasons == ("Ann's calendar could not be read.", "Bo's calendar could not be read.")


@pytest.mark.parametrize("events", [(), every_days(14, -60, -40) + every_days(14, 4, 84)])
@pytest.mark.parametrize(
    "addresses", [{"bo@x.org"}, {"A.Ode@x.org", "bo@x.org"}, {"bo@x.org", "room-4@x.org"}]
)
def test_a_broken_event_with_both_in_it_may_be_the_very_meeting(
    events: tuple[Occurrence, ...],
    addresses: set[str],
) -> None:
    """A pair that would be missing or late for it is unknown, and why is said."""
    calendars = evidence(events)
    broken = {"ann@x.org": reading("ann@x.org", *events, unread=[Unread(BROKEN, frozenset(addresses))])}
    found = checked(Evidence({**calendars.readings, **broken}, {}))
    assert found.status is UNKNOWN
    assert found.reasons[0] == (
        "An event in Ann's calendar names the two but could not be read; it may be their 1-2-1 (ann@x.org.ics:7)."
    )


@pytest.mark.parametrize("addresses", [set(), {"cy@x.org"}, {"bo@x.org", "cy@x.org"}, {"out@y.org"}])
def test_a_broken_event_of_others_changes_nothing(addresses: set[str]) -> None:
    """It names nobody, or others, or more than the two."""
    broken = [Unread(BROKEN, frozenset(addresses))]
    calendars = {"ann@x.org": reading("ann@x.org", unread=broken), "bo@x.org": reading("bo@x.org")}
    assert checked(Evidence(calendars, {})).status is UNSCHEDULED


def test_a_broken_event_leaves_a_pair_on_track() -> None:
    """What was read suffices."""
    calendars = evidence(FINE)
    broken = reading("bo@x.org", *FINE, unread=[Unread(BROKEN, frozenset({"ann@x.org"}))])
    assert checked(Evidence({**calendars.readings, "bo@x.org": broken}, {})).status is ON_TRACK


# paused


def test_a_pair_that_is_to_have_no_one_to_one_is_paused() -> None:
    """Nothing is expected of them; what they do all the same is shown."""
    found = checked(evidence(FINE), pair=pair_of(report={"no_one_to_one": True}))
    assert (found.status, found.pause) == (PAUSED, Pause.NO_ONE_TO_ONE)
    assert found.reasons == ("The roster says that they have no 1-2-1.",)
    assert (found.cadence, found.expected, found.coverage, found.days_overdue) == (None, 0, None, 0.0)
    assert len(found.meetings) == 12


@pytest.mark.parametrize(("who", "name"), [("manager", "Ann"), ("report", "Bo")])
def test_somebody_who_has_not_started_pauses_the_pair(who: str, name: str) -> None:
    """Until their first day, which counts as started."""
    pair = pair_of(**{who: {"start_date": date(2026, 11, 30)}})
    found = checked(evidence(), pair=pair)
    assert (found.status, found.pause) == (PAUSED, Pause.NOT_STARTED)
    assert found.reasons == (f"{name} starts on Mon 30 Nov.",)
    assert found.expected == 0
    assert status(pair=pair_of(**{who: {"start_date": date(2026, 11, 23)}})) is UNSCHEDULED


@pytest.mark.parametrize(("who", "name"), [("ann", "Ann"), ("bo", "Bo")])
def test_long_leave_pauses_the_pair(who: str, name: str) -> None:
    """Away now, and at least five working days in a row."""
    leave = all_day(date(2026, 11, 19), date(2026, 12, 4))
    found = checked(evidence([leave] if who == "ann" else [], [leave] if who == "bo" else []))
    assert (found.status, found.pause) == (PAUSED, Pause.LEAVE)
    assert found.reasons == (f"{name} is on leave until Fri 4 Dec.",)
    assert found.away is not None
    assert found.away[date(2026, 11, 23)] == f"{name}: away all day"


@pytest.mark.parametrize(
    "leave",
    [
        all_day(date(2026, 11, 19), date(2026, 11, 24)),
        all_day(date(2026, 11, 24), date(2026, 12, 11)),
        all_day(date(2026, 11, 9), date(2026, 11, 20)),
    ],
)
def test_short_leave_and_leave_that_is_not_now_pause_nothing(leave: Occurrence) -> None:
    """Four working days; not begun; over."""
    assert status(*FINE, leave) is ON_TRACK


def test_leave_beyond_the_look_ahead_is_for_all_of_it() -> None:
    """Parental leave: no end is promised."""
    found = checked(evidence([], [all_day(date(2026, 10, 1), date(2027, 8, 1))]))
    assert found.reasons == ("Bo is on leave for all of the look-ahead.",)


def test_two_who_are_never_in_on_the_same_day_are_paused() -> None:
    """When one comes back the other goes; no working day of both is left."""
    ann = [all_day(date(2026, 11, 23), date(2026, 11, 25))]
    bo = [all_day(date(2026, 11, 26), date(2027, 6, 1))]
    found = checked(evidence(ann, bo))
    assert (found.status, found.pause) == (PAUSED, Pause.LEAVE)
    assert found.reasons == ("No working day of both is left up to Mon 15 Feb.",)


def test_two_who_share_no_weekday_are_not_on_leave() -> None:
    """They work on different days, and may still meet."""
    pair = pair_of(
        manager={"hours": WorkingHours.parse("Mon-Wed 09:00-17:00")},
        report={"hours": WorkingHours.parse("Thu-Fri 09:00-17:00")},
    )
    assert status(*FINE, pair=pair) is ON_TRACK


# unscheduled


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
        "Not met yet in what was read, from Mon 31 Aug on; 63 days past the limit of 21 days (every 2 weeks and 50% over)."
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


# overdue


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
    assert first.reasons == (
        "Not met yet in what was read, from Mon 31 Aug on; the new series starts on Thu 26 Nov.",
    )


def test_a_series_of_ours_whose_first_meeting_fell_through_closes_no_gap() -> None:
    """Else it would never be overdue again."""
    missed = every_days(14, -11, 84, mark="key", attendees=(Attendee("bo@x.org", Answer.DECLINED),))[:1]
    assert status(meeting(at(-40)), *missed, *every_days(14, 3, 84, mark="key")) is OVERDUE


# at risk


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


# counting


def test_two_on_one_day_count_once() -> None:
    """A meeting that was continued after lunch covers no second fortnight."""
    found = checked(evidence([meeting(at(-5, 10)), meeting(at(-5, 14)), meeting(at(-12))]))
    assert (found.held, len(found.meetings)) == (2, 3)


def test_coverage_is_the_share_of_what_was_expected() -> None:
    """Five of six, rounded to hundredths; never more than all."""
    assert checked(evidence(FINE[1:])).coverage == 0.83
    assert checked(evidence(every_days(7, -83, 84))).coverage == 1.0


def test_the_longest_gap_reaches_to_both_ends_of_the_look_back() -> None:
    """From the window's start to the first, between them, and from the last to now."""
    assert checked(evidence([meeting(at(-20)), meeting(at(-10))])).longest_gap_days == 64
    assert checked(evidence([meeting(at(-80)), meeting(at(-60))])).longest_gap_days == 60
    assert checked(evidence([meeting(at(-80)), meeting(at(-10))])).longest_gap_days == 70


def test_a_moved_meeting_counts_where_it_went() -> None:
    """It is shown in both places, and held in one."""
    moved = meeting(at(-5), original_start=at(-9), in_series=True, uid="s")
    found = checked(evidence([moved]))
    assert [m.outcome for m in found.meetings] == [MeetingOutcome.MOVED, MeetingOutcome.HELD]
    assert (found.held, found.days_since) == (1, 5)


def test_what_does_not_count_is_told() -> None:
    """With its reason, within the window."""
    three = (Attendee("bo@x.org"), Attendee("cy@x.org"))
    found = checked(evidence([meeting(at(-5), attendees=three), meeting(at(-300), attendees=three)]))
    assert [other.why for other in found.not_counted] == ["3 people are in it, not the two alone."]


def test_absences_are_told_within_the_report_s_window() -> None:
    """With whose they are; public holidays of both countries."""
    pair = pair_of(manager={"country": "DE"}, report={"country": "GB"})
    away = checked(evidence([out_of_office(at(8, 9), at(8, 18))], []), pair=pair).away
    assert away is not None
    assert dict(away) == {
        date(2026, 12, 1): "Ann: out of office",
        date(2026, 12, 25): "Ann: public holiday (DE); Bo: public holiday (GB)",
        date(2026, 12, 28): "Bo: public holiday (GB)",
        date(2027, 1, 1): "Ann: public holiday (DE); Bo: public holiday (GB)",
    }


# suggestions


def test_a_series_of_theirs_that_is_too_rare_is_suggested_about() -> None:
    """It is left alone; the suggestion has both numbers."""
    found = checked(evidence(every_days(21, -83, 84)))
    assert found.status is ON_TRACK
    assert found.suggestions == ("Their own series comes every 3 weeks; the cadence asks for every 2 weeks.",)
    assert checked(evidence(every_days(21, -83, 84, mark="key"))).suggestions == ()


@pytest.mark.parametrize("owner", ["ann@x.org", "bo@x.org"])
def test_a_series_of_theirs_that_runs_out_is_suggested_about(owner: str) -> None:
    """By its own last date, whosever calendar tells it."""
    events = every_days(14, -83, 71)
    ends = Series(
        uid="series", start=at(-83), minutes=30, rrule="FREQ=WEEKLY;INTERVAL=2", last_end=at(71, 11, 30)
    )
    calendars = evidence(events)
    one = replace(calendars.readings[owner], series=(ends,))
    found = checked(Evidence({**calendars.readings, owner: one}, {}))
    assert found.status is ON_TRACK
    assert found.suggestions == ("Their own series runs out on Tue 2 Feb; it is theirs to extend.",)
    endless = replace(one, series=(replace(ends, last_end=None),))
    assert checked(Evidence({**calendars.readings, owner: endless}, {})).suggestions == ()


def test_a_meeting_on_a_day_off_is_to_be_moved_not_dropped() -> None:
    """Public holidays and leave of either; at most three of them are listed."""
    found = checked(evidence(every_days(7, -3, 81)), every="1 week", pair=pair_of(report={"country": "DE"}))
    assert found.suggestions == (
        "The meeting on Fri 25 Dec falls on a day when Bo is away (public holiday (DE)): move it rather than drop it.",
        "The meeting on Fri 1 Jan falls on a day when Bo is away (public holiday (DE)): move it rather than drop it.",
    )
    leave = all_day(date(2026, 12, 1), date(2027, 2, 1))
    assert len(checked(evidence([*every_days(7, -3, 81), leave])).suggestions) == 3


def test_a_series_with_the_manager_before_is_spoken_of() -> None:
    """Only where the memory knows that the two were a pair; a mentor is nobody's business."""
    with_cy = tuple(replace(m, organizer="cy@x.org", uid="old") for m in every_days(14, -80, 84))
    calendars = evidence(FINE, (*FINE, *with_cy))
    pairs = (
        PairSeen("cy@x.org", "bo@x.org", at(-300)),
        PairSeen("ann@x.org", "bo@x.org", at(-300)),
        PairSeen("gone@x.org", "bo@x.org", at(-300)),
        PairSeen("cy@x.org", "gone@x.org", at(-300)),
    )
    found = checked(calendars, memory=Memory(began=at(-300), pairs_seen=pairs))
    assert found.suggestions == ("Bo still has a series with Cy Roe, who was their manager before.",)
    assert checked(calendars).suggestions == ()
    assert checked(evidence(FINE), memory=Memory(began=at(-300), pairs_seen=pairs)).suggestions == ()


# everybody


def test_everyone_is_checked_in_the_roster_s_order() -> None:
    """With the problems of every calendar, each once, and the window of the report."""
    dee = person("dee@x.org", "Dee", "ann@x.org")
    gone = person("gone@x.org", "Gone", "ann@x.org", end_date=date(2026, 11, 1))
    roster = roster_of(PAIR, dee, gone)
    calendars = evidence(FINE, cy=reading("cy@x.org", unread=[Unread(BROKEN), Unread(BROKEN)]))
    missing = Problem("dee@x.org.ics", "there is no such file")
    report = check_everyone(
        roster, Evidence(calendars.readings, {"dee@x.org": missing}), settings(), Memory(), NOW
    )
    assert [(c.pair.key, c.status) for c in report.pairs] == [
        (("ann@x.org", "bo@x.org"), ON_TRACK),
        (("ann@x.org", "dee@x.org"), UNKNOWN),
    ]
    assert report.problems == (BROKEN, missing)
    assert report.generated_at == NOW
    assert report.totals["pairs"] == 2
    assert report.pairs[0] == check(PAIR, calendars, roster, settings(), Memory(), NOW)


def test_an_empty_roster_has_an_empty_report() -> None:
    """Nobody, nothing, no fault."""
    assert check_everyone(Roster(), Evidence({}, {}), settings(), Memory(), NOW).pairs == ()


# laws

DAYS = st.lists(st.integers(-90, 90), max_size=14, unique=True)
SPECIAL = st.lists(
    st.builds(
        lambda day, kind: {
            "leave": all_day(at(day).date(), at(day + 3).date(), uid=f"leave-{day}"),
            "declined": meeting(at(day, 14), attendees=(Attendee("bo@x.org", Answer.DECLINED),)),
            "cancelled": meeting(at(day, 15), status=EventStatus.CANCELLED),
            "three": meeting(at(day, 16), attendees=(Attendee("bo@x.org"), Attendee("cy@x.org"))),
        }[kind],
        st.integers(-90, 90),
        st.sampled_from(["leave", "declined", "cancelled", "three"]),
    ),
    max_size=4,
    unique_by=lambda event: event.uid,
)
EVERY = st.sampled_from(["1 week", "2 weeks", "1 month", "1 quarter"])


def met_on(days: list[int]) -> tuple[Occurrence, ...]:
    """Return a meeting on each of these days."""
    return tuple(meeting(at(day, 11)) for day in days)


@examples(max_examples=60, deadline=None)
@given(DAYS, st.integers(-83, -1), EVERY)
def test_one_more_meeting_held_never_makes_a_pair_overdue(days: list[int], more: int, every: str) -> None:
    """Nor does it raise the urgency, or lower the coverage."""
    before = checked(evidence(met_on(days)), every=every)
    after = checked(evidence(met_on([*days, *({more} - set(days))])), every=every)
    assert after.status is not OVERDUE or before.status is OVERDUE
    assert after.days_overdue <= before.days_overdue
    assert (after.coverage or 0) >= (before.coverage or 0)


@examples(max_examples=60, deadline=None)
@given(DAYS, SPECIAL, EVERY, st.randoms(use_true_random=False))
def test_the_order_of_events_decides_nothing(
    days: list[int],
    special: list[Occurrence],
    every: str,
    random: Random,
) -> None:
    """Shuffled calendars stand as before, and the numbers are what they say."""
    events = [*met_on(days), *special]
    found = checked(evidence(events), every=every)
    random.shuffle(events)
    assert checked(evidence(events, events[::-1]), every=every) == found
    assert 1 <= len(found.reasons) <= 3
    assert (found.next_planned is None) == (found.status is UNSCHEDULED) or found.status is PAUSED
    assert found.coverage is None or 0 <= found.coverage <= 1
    assert found.held <= sum(m.outcome is MeetingOutcome.HELD for m in found.meetings)
    if found.status in {ON_TRACK, AT_RISK}:
        assert found.days_overdue <= 0


@examples(max_examples=40, deadline=None)
@given(DAYS, SPECIAL, EVERY)
def test_other_people_s_meetings_change_nothing(
    days: list[int], special: list[Occurrence], every: str
) -> None:
    """Meetings of one of the two with somebody else, in their calendars and in others'."""
    events = [*met_on(days), *special]
    others = [
        replace(
            meeting(at(day, 11)), uid=f"other-{day}", organizer="ann@x.org", attendees=(Attendee("cy@x.org"),)
        )
        for day in range(-80, 80, 9)
    ]
    crowded = evidence([*events, *others], events, cy=reading("cy@x.org", *others))
    assert checked(crowded, every=every) == checked(evidence(events), every=every)


@examples(max_examples=40, deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata"]),
    st.integers(0, 51),
)
def test_a_weekly_series_is_on_track_in_every_week_of_the_year(zone: str, week: int) -> None:
    """With no tolerance at all, clock changes included."""
    tz = ZoneInfo(zone)
    first = datetime(2025, 9, 1, 10, tzinfo=tz)
    now = datetime(2026, 1, 5, 11, tzinfo=tz) + timedelta(weeks=week)
    series = [meeting(first + timedelta(weeks=n), uid="s", in_series=True) for n in range(100)]
    pair = pair_of(manager={"tz": tz})
    found = check(pair, evidence(series), roster_of(pair), settings("1 week", tolerance=0), Memory(), now)
    assert (found.status, found.expected, found.held) == (ON_TRACK, 12, 12)


def busy_company(size: int) -> tuple[Roster, Evidence]:
    """Return so many reports, ten to a manager, each pair with 60 meetings in both calendars."""
    people = {"ceo@x.org": person("ceo@x.org", "Ceo")}
    events: dict[str, list[Occurrence]] = {"ceo@x.org": []}
    weeks = every_days(7, -210, 209)
    for number in range(size):
        boss = "ceo@x.org" if number < size // 10 else f"p{number // 10}@x.org"
        email = f"p{number}@x.org"
        people[email] = person(email, f"P{number} X", boss, country="DE")
        guests = (Attendee(email, Answer.ACCEPTED),)
        ours = [replace(one, uid=f"s{number}", organizer=boss, attendees=guests) for one in weeks]
        events[boss] += ours
        events[email] = ours[:]
    return Roster(people), Evidence({email: reading(email, *theirs) for email, theirs in events.items()}, {})


def test_three_hundred_pairs_are_checked_at_once() -> None:
    """One pass over each calendar: under a second here; the bound is for a slow and busy machine."""
    roster, calendars = busy_company(300)
    began = time.process_time()
    report = check_everyone(roster, calendars, settings("1 week"), Memory(), NOW)
    assert report.totals["on_track"] == report.totals["pairs"] == 300
    assert time.process_time() - began < 6


def test_a_pair_without_cadence_has_no_limit() -> None:
    """Asking for one is a mistake of ours, and says so."""
    facts = Facts(
        pair=PAIR,
        decision=Decision(None, 30, "none"),
        tolerance=0.5,
        now=NOW,
        window=Span(NOW, NOW),
        meetings=(),
        began=None,
        shared=SharedTime.of(PAIR),
        away={},
    )
    with pytest.raises(ValueError, match=r"ann@x.org and bo@x.org have no cadence"):
        _ = facts.limit
