"""What a live check is: a fact, and what looks at it. Checks run in a row, and later ones use what earlier ones made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.live.finding import Finding
from scheduler.live.ground import Ground

Prove = Callable[[Ground], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A fact to be proved.

    `prove` returns what it found, often one finding. It raises Untried where it can't be looked at here, GoogleError
    or WriteFailed where a request fails that is no part of the proof; `what` is then what could not be proved.
    """

    what: str
    prove: Prove
