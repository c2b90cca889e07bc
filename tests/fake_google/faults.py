"""What can go wrong between a program and Google: told request by request, or drawn at random from a seed."""

import random
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import fnmatchcase
from threading import Lock


class How(Enum):
    """What becomes of a request."""

    ANSWERED = auto()  # with an error, and not carried out
    LOST = auto()  # the connection is closed before it is carried out
    UNANSWERED = auto()  # carried out, then the connection is closed without an answer
    CUT_SHORT = auto()  # carried out, and half of the answer arrives
    SLOW = auto()  # carried out and answered, `seconds` later
    HANGING = auto()  # carried out; the answer comes `seconds` later, or when the fake is stopped


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail; `status`, `reason`, `message` and `retry_after` (seconds) are for ANSWERED alone."""

    how: How
    status: int = 503
    reason: str = "backendError"
    message: str = ""
    domain: str = "global"
    retry_after: int | None = None
    seconds: float = 0.0


def answered(status: int, reason: str = "backendError", *, retry_after: int | None = None) -> Fault:
    """Return the fault that Google answers this status and reason."""
    domain = "usageLimits" if reason.endswith(("LimitExceeded", "quotaExceeded")) else "global"
    return Fault(How.ANSWERED, status, reason, domain=domain, retry_after=retry_after)


LOST = Fault(How.LOST)
UNANSWERED = Fault(How.UNANSWERED)
CUT_SHORT = Fault(How.CUT_SHORT)
UNAVAILABLE = answered(503)
RATE_LIMITED = answered(403, "rateLimitExceeded")
USER_RATE_LIMITED = answered(403, "userRateLimitExceeded")
TOO_MANY = answered(429, "rateLimitExceeded")
QUOTA_EXCEEDED = answered(403, "quotaExceeded")


@dataclass(slots=True)
class _Rule:
    fault: Fault
    method: str
    user: str | None
    nth: Collection[int] | None
    seen: int = 0

    def meets(self, method: str, user: str) -> bool:
        """Count a request that the rule is about, and say whether it is one that has to fail."""
        if not fnmatchcase(method, self.method) or self.user not in {None, user}:
            return False
        self.seen += 1
        return self.nth is None or self.seen in self.nth


@dataclass
class Faults:
    """Which requests fail, and how; without any rule none does."""

    _rules: list[_Rule] = field(default_factory=list)
    _rates: Mapping[Fault, float] = field(default_factory=dict)
    _random: random.Random = field(default_factory=random.Random)
    _in_a_row: int = 0
    _row: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)
    drawn: Counter[How] = field(default_factory=Counter)

    def add(
        self, fault: Fault, *, method: str = "*", user: str | None = None, nth: Collection[int] | None = None
    ) -> None:
        """Let requests of a method (`*` stands for any text) and a user fail: all, or those numbered from 1 in `nth`.

        `oauth.token` is the method of the token endpoint, whose requests belong to no user ("").
        """
        self._rules.append(_Rule(fault, method, user, nth))

    def at_random(self, rates: Mapping[Fault, float], *, seed: int, in_a_row: int = 3) -> None:
        """Let requests fail by chance, at most `in_a_row` times one after another for a user and method."""
        self._rates = dict(rates)
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._in_a_row = in_a_row

    def clear(self) -> None:
        """Let everything go well from now on."""
        self._rules.clear()
        self._rates = {}

    def next(self, method: str, user: str) -> Fault | None:
        """Return how this request is to fail; None if it is to go well."""
        if not self._rules and not self._rates:
            return None
        with self._lock:
            met = [rule.fault for rule in self._rules if rule.meets(method, user)]
            fault = met[0] if met else self._draw(method, user)
            if fault:
                self.drawn[fault.how] += 1
            return fault

    def _draw(self, method: str, user: str) -> Fault | None:
        place, row = self._random.random(), (method, user)
        for fault, rate in self._rates.items():
            if method.startswith("oauth.") and fault.how is How.ANSWERED and fault.status < 500:
                continue  # the token endpoint knows no quotas
            place -= rate
            if place < 0 and self._row[row] < self._in_a_row:
                self._row[row] += 1
                return fault
            if place < 0:
                break
        self._row[row] = 0
        return None
