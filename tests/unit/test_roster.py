"""Reading people.csv: every fault by line, and what spreadsheets do to such a file."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.roster import RowDefaults
from scheduler.settings import RosterSettings
from tests.unit.roster_builders import DEFAULTS, PAIR, read, roster_faults


def test_columns_stand_in_any_order_and_capitals() -> None:
    """A header is read as people write it."""
    found = read(
        "Manager,Start Date,E-Mail,EMAIL\n,,,ann@example.com\nAnn@Example.com,2026-01-01,,Bo@Example.COM\n"
    )
    assert found.problems == ()
    assert found.roster.people["bo@example.com"].manager == "ann@example.com"
    assert found.roster.people["bo@example.com"].start_date == date(2026, 1, 1)


def test_unknown_columns_are_a_warning() -> None:
    """They are ignored, and a near name is named."""
    found = read("email,manager,timezon,floor,\nann@example.com,,,3,\nbo@example.com,ann@example.com\n")
    assert found.problems == ()
    assert [str(warning) for warning in found.warnings] == [
        "people.csv:1: the column 'timezon' is not read; did you mean 'timezone'?",
        (
            "people.csv:1: the column 'floor' is not read; the columns that are read: email, name, manager, timezone, "
            "hours, start_date, end_date, cadence, country, calendar, aliases or prefers"
        ),
    ]


def test_rows_without_a_timezone_are_warned_of_once() -> None:
    """UTC is nobody's zone by choice."""
    defaults = RowDefaults(RosterSettings(), DEFAULTS.calendar, DEFAULTS.directory)
    (warning,) = read(PAIR, defaults).warnings
    assert str(warning).startswith(
        "people.csv:2: 2 people have no timezone; UTC is taken; fill the column, or set"
    )
    (warning,) = read(
        PAIR.replace("manager\n", "manager,timezone\n").replace("m,\n", "m,,UTC\n"), defaults
    ).warnings
    assert str(warning).startswith("people.csv:3: 1 person has no timezone")


def test_all_faults_of_a_roster_in_the_order_of_its_lines() -> None:
    """One pass over the file, not one fault a run."""
    text = (
        "email,manager,timezone\nann@example.com,di@example.com,X/Y\nb,,\nann@example.com,ann@example.com,\n"
    )
    assert [line.split(":")[0] for line in roster_faults(text)] == ["2", "2", "3", "4", "4"]


def test_an_email_stands_once() -> None:
    """Capitals make no other person; the first line is named."""
    assert roster_faults(PAIR + "BO@Example.com,ann@example.com\n") == [
        "4: bo@example.com is on the roster already, in line 3; keep one row a person",
    ]


def test_an_alias_means_one_person() -> None:
    """Neither another's email nor another's alias may be one."""
    text = "email,manager,aliases\nann@example.com,,a@x.com;bo@example.com\nbo@example.com,a@x.com,a@x.com\n"
    assert roster_faults(text) == [
        (
            "2: the alias bo@example.com belongs to bo@example.com, in line 3; "
            "an address means one person: take it out of one row"
        ),
        (
            "3: the alias a@x.com belongs to ann@example.com, in line 2; "
            "an address means one person: take it out of one row"
        ),
    ]


def test_a_manager_may_be_named_by_alias() -> None:
    """Pairs are kept by main address."""
    found = read(
        "email,manager,aliases\nann@example.com,,Boss@example.com\nbo@example.com,boss@EXAMPLE.com,\n"
    )
    assert found.roster.people["bo@example.com"].manager == "ann@example.com"


def test_a_manager_may_be_guessed_by_name() -> None:
    """Whoever writes a name is told the address."""
    text = "email,name,manager\nann@example.com,Ann Lee,\nbo@example.com,,Ann lee\n"
    assert roster_faults(text) == [
        "3: the manager 'ann lee' is not on the roster; did you mean 'ann@example.com'?"
    ]


def test_a_faulty_manager_is_still_known() -> None:
    """A fault in the manager's row is not told again for each of their reports."""
    text = "email,manager,timezone\nann@example.com,,X/Y\nbo@example.com,ann@example.com,UTC\n"
    assert [line.split(":")[0] for line in roster_faults(text)] == ["2"]
    too_long = "email,manager\nann@example.com,,Lee,x\nbo@example.com,ann@example.com\n"
    assert roster_faults(too_long) == [
        '2: this row has 4 cells, the header names 2; put a cell with a comma in it into quotes: "Lee, Ann"',
    ]


def test_a_ring_of_managers_is_told_once_with_its_lines() -> None:
    """However many people hang on it."""
    text = "email,manager\na@x.com,b@x.com\nb@x.com,c@x.com\nc@x.com,b@x.com\nd@x.com,b@x.com\n"
    assert roster_faults(text) == [
        (
            "3: these people manage one another: b@x.com (line 3) → c@x.com (line 4) → b@x.com (line 3); "
            "mend one of the managers"
        ),
    ]


def test_a_long_ring_is_cut() -> None:
    """A sentence has an end."""
    rows = [f"p{i}@x.com,p{(i + 1) % 500}@x.com" for i in range(500)]
    (found,) = roster_faults("email,manager\n" + "\n".join(rows))
    assert "p18@x.com (line 20) → 481 more → p0@x.com (line 2)" in found


def test_semicolons_and_tabs() -> None:
    """Spreadsheets of many countries write semicolons; a copy from one has tabs; Excel may say `sep=`."""
    for text in (
        PAIR.replace(",", ";"),
        PAIR.replace(",", "\t"),
        "sep=;\n" + PAIR.replace(",", ";"),
        "\n\n" + PAIR,
    ):
        assert read(text).roster == read(PAIR).roster
        assert read(text).problems == ()
    (found,) = roster_faults("sep=;\r\nemail;manager\r\nann;\r\n")
    assert found.startswith("3: email: 'ann'")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(end: str) -> None:
    """Also after cells with line breaks in them, empty rows, and with any line end."""
    text = 'email,name\nann@example.com,"Ann\n\nLee"\n,,\n\nbo,"x\ny"\ncy,\n'.replace("\n", end)
    assert [line.split(":")[0] for line in roster_faults(text)] == ["7", "9"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'email,name\na@x.com,"Ann" Lee\nbo,\n',
            "2: there is text after the closing quote of a cell; write a quote",
        ),
        ('email,name\nbo,\na@x.com,"Ann\nx\n', "3: a quote is opened here and never closed; close the cell"),
        (f'email,name\nbo,\na@x.com,"{"x" * 140_000}"\n', "3: a cell has more than 131072 characters"),
    ],
)
def test_broken_quoting_costs_its_line_alone(text: str, sentence: str) -> None:
    """The other lines are still checked."""
    found = roster_faults(text)
    assert any(line.startswith(sentence) for line in found)
    assert any("'bo' is not an email" in line for line in found)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "there is nothing in it; begin with a line such as email,name,manager,timezone"),
        ("\n,,\n", "there is nothing in it"),
        ('"', "1: a quote is opened here and never closed"),
        (
            "email,manager\n",
            "there is nobody on the roster; write a row for each person below the header",
        ),
        ("email\nann@x.com\n", "nobody on the roster has a manager, so there is nobody to meet"),
        ("ann@x.com,\nbo@x.com,ann@x.com\n", "1: the first line is a person; it must name the columns"),
        ("mail,manager\nx,y\n", "1: the first line has no column 'email'; write 'email' in place of 'mail'"),
        ("name,manager\nx,y\n", "1: the first line has no column 'email'; begin with a line such as email,"),
        ("email,Manager,manager\nx,y,z\n", "1: there are 2 columns 'manager'; keep the one that is meant"),
    ],
)
def test_a_file_without_people_says_what_to_write(text: str, sentence: str) -> None:
    """An empty file, a missing header and a doubled column are one sentence."""
    assert roster_faults(text)[0].startswith(sentence)


def test_large_rosters_take_seconds() -> None:
    """Time grows with the file, not with its square."""
    rows = [f"p{i}@x.com,p{i // 8}@x.com,q{i}@x.com" for i in range(1, 10_000)]
    begin = time.perf_counter()
    found = read("email,manager,aliases\np0@x.com,,\n" + "\n".join(rows))
    assert (len(found.roster.people), found.problems) == (10_000, ())
    assert time.perf_counter() - begin < 5


def test_of_very_many_unknown_managers_the_first_are_guessed() -> None:
    """Guessing is slow; every one is still reported."""
    rows = [f"p{i}@x.com,q{i}@x.com" for i in range(3_000)]
    found = roster_faults("email,manager\n" + "\n".join(rows))
    assert len(found) == 3_000
    assert found[-1].endswith("give the manager a row, or mend the address")


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the file holds, the answer is people or sentences, never a crash."""
    found = read("email,manager,name,timezone,hours,start_date,cadence,calendar\n" + text)
    assert found.problems or found.roster.people


@settings(max_examples=50)
@given(st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_a_roster_without_problems_has_no_ring(managers: list[int]) -> None:
    """Going up from anybody ends at somebody without a manager; else a problem was named."""
    rows = [f"p{i}@x.com,p{manager}@x.com" for i, manager in enumerate(managers)] + ["top@x.com,"]
    found = read("email,manager\n" + "\n".join(rows))
    assert found.problems, "eight people who all have managers among themselves hold a ring"
    shifted = [
        f"p{i}@x.com,p{min(manager, i - 1)}@x.com" if i else "p0@x.com," for i, manager in enumerate(managers)
    ]
    assert read("email,manager\n" + "\n".join(shifted)).problems == ()
