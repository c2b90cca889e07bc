"""What other programs make of the demo's files: libical, ical.js, `ical`, recurring-ical-events, and our own check."""

import json
import os
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.timespans import Span
from tests.acceptance.conftest import NOW, Done, called
from tests.foreign import checks

ABSENT = checks.missing()
needs_tools = pytest.mark.skipif(
    bool(ABSENT) and os.environ.get("CI") != "true",
    reason=f"not installed here: {' and '.join(ABSENT)}",
)
pytestmark = [pytest.mark.debian, needs_tools]

START = datetime.fromisoformat(NOW)
YEAR = Span(START, START + timedelta(weeks=52))
KEY = b"X-ONETOONE-KEY"


def created_alone(path: Path) -> bytes:
    """Return a calendar with our events of a file and the zones that they are in, and nothing of a person's."""
    text = path.read_bytes().decode()
    events = [b for b in blocks(text, "VEVENT") if KEY.decode() in b]
    wanted = {tzid for event in events for tzid in re.findall(r";TZID=([^:;]+):", event)}
    zones = [b for b in blocks(text, "VTIMEZONE") if re.search(r"TZID:(.+?)\r?\n", b)[1] in wanted]  # type: ignore[index] # a zone has a TZID
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
    return f"{head}{''.join(zones)}{''.join(events)}END:VCALENDAR\r\n".encode()


def blocks(text: str, name: str) -> list[str]:
    """Return the components of that name, as they stand, with CRLF at their ends."""
    found = re.findall(rf"BEGIN:{name}\r?\n.*?END:{name}\r?\n", text, re.DOTALL)
    return [block.replace("\r\n", "\n").replace("\n", "\r\n") for block in found]


@pytest.fixture(scope="module")
def created(finished_demo: tuple[Path, Done], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give what the demo's run put into calendars, a file for each calendar."""
    folder = tmp_path_factory.mktemp("created")
    paths: list[Path] = []
    for path in sorted((finished_demo[0] / "calendars").rglob("*.ics")):
        if KEY in path.read_bytes():
            alone = folder / f"{len(paths)}-{path.name}"
            alone.write_bytes(created_alone(path))
            paths.append(alone)
    return paths


@pytest.fixture(scope="module")
def exported(finished_demo: tuple[Path, Done]) -> list[Path]:
    """Give every exported file of the demo."""
    return sorted((finished_demo[0] / "exports").rglob("*.ics"))


def assert_agreed(paths: list[Path], *, empty_too: bool = False) -> None:
    """Check that the readers see the same meetings of a year, and that there are some."""
    for path, seen in checks.occurrences_of_all(paths, YEAR).items():
        assert seen["ical.js"] == seen["recurring-ical-events"], path.name
        assert empty_too or seen["ical.js"], path.name


def test_no_reader_has_anything_against_a_created_event(created: list[Path]) -> None:
    """In whichever calendar it was put, and whatever line ends that has."""
    assert len(created) > 8
    assert {path.name: said for path, said in checks.problems_of_all(created).items() if said} == {}


def test_the_readers_see_the_same_meetings_of_a_created_event(created: list[Path]) -> None:
    """A whole year of them, over both changes of the clocks."""
    assert_agreed(created)


def test_both_copies_of_a_series_take_place_at_the_same_times(created: list[Path]) -> None:
    """The manager's and the report's."""
    by_uid: dict[str, set[tuple[datetime, ...]]] = {}
    copies: dict[str, int] = {}
    for seen in checks.occurrences_of_all(created, YEAR).values():
        meetings = seen["ical.js"]
        for uid in {uid for uid, _, _ in meetings}:
            copies[uid] = copies.get(uid, 0) + 1
            by_uid.setdefault(uid, set()).add(tuple(start for one, start, _ in meetings if one == uid))
    assert all(len(starts) == 1 for starts in by_uid.values())
    assert set(copies.values()) == {2}


def test_no_reader_has_anything_against_an_exported_file(exported: list[Path]) -> None:
    """With and without METHOD."""
    assert len(exported) > 8
    assert {path.name: said for path, said in checks.problems_of_all(exported).items() if said} == {}


def test_the_readers_see_the_same_meetings_of_an_exported_file(exported: list[Path]) -> None:
    """A year of them; a file may hold a series that has ended."""
    assert_agreed(exported, empty_too=True)


def test_an_export_tells_what_the_calendars_hold(created: list[Path], exported: list[Path]) -> None:
    """A person's file and their own calendar have the same meetings of ours, to the minute."""
    seen = checks.occurrences_of_all([*created, *exported], YEAR)
    by_file = {path.name: set(readers["ical.js"]) for path, readers in seen.items()}
    of_people = {path.stem for path in exported if path.parent.name == "people"}
    checked = 0
    for path in created:
        owner = path.stem.partition("-")[2]
        if owner in of_people:
            assert by_file[path.name] <= by_file[f"{owner}.ics"], owner
            checked += 1
    assert checked > 5


def test_every_reader_still_opens_calendars_that_were_written_to(
    finished_demo: tuple[Path, Done], tmp_path: Path
) -> None:
    """Readers have nothing against them that they had not before our events came in."""
    written = [p for p in (finished_demo[0] / "calendars").rglob("*.ics") if KEY in p.read_bytes()]
    # ical.js refuses a file for one garbled event, which the sample has
    whole = [path for path in written if b"next Wednesday" not in path.read_bytes()]
    shared = {path: tmp_path / path.name for path in whole if len(blocks_of(path)) > 1}
    assert len(shared) > 8
    for path, before in shared.items():
        before.write_bytes(less_ours(path.read_bytes().decode()).encode())
    said = checks.problems_of_all([*shared, *shared.values()])
    seen = by_icaljs([*shared, *shared.values()])
    for path, before in shared.items():
        assert kinds(said[path]) <= kinds(said[before]), path.name
        ours = {
            uid
            for block in blocks_of(path)
            if KEY.decode() in block
            for uid in re.findall("UID:(.+?)\r", block)
        }
        assert {uid for uid, _ in seen[path]} >= ours
        assert [meeting for meeting in seen[path] if meeting[0] not in ours] == seen[before], path.name


def by_icaljs(paths: list[Path]) -> dict[Path, list[tuple[str, str]]]:
    """Return the meetings of a year as ical.js sees them, all-day ones as well."""
    span = [moment.isoformat() for moment in (YEAR.start, YEAR.end)]
    script = checks.HERE / "icaljs_expand.mjs"
    node = shutil.which("node") or "node"
    done = subprocess.run([node, script, *span, *paths], check=True, capture_output=True, text=True)
    return {
        Path(path): sorted((one["uid"], one["start"]) for one in meetings)
        for path, meetings in json.loads(done.stdout).items()
    }


def blocks_of(path: Path) -> list[str]:
    """Return the events of a file."""
    return blocks(path.read_bytes().decode(), "VEVENT")


def less_ours(text: str) -> str:
    """Return a calendar without our events."""
    events = re.findall(r"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", text, re.DOTALL)
    for event in events:
        text = text.replace(event, "" if KEY.decode() in event else event)
    return text


def kinds(problems: list[str]) -> set[str]:
    """Return what is complained of, whichever the line."""
    return {re.sub(r"\d+", "N", problem) for problem in problems}


def test_a_pairs_later_exports_are_opened_as_well(demo: Path) -> None:
    """When somebody left: the ended series has its last date, or is cancelled, for every reader."""
    people = demo / "config" / "people.csv"
    header, *rows = people.read_text().splitlines()
    kept = [row for row in rows if not row.startswith(("carla.rossi@", "greta.holm@"))]
    assert len(rows) - len(kept) == 2
    people.write_text("\n".join([header, *kept, ""]))
    done = called(
        "run", "--config", demo / "config", "--yes-really", "--quiet", now="2026-12-07T09:00:00+00:00"
    )
    assert done.code == 0, done.err
    paths = sorted((demo / "exports").rglob("*.ics"))
    ended = [p for p in paths if "UNTIL=" in p.read_text() or "STATUS:CANCELLED" in p.read_text()]
    assert ended
    assert {path.name: said for path, said in checks.problems_of_all(paths).items() if said} == {}
    assert_agreed(paths, empty_too=True)
