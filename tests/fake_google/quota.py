"""Google's quotas, as far as a test wants them: units in any minute, for each user and for the whole project.

https://developers.google.com/workspace/calendar/api/guides/quota
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from tests.fake_google.calls import ApiError

_MINUTE = 60.0


@dataclass
class Quota:
    """Units a minute for the methods that begin with `methods`, less those of `but`; `costs` are units other than 1."""

    methods: str
    user: int
    project: int
    costs: Mapping[str, int] = field(default_factory=dict)
    but: Collection[str] = ()
    now: Callable[[], float] = time.monotonic
    _spent: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def charge(self, method: str, user: str) -> None:
        """Count a request; raise ApiError where it is one too many, which is not counted."""
        if not method.startswith(self.methods) or method in self.but:
            return
        now, units = self.now(), self.costs.get(method, 1)
        for whose, most, reason in (
            (user, self.user, "userRateLimitExceeded"),
            ("", self.project, "rateLimitExceeded"),
        ):
            spent = self._spent[whose]
            while spent and spent[0] <= now - _MINUTE:
                spent.popleft()
            if len(spent) + units > most:
                raise ApiError(403, reason, "Rate Limit Exceeded", "usageLimits")
        for whose in (user, ""):
            self._spent[whose].extend([now] * units)


def google_quotas() -> list[Quota]:
    """Return what Google allows projects that are new in 2026; each patch of an event costs three units."""
    reads = ("docs.documents.get",)
    writes = ("docs.documents.create", "docs.documents.batchUpdate")
    return [
        Quota("calendar.", 600, 10_000, costs={"calendar.events.patch": 3}),
        Quota("docs.", 300, 3_000, but=writes),
        Quota("docs.", 60, 600, but=reads),
        Quota("drive.", 12_000, 12_000),
        Quota("directory.", 2_400, 2_400),
    ]
