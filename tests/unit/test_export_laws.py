"""Laws of the export, over any history of a calendar."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.meetings import Answer, EventStatus, Evidence, Occurrence, Series
from scheduler.memory import Memory
from tests.foreign import own_check
from tests.unit.export_builders import (
    BO,
    UNREADABLE,
    evidence,
    export,
    guests,
    made,
    occurrence,
    reading,
    standing,
)
from tests.unit.ics_builders import NOW

OCCURRENCES: st.SearchStrategy[Occurrence] = st.builds(
    occurrence,
    st.integers(0, 15),
    moved_by=st.sampled_from([timedelta(), timedelta(hours=3), timedelta(days=-2)]),
    lasts=st.sampled_from([timedelta(minutes=30), timedelta(hours=1)]),
    status=st.sampled_from(EventStatus),
    answer=st.sampled_from(Answer),
)
SERIES: st.SearchStrategy[Series] = st.builds(
    standing,
    sequence=st.integers(0, 3),
    status=st.sampled_from([EventStatus.CONFIRMED, EventStatus.CONFIRMED, EventStatus.CANCELLED]),
    attendees=st.sampled_from(Answer).map(guests),
)
SEEN: st.SearchStrategy[Evidence] = st.one_of(
    st.just(UNREADABLE),
    st.builds(
        evidence,
        SERIES,
        st.lists(OCCURRENCES, unique_by=lambda each: each.original_start, max_size=5),
        reports=SERIES.map(lambda series: reading(BO.email, [series])),
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SEEN, min_size=1, max_size=4))
def test_whatever_happens_nothing_goes_back(history: list[Evidence]) -> None:
    """SEQUENCE and DTSTAMP only rise, nothing is forgotten, every file is as we want it, and twice is once."""
    memory = Memory(series=(made(),))
    for day, seen in enumerate(history):
        before = {(row.uid, row.recurrence_id): row for row in memory.exported}
        now = NOW + timedelta(days=day)
        result, memory = export(memory, seen, now)
        rows = {(row.uid, row.recurrence_id): row for row in memory.exported}
        for key, old in before.items():
            assert rows[key].sequence >= old.sequence
            assert rows[key].stamped >= old.stamped
        assert [problem for data in result.files.values() for problem in own_check.problems_of(data)] == []
        again, after = export(memory, seen, now + timedelta(hours=1))
        assert {**result.files, **again.files} == result.files
        assert set(result.files) <= {*again.files, *again.kept}
        assert after == memory
