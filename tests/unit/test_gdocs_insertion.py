"""The requests that put an agenda in a document, and what becomes of the document."""

import json
from datetime import date
from pathlib import Path

import pytest

from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.paragraphs import Kind, Paragraph, Run
from scheduler.documents.gdocs.requests import insertion, place_before
from scheduler.documents.gdocs.structure import read_structure
from tests.unit.agenda_builders import FIRST, WEEK, newest, typed, written
from tests.unit.fake_docs_builders import bullets, insert, text_style
from tests.unit.gdocs_builders import Paper, text

GOLDEN = Path(__file__).parents[1] / "golden"


def check(name: str, found: str) -> None:
    """Compare with the golden file; where there is none, write it and fail."""
    path = GOLDEN / name
    if not path.exists():
        path.write_text(found, encoding="utf-8")
        pytest.fail(f"{name} is new: look at it, then run again")
    assert found == path.read_text(encoding="utf-8")


def test_the_requests_for_an_agenda() -> None:
    """One batch: text, styles, marks, lists from the bottom up. A golden file that is removed is written anew."""
    said = "- [ ] Ask finance 👩🏽\u200d💻 (Bo) by Friday\n- [ ] Prepare the offsite:\n  - [ ] book a room\n- [x] call Cleo\n"
    paper = Paper(typed(written(None), said, heard="- Tired of *the* rota, see https://x.example/\n"))
    section = newest(written(paper.text, FIRST + WEEK))
    place = place_before(paper.page.block_at(5), paper.structure)
    assert place is not None
    requests = insertion(paragraphs_of(section), place)
    check("google-docs-requests.json", json.dumps(requests, indent=1, ensure_ascii=False) + "\n")


def test_no_request_shows_our_mark() -> None:
    """It is the name of a range, without a word of the text; nothing of it is text."""
    requests = json.loads((GOLDEN / "google-docs-requests.json").read_text(encoding="utf-8"))
    (inserted,) = (one["insertText"]["text"] for one in requests if "insertText" in one)
    (name,) = (one["createNamedRange"]["name"] for one in requests if "createNamedRange" in one)
    assert name.startswith("onetoone/1 2026-11-10T10:00:00+01:00 carried=")
    assert "onetoone" not in inserted
    assert "<!--" not in inserted


def test_what_people_see_of_an_agenda() -> None:
    """Headings, boxes to tick, deeper ones below others, what is done with a tick."""
    golden = (GOLDEN / "agenda-everything.md").read_text(encoding="utf-8")
    check("google-docs-agenda.txt", "\n".join(Paper(golden).seen[:45]).replace("\v", "⏎\n") + "\n")


def test_styles_of_where_it_lands_are_not_taken_over() -> None:
    """The heading that stood on top may be bold, centred and part of a list."""
    paper = Paper("## Old\n\n- item\n")
    centred = {"alignment": "CENTER", "direction": "RIGHT_TO_LEFT"}
    reach = {"startIndex": 1, "endIndex": 5}
    paper.desk.batch(
        paper.document,
        {
            "updateParagraphStyle": {
                "range": reach,
                "paragraphStyle": centred,
                "fields": "alignment,direction",
            }
        },
        text_style(1, 4, bold=True, link={"url": "https://x.example/"}),
        bullets(1, 5),
    )
    paper.people.tick(paper.document, "Old")
    old = paper.seen
    paper.put([text("New", kind=Kind.HEADING, level=1), text("plain")], paper.structure.blocks[0])
    assert paper.seen == ["# New", "plain", *old]
    styles = [
        block["paragraph"]["paragraphStyle"]
        for block in paper.desk.get(paper.document)["body"]["content"][1:4]
    ]
    assert [style.get("alignment") for style in styles] == [None, None, "CENTER"]
    assert [style.get("direction") for style in styles][:2] == ["LEFT_TO_RIGHT"] * 2


def test_behind_the_last_words_of_a_document() -> None:
    """They stay a paragraph of their own, and an empty one is left to write in."""
    paper = Paper()
    paper.desk.batch(paper.document, insert(1, "👩🏽 our words"), bullets(1, 2))
    paper.put([text("New", kind=Kind.HEADING, level=1), text(kind=Kind.BOX)])
    assert paper.seen[:3] == ["[ ] 👩🏽 our words", "# New", "[ ] "]


def test_nothing_goes_right_before_a_table() -> None:
    """Docs refuses that; whoever asks is told."""
    paper = Paper("first\n")
    paper.people.insert_table(paper.document, "first", [["a", "b"]])
    _, table, *_ = paper.structure.blocks
    assert table.cells
    assert place_before(table, paper.structure) is None


def test_items_are_as_deep_as_they_are_in_markdown() -> None:
    """The tabs that say so are gone, and what comes after them is where it belongs."""
    paper = Paper("- [ ] a\n  - [ ] b\n    - c\n- [ ] **d**\n\n## *E*\n")
    assert paper.seen[:5] == ["[ ] a", "  [ ] b", "    - c", "[ ] **d**", "## _E_"]
    assert "\t" not in "".join(block.shown for block in paper.structure.blocks)


def test_a_year_of_agendas_is_put_in_at_once() -> None:
    """Every one of them below the next."""
    paper = Paper()
    whole: str | None = None
    for week in range(12):
        whole = written(whole, FIRST + week * WEEK)
    paper.write(whole or "")
    assert paper.text == whole
    days = [block.marks[0].meeting.date() for block in paper.structure.blocks if block.marks]
    assert days == [date(2026, 11, 3) + week * WEEK for week in reversed(range(12))]


def test_runs_that_hold_nothing_are_no_request() -> None:
    """An empty range would be refused."""
    structure = read_structure(Paper().desk.get(Paper().document, tabs=True))
    place = place_before(None, structure)
    assert place is not None
    requests = insertion([Paragraph(Kind.TEXT, (Run("", bold=True),))], place)
    assert [kind for request in requests for kind in request] == [
        "insertText",
        "updateParagraphStyle",
        "updateTextStyle",
    ]
