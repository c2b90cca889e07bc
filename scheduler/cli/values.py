"""What people write behind options, read; faults in it are wrong usage."""

from scheduler.errors import Problem, WrongUsage
from scheduler.every import Cadence
from scheduler.wording import fault_of


def cadence(text: str | None, option: str = "--every") -> Cadence | None:
    """Return the cadence, None for none given; raise WrongUsage for what is no cadence."""
    if text is None:
        return None
    try:
        return Cadence.parse(text)
    except ValueError as error:
        fault = fault_of(error)
        raise WrongUsage(Problem(option, fault.what, fault.remedy)) from error
