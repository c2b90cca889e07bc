"""What other programs make of our files: libical, ical.js, `ical`, recurring-ical-events, and our own check."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from scheduler.every import Cadence
from scheduler.ics.calendar import calendar_bytes
from scheduler.ics.event import invitation_lines
from scheduler.meetings import EventStatus, Invitation, Series
from scheduler.memory import Memory, SeriesState
from scheduler.timespans import Span
from tests.foreign import checks
from tests.unit.export_builders import evidence, export, made, occurrence, standing, week
from tests.unit.ics_builders import AWKWARD_NAMES, NOW, invitation

ABSENT = checks.missing()
needs_tools = pytest.mark.skipif(
    bool(ABSENT) and os.environ.get("CI") != "true",
    reason=f"not installed here: {' and '.join(ABSENT)}",
)
pytestmark = [pytest.mark.debian, needs_tools]

ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "UTC",
)
CADENCES = ("1 week", "2 weeks", "1 month", "1 quarter")
FIRSTS = (date(2026, 12, 1), date(2026, 11, 30), date(2027, 1, 29))
YEAR = Span(NOW, NOW + timedelta(weeks=52))


def generated() -> Iterator[Invitation]:
    """Yield an invitation for each zone, cadence and first date, one whose first takes an hour, and each awkward name."""
    for zone in ZONES:
        for every in CADENCES:
            for first in FIRSTS:
                start = datetime(first.year, first.month, first.day, 16, 30)  # noqa: DTZ001 - a wall-clock time
                yield invitation(tz=zone, start=start, rrule=Cadence.parse(every).rrule(first))
        first = FIRSTS[0]
        start = datetime(first.year, first.month, first.day, 16, 30)  # noqa: DTZ001 - as above
        hour = invitation(tz=zone, start=start, rrule=Cadence.parse("1 week").rrule(first))
        yield replace(hour, first_minutes=60)
    for name in AWKWARD_NAMES:
        yield invitation(
            manager=name, report=name, summary=name, description=name * 3, link="file:///a b/ü.md"
        )
    yield invitation(summary="Grüße, 你好 🙂; " * 40)


def expanded(given: Invitation, window: Span) -> list[checks.Meeting]:
    """Return the meetings by the rule itself: replayed on the wall clock, then put into the zone."""
    rule = rrulestr(given.rrule, dtstart=given.start.replace(tzinfo=None))
    last = window.end.astimezone(given.zone).replace(tzinfo=None)
    starts = (each.replace(tzinfo=given.zone).astimezone(UTC) for each in rule.between(datetime.min, last))  # noqa: DTZ901 - before all
    long = {given.start.astimezone(UTC): given.first_minutes or given.minutes}
    return [
        (given.uid, start, start + timedelta(minutes=long.get(start, given.minutes)))
        for start in starts
        if window.holds(start)
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Invitation]:
    """Return every generated invitation in a file of its own."""
    folder = tmp_path_factory.mktemp("invitations")
    files = {}
    for number, given in enumerate(generated()):
        path = folder / f"{number}.ics"
        method = "REQUEST" if number % 2 else None
        path.write_bytes(
            calendar_bytes([invitation_lines(given)], [(given.zone, given.start)], method=method)
        )
        files[path] = given
    return files


def test_no_reader_has_anything_against_an_invitation(written: dict[Path, Invitation]) -> None:
    """With and without METHOD, in any zone, at any cadence, whatever people are called."""
    found = {path: problems for path, problems in checks.problems_of_all(list(written)).items() if problems}
    assert found == {}


def test_every_reader_sees_the_meetings_that_the_rule_means(written: dict[Path, Invitation]) -> None:
    """For 52 weeks, over every change of the clocks, to the minute."""
    for path, seen in checks.occurrences_of_all(list(written), YEAR).items():
        expected = expanded(written[path], YEAR)
        assert expected
        for reader, meetings in seen.items():
            assert meetings == expected, f"{reader}, {written[path].zone}, {written[path].rrule}"


def written_export(folder: Path, memory: Memory, shown: Series) -> tuple[list[Path], Memory]:
    """Export a year in which meetings were moved, lengthened, cancelled and declined; return the files."""
    seen = evidence(
        shown,
        [
            occurrence(6, moved_by=timedelta(days=1)),
            occurrence(8, moved_by=timedelta(days=-1), lasts=timedelta(hours=1)),
            occurrence(9, status=EventStatus.CANCELLED),
        ],
    )
    result, memory = export(memory, seen)
    paths = []
    for name, data in result.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        paths.append(path)
    return paths, memory


@pytest.mark.parametrize(
    ("changes", "last"),
    [({}, None), ({"state": SeriesState.ENDED, "ended_at": week(12)}, week(12))],
    ids=["standing", "ended"],
)
def test_an_export_reads_the_same_everywhere(
    tmp_path: Path, changes: dict[str, object], last: datetime | None
) -> None:
    """Moved meetings are where they went, cancelled ones are gone, nothing comes after the end."""
    paths, _ = written_export(tmp_path, Memory(series=(made(**changes),)), standing())
    assert [problem for problems in checks.problems_of_all(paths).values() for problem in problems] == []
    window = Span(week(0), week(30))
    starts = {
        number: week(number) for number in range(30) if number != 9 and (last is None or week(number) < last)
    }
    starts |= {6: week(6) + timedelta(days=1), 8: week(8) - timedelta(days=1)}
    for seen in checks.occurrences_of_all(paths, window).values():
        for reader, meetings in seen.items():
            assert [start for _, start, _ in meetings] == sorted(starts.values()), reader
            assert {end - start for _, start, end in meetings} == {timedelta(minutes=30), timedelta(hours=1)}


def test_a_cancelled_series_is_cancelled_everywhere(tmp_path: Path) -> None:
    """No reader has anything against the cancellation, and none sees a meeting."""
    _, memory = written_export(tmp_path, Memory(series=(made(),)), standing())
    refused = replace(memory, series=(made(state=SeriesState.REFUSED),))
    paths, _ = written_export(tmp_path, refused, standing(status=EventStatus.CANCELLED))
    assert [problem for problems in checks.problems_of_all(paths).values() for problem in problems] == []
    for seen in checks.occurrences_of_all(paths, Span(week(0), week(30))).values():
        assert set(map(tuple, seen.values())) == {()}


@pytest.mark.parametrize(
    ("fault", "by", "complaint"),
    [
        (b"DTSTART;TZID=Europe/Berlin:", b"X-NOTHING:", "libical"),
        (b"DTSTAMP:20261123T083000Z", b"DTSTAMP:never", "libical"),
        (b"DTEND;TZID=Europe/Berlin:20261201T103000", b"DTEND;TZID=Europe/Berlin:2026", "ical: "),
        (b"\r\n", b"\n", "own check"),
    ],
)
def test_the_readers_do_complain(tmp_path: Path, fault: bytes, by: bytes, complaint: str) -> None:
    """A broken file is not passed: the silence about ours means something."""
    given = invitation()
    path = tmp_path / "broken.ics"
    good = calendar_bytes([invitation_lines(given)], [(given.zone, given.start)])
    path.write_bytes(good.replace(fault, by))
    assert any(problem.startswith(complaint) for problem in checks.problems_of(path))


def test_zones_are_read_from_the_file(tmp_path: Path) -> None:
    """ical.js knows no zones of its own: what it sees is our VTIMEZONE, also where it lists dates (Gaza)."""
    given = invitation(tz="Asia/Gaza", rrule="FREQ=WEEKLY;INTERVAL=1;BYDAY=TU")
    path = tmp_path / "gaza.ics"
    path.write_bytes(calendar_bytes([invitation_lines(given)], [(ZoneInfo("Asia/Gaza"), given.start)]))
    window = Span(NOW, NOW + timedelta(weeks=260))
    assert checks.occurrences_by_reader(path, window)["ical.js"] == expanded(given, window)
