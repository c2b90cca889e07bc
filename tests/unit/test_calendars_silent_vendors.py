"""Zones by other names, and the words that Outlook, Apple and Google have for the rest.

Each case is a file in `tests/calendar_files` and a row of docs/where-the-standard-is-silent.md.
"""

from scheduler.meetings import Answer, Attendee, Busy
from tests.unit.calendars_builders import only
from tests.unit.silent_builders import days, days_off, filed, times, warning


def test_a_zone_named_as_windows_does_needs_no_definition() -> None:
    """Exchange publishes calendars in which it is missing."""
    assert times("zone_of_windows") == ["11-03 09:00"]
    assert not filed("zone_of_windows").warnings


def test_a_zone_with_a_number_is_the_zone_without_it() -> None:
    """Exchange numbers the second of two zones that have one name."""
    assert times("zone_with_a_number") == ["11-03 15:00"]


def test_a_zone_as_windows_shows_it_is_known_by_its_region_or_its_cities() -> None:
    """Where its offset is theirs."""
    assert times("zone_as_windows_shows_it") == ["11-03 15:00", "11-04 10:00"]
    assert not filed("zone_as_windows_shows_it").warnings


def test_a_zone_of_ones_own_means_what_the_file_defines() -> None:
    """As any TZID does that nobody else knows."""
    assert times("zone_of_ones_own") == ["11-03 15:00"]


def test_a_zone_of_ones_own_that_is_not_defined_is_as_good_as_none() -> None:
    """It is read as floating, with a warning."""
    assert times("zone_of_ones_own_undefined") == ["11-03 09:00"]
    assert "'Customized Time Zone'" in warning("zone_of_ones_own_undefined")


def test_a_zone_with_a_path_means_what_it_ends_in() -> None:
    """As Evolution and others write it."""
    assert times("zone_with_a_path") == ["11-03 15:00"]


def test_quotes_are_no_part_of_a_zone() -> None:
    """Whether they are needed or not."""
    assert times("zone_in_quotes") == ["11-03 15:00"]


def test_a_zone_that_nobody_knows_is_as_good_as_none() -> None:
    """In a calendar with X-WR-TIMEZONE it is that one."""
    assert times("zone_that_nobody_knows") == ["11-03 15:00"]
    assert "'Etc/UTC-2'" in warning("zone_that_nobody_knows")


def test_a_name_that_everybody_knows_goes_before_its_definition() -> None:
    """Tokyo is in Tokyo, whatever the file says of it."""
    assert times("zone_defined_against_its_name") == ["11-03 01:00"]


def test_a_zone_that_is_an_offset_is_that_offset() -> None:
    """West is behind: not as in IANA's Etc zones."""
    assert times("zone_as_an_offset") == ["11-03 15:00"]


def test_a_calendar_in_a_zone_that_nobody_knows_is_in_its_owners() -> None:
    """With a warning."""
    assert times("calendar_in_no_zone_that_is_known") == ["11-03 09:00"]
    assert "'Central Office'" in warning("calendar_in_no_zone_that_is_known")


def test_outlooks_word_on_the_time_goes_before_transp() -> None:
    """TRANSP knows no more than two."""
    assert only(filed("busy_status_against_transp")).busy is Busy.OUT_OF_OFFICE


def test_a_meeting_that_outlook_calls_off_in_its_title_is_off_where_the_time_is_free() -> None:
    """Whoever blocked the time again may hold it all the same."""
    assert days_off("meeting_called_off_in_its_title") == ["11-03"]
    assert days("meeting_called_off_in_its_title") == ["11-04"]


def test_apple_puts_the_address_into_a_parameter() -> None:
    """What stands in its place is a path on its server; its word on the time is that of Exchange."""
    found = only(filed("address_in_a_parameter"))
    assert found.attendees == (Attendee("bo@example.com", Answer.ACCEPTED),)
    assert found.busy is Busy.OUT_OF_OFFICE


def test_a_private_event_takes_place() -> None:
    """CLASS says who may look at it, and the job looks at no titles anyway."""
    assert days("private_event") == ["11-03"]
