"""What can go wrong, as a tree; each class knows its exit code.

    OnetooneError                1   the base; on its own: a bug of ours
    ├── WrongUsage               2   the command line asks for something that is not there
    ├── BadConfig                2   config or roster; carries every problem found, not the first
    ├── CalendarUnreadable       4   one calendar; its pairs become `unknown`, the others go on
    ├── WriteFailed              4   one change; the others go on
    │   └── DocumentBusy         4   a person is editing the document at this moment
    ├── Refused                  5   nothing was changed
    │   ├── PastLimit            5   the plan is larger than the config allows
    │   └── PlanOutdated         5   a saved plan no longer holds
    └── AnotherRun               6   the lock is taken

Errors are for people: what is wrong, where, and what to do about it. The same three
parts travel as values (`Problem`) wherever one bad row must not stop the rest.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where it is, what it is, and what would mend it."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """Read as one line: `where: what; remedy`."""
        return f"{self.where}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


class OnetooneError(Exception):
    """The base of every error that the program raises on purpose."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem) -> None:
        """Carry the problems; the message is one line for each."""
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class WrongUsage(OnetooneError):
    """The command line names something that does not exist."""

    exit_code = 2


class BadConfig(OnetooneError):
    """The config or the roster has faults; all of them are listed."""

    exit_code = 2


class CalendarUnreadable(OnetooneError):
    """One calendar could not be read; it counts as unknown, never as empty."""

    exit_code = 4


class WriteFailed(OnetooneError):
    """One change could not be written; what was there before is still whole."""

    exit_code = 4


class DocumentBusy(WriteFailed):
    """The document changed while we were about to write; a person comes first."""


class Refused(OnetooneError):
    """The program declines to go on; nothing was changed."""

    exit_code = 5


class PastLimit(Refused):
    """The plan touches more than the config allows in one run."""


class PlanOutdated(Refused):
    """The saved plan was changed, or the calendars have moved on since it was made."""


class AnotherRun(OnetooneError):
    """Another run holds the lock."""

    exit_code = 6
