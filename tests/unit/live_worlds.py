"""A live check on the fake Google: Ann's account, Bo as the second person, and how Google may behave otherwise."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.google.client import Google
from scheduler.google.scopes import Scope
from scheduler.hours import WorkingHours
from scheduler.live.documents import TO_TICK
from scheduler.live.finding import Finding, Verdict
from scheduler.live.ground import Circumstances, Ground
from scheduler.live.journal import Journal
from scheduler.live.run import live_check
from scheduler.live.scratch import EVENT_PREFIX, far_away
from scheduler.people import CalendarSource, Person
from tests.fake_google.calls import Call, Json
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_worlds import ANN, BO, Client, people

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SCOPES = (Scope.EVENTS_OWNED, Scope.FREE_BUSY, Scope.FILES)
PERSON = Person(
    email=ANN,
    name="Ann Archer",
    tz=ZoneInfo("Europe/London"),
    hours=WorkingHours.parse("Mon-Fri 09:00-17:30"),
    calendar=CalendarSource("google"),
)
REPORT = replace(PERSON, email=BO, name="Bo Berg", manager=ANN)
Answer = Callable[[Call], Json | bytes | None]
Other = Callable[[Call, Answer], Json | bytes | None]


@dataclass
class LiveWorld:
    """One fake Google and one state folder; every check is a new one, as the next command would do it."""

    fake: FakeGoogle
    files: DriveAndDocs
    state: Path
    client: Client
    ticks: bool = True
    waited: float = 0.0
    asked: list[str] = field(default_factory=list)
    checks: int = 0

    @property
    def google(self) -> Google:
        """The way that all checks take."""
        return self.client.google

    @property
    def journal(self) -> Journal:
        """What is written down in the state folder."""
        return Journal(self.state)

    def here(self, guest: str | None = None, person: Person = PERSON, **more: Any) -> Circumstances:  # noqa: ANN401 - of Circumstances
        """Return the circumstances of the next check; each has a series of its own."""
        self.checks += 1
        usual: dict[str, Any] = {
            "event_id": f"{EVENT_PREFIX}{self.checks:032x}",
            "calendars": True,
            "documents": True,
            "meet": True,
            "scopes": SCOPES,
            "ask": self._ask,
            "pause": self._pause,
            "report": REPORT,
        }
        start = far_away(NOW, person)
        return Circumstances(person=person, guest=guest, start=start, **{**usual, **more})

    def check(self, guest: str | None = None, **more: Any) -> list[Finding]:  # noqa: ANN401 - of Circumstances
        """Do a live check and return what it told."""
        told: list[Finding] = []
        fine = live_check(Ground(self.google, self.here(guest, **more)), self.journal, told.append)
        assert fine is all(finding.verdict is not Verdict.FAILED for finding in told)
        return told

    def seen(self) -> Json:
        """Return what is left anywhere, but for what Google remembers of deleted events."""
        state = self.fake.state()
        state["calendars"] = {
            owner: {id_: event for id_, event in events.items() if event != {"status": "cancelled"}}
            for owner, events in state["calendars"].items()
        }
        state["calendars"] = {owner: events for owner, events in state["calendars"].items() if events}
        return state

    def instead(self, method: str, answer: Other) -> None:
        """Let Google answer a method in another way, which may ask the usual one."""
        handlers = self.fake.serving.handlers
        usual = handlers[method]
        self.fake.serving.handlers = {**handlers, method: lambda call: answer(call, usual)}

    def _ask(self, lines: Iterable[str]) -> bool:
        self.asked += lines
        if self.ticks:
            document = self.files.people.documents()[0]
            self.files.people.tick(document, TO_TICK)
        return True

    def _pause(self, seconds: float) -> None:
        self.waited += seconds


@contextmanager
def live_world(state: Path) -> Iterator[LiveWorld]:
    """Give a company whose Google behaves as is believed; whatever was asked of it must have been allowed."""
    files = DriveAndDocs()
    with people(FakeGoogle(files)) as fake, closing(Client(fake, SCOPES)) as client:
        yield LiveWorld(fake, files, state, client)
        assert fake.violations == []
        assert files.library.unsupported == []


def of(told: Iterable[Finding], verdict: Verdict) -> list[str]:
    """Return the facts with a verdict."""
    return [finding.what for finding in told if finding.verdict is verdict]


def one(told: Iterable[Finding], what: str) -> Finding:
    """Return the finding about a fact that begins or goes on like this."""
    found = [finding for finding in told if what in finding.what]
    assert len(found) == 1, [finding.what for finding in found]
    return found[0]


def without_headers(call: Call) -> Call:
    """Return a request whose conditions are not looked at."""
    return replace(call, headers={})


__all__ = ["ANN", "BO"]
