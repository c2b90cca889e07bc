"""Staying below the quotas: laws that hold for any threads and users, at any moment."""

import heapq
from bisect import bisect_left
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.google.pace import Pace, Pool

_MINUTE = 60.0
_WORK = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 2), st.integers(1, 400)), min_size=1, max_size=16)


def sent_at(pool: Pool, work: list[tuple[int, float, int]]) -> dict[str, list[float]]:
    """Let each thread send its requests one after another (user, seconds each takes, how many); return when each went."""
    pace = Pace()
    sent: defaultdict[str, list[float]] = defaultdict(list)
    ready = [(0.0, thread) for thread in range(len(work))]
    left = [many for _, _, many in work]
    while ready:
        now, thread = heapq.heappop(ready)
        user, takes, _ = work[thread]
        at = now + pace.wait(pool, f"user{user}", now)
        sent[f"user{user}"].append(at)
        left[thread] -= 1
        if left[thread]:
            heapq.heappush(ready, (at + takes, thread))
    return {user: sorted(times) for user, times in sent.items()}


def most_in_a_minute(times: list[float]) -> int:
    """Return the largest number of requests in any window of a minute, both of its ends included."""
    return max(index + 1 - bisect_left(times, time - _MINUTE) for index, time in enumerate(times))


@given(pool=st.sampled_from([Pool.CALENDAR, Pool.DOCS_READ, Pool.DOCS_WRITE]), work=_WORK)
def test_no_minute_has_more_requests_than_the_quota(pool: Pool, work: list[tuple[int, float, int]]) -> None:
    """Neither a user's nor the project's, whoever sends, however fast Google answers."""
    sent = sent_at(pool, work)
    assert all(most_in_a_minute(times) <= pool.value.user for times in sent.values())
    assert most_in_a_minute(sorted(time for times in sent.values() for time in times)) <= pool.value.project


@given(many=st.integers(1, 54))
def test_a_few_requests_wait_for_nothing(many: int) -> None:
    """A tenth of the quota goes out at once: a small team never notices."""
    pace = Pace()
    assert sum(pace.wait(Pool.CALENDAR, "ann", 1000.0) for _ in range(many)) == 0
    assert pace.waited[Pool.CALENDAR] == 0


def test_a_long_queue_is_as_fast_as_the_quota_lets_it_be() -> None:
    """Nine tenths of it, so that other programs of the project have some too."""
    (times,) = sent_at(Pool.CALENDAR, [(0, 0.0, 3000)]).values()
    assert 3000 / (times[-1] / _MINUTE) > 0.8 * Pool.CALENDAR.value.user


def test_users_and_pools_do_not_wait_for_one_another() -> None:
    """Each has a quota of its own."""
    pace = Pace()
    while not pace.wait(Pool.DOCS_WRITE, "ann", 0.0):
        pass
    assert pace.wait(Pool.DOCS_WRITE, "bo", 0.0) == 0
    assert pace.wait(Pool.DOCS_READ, "ann", 0.0) == 0
    assert pace.waited[Pool.DOCS_WRITE] > 0


def test_a_request_that_costs_more_takes_more_places() -> None:
    """A patch counts as three at Google (Calendar API, events.patch)."""
    dear, cheap = Pace(), Pace()
    assert [dear.wait(Pool.CALENDAR, "ann@example.com", 0.0, cost=3) for _ in range(200)][
        -1
    ] == pytest.approx([cheap.wait(Pool.CALENDAR, "ann@example.com", 0.0) for _ in range(600)][-1])
