"""The requests of `documents.batchUpdate`: all of a batch are applied, or none.

Docs names a faulty request by its place: "Invalid requests[3].insertText: …". Sentences that no stored source
shows begin with "The fake".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fake_google.docs_bullets import PRESETS, create_bullets, delete_bullets
from tests.fake_google.docs_edit import (
    KNOWN,
    Doubts,
    Invalid,
    beyond,
    change_paragraphs,
    change_text,
    delete,
    index_of,
    insert_text,
    overlapped,
)
from tests.fake_google.docs_model import Document, NamedRange, Paragraph, Tab
from tests.fake_google.docs_styles import restyled, with_text_style
from tests.fake_google.docs_text import stripped, width

_LONGEST_NAME = 256
Values = Mapping[str, Any]


class Refused(Exception):
    """A batch that is not applied; the sentence says which request is to blame."""


class NotInFake(Exception):
    """A request or an option of Docs that the fake does not have."""


@dataclass(slots=True)
class Batch:
    """A batch as it is tried on a document; `new_id` makes the ids of lists and named ranges."""

    document: Document
    new_id: Callable[[], str]
    doubts: Doubts = field(default=KNOWN)

    def apply(self, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Apply every request in turn and return a reply for each; raise Refused or NotInFake."""
        if not requests:
            msg = "Must specify at least one request."
            raise Refused(msg)
        return [self._one(place, request) for place, request in enumerate(requests)]

    def _one(self, place: int, request: dict[str, Any]) -> dict[str, Any]:
        if len(request) != 1:
            msg = f"Invalid requests[{place}]: Must specify exactly one request."
            raise Refused(msg)
        ((kind, values),) = request.items()
        handler = _HANDLERS.get(kind)
        if handler is None:
            msg = f"requests[{place}].{kind}"
            raise NotInFake(msg)
        try:
            return handler(self, values) or {}
        except Invalid as error:
            msg = f"Invalid requests[{place}].{kind}: {error}"
            raise Refused(msg) from None

    def tab(self, values: Values) -> Tab:
        """Return the tab that a range or a location is in; the first one where it does not say."""
        if values.get("segmentId"):
            msg = "segmentId"
            raise NotInFake(msg)
        tab_id = values.get("tabId")
        if not tab_id:
            return self.document.first
        for tab in self.document.tabs:
            if tab.tab_id == tab_id:
                return tab
        msg = f"The tab with ID {tab_id} was not found."
        raise Invalid(msg)

    def tabs(self, values: Values) -> list[Tab]:
        """Return the tabs that a criterion names, all without one."""
        wanted = (values.get("tabsCriteria") or {}).get("tabIds")
        return [self.tab({"tabId": tab_id}) for tab_id in wanted] if wanted else self.document.tabs

    def reach(self, values: Values) -> tuple[Tab, int, int]:
        """Return a range's tab, start and end."""
        reach = values.get("range") or {}
        if "startIndex" not in reach or "endIndex" not in reach:
            msg = "The fake wants a range with a start and an end."
            raise Invalid(msg)
        tab, start, end = self.tab(reach), reach["startIndex"], reach["endIndex"]
        if end == tab.end and not self.doubts.ranges_reach_end:
            raise Invalid(beyond(tab, end))
        return tab, start, end


def _insert_text(batch: Batch, values: Values) -> None:
    if not values.get("text"):
        msg = "Insert text requests must specify text to insert."
        raise Invalid(msg)
    if "location" in values:
        location = values["location"]
        tab, index = batch.tab(location), location.get("index", 0)
    elif "endOfSegmentLocation" in values:
        tab = batch.tab(values["endOfSegmentLocation"])
        index = tab.end - 1
    else:
        msg = "The fake wants a location."
        raise Invalid(msg)
    insert_text(tab, index, values["text"], batch.doubts)


def _delete_content_range(batch: Batch, values: Values) -> None:
    delete(*batch.reach(values), batch.doubts)


def _update_paragraph_style(batch: Batch, values: Values) -> None:
    wanted, fields = values.get("paragraphStyle") or {}, values.get("fields", "")
    change_paragraphs(*batch.reach(values), lambda paragraph: restyled(paragraph, wanted, fields))


def _update_text_style(batch: Batch, values: Values) -> None:
    wanted, fields = values.get("textStyle") or {}, values.get("fields", "")
    change_text(*batch.reach(values), lambda style: with_text_style(style, wanted, fields))


def _create_paragraph_bullets(batch: Batch, values: Values) -> None:
    preset = values.get("bulletPreset", "")
    if preset not in PRESETS:
        msg = f"bulletPreset {preset}"
        raise NotInFake(msg)
    create_bullets(*batch.reach(values), preset, batch.new_id())


def _delete_paragraph_bullets(batch: Batch, values: Values) -> None:
    delete_bullets(*batch.reach(values))


def _create_named_range(batch: Batch, values: Values) -> dict[str, Any]:
    name = values.get("name", "")
    if not 1 <= width(name) <= _LONGEST_NAME:
        msg = f"The fake wants a name of 1 to {_LONGEST_NAME} UTF-16 code units."
        raise Invalid(msg)
    tab, start, end = batch.reach(values)
    overlapped(tab, start, end)
    named = NamedRange(batch.new_id(), name, start, end)
    tab.ranges.append(named)
    return {"createNamedRange": {"namedRangeId": named.range_id}}


def _delete_named_range(batch: Batch, values: Values) -> None:
    range_id, name = values.get("namedRangeId"), values.get("name")
    found = 0
    for tab in batch.tabs(values):
        kept = [named for named in tab.ranges if named.range_id != range_id and named.name != name]
        found += len(tab.ranges) - len(kept)
        tab.ranges = kept
    if range_id and not found:
        msg = f"The fake has no named range with ID {range_id}."
        raise Invalid(msg)


def _replace_all_text(batch: Batch, values: Values) -> dict[str, Any]:
    criteria = values.get("containsText") or {}
    if criteria.get("searchByRegex"):
        msg = "searchByRegex"
        raise NotInFake(msg)
    if not criteria.get("text"):
        msg = "The fake wants a text to replace."
        raise Invalid(msg)
    case = 0 if criteria.get("matchCase") else re.IGNORECASE
    pattern = re.compile(re.escape(criteria["text"]), case)
    new = stripped(values.get("replaceText", ""))
    changed = sum(_replaced(tab, pattern, new, batch.doubts) for tab in batch.tabs(values))
    return {"replaceAllText": {"occurrencesChanged": changed} if changed else {}}


def _replaced(tab: Tab, pattern: re.Pattern[str], new: str, doubts: Doubts) -> int:
    """Replace within every paragraph, from the last match to the first, so that indices stay right."""
    count = 0
    for place, block in reversed(list(enumerate(tab.blocks))):
        if not isinstance(block, Paragraph):
            continue
        begin = index_of(tab, place)
        for match in reversed(list(pattern.finditer(block.text))):
            start, end = (begin + width(block.text[:bound]) for bound in match.span())
            if new:
                insert_text(tab, end, new, doubts)
            delete(tab, start, end, doubts)
            count += 1
    return count


_HANDLERS: Mapping[str, Callable[[Batch, Values], dict[str, Any] | None]] = {
    "insertText": _insert_text,
    "deleteContentRange": _delete_content_range,
    "updateParagraphStyle": _update_paragraph_style,
    "updateTextStyle": _update_text_style,
    "createParagraphBullets": _create_paragraph_bullets,
    "deleteParagraphBullets": _delete_paragraph_bullets,
    "createNamedRange": _create_named_range,
    "deleteNamedRange": _delete_named_range,
    "replaceAllText": _replace_all_text,
}
