"""What has to hold for a series on every date, and the account of where it does not."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

PairKey = tuple[str, str]


class Rule(StrEnum):
    """What has to hold on every date."""

    ANSWERED = "every request has an answer"
    CADENCE = "the rule is the cadence that was asked for, and meets on its own first date"
    CLOCK = "no date is at a time that the clock shows twice or never"
    HOURS = "inside the hours of both"
    ONE_TO_ONES = "on no other 1-2-1 of either"
    EARLIEST = "not before the earliest time"
    FIRST_DAY = "the first date is on nobody's leave or holiday"
    UNTIL = "up to the last day, and not after it"
    AWAY = "dates on which one is away are told"
    CLASHES = "dates on which one has another meeting are told"
    DATES = "the dates of the look-ahead are told"
    FREE = "free on as large a share of dates as was asked for"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: for whom, and when."""

    rule: Rule
    pair: PairKey
    when: datetime | None = None

    def __str__(self) -> str:
        """Say it in one line."""
        at = "" if self.when is None else f" on {self.when:%a %Y-%m-%d %H:%M %Z}"
        return f"{' and '.join(self.pair)}{at}: not {self.rule.value}"


@dataclass(slots=True)
class Verdict:
    """What was gone through, and what is broken."""

    series: int = 0
    unplaced: int = 0
    occurrences: int = 0
    looked_at: Counter[Rule] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)

    def look(self, rule: Rule, pair: PairKey, holds: bool, when: datetime | None = None) -> None:  # noqa: FBT001 - what was found
        """Count that a rule was looked at, and note it where it does not hold."""
        self.looked_at[rule] += 1
        if not holds:
            self.broken.append(Broken(rule, pair, when))

    def __str__(self) -> str:
        """Say what was gone through, and how often each rule that is broken is."""
        by_rule = Counter(broken.rule for broken in self.broken)
        found = "; ".join(f"{count} x {rule.value}" for rule, count in by_rule.most_common()) or "none broken"
        return (
            f"{self.series:,} series, {self.occurrences:,} occurrences in a year, "
            f"{self.looked_at.total():,} looks at {len(self.looked_at)} rules: {found}"
        )
