"""Facts about Drive's export as Markdown, which alone shows the ticks of a document; a tick takes a person's click."""

import re
from collections.abc import Iterable

from scheduler.documents.google_docs import GoogleDocuments
from scheduler.google.client import Api
from scheduler.live.documents import ESCAPED, STRUCK, TO_LEAVE, TO_TICK, stored
from scheduler.live.finding import Finding, Untried, differs, failed, holds
from scheduler.live.ground import Ground, after
from scheduler.live.interface import Check

_OPEN = "a box that is not ticked is exported as - [ ]"
_STRUCK = "what is struck through is exported between ~~"
_ESCAPES = "the export puts a backslash before punctuation"
_TICKED = "a box that a person ticks is exported as - [x]"
_BOX = r"^[ \t]*[-*+][ \t]+\[{inside}\][ \t]+{text}[ \t]*$"
_INSTEAD = (
    "agendas say 'tick' all the same, but a follow-up stays open until its words say that it is done: 'done:' or ✓ "
    "before it, or struck through (docs/agendas.md)"
)


def _exported(ground: Ground) -> Iterable[Finding]:
    ground.need_text()
    text = _export(ground)
    yield (
        holds(_OPEN) if _has_box(text, " ", TO_LEAVE) else differs(_OPEN, f"ticks can't be read: {_INSTEAD}")
    )
    yield (
        holds(_STRUCK)
        if f"~~{STRUCK}~~" in text
        else differs(_STRUCK, "the program reads it from the document itself, so nothing is lost")
    )
    escaped = "".join(f"\\{letter}" if letter in "[]" else letter for letter in ESCAPED)
    yield (
        holds(_ESCAPES)
        if escaped in text
        else differs(_ESCAPES, "boxes are matched by their words without punctuation, so nothing is lost")
    )


def _ticked(ground: Ground) -> Iterable[Finding]:
    ground.need_text()
    address = ground.document.address
    before = stored(ground, GoogleDocuments(ground.google))
    lines = (f"Open {address}", f"tick the box '{TO_TICK}', and press Enter here.")
    if not ground.here.ask(lines):
        why = "it takes a click: run it again on a terminal, where it waits for you to tick a box in the document"
        raise Untried(why)
    done, waited = ground.until(lambda: _read_as_ticked(ground))
    if done is None and stored(ground, GoogleDocuments(ground.google)).revision == before.revision:
        why = "the document did not change, so no box was ticked; run it again"
        raise Untried(why)
    if done is None:
        return (differs(_TICKED, f"if you did tick it: {_INSTEAD}"),)
    if re.search(r"(?m)^- \[x\] " + TO_LEAVE, _as_read(ground)):
        return (
            failed("a box beside a ticked one stays open", "open follow-ups count as done; please report it"),
        )
    if _has_box(done, "[xX]", TO_TICK):
        return (holds(_TICKED + after(waited)),)
    return (differs(_TICKED, "it is exported as struck through, which is read as ticked, too"),)


def _read_as_ticked(ground: Ground) -> str | None:
    """Return the export once the program reads the box as ticked."""
    return _export(ground) if re.search(r"(?m)^- \[x\] " + TO_TICK, _as_read(ground)) else None


def _as_read(ground: Ground) -> str:
    return stored(ground, GoogleDocuments(ground.google)).text


def _has_box(text: str, inside: str, words: str) -> bool:
    return re.search(_BOX.format(inside=inside, text=words), text, re.MULTILINE) is not None


def _export(ground: Ground) -> str:
    request = ground.google.collection(Api.DRIVE, "files").export(
        fileId=ground.document.id, mimeType="text/markdown"
    )
    return str(ground.google.send(request, user=ground.user).decode(errors="replace"))


CHECKS = (Check(_OPEN, _exported),)
LAST = (Check(_TICKED, _ticked),)
