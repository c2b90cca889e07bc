"""How far two sequences agree."""

from collections.abc import Sequence
from itertools import takewhile


def common_start(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many elements are the same from the first on."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False)))


def common_end(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many elements are the same from the last back."""
    return common_start(one[::-1], other[::-1])
