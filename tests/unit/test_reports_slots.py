"""The best times of two people as people see them: in a terminal, on a page, in a wiki, and for scripts."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from scheduler.errors import WrongUsage
from scheduler.people import Pair
from scheduler.reports import render_slots
from scheduler.slots.advice import Advice, Present
from scheduler.slots.picture import State
from tests.golden.slots_samples import FOLDER, SAMPLES
from tests.unit.slots_advice_builders import (
    ANN,
    BO,
    nothing_fits,
    one_clock,
    option,
    some_times,
    ten_times,
)
from tests.unit.slots_builders import local, person

LONG = "Maximiliane Friederike von und zu Hohenlohe-Waldenburg-Schillingsfürst"
AWKWARD = '<b>O\'Neil</b> | "Q" `x` *y*'


@pytest.mark.parametrize("name", SAMPLES)
def test_a_rendering_is_the_one_that_was_agreed(name: str) -> None:
    """If the change is meant: run `python -m tests.golden.slots_samples`, and read the diff."""
    assert SAMPLES[name]() == (FOLDER / name).read_bytes().decode()


def between(mine: str, theirs: str) -> Advice:
    """Return the advice to two people of these names."""
    found = some_times()
    pair = Pair(replace(ANN, name=mine), replace(BO, name=theirs))
    return replace(found, request=replace(found.request, pair=pair))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("advice", [some_times(), ten_times(), nothing_fits(), between(LONG, LONG)])
def test_no_line_is_wider_than_the_terminal(advice: Advice, width: int) -> None:
    """Whatever the names are."""
    lines = render_slots(advice, "table", width=width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_without_colour_the_picture_tells_its_shades_apart() -> None:
    """Four shades of one block, a dot, and the words themselves; no escape sequence is in it."""
    text = render_slots(some_times(), "table")
    assert "\x1b" not in text
    for sign in ("░░░", "▒▒▒", "▓▓▓", "███", "1-2-1", "·", "█ 1 █"):
        assert sign in text
    assert "\x1b" in render_slots(some_times(), "table", colour=True)


def test_the_legend_explains_no_more_than_is_there() -> None:
    """An empty week has one shade."""
    text = render_slots(one_clock(person("Di Vine")), "table")
    assert "free on all dates" in text
    assert "1-2-1 another" not in text
    assert "75%" not in text


def test_a_time_on_another_day_there_says_so() -> None:
    """Monday morning in Berlin is Sunday evening in Los Angeles."""
    away = person("Bo Dahl", hours="Mon-Fri 09:00-17:00")
    far = replace(away, tz=ZoneInfo("America/Los_Angeles"))
    found = some_times()
    request = replace(found.request, pair=Pair(ANN, far))
    early = replace(found, request=request, options=(option("2026-11-30 08:00", (), 900),))
    assert "Sun 23:00/00:00" not in render_slots(early, "table")
    assert re.search(r"Mon 08:00 +Sun 23:00", render_slots(early, "table"))


def test_a_series_without_a_weekday_in_its_rule_is_said_in_words() -> None:
    """RFC 5545 lets a weekly rule leave BYDAY out: it is that of its start."""
    text = render_slots(some_times(), "markdown")
    assert "every 2 weeks on Thursday at 11:00" in text
    monthly = replace(some_times(), present=(Present(local("2026-11-26 11:00"), "FREQ=DAILY", 15),))
    assert "They meet by the rule FREQ=DAILY at 11:00" in render_slots(monthly, "table")


def test_what_hardly_matters_is_one_sum() -> None:
    """Each thing that costs five points and more is named with its points, all else together."""
    few = option("2026-11-26 11:00", (), 900, (-40, "over lunch for Ann"), (-4, "one"), (-3, "two"))
    text = render_slots(replace(some_times(), options=(few,)), "table")
    assert "- over lunch for Ann (40) and small things (7)" in text


def test_a_longer_first_one_is_told() -> None:
    """A new joiner's first meeting must fit, too."""
    found = some_times()
    longer = replace(found, request=replace(found.request, first_minutes=60))
    assert "every 2 weeks, 30 minutes, the first one 60" in render_slots(longer, "table")


class _Cells(HTMLParser):
    """Collects the classes of the picture's cells, and whether anything but the template opened a tag."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "td" and "tabindex" in dict(attrs):
            self.cells.append(dict(attrs)["class"] or "")


def page(advice: Advice) -> _Cells:
    """Return what a browser sees of the page."""
    found = _Cells()
    found.feed(render_slots(advice, "html"))
    return found


def test_the_page_draws_every_half_hour() -> None:
    """A cell each, with a class that says what it is."""
    advice = some_times()
    cells = [cell for row in advice.week.rows for cell in row.cells]
    drawn = page(advice).cells
    assert len(drawn) == len(cells)
    assert drawn.count("way") == sum(cell.state is State.ONE_TO_ONE for cell in cells)
    assert {"all", "enough", "half", "few", "way", "outside"} == set(drawn)


def test_nothing_that_a_person_typed_gets_into_the_page_unescaped() -> None:
    """No tag of a name's own, no script, nothing fetched."""
    text = render_slots(between(AWKWARD, "Bo\nDahl\u202e"), "html")
    assert "<b>O" not in text
    assert "&lt;b&gt;O" in text
    assert "script" not in page(between(AWKWARD, "Bo")).tags
    assert not re.search(r"https?://|src=|@import|url\(", text)
    assert "\u202e" not in text


def test_a_name_opens_nothing_in_markdown() -> None:
    """No cell, no tag, no emphasis."""
    head = render_slots(between(AWKWARD, "Bo"), "markdown").splitlines()[0]
    assert head == '# Times for a 1-2-1: \\<b\\>O\'Neil\\</b\\> \\| "Q" \\`x\\` \\*y\\* and Bo'


def test_the_json_holds_what_the_others_show() -> None:
    """Ranks from one on, times with offsets, and the week as it is drawn."""
    advice = some_times()
    found = json.loads(render_slots(advice, "json"))
    assert found["version"] == 1
    assert [one["rank"] for one in found["options"]] == [1, 2, 3, 4, 5]
    assert found["options"][0]["report_starts"] == ["2026-11-26T15:30:00+05:30", "2027-04-01T14:30:00+05:30"]
    assert [one["present"] for one in found["options"]] == [True, False, False, False, False]
    cells = [cell for row in found["week"]["rows"] for cell in row["cells"]]
    assert sorted(cell["rank"] for cell in cells if "rank" in cell) == [1, 2, 3, 4, 5]
    assert found["relaxations"] == []
    helps = json.loads(render_slots(nothing_fits(), "json"))["relaxations"]
    assert [one["cost"] for one in helps] == sorted(one["cost"] for one in helps)
    assert {"kind", "cost", "does", "start", "end", "free", "counted", "moved"} == set(helps[0])


def test_another_format_is_wrong_usage() -> None:
    """There is no CSV of a picture."""
    with pytest.raises(WrongUsage):
        render_slots(some_times(), "csv")
