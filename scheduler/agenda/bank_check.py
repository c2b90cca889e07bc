"""Advice on a bank of openers: questions that close a conversation instead of opening one.

Warnings, never errors: a bank that goes against every one of them still works.
"""

import re
from collections.abc import Iterator

from scheduler.agenda.openers import Angle, Bank, Question, parse_bank
from scheduler.errors import Problem
from scheduler.settings import AgendaSettings
from scheduler.words import counted

_CLOSED = re.compile(
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|will|would|shall|should|may|might|must|any)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:do|does|did|is|are|was|were|have|has|had|ca|could|wo|would|should)n['\u2019]t\b"
    r"|,\s*(?:\w+n['\u2019]t|do|does|did|is|are|was|were|can|will)\s+(?:it|you|we|they|he|she|that)\s*\?"
    r"|,\s*(?:right|yes|no|correct|ok(?:ay)?)\s*\?|\b(?:surely|obviously|of course|you (?:must|surely) )"
    r"|\b(?:don['\u2019]t you think|would(?:n['\u2019]t)? you agree|why (?:don|didn|haven|can)['\u2019]t you)\b",
    re.IGNORECASE,
)
_SPECIFIC = re.compile(
    r"\b\d+\b|\b[A-Z]{2,}-\d+|https?://|\b(?:today|yesterday|this morning|tonight|tomorrow)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:ticket|pull request|deadline|invoice|spreadsheet)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 25
_ENOUGH_COACHING = 5


def bank_problems(
    text: str,
    settings: AgendaSettings | None = None,
    where: str = "openers.md",
) -> tuple[Problem, ...]:
    """Return everything that could be better about a bank, by line; nothing of it stops a run."""
    bank = parse_bank(text)
    found = [*_empty(bank), *_doubled(bank), *_worded(bank), *_too_few(bank, settings or AgendaSettings())]
    return tuple(
        Problem(f"{where}:{line}" if line else where, what, remedy) for line, what, remedy in sorted(found)
    )


Found = tuple[int, str, str]


def _questions(bank: Bank) -> Iterator[tuple[Angle, Question]]:
    return ((angle, question) for angle in bank.angles for question in angle.questions)


def _worded(bank: Bank) -> Iterator[Found]:
    for _, question in _questions(bank):
        if _LEADING.search(question.text):
            yield (
                question.line,
                f"{question.text!r} leads to its answer",
                "ask what they think, without a hint of yours",
            )
        elif _CLOSED.match(question.text):
            yield (
                question.line,
                f"{question.text!r} can be answered with yes or no",
                "begin with what, how, who, when or which",
            )
        if found := _SPECIFIC.search(question.text):
            yield (
                question.line,
                f"{question.text!r} is too specific ({found[0]!r})",
                "ask so that it fits any pair in any week",
            )
        elif len(question.text.split()) > _MOST_WORDS:
            yield (
                question.line,
                f"a question of {len(question.text.split())} words",
                f"ask it in {_MOST_WORDS} or fewer",
            )


def _doubled(bank: Bank) -> Iterator[Found]:
    first: dict[str, int] = {}
    for _, question in _questions(bank):
        line = first.setdefault(question.fingerprint, question.line)
        if line != question.line:
            yield question.line, f"{question.text!r} stands on line {line} already", "keep one of the two"


def _empty(bank: Bank) -> Iterator[Found]:
    for angle in bank.angles:
        if not angle.questions:
            yield (
                angle.line,
                f"no question under {angle.heading!r}",
                "write its questions as list items, '- …'",
            )
        elif not angle.heading:
            yield (
                angle.questions[0].line,
                "questions before the first heading",
                "give them an angle: a line like '## Work'",
            )


def _too_few(bank: Bank, settings: AgendaSettings) -> Iterator[Found]:
    needed = settings.openers + settings.reserve
    count = len({q.fingerprint for angle in bank.openers for q in angle.questions})
    weeks = settings.repeat_after.days // 7
    if count < needed:
        what = f"{counted(count, 'opener')}, and each agenda takes {needed}"
        yield 0, what, "add questions, or lower openers and reserve in [agenda]"
    elif count < needed * weeks:
        what = (
            f"{counted(count, 'opener')} last a pair that meets weekly for {counted(count // needed, 'week')}"
        )
        yield (
            0,
            f"{what}, and repeat_after is {counted(weeks, 'week')}",
            "add questions, or let them come back sooner",
        )
    if len(bank.openers) < needed <= count:
        what = f"{counted(len(bank.openers), 'angle')}, and each agenda takes {counted(needed, 'question')}"
        yield 0, what, "spread them over more headings"
    coaching = sum(len(angle.questions) for angle in bank.coaching)
    if coaching < _ENOUGH_COACHING:
        yield (
            0,
            counted(coaching, "coaching question"),
            "add a heading like '## Coaching: their ideas first' with some",
        )
