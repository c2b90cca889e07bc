"""The copies of one meeting in two calendars, and which of them is believed about what.

The organizer's copy is the authority on time, guests and cancellation; each person's own on their own
answer and on their own removal of it (RFC 5546, 3.2). Where only one calendar has it, that one counts.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC

from scheduler.cadence.survey import Key, Survey, is_of, meant
from scheduler.meetings import Answer, EventStatus, Occurrence
from scheduler.people import Pair, Person

_WEIGHT = (Answer.NEEDS_ACTION, Answer.DELEGATED, Answer.DECLINED, Answer.TENTATIVE, Answer.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Copies:
    """One meeting as it stands in the manager's calendar, the report's, or both; never in neither."""

    pair: Pair
    manager: Occurrence | None
    report: Occurrence | None

    def of(self, person: Person) -> Occurrence | None:
        """Return the copy in the calendar of one of the two."""
        return self.manager if person.email == self.pair.manager.email else self.report

    @property
    def all(self) -> tuple[Occurrence, ...]:
        """Return the one or two copies, the manager's first."""
        return tuple(filter(None, (self.manager, self.report)))

    def authority(self, survey: Survey) -> tuple[Occurrence, Person]:
        """Return the copy that is believed, and whose it is: the organizer's, else the manager's."""
        copy, other = self.manager, self.report
        if other is not None and (copy is None or self.organizer(survey) == self.pair.report):
            return other, self.pair.report
        return self.all[0], self.pair.manager

    def organizer(self, survey: Survey) -> Person | None:
        """Return which of the two arranged the meeting; None where somebody else did, or nobody is named."""
        for copy in self.all:
            if copy.organizer is not None:
                address = meant(copy.organizer, survey.roster)
                return next((p for p in (self.pair.manager, self.pair.report) if p.email == address), None)
        return None

    def answer(self, person: Person) -> Answer:
        """Return a person's answer: by their own calendar, and where that holds none, by the other's.

        Somebody who was invited under two addresses gives the more willing of two answers.
        """
        own_first = self.all if person.email == self.pair.manager.email else self.all[::-1]
        for copy in own_first:
            given = [guest.answer for guest in copy.attendees if is_of(guest.email, person)]
            answer = max(given, key=_WEIGHT.index, default=Answer.NEEDS_ACTION)
            if answer is not Answer.NEEDS_ACTION:
                return answer
        return Answer.NEEDS_ACTION


def copies_of(pair: Pair, survey: Survey) -> tuple[Copies, ...]:
    """Return the meetings that both may be in, each once with all of its copies, in order of their keys."""
    found = [_found(pair, key, survey) for key in sorted(survey.together.get(pair.key, ()))]
    # A single event that was moved keeps its UID, but a stale copy of it lies at the old time.
    found = _joined(found, _single)
    # Tools that copy meetings from calendar to calendar give the copies UIDs of their own.
    return tuple(_joined(found, lambda copies: _same_time(copies, survey)))


def _found(pair: Pair, key: Key, survey: Survey) -> Copies:
    one, other = (survey.diaries.get(person.email) for person in (pair.manager, pair.report))
    return Copies(
        pair,
        one.occurrences.get(key) if one is not None else None,
        other.occurrences.get(key) if other is not None else None,
    )


def _joined(found: Iterable[Copies], name: Callable[[Copies], Hashable]) -> list[Copies]:
    """Join each lone copy of the manager's with a lone one of the report's that has the same name."""
    lone: dict[Hashable, tuple[list[Copies], list[Copies]]] = defaultdict(lambda: ([], []))
    result: list[Copies] = []
    for copies in found:
        named = name(copies) if len(copies.all) == 1 else None
        if named is None:
            result.append(copies)
        else:
            lone[named][copies.manager is None].append(copies)
    for managers, reports in lone.values():
        for one, other in zip(managers, reports, strict=False):
            result.append(Copies(one.pair, one.manager, other.report))
        shared = min(len(managers), len(reports))
        result += managers[shared:] + reports[shared:]
    return result


def _single(copies: Copies) -> Hashable:
    copy = copies.all[0]
    return None if copy.in_series else copy.uid


def _same_time(copies: Copies, survey: Survey) -> Hashable:
    copy, owner = copies.authority(survey)
    alone = survey.participants(copy, owner.email, copies.pair) == set(copies.pair.key)
    if copy.all_day or copy.status is EventStatus.CANCELLED or not alone:
        return None
    return copy.span.start.astimezone(UTC), copy.span.end.astimezone(UTC)
