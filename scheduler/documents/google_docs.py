"""Agenda documents in Google Docs, in the manager's Drive, shared with the report.

A document has a link once it exists. What is read is what people see: real headings, checklists and bullets,
as the program's Markdown. What is written is only what is new, in one request that Docs carries out whole or not
at all, and only while the document is still as it was read; nothing that stands there is touched.

What a reading promises: text and revision belong together; a tick in it may be a moment newer, and then the
revision is no longer the document's, so that a write is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.documents.gdocs.addition import Addition, addition
from scheduler.documents.gdocs.files import GONE, DriveFile, Files
from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.paragraphs import Paragraph
from scheduler.documents.gdocs.requests import insertion, place_before
from scheduler.documents.gdocs.structure import FIELDS, Structure, read_structure
from scheduler.documents.gdocs.ticks import Ticks, boxes_of, read_ticks
from scheduler.documents.gdocs.to_markdown import Page, page_of
from scheduler.documents.interface import StoredDocument
from scheduler.errors import DocumentBusy, Problem, WriteFailed
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError
from scheduler.people import Pair

_NEXT_RUN = "it is left for the next run"
_READINGS = 3
_REFUSED = 400
_TOO_LARGE = "exportSizeLimitExceeded"  # an export has at most 10 MB (Drive API, files.export)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document as it was read: its structure, and the Markdown made of it."""

    structure: Structure
    page: Page


class GoogleDocuments:
    """A `DocumentStore` in Google Docs; for one run, which looks once for each document.

    Where it found none it remembers that until it creates one, and looks again then: an older one counts.
    """

    def __init__(self, google: Google) -> None:
        """Reach documents through this client, each as the pair's manager."""
        self._google = google
        self._files = Files(google)
        self._found: dict[tuple[str, str], DriveFile | None] = {}
        self._readings: dict[tuple[str, str], _Reading] = {}

    def link(self, pair: Pair) -> str:
        """Return the address of the pair's document; raise WriteFailed where it does not exist yet."""
        try:
            file = self._file(pair)
        except GoogleError as error:
            raise _failed(pair, error) from error
        if file is None:
            raise WriteFailed(Problem(_where(pair), "it does not exist yet", _NEXT_RUN))
        return file.address

    def read(self, pair: Pair) -> StoredDocument | None:
        """Return the pair's document, or None where there is none yet; raise WriteFailed if it can't be read.

        One request to find it the first time, one for what stands in it, one for the ticks where it has boxes.
        """
        try:
            reading = self._reading(pair)
        except GoogleError as error:
            raise _failed(pair, error) from error
        if reading is None:
            return None
        self._readings[pair.key] = reading
        return StoredDocument(reading.page.text, reading.structure.revision)

    def write(self, pair: Pair, text: str, expected: str | None) -> None:
        """Put in what is new in the text, or create the document where `expected` is None; the same text writes nothing.

        A document that was just created is shared with the report before anything stands in it. Raise
        DocumentBusy where the document is no longer at the expected revision, and WriteFailed where it can't be
        written, or where the text is more than what stands there and one new piece.
        """
        try:
            text.encode()
            self._write(pair, text, expected)
        except UnicodeEncodeError as error:
            what = "its new text has half a character in it, which no document can hold"
            remedy = "look at the names, the openers and the template"
            raise WriteFailed(Problem(_where(pair), what, remedy)) from error
        except GoogleError as error:
            raise _failed(pair, error) from error

    def _write(self, pair: Pair, text: str, expected: str | None) -> None:
        if expected is None:
            file, reading = self._create(pair)
        else:
            file = self._standing(pair)
            reading = self._as_read(pair, file, expected)
            if not expected:
                what = "the manager may read it and not write in it"
                raise WriteFailed(Problem(_where(pair), what, f"let {pair.manager.email} edit it"))
        new = _addition(pair, reading.page.text, text)
        paragraphs = paragraphs_of(new.text)
        if expected is not None and not paragraphs:
            if self._revision(pair, file) != expected:
                raise _changed(pair)
            return
        if not file.settled or file.doubles:
            self._found[pair.key] = self._files.settle(pair, file)
        if paragraphs:
            self._insert(pair, file, reading, new, paragraphs)

    def _create(self, pair: Pair) -> tuple[DriveFile, _Reading]:
        """Return a document that nobody has written in; raise DocumentBusy where somebody made one."""
        found = self._file(pair)
        if found is None:
            del self._found[pair.key]  # whether there is one is not known any more, should this fail
            file = self._found[pair.key] = self._files.create(pair)
            structure = self._structure(pair, file)
            if structure.blank and not file.settled:
                return file, _Reading(structure, page_of(structure.blocks, ()))
            self._found[pair.key] = self._files.without_doubles(pair, file)
        raise _busy(pair, "somebody made it while its agenda was being written")

    def _standing(self, pair: Pair) -> DriveFile:
        """Return the file of a document that was read; raise DocumentBusy where it was taken away since."""
        file = self._file(pair)
        if file is None or not self._files.still_there(pair, file):
            self._found.pop(pair.key, None)
            raise _busy(pair, "it was taken away while its agenda was being written")
        return file

    def _as_read(self, pair: Pair, file: DriveFile, expected: str) -> _Reading:
        """Return the document at the expected revision; raise DocumentBusy where it has another one by now."""
        known = self._readings.get(pair.key)
        if known is None or known.structure.revision != expected:
            known = self._read(pair, file)
        if known.structure.revision != expected:
            raise _changed(pair)
        return known

    def _insert(
        self, pair: Pair, file: DriveFile, reading: _Reading, new: Addition, paragraphs: Sequence[Paragraph]
    ) -> None:
        """Put paragraphs in; a request that was sent twice finds them there the second time, which is as good."""
        place = place_before(reading.page.block_at(new.line), reading.structure)
        if place is None:
            what = "a table stands where the new agenda goes, and Docs lets nothing be put right before one"
            raise WriteFailed(Problem(_where(pair), what, "put an empty line before the table"))
        revision = reading.structure.revision
        body = {"requests": insertion(paragraphs, place), "writeControl": {"requiredRevisionId": revision}}
        self._readings.pop(pair.key, None)
        try:
            self._send(
                pair, self._documents.batchUpdate(documentId=file.id, body=body, fields="writeControl")
            )
        except GoogleError as error:
            if error.status != _REFUSED:
                raise
            now = self._structure(pair, file)
            if now.revision == revision:
                raise
            if _stands(paragraphs, reading.structure) or not _stands(paragraphs, now):
                raise _changed(pair) from error

    def _file(self, pair: Pair) -> DriveFile | None:
        if pair.key not in self._found:
            self._found[pair.key] = self._files.find(pair)
        return self._found[pair.key]

    def _reading(self, pair: Pair) -> _Reading | None:
        """Read the pair's document; one that is gone since it was found is looked for again."""
        was_known = pair.key in self._found
        file = self._file(pair)
        if file is None:
            return None
        try:
            return self._read(pair, file)
        except GoogleError as error:
            if error.status != GONE or not was_known:
                raise
            del self._found[pair.key]
            return self._reading(pair)

    def _read(self, pair: Pair, file: DriveFile) -> _Reading:
        """Read structure and ticks, again where the two don't fit because somebody edited in between."""
        for _ in range(_READINGS):
            structure = self._structure(pair, file)
            ticks = self._ticks(pair, file, structure)
            if ticks.certain or self._revision(pair, file) == structure.revision:
                break
        return _Reading(structure, page_of(structure.blocks, ticks.places))

    def _structure(self, pair: Pair, file: DriveFile) -> Structure:
        request = self._documents.get(documentId=file.id, includeTabsContent=True, fields=FIELDS)
        return read_structure(self._send(pair, request))

    def _revision(self, pair: Pair, file: DriveFile) -> str:
        answer = self._send(pair, self._documents.get(documentId=file.id, fields="revisionId"))
        return str(answer.get("revisionId", ""))

    def _ticks(self, pair: Pair, file: DriveFile, structure: Structure) -> Ticks:
        """Return which boxes are ticked; where the document is too large to be exported, none."""
        if not boxes_of(structure.blocks):
            return Ticks()
        files = self._google.collection(Api.DRIVE, "files")
        try:
            export = self._send(pair, files.export(fileId=file.id, mimeType="text/markdown"))
        except GoogleError as error:
            if error.reason == _TOO_LARGE:
                return Ticks()
            raise
        return read_ticks(structure.blocks, export.decode(errors="replace"))

    @property
    def _documents(self) -> Any:  # noqa: ANN401 - the library makes these at run time
        return self._google.collection(Api.DOCS, "documents")

    def _send(self, pair: Pair, request: Any) -> Any:  # noqa: ANN401 - as above, and JSON
        return self._google.send(request, user=pair.manager.email)


def _addition(pair: Pair, before: str, after: str) -> Addition:
    """Return what is new in a text; raise WriteFailed where it is more than one piece between what stands there."""
    new = addition(before, after)
    if new is None and paragraphs_of(before) == paragraphs_of(after):
        new = Addition(0, "")
    if new is None:
        what = "its new text changes what stands there, and nothing that stands in a document is changed"
        raise WriteFailed(Problem(_where(pair), what, "write it into the document yourself"))
    return new


def _stands(paragraphs: Sequence[Paragraph], structure: Structure) -> bool:
    """Say whether paragraphs stand in a document: by the marks among them, else all of them in a row."""
    marks = {paragraph.mark.meeting for paragraph in paragraphs if paragraph.mark}
    if marks:
        return marks <= {found.meeting for block in structure.blocks for found in block.marks}
    wanted = [paragraph.plain for paragraph in paragraphs]
    texts = [block.paragraph.plain for block in structure.blocks]
    return any(texts[n : n + len(wanted)] == wanted for n in range(len(texts)))


def _where(pair: Pair) -> str:
    return f"the agenda document of {pair}"


def _failed(pair: Pair, error: GoogleError) -> WriteFailed:
    return WriteFailed(error.problem(_where(pair)))


def _changed(pair: Pair) -> DocumentBusy:
    return _busy(pair, "it changed while its agenda was being written")


def _busy(pair: Pair, what: str) -> DocumentBusy:
    return DocumentBusy(Problem(_where(pair), what, _NEXT_RUN))
