"""people.csv beside the Google Directory: what a row adds, what it overrides, and whom it adds."""

from datetime import date

import pytest

from tests.unit.directory_builders import ANN, BO, lines, managers, read, user

CY = user("cy@example.com", "bo@example.com", aliases=["c@example.com"])


def test_a_row_adds_what_the_directory_does_not_know() -> None:
    """Its manager and its aliases stay where the row says nothing of them."""
    people = (
        "email,name,manager,timezone,hours,start_date,end_date,cadence,country,aliases\n"
        "cy@example.com,,,Asia/Tokyo,Mon-Thu 10:00-16:00,2026-01-01,2027-01-01,1 week,JP,cy@home.org\n"
    )
    found = read(ANN, BO, CY, people=people)
    assert (managers(found), found.warnings) == ({"bo": "ann", "cy": "bo"}, ())
    cy = found.roster.people["cy@example.com"]
    assert (cy.name, str(cy.tz), str(cy.hours)) == ("Cy", "Asia/Tokyo", "Mon-Thu 10:00-16:00")
    assert (cy.start_date, cy.end_date) == (date(2026, 1, 1), date(2027, 1, 1))
    assert (str(cy.cadence), cy.country) == ("1 week", "JP")
    assert cy.aliases == {"c@example.com", "cy@home.org"}


def test_what_a_row_says_counts() -> None:
    """Name and manager are overridden, the latter by alias if one likes."""
    found = read(ANN, BO, CY, people="email,name,manager\ncy@example.com,Cyrus,ann@example.com\n")
    assert managers(found) == {"bo": "ann", "cy": "ann"}
    assert found.roster.people["cy@example.com"].name == "Cyrus"
    assert managers(read(ANN, BO, CY, people="email,manager\nbo@example.com,none\n")) == {"cy": "bo"}


@pytest.mark.parametrize("row", ["C@Example.com,", "cyrus@old.org,c@example.com;x@old.org"])
def test_a_row_is_matched_by_any_address(row: str) -> None:
    """The person's main address is the Directory's; the others mean them, too."""
    found = read(ANN, BO, CY, people=f"email,aliases,manager\n{row},ann@example.com\n")
    assert (managers(found), found.warnings) == ({"bo": "ann", "cy": "ann"}, ())
    said = row.lower().replace(",", ";").split(";")
    assert all(
        found.roster.find(address) == found.roster.people["cy@example.com"] for address in said if address
    )


def test_a_row_for_nobody_there_adds_a_person() -> None:
    """A contractor who has a manager, or who is one: for a row of the file, or for the Directory."""
    people = "email,name,manager\neve@agency.org,Eve Ek,bo@example.com\nfay@agency.org,,\n"
    found = read(
        ANN, BO, user("cy@example.com", "fay@agency.org"), user("di@example.com", "Eve Ek"), people=people
    )
    assert managers(found) == {"bo": "ann", "cy": "fay", "di": "eve", "eve": "bo"}
    assert found.warnings == ()


def test_a_row_for_nobody_in_no_pair_is_a_warning() -> None:
    """Most often an address was mistyped; `none` says that it was not."""
    people = "email,manager,timezone\ncyy@example.com,,Asia/Tokyo\neve@agency.org,none,\n"
    found = read(ANN, BO, CY, people=people)
    assert lines(found.warnings) == [
        (
            "people.csv:2: cyy@example.com is nobody in the Directory, and has neither a manager nor reports; mend the "
            "address, name a manager, or take the row out"
        ),
    ]


def test_rows_for_those_who_are_gone() -> None:
    """The Directory decides who works here; whoever the file names as a manager may be gone, too."""
    guy = user("guy@example.com", suspended=True)
    people = "email,manager\nguy@example.com,ann@example.com\ncy@example.com,guy@example.com\n"
    found = read(ANN, BO, CY, guy, people=people)
    assert (managers(found), "guy@example.com" in found.roster.people) == ({"bo": "ann"}, False)
    assert [line.partition("; ")[0] for line in lines(found.warnings)] == [
        "people.csv:2: guy@example.com is suspended in the Directory, so that this row is not read",
        "people.csv:3: the manager guy@example.com is suspended, so that there is nobody to meet",
    ]


def test_a_new_account_may_bear_an_address_of_one_that_is_gone() -> None:
    """The row means whoever its email means, before anybody of its aliases."""
    old = user("cy@example.com", suspended=True)
    people = "email,manager,aliases\ncyrus@example.com,ann@example.com,cy@example.com\n"
    found = read(ANN, BO, old, user("di@example.com", "cy@example.com"), people=people)
    assert (managers(found), found.warnings) == ({"bo": "ann", "cyrus": "ann", "di": "cyrus"}, ())


def test_all_faults_are_listed_at_once_with_where_they_are() -> None:
    """The Directory's first, then the file's by line."""
    people = (
        "email,manager,timezone,aliases\n"
        "cy@example.com,bo@example.com,X/Y,\n"
        "c@example.com,,,ann@example.com\n"
        "e,,,\n"
        "ann@example.com,zoe@example.com,,\n"
        "eve@agency.org,eve@agency.org,,x\n"
    )
    found = read(ANN, BO, CY, user("di@example.com", "di@example.com"), people=people)
    assert [line.partition("; ")[0] for line in lines(found.problems)] == [
        "Google Directory, di@example.com: di@example.com is their own manager",
        "people.csv:2: timezone: 'X/Y' is not a time zone",
        "people.csv:3: cy@example.com is on the roster already, in line 2",
        "people.csv:4: email: 'e' is not an email address",
        "people.csv:5: the manager 'zoe@example.com' is not on the roster",
        "people.csv:6: aliases: 'x' is not an email address",
        "people.csv:6: eve@agency.org is their own manager",
    ]


def test_an_address_of_two_people_names_the_directory() -> None:
    """A row may not take another's address away."""
    (line,) = lines(read(ANN, BO, CY, people="email,aliases\nann@example.com,cy@example.com\n").problems)
    assert line == (
        "people.csv:2: the alias cy@example.com belongs to cy@example.com, in the Directory; an address means one "
        "person: take it out of one row"
    )


def test_a_ring_through_both_names_both_places() -> None:
    """The Directory's part of it, and the file's."""
    (line,) = lines(read(ANN, BO, people="email,manager\nann@example.com,bo@example.com\n").problems)
    assert line == (
        "people.csv:2: these people manage one another: ann@example.com (line 2) → bo@example.com (the Directory) → "
        "ann@example.com (line 2); mend one of the managers"
    )


def test_a_file_that_is_no_table_is_a_problem_beside_the_directory() -> None:
    """A header alone is fine."""
    assert managers(read(ANN, BO, people="email,manager\n")) == {"bo": "ann"}
    assert lines(read(ANN, BO, people="mail\n").problems)[0].startswith(
        "people.csv:1: the first line has no column"
    )
    assert lines(read(ANN, BO, people="").problems)[0].startswith("people.csv: there is nothing in it")
