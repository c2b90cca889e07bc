"""A year of weekly agendas in one Google Doc, as the two see them."""

from dataclasses import dataclass, field
from datetime import datetime

from scheduler.agenda.blocks import marked_meetings
from scheduler.memory import OpenerUse
from tests.contract.google_documents_world import GoogleWorld
from tests.unit.agenda_builders import FIRST, WEEK, prepared
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.gdocs_worlds import US, Requests, asked, documents, google, standing

__all__ = ["google"]
pytestmark = on_loopback
WEEKS = 52
LISTED = ("Since last time", "Do, drop or park?")
EACH_WEEK = {
    "files.list": 1,
    "documents.get": 1,
    "files.export": 1,
    "files.get": 1,
    "documents.batchUpdate": 1,
}


@dataclass
class Year:
    """The two and their document: what they have agreed on and not done yet, and what they did since last time."""

    google: GoogleWorld
    used: tuple[OpenerUse, ...] = ()
    open: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def prepare(self, meeting: datetime) -> Requests:
        """Let a run write the agenda of a meeting; return what it asked of Google."""
        self.google.next_run()

        def run() -> None:
            read = self.google.documents.read(US)
            made = prepared(read.text if read else None, meeting, pair=US, used=self.used)
            assert made is not None
            self.used += made.used
            self.google.documents.write(US, made.text, read.revision if read else None)

        return asked(self.google, run)

    @property
    def newest(self) -> dict[str, list[str]]:
        """Return the lines of the newest agenda as people see them, by the part in which they stand."""
        parts: dict[str, list[str]] = {}
        name = ""
        (document,) = documents(self.google)
        seen = self.google.files.people.text_of(document)
        first = next(place for place, line in enumerate(seen) if line.startswith("## "))
        for line in seen[first + 1 :]:
            if line.startswith("## "):
                break
            if line.startswith("#"):
                name = line.lstrip("# ")
                parts[name] = []
            else:
                parts[name].append(line)
        return parts

    def meet(self, week: int) -> None:
        """Agree on something new, and do what was agreed on three weeks ago: ticked where it is listed or was written."""
        (document,) = documents(self.google)
        people = self.google.files.people
        new = [f"Bo: ask finance about desk {week} 👩🏽\u200d💻"]
        new += [f"read the *draft* of week {week} [x]"] if week % 4 == 0 else []
        for text in new:
            people.fill_box(document, text)
        finished = [text for text in self.open if f" {week - 3} " in f"{text} "]
        for text in finished:
            lines = [line for line in people.text_of(document) if text in line]
            line = lines[-1] if week % 2 else lines[0]
            people.tick(document, line.removeprefix("[ ] ").replace(" _(", " (").removesuffix("_"))
        self.open = [text for text in self.open if text not in finished] + new
        self.done = finished


def listed(parts: dict[str, list[str]]) -> list[str]:
    """Return the items with a box that an agenda took over, without the program's note."""
    lines = [line for name in LISTED for line in parts.get(name, ())]
    return [line.removeprefix("[ ] ").partition(" _(")[0] for line in lines if line.startswith("[")]


def test_a_year_of_agendas(google: GoogleWorld) -> None:
    """What is open is carried once, what was ticked is told once and never again, and each week costs the same."""
    year = Year(google)
    year.prepare(FIRST)
    for week in range(1, WEEKS):
        year.meet(week)
        assert year.prepare(FIRST + week * WEEK) == EACH_WEEK
        parts = year.newest
        assert sorted(listed(parts)) == sorted(year.open)
        assert parts.get("Done since then", []) == [f"- ✓ {text}" for text in year.done]
        assert parts["Follow-ups for next time"] == ["[ ] ", "[ ] "]
    (document,) = documents(google)
    seen = google.files.people.text_of(document)
    assert not [line for line in seen if "<!--" in line or "onetoone" in line]
    assert marked_meetings(standing(google).text) == {FIRST + week * WEEK for week in range(WEEKS)}
    assert google.files.mails == []
