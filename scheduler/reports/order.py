"""In which order pairs are shown, and what people are called."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.people import Person
from scheduler.reports.statuses import LOOKS

_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def worst_first(pairs: Iterable[PairCoverage]) -> tuple[PairCoverage, ...]:
    """Order pairs by urgency: by status, then by how far past the limit, then by address."""
    return tuple(
        sorted(pairs, key=lambda c: (LOOKS[c.status].urgency, -c.days_overdue, c.pair.key)),
    )


def by_manager(pairs: Iterable[PairCoverage]) -> dict[str, tuple[PairCoverage, ...]]:
    """Group pairs by their manager's address, the group with the worst pair first, worst first inside."""
    groups: dict[str, list[PairCoverage]] = {}
    for coverage in worst_first(pairs):
        groups.setdefault(coverage.pair.manager.email, []).append(coverage)
    return {manager: tuple(group) for manager, group in groups.items()}


def display_names(report: GapReport) -> Mapping[str, str]:
    """Name everybody in a gap report by address, so that nobody is taken for another."""
    return names_of(p for coverage in report.pairs for p in (coverage.pair.manager, coverage.pair.report))


def names_of(everybody: Iterable[Person]) -> Mapping[str, str]:
    """Name everybody by address; where two share a name, what tells their addresses apart follows it.

    That is the part before the @, or the whole address where that is the same too.
    """
    people = {person.email: person for person in everybody}
    names = {email: plain(person.name) or email for email, person in people.items()}
    short = {email: f"{names[email]} ({email.partition('@')[0]})" for email in names}
    count, short_count = Counter(names.values()), Counter(short.values())
    return {
        email: name
        if count[name] == 1
        else short[email]
        if short_count[short[email]] == 1
        else f"{name} ({email})"
        for email, name in names.items()
    }


def plain(text: str) -> str:
    """Return the text as one line, less what could steer a terminal or turn its neighbours around.

    Control characters and line ends become spaces; the explicit directional marks of UAX #9 go.
    """
    kept = (
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
        if character not in _BIDI_CONTROLS
    )
    return " ".join("".join(kept).split())
