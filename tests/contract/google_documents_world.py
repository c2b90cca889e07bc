"""Google Docs under test: the real client, a fake Google on loopback, and the two people in their browsers."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from scheduler.documents.google_docs import GoogleDocuments
from scheduler.people import Pair
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import answered
from tests.unit.fake_google_worlds import Client

_PEOPLE = ("ana@example.com", "ann@example.com", "bo@example.com", "cy@example.com")


@dataclass
class GoogleWorld:
    """A fake Google, what is kept there, and the provider as the present run has it."""

    fake: FakeGoogle
    files: DriveAndDocs
    client: Client
    documents: GoogleDocuments = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first run."""
        self.documents = self.next_run()

    def state(self) -> object:
        """Return what people see."""
        return self.files.state()

    def next_run(self) -> GoogleDocuments:
        """Forget where documents are."""
        self.documents = GoogleDocuments(self.client.google)
        return self.documents

    def document(self, two: Pair) -> str:
        """Return the id of a pair's document that is there."""
        return GoogleDocuments(self.client.google).link(two).split("/")[-2]

    def add_line(self, two: Pair, line: str) -> None:
        """Write below everything else; who comes before the program asked it to begin the document."""
        begun = GoogleDocuments(self.client.google)
        if begun.read(two) is None:
            begun.write(two, "", None)
        self.files.people.append(self.document(two), line)

    def tick(self, two: Pair, text: str) -> None:
        """Click on the newest such item's box."""
        self.files.people.tick(self.document(two), text)

    def wait(self) -> None:
        """Do nothing: whoever is at work here is not in the way."""

    def take_away(self, two: Pair) -> None:
        """Move it to the trash."""
        self.files.people.trash(self.document(two))

    def break_reading(self, two: Pair) -> None:
        """Let Docs refuse everything to the manager."""
        refusal = answered(403, "insufficientFilePermissions")
        self.fake.faults.add(refusal, method="docs.*", user=two.manager.email)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let Drive have no room for new files, and Docs not for new text."""
        for method in ("drive.files.create", "docs.documents.batchUpdate"):
            self.fake.faults.add(answered(403, "storageQuotaExceeded"), method=method)
        yield
        self.fake.faults.clear()


@contextmanager
def in_google_docs() -> Iterator[GoogleWorld]:
    """Give a company with no documents yet; whatever was asked of Google must have been allowed."""
    files = DriveAndDocs()
    with FakeGoogle(files) as fake:
        for address in _PEOPLE:
            fake.add_account(address)
        with closing(Client(fake)) as client:
            yield GoogleWorld(fake, files, client)
        assert fake.violations == []
        assert files.library.unsupported == []
