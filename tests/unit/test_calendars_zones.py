"""Zones by the names that vendors have for them, and the days that times mean in a series of days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from scheduler.calendars.moments import as_day, rule_in_days
from scheduler.calendars.zones import known_zone, vendors_zone

ZONES = tuple(
    map(ZoneInfo, ("Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "UTC"))
)
WINDOWS = sorted(name for name in WINDOWS_TO_OLSON if name.endswith(" Time"))


@given(st.sampled_from(WINDOWS), st.integers(0, 99))
def test_a_number_behind_a_windows_name_makes_no_difference(name: str, number: int) -> None:
    """Exchange numbers zones of one name."""
    assert vendors_zone(f"{name} {number}") == known_zone(name)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        (r"(UTC+01:00) Amsterdam\, Berlin\, Bern", "Europe/Amsterdam"),
        ("(GMT+01.00) Paris", "Europe/Paris"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC+12:00) Auckland, Wellington", "Pacific/Auckland"),
        ("(UTC-07:00) Arizona", "US/Arizona"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("Mountain Time (US & Canada)", "America/Denver"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ('"tzone://Microsoft/Utc"', "UTC"),
    ],
)
def test_a_zone_as_windows_shows_it_is_told_by_its_words(name: str, zone: str) -> None:
    """By a city that has this offset without daylight saving, or by the region."""
    assert vendors_zone(name) == ZoneInfo(zone)


@pytest.mark.parametrize(
    "name",
    [
        *("(UTC+09:00) Berlin", "(UTC+01:00) Somewhere", "(UTC+01:00)", "Customized Time Zone"),
        *(
            "tzone://Microsoft/Custom",
            "Etc/UTC-2",
            "GMT+2500",
            "+1",
            "Lunch Time 1",
            "",
            "(UTC+01:00) " + "x," * 9999,
        ),
    ],
)
def test_a_name_that_says_nothing_sure_is_no_zone(name: str) -> None:
    """A city elsewhere, a word that is no city, an offset that there is not, a name without end."""
    assert vendors_zone(name) is None


@given(st.integers(-13 * 60, 13 * 60), st.sampled_from(["GMT", "UTC", ""]), st.sampled_from(["", ":"]))
def test_a_bare_offset_is_that_offset(minutes: int, word: str, colon: str) -> None:
    """East is ahead."""
    hours, rest = divmod(abs(minutes), 60)
    zone = vendors_zone(f"{word}{'-' if minutes < 0 else '+'}{hours:02}{colon}{rest:02}")
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(minutes=minutes)


@given(st.text(max_size=60))
def test_any_name_is_a_zone_or_none(name: str) -> None:
    """Nothing that stands there makes it fail."""
    vendors_zone(name)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(ZONES))
def test_the_midnight_of_a_day_in_utc_means_that_day(day: date, zone: ZoneInfo) -> None:
    """In the zone in which it is its midnight, whichever that is; so does an UNTIL."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    assert as_day(midnight, zone) == day
    assert (
        rule_in_days(f"FREQ=DAILY;UNTIL={midnight:%Y%m%dT%H%M%SZ};WKST=MO", zone)
        == f"FREQ=DAILY;UNTIL={day:%Y%m%d};WKST=MO"
    )


@given(st.text(alphabet="UNTIL=0123456789TZ;", max_size=60), st.sampled_from(ZONES))
def test_a_broken_until_is_left_as_it_is(rule: str, zone: ZoneInfo) -> None:
    """It is refused in words where the rule is read."""
    assert rule_in_days(rule, zone).count("UNTIL=") == rule.count("UNTIL=")
