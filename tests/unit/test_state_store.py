"""What is remembered between runs."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from scheduler.memory import Exported, Memory, OpenerUse, PairSeen, Refusal, SeriesState
from scheduler.state.database import FILE_NAME
from scheduler.state.store import Store, open_memory
from tests.unit.state_builders import BERLIN, MADE, NOW, WHOLE, fingerprint, keep, written


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """All of it, in its own zone."""
    written(tmp_path)
    assert open_memory(tmp_path) == WHOLE
    assert open_memory(tmp_path).series[0].start.tzinfo == BERLIN


MOMENTS = st.datetimes(
    min_value=datetime(1980, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.sampled_from([UTC, BERLIN, timezone(timedelta(hours=5, minutes=45))]),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@trying(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(Exported, TEXTS, TEXTS, TEXTS, st.integers(0, 2**31), MOMENTS),
    st.builds(OpenerUse, TEXTS, TEXTS, TEXTS, MOMENTS),
)
def test_any_text_and_any_moment_comes_back(tmp_path: Path, exported: Exported, use: OpenerUse) -> None:
    """Whatever people are called."""
    with Store(tmp_path, NOW) as store:
        store.remember_exported([exported])
        store.remember_openers([use])
    memory = open_memory(tmp_path)
    assert exported.uid in {each.uid for each in memory.exported}
    assert any(
        each.used_for == use.used_for.astimezone(UTC) and each.opener == use.opener for each in memory.openers
    )


def test_nothing_is_remembered_where_nothing_was_written(tmp_path: Path) -> None:
    """And looking creates nothing."""
    assert open_memory(tmp_path / "state") == Memory()
    assert list(tmp_path.iterdir()) == []


def test_writing_nothing_creates_nothing(tmp_path: Path) -> None:
    """The file comes with the first thing to remember."""
    with Store(tmp_path / "state", NOW) as store:
        keep(store, Memory())
    assert list(tmp_path.iterdir()) == []


def test_reading_leaves_every_byte_and_no_file_beside(tmp_path: Path) -> None:
    """Also where the folder may not be written."""
    path = written(tmp_path)
    before = fingerprint(path), path.stat().st_mtime_ns
    assert open_memory(tmp_path) == WHOLE
    assert (fingerprint(path), path.stat().st_mtime_ns) == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_remembering_the_same_again_leaves_every_byte(tmp_path: Path) -> None:
    """A run with nothing to do writes nothing."""
    path = written(tmp_path)
    before = fingerprint(path), path.stat().st_mtime_ns
    written(tmp_path)
    tokyo = ZoneInfo("Asia/Tokyo")
    written(tmp_path, replace(WHOLE, exported=(replace(WHOLE.exported[0], stamped=NOW.astimezone(tokyo)),)))
    assert (fingerprint(path), path.stat().st_mtime_ns) == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_a_series_is_kept_as_it_is_now(tmp_path: Path) -> None:
    """Each state in place of the one before."""
    written(tmp_path)
    standing = replace(MADE, state=SeriesState.STANDING, link="file:///a", ended_at=NOW, refused_at=NOW)
    with Store(tmp_path, NOW + timedelta(days=1)) as store:
        store.remember_series(standing)
        assert open_memory(tmp_path).series == (standing,)
    assert open_memory(tmp_path).began == NOW


def test_first_times_stay(tmp_path: Path) -> None:
    """When a pair or a no was first seen does not move."""
    written(tmp_path)
    with Store(tmp_path, NOW) as store:
        store.remember_pairs([PairSeen("ann@x.org", "bo@x.org", NOW + timedelta(days=9))])
        store.remember_refusals(
            Refusal("ann@x.org", "bo@x.org", "theirs", NOW + timedelta(days=9), "bo@x.org")
        )
    memory = open_memory(tmp_path)
    assert memory.pairs_seen == WHOLE.pairs_seen
    assert memory.refusals == WHOLE.refusals


def test_many_at_once(tmp_path: Path) -> None:
    """Large organisations: one query, one transaction."""
    seen = [PairSeen("ann@x.org", f"{n}@x.org", NOW) for n in range(3_000)]
    with Store(tmp_path, NOW) as store:
        store.remember_pairs(seen)
        before = fingerprint(tmp_path / FILE_NAME)
        store.remember_pairs(seen)
    assert len(open_memory(tmp_path).pairs_seen) == 3_000
    assert fingerprint(tmp_path / FILE_NAME) == before


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """Who meets whom is nobody's business."""
    path = written(tmp_path / "new" / "state")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
