"""How often a pair is to meet, in what window it is checked, and the words for both."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.cadence.policy import Circumstances, cadence_for
from scheduler.cadence.windows import pair_window, reading_window, report_window
from scheduler.cadence.words import ago, days
from scheduler.every import Cadence
from scheduler.people import Roster
from scheduler.timespans import DAY, wall_clock_days
from scheduler.words import every, on_date
from tests.unit.cadence_builders import BERLIN, NOW, PAIR, ROSTER, pair_of, roster_of, settings

KNOWN = Circumstances(now=NOW)
MONTH, QUARTER = Cadence.parse("1 month"), Cadence.parse("1 quarter")


def test_the_config_speaks_for_everybody() -> None:
    """Where the roster is silent the config's own cadence holds."""
    decision = cadence_for(PAIR, settings("1 week").cadence, KNOWN)
    assert (decision.cadence, decision.minutes) == (Cadence.parse("1 week"), 30)
    assert decision.why == "Every week, as the config has it for everybody"


def test_the_report_s_own_cadence_wins() -> None:
    """The roster's column speaks before the config."""
    decision = cadence_for(pair_of(report={"cadence": MONTH}), settings().cadence, KNOWN)
    assert decision.cadence == MONTH
    assert decision.why == "Every month, as the roster has it for Bo"


def test_no_one_to_one_is_no_cadence() -> None:
    """`none` in the roster wins over everything."""
    decision = cadence_for(
        pair_of(report={"no_one_to_one": True, "cadence": MONTH}), settings().cadence, KNOWN
    )
    assert decision.cadence is None
    assert decision.why == "The roster says that they have no 1-2-1"


def test_the_manager_s_own_cadence_is_for_their_manager() -> None:
    """The column is of the pair with one's manager, not of the pairs with one's reports."""
    assert cadence_for(
        pair_of(manager={"cadence": MONTH}), settings().cadence, KNOWN
    ).cadence == Cadence.parse("2 weeks")


def test_the_pair_s_window_is_that_of_the_settings() -> None:
    """12 weeks of the manager's wall clock either way, clock changes included."""
    window = pair_window(PAIR, [Cadence.parse("2 weeks")], settings(), NOW)
    assert wall_clock_days(window.start, NOW, BERLIN) == wall_clock_days(NOW, window.end, BERLIN) == 84


@pytest.mark.parametrize("cadence", [QUARTER, Cadence.parse("12 weeks")])
def test_the_pair_s_window_holds_its_longest_interval(cadence: Cadence) -> None:
    """A quarterly pair is looked at for longer than 12 weeks."""
    window = pair_window(PAIR, [cadence], settings(), NOW)
    assert window.start < NOW - cadence.limit(0.5)
    assert window.end > NOW + cadence.limit(0.5)


def test_a_pair_without_cadence_has_the_window_of_the_report() -> None:
    """There is no interval to hold."""
    window = pair_window(PAIR, [], settings(), NOW)
    assert wall_clock_days(window.start, window.end, BERLIN) == 168


def test_what_is_read_holds_every_pair_s_window_and_more() -> None:
    """In whole days of UTC; wide enough for the rarest cadence on the roster."""
    quarterly = roster_of(pair_of(report={"cadence": QUARTER}))
    for roster, cadence in ((ROSTER, Cadence.parse("2 weeks")), (quarterly, QUARTER)):
        window = reading_window(settings(), roster, NOW)
        assert window.covers(pair_window(PAIR, [cadence], settings(), NOW))
        assert (window.start.time(), window.end.time(), window.start.tzinfo) == (datetime.min.time(),) * 2 + (
            UTC,
        )
        assert window == reading_window(settings(), roster, NOW + timedelta(hours=3))


def test_half_a_year_is_read_ahead_where_somebody_meets_monthly() -> None:
    """A slot for a monthly series needs more dates than 12 weeks hold."""
    monthly = roster_of(pair_of(report={"cadence": MONTH}))
    assert reading_window(settings(), monthly, NOW).end >= NOW + timedelta(weeks=26)
    assert reading_window(settings(), ROSTER, NOW).end < NOW + timedelta(weeks=17)


def test_nobody_on_the_roster_still_has_a_window() -> None:
    """An empty roster, and one on which nobody has a 1-2-1, read by the config's cadence."""
    nobody = roster_of(pair_of(report={"no_one_to_one": True}))
    assert reading_window(settings(), Roster(), NOW) == reading_window(settings(), nobody, NOW)


def test_the_report_s_window_is_around_now() -> None:
    """From look-back to look-ahead."""
    window = report_window(settings(look_back=4, look_ahead=2), NOW)
    assert (NOW - window.start, window.end - NOW) == (28 * DAY, 14 * DAY)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (every(Cadence.parse("1 quarter")), "every quarter"),
        (every(Cadence.parse("3 months")), "every 3 months"),
        (days(1), "1 day"),
        (days(10.5), "10.5 days"),
        (days(21.0), "21 days"),
        (days(137), "137 days"),
        (days(1234.0), "1234 days"),
        (ago(0), "less than a day ago"),
        (ago(1), "1 day ago"),
        (ago(12), "12 days ago"),
        (on_date(date(2026, 12, 1), date(2026, 11, 23)), "Tue 1 Dec"),
        (on_date(date(2027, 1, 12), date(2026, 11, 23)), "Tue 12 Jan"),
        (on_date(date(2025, 12, 1), date(2026, 11, 23)), "Mon 1 Dec 2025"),
    ],
)
def test_the_words_are_plain(written: str, words: str) -> None:
    """Counts, dates and cadences as people say them."""
    assert written == words
