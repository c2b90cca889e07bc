"""Reading the worst cases in a process of its own, which the system kills where one takes too much.

.venv/bin/python -m tests.fuzz.limits      read all of them, and print what each took
"""

import json
import os
import resource
import select
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fuzz.law import must_be_read
from tests.fuzz.worst_cases import CASES

MEMORY = 1_000_000_000
PROCESSOR_SECONDS = 60
LONGEST_WAIT = 1200
_ROOT = Path(__file__).parents[2]


class LimitedReader:
    """Another process that reads one case after another; it is begun anew where one was its end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def read(self, name: str) -> str:
        """Return in a few words what came of a case; raise AssertionError where it broke the law or the limits."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "tests.fuzz.limits", "-"]
            pipe = subprocess.PIPE
            # Coverage would take most of the time that is allowed.
            environment = {name: value for name, value in os.environ.items() if "COV" not in name}
            self._process = subprocess.Popen(
                command, cwd=_ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{name}\n")
        process.stdin.flush()
        # One that waits for ever takes no time of the processor.
        ready, _, _ = select.select([process.stdout], [], [], LONGEST_WAIT)
        if not ready:
            process.kill()
        answer = process.stdout.readline()
        assert answer, f"it was killed (status {process.wait()}): too much time or memory"
        well, told = json.loads(answer)
        assert well, told
        return str(told)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


@contextmanager
def limited_reader() -> Iterator[LimitedReader]:
    """Give a reader in another process, and end it."""
    reader = LimitedReader()
    try:
        yield reader
    finally:
        reader.close()


def _serve() -> None:
    """Read each case that is named on standard input, and answer with a line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin:
        before = _processor_seconds()
        limit = int(before) + PROCESSOR_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        try:
            told = must_be_read(CASES[line.strip()]())
            answer = True, f"{_processor_seconds() - before:5.2f} s, {told}"
        except BaseException:  # noqa: BLE001 - whatever it is, the one who asked shall know
            answer = False, traceback.format_exc(limit=-6)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Serve, or read everything."""
    if sys.argv[1:] == ["-"]:
        _serve()
        return
    with limited_reader() as reader:
        for name in sys.argv[1:] or CASES:
            try:
                told = reader.read(name)
            except AssertionError as error:
                told = f"BADLY: {error}"
            sys.stdout.write(f"{name:55} {told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
