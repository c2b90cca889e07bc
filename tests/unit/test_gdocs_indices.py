"""Places in a document are UTF-16 units: letters beyond the first plane, combining ones and those from right to left."""

import pytest

from scheduler.documents.gdocs.paragraphs import Kind, Run, between, trimmed, utf16
from scheduler.documents.gdocs.requests import Place, insertion
from tests.unit.gdocs_builders import Paper, text

WORDS = {
    "emoji": "👩🏽\u200d💻 ships",
    "flag": "🇩🇪 trip",
    "right to left": "שיחה עם דנה",
    "arabic": "مراجعة المسودة",
    "combining": "e\u0301te\u0301 नमस्ते",
    "beyond the first plane": "\U0001d504\U0001d51f",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_text_is_as_long_as_its_utf_16(words: str) -> None:
    """As Docs counts, not as Python does."""
    assert utf16(words) == len(words.encode("utf-16-le")) // 2


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_style_covers_the_words_that_have_it(words: str) -> None:
    """Behind and in front of such letters, in an item of the second level too."""
    paper = Paper()
    runs = (f"{words} ", Run(words, bold=True), f" {words}")
    item = text(*runs, kind=Kind.BOX, level=1)
    paper.put([text("above", kind=Kind.BOX), item, text(*runs)])
    assert [block.paragraph for block in paper.structure.blocks][1:3] == [item, text(*runs)]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_an_agenda_goes_above_such_letters_and_below_them(words: str) -> None:
    """Every paragraph that stood there stays whole."""
    paper = Paper()
    paper.put([text(words, kind=Kind.HEADING, level=1), text(words)])
    paper.put([text(f"new {words}", kind=Kind.HEADING, level=2)], paper.structure.blocks[1])
    assert paper.seen[:3] == [f"# {words}", f"## new {words}", words]


def test_the_requests_say_where() -> None:
    """From the index on, an emoji having two; what goes behind the last word begins after its newline."""
    made = insertion([text("😀a", Run("b", italic=True))], Place(10, "t.1"))
    reach = {"startIndex": 10, "endIndex": 15, "tabId": "t.1"}
    assert made[0] == {"insertText": {"location": {"index": 10, "tabId": "t.1"}, "text": "😀ab\n"}}
    assert made[1]["updateParagraphStyle"]["range"] == reach
    assert made[-1]["updateTextStyle"]["range"] == reach | {"startIndex": 13, "endIndex": 14}
    behind = insertion([text("a")], Place(10, "t.1", behind=True))
    assert behind[0]["insertText"]["text"] == "\na\n"
    assert behind[1]["updateParagraphStyle"]["range"] == reach | {"startIndex": 11, "endIndex": 13}


def test_runs_are_cut_between_characters() -> None:
    """Pieces and trimmed ends keep their styles."""
    runs = (Run(" 👩🏽"), Run("\u200d💻 ", bold=True))
    assert trimmed(runs) == (Run("👩🏽"), Run("\u200d💻", bold=True))
    assert between(runs, 2, 4) == (Run("🏽"), Run("\u200d", bold=True))
