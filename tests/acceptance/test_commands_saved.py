"""A saved plan is applied while it holds, and refused when it does not."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from tests.acceptance.conftest import (
    LATER,
    NOW,
    bytes_of,
    calendar_file,
    called,
    config,
    onetoone,
    with_event,
)


def saved(office: Path, now: str = NOW) -> Path:
    """Save a plan, as one that is to be approved."""
    path = office / "plan.json"
    assert called("plan", *config(office), "-f", "json", "-o", path, now=now).code == 0
    return path


def test_a_saved_plan_is_applied(office: Path) -> None:
    """By the real command; it says what it did."""
    path = saved(office)
    done = onetoone("apply", path, *config(office))
    assert done.code == 0, done.err
    assert "2 changes done" in done.out
    assert b"X-ONETOONE-KEY" in calendar_file(office, "bo").read_bytes()


def test_a_saved_plan_holds_a_little_later(office: Path) -> None:
    """What it would do is still the same; approval takes its time."""
    path = saved(office)
    done = called("apply", path, *config(office), now="2026-11-23T11:30:00+00:00")
    assert done.code == 0, done.err


def test_an_edited_plan_is_refused(office: Path) -> None:
    """Exit code 5, and nothing was changed."""
    path = saved(office)
    path.write_text(path.read_text().replace('"minutes": 30', '"minutes": 60'))
    before = bytes_of(office)
    done = called("apply", path, *config(office))
    assert done.code == 5
    assert "its changes were altered after it was made" in done.err
    assert bytes_of(office) == before


def test_an_outdated_plan_is_refused(office: Path) -> None:
    """Where a calendar has changed so that another plan would be made now; it says how many differ."""
    path = saved(office)
    start = json.loads(path.read_text())["changes"][0]["start"]
    taken = datetime.fromisoformat(start).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    busy = with_event("UID:a", f"DTSTART:{taken}", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=90")
    calendar_file(office, "bo").write_text(busy, newline="")
    before = bytes_of(office)
    done = called("apply", path, *config(office))
    assert done.code == 5
    assert "have moved on since it was made at 2026-11-23T09:00" in done.err
    assert re.search(r"of its changes: .*\d+ (new|different|no longer called for)", done.err)
    assert bytes_of(office) == before


def test_a_plan_that_time_has_passed_is_refused(office: Path) -> None:
    """Its first meeting would be too soon, or over."""
    path = saved(office)
    done = called("apply", path, *config(office), now=LATER)
    assert done.code == 5
    assert b"X-ONETOONE-KEY" not in calendar_file(office, "bo").read_bytes()
