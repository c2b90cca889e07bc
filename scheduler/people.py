"""Who works here, and who meets whom: Person, Pair, Roster."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.every import Cadence
from scheduler.hours import HalfDay, WorkingHours

_TITLES = frozenset({"dr", "esq", "ii", "iii", "iv", "jr", "ma", "mba", "md", "msc", "phd", "prof", "sr"})


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """Where a person's calendar is: a provider (`folder`, `google`, …) and its address."""

    provider: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the roster; addresses are lower case; dates are inclusive local dates.

    `columns` are the cells of the roster columns that the rules for how often name, by column.
    """

    email: str
    name: str
    tz: ZoneInfo
    hours: WorkingHours
    calendar: CalendarSource
    manager: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    cadence: Cadence | None = None
    no_one_to_one: bool = False
    country: str | None = None
    aliases: frozenset[str] = frozenset()
    prefers: HalfDay | None = None
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that means this person."""
        return self.aliases | {self.email}

    @property
    def given_name(self) -> str:
        """The first word of the name; for a `Family, Given` name, the first after the comma that is no title."""
        parts = [part.split() for part in self.name.split(",")]
        named = [words for words in parts if words and words[0].rstrip(".").lower() not in _TITLES]
        if not named:
            return self.email.partition("@")[0]
        return named[min(1, len(named) - 1)][0]

    def employed(self, day: date) -> bool:
        """Say whether the day lies between the person's first and last day, both included."""
        started = self.start_date is None or self.start_date <= day
        return started and (self.end_date is None or day <= self.end_date)


@dataclass(frozen=True, slots=True)
class Pair:
    """A manager and one of their reports."""

    manager: Person
    report: Person

    @property
    def key(self) -> tuple[str, str]:
        """The pair's identity and its place in every sorted list: the two addresses."""
        return self.manager.email, self.report.email

    @property
    def names(self) -> tuple[str, str]:
        """What manager and report are called, so that nobody takes the one for the other.

        Given names; names where those are alike, capitals aside; else addresses.
        """
        manager, report = self.manager, self.report
        for two in ((manager.given_name, report.given_name), (manager.name, report.name)):
            if two[0].casefold() != two[1].casefold():
                return two
        return self.key

    def __str__(self) -> str:
        """Name the two by address, manager first."""
        return f"{self.manager.email} and {self.report.email}"


@dataclass(frozen=True)
class Roster:
    """Everybody, by their main address; `manager` of each is a main address or None."""

    people: Mapping[str, Person] = field(default_factory=dict)

    @cached_property
    def _by_address(self) -> dict[str, Person]:
        return {a: person for person in self.people.values() for a in person.addresses}

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of everybody, aliases among them."""
        return frozenset(self._by_address)

    def find(self, address: str) -> Person | None:
        """Return the person that an address or alias means, or None."""
        return self._by_address.get(address.strip().lower())

    def pairs(self, today: date) -> tuple[Pair, ...]:
        """Return every manager with each report, by address; those who have left are not in it.

        People who have not started yet are: their first 1-2-1 is to be ready for week one.
        """
        return tuple(
            Pair(self.people[person.manager], person)
            for person in sorted(self.people.values(), key=lambda p: (p.manager or "", p.email))
            if person.manager is not None
            and not _left(person, today)
            and not _left(self.people[person.manager], today)
        )

    def reports_of(self, manager: Person) -> tuple[Person, ...]:
        """Return the people who name this manager, by address."""
        return tuple(
            sorted(
                (p for p in self.people.values() if p.manager == manager.email),
                key=lambda p: p.email,
            ),
        )


def _left(person: Person, today: date) -> bool:
    return person.end_date is not None and person.end_date < today
