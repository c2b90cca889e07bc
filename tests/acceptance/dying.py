"""A process that dies between it and Google: for runs of the command that are told so by `first`."""

import os
import signal
from itertools import count
from typing import Any

from scheduler.google.client import Google


def die_at(request: int, *, answered: bool) -> None:
    """Let this process be killed before its n-th request is sent, or after it was answered; counted from 1."""
    once, numbers = Google._once, count(1)  # noqa: SLF001 - every request passes there

    def dying(self: Google, sent: Any, user: str) -> Any:  # noqa: ANN401 - as the method has it
        number = next(numbers)
        if number == request and not answered:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = once(self, sent, user)
        if number == request:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    Google._once = dying  # type: ignore[method-assign,assignment]  # noqa: SLF001 - as above
