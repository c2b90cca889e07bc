"""Recurring 1-2-1s as they stand in the calendars, copy by copy: ours and people's own."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.meetings import Answer, EventStatus, Evidence, Occurrence, Series
from scheduler.people import Person, Roster

Copies = Mapping[str, Series]
"""The copies of one series, by the main address of whose calendar each is in."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All recurring events that were read, by UID.

    `of_two` names those of two people alone, `dates` has
    their occurrences by calendar and UID.
    """

    by_uid: Mapping[str, Copies]
    of_two: Mapping[frozenset[str], tuple[str, ...]]
    dates: Mapping[tuple[str, str], tuple[Occurrence, ...]]

    @classmethod
    def of(cls, evidence: Evidence, roster: Roster) -> "Shelf":
        """Index everybody's recurring events in one pass."""
        by_uid: dict[str, dict[str, Series]] = defaultdict(dict)
        of_two: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
        for owner, reading in evidence.readings.items():
            for series in reading.series:
                by_uid[series.uid][owner] = series
                people = _people(series, owner, roster)
                if len(people) == 2:  # noqa: PLR2004 - a 1-2-1 has two
                    of_two[people][series.uid] = None
        shared = {uid for uids in of_two.values() for uid in uids}
        dates: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
        for owner, reading in evidence.readings.items():
            for occurrence in reading.occurrences:
                if occurrence.uid in shared:
                    dates[owner, occurrence.uid].append(occurrence)
        return cls(
            by_uid,
            {people: tuple(uids) for people, uids in of_two.items()},
            {key: tuple(occurrences) for key, occurrences in dates.items()},
        )

    def copies(self, uid: str) -> Copies:
        """Return the copies of a series; none where no calendar has it."""
        return self.by_uid.get(uid, {})


def main_address(address: str, roster: Roster) -> str:
    """Return the main address of the person whom an address means, or the address of a stranger."""
    person = roster.find(address)
    return person.email if person is not None else address.strip().lower()


def over(series: Series, now: datetime) -> bool:
    """Say whether its last occurrence has ended."""
    return series.last_end is not None and series.last_end <= now


def live(series: Series, now: datetime) -> bool:
    """Say whether something of it is still to come, as far as this copy tells."""
    return series.status is not EventStatus.CANCELLED and not over(series, now)


def called_off(copies: Copies, one: Person, other: Person, roster: Roster) -> tuple[str | None, str] | None:
    """Return who cancelled or declined the whole series and what they did; None where nobody did.

    Each person's own calendar is believed about their own answer, and the other's where it has none.
    Where the organizer has no copy, a cancelled one is taken for the organizer's doing.
    """
    organizer = next((main_address(c.organizer, roster) for c in copies.values() if c.organizer), None)
    two = sorted((one, other), key=lambda person: person.email != organizer)
    for person in two:
        own = copies.get(person.email)
        if own is not None and own.status is EventStatus.CANCELLED:
            return (person.email if organizer in copies else organizer), "cancelled"
    for person in two:
        if answer_of(person, copies) is Answer.DECLINED:
            return person.email, "declined"
    return None


def of_others_too(copies: Copies, two: Collection[str], roster: Roster, now: datetime) -> bool:
    """Say whether somebody beside these two main addresses takes part in it by now, as far as any copy tells."""
    standing = ((owner, copy) for owner, copy in copies.items() if live(copy, now))
    return any(_people(copy, owner, roster) - set(two) for owner, copy in standing)


def answer_of(person: Person, copies: Copies) -> Answer:
    """Return what a person answered, by their own calendar before any other."""
    for _, copy in sorted(copies.items(), key=lambda item: item[0] != person.email):
        for guest in copy.attendees:
            if guest.email in person.addresses and guest.answer is not Answer.NEEDS_ACTION:
                return guest.answer
    return Answer.NEEDS_ACTION


def _people(series: Series, owner: str, roster: Roster) -> frozenset[str]:
    guests = {main_address(guest.email, roster) for guest in series.attendees if not guest.is_room}
    organizer = {main_address(series.organizer, roster)} if series.organizer else set()
    if len(guests) == 2:  # noqa: PLR2004 - the two, and whoever arranged it for them
        return frozenset(guests)
    return frozenset(guests | organizer | ({owner} if guests else set()))
