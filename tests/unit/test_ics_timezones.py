"""A VTIMEZONE says what ZoneInfo says, for every zone there is."""

import re
import zoneinfo
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrule, rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.ics.timezones import vtimezone_lines
from tests.unit.ics_builders import NOW

ZONES = sorted(zoneinfo.available_timezones())
TEN_YEARS = timedelta(days=3653)
SECOND = timedelta(seconds=1)


def observances(lines: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """Yield the properties of each STANDARD and DAYLIGHT."""
    current: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            current = {"NAME": [value]}
        elif name == "END" and value != "VTIMEZONE":
            yield current
        else:
            current.setdefault(name, []).append(value)


def offset(text: str) -> timedelta:
    """Read a UTC-OFFSET."""
    hours, minutes, seconds = int(text[1:3]), int(text[3:5]), int(text[5:] or 0)
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if text[0] == "-" else size


def changes(lines: Sequence[str], until: datetime) -> list[tuple[datetime, timedelta]]:
    """Return the moments in UTC from which an offset holds, as a reader of the VTIMEZONE finds them."""
    found = []
    for each in observances(lines):
        start = datetime.strptime(each["DTSTART"][0], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall-clock onset
        onsets = rruleset()
        onsets.rdate(start)
        for text in each.get("RRULE", []):
            rule = rrulestr(text, dtstart=start)
            assert isinstance(rule, rrule)
            onsets.rrule(rule)
        for listed in each.get("RDATE", []):
            onsets.rdate(datetime.strptime(listed, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - a wall-clock onset
        before, after = offset(each["TZOFFSETFROM"][0]), offset(each["TZOFFSETTO"][0])
        last = until.replace(tzinfo=None) + timedelta(days=2)
        found += [
            ((onset - before).replace(tzinfo=UTC), after) for onset in onsets.between(start, last, inc=True)
        ]
    return sorted(found)


def check(key: str, start: datetime) -> None:
    """Compare the VTIMEZONE with the zone: every ten days, and a second before and at each change."""
    zone, end = ZoneInfo(key), start + TEN_YEARS
    found = changes(vtimezone_lines(zone, start), end)
    moments = [start + timedelta(days=10) * step for step in range(TEN_YEARS // timedelta(days=10))]
    moments += [moment - SECOND for moment, _ in found] + [moment for moment, _ in found]
    onsets = [moment for moment, _ in found]
    for moment in moments:
        if start <= moment < end:
            said = found[bisect_right(onsets, moment) - 1][1]
            assert onsets[0] <= moment
            assert moment.astimezone(zone).utcoffset() == said, f"{key} at {moment}"


def test_every_zone_is_right_for_ten_years() -> None:
    """Whatever zone an organizer lives in, the file says what their wall clock says."""
    for key in ZONES:
        check(key, NOW)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(datetime(2015, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001 - bounds
def test_a_zone_is_right_from_any_start(key: str, start: datetime) -> None:
    """Zones that changed their rules, or will, are right from the start of the series on."""
    check(key, start.replace(tzinfo=UTC))


def test_a_regular_zone_is_two_rules_without_end() -> None:
    """Berlin is one rule for summer and one for winter, as every calendar program writes it."""
    summer, winter = observances(vtimezone_lines(ZoneInfo("Europe/Berlin"), NOW))
    assert summer == {
        "NAME": ["DAYLIGHT"],
        "DTSTART": ["20250330T020000"],
        "RRULE": ["FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"],
        "TZNAME": ["CEST"],
        "TZOFFSETFROM": ["+0100"],
        "TZOFFSETTO": ["+0200"],
    }
    assert winter["RRULE"] == ["FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"]


def rules(key: str) -> list[str]:
    """Return the rules of a zone."""
    return [
        rule for each in observances(vtimezone_lines(ZoneInfo(key), NOW)) for rule in each.get("RRULE", [])
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("America/New_York", ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]),
        ("Australia/Sydney", ["BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"]),
        ("Australia/Lord_Howe", ["BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"]),
        ("America/Nuuk", ["BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA", "BYMONTH=10;BYDAY=-1SU"]),
    ],
)
def test_rules_are_read_off_the_zone(key: str, expected: list[str]) -> None:
    """Places in the month are named where they fit (2SU, -1SU), and else the days on which the change can fall."""
    assert rules(key) == [f"FREQ=YEARLY;{rule}" for rule in expected]


def test_half_an_hour_of_summer_time_is_half_an_hour() -> None:
    """Lord Howe puts its clocks forward by thirty minutes."""
    offsets = {
        each["TZOFFSETTO"][0] for each in observances(vtimezone_lines(ZoneInfo("Australia/Lord_Howe"), NOW))
    }
    assert offsets == {"+1030", "+1100"}


def test_dublins_winter_is_called_standard() -> None:
    """By Irish law winter is the exception; readers know only summer time, so the names are swapped."""
    names = {
        each["NAME"][0]: each["TZNAME"][0]
        for each in observances(vtimezone_lines(ZoneInfo("Europe/Dublin"), NOW))
    }
    assert names == {"DAYLIGHT": "IST", "STANDARD": "GMT"}


def test_a_zone_without_changes_is_one_standard_part() -> None:
    """Kolkata has one part, and no rule."""
    (only,) = observances(vtimezone_lines(ZoneInfo("Asia/Kolkata"), NOW))
    assert (only["NAME"], only["TZOFFSETTO"], "RRULE" in only) == (["STANDARD"], ["+0530"], False)


def test_every_zone_has_a_standard_part() -> None:
    """Some readers take a zone without STANDARD for broken."""
    for key in ZONES:
        assert "BEGIN:STANDARD" in vtimezone_lines(ZoneInfo(key), NOW), key


def test_a_change_that_crosses_a_month_has_a_rule_for_each_month() -> None:
    """Cairo goes back after the last Thursday of October, which may be the first of November."""
    assert [re.sub("BYMONTHDAY=[0-9,]+", "…", rule) for rule in rules("Africa/Cairo")[-2:]] == [
        "FREQ=YEARLY;BYMONTH=10;…;BYDAY=FR",
        "FREQ=YEARLY;BYMONTH=11;…;BYDAY=FR",
    ]


def test_listed_changes_stand_one_to_a_line_with_the_first_among_them() -> None:
    """Gaza follows the moon: ical.js reads one value of each RDATE, and no DTSTART beside them."""
    for each in observances(vtimezone_lines(ZoneInfo("Asia/Gaza"), NOW)):
        assert each["RDATE"][0] == each["DTSTART"][0]
        assert all("," not in listed for listed in each["RDATE"])


def test_the_zone_is_named_by_its_iana_key() -> None:
    """TZID is the key itself, so that every reader finds the zone in its own data too."""
    assert vtimezone_lines(ZoneInfo("America/Argentina/Ushuaia"), NOW)[:3] == (
        "BEGIN:VTIMEZONE",
        "TZID:America/Argentina/Ushuaia",
        "X-LIC-LOCATION:America/Argentina/Ushuaia",
    )


def test_an_offset_with_seconds_keeps_them() -> None:
    """Monrovia was 44 minutes and 30 seconds behind Greenwich until 1972."""
    lines = vtimezone_lines(ZoneInfo("Africa/Monrovia"), datetime(1960, 6, 1, tzinfo=UTC))
    assert "TZOFFSETTO:-004430" in lines


def test_equal_years_give_equal_lines() -> None:
    """Two series that start in one year share their VTIMEZONE to the letter."""
    zone = ZoneInfo("Europe/Berlin")
    assert vtimezone_lines(zone, datetime(2026, 2, 1, tzinfo=UTC)) == vtimezone_lines(zone, NOW)
