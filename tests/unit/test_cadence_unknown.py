"""The statuses that come first: a calendar that was not read, no 1-2-1, not started, leave."""

from datetime import date

import pytest

from scheduler.cadence.results import Pause
from scheduler.errors import Problem
from scheduler.hours import WorkingHours
from scheduler.meetings import (
    Evidence,
    Occurrence,
    Unread,
)
from tests.unit.cadence_builders import (
    BROKEN,
    FINE,
    ON_TRACK,
    PAUSED,
    UNKNOWN,
    UNSCHEDULED,
    all_day,
    at,
    checked,
    every_days,
    evidence,
    pair_of,
    reading,
    status,
)


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
