"""The evidence, indexed once for everybody: who takes part in what, and which copies there are of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scheduler.meetings import CalendarReading, EventStatus, Evidence, Occurrence, Series
from scheduler.people import Pair, Person, Roster
from scheduler.timespans import Span

Key = tuple[str, datetime]
"""What the copies of one meeting have in common: the UID and, in UTC, where the series had put it."""


@dataclass(frozen=True, slots=True)
class Diary:
    """One person's calendar, by key and by UID."""

    window: Span
    occurrences: Mapping[Key, Occurrence]
    series: Mapping[str, Series]


@dataclass(frozen=True, slots=True)
class Survey:
    """Everybody's calendars; `together` holds, for each pair, the keys of what both may be in."""

    roster: Roster = field(default_factory=Roster)
    diaries: Mapping[str, Diary] = field(default_factory=dict)
    together: Mapping[tuple[str, str], frozenset[Key]] = field(default_factory=dict)
    _listed: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, evidence: Evidence, roster: Roster, pairs: Iterable[Pair]) -> "Survey":
        """Index the calendars of these pairs' people, each in one pass."""
        partners: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for pair in pairs:
            partners[pair.manager.email][pair.report.email].append(pair.key)
            partners[pair.report.email][pair.manager.email].append(pair.key)
        diaries: dict[str, Diary] = {}
        together: dict[tuple[str, str], set[Key]] = defaultdict(set)
        for owner, theirs in partners.items():
            reading = evidence.readings.get(owner)
            if reading is None or not reading.detail.tells_meetings:
                continue
            diary = diaries[owner] = _diary(reading)
            named: dict[tuple[int, str | None], frozenset[str]] = {}
            for key, occurrence in diary.occurrences.items():
                who = (id(occurrence.attendees), occurrence.organizer)
                if who not in named:
                    named[who] = frozenset(_named(occurrence, roster)) & theirs.keys()
                for other in named[who]:
                    for pair_key in theirs[other]:
                        together[pair_key].add(key)
        return cls(roster, diaries, {pair_key: frozenset(keys) for pair_key, keys in together.items()})

    def guests(self, occurrence: Occurrence) -> frozenset[str]:
        """Return everybody on the guest list by main address, rooms and resources left out."""
        # The dates of one series share one list, and the evidence outlives this survey: its identity names it.
        known = self._listed.get(id(occurrence.attendees))
        if known is None:
            invited = (guest.email for guest in occurrence.attendees if not guest.is_room)
            known = self._listed[id(occurrence.attendees)] = frozenset(meant(a, self.roster) for a in invited)
        return known

    def participants(self, occurrence: Occurrence, owner: str, pair: Pair) -> frozenset[str]:
        """Return the main addresses of those who take part, as the copy in the owner's calendar has it.

        They are the guests, the organizer, and the owner where there are guests. An organizer who is not
        on a guest list that names both of the pair is left out: an assistant or a booking tool that
        arranged their meeting. So is one that the list has as a room.
        """
        listed = self.guests(occurrence)
        if listed.issuperset(pair.key):
            return listed
        people = set(listed)
        rooms = {meant(guest.email, self.roster) for guest in occurrence.attendees if guest.is_room}
        if occurrence.organizer is not None:
            people |= {meant(occurrence.organizer, self.roster)} - rooms
        if listed:
            people.add(owner)
        return frozenset(people)


def key_of(occurrence: Occurrence) -> Key:
    """Return what this copy shares with the other copies of the same meeting."""
    # Two zones' clocks for one instant compare unequal in the hour that comes twice (PEP 495): UTC.
    return occurrence.uid, occurrence.original_start.astimezone(UTC)


def meant(address: str, roster: Roster) -> str:
    """Return the main address of the person that an address means, or the address of a stranger."""
    person = roster.find(address)
    return person.email if person is not None else address.strip().lower()


def is_of(address: str, person: Person) -> bool:
    """Say whether an address means this person."""
    return address.strip().lower() in person.addresses


def _named(occurrence: Occurrence, roster: Roster) -> Iterator[str]:
    if occurrence.organizer is not None:
        yield meant(occurrence.organizer, roster)
    for guest in occurrence.attendees:
        yield meant(guest.email, roster)


def _diary(reading: CalendarReading) -> Diary:
    occurrences: dict[Key, Occurrence] = {}
    for occurrence in sorted(reading.occurrences, key=_weight):
        occurrences[key_of(occurrence)] = occurrence
    return Diary(reading.window, occurrences, {series.uid: series for series in reading.series})


def _weight(occurrence: Occurrence) -> tuple[bool, datetime]:
    """Order what one calendar holds twice under one key: a live copy outweighs a cancelled one."""
    return occurrence.status is not EventStatus.CANCELLED, occurrence.span.start
