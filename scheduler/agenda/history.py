"""What stands open between the two, read off their running document.

A follow-up runs from the section in which it was first written through every section that listed it
since. The newest place says how it stands; a tick in an older place of the same run counts too. What
a section listed when it was written, and no longer holds, a person took out: it does not come back.
What nobody closed and nobody took out is open.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from scheduler.agenda.blocks import Section
from scheduler.agenda.entries import Entry, Part
from scheduler.agenda.follow_ups import FollowUp, State, read_follow_up, stronger
from scheduler.agenda.wording import fingerprint
from scheduler.people import Pair

_HINT = re.compile(r"([*_]).+\1")


class Family(StrEnum):
    """What kind of thing an entry is."""

    FOLLOW_UP = "follow_up"
    CONCERN = "concern"
    TOPIC = "topic"


_PLACES = {Part.HEARD: Family.CONCERN, Part.IDEAS: Family.CONCERN, Part.THEIRS: Family.TOPIC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One item that stands, or was closed, with its history.

    `since` is the day of the meeting under which it was first written; `carries` counts the agendas
    that list it, the next one included; `above` is the key of the item that it was written under.
    """

    item: FollowUp
    since: date
    carries: int
    above: str = ""
    part: Part = Part.FOLLOW_UPS


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that the next agenda takes up, each item once.

    `open` has the oldest first, and what was written under an item after it; the rest is in the order
    of the document.
    """

    open: tuple[Standing, ...] = ()
    closed: tuple[Standing, ...] = ()
    concerns: tuple[Standing, ...] = ()
    topics: tuple[Standing, ...] = ()


@dataclass(slots=True)
class _Run:
    """An item on its way from the newest section that has it back to the first."""

    item: FollowUp
    above: str
    part: Part
    since: date
    told: bool
    sections: int = 1
    goes_on: bool = True

    def extend(self, older: FollowUp, day: date) -> None:
        self.since = min(self.since, older.since or day, day)
        self.sections += 1
        due = self.item.due
        if older.due is not None and (due is None or due.relative):
            due = older.due  # 'Friday' was the Friday after the day it was written
        state = self.item.state if self.item.state is not State.OPEN else older.state
        self.item = replace(self.item, due=due, state=state)


@dataclass(slots=True)
class _Walk:
    """What is known so far, on the way from the newest section to the oldest."""

    pair: Pair
    meeting: date
    boilerplate: frozenset[tuple[Part, str]]
    not_held: Collection[datetime]
    runs: dict[tuple[Family, str], _Run] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    marked: int = 0
    topics_wanted: bool = True
    closed_wanted: bool = True

    def take(self, section: Section) -> bool:
        """Take one section in; say whether an older one can still matter."""
        day = section.meeting.date() if section.meeting else self.meeting
        if section.meeting is not None:
            self.topics_wanted &= section.meeting in self.not_held
        found = self._mentions(section, day)
        new = [
            self._take_one(section, day, family, entry, item) for (family, _), (entry, item) in found.items()
        ]
        for (family, key), run in self.runs.items():
            run.goes_on = run.goes_on and (family, key) in found and key in section.carried
        self.listed |= section.carried | section.told
        self.closed_wanted &= section.meeting is not None or not found
        self.marked += section.meeting is not None
        return any(new) or self.marked <= 1 or section.meeting is None

    def _take_one(self, section: Section, day: date, family: Family, entry: Entry, item: FollowUp) -> bool:
        run = self.runs.get((family, item.key))
        if run is not None:
            if run.goes_on:
                run.extend(item, day)
            return run.goes_on and run.item.state is State.OPEN
        if item.key in self.listed:
            return False  # a person took it out of a newer section
        told = item.key in section.told or not self.closed_wanted
        since = min(item.since or day, day)
        self.runs[family, item.key] = _Run(item, self._above(entry, day), entry.part, since, told)
        return item.state is State.OPEN

    def _above(self, entry: Entry, day: date) -> str:
        item = read_follow_up(Entry(entry.part, entry.above), self.pair, day) if entry.above else None
        return item.key if item else ""

    def _mentions(self, section: Section, day: date) -> dict[tuple[Family, str], tuple[Entry, FollowUp]]:
        """Return the items of a section; one that stands there twice is closed if either is."""
        found: dict[tuple[Family, str], tuple[Entry, FollowUp]] = {}
        for entry in section.entries:
            if (entry.part, fingerprint(entry.text)) in self.boilerplate:
                continue
            item = read_follow_up(entry, self.pair, day)
            family = _family(entry, item, section) if item else None
            if item is None or family is None or (family is Family.TOPIC and not self.topics_wanted):
                continue
            if entry.part is Part.DONE and not (item.boxed or item.state is not State.OPEN):
                item = replace(item, state=State.DONE)
            before = found.get((family, item.key))
            if before is None or (before[0].part is Part.DONE and item.key in section.told):
                found[family, item.key] = (entry, item)  # what was told as done may be agreed anew
            else:
                found[family, item.key] = (before[0], _merged(before[1], item))
        return found


def read_history(
    sections: Iterable[Section],
    pair: Pair,
    meeting: date,
    boilerplate: frozenset[tuple[Part, str]] = frozenset(),
    not_held: Collection[datetime] = (),
) -> History:
    """Return what stands open for the meeting on a day, from the document's sections, newest first.

    `boilerplate` are the entries that an empty agenda holds anyway. `not_held` are the original starts
    of meetings that did not take place: what was written down to talk about there comes up again.
    Stops reading as soon as no older section can matter.
    """
    walk = _Walk(pair, meeting, boilerplate, not_held)
    for section in sections:
        if not walk.take(section):
            break
    follow_ups = {key: run for (family, key), run in walk.runs.items() if family is Family.FOLLOW_UP}
    standing = {key for key, run in follow_ups.items() if run.item.state is State.OPEN}
    rest = {
        f: [r for (family, k), r in walk.runs.items() if family is f and k not in standing] for f in Family
    }
    return History(
        open=_oldest_first([_standing(run) for key, run in follow_ups.items() if key in standing]),
        closed=tuple(_standing(r) for r in rest[Family.FOLLOW_UP] if not r.told),
        concerns=tuple(_open(rest[Family.CONCERN])),
        topics=tuple(_open(rest[Family.TOPIC])),
    )


def _oldest_first(items: Sequence[Standing]) -> tuple[Standing, ...]:
    by_key = {standing.item.key: standing for standing in items}

    def root(standing: Standing) -> Standing:
        passed = {standing.item.key}
        while standing.above in by_key and standing.above not in passed:
            standing = by_key[standing.above]
            passed.add(standing.item.key)
        return standing

    return tuple(sorted(items, key=lambda standing: root(standing).since))


def _open(runs: Iterable[_Run]) -> Iterator[Standing]:
    return (_standing(run) for run in runs if run.item.state is State.OPEN)


def _standing(run: _Run) -> Standing:
    carries = max(run.sections, run.item.carries + 1)  # our note remembers sections that were cut away
    return Standing(item=run.item, since=run.since, carries=carries, above=run.above, part=run.part)


def _family(entry: Entry, item: FollowUp, section: Section) -> Family | None:
    """Say what an entry is by where it stands; None for notes, questions and other text.

    A box is a follow-up wherever it stands in a meeting's section. Under *Since last time* plain text
    is a note, unless it is an item of the list that lost its box. A line all in italics is a hint.
    """
    if entry.part in _PLACES and not entry.depth:
        hint = not entry.in_list and _HINT.fullmatch(entry.text.strip()) is not None
        family = Family.FOLLOW_UP if item.boxed and entry.part is Part.THEIRS else _PLACES[entry.part]
        return None if hint else family
    match entry.part:
        case Part.FOLLOW_UPS:
            counts = item.boxed or not entry.depth
        case Part.SINCE | Part.ASKED:
            counts = item.boxed or item.key in section.carried
        case Part.DONE:
            counts = entry.in_list
        case _:
            counts = item.boxed and section.meeting is not None
    return Family.FOLLOW_UP if counts else None


def _merged(one: FollowUp, other: FollowUp) -> FollowUp:
    return replace(
        one,
        state=stronger(one.state, other.state),
        due=one.due or other.due,
        since=min(filter(None, (one.since, other.since)), default=None),
        carries=max(one.carries, other.carries),
        boxed=one.boxed or other.boxed,
    )
