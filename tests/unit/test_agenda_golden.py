"""Whole documents, as people see them; a golden file that is removed is written anew, to be looked at."""

from datetime import timedelta
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from scheduler.agenda.document import find_section
from scheduler.agenda.write import agenda_for_display
from scheduler.people import Pair
from tests.unit.agenda_builders import (
    BANK,
    FIRST,
    PAIR,
    SETTINGS,
    TEMPLATE,
    WEEK,
    newest,
    person,
    prepared,
    typed,
    weekly,
    written,
)

GOLDEN = Path(__file__).parents[1] / "golden"
FAR = Pair(person("d'Arc, Amélie Ø."), person("نور السيد", "nour@example.org", "Asia/Tokyo"))


def check(name: str, text: str) -> None:
    """Compare with the golden file; where there is none, write it and fail."""
    path = GOLDEN / name
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{name} is new: look at it, then run again")
    assert text == path.read_text(encoding="utf-8")


def a_year() -> str:
    """Return the document of a pair that met weekly for a year and wrote like people do."""

    def people(week: int, text: str) -> str:
        if week % 3 == 2:
            text = text.replace("- [ ] ", "- [x] ", 1)
        said = [
            "- [ ] Bo: ask finance about desk {0}\n",
            "- Ann: read draft {0} by Friday\n",
            "book room {0}\n",
            "",
        ][week % 4]
        heard = f"- Sounds tired of rota {week}\n" if week % 13 == 0 else ""
        if week % 10 == 9:
            text = text.replace("- [ ] ", "- [park] ", 1).replace("- Sounds", "- [x] Sounds", 1)
        return typed(text, said.format(week), heard=heard)

    return weekly(52, people)


def everything() -> str:
    """Return a document in which every part of an agenda has something to say."""
    first = (
        "- [ ] Ask finance about the monitors (نور) by Friday\n- [ ] Prepare the offsite:\n  - [ ] book a room\n  - [x] ask for dates\n"
        "- [ ] Decide on the book club\n- ~~Call the vendor~~\n@finance to send the form by 2026-12-24\n"
    )
    text = typed(
        written(None, pair=FAR), first, heard="- Tired of the on-call rota\n", theirs="- My holidays\n"
    )
    made = prepared(text, FIRST + WEEK, pair=FAR, not_held=[FIRST])
    assert made is not None
    text = typed(
        made.text,
        "1. [ ] # read <!-- the --> *draft*\n",
        heard="- The new office is loud\n",
        ideas="- Reviews take days\n\n",
    )
    used = made.used
    made = prepared(text, FIRST + 2 * WEEK, pair=FAR, used=used)
    assert made is not None
    text = made.text.replace("- [ ] نور: Ask finance", "- [x] نور: Ask finance", 1)
    text = text.replace("- [ ] Decide on the book club", "- [park] Decide on the book club", 1)
    return written(text, FIRST + 3 * WEEK, pair=FAR, used=used + made.used)


def test_a_first_agenda() -> None:
    """The first document of a pair: head, openers, and places to write."""
    check("agenda-first.md", written(None))


def test_an_agenda_after_a_year() -> None:
    """The newest agenda of 52 is no longer than it needs to be."""
    check("agenda-after-a-year.md", newest(a_year()))


def test_an_agenda_with_everything() -> None:
    """Every part filled, two clocks, names from two scripts."""
    check("agenda-everything.md", everything())


@pytest.mark.parametrize("name", ["agenda-first.md", "agenda-after-a-year.md", "agenda-everything.md"])
def test_golden_agendas_render_well(name: str) -> None:
    """One paragraph is no code block, no heading is empty, and our mark is invisible."""
    html = MarkdownIt("commonmark", {"html": False}).render((GOLDEN / name).read_text(encoding="utf-8"))
    assert "<pre>" not in html
    assert all(f"<h{level}></h{level}>" not in html for level in range(1, 7))


def test_the_next_agenda_is_shown_before_and_after_it_is_written() -> None:
    """What `onetoone agenda` shows is what will be written, and then what stands there with all that people added."""
    text = typed(written(None), "- Ask finance\n")

    def shown(document: str) -> str:
        start = FIRST + WEEK
        return agenda_for_display(
            PAIR, start, start, document, bank=BANK, template=TEMPLATE, used=(), settings=SETTINGS
        )

    before = shown(text)
    after = written(text, FIRST + WEEK)
    assert before.startswith("## Tuesday 10 November 2026, 10:00\n\n### Since last time")
    assert shown(after) == before
    assert "- [ ] Ask finance" in before
    assert "- Call Cleo" in shown(typed(after, "- Call Cleo\n"))
    assert find_section(after, FIRST + WEEK + timedelta(minutes=1), "") is None
