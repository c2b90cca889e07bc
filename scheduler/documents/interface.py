"""What the job asks of a place that keeps agenda documents: one running document a pair.

`tests/contract/test_documents.py` is the law: every provider passes it. `test_documents_kept_whole.py` is what those
owe on top that keep texts byte for byte.
"""

from dataclasses import dataclass
from typing import Protocol

from scheduler.people import Pair


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as read: its Markdown text, and the revision that a write must still find."""

    text: str
    revision: str


class DocumentStore(Protocol):
    """A place that keeps agenda documents."""

    def link(self, pair: Pair) -> str:
        """Return the address of the pair's document, which stays the same; raise WriteFailed where it is not known yet.

        A provider that keeps documents under names of ours knows it before there is one; all do once there is one.
        """
        ...

    def read(self, pair: Pair) -> StoredDocument | None:
        """Return the pair's document, or None where there is none yet; raise WriteFailed if it can't be read.

        That there is none may be remembered for the run, until `write` creates it: that looks once more.
        """
        ...

    def write(self, pair: Pair, text: str, expected: str | None) -> None:
        """Let the document be this text, or create it where `expected` is None; the same text writes nothing.

        Raise DocumentBusy where the stored revision is no longer the expected one, or where a person is
        changing it at this moment who would be in the way; and WriteFailed where it can't be written, or where
        the provider only ever adds and the text changes what stands there. Either way the old text is whole.
        """
        ...
