"""What a cadence costs, in each format: agreed word for word, and true to its laws whatever the names."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from scheduler.capacity.results import Now
from scheduler.capacity.what_if import WhatIf
from scheduler.errors import WrongUsage
from scheduler.every import Cadence
from scheduler.reports import render_capacity
from tests.golden.capacity_samples import SAMPLES
from tests.golden.report_samples import FOLDER
from tests.unit.capacity_builders import WEEKLY_45, alone, every_outcome, many, report, team
from tests.unit.report_builders import person

FORMATS = ("table", "json", "csv", "html", "markdown")
_NO_END = {"meta", "input"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_rendering_is_the_one_that_was_agreed(name: str) -> None:
    """If the change is meant: run `python -m tests.golden.capacity_samples`, and read the diff."""
    assert SAMPLES[name]() == (FOLDER / name).read_bytes().decode()


@pytest.mark.parametrize("width", [60, 70, 80, 100, 160])
@pytest.mark.parametrize("what_if", [None, WEEKLY_45])
def test_no_line_is_wider_than_the_terminal(width: int, what_if: WhatIf | None) -> None:
    """Names of any length and script are cut, columns go; a figure is never cut."""
    for sample in (every_outcome(what_if), many(40, what_if)):
        text = render_capacity(sample, "table", width=width)
        assert all(cell_len(line.replace("\u200e", "")) <= width for line in text.splitlines())
        last = "16/28" if what_if and sample.teams[0].span == 28 else "✓ 6/6"
        assert last in text


def test_colour_says_nothing_that_symbols_do_not() -> None:
    """The same text, with and without."""
    coloured = render_capacity(every_outcome(WEEKLY_45), "table", colour=True)
    plain = re.sub(r" *\n", "\n", re.sub(r"\x1b\[[0-9;]*m", "", coloured))
    assert plain == render_capacity(every_outcome(WEEKLY_45), "table")


@pytest.mark.parametrize("form", FORMATS)
def test_of_fewer_than_five_people_no_totals_are_told(form: str) -> None:
    """A manager with two reports is a row, and no group."""
    text = render_capacity(alone(), form)
    assert "of everybody" not in text
    assert "Ann Lee" in text
    if form == "json":
        assert json.loads(text)["totals"] is None


@pytest.mark.parametrize("form", FORMATS)
def test_nobody_to_report_on_is_said_and_no_fault(form: str) -> None:
    """A roster without pairs."""
    text = render_capacity(report(), form)
    assert text.endswith("\n")
    if form in {"table", "html"}:
        assert "No pairs: nobody on the roster has a manager." in text


def test_a_format_that_is_not_there_is_wrong_usage() -> None:
    """As for the gap report."""
    with pytest.raises(WrongUsage, match="there is no format 'pdf'"):
        render_capacity(report(), "pdf")


def test_what_is_not_known_is_null_in_json_and_never_nought() -> None:
    """A manager whose calendar could not be read has no hours; one of whom some pairs are known has at least so many."""
    found = {one["manager"]: one for one in json.loads(render_capacity(every_outcome(), "json"))["managers"]}
    assert found["layla@example.com"]["now"] == {
        "held_hours": None,
        "planned_hours": None,
        "unknown_pairs": 3,
    }
    assert found["sum@example.com"]["now"]["held_hours"] == 0.5
    assert found["layla@example.com"]["policy"]["fit"] == "unknown"


def test_the_totals_are_those_of_the_managers() -> None:
    """And everybody's are twice as many, as a meeting takes two."""
    found = json.loads(render_capacity(many(40, WEEKLY_45), "json"))
    totals = found["totals"]
    for kind in ("policy", "what_if"):
        hours = sum(manager[kind]["hours"] for manager in found["managers"])
        assert totals[kind]["manager_hours"] == pytest.approx(hours, abs=0.01 * len(found["managers"]))
        assert totals[kind]["everybody_hours"] == pytest.approx(2 * totals[kind]["manager_hours"], abs=0.01)
        assert totals[kind]["placed"] == sum(manager[kind]["placed"] for manager in found["managers"])
    assert totals["difference"]["from"] == "policy"
    more = totals["what_if"]["manager_hours"] - totals["policy"]["manager_hours"]
    assert totals["difference"]["manager_hours"] == pytest.approx(more, abs=0.01)


def test_what_binds_comes_first() -> None:
    """First those for whom it does not fit, then those of whom it is not known, then by the share of the week."""
    found = json.loads(render_capacity(every_outcome(WEEKLY_45), "json"))["managers"]
    fits = [one["what_if"]["fit"] for one in found]
    order = ("does_not_fit", "unknown", "fits", "nothing_asked")
    assert fits == sorted(fits, key=order.index)
    shares = [one["what_if"]["share"] for one in found if one["what_if"]["fit"] == "fits"]
    assert shares == sorted(shares, reverse=True)


def test_csv_is_read_back_cell_by_cell_and_runs_no_formula() -> None:
    """A name that begins with an equals sign is text."""
    rows = list(csv.DictReader(io.StringIO(render_capacity(every_outcome(WEEKLY_45), "csv"), newline="")))
    assert len(rows) == 7
    by = {row["manager"]: row for row in rows}
    assert by["sum@example.com"]["manager_name"] == "'=SUM(A1:A9)"
    assert by["layla@example.com"]["held_hours"] == ""
    assert by["max@example.com"]["policy_not_placed"] == "bo0@example.com"


def test_difference_is_said_in_both_directions() -> None:
    """More, less, and as much as before."""
    rarer = WhatIf(Cadence.parse("1 month"))
    same = WhatIf(minutes=30)
    assert "less than the policy" in render_capacity(many(40, rarer), "table").replace("\n", " ")
    assert "as much as the policy" in render_capacity(many(40, same), "table").replace("\n", " ")
    assert "1-2-1s of 30 minutes take" in render_capacity(many(40, same), "table")


class _Balance(HTMLParser):
    """Checks that every element is closed, by what opened it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in _NO_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("what_if", [None, WEEKLY_45])
def test_the_page_stands_alone(what_if: WhatIf | None) -> None:
    """No script, nothing from elsewhere, no style but its own, every element closed, no name as markup."""
    page = render_capacity(every_outcome(what_if), "html")
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    assert not re.search(r"<script|https?://|url\(|@import|\sstyle=|\son\w+=", page)
    assert "<b>O" not in page
    assert "&lt;b&gt;O" in page


def test_past_twenty_managers_the_page_folds_the_rest_away() -> None:
    """All of them are in it, without a script."""
    page = render_capacity(many(60, WEEKLY_45), "html")
    assert page.count('<th class="name" scope="row"') == 60
    assert "<summary>40 more</summary>" in page


def test_a_longer_list_of_reasons_is_cut_and_the_same_said_once() -> None:
    """Twelve without a time for the same reason are one line."""
    text = render_capacity(every_outcome(WEEKLY_45), "table")
    assert "Bo Dahl 0, Bo Dahl 1, Bo Dahl 2 and 9 more: No time fits" in " ".join(text.split())
    assert text.count("No time fits") == 2


def test_two_managers_of_one_name_are_told_apart() -> None:
    """By what stands before the @."""
    twins = report(*(team(person(f"bo{n}@example.com", "Bo Dahl"), 5, Now(1.0, 1.0)) for n in range(2)))
    assert "Bo Dahl (bo0)" in render_capacity(twins, "table")
