"""What holds for every pair and every calendar."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from scheduler.cadence.coverage import check, check_everyone
from scheduler.cadence.results import MeetingOutcome
from scheduler.meetings import (
    Answer,
    Attendee,
    EventStatus,
    Evidence,
    Occurrence,
)
from scheduler.memory import Memory
from scheduler.people import Roster
from tests.unit.cadence_builders import (
    AT_RISK,
    NOW,
    ON_TRACK,
    OVERDUE,
    PAUSED,
    UNSCHEDULED,
    all_day,
    at,
    checked,
    every_days,
    evidence,
    meeting,
    pair_of,
    person,
    reading,
    roster_of,
    settings,
)

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
