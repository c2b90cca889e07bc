"""Changes to the text of a calendar file: what is not changed stays as it was, byte for byte."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.calendars.content import ContentLine, line_end, name_of, property_of
from scheduler.calendars.read_ics import Block, ScannedFile
from scheduler.ics.text import fold


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in place of the half-open range of the old text; an empty range is an insertion."""

    start: int
    end: int
    text: str


def edited(file: ScannedFile, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of the file with the edits made; they must not overlap."""
    text = file.source.text
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return file.source.encode("".join([*pieces, text[position:]]))


def folded(lines: Sequence[str], file: ScannedFile) -> str:
    """Return content lines folded, and ended as the file ends its lines."""
    return fold(lines).decode("utf-8").replace("\r\n", line_end(file.source.text))


# Messages between calendar programs (RFC 5546): what stands in one is no event of the calendar, or is taken back.
MESSAGES = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH", "CANCEL"})


def insertion(file: ScannedFile, event: Sequence[str], zone: Sequence[str], tzid: str) -> list[Edit] | None:
    """Return the edits that add an event at the end of the last calendar of the file that is no message.

    Its VTIMEZONE goes before the first component, where that calendar does not define the TZID yet. None where
    all that the file holds are messages.
    """
    calendars = [one for one in file.calendars if one.value("METHOD").upper() not in MESSAGES]
    if not calendars:
        return None
    calendar = calendars[-1]
    end = calendar.end_line
    at = end.start if end is not None else len(file.source.text)
    edits = [Edit(at, at, folded(event, file))]
    if not any(_tzid(block) == tzid for block in calendar.zones):
        first = min((block.start for block in (*calendar.zones, *calendar.events)), default=at)
        edits.append(Edit(first, first, folded(zone, file)))
    return _merged(edits)


def _merged(edits: list[Edit]) -> list[Edit]:
    """Join two insertions at one place, the zone before the event."""
    if len(edits) > 1 and edits[0].start == edits[1].start:
        return [Edit(edits[0].start, edits[0].end, edits[1].text + edits[0].text)]
    return edits


def _tzid(block: Block) -> str:
    for line in block.lines:
        found = property_of(line.text) if name_of(line.text) == "TZID" else None
        if found is not None:
            return found.value.strip()
    return ""


def lines_named(block: Block, *names: str) -> list[ContentLine]:
    """Return the event's own lines of these names, in order."""
    return [line for line in block.lines if name_of(line.text) in names]


def replaced(file: ScannedFile, block: Block, values: dict[str, str]) -> list[Edit]:
    """Return the edits that give the event these lines, by name: in place of the ones it has, or before its end.

    A second line of the same name is taken out. An empty text takes out all of them.
    """
    edits: list[Edit] = []
    for name, text in values.items():
        new = folded([text], file) if text else ""
        for line in lines_named(block, name):
            edits.append(Edit(line.start, line.end, new))
            new = ""
        if new:
            edits.append(added(file, block, new))
    return _joined(edits)


def added(file: ScannedFile, block: Block, text: str) -> Edit:
    """Return the edit that puts a folded line after the event's BEGIN line."""
    after = file.source.text.find("\n", block.start)
    if after < 0:
        after = file.source.text.find("\r", block.start)
    return Edit(after + 1, after + 1, text)


def removed(block: Block) -> Edit:
    """Return the edit that takes the whole event out."""
    return Edit(block.start, block.end, "")


def _joined(edits: Iterable[Edit]) -> list[Edit]:
    """Make one insertion of those at the same place."""
    insertions: dict[int, str] = {}
    others: list[Edit] = []
    for edit in edits:
        if edit.start == edit.end:
            insertions[edit.start] = insertions.get(edit.start, "") + edit.text
        else:
            others.append(edit)
    return [*others, *(Edit(at, at, text) for at, text in insertions.items())]
