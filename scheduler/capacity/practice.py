"""What a span is like, by those who are good at 1-2-1s; one sentence, with numbers and their source."""

from collections.abc import Sequence

from scheduler.capacity.results import TOO_MANY
from scheduler.capacity.what_if import Asked
from scheduler.words import counted

_USUAL = (5, 6)  # Gallup: the median
_RARE = 25  # Gallup: 13% of managers have more
_TWICE_A_MONTH = 365.2425 / 24  # GitLab's handbook: never under two a month
_WIDE = 2 * _USUAL[1]


def practice(span: int, asked: Sequence[Asked]) -> str:
    """Say in one sentence how a span compares, and where the cadence is rarer than anybody advises."""
    rare = sum(pair.cadence.days > _TWICE_A_MONTH for pair in asked)
    return f"{_of_span(span)}{_of_rare_ones(rare, len(asked))}."


def _of_span(span: int) -> str:
    reports = counted(span, "report")
    if span > _RARE:
        return (
            f"{reports}: 13% of managers have over 25 (Gallup), and no week gives each their due; "
            "team leads in between would give everybody somebody to turn to"
        )
    if span >= TOO_MANY:
        return (
            f"{reports}, where the median is 5 to 6 (Gallup): with 15 'you're not their manager' (Rands), "
            "so another lead would help more than another hour"
        )
    if span >= _WIDE:
        times = "twice" if span == _WIDE else "more than twice"
        return f"{reports}, {times} the median of 5 to 6 (Gallup), and getting near to the 15 with which 'you're not their manager' (Rands)"
    if span > _USUAL[1]:
        return f"{reports}, a few more than the median of 5 to 6 (Gallup)"
    if span >= _USUAL[0]:
        return f"{reports}, as the manager in the middle has (5 to 6, Gallup)"
    return f"{reports}, fewer than the median of 5 to 6 (Gallup)"


def _of_rare_ones(rare: int, of: int) -> str:
    if not rare:
        return ""
    which = f"all {of} are" if rare == of > 1 else f"{rare} of {of} {'is' if rare == 1 else 'are'}"
    return f"; {which} to meet less than twice a month, where weekly is the advice (Manager Tools, GitLab)"
