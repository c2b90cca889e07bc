"""Dates taken out, changed and called off, and events that contradict each other.

Each case is a file in `tests/calendar_files` and a row of docs/where-the-standard-is-silent.md.
"""

from tests.unit.silent_builders import days, days_off, fault, filed


def test_an_exdate_without_a_time_takes_out_that_day() -> None:
    """Whoever writes it means that the meeting of that day is off."""
    assert days("exdate_as_a_date") == ["11-03", "11-17"]
    assert days_off("exdate_as_a_date") == ["11-10"]


def test_an_exdate_that_matches_nothing_is_passed_over() -> None:
    """No occurrence is made up to be called off."""
    assert days("exdate_that_matches_nothing") == ["11-03", "11-10", "11-17"]
    assert days_off("exdate_that_matches_nothing") == []


def test_an_exdate_at_another_hour_matches_nothing() -> None:
    """For Outlook it would; nobody is told to have missed a meeting on its account."""
    assert days("exdate_at_another_hour") == ["11-03", "11-10", "11-17"]


def test_an_exdate_in_utc_takes_out_the_day_that_it_is_in_the_calendars_zone() -> None:
    """23:00 in UTC is midnight of the fourth in Berlin."""
    assert days_off("exdate_in_utc_for_days") == ["11-03"]
    assert filed("exdate_in_utc_for_days").occurrences[1].original_start.day == 4


def test_an_exdate_at_midnight_takes_out_its_day() -> None:
    """Exchange writes it so for series of days, in the zone of the mailbox."""
    reading = filed("exdate_as_midnight_for_days")
    assert days_off("exdate_as_midnight_for_days") == ["11-03"]
    assert reading.occurrences[1].original_start.day == 4
    assert len(reading.occurrences) == 3


def test_an_override_named_by_a_day_changes_the_meeting_of_that_day() -> None:
    """RECURRENCE-ID has to be of the kind that DTSTART is; some write the date alone."""
    assert days("override_of_a_date") == ["11-03", "11-11", "11-17"]


def test_an_override_named_in_utc_changes_the_meeting_of_that_moment() -> None:
    """Whatever zone the series is in."""
    assert days("override_in_utc") == ["11-03", "11-11", "11-17"]


def test_an_override_named_in_another_zone_changes_the_meeting_of_that_moment() -> None:
    """Also where the changed meeting itself is in that zone."""
    assert days("override_in_another_zone") == ["11-03", "11-11", "11-17"]


def test_an_override_of_a_date_that_the_rule_does_not_name_takes_place() -> None:
    """The rule was changed after it, and somebody kept the date."""
    assert days("override_of_no_date_of_the_rule") == ["11-03", "11-10", "11-13", "11-17"]


def test_an_override_without_its_series_takes_place() -> None:
    """Who is invited to one date of a series has no more than that."""
    assert days("override_without_its_series") == ["11-11"]
    assert filed("override_without_its_series").occurrences[0].in_series


def test_a_date_changed_after_it_was_taken_out_takes_place() -> None:
    """The later SEQUENCE of the override says so."""
    assert days("override_of_a_date_taken_out") == ["11-03", "11-11", "11-17"]
    assert days_off("override_of_a_date_taken_out") == []


def test_a_date_both_changed_and_taken_out_is_off() -> None:
    """Where nothing says that the change came later."""
    assert days("date_taken_out_and_changed") == ["11-03", "11-17"]
    assert days_off("date_taken_out_and_changed") == ["11-10"]


def test_an_override_older_than_its_series_stands() -> None:
    """SEQUENCE alone takes back no change of a single date."""
    assert days("override_older_than_its_series") == ["11-03", "11-11", "11-17"]


def test_an_override_that_carries_a_rule_changes_one_date() -> None:
    """The rule is that of the series, copied along."""
    assert days("override_with_a_rule") == ["11-03", "11-11", "11-17"]
    assert not filed("override_with_a_rule").unread


def test_of_two_equal_overrides_the_later_one_counts() -> None:
    """The later one in the file, as with any program that takes them in one after the other."""
    assert days("two_overrides_of_one_date") == ["11-03", "11-12", "11-17"]


def test_a_series_called_off_takes_its_overrides_with_it() -> None:
    """None of it is left, and each stands at its original time."""
    assert days("series_called_off_with_overrides") == []
    assert days_off("series_called_off_with_overrides") == ["11-03", "11-10", "11-17"]


def test_an_override_called_off_is_one_date_called_off() -> None:
    """The others take place."""
    assert days("override_called_off") == ["11-03", "11-17"]
    assert days_off("override_called_off") == ["11-10"]


def test_a_message_that_calls_off_does_so_whatever_its_status() -> None:
    """Outlook leaves STATUS as it was."""
    assert days_off("message_that_calls_off") == ["11-03"]


def test_of_two_events_that_nothing_tells_apart_the_later_counts_and_the_other_is_unread() -> None:
    """A pair that is not on track by the one is unknown, and not overdue, on account of the other."""
    assert days("two_events_of_one_uid") == ["11-25"]
    assert "nothing tells which is the newer one" in fault("two_events_of_one_uid")
    assert "bo@example.com" in filed("two_events_of_one_uid").unread[0].addresses


def test_of_two_events_the_one_modified_later_counts() -> None:
    """Wherever in the file it stands, where SEQUENCE and DTSTAMP are the same."""
    assert days("two_versions_of_one_uid") == ["11-25"]
    assert not filed("two_versions_of_one_uid").unread
