"""A folder of calendar files, told to the fake as people would have done it all in Google Calendar.

    told = read_folder(demo / "calendars", roster.people.values())
    loaded = tell(fake, told)

Each event comes once, from whoever arranged it, and Google carries it to the guests. Where the files hold what Google
can't, it is left out and counted: an event without a start, as no program of Google's would have kept it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import icalendar

from scheduler.people import Person
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.ics_event import Moment, Told, original_of, read_event, stamp


@dataclass(slots=True)
class Family:
    """One UID as the files have it: the event itself by whose file it is in, and its exceptions by original start."""

    uid: str
    masters: dict[str, Told] = field(default_factory=dict)
    exceptions: dict[str, dict[Moment, Told]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class Folder:
    """What was read: the people, their events, and the UIDs of those that can't be in Google."""

    people: tuple[Person, ...]
    families: tuple[Family, ...]
    left_out: frozenset[str]


def read_folder(root: Path, people: Iterable[Person]) -> Folder:
    """Read `<email>.ics` and `<email>/*.ics` of these people."""
    everyone = tuple(people)
    families: dict[str, Family] = {}
    left_out: set[str] = set()
    for person in everyone:
        for event in _events(root, person.email):
            uid = str(event["UID"])
            told = read_event(event, person)
            if told is None:
                left_out.add(uid)
                continue
            # Without an organizer it is somebody's own, and so is whatever else bears the same UID.
            key = uid if told.organizer else f"{uid} of {person.email}"
            family = families.setdefault(key, Family(uid))
            original = original_of(event, person)
            if original is None:
                family.masters[person.email] = told
            else:
                family.exceptions[person.email][original] = told
    return Folder(everyone, tuple(families.values()), frozenset(left_out))


def tell(fake: FakeGoogle, folder: Folder) -> int:
    """Give everybody an account, and let them do what the files say; return how many events there are."""
    for person in folder.people:
        aliases = tuple(sorted(person.aliases))
        fake.add_account(person.email, person.tz.key, person.name, manager=person.manager, aliases=aliases)
    for family in folder.families:
        _Telling(fake, family).tell()
    return len(folder.families)


def _events(root: Path, email: str) -> Iterator[icalendar.Event]:
    whole = root / f"{email}.ics"
    for path in [whole] if whole.exists() else sorted((root / email).glob("*.ics")):
        for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
            assert isinstance(event, icalendar.Event)
            yield event


class _Telling:
    """One family, played by its people."""

    def __init__(self, fake: FakeGoogle, family: Family) -> None:
        self._fake = fake
        self._family = family
        organizer = next((told.organizer for told in family.masters.values() if told.organizer), None)
        account = fake.accounts.get(organizer) if organizer else None
        self._outside = organizer if organizer and account is None else None
        self._host = account.email if account is not None else min(family.masters)
        self._told = family.masters[self._host]

    def tell(self) -> None:
        """Let the host create it, and everybody do to it what their file shows; each file's owner has it then."""
        event_id = self._created()
        for guest, told in self._family.masters.items():
            if told.free is not self._told.free:
                self._fake.people.change_event(
                    guest, event_id, transparency="transparent" if told.free else "opaque"
                )
        for original in sorted(self._originals(), key=str):
            self._date(f"{event_id}_{stamp(original)}", original)
        if self._told.cancelled:
            self._fake.people.delete_event(self._host, event_id)
        missing = [o for o in self._family.masters if not self._has(o, event_id)]
        assert not missing, f"{self._family.uid} stands in files of who is no guest: {missing}"

    def _created(self) -> str:
        answers = self._answers(self._family.masters)
        guests = [
            guest | {"responseStatus": answers.get(self._main(guest["email"]), guest["responseStatus"])}
            for guest in self._told.guests
        ]
        body = self._told.body | ({"attendees": guests} if guests else {})
        uid = {"iCalUID": self._family.uid} if self._outside else {}
        event_id = self._fake.people.create_event(self._host, **body, **uid)
        if self._outside:  # an invitation that came by mail: nobody here may change it
            calendar = self._fake.store.calendar_of(self._host)
            assert calendar is not None
            event = calendar.copies[event_id].event
            event.organizer = event.creator = self._outside
        return event_id

    def _date(self, instance: str, original: Moment) -> None:
        """Let happen to one date what the files show: the host's file says when it is, each guest's who comes."""
        people = self._fake.people
        copies = {
            owner: found[original] for owner, found in self._family.exceptions.items() if original in found
        }
        mine = copies.get(self._host)
        if original in self._told.excluded or (mine is not None and mine.cancelled):
            people.delete_instance(self._host, instance)
            return
        if mine is not None and mine.start != original:
            people.change_event(self._host, instance, start=mine.body["start"], end=mine.body["end"])
        usual = self._answers(self._family.masters)
        for guest, answer in self._answers(copies).items():
            if answer == "declined" and usual.get(guest) != answer:
                people.decline(guest, instance)
        for guest, told in self._family.masters.items():
            if original in told.excluded and guest != self._host:
                people.delete_instance(guest, instance)

    def _originals(self) -> set[Moment]:
        known = {original for found in self._family.exceptions.values() for original in found}
        return known.union(*(told.excluded for told in self._family.masters.values()))

    def _answers(self, copies: Mapping[str, Told]) -> dict[str, str]:
        """Return what each guest with a file answered, as that file says."""
        return {owner: told.own_answer for owner, told in copies.items() if told.own_answer is not None}

    def _main(self, address: str) -> str:
        account = self._fake.accounts.get(address)
        return account.email if account else address

    def _has(self, owner: str, event_id: str) -> bool:
        calendar = self._fake.store.calendar_of(owner)
        return calendar is not None and event_id in calendar.copies
