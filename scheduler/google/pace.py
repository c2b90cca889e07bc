"""Staying below Google's quotas: a token bucket for each user, and one for the project.

A bucket holds `burst` requests and refills evenly, so that in any minute no more than the quota is sent
(Calendar: 600 a user, 10,000 a project; Docs: 300 reads and 60 writes a user). Nothing here sleeps or reads a
clock: `now` is monotonic seconds, and the answer is how long to wait.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from threading import Lock

_MINUTE = 60.0
_SHARE = 0.9  # some of a quota is left to other programs of the project
_BURST = 0.1


@dataclass(slots=True)
class _Bucket:
    rate: float
    burst: float
    full_at: float = 0.0

    def take(self, now: float, cost: int) -> float:
        """Take so many; return how long to wait before they may be used."""
        self.full_at = max(self.full_at, now) + cost / self.rate
        return max(0.0, self.full_at - now - self.burst / self.rate)


@dataclass(frozen=True, slots=True)
class Quota:
    """Requests a minute that Google allows a user, and the whole project."""

    user: int
    project: int


class Pool(Enum):
    """What is counted together; each kind of request has quotas of its own."""

    CALENDAR = Quota(600, 10_000)
    DRIVE = Quota(12_000, 12_000)
    DOCS_READ = Quota(300, 3_000)
    DOCS_WRITE = Quota(60, 600)
    DIRECTORY = Quota(2_400, 2_400)


class Pace:
    """How fast requests may follow one another; may be asked by many threads."""

    def __init__(self) -> None:
        """Begin with full buckets."""
        self._users: dict[tuple[Pool, str], _Bucket] = {}
        self._projects: dict[Pool, _Bucket] = {}
        self._lock = Lock()
        self.waited: defaultdict[Pool, float] = defaultdict(float)

    def wait(self, pool: Pool, user: str, now: float, cost: int = 1) -> float:
        """Take the places that a request costs; return in how many seconds it may be sent."""
        quota = pool.value
        with self._lock:
            project = self._projects.setdefault(pool, _bucket(quota.project))
            own = self._users.setdefault((pool, user), _bucket(quota.user))
            seconds = max(bucket.take(now, cost) for bucket in (project, own))
            self.waited[pool] += seconds
            return seconds


def _bucket(quota: int) -> _Bucket:
    """Return a bucket that lets no more than its share of the quota pass in any minute, a full burst included."""
    most = quota * _SHARE
    burst = most * _BURST
    return _Bucket((most - burst) / _MINUTE, burst)
