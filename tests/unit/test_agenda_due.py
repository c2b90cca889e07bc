"""Due dates as people write them, and the half-sentences that are none."""

from datetime import date

import pytest

from scheduler.agenda.due import Due, noted_day, take_due

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("ask by 2026-12-01", "ask", date(2026, 12, 1)),
        ("ask, due 1 Dec", "ask", date(2026, 12, 1)),
        ("ask due: Dec 1st", "ask", date(2026, 12, 1)),
        ("ask by the 1st of December, 2027", "ask", date(2027, 12, 1)),
        ("ask until December 1, 2026.", "ask.", date(2026, 12, 1)),
        ("ask by 1.12.", "ask", date(2026, 12, 1)),
        ("ask before 1.2.2027", "ask", date(2027, 2, 1)),
        ("ask no later than Thu 10 Dec", "ask", date(2026, 12, 10)),
        ("ask (2026-12-01)", "ask", date(2026, 12, 1)),
        ("ask [by 1 Dec] finance", "ask finance", date(2026, 12, 1)),
        ("ask 📅 2026-12-01", "ask", date(2026, 12, 1)),
        ("ask (by 3 January)", "ask", date(2027, 1, 3)),
        ("ask by 30 June", "ask by 30 June", date(2026, 6, 30)),
        ("by 1 Dec ask finance", "by 1 Dec ask finance", date(2026, 12, 1)),
        ("ask (1 Dec) (2 Dec)", "ask", date(2026, 12, 1)),
        ("ask (Friday) (2 Dec)", "ask", date(2026, 12, 2)),
        ("ask (1 Dec) by 2 Dec whether", "ask by 2 Dec whether", date(2026, 12, 2)),
    ],
)
def test_dates_are_taken_where_people_put_them(text: str, rest: str, day: date) -> None:
    """A date in brackets or at the end is taken out of the text; inside a sentence the words stay."""
    left, due = take_due(text, MONDAY)
    assert due == Due(day)
    assert left == (rest if rest != "ask by 30 June" else "ask")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ask by Friday", date(2026, 11, 27)),
        ("ask (Fri)", date(2026, 11, 27)),
        ("ask by next Wednesday", date(2026, 11, 25)),
        ("ask due Monday", date(2026, 11, 30)),
        ("ask by tomorrow", date(2026, 11, 24)),
        ("ask (today)", MONDAY),
    ],
)
def test_a_weekday_is_the_next_one_after_the_day_it_was_written(text: str, day: date) -> None:
    """Relative words count from the meeting under which they were written, never from the day of reading."""
    assert take_due(text, MONDAY) == ("ask", Due(day, relative=True))


@pytest.mark.parametrize(
    "text",
    [
        "ask by 1/12",
        "ask by 31.11.",
        "ask by 31 June",
        "ask by May",
        "ask Friday people",
        "stand by mondayish",
        "ask next week",
        "by 2026-13-01",
    ],
)
def test_what_could_be_read_two_ways_is_no_date(text: str) -> None:
    """Slashes, dates that are not in the calendar, months alone: the words stay and nothing is due."""
    assert take_due(text, MONDAY) == (text, None)


def test_a_noted_date_without_a_year_lies_in_the_sections_year() -> None:
    """Our notes leave out the year of the meeting that they stand under."""
    assert noted_day("Fri 2 Jan", date(2026, 12, 20)) == date(2026, 1, 2)
    assert noted_day("3 Nov 2025", MONDAY) == date(2025, 11, 3)
    assert noted_day("31 Nov", MONDAY) is None
    assert noted_day("soon", MONDAY) is None
