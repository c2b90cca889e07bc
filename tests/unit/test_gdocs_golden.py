"""The requests of one agenda, as they go to Docs; a golden file that is removed is written anew, to be looked at."""

import json

from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.requests import Place, insertion
from tests.unit.agenda_builders import FIRST, WEEK, newest, typed, written
from tests.unit.test_agenda_golden import GOLDEN, check

FOLLOW_UPS = """- [ ] Bo: pair with דנה on नमस्ते 👩🏽\u200d💻 by Friday
- [ ] prepare the *offsite*
  - [ ] book a room, see https://example.com/rooms
- [x] read the draft
"""


def test_the_requests_of_an_agenda() -> None:
    """Text, bullets and styles away, headings, styles, ranges for the mark, lists from the bottom up."""
    text = typed(written(None), FOLLOW_UPS, heard="- Tired of the on-call rota\n")
    section = newest(written(text, FIRST + WEEK))
    requests = insertion(paragraphs_of(section), Place(120, "t.0"))
    check("agenda-google-docs.json", json.dumps(requests, indent=1, ensure_ascii=False) + "\n")


def test_no_request_shows_our_mark() -> None:
    """It is the name of a range; nothing of it is text."""
    requests = json.loads((GOLDEN / "agenda-google-docs.json").read_text(encoding="utf-8"))
    (inserted,) = (one["insertText"]["text"] for one in requests if "insertText" in one)
    (name,) = (one["createNamedRange"]["name"] for one in requests if "createNamedRange" in one)
    assert name.startswith("onetoone/1 2026-11-10T10:00:00+01:00 carried=")
    assert "onetoone" not in inserted
    assert "<!--" not in inserted
