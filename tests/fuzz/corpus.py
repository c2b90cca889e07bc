"""What the fuzzer begins with: small files that each show the reader another thing.

.venv/bin/python -m tests.fuzz.corpus FOLDER
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.calendar_files import calendar as busy_calendar
from tests.fuzz.worst_cases import CASES

LONGEST = 2048
_FOREIGN = Path(__file__).parents[3] / "shared" / "calendars"
_EVENTS_OF_EACH = 12
_BUSY_PEOPLE = 4
_END = b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def seeds() -> Iterator[bytes]:
    """Yield the files; what is longer than `LONGEST` bytes is cut, so that thousands run in a minute."""
    for make in CASES.values():
        yield _cut(make())
    for number in range(_BUSY_PEOPLE):
        yield _cut(busy_calendar(number, _EVENTS_OF_EACH))
    for path in sorted(_FOREIGN.rglob("*.ics")):
        yield _cut(path.read_bytes())


def _cut(data: bytes) -> bytes:
    """Return the beginning and a plausible end."""
    return data if len(data) <= LONGEST else data[: LONGEST - len(_END)] + _END


def write(folder: Path) -> int:
    """Write every seed into the folder, under the name of its content, and return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {hashlib.sha256(seed).hexdigest(): seed for seed in seeds()}
    for name, seed in found.items():
        (folder / name).write_bytes(seed)
    return len(found)


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} files to begin with\n")
