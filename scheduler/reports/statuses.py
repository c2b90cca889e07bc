"""How a status is shown: a symbol and a word, so that nothing hangs on colour alone."""

from dataclasses import dataclass

from scheduler.cadence.results import PairStatus


@dataclass(frozen=True, slots=True)
class StatusLook:
    """The symbol (one cell wide), the word, what it means, and its place in 'worst first'."""

    symbol: str
    word: str
    meaning: str
    urgency: int


LOOKS = {
    PairStatus.UNSCHEDULED: StatusLook("◇", "unscheduled", "nothing is planned in the weeks ahead", 0),
    PairStatus.OVERDUE: StatusLook(
        "✗", "overdue", "more time has passed since the last one than the cadence and its tolerance allow", 1
    ),
    PairStatus.AT_RISK: StatusLook("!", "at risk", "an interval ahead will be longer than that", 2),
    PairStatus.UNKNOWN: StatusLook("?", "unknown", "a calendar that is needed could not be read", 3),
    PairStatus.ON_TRACK: StatusLook("✓", "on track", "meets, and will go on meeting, at the cadence", 4),
    PairStatus.PAUSED: StatusLook("‖", "paused", "on leave, not started yet, or no 1-2-1 asked for", 5),
}
FINE = (PairStatus.ON_TRACK, PairStatus.PAUSED)
