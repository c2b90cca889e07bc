"""In worlds of all kinds no date of a year breaks a rule: told by a check that shares no code with the search.

`ONETOONE_EXAMPLES=500` has more worlds drawn than the few of every run.
"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.slots_check import check
from scheduler.slots.assign import assign
from tests.unit.slots_worlds import world

EXAMPLES = int(os.environ.get("ONETOONE_EXAMPLES", "20"))


@given(st.integers(0, 1 << 32))
@settings(max_examples=EXAMPLES)
def test_no_date_of_a_year_breaks_a_rule(seed: int) -> None:
    """Hours by both clocks, other 1-2-1s, earliest and last day, leave, clashes: as asked, and as told."""
    one = world(seed)
    answers = assign(one.requests, one.calendars, one.window, one.settings)
    verdict = check(one.requests, answers, one.calendars, one.window, one.settings.free_share)
    assert not verdict.broken, [str(broken) for broken in verdict.broken[:5]]


@given(st.integers(0, 1 << 32))
@settings(max_examples=max(1, EXAMPLES // 4))
def test_the_order_of_requests_and_calendars_changes_nothing(seed: int) -> None:
    """The same pairs get the same times, with the same reasons, whoever is named first."""
    one = world(seed)
    calendars = dict(reversed(list(one.calendars.items())))
    answers = assign(one.requests, one.calendars, one.window, one.settings)
    assert assign(one.requests[::-1], calendars, one.window, one.settings) == answers
