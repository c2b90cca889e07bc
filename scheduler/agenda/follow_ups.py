"""What a person wrote as a follow-up: is it open, whose is it, by when; in doubt it stays open.

Understood: task items (`[ ]`, `[x]`, `[done]`, `[park]`, `[drop]`), struck-through text, a leading or
trailing `done`, `✓`; owners as `@ann`, `Ann: …`, `Ann to …`, `(Ann)`, `— Ann`; due dates as in
`scheduler.agenda.due`; and our own note `*(since 3 Nov, 3 weeks, carried twice)*`, which is no part of the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scheduler.agenda.due import Due, noted_day, take_due
from scheduler.agenda.entries import Entry
from scheduler.agenda.owners import grouped, take_owner
from scheduler.agenda.wording import age, fingerprint, safe_line, short_date, times
from scheduler.people import Pair

_NOTE = re.compile(r"\s*[\\*_]*\((?P<note>[^()]*\bsince \d{1,2} [A-Z][a-z]{2}\b[^()]*?)\\?\)[\\*_]*")
_NOTE_DUE = re.compile(r"\bdue (?P<due>[\w ]+?)(?:, [^;]*)?;")
_NOTE_SINCE = re.compile(r"\bsince (?P<since>\d{1,2} \w+(?: \d{4})?)")
_NOTE_CARRIED = re.compile(r"\bcarried (?:(?P<word>once|twice)|(?P<count>\d{1,4}) times)")
_BOX = re.compile(r"(?:(?:[-*+]|\d+[.)])\s+)?\\?\[(?P<in>[^\[\]]{0,10}?)\\?\](?![(\[])\s*")
_STATE_WORD = re.compile(
    r"(?:(?P<word>done|parked|dropped)\s*[:\u2013\u2014]\s*|(?P<caps>(?-i:DONE|PARKED|DROPPED))\b\s+"
    r"|(?P<tick>[✓✔✅☑]\ufe0f?)\s*|(?P<cross>[✗✘❌]\ufe0f?)\s*|(?P<empty>[☐□])\s*)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:[\u2013\u2014-]{1,2}\s*)|\s*[(\[])(?P<word>done|parked|park|dropped|drop)\s*[)\]]?[.!]*\s*$"
    r"|\s*(?P<tick>[✓✔✅☑])\ufe0f?\s*$",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"(?:~~|<(?:del|s)>)\s*(?P<inside>.+?)\s*(?:~~|</(?:del|s)>)", re.IGNORECASE)
_PEELINGS = 4
_WORDS = re.compile(r"[^\W_]|[\u2190-\U0010ffff]")


class State(StrEnum):
    """How a follow-up stands."""

    OPEN = "open"
    DONE = "done"
    STRUCK = "struck"
    PARKED = "parked"


_STATES: Mapping[str, State] = {
    "x": State.DONE, "✓": State.DONE, "✔": State.DONE, "v": State.DONE, "done": State.DONE,
    "park": State.PARKED, "parked": State.PARKED,
    "-": State.STRUCK, "drop": State.STRUCK, "dropped": State.STRUCK,
    "": State.OPEN, "/": State.OPEN, ">": State.OPEN, "open": State.OPEN, "todo": State.OPEN,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One follow-up as it stands in one place.

    `text` is inline Markdown without box, owner, due date and our note; `since` and `carries` are what our
    note said, if there was one; `boxed` tells a task item from a plain line.
    """

    text: str
    state: State = State.OPEN
    owner: str | None = None
    due: Due | None = None
    since: date | None = None
    carries: int = 0
    boxed: bool = False

    @property
    def key(self) -> str:
        """The identity: owner and words; a new date or another way to write it makes no other item."""
        return fingerprint(self.said)

    @property
    def said(self) -> str:
        """The text with its owner before it, as an agenda lists it."""
        return f"{self.owner}: {self.text}" if self.owner else self.text


def read_follow_up(entry: Entry, pair: Pair, on: date) -> FollowUp | None:
    """Read one entry that was written on (or for) a day; None where it holds no words.

    What it returns is what a later agenda's list would be read back as, so that the item stays the same.
    """
    text, said = _without_note(
        " ".join(entry.text.split())
    )  # long runs of spaces would cost the patterns hours
    item = _read(text, pair, on)
    if entry.group:
        owner, text = grouped(entry.group, item.owner, item.text, pair)
        item = replace(item, owner=owner, text=text)
    for _ in range(_PEELINGS):
        again = _read(safe_line(item.said), pair, on)
        if again.said == item.said:
            break
        state = stronger(item.state, again.state)
        item = replace(item, text=again.text, owner=again.owner, state=state, due=item.due or again.due)
    if not _WORDS.search(item.text):
        return None
    noted = _noted_due(said, on)
    return replace(
        item,
        due=noted if noted and (item.due is None or item.due.relative) else item.due,
        since=_noted_since(said, on),
        carries=_noted_carries(said),
    )


def _read(text: str, pair: Pair, on: date) -> FollowUp:
    state, text, boxed = _take_state(text)
    text, owner = take_owner(text.strip(), pair)
    text, due = take_due(text, on)
    if owner is None:
        text, owner = take_owner(text, pair)
    again, text, _ = _take_state(text)  # `Ann: ~~ask finance~~ by Friday`
    return FollowUp(text=text, state=stronger(state, again), owner=owner, due=due, boxed=boxed)


def note(since: date, carries: int, due: date | None, on: date) -> str:
    """Write our note on an item for the meeting on a day: when it is due, how old, how often carried."""
    parts = []
    if due is not None:
        late = age(due, on)
        parts.append(f"due {due:%a} {short_date(due, on)}" + (f", {late} over" if late else "") + "; ")
    parts.append(f"since {short_date(since, on)}")
    parts.append(f", {since_age}" if (since_age := age(since, on)) else "")
    parts.append(f", carried {times(carries)}" if carries > 1 else "")
    return f"*({''.join(parts)})*"


def _without_note(text: str) -> tuple[str, str]:
    found = _NOTE.search(text)
    if found is None:
        return text, ""
    return text[: found.start()] + text[found.end() :], f"{found['note']};"


def _noted_due(words: str, on: date) -> Due | None:
    found = _NOTE_DUE.search(words)
    day = noted_day(found["due"], on) if found else None
    return Due(day) if day else None


def _noted_since(words: str, on: date) -> date | None:
    found = _NOTE_SINCE.search(words)
    return noted_day(found["since"], on) if found else None


def _noted_carries(words: str) -> int:
    found = _NOTE_CARRIED.search(words)
    if found is None:
        return 1 if words else 0
    return int(found["count"]) if found["count"] else ("once", "twice").index(found["word"]) + 1


def _take_state(text: str) -> tuple[State, str, bool]:
    """Take boxes, ticks, words and strikes off the front and the end, whatever their order."""
    state, boxed = State.OPEN, False
    for _ in range(4):  # `~~- [ ] [park] done: …~~` is as deep as it gets
        before = text
        struck = _STRUCK.fullmatch(text.strip())
        if struck and "~~" not in struck["inside"]:
            state, text = stronger(state, State.STRUCK), struck["inside"]
        box = _BOX.match(text)
        if box and (boxed_state := _box_state(box["in"].strip().lower())) is not None:
            state, text, boxed = stronger(state, boxed_state), text[box.end() :], True
        if word := _STATE_WORD.match(text):
            state, text = stronger(state, _word_state(word)), text[word.end() :]
        if end := _TRAILING.search(text):
            closed = State.DONE if end["tick"] else _STATES[end["word"].lower()]
            state, text = stronger(state, closed), text[: end.start()]
        if text == before:
            break
    return state, text.strip(), boxed


def _word_state(word: re.Match[str]) -> State:
    if word["tick"]:
        return State.DONE
    if word["cross"]:
        return State.STRUCK
    return _STATES[(word["word"] or word["caps"] or "").lower()]


def _box_state(inside: str) -> State | None:
    """Return what a box says; one letter or sign that we don't know leaves it open, words are no box."""
    return _STATES.get(inside, State.OPEN if len(inside) == 1 else None)


def stronger(one: State, other: State) -> State:
    """Return which of two states counts where an item stands twice: closed before open."""
    order = (State.OPEN, State.PARKED, State.STRUCK, State.DONE)
    return max(one, other, key=order.index)
