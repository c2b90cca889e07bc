"""What a rule means where RFC 5545 leaves it open, or programs write it otherwise.

Each case is a file in `tests/calendar_files` and a row of docs/where-the-standard-is-silent.md.
"""

from tests.unit.silent_builders import days, days_off, fault, filed, times


def test_an_until_without_a_time_is_that_whole_day() -> None:
    """Google writes it so; the meeting of the last day takes place."""
    assert days("until_as_a_date") == ["11-03", "11-10", "11-17"]


def test_an_until_without_a_zone_is_in_that_of_the_series() -> None:
    """It has to be in UTC, and by the clock of the series it is the last meeting itself."""
    assert days("until_without_a_zone") == ["11-03", "11-10", "11-17"]


def test_an_until_in_utc_ends_days_on_the_date_that_it_is_in_the_calendars_zone() -> None:
    """Google writes so, and Exchange: the midnight of the last day, in UTC."""
    assert filed("until_as_a_time_for_days").occurrences[-1].span.start.day == 16
    assert len(days("until_as_a_time_for_days")) == 3


def test_an_until_before_the_start_leaves_nothing() -> None:
    """A series that was deleted from its first date on."""
    assert days("until_before_the_start") == []


def test_what_is_taken_out_counts_among_the_count() -> None:
    """Three are counted, one of them is taken out."""
    assert days("count_and_exdate") == ["11-03", "11-17"]
    assert days_off("count_and_exdate") == ["11-10"]


def test_a_count_of_nought_counts_nothing() -> None:
    """It stands beside an UNTIL, which is what ends the series."""
    assert days("count_of_nought") == ["11-03", "11-10", "11-17"]


def test_a_count_below_nought_counts_nothing() -> None:
    """As one of nought; apps for Android write -1 where an UNTIL ends the series."""
    assert days("count_below_nought") == ["11-03", "11-10", "11-17"]


def test_an_interval_of_nought_is_unread() -> None:
    """Nobody knows what was meant."""
    assert "INTERVAL '0'" in fault("interval_of_nought")


def test_a_start_that_its_rule_does_not_name_takes_place_and_is_not_counted() -> None:
    """The Thursday, and three Tuesdays, as Google has it."""
    assert days("start_outside_of_its_rule") == ["11-05", "11-10", "11-17", "11-24"]


def test_two_rules_both_hold() -> None:
    """What one of them names takes place."""
    assert days("two_rules") == ["11-03", "11-05", "11-10", "11-12", "11-17"]


def test_a_rule_of_what_is_left_out_is_unread() -> None:
    """To pass over it would count meetings that are not there."""
    assert "EXRULE" in fault("rule_of_what_is_left_out")


def test_a_rule_in_small_letters_and_with_blanks_is_read() -> None:
    """Capitals and blanks make no difference in it."""
    assert days("rule_in_small_letters") == ["11-03", "11-05", "11-10", "11-12"]


def test_a_date_added_after_the_end_of_the_rule_takes_place() -> None:
    """UNTIL ends the rule, and not the series."""
    assert days("date_added_after_the_end") == ["11-03", "11-10", "11-26"]


def test_a_date_both_added_and_taken_out_is_taken_out() -> None:
    """EXDATE has the last word."""
    assert days("date_added_and_taken_out") == ["11-03", "11-06"]
    assert days_off("date_added_and_taken_out") == ["11-05"]


def test_a_rule_of_another_calendar_is_unread() -> None:
    """Outlook keeps it under a name of its own; read without it the series would be a single meeting."""
    assert "X-MICROSOFT-RRULE" in fault("rule_of_another_calendar")


def test_a_time_that_clocks_leap_over_is_an_hour_later() -> None:
    """The half hour of 28 March begins at 03:30, when it is 01:30 in UTC, and keeps its length."""
    assert times("hour_that_is_left_out") == ["03-27 01:30", "03-28 01:30", "03-29 00:30"]
    lengths = {each.span.duration.total_seconds() for each in filed("hour_that_is_left_out").occurrences}
    assert lengths == {1800}


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    """02:30 in summer time."""
    assert times("hour_that_comes_twice") == ["10-25 00:30"]
