"""The page stands alone, shows everybody, and lets nothing in that a person typed."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.results import GapReport, PairStatus
from scheduler.errors import Problem
from scheduler.reports import render_report
from scheduler.reports.html import SHOWN_AT_ONCE, Page
from scheduler.reports.order import display_names
from scheduler.reports.weeks import week_cells
from tests.unit.report_builders import ANN, BO, NEW_YORK, coverage, every_status, gap_report, person
from tests.unit.report_companies import large

VOID = {"meta", "input", "rect"}


class Reader(HTMLParser):
    """Reads a page as a browser would: elements with their attributes, and all text."""

    def __init__(self, page: str) -> None:
        """Read the page, and keep the elements that were never closed."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element, and that it is open."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the text, but for the style."""
        if "style" not in self.open:
            self.text.append(data)

    def classed(self, name: str) -> Iterator[dict[str, str | None]]:
        """Yield the attributes of every element of a class."""
        return (
            attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()
        )


def read(report: GapReport) -> Reader:
    """Render a report and read the page."""
    return Reader(render_report(report, "html"))


@pytest.mark.parametrize("report", [every_status(), large(60), gap_report()], ids=["every", "large", "empty"])
def test_the_page_is_well_formed(report: GapReport) -> None:
    """Every element that is opened is closed, in order."""
    assert read(report).open == []


@pytest.mark.parametrize("report", [every_status(), large(60)], ids=["every", "large"])
def test_every_pair_is_in_the_grid_once(report: GapReport) -> None:
    """A row a pair, under the manager's heading, with what the report is called."""
    page = read(report)
    rows = [attributes for tag, attributes in page.elements if tag == "tr" and "data-s" in attributes]
    assert len(rows) == len(report.pairs)
    text = "".join(page.text)
    assert all(name in text for name in display_names(report).values())
    groups = [attributes["id"] for attributes in page.classed("group")]
    assert len(groups) == len(set(groups)) == len({c.pair.manager.email for c in report.pairs})


def test_every_week_of_every_pair_says_why() -> None:
    """Each cell's sentence is in the page, for screen readers and for pointers."""
    report = every_status()
    page = read(report)
    shown = [cell for found in report.pairs for cell in week_cells(found, report)]
    assert len(list(page.classed("w"))) == len(shown)
    assert {cell.why for cell in shown} <= set(page.text)


@given(st.text(min_size=1, max_size=40))
def test_nothing_that_was_typed_becomes_an_element(typed: str) -> None:
    """Names, reasons and problems are text, whatever is in them."""
    plain = gap_report(
        coverage(ANN, person("x@example.com", "plain"), status=PairStatus.OVERDUE, reasons=("plain",))
    )
    awkward = gap_report(
        coverage(
            ANN, person("x@example.com", f"<b>{typed}"), status=PairStatus.OVERDUE, reasons=(f'"><i>{typed}',)
        ),
        problems=(Problem(f"<script>{typed}", typed, typed),),
    )
    tags = [tag for tag, _ in read(awkward).elements]
    assert "script" not in tags
    assert tags.count("b") == [tag for tag, _ in read(plain).elements].count("b")


def test_the_page_asks_nothing_of_any_network() -> None:
    """No address, no script, no image, no form; the policy allows the page's own style alone."""
    text = render_report(every_status(), "html")
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<script|<link|<img|<form|style=|\son[a-z]+=", text)
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'" in text


def test_totals_are_tiles_that_choose_what_is_shown() -> None:
    """One choice for all, and one a status; all pairs are shown at first."""
    page = read(every_status())
    choices = [attributes for tag, attributes in page.elements if tag == "input"]
    assert [choice["id"] for choice in choices] == [
        f"only-{key}" for key in ("all", "unscheduled", "overdue", "at_risk", "unknown", "on_track", "paused")
    ]
    assert ["checked" in choice for choice in choices] == [True] + [False] * 6


def test_five_hundred_pairs_make_a_page_of_less_than_two_megabytes() -> None:
    """The page can be mailed; the worst stand first, the rest of them folded away."""
    report = large(500)
    text = render_report(report, "html")
    assert len(text.encode()) < 2_000_000
    off = sum(
        found.status is not PairStatus.ON_TRACK and found.status is not PairStatus.PAUSED
        for found in report.pairs
    )
    assert f"<summary>{off - SHOWN_AT_ONCE} more</summary>" in text


def test_today_is_marked_in_this_week() -> None:
    """The line stands in the column of the present week, as far in as the week has passed."""
    page = Page(every_status())
    assert page.this_week is not None
    assert page.weeks[page.this_week].isoformat() == "2026-11-23"
    assert f".w:nth-child({page.this_week + 3})" in render_report(every_status(), "html")


def test_an_empty_roster_has_no_today_and_says_so() -> None:
    """No pair, no grid, one sentence."""
    assert Page(gap_report()).this_week is None
    assert "No pairs: nobody on the roster has a manager." in render_report(gap_report(), "html")


def test_managers_zones_that_begin_in_different_weeks_share_one_header() -> None:
    """A pair without a cell in a column that another zone has gets an empty one."""
    report = gap_report(coverage(ANN, BO), coverage(person("sam@example.com", tz=NEW_YORK), BO))
    page = Page(report)
    assert {len(row.cells) for group in page.groups for row in group.rows} == {len(page.weeks)}


def test_suggestions_for_pairs_that_are_fine_have_a_place_of_their_own() -> None:
    """They do not stand among the worst."""
    text = render_report(gap_report(coverage(suggestions=("It runs out in May.",))), "html")
    assert "Could be better" in text
    assert "Worst first" not in text


def test_years_stand_where_there_is_room_for_them() -> None:
    """The first month that is wide enough, and January."""
    months = Page(every_status()).months
    assert [month for month, _ in months] == ["Aug", "Sep 2026", "Oct", "Nov", "Dec", "Jan 2027", "Feb"]
    assert sum(span for _, span in months) == len(Page(every_status()).weeks)


def test_the_tab_key_stops_at_weeks_out_of_the_ordinary() -> None:
    """Missed, moved and the like are reached without a pointer; on a page of very many pairs none is."""
    report = every_status()
    weeks = {
        state: [cell["tabindex"] for cell in read(report).classed("w") if f"w {state}" == cell["class"]]
        for state in "hx"
    }
    assert (set(weeks["h"]), set(weeks["x"])) == ({"-1"}, {"0"})
    assert not any(cell.get("tabindex") == "0" for cell in read(large(60)).classed("w"))


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_shapes_have_enough_contrast(scheme: int) -> None:
    """Text 4.5 to 1 on cards and on the page (WCAG 2.2, 1.4.3), shapes 3 to 1 on theirs (1.4.11)."""
    blocks = re.findall(r":root {(.*?)}", render_report(every_status(), "html"), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for text in ("ink", "soft", "on_track", "at_risk", "overdue", "unscheduled", "paused", "unknown"):
        assert contrast(colours[text], colours["card"]) >= 4.5, text
        assert contrast(colours[text], colours["page"]) >= 4.5, text
    for shape, ground in (
        ("held", "card"),
        ("planned", "card"),
        ("off", "card"),
        ("today", "card"),
        ("gap", "gap-tint"),
        ("due", "due-tint"),
    ):
        assert contrast(colours[shape], colours[ground]) >= 3, shape
