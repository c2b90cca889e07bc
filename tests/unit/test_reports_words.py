"""Names, dates and rules read the same in every rendering."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.results import PairStatus
from scheduler.every import Cadence
from scheduler.reports import summary_line
from scheduler.reports.order import by_manager, display_names, plain, worst_first
from scheduler.reports.words import rule_words, short_day
from scheduler.words import counted
from tests.unit.report_builders import ANN, BO, coverage, every_status, gap_report, person, sample_applied


def test_worst_first_goes_by_status_then_by_how_far_past_the_limit() -> None:
    """Unscheduled, overdue, at risk, unknown, on track, paused; inside each, the longest overdue first."""
    pairs = [
        coverage(ANN, person(f"{status}-{days}@example.com"), status=status, days_overdue=days)
        for status in PairStatus
        for days in (1.0, 9.0)
    ]
    shown = [(c.status, c.days_overdue) for c in worst_first(pairs)]
    order = ("unscheduled", "overdue", "at_risk", "unknown", "on_track", "paused")
    assert shown == [(PairStatus(status), days) for status in order for days in (9.0, 1.0)]


def test_groups_begin_with_the_manager_of_the_worst_pair() -> None:
    """A manager with one overdue report stands before one whose reports are all fine."""
    boss = person("zed@example.com")
    fine = coverage(ANN, BO)
    late = coverage(boss, BO, status=PairStatus.OVERDUE)
    assert list(by_manager([fine, late])) == ["zed@example.com", "ann@example.com"]


def test_two_people_of_one_name_are_told_apart() -> None:
    """By what stands before the @; where that is the same, by the whole address."""
    people = [
        person("bo@example.com", "Bo Dahl"),
        person("bo2@example.com", "Bo Dahl"),
        person("kim@a.example", "Kim"),
        person("kim@b.example", "Kim"),
        person("no.name@example.com"),
    ]
    names = display_names(gap_report(*(coverage(ANN, one) for one in people)))
    assert names == {
        "ann@example.com": "Ann Lee",
        "bo@example.com": "Bo Dahl (bo)",
        "bo2@example.com": "Bo Dahl (bo2)",
        "kim@a.example": "Kim (kim@a.example)",
        "kim@b.example": "Kim (kim@b.example)",
        "no.name@example.com": "no.name@example.com",
    }


def test_plain_text_cannot_steer_a_terminal_or_turn_its_line_around() -> None:
    """Escapes, line ends and directional overrides are gone; scripts and emoji stay."""
    assert plain("\x1b[31mred\x07\r\nnext\u2028line \u202etxt.exe") == "[31mred next line txt.exe"
    assert plain("ليلى 田中 👩‍💻") == "ليلى 田中 👩‍💻"


@given(st.text())
def test_plain_text_is_one_line(text: str) -> None:
    """Whatever comes in, no renderer sees a line end."""
    assert len(plain(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 3), "3 Nov"),
        (date(2027, 1, 5), "5 Jan"),
        (date(2025, 12, 3), "Dec 2025"),
        (None, "—"),
    ],
)
def test_a_day_far_away_shows_its_year(day: date | None, shown: str) -> None:
    """A day without a year is never one of another year's that could be mistaken."""
    assert short_day(day, date(2026, 11, 25)) == shown


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO", "every Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday"),
        ("FREQ=MONTHLY;INTERVAL=1;BYDAY=2WE", "the second Wednesday of every month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "the last Friday of every 3 months"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270101T000000Z", "every 2 weeks on Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU", "FREQ=WEEKLY;BYDAY=MO,TU"),
        ("FREQ=YEARLY;BYDAY=1MO", "FREQ=YEARLY;BYDAY=1MO"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=MO", "FREQ=WEEKLY;COUNT=3;BYDAY=MO"),
        ("FREQ=DAILY", "FREQ=DAILY"),
    ],
)
def test_a_rule_of_ours_is_said_in_words_and_any_other_stays(rule: str, words: str) -> None:
    """What is not understood whole is not paraphrased."""
    assert rule_words(rule) == words


@given(st.dates(), st.integers(1, 8), st.sampled_from(["week", "month", "quarter"]))
def test_every_rule_that_a_cadence_makes_has_words(first: date, count: int, unit: str) -> None:
    """No series of ours is shown as RFC 5545 writes it."""
    assert "FREQ" not in rule_words(Cadence.parse(f"{count} {unit}").rrule(first))


def test_counts_read_as_sentences_do() -> None:
    """No pairs, one pair, two pairs."""
    assert [counted(n, "pair") for n in (0, 1, 2, 1200)] == ["0 pairs", "1 pair", "2 pairs", "1,200 pairs"]


def test_the_summary_is_one_line_with_counts_and_no_names() -> None:
    """What cron mails says how things stand and what was done, and nothing about anybody."""
    line = summary_line(every_status(), sample_applied())
    assert line == (
        "9 pairs: 2 unscheduled, 1 overdue, 1 at risk, 1 unknown, 2 on track, 2 paused; "
        "1 change done, 1 failed, 1 skipped, 1 already so; 1 problem"
    )
    assert summary_line(gap_report(), ()) == "0 pairs; nothing to change"


def test_the_line_says_why_a_run_that_changed_nothing_was_not_whole() -> None:
    """Agendas that could not be read are counted: they cost the exit code."""
    line = summary_line(gap_report(), (), 2)
    assert line == "0 pairs; nothing to change; 2 agendas could not be read"
