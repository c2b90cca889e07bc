"""Facts about documents: found by their mark, created once, read as written, changed only while they are as they were."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from scheduler.agenda.blocks import mark, marked_meetings
from scheduler.agenda.document import with_section
from scheduler.documents.gdocs.files import DriveFile, Files
from scheduler.documents.google_docs import GoogleDocuments
from scheduler.documents.interface import StoredDocument
from scheduler.google.client import Api
from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, Untried, differs, failed, holds
from scheduler.live.ground import Ground, after
from scheduler.live.interface import Check
from scheduler.live.scratch import TITLE

TO_TICK, TO_LEAVE = "Tick this box", "Leave this box alone"
STRUCK = "struck through"
ESCAPED = "[in brackets]"
_SEARCHED = "a new document is found by its mark"
_TWICE = "a document that was created twice is there once in the end"
_READ = "what is written into a document is read back as it was written"
_RANGES = "named ranges, which mark meetings, survive an edit"
_STALE = "a change of a document that somebody edited meanwhile is refused (400)"
_REFUSED = 400
_WEEK = timedelta(weeks=1)


def _searched(ground: Ground) -> Iterable[Finding]:
    ground.need_documents()
    files = Files(ground.google)
    ground.created(files.create(ground.pair))
    found, waited = ground.until(lambda: files.find(ground.pair))
    if found is None:
        then = (
            "a run that is killed just then makes a second one, which goes into the bin as long as it is empty; where "
            "it is never found, each run begins another: look again tomorrow, and report it"
        )
        return (differs(_SEARCHED, then),)
    ground.found(found)
    return (holds(_SEARCHED + (after(waited) or " at once")),)


def _read(ground: Ground) -> Iterable[Finding]:
    documents, _ = GoogleDocuments(ground.google), ground.document
    text = text_of(ground)
    documents.write(ground.pair, text, stored(ground, documents).revision)
    ground.written()
    read = stored(ground, GoogleDocuments(ground.google)).text
    if read == text:
        return (holds(_READ),)
    lines = zip(text.splitlines(), [*read.splitlines(), *[""] * text.count("\n")], strict=False)
    wrong = next(
        (f"{one!r} is read as {other!r}" for one, other in lines if one != other), "there is more in it"
    )
    then = f"{wrong}: agendas stand as they are, but may be read back incompletely; please report it"
    return (differs(_READ, then),)


def text_of(ground: Ground) -> str:
    """Return what is written into the scratch document: a head, and a meeting with all that matters in an agenda."""
    lines = (
        f"# {TITLE}",
        "",
        "## A meeting",
        mark(ground.here.start),
        "",
        f"- [ ] {TO_TICK}",
        f"- [ ] {TO_LEAVE}",
        "",
        f"Some text ~~{STRUCK}~~ and {ESCAPED}",
        "",
    )
    return "\n".join(lines)


def _ranges(ground: Ground) -> Iterable[Finding]:
    ground.need_text()
    documents = GoogleDocuments(ground.google)
    before = stored(ground, documents)
    first, second = ground.here.start, ground.here.start + _WEEK
    section = f"## The next meeting\n{mark(second)}\n\n- [ ] Something new\n"
    documents.write(ground.pair, with_section(before.text, section), before.revision)
    found = marked_meetings(stored(ground, GoogleDocuments(ground.google)).text)
    if {first, second} <= found:
        return (holds(_RANGES),)
    then = "a meeting is known by its heading alone, and one that was moved may get a second agenda"
    return (differs(_RANGES, then),)


def _stale(ground: Ground) -> Iterable[Finding]:
    revision = stored(ground, GoogleDocuments(ground.google)).revision
    try:
        _append(ground, revision)
    except GoogleError as error:  # it may have been sent twice: the second one is what is to be refused
        if error.status != _REFUSED or stored(ground, GoogleDocuments(ground.google)).revision == revision:
            raise
    try:
        _append(ground, revision)
    except GoogleError as error:
        if error.status == _REFUSED:
            return (holds(_STALE),)
        if error.passing or error.lacks_scope:
            raise
        then = f"it is refused with {error.status}: writing an agenda is then told as failed, and done by the next run"
        return (differs(_STALE, then),)
    then = "an agenda may land in the midst of what somebody types in that very moment; nothing of it is lost"
    return (differs(_STALE, then),)


def _append(ground: Ground, revision: str) -> None:
    body: dict[str, Any] = {
        "requests": [{"insertText": {"endOfSegmentLocation": {}, "text": "."}}],
        "writeControl": {"requiredRevisionId": revision},
    }
    documents = ground.google.collection(Api.DOCS, "documents")
    request = documents.batchUpdate(documentId=ground.document.id, body=body, fields="writeControl")
    ground.google.send(request, user=ground.user)


def _twice(ground: Ground) -> Iterable[Finding]:
    """Create it a second time, as a request does that is sent twice, and let the program settle it."""
    files, first = Files(ground.google), ground.document
    ground.created(files.create(ground.pair))
    found, _ = ground.until(lambda: _doubled(files.find(ground.pair)))
    if found is None:
        return (differs(_TWICE, "the search does not show the second one; it stays beside the first, empty"),)
    files.settle(ground.pair, found)
    left, _ = ground.until(lambda: _single(files.find(ground.pair)))
    if left is None or left.id != first.id:
        return (failed(_TWICE, "two documents may be in use for one pair; please report it"),)
    return (holds(_TWICE),)


def _doubled(file: DriveFile | None) -> DriveFile | None:
    return file if file is not None and file.doubles else None


def _single(file: DriveFile | None) -> DriveFile | None:
    return file if file is not None and not file.doubles else None


def stored(ground: Ground, documents: GoogleDocuments) -> StoredDocument:
    """Return the scratch document as a run reads it; raise Untried where it is not found, and WriteFailed."""
    _ = ground.document
    found = documents.read(ground.pair)
    if found is None:
        why = "the scratch document is not found any more"
        raise Untried(why)
    return found


CHECKS = (
    Check(_SEARCHED, _searched),
    Check(_READ, _read),
    Check(_RANGES, _ranges),
    Check(_TWICE, _twice),
)
LAST = (Check(_STALE, _stale),)
