"""Hours a week: of what is asked, of what was found, of a working week."""

from datetime import timedelta
from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.results import MeetingOutcome, PairCoverage
from scheduler.capacity.hours import hours_asked, hours_found, working_week
from scheduler.capacity.what_if import WhatIf, asked
from scheduler.every import Cadence, Unit
from scheduler.hours import WorkingHours
from scheduler.timespans import Span
from tests.unit.report_builders import (
    BIWEEKLY,
    HALF_HOUR,
    MONTHLY,
    NOW,
    WEEKLY,
    WEEKS,
    at,
    coverage,
    every,
    meeting,
    moved,
    person,
)

CADENCES = st.builds(Cadence, st.integers(1, 12), st.sampled_from(Unit))
PAIRS = st.lists(
    st.builds(
        lambda cadence, minutes: coverage(cadence=cadence, minutes=minutes),
        st.none() | CADENCES,
        st.integers(5, 480),
    ),
    max_size=30,
)
HELD, PLANNED = MeetingOutcome.HELD, MeetingOutcome.PLANNED
LOOK_BACK, LOOK_AHEAD = Span(NOW - WEEKS, NOW), Span(NOW, NOW + WEEKS)


def test_half_an_hour_every_week_takes_half_an_hour_a_week() -> None:
    """Minutes times 7, over the days of the cadence."""
    assert hours_asked(asked([coverage(cadence=WEEKLY)])) == 0.5
    assert hours_asked(asked([coverage(cadence=BIWEEKLY)] * 8)) == 2.0
    assert round(hours_asked(asked([coverage(cadence=MONTHLY, minutes=60)])), 2) == 0.23


@given(PAIRS, st.randoms())
def test_the_hours_are_the_sum_over_the_pairs_whatever_their_order(
    pairs: list[PairCoverage], chance: object
) -> None:
    """To the last digit, so that two reports on the same company agree."""
    mixed = list(pairs)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis's own random.Random
    parts = [c.minutes * 7 / c.cadence.days for c in pairs if c.cadence is not None]
    assert hours_asked(asked(mixed)) == hours_asked(asked(pairs)) == fsum(parts) / 60


@given(PAIRS)
def test_asking_for_the_policy_itself_changes_nothing(pairs: list[PairCoverage]) -> None:
    """What if each pair met as the policy has it: the same."""
    for pair in pairs:
        assert asked([pair], WhatIf(pair.cadence, pair.minutes)) == asked([pair])


@given(PAIRS, st.none() | CADENCES, st.none() | st.integers(5, 480))
def test_who_is_to_have_none_is_asked_for_none(
    pairs: list[PairCoverage], cadence: Cadence | None, minutes: int | None
) -> None:
    """Whatever cadence is asked about."""
    found = asked(pairs, WhatIf(cadence, minutes))
    assert [one.coverage for one in found] == [pair for pair in pairs if pair.cadence is not None]
    assert all(one.cadence == (cadence or one.coverage.cadence) for one in found)


def test_meetings_count_by_their_own_length_over_all_the_weeks() -> None:
    """Six half hours in twelve weeks are a quarter of an hour a week, whatever the policy asks for."""
    pair = coverage(meetings=every(at("2026-09-09 10:00"), 2))
    assert hours_found([pair], HELD, LOOK_BACK) == 0.25
    assert hours_found([pair, pair], PLANNED, LOOK_AHEAD) == 0.5


def test_a_moved_meeting_counts_once_and_one_called_off_not_at_all() -> None:
    """Where it went, not where it was."""
    away = meeting(at("2026-10-01 09:00"), MeetingOutcome.DECLINED)
    pair = coverage(meetings=(*moved(at("2026-10-15 15:00"), at("2026-10-13 09:00")), away))
    assert hours_found([pair], HELD, LOOK_BACK) == 0.5 / 12


def test_the_window_is_half_open() -> None:
    """Rarer pairs have meetings beyond it; those are not of these weeks."""
    first, last = meeting(LOOK_BACK.start), meeting(LOOK_BACK.start - HALF_HOUR)
    assert hours_found([coverage(meetings=(first, last))], HELD, LOOK_BACK) == 0.5 / 12
    coming = meeting(LOOK_AHEAD.end, PLANNED), meeting(LOOK_AHEAD.end - timedelta(hours=1), PLANNED)
    assert hours_found([coverage(meetings=coming)], PLANNED, LOOK_AHEAD) == 0.5 / 12


def test_a_working_week_is_as_long_as_its_shifts() -> None:
    """Lunch is not in it, where the roster leaves it out."""
    assert working_week(person("ann@example.com").hours) == 42.5
    assert (
        working_week(WorkingHours.parse("Mon-Thu 09:00-12:00, Mon-Thu 12:30-17:00; Fri 08:15-10:00")) == 31.75
    )
