"""What every peer in Python says of itself: how long it read for, and the most memory it ever held.

A peer is called as `peer FILE FROM TO [OUT]`, FROM and TO in ISO 8601 with offset, half-open. It prints one JSON object;
with OUT it also writes there what takes place in the window, one `UID start end` a line with tabs between, in seconds since 1970.
The clock runs from the bytes on the disk to the reader's own occurrences. Wording them for the comparison is not measured.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
Found = TypeVar("Found")
Meeting = tuple[str, date, date]


def measured(
    read: Callable[[Path, datetime, datetime], Iterable[Found]],
    told: Callable[[Found], Meeting | None],
) -> None:
    """Read what the command line names, and say what it cost; `told` words one occurrence, None where it was cancelled."""
    path, start, end = Path(sys.argv[1]), *map(datetime.fromisoformat, sys.argv[2:4])
    before = time.perf_counter()
    found = list(read(path, start, end))
    seconds = time.perf_counter() - before
    cost = {"seconds": seconds, "peak_kb": peak_kb(), "occurrences": len(found)}
    if len(sys.argv) > 4:  # noqa: PLR2004 - the fourth argument
        Path(sys.argv[4]).write_text("".join(_lines(found, told)))
    print(json.dumps(cost))


def peak_kb() -> int:
    """Return the most memory that this process has ever held, in KiB; what its parent held does not count."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def _lines(found: Iterable[Found], told: Callable[[Found], Meeting | None]) -> Iterator[str]:
    for each in found:
        meeting = told(each)
        if meeting is not None:
            uid, start, end = meeting
            yield f"{uid}\t{_seconds(start)}\t{_seconds(end)}\n"


def _seconds(moment: date) -> int:
    """Return seconds since 1970; a day begins at midnight in Berlin, where the owner of the calendar is."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=BERLIN)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BERLIN)
    return round(moment.timestamp())
