"""A command with all the processes that it starts: seconds, CPU, and the most memory that they held together."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02  # seconds between two looks; memory that is held for less may be missed
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Spent:
    """What a command cost; MB are 2**20 bytes.

    `resident_mb` is the highest sum of what the processes held, pages that they share counted once for each of them;
    `own_mb` the highest sum with shared pages counted once. `processes` is how many there were at once.
    """

    seconds: float
    cpu: float
    resident_mb: float
    own_mb: float
    processes: int
    exit_code: int
    out: str
    err: str


def spent_by(command: Sequence[str | Path]) -> Spent:
    """Run the command and watch it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = _Watch(process.pid)
    watch.start()
    texts = ["", ""]
    readers = [
        threading.Thread(target=lambda n=number, pipe=pipe: texts.__setitem__(n, pipe.read()))
        for number, pipe in enumerate((process.stdout, process.stderr))
    ]
    for reader in readers:
        reader.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    watch.done.set()
    for thread in (watch, *readers):
        thread.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(
        seconds=seconds,
        cpu=usage.ru_utime + usage.ru_stime,
        resident_mb=watch.resident / 2**20,
        own_mb=watch.own / 2**20,
        processes=watch.processes,
        exit_code=process.returncode,
        out=texts[0],
        err=texts[1],
    )


class _Watch(threading.Thread):
    """Looks at a process and its descendants until it is told that they are done."""

    def __init__(self, root: int) -> None:
        super().__init__()
        self.done = threading.Event()
        self.resident = self.own = self.processes = 0
        self._root = root

    def run(self) -> None:
        looks = 0
        while not self.done.wait(_EVERY):
            tree = list(_tree(self._root))
            self.processes = max(self.processes, len(tree))
            self.resident = max(self.resident, sum(map(_resident, tree)))
            looks += 1
            if looks % 5 == 0:  # this look is dear to the one that is looked at
                self.own = max(self.own, sum(map(_own, tree)))


def _tree(root: int) -> Iterator[int]:
    yield root
    for children in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue  # it ended meanwhile
        for child in found:
            yield from _tree(int(child))


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _own(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(text.partition("\nPss:")[2].split()[0]) * 1024
