"""Names for ever: of series, marks and changes."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.planning.changes import ChangeKind
from scheduler.planning.identity import (
    agenda_change_id,
    generation_of,
    series_change_id,
    series_key,
    series_uid,
)

ADDRESSES = st.emails().map(str.lower)


@given(ADDRESSES, ADDRESSES, st.integers(1, 999_999))
def test_a_uid_is_an_event_id_that_google_takes(manager: str, report: str, generation: int) -> None:
    """Lower-case base32hex, 5 to 1,024 characters (Calendar API, events.insert)."""
    assert re.fullmatch("[a-v0-9]{5,1024}", series_uid(manager, report, generation))


@given(ADDRESSES, ADDRESSES, st.integers(1, 999_999))
def test_mark_and_uid_lead_back_to_the_generation(manager: str, report: str, generation: int) -> None:
    """So that a series is known again when memory is lost."""
    key, uid = series_key(manager, report, generation), series_uid(manager, report, generation)
    assert generation_of(key, uid, manager, report) == generation
    assert generation_of(key, "a-copy", manager, report) is None
    assert generation_of(key, uid, report + "x", manager) is None


def test_what_is_not_our_mark_is_nobody_s_generation() -> None:
    """Whatever stands there."""
    for mark in (None, "", "x-1", series_key("a@x", "b@x", 1) + "0000000", "0" * 16 + "-0"):
        assert generation_of(mark, series_uid("a@x", "b@x", 1), "a@x", "b@x") is None


def test_names_never_change() -> None:
    """They stand in people's calendars: a change here would double every series."""
    assert series_uid("ann@x.org", "bo@x.org", 1) == "onetoonei73dtlc8vvbn841htlp5s9pf7spt3u37"
    assert series_key("ann@x.org", "bo@x.org", 1) == "ickm2p3q4m8r1p81-1"


def test_the_two_are_not_interchangeable() -> None:
    """Bo may manage Ann in another series."""
    assert series_uid("ann@x.org", "bo@x.org", 1) != series_uid("bo@x.org", "ann@x.org", 1)


def test_a_mark_does_not_tell_who() -> None:
    """It names the pair by a digest."""
    assert "ann" not in series_key("ann@x.org", "bo@x.org", 3)


def test_each_change_has_its_own_name() -> None:
    """By kind, pair and generation, or by meeting whatever its offset."""
    start = datetime(2026, 12, 1, 9, tzinfo=UTC)
    names = {
        series_change_id(ChangeKind.CREATE_SERIES, "a", "b", 1),
        series_change_id(ChangeKind.CREATE_SERIES, "a", "b", 2),
        series_change_id(ChangeKind.END_SERIES, "a", "b", 1),
        agenda_change_id("a", "b", start),
        agenda_change_id("a", "b", start.astimezone(ZoneInfo("Asia/Tokyo"))),
    }
    assert len(names) == 4
