"""Faults in what people wrote, and guesses at what they meant."""

import re
from collections.abc import Collection
from difflib import get_close_matches
from itertools import pairwise

_MANY = 2_000
_ALIKE = 0.7
_SHOWN = 60


class Fault(ValueError):
    """A value that a person wrote and that cannot stand: what is wrong, and what to write instead."""

    def __init__(self, what: str, remedy: str = "") -> None:
        """Keep the two parts apart; the message is the first."""
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def fault_of(error: ValueError) -> Fault:
    """Return the error as a Fault; a plain ValueError may hold `what; what to write instead`."""
    if isinstance(error, Fault):
        return error
    what, _, remedy = str(error).rpartition("; ")
    return Fault(what, remedy) if what else Fault(str(error))


def quoted(value: object) -> str:
    """Return a value as shown in a sentence: on one line, in quotes if it is text, cut if it is long."""
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…{shown[-1]}"


def column_name(written: str) -> str:
    """Return the name of a column of the roster as rooms know it: `Job Level` is `job_level`."""
    return re.sub(r"[\s-]+", "_", written.strip().lower())


def nearest(word: str, choices: Collection[str]) -> str | None:
    """Return the choice that was probably meant, capitals aside, or None.

    Where there are very many choices, only those that begin alike are looked at.
    """
    by_fold = {choice.casefold(): choice for choice in choices}
    fold = word.strip().casefold()
    if fold in by_fold:
        return by_fold[fold]
    candidates = list(by_fold)
    if len(candidates) > _MANY:
        candidates = [choice for choice in candidates if choice[:2] == fold[:2]][:_MANY]
    swapped = _swapped(fold, by_fold)
    found = [swapped] if swapped else get_close_matches(fold, candidates, n=1, cutoff=_ALIKE)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, choices: Collection[str]) -> str:
    """Return `did you mean 'x'?`, or nothing where nothing is near."""
    near = nearest(word, choices)
    return f"did you mean {near!r}?" if near else ""


def one_of(choices: Collection[str]) -> str:
    """Return `a, b or c`."""
    *head, last = choices
    return f"{', '.join(head)} or {last}" if head else last


def _swapped(word: str, choices: Collection[str]) -> str | None:
    """Return the choice that differs by two neighbouring letters only, which no ratio values enough."""
    for place, (left, right) in enumerate(pairwise(word)):
        other = f"{word[:place]}{right}{left}{word[place + 2 :]}"
        if other != word and other in choices:
            return other
    return None
